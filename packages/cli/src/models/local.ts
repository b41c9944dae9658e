// Models as commands take them: a file, or the name of one that was pulled.
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { LlamaError } from '@llama-canister/client';
import type { Context } from '../context.js';
import { shellWord } from '../shell-word.js';
import { type CachedModel, modelCache } from './cache.js';
import { isReference, parseReference, referenceText } from './reference.js';

/** The model of the cache that a name means. Errors: those of names. */
export function cachedModel(context: Context, name: string): CachedModel | undefined {
  const cache = modelCache(context);
  return isReference(name) ? cache.find(referenceText(parseReference(name))) : cache.find(name);
}

/**
 * The path of a model's first file. A file that is there is itself; what is neither a file nor a name is left to whoever opens
 * it. Errors: `NOT_PULLED`, those of names.
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

/** What a model is called on a canister: a file's own name, and of one that was pulled its first file's. */
export function nameOnCanister(context: Context, name: string): string {
  if (isReference(name)) return basename(modelPath(context, name));
  if (/\.gguf$/i.test(name)) return name;
  const cached = cachedModel(context, name);
  return cached ? basename(cached.path) : name;
}
