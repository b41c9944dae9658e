import { canisterModule } from './canister-module.js';
import { Host, StableMemory } from './host.js';

interface Exports {
  buffer(): number;
  answerSize(): number;
  collect(): void;
  mount(): void;
  open(length: number): void;
  create(length: number): void;
  createDirectory(length: number): void;
  remove(length: number): void;
  rename(from: number, to: number): void;
  copy(from: number, to: number): void;
  stat(length: number): void;
  list(length: number, limit: number): void;
  keep(): void;
  isLive(): number;
  fileSize(): bigint;
  lastWrite(): bigint;
  changes(): number;
  read(offset: bigint, length: bigint): bigint;
  write(offset: bigint, length: bigint): void;
  truncate(length: bigint): void;
  sha256(): void;
  unhashed(): bigint;
  hash(bytes: bigint): number;
  record(number: number): number;
  value(length: number): number;
  setValue(keyLength: number, length: number): void;
  removeValue(length: number): number;
  keys(): void;
  usage(length: number): void;
  digest(length: number): void;
}

export interface Entry {
  isDirectory: boolean;
  size: number;
  created: bigint;
  modified: bigint;
  name: string;
}

export function compileStorage(): Promise<WebAssembly.Module> {
  return canisterModule('storage.ts');
}

function parse(line: string): Entry {
  const [kind, size, created, modified, ...name] = line.split(' ');
  return {
    isDirectory: kind === 'd',
    size: Number(size),
    created: BigInt(created!),
    modified: BigInt(modified!),
    name: name.join(' '),
  };
}

/** The canister's file system in a bare host. A function that can fail returns the reason as a text, or null. */
export class FileSystem {
  readonly host: Host;
  readonly #wasm: WebAssembly.Module;
  #exports: Exports;

  private constructor(wasm: WebAssembly.Module, host: Host) {
    this.#wasm = wasm;
    this.host = host;
    this.#exports = host.instance.exports as unknown as Exports;
  }

  static async start(wasm: WebAssembly.Module, stable = new StableMemory()): Promise<FileSystem> {
    return new FileSystem(wasm, await Host.start(wasm, stable));
  }

  /** What an upgrade does: a new program over the same stable memory. */
  async upgrade(): Promise<FileSystem> {
    const next = await FileSystem.start(this.#wasm, this.host.stable);
    next.host.time = this.host.time;
    return next;
  }

  #put(...texts: (string | Uint8Array)[]): number[] {
    const bytes = texts.map((text) => (typeof text === 'string' ? Buffer.from(text) : text));
    this.host.memory.set(Buffer.concat(bytes), this.#exports.buffer());
    return bytes.map((part) => part.length);
  }

  #take(): string | null {
    const size = this.#exports.answerSize();
    const start = this.#exports.buffer();
    const answer = size < 0 ? null : Buffer.from(this.host.memory.subarray(start, start + size)).toString();
    this.#exports.collect();
    return answer;
  }

  mount(): string | null {
    this.#exports.mount();
    return this.#take();
  }

