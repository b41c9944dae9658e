import type { CallCertificate } from '../certified.js';
import { aborted, LlamaError } from '../errors.js';
import { abortable } from '../retry.js';
import { type AnswerResult, Collected, type Delta, type SaidSoFar } from './deltas.js';

/** A started answer, however the canister computes it. */
export interface BegunAnswer {
  /** Undefined if the canister gives no number; then the answer cannot be attached to. */
  id: bigint | undefined;
  /** Its deltas, each with the position after it. The last one is of type `end`. */
  read(signal: AbortSignal): AsyncGenerator<{ delta: Delta; position: number }, void, void>;
  cancel(): Promise<void>;
  stopThinking(): Promise<void>;
}

export interface FollowOptions {
  /** Stops reading with an error of kind `aborted`. */
  signal?: AbortSignal | undefined;
  /** Whether the canister continues an answer that nobody reads any more, for `attach`. */
  keep?: boolean | undefined;
  /** Called once when reading ends, with the answer so far. */
  onOver?: ((said: SaidSoFar, left: Left) => void) | undefined;
}

/** How reading ended: at the answer's end, with the answer stopped, or with the answer going on. */
export type Left = 'whole' | 'stopped' | 'going-on';

/**
 * A growing answer. It is started at once; iterating yields its deltas as they come, and `result` waits for all of it.
 * If you stop iterating, or your signal fires, the answer is cancelled unless `keep` was set.
 * @example
 * for await (const delta of answer) if (delta.type === 'text') write(delta.text);
 */
export class Answer implements AsyncIterable<Delta> {
  /**
   * The number under which the answer can be read from any device with the same identity; undefined with a canister
   * that has only llama_cpp_canister's methods. Rejects if the answer could not be started.
   */
  readonly id: Promise<bigint | undefined>;
  /** What the subnet has signed for this answer so far: its update calls. */
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

  /** An answer that could not be asked for: reading it throws the reason. */
  static failed(error: unknown): Answer {
    return new Answer(() => Promise.reject(error), 0, {}, []);
  }

  /** The number of the next event, from which `attach` continues. */
  get position(): number {
    return this.#position;
  }

  /**
   * The deltas; can be iterated once. Errors: those of the canister and the network; `ALREADY_READ`;
   * `GENERATION_FAILED` after the text of an answer that the canister could not finish.
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
      // After an error of the network the answer may still be attached to; it is cancelled only if the caller does not
      // want it.
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

  /** The whole answer, from where reading began. Errors: those of iterating. */
  async result(): Promise<AnswerResult> {
    if (!this.#isRead) for await (const _ of this);
    return this.#result;
  }

  /** Cancels the answer, which then ends with its text so far and the reason `cancelled`. No effect after its end. */
  async cancel(): Promise<void> {
    await (await this.#begun).cancel();
  }

  /** Ends the model's thoughts, so that it begins its answer. Errors: `NOT_SUPPORTED`, those of the canister. */
  async stopThinking(): Promise<void> {
    await (await this.#begun).stopThinking();
  }

  /** Resolves when an abandoned answer has been cancelled, or cancelling has been given up. */
  closed(): Promise<void> {
    return this.#closed;
  }
}
