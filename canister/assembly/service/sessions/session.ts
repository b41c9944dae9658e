/**
 * A session as the service keeps it while its keys and values are in the heap: what its file says, its text, the prompt
 * that it came from.
 *
 * Positions of the history (`state.length` tokens):
 *
 *     |---- evaluated: engine's ----|---- still to be evaluated ----| pending, if there is one
 *
 * The history beyond `evaluated` is what is left of a prompt, or tokens whose keys and values the heap has lost.
 *
 * All of it is a record beside the engine's sequence (llm/cache/sequence.ts), whose parts follow each other:
 *
 *     [ these fields ][ SessionState ][ Saved ][ SequenceText ][ the prompt's buffer ]
 */
import { Text } from '../../ic/candid/values';
import { OWNER_BYTES, Sequence } from '../../llm/cache/sequence';
import { FAILED } from '../../llm/engine';
import { engine } from '../engine/loaded';
import { sharePinned } from '../prefixes/prefix-sessions';
import { RawBuffer } from '../../memory/raw-buffer';
import { Saved, SessionFile, SessionState } from './session-file';
import { SequenceText } from '../../llm/cache/sequence-text';

function aligned(bytes: usize): usize {
  return (bytes + 15) & ~15;
}

const STATE: usize = 64;


@unmanaged
export class Session {
  /** Until when its prompt keeps its room, nanoseconds since 1970: if nobody goes on with it, and at most (reading.ts). */
  readUntil: u64;
  readBy: u64;
  /** Whether the sequence has a session beside it. */
  isOpen: bool;
  private promptBytes: u32;
  /** The saved chat that has this session's text, as far as that is unchanged (saved-chats.ts); 0 = none. */
  chat: u32;
  chatGeneration: u32;
  chatChanges: u32;

  /** What is beside a sequence. */
  static of(sequence: Sequence): Session {
    return changetype<Session>(sequence.owner);
  }

  /** Begins a session beside a new sequence. */
  static begin(sequence: Sequence): Session {
    const session = Session.of(sequence);
    memory.fill(sequence.owner, 0, OWNER_BYTES);
    session.isOpen = true;
    session.state.begin();
    return session;
  }

  private part(offset: usize): usize {
    return changetype<usize>(this) + offset;
  }

  get sequence(): Sequence {
    return Sequence.ofOwner(changetype<usize>(this));
  }

  get state(): SessionState {
    return changetype<SessionState>(this.part(STATE));
  }

  get saved(): Saved {
    return changetype<Saved>(this.part(STATE + aligned(offsetof<SessionState>())));
  }

  get text(): SequenceText {
    return changetype<SequenceText>(this.part(STATE + aligned(offsetof<SessionState>()) + aligned(offsetof<Saved>())));
  }

  private get prompt(): RawBuffer {
    return changetype<RawBuffer>(
      this.part(STATE + aligned(offsetof<SessionState>()) + aligned(offsetof<Saved>()) + aligned(SequenceText.bytes())),
    );
  }

  /**
   * Tokens of the history whose text is shown: those that are evaluated, or once were. After an upgrade or an eviction
   * their keys and values are made again, and to the caller the session is as it was.
   */
  get shown(): i32 {
    return min(this.state.length, max(this.sequence.evaluated, this.state.reached));
  }

  /** Takes the history over from a file, if there is one. Why it cannot be, and then the file stays as it is; or ''. */
  restore(file: SessionFile): string {
    if (!file.open(this.state, this.saved)) return file.problem;
    const sequence = this.sequence;
    const tokens = sequence.tokens;
    const count = this.state.length;
    file.readTokens(this.saved, tokens, count);
    sharePinned(sequence, tokens, count);
    const shared = sequence.length;
    if (engine.append(sequence, tokens + ((<usize>shared) << 2), count - shared) == FAILED) {
      file.refuseTokens(engine.error);
      return file.problem;
    }
    this.text.promptTokens = this.state.promptTokens;
    return '';
  }

  /** Shortens the history to its first `length` tokens, and forgets the pending one. */
  truncate(length: i32): void {
    const sequence = this.sequence;
    const state = this.state;
    engine.truncateSequence(sequence, length);
    state.length = length;
    state.reached = min(state.reached, length);
    state.promptTokens = min(state.promptTokens, length);
    state.pending = -1;
    state.reported = false;
    state.forgetSampling();
    this.text.rewind(this.shown);
    this.saved.tokens = min(this.saved.tokens, length);
  }

  /** Whether the first tokens of the history were made of this prompt. */
  hasPrompt(prompt: Text): bool {
    return (
      this.promptBytes > 0 &&
      prompt.size == this.promptBytes &&
      memory.compare(prompt.ptr, this.prompt.ptr, prompt.size) == 0
    );
  }

  /** Remembers what the history's first `tokens` tokens were made of, if there is room for it. */
  keepPrompt(prompt: Text, tokens: i32): void {
    this.state.promptTokens = tokens;
    this.text.promptTokens = tokens;
    this.promptBytes = 0;
    if (prompt.size == 0 || !this.prompt.reserve(prompt.size, 0)) return;
    memory.copy(this.prompt.ptr, prompt.ptr, prompt.size);
    this.promptBytes = prompt.size;
  }

  /** Takes over what another's file says; its sequence is a fork of the other's already. Texts are made when they are asked for. */
  copy(other: Session): void {
    memory.copy(changetype<usize>(this.state), changetype<usize>(other.state), offsetof<SessionState>());
    this.text.promptTokens = other.state.promptTokens;
  }

  /** Gives back what is outside of the record. */
  dispose(): void {
    this.text.dispose();
    this.prompt.dispose();
    this.promptBytes = 0;
    this.isOpen = false;
  }
}
