/** The canister itself, metered, with its methods as its interface describes them. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { DirectCanister, type DirectOptions } from '../../packages/network/src/execution/direct.js';
import type { ExecutionOutput, PageCounts } from '../../packages/network/src/execution/message.js';
import { importDeclarations } from '../scripts/candid/interface.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const declarations = importDeclarations(join(root, 'llama.did'));
const CHUNK = 1_900_000;

export const owner = Principal.fromText('w7x7r-cok77-xa');
export const anonymous = Principal.anonymous();

/** The principal of the n-th caller. */
export function person(n: number): Principal {
  return Principal.selfAuthenticating(Uint8Array.of(n));
}

export interface Output {
  status_code: number;
  output: string;
  conversation: string;
  error: string;
  prompt_remaining: string;
  generated_eog: boolean;
  n_prompt_tokens: [] | [bigint];
  n_prompt_tokens_cached: [] | [bigint];
  n_prompt_tokens_decoded: [] | [bigint];
  n_prompt_tokens_remaining: [] | [bigint];
  n_tokens_generated: [] | [bigint];
}

export type Result<T, E> = { Ok: T } | { Err: E };
type ApiError = { Other: string } | { StatusCode: number };

/** The same bytes in at least one piece; each has CHUNK bytes, only the last may be shorter. */
function* chunks(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  let buffer = new Uint8Array(CHUNK);
  let used = 0;
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + CHUNK - used);
      buffer.set(part, used);
      used += part.length;
      at += part.length;
      if (used < CHUNK) continue;
      yield buffer;
      buffer = new Uint8Array(CHUNK);
      used = 0;
    }
  }
  yield buffer.subarray(0, used);
}

/** What a message of the canister did, beside its answer. */
interface Spent {
  instructions: number;
  /** The lines that it wrote to the canister's log. */
  logs: string[];
  pages?: PageCounts;
}

export class Llama {
  readonly canister: DirectCanister;
  readonly #methods: Map<string, IDL.FuncClass>;
  /** The costs of the last message. */
  spent: Spent = { instructions: 0, logs: [] };
  caller = owner;
  /** The cycles that are attached to every call that is not a query. */
  attached = 0n;
  /** The time in nanoseconds since 1970. */
  time = 1_700_000_000_000_000_000n;

  readonly #wasm: Uint8Array;

  private constructor(methods: Map<string, IDL.FuncClass>, options: DirectOptions, wasm: Uint8Array) {
    this.#wasm = wasm;
    this.canister = new DirectCanister({ mode: 'exact', ...options });
    this.canister.environment.controllers = [owner.toUint8Array()];
    this.#methods = methods;
  }

  /** Installs the canister as it was built, or a variant of it. */
  static async install(options: DirectOptions = {}, wasm?: Uint8Array): Promise<Llama> {
    const { service } = await declarations;
    const module = wasm ?? readFileSync(join(root, 'build/llama.wasm'));
    const llama = new Llama(new Map(service._fields), options, module);
    llama.#install('install');
    return llama;
  }

  #install(mode: 'install' | 'upgrade'): void {
    const { result } = this.canister.install(this.#wasm, { mode, time: this.time });
    if (result.kind !== 'none') throw new Error(`${mode}: ${JSON.stringify(result)}`);
  }

  /** Upgrades the canister to the same program: what is in the heap is lost. */
  upgrade(): void {
    this.#install('upgrade');
  }

  /** Whether the canister's timer is due. */
  get isTimerDue(): boolean {
    const { globalTimer } = this.canister.environment;
    return globalTimer !== 0n && globalTimer <= this.time;
  }

  /** Runs the timer as often as it is due now; returns how often that was. */
  timers(): number {
    let count = 0;
    for (; this.isTimerDue; count++) {
      if (count === 10_000) throw new Error('the timer is due without end');
      const output = this.canister.timer({ time: this.time });
      if (output.result.kind === 'error') throw new Error(JSON.stringify(output.result));
      this.#note(output);
    }
    return count;
  }

  /** Runs the timer once, if it is due now. */
  timer(): void {
    if (!this.isTimerDue) return;
    const output = this.canister.timer({ time: this.time });
    if (output.result.kind === 'error') throw new Error(JSON.stringify(output.result));
    this.#note(output);
  }

