/**
 * A session's file: what a session is. Keys and values are a cache of it, in the heap.
 *
 *     offset  bytes
 *          0      8   magic "LLAMASN\x1a"
 *          8      4   layout version, 1
 *         12      4   tokens in the history
 *         16      4   tokens that were evaluated once, ever: those before it cost nothing of a call's max_tokens again
 *         20      4   tokens of the prompt, the first of the history
 *         24      4   the token that was sampled and is still to be evaluated, plus 1; 0 = none
 *         28      4   flags: 1 = that token was reported
 *         32     32   SHA-256 of the model's file
 *         64    4 n   the history, i32 each
 *
 * A call writes the header and the tokens that are new. A file that is not of this layout, of another model, or damaged
 * counts for none: the session starts anew.
 */
import { File } from '../storage/file';
import { createFile, openFile, stat } from '../storage/file-system';
import { modelHash } from './loaded';

/** "LLAMASN" and a byte that ends a text file. */
const MAGIC: u64 = 0x1a_4e_53_41_4d_41_4c_4c;
const VERSION: u32 = 1;
const HEADER: u32 = 64;
const REPORTED: u32 = 1;

const header: usize = memory.data(64, 8);

/** What the header says. */
@final
export class SessionState {
  /** Tokens in the history. */
  length: i32 = 0;
  /** Tokens that were evaluated once. */
  reached: i32 = 0;
  promptTokens: i32 = 0;
  /** The token that was sampled and not evaluated, or -1, and whether a reply has shown it. */
  pending: i32 = -1;
  reported: bool = false;
}

/** Whether a file is a session that the model which is loaded can continue. */
export function isSession(path: string): bool {
  return new SessionFile(path).open() !== null;
}


@final
export class SessionFile {
  private file: File | null = null;
  private changes: u32 = 0;
  /** Tokens of the history that the file has already. */
  private saved: i32 = 0;

  constructor(readonly path: string) {}

  /** Whether the file is as it was when it was read or saved last; also when there is none, and was none. */
  get isCurrent(): bool {
    const file = this.file;
    if (file === null) return stat(this.path) === null;
    if (!file.isLive || file.changes != this.changes) return false;
    // Another file may have its name now, as after a copy.
    const opened = openFile(this.path).file;
    return opened !== null && opened.index == file.index;
  }

  /** Reads the header; null if there is no session that can be continued. */
  open(): SessionState | null {
    const file = openFile(this.path).file;
    this.file = file;
    this.saved = 0;
    if (file === null) return null;
    this.changes = file.changes;
    if (file.read(0, header, HEADER) < HEADER) return null;
    if (load<u64>(header) != MAGIC || load<u32>(header, 8) != VERSION) return null;
    if (memory.compare(header + 32, modelHash, 32) != 0) return null;
    const state = new SessionState();
    state.length = load<i32>(header, 12);
    state.reached = load<i32>(header, 16);
    state.promptTokens = load<i32>(header, 20);
    state.pending = load<i32>(header, 24) - 1;
    state.reported = (load<u32>(header, 28) & REPORTED) != 0;
    if (state.length < 0 || file.size != HEADER + 4 * <u64>state.length) return null;
    if (state.reached < 0 || state.reached > state.length) return null;
    if (state.promptTokens < 0 || state.promptTokens > state.length) return null;
    if (state.pending < -1 || (state.reported && state.pending < 0)) return null;
    return state;
  }

  /** Copies the first `count` tokens of the history to `dst`. */
  readTokens(dst: usize, count: i32): void {
    const file = this.file;
    if (file === null) return;
    file.read(HEADER, dst, 4 * <u64>count);
    this.saved = count;
  }

  /** The file has the first `count` tokens of the history already: it was copied with them. */
  assumeSaved(count: i32): void {
    this.saved = count;
  }

  /** Only the first `count` tokens of the history are still what was saved. */
  forget(count: i32): void {
    this.saved = min(this.saved, count);
  }

  /** Writes the header and what is new of the history (i32 at `tokens`). Null, or why not. */
  save(state: SessionState, tokens: usize): string | null {
    let file = this.file;
    if (file === null || !file.isLive) {
      const opened = createFile(this.path, HEADER + 4 * <u64>state.length);
      file = opened.file;
      if (file === null) return opened.problem;
      this.file = file;
      this.saved = 0;
    }
    const size = HEADER + 4 * <u64>state.length;
    const saved = min(this.saved, state.length);
    if (saved < state.length) {
      const at = (<usize>saved) << 2;
      const problem = file.write(<u64>HEADER + at, tokens + at, 4 * <u64>(state.length - saved));
      if (problem !== null) return problem;
    }
    store<u64>(header, MAGIC);
    store<u32>(header, VERSION, 8);
    store<i32>(header, state.length, 12);
    store<i32>(header, state.reached, 16);
    store<i32>(header, state.promptTokens, 20);
    store<i32>(header, state.pending + 1, 24);
    store<u32>(header, state.reported ? REPORTED : 0, 28);
    memory.copy(header + 32, modelHash, 32);
    const problem = file.write(0, header, HEADER);
    if (problem !== null) return problem;
    if (file.size > size) {
      const uncut = file.truncate(size);
      if (uncut !== null) return uncut;
    }
    this.saved = state.length;
    this.changes = file.changes;
    return null;
  }
}
