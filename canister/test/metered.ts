/** The engine in a metered canister: what each step costs in instructions, page charges included. */
import { DirectCanister } from '../../packages/network/src/execution/direct.js';
import type { PageCounts } from '../../packages/network/src/execution/message.js';
import { compile } from './compile.js';

/** A little less than an update message may execute. */
export const UPDATE_LIMIT = 39.5e9;
const CHUNK_BYTES = 1 << 20;

export interface Metered {
  /** The answer of the method: a status or a count. */
  status: number;
  /** Instructions of each step. */
  steps: number[];
  /** Instructions of the whole message, and the pages that it touched. */
  instructions: number;
  pages: PageCounts;
}

/** A module in a metered canister, whose methods have plain bytes as argument and reply. */
export class BareCanister {
  readonly #canister = new DirectCanister();
  /** Instructions of the last message, and the pages that it touched. */
  instructions = 0;
  pages: PageCounts = { heapAccessed: 0, heapWritten: 0, stableAccessed: 0, stableWritten: 0 };

  static async create(entry: string): Promise<BareCanister> {
    // A method's name has a space, which no function of the language can have, so the export's name is changed in the
    // wasm.
    const bytes = Buffer.from(await compile(entry, '-O3', ['--use', `abort=${entry.replace('.ts', '')}/abort`]));
    const prefix = 'canister_update';
    for (let at = bytes.indexOf(`${prefix}_`); at >= 0; at = bytes.indexOf(`${prefix}_`, at)) {
      bytes[at + prefix.length] = 0x20;
    }
    const canister = new BareCanister();
    const { result } = canister.#canister.install(new Uint8Array(bytes));
    if (result.kind !== 'none') throw new Error(JSON.stringify(result));
    return canister;
  }

  update(method: string, argument: Uint8Array): Uint8Array {
    const { result, instructions, pages } = this.#canister.update(method, argument);
    if (result.kind !== 'reply') throw new Error(`${method}: ${JSON.stringify(result)}`);
    this.instructions = instructions;
    this.pages = pages;
    return Object.values(result).find((value) => value instanceof Uint8Array)!;
  }
}

export class MeteredEngine {
  readonly #canister: BareCanister;

  private constructor(canister: BareCanister) {
    this.#canister = canister;
  }

  static async create(): Promise<MeteredEngine> {
    return new MeteredEngine(await BareCanister.create('testing/meter.ts'));
  }

  call(method: string, argument: number | Uint8Array = UPDATE_LIMIT): Metered {
    const bytes = typeof argument === 'number' ? new Uint8Array(Float64Array.of(argument).buffer) : argument;
    const [status, ...steps] = new Float64Array(this.#canister.update(method, bytes).slice().buffer);
    const { instructions, pages } = this.#canister;
    return { status: status!, steps, instructions, pages };
  }

  /** Writes a model file to stable memory. */
  upload(pieces: Iterable<Uint8Array>): number {
    let offset = 0;
    for (const piece of pieces) {
      for (let at = 0; at < piece.length; at += CHUNK_BYTES) {
        const part = piece.subarray(at, at + CHUNK_BYTES);
        const bytes = new Uint8Array(8 + part.length);
        new DataView(bytes.buffer).setFloat64(0, offset, true);
        bytes.set(part, 8);
        this.call('write', bytes);
        offset += part.length;
      }
    }
    return offset;
  }

  /** Loads the file; returns the instructions of each message. A negative context means keys and values as int8. */
  load(context: number): number[] {
    this.call('begin', context);
    const messages: number[] = [];
    for (;;) {
      const { status, instructions } = this.call('load');
      messages.push(instructions);
      if (status === 0) return messages;
      if (status === 2) throw new Error('the model cannot be loaded');
    }
  }
}
