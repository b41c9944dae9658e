/** How a prompt becomes the beginning of a session's history. */
import { Text } from '../../ic/candid/values';
import { FAILED } from '../../llm/engine';
import { Conversation } from '../sessions/conversation';
import { MessageBudget } from '../limits/instruction-budget';
import { engine } from '../engine/loaded';
import { sharePinned } from '../prefixes/prefix-sessions';
import { commonPrefix, tokenCount, tokenize } from '../prefixes/prompt-tokens';
import { Reader } from './reading';
import { drawSeed } from '../flags/seed';

/**
 * Makes a prompt the beginning of the history, which keeps what they have in common, and makes room for its keys and
 * values. An empty prompt goes on with the history that there is. What is wrong, or ''; then the conversation has changed
 * only where its file has not, and has to be closed if `reader.hasSpoiled`.
 */
export function takePrompt(conversation: Conversation, prompt: Text, budget: MessageBudget, reader: Reader): string {
  const state = conversation.state;
  if (prompt.size == 0 && state.length > 0) return reader.makeRoom(conversation, state.length, budget);
  if (conversation.hasPrompt(prompt)) {
    const full = reader.makeRoom(conversation, state.promptTokens, budget);
    if (full.length > 0) return full;
    drawAgain(conversation, state.promptTokens, reader);
    conversation.truncate(state.promptTokens);
    return '';
  }
  const problem = tokenize(prompt, budget);
  if (problem.length > 0) return engine.tokenizer.lacksMemory ? reader.noRoom(problem) : problem;
  const count = tokenCount;
  if (count == 0) return 'the prompt is empty, and the session has no token to go on from';
  const session = conversation.session;
  const tokens = engine.tokenizer.tokens;
  const common = commonPrefix(session.tokens, tokens, min(count, state.length));
  if (common == state.length && session.evaluated > 0) {
    const full = reader.makeRoom(conversation, count, budget);
    if (full.length > 0) return full;
  }
  if (common < count) state.seed = drawSeed(reader.name);
  else drawAgain(conversation, count, reader);
  conversation.truncate(common);
  sharePinned(session, tokens, count);
  const kept = session.length;
  reader.hasSpoiled = true;
  if (engine.append(session, tokens + ((<usize>kept) << 2), count - kept) == FAILED) return engine.error;
  state.length = count;
  conversation.keepPrompt(prompt, count);
  const full = reader.makeRoom(conversation, count, budget);
  reader.hasSpoiled = full.length > 0;
  return full;
}

/**
 * Draws a seed for a prompt that the history begins with already, if there is an answer behind it: that is to be another
 * one. A prompt that is sent again while it is being read keeps its seed.
 */
function drawAgain(conversation: Conversation, promptTokens: i32, reader: Reader): void {
  const state = conversation.state;
  if (state.length > promptTokens || state.pending >= 0 || state.promptTokens != promptTokens) {
    state.seed = drawSeed(reader.name);
  }
}
