import type { EndReason, Usage } from '../../backend.js';

/**
 * The usage of an answer with its cost: instructions of the canister, the cycles for them, and the cycles that were
 * paid.
 */
export function chatUsage(usage: Usage) {
  return {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.generatedTokens,
    total_tokens: usage.promptTokens + usage.generatedTokens,
    prompt_tokens_details: { cached_tokens: usage.cachedTokens },
    completion_tokens_details: { reasoning_tokens: usage.thinkingTokens },
    cost: costOf(usage),
  };
}

export const costOf = ({ instructions, cycles, price }: Usage) => ({
  instructions,
  cycles: Number(cycles),
  price: Number(price),
});

/** A cancelled answer is incomplete, like one that was too long. */
const FINISH: Readonly<Record<EndReason, string>> = {
  end: 'stop',
  stop: 'stop',
  'max-tokens': 'length',
  'context-full': 'length',
  'tool-calls': 'tool_calls',
  cancelled: 'length',
};

export const finishReason = (reason: EndReason): string => FINISH[reason];
