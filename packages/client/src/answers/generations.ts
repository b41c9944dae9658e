// The caller's generations: list, quote, cancel, forget.
import { type CallOptions, callEntries, type LlamaCanister } from '../canister.js';
import { check, record } from '../checks/checked.js';
import { bigint, flag, maybe } from '../checks/shapes.js';
import { LlamaError } from '../errors.js';
import type { GenerationQuote, GenerationStatus } from '../generated/llama.did.js';
import type { AnswerEnd, AnswerUsage, ProgressState } from './deltas.js';
import { endOf, progressOf, usageOf } from './events.js';
import { numberOf } from './number-of.js';

/** An answer that the canister computes or keeps. */
export interface Generation {
  id: bigint;
  /** The caller, as text. */
  caller: string;
  state: ProgressState | 'ended' | 'failed';
  /** Why it is paused, or has failed. */
  reason?: string;
  /** Why it ended. */
  end?: AnswerEnd;
  /** Answers in the queue before this one. */
  place: number;
  /** Messages of the canister that it takes, including the shares of others. */
  messagesLeft: number;
  usage: AnswerUsage;
  /** The caller's cycles that are held until it ends. */
  held: bigint;
  /** The seed of its sampling. */
  seed?: number;
  session?: string;
  /** The number of its events. */
  events: number;
  started: Date;
  ended?: Date;
  /** When it is forgotten at the latest. */
  expires?: Date;
}

/** The most that an answer may cost. */
export interface Quote {
  promptTokens: number;
  generatedTokens: number;
  /** What the canister pays, in cycles. */
  cycles: bigint;
  /** What the caller pays, in cycles. */
  price: bigint;
  /** The caller's allowance, in cycles. */
  allowance: bigint;
}

export interface ListOptions extends CallOptions {
  /** Those of all callers, for administrators. */
  everybody?: boolean | undefined;
  /** Only those with a smaller number. */
  before?: bigint | undefined;
}

const listOptions = record<ListOptions>()({ ...callEntries, everybody: maybe(flag), before: maybe(bigint) });

export function quoteOf(quote: GenerationQuote): Quote {
  return {
    promptTokens: Number(quote.prompt_tokens),
    generatedTokens: Number(quote.generated_tokens),
    cycles: quote.cycles,
    price: quote.price,
    allowance: quote.allowance,
  };
}

const date = (nanoseconds: bigint): Date => new Date(Number(nanoseconds / 1_000_000n));

function stateOf(status: GenerationStatus): Pick<Generation, 'state' | 'reason' | 'end'> {
  if ('failed' in status.state) return { state: 'failed', reason: status.state.failed };
  const progress = progressOf(status);
  if (progress) return { state: progress.state, ...(progress.reason === undefined ? {} : { reason: progress.reason }) };
  const end = endOf(status);
  return { state: 'ended', ...(end?.type === 'end' ? { end: end.reason } : {}) };
}

function generationOf(status: GenerationStatus): Generation {
  const [seed] = status.seed;
  const [session] = status.session;
  const [ended] = status.ended;
  const [expires] = status.expires;
  return {
    id: status.id,
    caller: status.principal,
    ...stateOf(status),
    place: status.place,
    messagesLeft: Number(status.messages_left),
    usage: usageOf(status),
    held: status.held,
    ...(seed === undefined ? {} : { seed }),
    ...(session === undefined ? {} : { session }),
    events: Number(status.events),
    started: date(status.started),
    ...(ended === undefined ? {} : { ended: date(ended) }),
    ...(expires === undefined ? {} : { expires: date(expires) }),
  };
}

/** The generations of a canister. Errors: `refused`, and those of the network. */
export class Generations {
  readonly #canister: LlamaCanister;

  constructor(canister: LlamaCanister) {
    this.#canister = canister;
  }

  /** Whether the canister computes answers by itself; one that has only llama_cpp_canister's methods does not. */
  async supported(options?: CallOptions): Promise<boolean> {
    try {
      await this.#canister.call('get_generation_limits', [], options);
      return true;
    } catch (error) {
      if (error instanceof LlamaError && error.code === 'METHOD_NOT_FOUND') return false;
      throw error;
    }
  }

  /** At most 100, the newest first. */
  async list(given: ListOptions = {}): Promise<Generation[]> {
    check('list: options', listOptions, given);
    const { everybody = false, before, ...options } = given;
    const input = { everybody, before: before === undefined ? [] : [before] } as {
      everybody: boolean;
      before: [bigint];
    };
    return (await this.#canister.ok('generation_list', [input], options)).map(generationOf);
  }

  /** The status of a generation, without its text. */
  async get(id: bigint | number | string, options?: CallOptions): Promise<Generation> {
    const input = { id: numberOf(id), from: 0n, bytes: [0n] as [bigint] };
    return generationOf((await this.#canister.ok('generation_poll', [input], options)).status);
  }

  /** Cancels a generation; its answer so far stays. */
  async cancel(id: bigint | number | string, options?: CallOptions): Promise<Generation> {
    return generationOf(await this.#canister.ok('generation_cancel', [{ id: numberOf(id) }], options));
  }

  /** Forgets a generation that has ended. */
  async forget(id: bigint | number | string, options?: CallOptions): Promise<void> {
    await this.#canister.ok('generation_forget', [{ id: numberOf(id) }], options);
  }
}
