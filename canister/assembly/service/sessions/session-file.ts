/**
 * A session's file, which is the session; the keys and values in the heap are a cache of it. session-header.ts draws
 * its layout.
 *
 * **A session's file is replaced only by its own continuation or by its owner** (copy_prompt_cache,
 * upload_prompt_cache_chunk, remove_prompt_cache). If a file cannot be continued, because it belongs to another model,
 * is damaged, or is not a session, the call is an error that says so and changes nothing. So nobody loses a history
 * because a model was changed, an upload is incomplete, or the heap was full. A failed save leaves the file as it was.
 *
 * A file may come from anywhere. What it claims about evaluated tokens counts only while it is sealed, which means that
 * this program wrote it.
 */
import { SequenceState } from '../../llm/cache/sequence-state';
import { Problem, Result } from '../../problem';
import { File } from '../../storage/file';
import { createFile, openFile, remove } from '../../storage/file-system';
import { Tree } from '../../storage/tree';
import { Saved } from './saved';
import { HEADER_BYTES, header, makeHeader, readHeader } from './session-header';

const someState: usize = memory.data(64, 8);
const someSaved: usize = memory.data(64, 8);

/** The state in a file, if the loaded model can continue it. Valid until the next call. */
export function stateOf(path: string): Result<SequenceState> {
  const state = changetype<SequenceState>(someState);
  const problem = new SessionFile(path).open(state, changetype<Saved>(someSaved));
  return problem === null ? Result.ok<SequenceState>(state) : Result.fail<SequenceState>(problem);
}

/** Whether a file is a session that the loaded model can continue. */
export function isSession(path: string): bool {
  return stateOf(path).problem === null;
}


@final
export class SessionFile {
  private file: File | null = null;
  /** Why there was no file; null if there was one. */
  readonly unopened: Problem | null;

  constructor(
    readonly path: string,
    private readonly tree: Tree = Tree.Clients,
  ) {
    const opened = openFile(path, tree);
    this.file = opened.value;
    this.unopened = opened.problem;
  }

  /** The inode of the file, 0 if it does not exist. */
  get index(): u32 {
    const file = this.file;
    return file === null ? 0 : file.index;
  }

  /** The file, if it is there. */
  get opened(): File | null {
    return this.file;
  }

  /** Whether the file is as it was when it was read or saved last. */
  isAs(saved: Saved): bool {
    const file = this.file;
    return file !== null && saved.is(file);
  }

  /** Records that a session is the same as this file. */
  noteIn(saved: Saved): void {
    const file = this.file;
    if (file !== null) saved.note(file);
  }

  /** Reads the header. Null, or why there is no session to continue: MISSING if the file does not exist. */
  open(state: SequenceState, saved: Saved): Problem | null {
    state.begin();
    saved.index = 0;
    saved.tokens = 0;
    saved.warm = 0;
    saved.headerSize = HEADER_BYTES;
    const file = this.file;
    if (file === null) return this.unopened;
    saved.note(file);
    return readHeader(file, state, saved);
  }

  /** Copies the history, `count` tokens, to `dst`. */
  readTokens(saved: Saved, dst: usize, count: i32): void {
    const file = this.file;
    if (file === null) return;
    file.read(saved.headerSize, dst, 4 * <u64>count);
    saved.tokens = saved.headerSize == HEADER_BYTES ? count : 0;
  }

  /**
   * Writes the header and new tokens of the history (i32 at `tokens`). Null, or why not; then the file is unchanged.
   */
  save(state: SequenceState, saved: Saved, tokens: usize): Problem | null {
    let file = this.file;
    if (file === null) {
      const opened = createFile(this.path, HEADER_BYTES + 4 * <u64>state.length, this.tree);
      file = opened.value;
      if (file === null) return opened.problem;
      saved.tokens = 0;
      const problem = this.write(file, state, saved, tokens);
      if (problem === null) this.file = file;
      else remove(this.path, this.tree);
      return problem;
    }
    // Rewriting the present header unshares the first page. After that, writing the new header cannot fail, so it can
    // come last.
    const bytes = file.read(0, header, HEADER_BYTES);
    const unowned = file.write(0, header, bytes);
    return unowned === null ? this.write(file, state, saved, tokens) : unowned;
  }

  private write(file: File, state: SequenceState, saved: Saved, tokens: usize): Problem | null {
    const size = HEADER_BYTES + 4 * <u64>state.length;
    // Writing the last token has unshared the last page, so cutting it cannot fail.
    const kept = file.size > size ? max(0, min(saved.tokens, state.length - 1)) : min(saved.tokens, state.length);
    if (kept < state.length) {
      const at = (<usize>kept) << 2;
      const problem = file.write(<u64>HEADER_BYTES + at, tokens + at, 4 * <u64>(state.length - kept));
      if (problem !== null) return problem;
    }
    makeHeader(state);
    const problem = file.write(0, header, HEADER_BYTES);
    if (problem !== null) return problem;
    if (file.size > size) {
      const uncut = file.truncate(size);
      if (uncut !== null) return uncut;
    }
    file.seal();
    saved.headerSize = HEADER_BYTES;
    saved.tokens = state.length;
    saved.note(file);
    return null;
  }
}
