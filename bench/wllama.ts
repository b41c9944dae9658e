/**
 * llama.cpp's own WebAssembly build for comparison: npm's @wllama/wllama, single-threaded, in the same V8. Version
 * 2.3.1 has llama.cpp's hand-written SIMD kernels. It is installed on demand, outside the project's dependencies. It
 * expects a browser: its Worker is a thread of Node here.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, openAsBlob } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker as Thread } from 'node:worker_threads';

const WLLAMA = '@wllama/wllama@2.3.1';
const folder = fileURLToPath(new URL('../node_modules/.cache/llama-canister/wllama', import.meta.url));
const installed = join(folder, 'node_modules', '@wllama', 'wllama', 'esm');

interface Wllama {
  loadModel(blobs: Blob[], config: Record<string, unknown>): Promise<void>;
  decode(tokens: number[], options: { skipLogits?: boolean }): Promise<unknown>;
  kvClear(): Promise<unknown>;
  exit(): Promise<void>;
}

/** The scope that a browser's worker has around its code. */
const WORKER_SCOPE = `
const { parentPort } = require('node:worker_threads');
globalThis.self = globalThis;
globalThis.postMessage = (message, transfer) => parentPort.postMessage(message, transfer);
parentPort.on('message', (data) => globalThis.onmessage({ data }));
`;

/** A browser's Worker for code in a Blob. */
class BrowserWorker {
  onmessage: ((event: { data: unknown }) => void) | undefined;
  onerror: ((error: unknown) => void) | undefined;
  readonly #thread: Promise<Thread>;

  constructor(code: Blob) {
    this.#thread = code.text().then((text) => {
      const thread = new Thread(WORKER_SCOPE + text, { eval: true });
      thread.on('message', (data) => this.onmessage?.({ data }));
      thread.on('error', (error) => this.onerror?.(error));
      return thread;
    });
  }

  postMessage(message: unknown, transfer: never[] = []): void {
    this.#thread.then((thread) => thread.postMessage(message, transfer));
  }

  terminate(): void {
    this.#thread.then((thread) => thread.terminate());
  }
}

function install(): void {
  if (existsSync(installed)) return;
  mkdirSync(folder, { recursive: true });
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', WLLAMA], {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
}

/** A model in llama.cpp: evaluates tokens after the earlier ones. */
export class LlamaCpp {
  readonly #wllama: Wllama;

  private constructor(wllama: Wllama) {
    this.#wllama = wllama;
  }

  static async load(path: string, context: number): Promise<LlamaCpp> {
    install();
    const page = {
      document: { baseURI: pathToFileURL(`${installed}/`).href },
      navigator: { hardwareConcurrency: 1, userAgent: 'Node' },
    };
    Object.assign(globalThis, page, { Worker: BrowserWorker });
    const [createObjectURL, quiet] = [URL.createObjectURL, () => {}];
    // The worker's code is passed on directly, because a thread could not read its URL.
    URL.createObjectURL = ((blob: Blob) => blob) as unknown as typeof createObjectURL;
    try {
      const { Wllama } = createRequire(import.meta.url)(join(installed, 'index.cjs'));
      const paths = { 'single-thread/wllama.wasm': 'single-thread/wllama.wasm' };
      const logger = { debug: quiet, log: quiet, warn: quiet, error: console.error };
      const wllama: Wllama = new Wllama(paths, { suppressNativeLog: true, logger });
      await wllama.loadModel([await openAsBlob(path)], { n_ctx: context, n_batch: 512, n_threads: 1 });
      return new LlamaCpp(wllama);
    } finally {
      URL.createObjectURL = createObjectURL;
    }
  }

  async evaluate(tokens: number[]): Promise<void> {
    await this.#wllama.decode(tokens, {});
  }

  async clear(): Promise<void> {
    await this.#wllama.kvClear();
  }

  async exit(): Promise<void> {
    await this.#wllama.exit();
  }
}
