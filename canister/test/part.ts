import { compile } from './compile.js';

/** All rooms that are tested by themselves in one module: they share most of their code, which is compiled once. */
const ROOMS = 'testing/rooms.ts';

/** The exports of every test entry (canister/assembly/testing/host.ts). */
interface Base {
  memory: WebAssembly.Memory;
  take(bytes: number): number;
  give(ptr: number): void;
  taken(): number;
  said_ptr(): number;
  said_length(): number;
}

/** The file that the engine reads; it reads as zeros beyond these bytes. */
export interface FileBytes {
  bytes: Uint8Array;
  size: number;
}

const modules = new Map<string, Promise<WebAssembly.Module>>();

async function compiled(entry: string, flags: readonly string[]): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await compile(entry, '-O1', flags));
}

/** The engine's rooms, apart from the canister, with a file to read. A trap is thrown as an Error. */
export class Part<Exports> {
  readonly exports: Exports & Base;
  file: FileBytes = { bytes: new Uint8Array(0), size: 0 };
  /** How many bytes of the file were read. */
  bytesRead = 0;

  private constructor(module: WebAssembly.Module) {
    const read = (offset: bigint, dst: number, length: number) => {
      const size = length >>> 0;
      const from = Number(offset);
      if (size > 16 * 1024 * 1024) throw new Error(`a read of ${size} bytes`);
      if (from + size > this.file.size) throw new Error(`a read beyond the file: ${from} + ${size}`);
      this.bytesRead += size;
      const target = this.bytes(dst, size).fill(0);
      target.set(this.file.bytes.subarray(from, from + size));
    };
    const abort = (message: number, file: number, line: number, column: number) => {
      throw new Error(`abort ${message} in ${file} at ${line}:${column}`);
    };
    const instance = new WebAssembly.Instance(module, { host: { read }, env: { abort } });
    this.exports = instance.exports as unknown as Exports & Base;
  }

  /**
   * @param entry what is compiled, if not all rooms
   * @param flags for the compiler, beside those of the canister's build
   */
  static async load<Exports>(entry = ROOMS, flags: readonly string[] = []): Promise<Part<Exports>> {
    const key = [entry, ...flags].join(' ');
    let module = modules.get(key);
    if (!module) {
      module = compiled(entry, flags);
      modules.set(key, module);
    }
    return new Part<Exports>(await module);
  }

  open(bytes: Uint8Array, size = bytes.length): void {
    this.file = { bytes, size };
  }

  /** A view of linear memory, valid until the engine runs again. */
  bytes(ptr: number, length: number): Uint8Array {
    return new Uint8Array(this.exports.memory.buffer, ptr >>> 0, length);
  }

  /** Calls `work` with `content` in linear memory. */
  with<T>(content: Uint8Array, work: (ptr: number) => T): T {
    const ptr = this.exports.take(content.length);
    if (ptr === 0) throw new Error(`no memory for ${content.length} bytes`);
    this.bytes(ptr, content.length).set(content);
    try {
      return work(ptr);
    } finally {
      this.exports.give(ptr);
    }
  }

  withText<T>(text: string, work: (ptr: number, length: number) => T): T {
    const content = new TextEncoder().encode(text);
    return this.with(content, (ptr) => work(ptr, content.length));
  }

  /** The last text that the engine reported. */
  said(): string {
    return new TextDecoder().decode(this.bytes(this.exports.said_ptr(), this.exports.said_length()));
  }
}
