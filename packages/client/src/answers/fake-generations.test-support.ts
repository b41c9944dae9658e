import type { Service } from '../canister.js';
import { LlamaError } from '../errors.js';
import type {
  EventContent,
  GenerationInput,
  GenerationPollInput,
  GenerationState,
  GenerationStatus,
} from '../generated/llama.did.js';

/** What becomes of a poll, in place of an answer by a node that is up to date. */
export type Fault =
  /** Nobody answers. */
  | 'unreachable'
  /** The canister is being upgraded. */
  | 'stopped'
  | 'busy'
  /** A node answers that is as far as it was two polls before. */
  | 'behind'
  /** A node answers that has not heard of it. */
  | 'unheard'
  /** The canister was put back to where it had two events. */
  | 'put back';

interface FakeAnswer {
  contents: readonly EventContent[];
  /** Events that are added between two polls. */
  pace?: number;
  /** Milliseconds until the first, and in which there is one more. */
  quietMs?: number;
  everyMs?: number;
  end?: GenerationState;
}

const gone = (code: string, kind: 'transport' | 'rejected' = 'rejected') =>
  new LlamaError(kind, code, code.toLowerCase(), { next: 'Wait.' });

/** The methods of generations, in memory: one answer, told as quickly as it is asked for, with faults in between. */
export class FakeGenerations {
  readonly #answer: FakeAnswer;
  /** What comes of the coming polls, in order; then none fails. */
  readonly faults: (Fault | undefined)[];
  readonly started: GenerationInput[] = [];
  readonly calls: string[] = [];
  readonly #begun = Date.now();
  polls = 0;
  #there = 0;
  #history: number[] = [];
  #cancelled = false;

  constructor(answer: FakeAnswer, faults: (Fault | undefined)[] = []) {
    this.#answer = answer;
    this.faults = faults;
  }

  service(): Service {
    const methods = {
      generation_start: async (input: GenerationInput) => {
        this.started.push(input);
        this.calls.push('start');
        return { Ok: this.#status(0) };
      },
      generation_poll: async (input: GenerationPollInput) => this.#poll(input),
      generation_cancel: async () => {
        this.calls.push('cancel');
        this.#cancelled = true;
        return { Ok: this.#status(this.#there) };
      },
      generation_stop_thinking: async () => {
        this.calls.push('stop thinking');
        return { Ok: this.#status(this.#there) };
      },
    };
    return methods as unknown as Service;
  }

  /** How many events there are now. */
  #next(): number {
    const { pace = 1, quietMs = 0, everyMs } = this.#answer;
    const passed = Date.now() - this.#begun;
    if (everyMs !== undefined) return Math.floor(passed / everyMs);
    return passed < quietMs ? this.#there : this.#there + pace;
  }

  #poll({ id, from }: GenerationPollInput) {
    this.polls++;
    const fault = this.faults.shift();
    if (fault === 'unreachable') throw gone('UNREACHABLE', 'transport');
    if (fault === 'stopped') throw gone('STOPPED');
    if (fault === 'busy') throw gone('BUSY');
    if (fault === 'unheard') return { Err: { Other: `generation_poll: there is no generation ${id} of the caller's` } };
    const { contents } = this.#answer;
    if (!this.#cancelled) this.#there = Math.min(contents.length, this.#next());
    this.#history.push(this.#there);
    const behind = this.#history.at(-3) ?? 0;
    const there = fault === 'put back' ? Math.min(2, this.#there) : fault === 'behind' ? behind : this.#there;
    const start = Number(from);
    const events = contents.slice(start, there).map((content, n) => ({ number: BigInt(start + n), content }));
    return { Ok: { status: this.#status(there), events, next: BigInt(Math.min(start, there) + events.length) } };
  }

  #status(there: number): GenerationStatus {
    const { contents, end = { done: { end: null } } } = this.#answer;
    const isOver = there === contents.length;
    const state: GenerationState = this.#cancelled ? { cancelled: null } : isOver ? end : { generating: null };
    const ended: [] | [bigint] = isOver || this.#cancelled ? [1n] : [];
    return {
      ...{ id: 7n, principal: 'aaaaa-aa', state, place: 0, messages_left: 0n, held: 0n, price: 5n },
      ...{ instructions_left: BigInt(contents.length - there), instructions: BigInt(there), cycles: BigInt(2 * there) },
      ...{ prompt_tokens: 3, cached_tokens: 1, generated_tokens: there, thinking_tokens: 0, events: BigInt(there) },
      ...{ seed: [], session: [], started: 0n, ended, expires: [] },
    };
  }
}
