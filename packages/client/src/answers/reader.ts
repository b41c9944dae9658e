// Reads the events of a generation from a number on, through broken connections and network failures.
import type { CallOptions, LlamaCanister } from '../canister.js';
import { LlamaError } from '../errors.js';
import type { GenerationPoll } from '../generated/llama.did.js';
import { delay } from '../retry.js';
import { patiently } from './patience.js';
import { Rhythm } from './rhythm.js';

export interface ReaderOptions {
  /** The number of the first event. */
  from: number;
  /** Milliseconds for which the network or the canister may be unreachable. */
  patience: number;
  signal: AbortSignal;
}

/** Milliseconds by which a node is usually behind. */
const BEHIND_MS = 300;
/** Milliseconds for which a node may answer that is behind an earlier one. */
const MOST_BEHIND_MS = 30_000;

/** Temporary errors: nobody answers, or the canister is being stopped, upgraded and started again. */
export function passes(error: unknown): boolean {
  if (!(error instanceof LlamaError)) return false;
  return error.kind === 'transport' || ['BUSY', 'STOPPED', 'STOPPING'].includes(error.code);
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof LlamaError &&
    error.kind === 'refused' &&
    /there is no (generation|decision) \d+/.test(error.message)
  );
}

/** The error for a generation that the canister does not have. */
function missing(id: bigint, cause: unknown): LlamaError {
  return new LlamaError('refused', 'NO_SUCH_GENERATION', `the caller has no generation ${id} on this canister`, {
    value: id,
    next: 'Look at the ones that there are (generations.list), and who asks: a generation is for who began it only.',
    cause,
  });
}

/**
 * One poll, as a query. A node that does not know the generation may be behind, so another one is asked, and then the
 * subnet. Errors: `NO_SUCH_GENERATION`, and those of the call.
 */
export async function heardOf<T>(
  id: bigint,
  look: (options: CallOptions) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (const certified of [false, false, true]) {
    try {
      return await look({ certified, signal });
    } catch (error) {
      if (!isMissing(error)) throw error;
      if (certified) throw missing(id, error);
      await delay(BEHIND_MS, signal);
    }
  }
  throw missing(id, undefined);
}

/**
 * The statuses and events of a generation, poll by poll, until it has ended and all events are read. Errors:
 * `NO_SUCH_GENERATION`, `ROLLED_BACK`, `aborted`, `transport` when the time is over.
 */
export async function* readGeneration(
  canister: LlamaCanister,
  id: bigint,
  { from, patience, signal }: ReaderOptions,
): AsyncGenerator<GenerationPoll, void, void> {
  const rhythm = new Rhythm();
  let next = from;
  /** The most events that a node has reported. */
  let events = 0n;
  let instructions = 0n;
  let behindSince: number | undefined;
  for (let first = true; ; first = false) {
    const input = { id, from: BigInt(next), bytes: [] as [] };
    const look = (options: CallOptions) => canister.ok('generation_poll', [input], options);
    const poll = await patiently(() => heardOf(id, look, signal), { patience, signal, passes });
    const { status } = poll;
    const isBehind = status.events < events || status.instructions < instructions;
    if (first && BigInt(from) > status.events && status.ended.length > 0) throw beyond(id, from, status.events);
    if (isBehind) {
      behindSince ??= performance.now();
      if (performance.now() - behindSince > MOST_BEHIND_MS) throw rolledBack(id);
      await delay(rhythm.next(false, performance.now()), signal);
      continue;
    }
    behindSince = undefined;
    const hasNews = status.instructions > instructions || status.events > events;
    ({ events, instructions } = status);
    next += poll.events.length;
    yield poll;
    const isRead = BigInt(next) >= status.events;
    if (isRead && status.ended.length > 0) return;
    if (isRead) await delay(rhythm.next(hasNews, performance.now()), signal);
  }
}

function beyond(id: bigint, from: number, events: bigint): LlamaError {
  return new LlamaError(
    'input',
    'BEYOND_END',
    `generation ${id} has ${events} events, so none from number ${from} on`,
    {
      value: from,
      next: 'Read from 0 on, or from the position that an answer said.',
    },
  );
}

/** A canister that was reset to an earlier state, or a local network that has lost its last seconds. */
function rolledBack(id: bigint): LlamaError {
  return new LlamaError('trust', 'ROLLED_BACK', `the canister has less of generation ${id} than it had before`, {
    value: id,
    next: 'It was put back to an earlier state. Read the answer again from the beginning: attach(id).',
  });
}
