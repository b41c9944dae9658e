// Adds the deltas of an answer to its message.
import type { AnswerUsage, Delta } from '@llama-canister/client';
import type { Message, Usage } from '../conversations/model.js';

/** Adds one delta; progress and the end are not part of a message. */
export function addDelta(message: Message, delta: Delta): void {
  switch (delta.type) {
    case 'text':
      message.content += delta.text;
      break;
    case 'thinking':
      message.thinking = (message.thinking ?? '') + delta.text;
      break;
    case 'tool-call':
      message.calls = [...(message.calls ?? [])];
      message.calls[delta.index] = { id: delta.id, name: delta.name, arguments: '', whole: false };
      break;
    case 'tool-arguments':
    case 'tool-call-end': {
      const call = message.calls?.[delta.index];
      if (!call) break;
      if (delta.type === 'tool-arguments') call.arguments += delta.text;
      else call.whole = true;
    }
  }
}

/** `duration` is in milliseconds, from the first text to the last; 0 if this page has not read all of it. */
export function usageOf(usage: AnswerUsage, duration: number): Usage {
  const { promptTokens, cachedTokens, generatedTokens, thinkingTokens, instructions } = usage;
  const counts = { promptTokens, cachedTokens, generatedTokens, thinkingTokens, instructions };
  return { ...counts, cycles: Number(usage.cycles), price: Number(usage.price), duration };
}
