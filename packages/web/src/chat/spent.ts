// The usage of a conversation: that of all its answers, including those on branches that are not shown.
import type { Message, Usage } from '../conversations/model.js';

export interface Spent {
  answers: number;
  tokens: number;
  instructions: number;
  cycles: number;
  price: number;
}

export function spent(messages: Iterable<Message>): Spent {
  const sum: Spent = { answers: 0, tokens: 0, instructions: 0, cycles: 0, price: 0 };
  for (const { usage } of messages) {
    if (!usage) continue;
    sum.answers += 1;
    sum.tokens += usage.generatedTokens;
    sum.instructions += usage.instructions;
    sum.cycles += usage.cycles;
    sum.price += usage.price;
  }
  return sum;
}

/** The usage of an answer that was continued. The prompt of the last part includes those of the parts before. */
export function together(one: Usage | undefined, other: Usage): Usage {
  if (!one) return other;
  const sum = { ...other };
  for (const key of ['generatedTokens', 'thinkingTokens', 'instructions', 'cycles', 'price'] as const)
    sum[key] += one[key];
  sum.promptTokens = one.promptTokens;
  sum.cachedTokens = one.cachedTokens;
  sum.duration = one.duration > 0 && other.duration > 0 ? one.duration + other.duration : 0;
  return sum;
}

/** The tokens of the context that are in use after the last answer that has a usage; 0 if none has. */
export function contextUsed(path: readonly Message[]): number {
  const usage = path.findLast((message) => message.usage)?.usage;
  return usage ? usage.promptTokens + usage.generatedTokens : 0;
}

export function tokensASecond({ generatedTokens, duration }: Usage): number | undefined {
  return duration > 0 && generatedTokens > 1 ? ((generatedTokens - 1) * 1000) / duration : undefined;
}
