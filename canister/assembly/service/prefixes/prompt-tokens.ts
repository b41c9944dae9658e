/** A prompt as tokens. */
import { Text } from '../../ic/candid/values';
import { MAX_INSTRUCTIONS_PER_BYTE } from '../../llm/tokenizer/tokenizer';
import { MessageBudget } from '../limits/instruction-budget';
import { engine } from '../engine/loaded';

/** Instructions of tokenizing beside those for each byte: the vocabulary's pages. */
const TOKENIZING: u64 = 2_000_000;
/** Bytes of a prompt that is tokenized whatever it is, so that an error can say how many tokens it has. */
const ALWAYS_TOKENIZED: u32 = 64 << 10;
/** Positions that llama.cpp keeps free behind a prompt. */
const KEPT_FREE: i32 = 4;

/** How many the last {@link tokenize} made; they are at `engine.tokenizer.tokens` until the next. */
export let tokenCount: i32 = 0;

/** Tokenizes a prompt that has to fit the context. What is wrong, or ''. */
export function tokenize(prompt: Text, budget: MessageBudget): string {
  tokenCount = 0;
  const cost = <u64>prompt.size * MAX_INSTRUCTIONS_PER_BYTE + TOKENIZING;
  const left = budget.remaining();
  if (cost > left) {
    return `to tokenize the prompt's ${prompt.size} bytes may take ${cost} instructions, and the call has ${left} left`;
  }
  const tokenizer = engine.tokenizer;
  const most = engine.context - KEPT_FREE;
  const atLeast = prompt.size / max<u32>(tokenizer.longestPiece, 1);
  if (prompt.size > ALWAYS_TOKENIZED && atLeast > <u32>most) {
    return `main_: error: prompt is too long (at least ${atLeast} tokens, max ${most})`;
  }
  const count = tokenizer.encode(prompt.ptr, prompt.size, true, true);
  if (count < 0) return tokenizer.error;
  if (count > most) return `main_: error: prompt is too long (${count} tokens, max ${most})`;
  tokenCount = count;
  return '';
}

/** Tokens that two lists (i32 each) of `most` begin with in common. */
export function commonPrefix(a: usize, b: usize, most: i32): i32 {
  let count = 0;
  while (count < most && load<i32>(a + ((<usize>count) << 2)) == load<i32>(b + ((<usize>count) << 2))) ++count;
  return count;
}
