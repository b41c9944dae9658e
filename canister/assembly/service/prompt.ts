/** How a prompt becomes the beginning of a session's history. */
import { Text } from '../ic/candid/values';
import { Session } from '../llm/cache/session';
import { FAILED } from '../llm/engine';
import { Conversation } from './conversation';
import { MessageBudget } from './instruction-budget';
import { engine } from './loaded';
import { sharePinned } from './prefix-sessions';
import { commonPrefix, tokenCount, tokenize } from './prompt-tokens';

/**
 * Makes a prompt the beginning of the history, which keeps what they have in common. An empty prompt goes on with the
 * history that there is. What is wrong, and then nothing has changed; or ''.
 */
export function takePrompt(conversation: Conversation, session: Session, prompt: Text, budget: MessageBudget): string {
  const state = conversation.state;
  if (prompt.size == 0 && state.length > 0) return '';
  if (conversation.hasPrompt(prompt)) {
    drawAgain(conversation, state.promptTokens);
    conversation.truncate(session, state.promptTokens);
    return '';
  }
  const problem = tokenize(prompt, budget, session);
  if (problem.length > 0) return problem;
  const count = tokenCount;
  if (count == 0) return 'the prompt is empty, and the session has no token to go on from';
  const tokens = engine.tokenizer.tokens;
  const common = commonPrefix(session.tokens, tokens, min(count, state.length));
  if (common < count) conversation.draw();
  else drawAgain(conversation, count);
  conversation.truncate(session, common);
  sharePinned(session, tokens, count);
  const kept = session.length;
  if (engine.append(session, tokens + ((<usize>kept) << 2), count - kept) == FAILED) return engine.error;
  state.length = count;
  conversation.keepPrompt(prompt, count);
  return '';
}

/**
 * Draws a seed for a prompt that the history begins with already, if there is an answer behind it: that is to be another
 * one. A prompt that is sent again while it is being read keeps its seed.
 */
function drawAgain(conversation: Conversation, promptTokens: i32): void {
  const state = conversation.state;
  if (state.length > promptTokens || state.pending >= 0 || state.promptTokens != promptTokens) conversation.draw();
}
