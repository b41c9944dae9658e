// Converts the canister's events and states of a generation into deltas.
import { LlamaError } from '../errors.js';
import type { EventContent, GenerationStatus, StopReason } from '../generated/llama.did.js';
import type { AnswerEnd, AnswerUsage, Delta, Progress, ProgressState, TokenAlternative } from './deltas.js';

const utf8 = new TextDecoder();

function alternative({ bytes, logprob }: { bytes: Uint8Array | number[]; logprob: number }): TokenAlternative {
  const own = Uint8Array.from(bytes);
  return { bytes: own, text: utf8.decode(own), logprob };
}

/** The delta of an event. */
export function deltaOf(content: EventContent): Delta {
  if ('text' in content) return { type: 'text', text: content.text };
  if ('thinking' in content) return { type: 'thinking', text: content.thinking };
  if ('tool_call' in content) {
    const { call, id, name } = content.tool_call;
    return { type: 'tool-call', index: call, id, name };
  }
  if ('tool_arguments' in content) {
    const { call, text } = content.tool_arguments;
    return { type: 'tool-arguments', index: call, text };
  }
  if ('tool_call_end' in content) return { type: 'tool-call-end', index: content.tool_call_end };
  const { token } = content;
  return { type: 'token', ...alternative(token), alternatives: token.alternatives.map(alternative) };
}

const STATES: Readonly<Record<string, ProgressState>> = {
  waiting_for_seed: 'waiting-for-seed',
  queued: 'queued',
  reading: 'reading',
  generating: 'generating',
  paused: 'paused',
};

/** The progress of a generation; undefined if it has ended. */
export function progressOf(status: GenerationStatus): Progress | undefined {
  const state = STATES[Object.keys(status.state)[0]!];
  if (!state) return undefined;
  return {
    type: 'progress',
    state,
    ...('paused' in status.state ? { reason: status.state.paused } : {}),
    place: status.place,
    instructionsLeft: Number(status.instructions_left),
    messagesLeft: Number(status.messages_left),
    promptTokens: status.prompt_tokens,
    cachedTokens: status.cached_tokens,
  };
}

/** Whether `after` tells anything that `before` did not. */
export function isNews(before: Progress | undefined, after: Progress): boolean {
  const keys = [
    'state',
    'reason',
    'place',
    'instructionsLeft',
    'messagesLeft',
    'promptTokens',
    'cachedTokens',
  ] as const;
  return !before || keys.some((key) => before[key] !== after[key]);
}

const ENDS: Readonly<Record<string, AnswerEnd>> = {
  end: 'end',
  stop: 'stop',
  max_tokens: 'max-tokens',
  context_full: 'context-full',
  tool_calls: 'tool-calls',
};

function endOfStop(stop: StopReason): { reason: AnswerEnd; stop?: string } {
  const reason = ENDS[Object.keys(stop)[0]!]!;
  return 'stop' in stop ? { reason, stop: stop.stop } : { reason };
}

/** The usage of a generation so far; in dollars, too, if their price per 10^12 cycles is given. */
export function usageOf(status: GenerationStatus, usdPerTrillionCycles?: number): AnswerUsage {
  return {
    promptTokens: status.prompt_tokens,
    cachedTokens: status.cached_tokens,
    generatedTokens: status.generated_tokens,
    thinkingTokens: status.thinking_tokens,
    instructions: Number(status.instructions),
    cycles: status.cycles,
    price: status.price,
    ...(usdPerTrillionCycles === undefined ? {} : { usd: (Number(status.cycles) / 1e12) * usdPerTrillionCycles }),
  };
}

/**
 * The last delta of a generation; undefined if it has not ended. Errors: `GENERATION_FAILED`, with the canister's
 * reason.
 */
export function endOf(status: GenerationStatus, usdPerTrillionCycles?: number): Delta | undefined {
  const { state } = status;
  const usage = usageOf(status, usdPerTrillionCycles);
  if ('done' in state) return { type: 'end', ...endOfStop(state.done), usage };
  if ('cancelled' in state) return { type: 'end', reason: 'cancelled', usage };
  if ('failed' in state) {
    throw new LlamaError('refused', 'GENERATION_FAILED', `the canister could not finish the answer: ${state.failed}`, {
      value: { id: status.id, reason: state.failed, usage },
      next: 'What there is of the answer has been read; ask again when the reason is gone.',
    });
  }
  return undefined;
}