  #note({ instructions, logs, pages }: ExecutionOutput): void {
    this.spent = { instructions, pages, logs: logs.map((line) => Buffer.from(line).toString()) };
  }

  /** Whether a message from outside is let in as an update. */
  inspect(method: string, bytes: Uint8Array, caller = this.caller): boolean {
    const message = { kind: 'inspect', method, arg: new Uint8Array(bytes), caller: caller.toUint8Array() } as const;
    const output = this.canister.execute(message, { time: this.time });
    if (output.result.kind === 'error') throw new Error(`${method}: ${JSON.stringify(output.result)}`);
    this.#note(output);
    return output.accepted;
  }

  /** Sends bytes as a method's argument; a rejection is returned as `{ reject }`. Throws if the canister traps. */
  send(method: string, bytes: Uint8Array, caller = this.caller): unknown {
    const { annotations } = this.#methods.get(method)!;
    return this.#send(annotations.includes('query') ? 'query' : 'update', method, bytes, caller);
  }

  /** Like `send`, but a query is sent as an update, too. */
  update(method: string, bytes: Uint8Array, caller = this.caller): unknown {
    return this.#send('update', method, bytes, caller);
  }

  #send(kind: 'query' | 'update', method: string, bytes: Uint8Array, caller: Principal): unknown {
    const { retTypes } = this.#methods.get(method)!;
    const cycles = kind === 'update' ? this.attached : 0n;
    const options = { caller: caller.toUint8Array(), time: this.time, cycles };
    const output = this.canister[kind](method, new Uint8Array(bytes), options);
    this.#note(output);
    const { result } = output;
    if (result.kind === 'reject') return { reject: result.message };
    if (result.kind !== 'reply') throw new Error(`${method}: ${JSON.stringify(result)}`);
    return IDL.decode(retTypes, result.data)[0];
  }

  /** Calls a method with at most one argument. */
  call(method: string, argument?: unknown, caller = this.caller): unknown {
    const { argTypes } = this.#methods.get(method)!;
    return this.send(method, IDL.encode(argTypes, argument === undefined ? [] : [argument]), caller);
  }

  /** Calls a method whose argument is a command line. */
  command(method: string, args: readonly string[], caller = this.caller): Result<Output, Output> {
    return this.call(method, { args }, caller) as Result<Output, Output>;
  }

  /** Like `command`, but the answer has to be Ok. */
  ok(method: string, args: readonly string[], caller = this.caller): Output {
    const result = this.command(method, args, caller);
    if ('Ok' in result) return result.Ok;
    throw new Error(`${method} ${args.join(' ')}: ${result.Err.status_code} ${result.Err.error}`);
  }

  /** The error of a command line; the answer has to be an error. */
  error(method: string, args: readonly string[], caller = this.caller): string {
    const result = this.command(method, args, caller);
    if ('Err' in result) return result.Err.error;
    throw new Error(`${method} ${args.join(' ')} is Ok`);
  }

  run(args: readonly string[], caller = this.caller): Output {
    return this.ok('run_update', args, caller);
  }

  /** Uploads a file that comes in pieces of any size. */
  upload(filename: string, bytes: Uint8Array | Iterable<Uint8Array>): void {
    let offset = 0;
    for (const chunk of chunks(bytes instanceof Uint8Array ? [bytes] : bytes)) {
      const input = { filename, chunk, chunksize: BigInt(CHUNK), offset: BigInt(offset) };
      const result = this.call('file_upload_chunk', input, owner) as Result<unknown, ApiError>;
      if ('Err' in result) throw new Error(JSON.stringify(result.Err));
      offset += chunk.length;
    }
  }

  /** Uploads a model and loads it. */
  load(filename: string, bytes: Uint8Array | Iterable<Uint8Array>, ...args: string[]): Output {
    this.upload(filename, bytes);
    return this.ok('load_model', ['--model', filename, ...args], owner);
  }

  letEveryoneIn(): void {
    this.call('set_access', { level: 1 }, owner);
  }

  maxTokens(update: number, query = 0): void {
    this.call('set_max_tokens', { max_tokens_update: BigInt(update), max_tokens_query: BigInt(query) }, owner);
  }

  budget(update: number, query = 0): void {
    this.call('set_instruction_budget', { update: BigInt(Math.round(update)), query: BigInt(query) }, owner);
  }
}
