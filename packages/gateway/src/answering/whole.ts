// An answer that is read to its end before the response begins.
import type { Delta, EndReason, TokenAlternative, Usage } from '../backend.js';
import { Refusal } from '../refusal.js';
import { TokensOfText } from './tokens-of-text.js';

interface WholeCall {
  id: string;
  name: string;
  arguments: string;
}

export interface Token extends TokenAlternative {
  alternatives: TokenAlternative[];
}

export interface Whole {
  text: string;
  thinking: string;
  toolCalls: WholeCall[];
  /** The tokens of the text. */
  tokens: Token[];
  reason: EndReason;
  /** The stop text that ended it. */
  stop: string | undefined;
  usage: Usage;
}

export async function whole(deltas: AsyncIterable<Delta>): Promise<Whole> {
  const parts = { text: '', thinking: '', toolCalls: [] as WholeCall[], tokens: [] as Token[] };
  const ofText = new TokensOfText();
  for await (const delta of deltas) {
    if (delta.type === 'text') parts.text += delta.text;
    else if (delta.type === 'thinking') parts.thinking += delta.text;
    else if (delta.type === 'tool-call')
      parts.toolCalls[delta.index] = { id: delta.id, name: delta.name, arguments: '' };
    else if (delta.type === 'tool-arguments') parts.toolCalls[delta.index]!.arguments += delta.text;
    else if (delta.type === 'end') return { ...parts, reason: delta.reason, stop: delta.stop, usage: delta.usage };
    parts.tokens.push(...ofText.take(delta));
  }
  throw cutOff();
}

export const cutOff = (): Refusal =>
  new Refusal('failed', 'the answer broke off; the part so far is incomplete', { code: 'broken_off' });

export const wasCancelled = (): Refusal =>
  new Refusal('failed', 'the answer was cancelled; the part so far is incomplete', { code: 'cancelled' });

const NOTHING: Usage = {
  promptTokens: 0,
  cachedTokens: 0,
  generatedTokens: 0,
  thinkingTokens: 0,
  instructions: 0,
  cycles: 0n,
  price: 0n,
};

/** The usage of several answers together; a prompt that they share counts once. */
export function together(usages: readonly Usage[], sharePrompt: boolean): Usage {
  const sum = (each: (usage: Usage) => number) => usages.reduce((all, usage) => all + each(usage), 0);
  const sumBig = (each: (usage: Usage) => bigint) => usages.reduce((all, usage) => all + each(usage), 0n);
  const first = usages[0] ?? NOTHING;
  return {
    promptTokens: sharePrompt ? first.promptTokens : sum(({ promptTokens }) => promptTokens),
    cachedTokens: sharePrompt ? first.cachedTokens : sum(({ cachedTokens }) => cachedTokens),
    generatedTokens: sum(({ generatedTokens }) => generatedTokens),
    thinkingTokens: sum(({ thinkingTokens }) => thinkingTokens),
    instructions: sum(({ instructions }) => instructions),
    cycles: sumBig(({ cycles }) => cycles),
    price: sumBig(({ price }) => price),
  };
}
