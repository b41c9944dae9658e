// Answers that the canister computes by itself: started by one call, read by queries.
import type { LlamaCanister } from '../canister.js';
import type { CallCertificate } from '../certified.js';
import { LlamaError } from '../errors.js';
import type { EventContent, GenerationInput, GenerationPoll, GenerationStatus } from '../generated/llama.did.js';
import type { BegunAnswer } from './answer.js';
import type { Delta, Progress } from './deltas.js';
import { deltaOf, endOf, isNews, progressOf } from './events.js';
import { readGeneration } from './reader.js';

export interface ReadOptions {
  /** Number of the first event to read. */
  from: number;
  /** Milliseconds for which the network may be unreachable. */
  patience: number;
  /** Read the whole answer once more at the end, signed by the subnet. */
  certified: boolean;
  /** Price, to report costs in dollars. */
  usdPerTrillionCycles: number | undefined;
}

/** The canister, once for queries and once for calls, which are retried for longer. */
export interface Ways {
  queries: LlamaCanister;
  calls: LlamaCanister;
}

/** Starts a generation. Errors: `METHOD_NOT_FOUND`, and those of the canister. */
export function startGeneration(
  { calls }: Ways,
  input: GenerationInput,
  onCertificate: (certificate: CallCertificate) => void,
): Promise<GenerationStatus> {
  return calls.ok('generation_start', [input], { onCertificate });
}

/** A generation as an answer. `status` is its status at the start. */
export function generationAnswer(
  ways: Ways,
  id: bigint,
  options: ReadOptions,
  onCertificate: (certificate: CallCertificate) => void,
  status?: GenerationStatus,
): BegunAnswer {
  return {
    id,
    read: (signal) => read(ways, id, options, onCertificate, signal, status),
    cancel: async () => {
      await ways.calls.ok('generation_cancel', [{ id }], { onCertificate });
    },
    stopThinking: async () => {
      await ways.calls.ok('generation_stop_thinking', [{ id }], { onCertificate });
    },
  };
}

async function* read(
  ways: Ways,
  id: bigint,
  { from, patience, certified, usdPerTrillionCycles }: ReadOptions,
  onCertificate: (certificate: CallCertificate) => void,
  signal: AbortSignal,
  begun: GenerationStatus | undefined,
): AsyncGenerator<{ delta: Delta; position: number }, void, void> {
  let position = from;
  let last: Progress | undefined;
  let status = begun;
  const seen: EventContent[] = [];
  const news = (of: GenerationStatus): Progress | undefined => {
    const progress = progressOf(of);
    if (!progress || !isNews(last, progress)) return undefined;
    last = progress;
    return progress;
  };
  const first = begun && news(begun);
  if (first) yield { delta: first, position };
  for await (const poll of readGeneration(ways.queries, id, { from, patience, signal })) {
    ({ status } = poll);
    const progress = news(status);
    if (progress) yield { delta: progress, position };
    for (const { number, content } of poll.events) {
      position = Number(number) + 1;
      if (certified) seen.push(content);
      yield { delta: deltaOf(content), position };
    }
  }
  if (certified) status = await certify(ways.calls, id, from, seen, { signal, onCertificate });
  const end = status && endOf(status, usdPerTrillionCycles);
  if (end) yield { delta: end, position };
}

/**
 * Reads the answer once more, signed by the subnet, because queries are answered by one node each. Errors:
 * `ANSWER_DIFFERS`.
 */
async function certify(
  calls: LlamaCanister,
  id: bigint,
  from: number,
  seen: readonly EventContent[],
  options: { signal: AbortSignal; onCertificate: (certificate: CallCertificate) => void },
): Promise<GenerationStatus> {
  const signed: EventContent[] = [];
  let poll: GenerationPoll;
  do {
    const input = { id, from: BigInt(from + signed.length), bytes: [] as [] };
    poll = await calls.ok('generation_poll', [input], { ...options, certified: true });
    signed.push(...poll.events.map(({ content }) => content));
  } while (poll.events.length > 0 && poll.next < poll.status.events);
  if (said(signed) === said(seen)) return poll.status;
  throw new LlamaError('trust', 'ANSWER_DIFFERS', 'the subnet has signed another answer than a node has given', {
    value: { id, signed: signed.map(deltaOf) },
    next: 'Believe the signed one (value.signed), and not the one that was read.',
  });
}

function said(contents: readonly EventContent[]): string {
  return JSON.stringify(contents.map(deltaOf));
}
