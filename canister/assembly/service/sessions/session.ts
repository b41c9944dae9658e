/**
 * A session as the service keeps it while its keys and values are in the heap: the engine's sequence, which has its tokens,
 * state and text, and beside that which file it is in, and the prompt that it came from.
 *
 * All of it is a record beside the engine's sequence (llm/cache/sequence.ts), whose parts follow each other:
 *
 *     [ these fields ][ Saved ][ the prompt's buffer ]
 */
import { Text } from '../../ic/candid/values';
import { Principal } from '../../ic/principal';
import { OWNER_BYTES, Sequence } from '../../llm/cache/sequence';
import { engine } from '../engine/loaded';
import { RawBuffer } from '../../memory/raw-buffer';
import { SequenceState } from '../../llm/cache/sequence-state';
import { Code, Problem } from '../../problem';
import { bringBack, keepWarm } from '../warm/warm';
import { Saved } from './saved';
import { SessionFile } from './session-file';
import { damaged } from './session-header';

function aligned(bytes: usize): usize {
  return (bytes + 15) & ~15;
}

const SAVED: usize = 64;


@unmanaged
export class Session {
  /** Until when its prompt keeps its room, nanoseconds since 1970: if nobody continues it, and at most (reading.ts). */
  readUntil: u64;
  readBy: u64;
  /** Whether the sequence has a session. */
  isOpen: bool;
  private promptBytes: u32;
  /** The saved chat that contains this session's text, as long as the text only grows (saved-chats.ts); 0 = none. */
  chat: u32;
  chatGeneration: u32;
  chatChanges: u32;

  /** The session of a sequence. */
  static of(sequence: Sequence): Session {
    return changetype<Session>(sequence.owner);
  }

  /** Begins the session of a new sequence. */
  static begin(sequence: Sequence): Session {
    const session = Session.of(sequence);
    memory.fill(sequence.owner, 0, OWNER_BYTES);
    session.isOpen = true;
    return session;
  }

  private part(offset: usize): usize {
    return changetype<usize>(this) + offset;
  }

  get sequence(): Sequence {
    return Sequence.ofOwner(changetype<usize>(this));
  }

  get state(): SequenceState {
    return this.sequence.state;
  }

  get saved(): Saved {
    return changetype<Saved>(this.part(SAVED));
  }

  private get prompt(): RawBuffer {
    return changetype<RawBuffer>(this.part(SAVED + aligned(offsetof<Saved>())));
  }

  /** Reads the history from a file, if it exists. Null, or why not; then the file stays as it is. */
  restore(file: SessionFile): Problem | null {
    const unread = file.open(this.state, this.saved);
    if (unread !== null) return unread.code == Code.MISSING ? null : unread;
    const sequence = this.sequence;
    const tokens = sequence.tokens;
    const count = this.state.length;
    file.readTokens(this.saved, tokens, count);
    engine.sharePinned(sequence, tokens, count);
    const shared = sequence.length;
    const problem = engine.append(sequence, tokens + ((<usize>shared) << 2), count - shared);
    if (problem !== null) return damaged(problem.text);
    sequence.text.promptTokens = this.state.promptTokens;
    this.warm(file);
    return null;
  }

  /** Brings back the keys and values that are kept beside its file and are not in the heap. */
  warm(file: SessionFile): void {
    const opened = file.opened;
    const sequence = this.sequence;
    if (opened === null || sequence.evaluated >= sequence.length) return;
    if (bringBack(sequence, opened) > 0) this.saved.warm = max(this.saved.warm, sequence.evaluated);
  }

  /** Keeps its keys and values beside its file, which is somebody's and was just saved. */
  keepWarm(file: SessionFile, owner: Principal): void {
    const opened = file.opened;
    const sequence = this.sequence;
    const saved = this.saved;
    if (opened === null || min(sequence.evaluated, this.state.length) <= saved.warm) return;
    saved.warm = keepWarm(sequence, this.state.length, saved.warm, opened, owner);
  }

  /** Truncates the history to `length` tokens, and forgets the pending one. */
  truncate(length: i32): void {
    engine.truncateSequence(this.sequence, length);
    const saved = this.saved;
    saved.tokens = min(saved.tokens, length);
    // Of a block that is cut short nothing is there any more.
    if (saved.warm > length) saved.warm = length & ~31;
  }

  /** Whether the first tokens of the history came from this prompt. */
  hasPrompt(prompt: Text): bool {
    return (
      this.promptBytes > 0 &&
      prompt.size == this.promptBytes &&
      memory.compare(prompt.ptr, this.prompt.ptr, prompt.size) == 0
    );
  }

  /** Remembers the prompt of the first `tokens` tokens, if there is room. */
  keepPrompt(prompt: Text, tokens: i32): void {
    this.state.promptTokens = tokens;
    this.sequence.text.promptTokens = tokens;
    this.promptBytes = 0;
    if (prompt.size == 0 || !this.prompt.reserve(prompt.size, 0)) return;
    memory.copy(this.prompt.ptr, prompt.ptr, prompt.size);
    this.promptBytes = prompt.size;
  }

  /** Releases memory outside of the record. */
  dispose(): void {
    this.prompt.dispose();
    this.promptBytes = 0;
    this.isOpen = false;
  }
}
