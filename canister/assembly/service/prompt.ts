/** How a prompt becomes the beginning of a session's history. */
import { Text } from '../ic/candid/values';
import { Session } from '../llm/cache/session';
import { FAILED } from '../llm/engine';
import { MAX_INSTRUCTIONS_PER_BYTE } from '../llm/tokenizer/tokenizer';
import { Conversation } from './conversation';
import { MessageBudget } from './instruction-budget';
import { engine } from './loaded';

/** Instructions of tokenizing beside those for each byte: the vocabulary's pages. */
const TOKENIZING: u64 = 2_000_000;
/** Bytes of a prompt that is tokenized whatever it is, so that an error can say how many tokens it has. */
const ALWAYS_TOKENIZED: u32 = 64 << 10;
/** Positions that llama.cpp keeps free behind a prompt. */
const KEPT_FREE: i32 = 4;

/**
 * Makes a prompt the beginning of the history, which keeps what they have in common. An empty prompt goes on with the
 * history that there is. What is wrong, and then nothing has changed; or ''.
 */
export function takePrompt(conversation: Conversation, session: Session, prompt: Text, budget: MessageBudget): string {
  const state = conversation.state;
  if (prompt.size == 0 && state.length > 0) return '';
  if (conversation.hasPrompt(prompt)) {
    conversation.truncate(session, state.promptTokens);
    return '';
  }
  const cost = <u64>prompt.size * MAX_INSTRUCTIONS_PER_BYTE + TOKENIZING;
  const left = budget.remaining();
  if (cost > left) {
    return `to tokenize the prompt's ${prompt.size} bytes may take ${cost} instructions, and the call has ${left} left`;
  }
  const tokenizer = engine.tokenizer;
  const most = session.context - KEPT_FREE;
  const atLeast = prompt.size / max<u32>(tokenizer.longestPiece, 1);
  if (prompt.size > ALWAYS_TOKENIZED && atLeast > <u32>most) {
    return `prompt is too long (at least ${atLeast} tokens, max ${most})`;
  }
  const count = tokenizer.encode(prompt.ptr, prompt.size, true, true);
  if (count < 0) return tokenizer.error;
  if (count == 0) return 'the prompt is empty, and the session has no token to go on from';
  if (count > most) return `prompt is too long (${count} tokens, max ${most})`;
  const common = commonPrefix(session.tokens, tokenizer.tokens, min(count, state.length));
  conversation.truncate(session, common);
  const rest = tokenizer.tokens + ((<usize>common) << 2);
  if (engine.append(session, rest, count - common) == FAILED) return engine.error;
  state.length = count;
  conversation.keepPrompt(prompt, count);
  return '';
}

/** Tokens that two lists of `most` begin with in common. */
function commonPrefix(a: usize, b: usize, most: i32): i32 {
  let count = 0;
  while (count < most && load<i32>(a + ((<usize>count) << 2)) == load<i32>(b + ((<usize>count) << 2))) ++count;
  return count;
}