  #open(path: string): string | null {
    this.#exports.open(this.#put(path)[0]!);
    return this.#take();
  }

  create(path: string): string | null {
    this.#exports.create(this.#put(path)[0]!);
    return this.#take();
  }

  createDirectory(path: string): string | null {
    this.#exports.createDirectory(this.#put(path)[0]!);
    return this.#take();
  }

  remove(path: string): string | null {
    this.#exports.remove(this.#put(path)[0]!);
    return this.#take();
  }

  rename(from: string, to: string): string | null {
    const [a, b] = this.#put(from, to);
    this.#exports.rename(a!, b!);
    return this.#take();
  }

  copy(from: string, to: string): string | null {
    const [a, b] = this.#put(from, to);
    this.#exports.copy(a!, b!);
    return this.#take();
  }

  stat(path: string): Entry | null {
    this.#exports.stat(this.#put(path)[0]!);
    const line = this.#take();
    return line === null ? null : parse(line.slice(0, -1));
  }

  list(path: string, limit = 0): Entry[] | null {
    this.#exports.list(this.#put(path)[0]!, limit);
    const lines = this.#take();
    return lines === null ? null : lines.split('\n').slice(0, -1).map(parse);
  }

  write(path: string, offset: number | bigint, bytes: Uint8Array): string | null {
    const problem = this.#open(path);
    if (problem !== null) return problem;
    this.#put(bytes);
    this.#exports.write(BigInt(offset), BigInt(bytes.length));
    return this.#take();
  }

  truncate(path: string, size: number | bigint): string | null {
    const problem = this.#open(path);
    if (problem !== null) return problem;
    this.#exports.truncate(BigInt(size));
    return this.#take();
  }

  /** Writes a file with exactly this content, whether or not it existed. Throws if that fails. */
  put(path: string, content: string | Uint8Array): void {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const problem = this.create(path) ?? this.truncate(path, 0) ?? this.write(path, 0, bytes);
    if (problem !== null) throw new Error(problem);
  }

  /** The content of a file as text. */
  textOf(path: string): string {
    return Buffer.from(this.read(path) as Uint8Array).toString();
  }

  /** The bytes, or the reason why they cannot be read. */
  read(path: string, offset: number | bigint = 0, size = 4 << 20): Uint8Array | string {
    const problem = this.#open(path);
    if (problem !== null) return problem;
    const count = Number(this.#exports.read(BigInt(offset), BigInt(size)));
    const start = this.#exports.buffer();
    return this.host.memory.slice(start, start + count);
  }

  /** The SHA-256 of a file. It is hashed in steps of `step` bytes, unless it was hashed while it was written. */
  sha256(path: string, step = 100_000): string {
    const problem = this.#open(path);
    if (problem !== null) return problem;
    for (;;) {
      this.#exports.sha256();
      const digest = this.#take();
      if (digest !== null) return digest;
      this.#exports.hash(BigInt(step));
    }
  }

  unhashed(path: string): number {
    this.#open(path);
    return Number(this.#exports.unhashed());
  }

  /** A handle that is used after other calls. */
  keep(path: string): { isLive(): boolean; size(): number; changes(): number; lastWrite(): number } {
    this.#open(path);
    this.#exports.keep();
    return {
      isLive: () => this.#exports.isLive() !== 0,
      size: () => Number(this.#exports.fileSize()),
      changes: () => this.#exports.changes(),
      lastWrite: () => Number(this.#exports.lastWrite()),
    };
  }

  /** A record in the format of layouts 1 and 2. */
  record(number: number): Uint8Array {
    const size = this.#exports.record(number);
    const start = this.#exports.buffer();
    return this.host.memory.slice(start, start + size);
  }

  value(key: string): Buffer | null {
    const size = this.#exports.value(this.#put(key)[0]!);
    const start = this.#exports.buffer();
    return size < 0 ? null : Buffer.from(this.host.memory.slice(start, start + size));
  }

  setValue(key: string, bytes: Uint8Array): string | null {
    const [size] = this.#put(key, bytes);
    this.#exports.setValue(size!, bytes.length);
    return this.#take();
  }

  removeValue(key: string): boolean {
    return this.#exports.removeValue(this.#put(key)[0]!) !== 0;
  }

  keys(): string[] {
    this.#exports.keys();
    return this.#take()!.split('\n').slice(0, -1);
  }

  /** Everything below a directory, at any depth. */
  usage(path: string): { files: number; bytes: number } {
    this.#exports.usage(this.#put(path)[0]!);
    const [count, bytes] = this.#take()!.split(' ').map(Number);
    return { files: count!, bytes: bytes! };
  }

  digest(bytes: Uint8Array): string | null {
    this.#put(bytes);
    this.#exports.digest(bytes.length);
    return this.#take();
  }
}
