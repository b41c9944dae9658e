// Questions that are answered by the probabilities of their options, without generating text.
import type { CallOptions } from '../canister.js';
import type { CallCertificate } from '../certified.js';
import { LlamaError } from '../errors.js';
import type { DecisionInput, DecisionKind, Decision as WireDecision } from '../generated/llama.did.js';
import { abortable, delay } from '../retry.js';
import type { AnswerUsage } from './deltas.js';
import { endOf, usageOf } from './events.js';
import type { Ways } from './generation-answer.js';
import { json, type Prompt, wirePrompt } from './options.js';
import { patiently } from './patience.js';
import { heardOf, passes } from './reader.js';
import { Rhythm } from './rhythm.js';

/**
 * A question with its possible answers: one of the labels, a whole number of a range (with both ends), or yes and no.
 */
export interface Question {
  /** After messages, the options are added to it; after a text it is used as it is, and may be empty. */
  text: string;
  kind: { choice: readonly string[] } | { score: { least: number; greatest: number } } | 'yes-no';
}

/** An option with its probability among the options, and the natural logarithm of that. */
export interface DecisionOption {
  label: string;
  probability: number;
  logProbability: number;
}

export interface DecisionAnswer {
  /** In the order in which they were given. */
  options: DecisionOption[];
  /** The most probable option; the first of several. */
  best: string;
  /** For a score: the mean of the numbers, weighted by their probabilities. */
  expected?: number;
  /**
   * Natural logarithm of the probability that the model would say any of the options. If it is low, the model would
   * rather say something else.
   */
  logCoverage: number;
}

/** Answers to the questions, in their order. */
export interface Decision {
  /** Its number: decisions are listed, cancelled and forgotten like generations. */
  id: bigint;
  answers: DecisionAnswer[];
  usage: AnswerUsage;
  /** What the subnet has signed for it; with `certified`, the last one contains the answers. */
  certificates: CallCertificate[];
}

export interface DecideOptions {
  /** Variables for the chat template. By default they turn thinking off. */
  templateArguments?: Record<string, unknown> | undefined;
  /** Whether the subnet signs the answers. Those in the reply of the call itself are always signed. */
  certified?: boolean | undefined;
  usdPerTrillionCycles?: number | undefined;
  /** Milliseconds for which the network, or the canister, may be away; default that of the client. */
  patience?: number | undefined;
  /** Stops waiting with an error of kind `aborted`, and cancels the decision. */
  signal?: AbortSignal | undefined;
}

function wireKind(kind: Question['kind']): DecisionKind {
  if (kind === 'yes-no') return { yes_no: null };
  return 'score' in kind ? { score: kind.score } : { choice: [...kind.choice] };
}

export function decisionInput(
  prompt: Prompt,
  questions: readonly Question[],
  { templateArguments }: Pick<DecideOptions, 'templateArguments'>,
): DecisionInput {
  return {
    prompt: wirePrompt(prompt),
    template_arguments: templateArguments === undefined ? [] : [json('templateArguments', templateArguments)],
    questions: questions.map(({ text, kind }) => ({ text, kind: wireKind(kind) })),
  };
}

function answerOf({ options, expected, log_coverage }: WireDecision['answers'][number]): DecisionAnswer {
  const [mean] = expected;
  const own = options.map(({ label, probability, log_probability: logProbability }) => ({
    ...{ label, probability, logProbability },
  }));
  const best = own.reduce((first, each) => (each.logProbability > first.logProbability ? each : first));
  return {
    options: own,
    best: best.label,
    ...(mean === undefined ? {} : { expected: mean }),
    logCoverage: log_coverage,
  };
}

/** Waits for the end of a decision. Errors: those of the canister and the network, `aborted`. */
async function ended(
  { queries, calls }: Ways,
  begun: WireDecision,
  { patience, signal, certified }: { patience: number; signal: AbortSignal | undefined; certified: boolean },
  onCertificate: (certificate: CallCertificate) => void,
): Promise<WireDecision> {
  const { id } = begun.status;
  if (begun.status.ended.length > 0) return begun;
  const rhythm = new Rhythm();
  const look = (options: CallOptions) => queries.ok('decide_poll', [{ id }], { ...options, onCertificate });
  for (;;) {
    await delay(rhythm.next(false, performance.now()), signal);
    const now = await patiently(() => heardOf(id, look, signal), { patience, signal, passes });
    if (now.status.ended.length === 0) continue;
    return certified ? calls.ok('decide_poll', [{ id }], { certified, signal, onCertificate }) : now;
  }
}

/**
 * Asks questions about a state. Errors: those of the canister and the network, `GENERATION_FAILED`, `CANCELLED`, kind
 * `aborted`.
 */
export async function decide(
  ways: Ways,
  input: DecisionInput,
  { certified = false, usdPerTrillionCycles, signal, patience }: DecideOptions & { patience: number },
  start: (call: () => Promise<WireDecision>) => Promise<WireDecision>,
): Promise<Decision> {
  const certificates: CallCertificate[] = [];
  const onCertificate = (certificate: CallCertificate) => void certificates.push(certificate);
  const starting = start(() => ways.calls.ok('decide', [input], { onCertificate }));
  const cancel = async () => {
    const { id } = (await starting).status;
    await ways.calls.ok('generation_cancel', [{ id }]);
  };
  const waiting = abortable(starting, signal).then((begun) =>
    ended(ways, begun, { patience, signal, certified }, onCertificate),
  );
  const decision = await waiting.catch((error: unknown) => {
    if (signal?.aborted) cancel().catch(() => {});
    throw error;
  });
  const { id } = decision.status;
  const end = endOf(decision.status);
  if (end?.type === 'end' && end.reason === 'cancelled') {
    throw new LlamaError('refused', 'CANCELLED', `decision ${id} was cancelled`, { value: id, next: 'Ask again.' });
  }
  const usage = usageOf(decision.status, usdPerTrillionCycles);
  return { id, answers: decision.answers.map(answerOf), usage, certificates };
}
