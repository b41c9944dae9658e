/** Makes a prompt the beginning of a session's history. */
import { Text } from '../../ic/candid/values';
import { Problem } from '../../problem';
import { Session } from '../sessions/session';
import { MessageBudget } from '../limits/instruction-budget';
import { engine } from '../engine/loaded';
import { Reader } from './reading';
import { drawSeed } from '../flags/seed';

/**
 * Makes a prompt the beginning of the history, keeping the tokens that they have in common, and makes room for its keys
 * and values. An empty prompt keeps the whole history. Null, or what is wrong: then the session is unchanged, or it
 * differs from its file and has to be closed if `reader.hasSpoiled`.
 */
export function takePrompt(session: Session, prompt: Text, budget: MessageBudget, reader: Reader): Problem | null {
  const state = session.state;
  if (prompt.size == 0 && state.length > 0) return reader.makeRoom(session, state.length, budget);
  if (session.hasPrompt(prompt)) {
    const full = reader.makeRoom(session, state.promptTokens, budget);
    if (full !== null) return full;
    drawAgain(session, state.promptTokens, reader);
    session.truncate(state.promptTokens);
    return null;
  }
  const tokenized = engine.tokenize(prompt, budget);
  const tokens = tokenized.value;
  if (tokens === null) return reader.toldOf(tokenized.problem!);
  const count = tokens.count;
  if (count == 0) return new Problem('the prompt is empty, and the session has no token to go on from');
  const unread = takeTokens(session, tokens.ptr, count, budget, reader, true);
  if (unread === null || reader.hasSpoiled) session.keepPrompt(prompt, count);
  return unread;
}

/**
 * As {@link takePrompt}, for `count` tokens, i32 at `tokens`.
 * @param draws whether a new answer to an answered prompt gets a new seed
 */
export function takeTokens(
  session: Session,
  tokens: usize,
  count: i32,
  budget: MessageBudget,
  reader: Reader,
  draws: bool,
): Problem | null {
  const state = session.state;
  const sequence = session.sequence;
  const common = engine.commonOf(sequence, tokens, min(count, state.length));
  if (common == state.length && sequence.evaluated > 0) {
    const full = reader.makeRoom(session, count, budget);
    if (full !== null) return full;
  }
  if (draws && common < count) state.seed = drawSeed(reader.name);
  else if (draws) drawAgain(session, count, reader);
  session.truncate(common);
  engine.sharePinned(sequence, tokens, count);
  const kept = sequence.length;
  reader.hasSpoiled = true;
  const problem = engine.append(sequence, tokens + ((<usize>kept) << 2), count - kept);
  if (problem !== null) return problem;
  state.length = count;
  session.keepPrompt(new Text(0, 0), count);
  const full = reader.makeRoom(session, count, budget);
  reader.hasSpoiled = full !== null;
  return full;
}

/**
 * Draws a new seed if the prompt has an answer already, which is to be replaced. A prompt that is sent again while it
 * is being read keeps its seed.
 */
function drawAgain(session: Session, promptTokens: i32, reader: Reader): void {
  const state = session.state;
  if (state.length > promptTokens || state.pending >= 0 || state.promptTokens != promptTokens) {
    state.seed = drawSeed(reader.name);
  }
}
