// Pulls a model: resolves its name, and downloads the missing files.
import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { LlamaError } from '@llama-canister/client';
import type { Context } from '../context.js';
import { type Progress, ProgressBar } from '../progress.js';
import { type CachedFile, type CachedModel, type ModelCache, modelCache } from './cache.js';
import { download, type RemoteFile } from './download.js';
import type { Sending } from './http.js';
import { findOnHub } from './hub.js';
import { withLock } from './lock.js';
import { findInRegistry } from './ollama.js';
import { parseReference, referenceText, type UrlReference } from './reference.js';
import type { Remote } from './remote.js';

export interface PullOptions {
  token?: string | undefined;
  /** The file's expected SHA-256, if its server does not tell. */
  sha256?: string | undefined;
}

export interface Pulled {
  model: CachedModel;
  /** Bytes that this pull downloaded. */
  received: number;
}

function atAddress({ url }: UrlReference, sha256: string | undefined): Remote {
  const [last = '', ...before] = url.pathname
    .split('/')
    .filter((part) => part !== '')
    .reverse();
  // A part of an address as a safe file name.
  const plain = (part: string) => part.replace(/[^A-Za-z0-9._-]/g, '_').replace(/^\.+$/, '_');
  const name = /\.gguf$/i.test(last) ? plain(last) : `${plain(last) || 'model'}.gguf`;
  return {
    folder: ['url', plain(url.host), ...before.reverse().map(plain)],
    files: [{ name, url: url.href, sha256 }],
    refusal: ({ status }) =>
      new LlamaError('input', 'NOT_GIVEN', `${url.host} refuses ${url.pathname} with status ${status}`, {
        value: url.href,
        next: status === 404 ? 'Check the address.' : 'Check the address; if it needs a token, give --token.',
      }),
    canonical: { kind: 'url', url },
  };
}

/** The token for a model's server; the hub's comes from the environment, as for huggingface_hub. */
function tokenFor(kind: string, given: string | undefined): string | undefined {
  return given ?? (kind === 'hf' ? process.env.HF_TOKEN?.trim() || undefined : undefined);
}

/** The progress of a download, as a line on a terminal. */
class Receiving {
  readonly #bars: { checking: ProgressBar; receiving: ProgressBar };
  #started = 0;
  #from = 0;

  constructor(context: Context, name: string) {
    this.#bars = {
      checking: new ProgressBar(context.output, `Checking ${name}`, false),
      receiving: new ProgressBar(context.output, `Pulling ${name}`),
    };
  }

  update(phase: 'checking' | 'receiving', bytes: number, total: number | undefined): void {
    const now = performance.now();
    if (phase === 'receiving' && this.#started === 0) {
      this.#bars.checking.end();
      [this.#started, this.#from] = [now, bytes];
    }
    const seconds = (now - this.#started) / 1000;
    const rate = phase === 'receiving' && seconds > 0.5 ? (bytes - this.#from) / seconds : 0;
    const progress: Progress = {
      bytes,
      total: total ?? bytes,
      rate,
      eta: rate > 0 && total !== undefined ? (total - bytes) / rate : undefined,
    };
    this.#bars[phase].update(progress);
  }

  end(): void {
    this.#bars.checking.end();
    this.#bars.receiving.end();
  }
}

function isHere(path: string, { size }: CachedFile): boolean {
  try {
    return statSync(path).size === size;
  } catch {
    return false;
  }
}

/** Downloads the files that are missing or differ from the server's. */
async function receiveAll(
  context: Context,
  remote: Remote,
  folder: string,
  token: string | undefined,
  before: CachedModel | undefined,
): Promise<{ files: CachedFile[]; received: number }> {
  const files: CachedFile[] = [];
  let received = 0;
  for (const file of remote.files) {
    const known = before?.files.find(({ name }) => name === file.name);
    const target = join(folder, file.name);
    // Without a hash to compare with, the local file is kept.
    if (known && (file.sha256 ?? known.sha256) === known.sha256 && isHere(target, known)) {
      files.push(known);
      continue;
    }
    const { size, sha256 } = await receiveFile(context, file, target, remote, token);
    files.push({ name: file.name, size, sha256 });
    received += size;
  }
  return { files, received };
}

async function receiveFile(
  context: Context,
  file: RemoteFile,
  target: string,
  remote: Remote,
  token: string | undefined,
) {
  const { signal, output } = context;
  const receiving = new Receiving(context, file.name);
  try {
    return await download(file, target, {
      signal,
      token,
      note: (text) => output.note(text),
      onProgress: (phase, bytes, total) => receiving.update(phase, bytes, total),
      refusal: remote.refusal,
    });
  } catch (error) {
    if (signal.aborted) output.note('The received part is kept: run the same command again to go on.');
    throw error;
  } finally {
    receiving.end();
  }
}

/** Asks a model's server about it. */
async function find(text: string, sending: Sending, sha256: string | undefined): Promise<Remote> {
  const reference = parseReference(text);
  if (reference.kind === 'hf') return findOnHub(reference, sending);
  if (reference.kind === 'ollama') return findInRegistry(reference, sending);
  return atAddress(reference, sha256);
}

function keep(
  cache: ModelCache,
  path: string,
  remote: Remote,
  name: string,
  files: CachedFile[],
  before: CachedModel | undefined,
): CachedModel {
  const source = referenceText(remote.canonical);
  const names = [...new Set([...(before?.names ?? []), name])].filter((each) => each !== source);
  const model = { source, names, files, pulled: new Date().toISOString(), path };
  cache.save(model);
  return model;
}

/**
 * Brings a model into the cache, or its missing files; files that match the server's are kept. If two processes pull
 * the same model, one waits for the other. Errors: UsageError, those of finding and of downloading it.
 */
export async function pull(context: Context, text: string, options: PullOptions): Promise<Pulled> {
  const { signal, output } = context;
  const reference = parseReference(text);
  const token = tokenFor(reference.kind, options.token);
  const note = (line: string) => output.note(line);
  const remote = await find(text, { signal, token, note }, options.sha256);
  const cache = modelCache(context);
  const path = join(cache.folder, ...remote.folder, remote.files[0]!.name);
  const onWait = () => note(`Another process is pulling ${basename(path)}; waiting for it.`);
  return withLock(path, { signal, onWait }, async () => {
    const before = cache.at(path);
    const { files, received } = await receiveAll(context, remote, dirname(path), token, before);
    return { model: keep(cache, path, remote, referenceText(reference), files, before), received };
  });
}
