/**
 * A session as the service keeps it: the engine's session with the keys and values, its text, the prompt that it came
 * from, and the file that outlives all of them.
 *
 * Positions of the history (`state.length` tokens):
 *
 *     |---- evaluated: engine's ----|---- still to be evaluated ----| pending, if there is one
 *
 * The history beyond `evaluated` is what is left of a prompt, or tokens whose keys and values the heap has lost.
 */
import { Text } from '../ic/candid/values';
import { Session } from '../llm/cache/session';
import { FAILED } from '../llm/engine';
import { engine } from './loaded';
import { sharePinned } from './prefix-sessions';
import { RawBuffer } from './raw-buffer';
import { drawSeed } from './seed';
import { SessionFile, SessionState } from './session-file';
import { Transcript } from './transcript';


@final
export class Conversation {
  state: SessionState = new SessionState();
  readonly transcript: Transcript = new Transcript();
  /** Bytes of the prompt that the first tokens of the history were made of; none are kept if there was no room. */
  private readonly prompt: RawBuffer = new RawBuffer();
  private promptBytes: u32 = 0;
  /** The saved chat that has this conversation's text, as far as that is unchanged (saved-chats.ts). */
  chat: string = '';
  chatChanges: u32 = 0;

  constructor(
    /** Of the engine's session. */
    readonly id: u32,
    /** Null for one that ends with the call. */
    readonly file: SessionFile | null,
  ) {}

  /** Takes the history over from the file, if there is one. Why it cannot be, and then the file stays as it is; or ''. */
  restore(session: Session): string {
    const file = this.file;
    if (file === null) return '';
    const state = file.open();
    if (state === null) return file.problem;
    const count = state.length;
    file.readTokens(session.tokens, count);
    sharePinned(session, session.tokens, count);
    const shared = session.length;
    if (engine.append(session, session.tokens + ((<usize>shared) << 2), count - shared) == FAILED) {
      file.refuseTokens(engine.error);
      return file.problem;
    }
    this.state = state;
    this.transcript.promptTokens = state.promptTokens;
    return '';
  }

  private cut(state: SessionState, length: i32): void {
    state.length = length;
    state.reached = min(state.reached, length);
    state.promptTokens = min(state.promptTokens, length);
    state.pending = -1;
    state.reported = false;
    state.sampling.clear();
  }

  /** Shortens the history to its first `length` tokens, and forgets the pending one. */
  truncate(session: Session, length: i32): void {
    engine.truncateSession(session, length);
    this.cut(this.state, length);
    this.transcript.rewind(min(length, session.evaluated));
    const file = this.file;
    if (file !== null) file.forget(length);
  }

  /** Draws the seed of an answer to another prompt. */
  draw(): void {
    const file = this.file;
    this.state.seed = drawSeed(file === null ? '' : file.path);
  }

  /** Whether the first tokens of the history were made of this prompt. */
  hasPrompt(prompt: Text): bool {
    return (
      this.promptBytes > 0 &&
      prompt.size == this.promptBytes &&
      memory.compare(prompt.ptr, this.prompt.ptr, prompt.size) == 0
    );
  }

  /** Remembers what the history's first `tokens` tokens were made of. */
  keepPrompt(prompt: Text, tokens: i32): void {
    this.state.promptTokens = tokens;
    this.transcript.promptTokens = tokens;
    this.promptBytes = 0;
    if (prompt.size == 0 || !this.prompt.reserve(prompt.size, 0)) return;
    memory.copy(this.prompt.ptr, prompt.ptr, prompt.size);
    this.promptBytes = prompt.size;
  }

  /** Takes over what another knows; the engine's session is a fork of the other's already. */
  copy(other: Conversation): void {
    const state = this.state;
    state.length = other.state.length;
    state.reached = other.state.reached;
    state.promptTokens = other.state.promptTokens;
    state.pending = other.state.pending;
    state.reported = other.state.reported;
    state.seed = other.state.seed;
    state.sampling.copy(other.state.sampling);
    this.transcript.copy(other.transcript);
    this.transcript.promptTokens = state.promptTokens;
    this.keepPrompt(new Text(other.prompt.ptr, other.promptBytes), state.promptTokens);
  }

  /** Gives all but the engine's session back. */
  dispose(): void {
    this.transcript.dispose();
    this.prompt.dispose();
    this.promptBytes = 0;
  }
}
