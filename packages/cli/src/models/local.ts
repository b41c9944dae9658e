// Models as arguments of commands: a file, or the name of a pulled model.
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { LlamaError } from '@llama-canister/client';
import type { Context } from '../context.js';
import { shellWord } from '../shell-word.js';
import { type CachedModel, modelCache } from './cache.js';
import { isReference, parseReference, referenceText } from './reference.js';

/** The cached model with a name. Errors: those of names. */
export function cachedModel(context: Context, name: string): CachedModel | undefined {
  const cache = modelCache(context);
  return isReference(name) ? cache.find(referenceText(parseReference(name))) : cache.find(name);
}

/**
 * The path of a model's first file. An existing file takes precedence; a text that is neither a file nor a name is
 * returned as a path, and opening it will fail. Errors: `NOT_PULLED`, those of names.
 */
export function modelPath(context: Context, name: string): string {
  if (!isReference(name) && existsSync(name)) return name;
  const cached = cachedModel(context, name);
  if (cached) return cached.path;
  if (!isReference(name)) return name;
  throw new LlamaError('input', 'NOT_PULLED', `${name} is not here yet`, {
    value: name,
    next: `Pull it first: \`llama-canister pull ${shellWord(name)}\``,
  });
}

/** A model's name on a canister: the file's name; for a pulled model, that of its first file. */
export function nameOnCanister(context: Context, name: string): string {
  if (isReference(name)) return basename(modelPath(context, name));
  if (/\.gguf$/i.test(name)) return name;
  const cached = cachedModel(context, name);
  return cached ? basename(cached.path) : name;
}
