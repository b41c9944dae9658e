import type { CallCertificate } from '../certified.js';
import { aborted, LlamaError } from '../errors.js';
import { abortable } from '../retry.js';
import { type AnswerResult, Collected, type Delta, type SaidSoFar } from './deltas.js';

/** An answer that the canister works on, however it does that. */
export interface BegunAnswer {
  /** Undefined where the canister gives no number, so that nobody can come back to it. */
  id: bigint | undefined;
  /** Its deltas, each with the position behind it. The last one is of type `end`. */
  read(signal: AbortSignal): AsyncGenerator<{ delta: Delta; position: number }, void, void>;
  cancel(): Promise<void>;
  stopThinking(): Promise<void>;
}

export interface FollowOptions {
  /** Ends the reading with an error of kind `aborted`. */
  signal?: AbortSignal | undefined;
  /** Whether the canister goes on with an answer that nobody reads any more, for `attach`. */
  keep?: boolean | undefined;
  /** Called once, when no more of it is read, with what has been. */
  onOver?: ((said: SaidSoFar, left: Left) => void) | undefined;
}

/** How an answer was left: all of it was read, it will not go on, or it can be read on. */
export type Left = 'whole' | 'stopped' | 'going-on';

/**
 * An answer that comes. It is begun at once; iterating yields its deltas as they come, `result` waits for all of it. Who
 * stops iterating, or whose signal fires, has it cancelled unless `keep` was said.
 *
 * @example
 * for await (const delta of answer) if (delta.type === 'text') write(delta.text);
 */
export class Answer implements AsyncIterable<Delta> {
  /**
   * The number under which it is read again, from any device with the same identity; undefined with a canister that has only
   * llama_cpp_canister's methods. Rejects where the answer could not be begun.
   */
  readonly id: Promise<bigint | undefined>;
  /** What the subnet has signed of the update calls for this answer so far. */
  readonly certificates: readonly CallCertificate[];
  readonly #begun: Promise<BegunAnswer>;
  readonly #signal: AbortSignal | undefined;
  readonly #keep: boolean;
  readonly #onOver: FollowOptions['onOver'];
  readonly #collected = new Collected();
  readonly #result: Promise<AnswerResult>;
  #resolve!: (result: AnswerResult) => void;
  #reject!: (error: unknown) => void;
  #position: number;
  #isRead = false;
  #closed: Promise<void> = Promise.resolve();

  constructor(
    begin: () => Promise<BegunAnswer>,
    from: number,
    { signal, keep = false, onOver }: FollowOptions,
    certificates: readonly CallCertificate[],
  ) {
    this.#signal = signal;
    this.#keep = keep;
    this.#onOver = onOver;
    this.#position = from;
    this.certificates = certificates;
    this.#begun = signal?.aborted ? Promise.reject(aborted(signal)) : begin();
    this.id = this.#begun.then(({ id }) => id);
    this.#result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Whoever iterates is told; these are told to who asks.
    for (const promise of [this.#begun, this.id, this.#result]) promise.catch(() => {});
  }

  /** The number of the next event: where `attach` goes on behind what has been read. */
  get position(): number {
    return this.#position;
  }

  /**
   * The deltas, once. Errors: those of the canister and the network; `ALREADY_READ`; `GENERATION_FAILED` behind what there is
   * of an answer that the canister could not finish.
   */
  [Symbol.asyncIterator](): AsyncGenerator<Delta, void, void> {
    if (this.#isRead) {
      throw new LlamaError('input', 'ALREADY_READ', 'this answer is being read already', {
        next: 'Wait for result(), or read it once more with attach(id).',
      });
    }
    this.#isRead = true;
    return this.#read();
  }

  async *#read(): AsyncGenerator<Delta, void, void> {
    const stop = new AbortController();
    const signal = this.#signal ? AbortSignal.any([this.#signal, stop.signal]) : stop.signal;
    let ended = false;
    let goesOn = false;
    try {
      const begun = await abortable(this.#begun, signal);
      for await (const { delta, position } of begun.read(signal)) {
        this.#position = position;
        this.#collected.add(delta);
        if (delta.type === 'end') {
          ended = true;
          this.#resolve(this.#collected.result!);
        }
        yield delta;
      }
    } catch (error) {
      // What went wrong by itself may be gone on with: only who does not want it any more has it cancelled.
      ended = !this.#signal?.aborted;
      goesOn = error instanceof LlamaError && error.kind === 'transport';
      this.#reject(error);
      throw error;
    } finally {
      if (!ended) {
        stop.abort();
        this.#reject(aborted(this.#signal?.aborted ? this.#signal : stop.signal));
        goesOn = this.#keep;
        if (!this.#keep) this.#closed = this.cancel().catch(() => {});
      }
      this.#onOver?.(this.#collected, this.#collected.result ? 'whole' : goesOn ? 'going-on' : 'stopped');
    }
  }

  /** All of it, from where the reading began. Errors: those of iterating. */
  async result(): Promise<AnswerResult> {
    if (!this.#isRead) for await (const _ of this);
    return this.#result;
  }

  /** Has the canister end it; it then ends with what there is, and the reason `cancelled`. Does nothing where it has ended. */
  async cancel(): Promise<void> {
    await (await this.#begun).cancel();
  }

  /** Has the model end its thoughts and begin with its answer. Errors: `NOT_SUPPORTED`, those of the canister. */
  async stopThinking(): Promise<void> {
    await (await this.#begun).stopThinking();
  }

  /** Resolves when what was to be done behind an answer that was left has been done or given up: it has been cancelled. */
  closed(): Promise<void> {
    return this.#closed;
  }
}
