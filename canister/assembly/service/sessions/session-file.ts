/**
 * A session's file: what a session is. Keys and values are a cache of it, in the heap. session-header.ts draws its bytes.
 *
 * **The rule of these files: one is only ever replaced by its own continuation, or by what its owner puts in its place**
 * (copy_prompt_cache, upload_prompt_cache_chunk, remove_prompt_cache). A file that cannot be continued, because it is of
 * another model, damaged, or none of ours, is an error of the call, which says so and changes nothing: nobody's history
 * goes because a model was changed, an upload is not finished, or the heap was full. And a save that fails leaves the file
 * as it was.
 *
 * A file may come from anywhere. What it says about work that was done counts only while it is sealed: as this program
 * wrote it.
 */
import { SequenceState } from '../../llm/cache/sequence-state';
import { Code, Problem } from '../../problem';
import { File } from '../../storage/file';
import { createFile, openFile, remove } from '../../storage/file-system';
import { Tree } from '../../storage/tree';
import { Saved } from './saved';
import { HEADER_BYTES, header, makeHeader, readHeader } from './session-header';

const someState: usize = memory.data(64, 8);
const someSaved: usize = memory.data(64, 8);

/** What a file says of its session; null if that cannot be continued with the model that is loaded. Until the next call. */
export function stateOf(file: SessionFile): SequenceState | null {
  const state = changetype<SequenceState>(someState);
  return file.open(state, changetype<Saved>(someSaved)) ? state : null;
}

/** Whether a file is a session that the model which is loaded can continue. */
export function isSession(path: string): bool {
  return stateOf(new SessionFile(path)) !== null;
}


@final
export class SessionFile {
  /** Why the file cannot be continued; null if it can, or if there is none. */
  problem: Problem | null = null;
  private file: File | null = null;

  constructor(
    readonly path: string,
    private readonly tree: Tree = Tree.Clients,
  ) {
    const opened = openFile(path, tree);
    this.file = opened.value;
    const problem = opened.problem;
    if (problem !== null && problem.code != Code.MISSING) this.problem = problem;
  }

  /** Number of the file that is there, 0 if there is none. */
  get index(): u32 {
    const file = this.file;
    return file === null ? 0 : file.index;
  }

  /** Whether the file is as it was when it was read or saved last. */
  isAs(saved: Saved): bool {
    const file = this.file;
    return file !== null && saved.is(file);
  }

  /** Writes down that a session is as in this file. */
  noteIn(saved: Saved): void {
    const file = this.file;
    if (file !== null) saved.note(file);
  }

  /** Reads the header. False if there is no session that can be continued: `problem` says why, if not for want of a file. */
  open(state: SequenceState, saved: Saved): bool {
    state.begin();
    saved.index = 0;
    saved.tokens = 0;
    saved.headerSize = HEADER_BYTES;
    const file = this.file;
    if (file === null) return false;
    saved.note(file);
    this.problem = readHeader(file, state, saved);
    return this.problem === null;
  }

  /** Copies the history, `count` tokens, to `dst`. */
  readTokens(saved: Saved, dst: usize, count: i32): void {
    const file = this.file;
    if (file === null) return;
    file.read(saved.headerSize, dst, 4 * <u64>count);
    saved.tokens = saved.headerSize == HEADER_BYTES ? count : 0;
  }

  /** Writes the header and what is new of the history (i32 at `tokens`). Null, or why not; then the file is as it was. */
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
    // Writing what is there already makes the first page the file's own, if it was shared: after that the header can be
    // written, whatever room there is, and so it can come last.
    const bytes = file.read(0, header, HEADER_BYTES);
    const unowned = file.write(0, header, bytes);
    return unowned === null ? this.write(file, state, saved, tokens) : unowned;
  }

  private write(file: File, state: SequenceState, saved: Saved, tokens: usize): Problem | null {
    const size = HEADER_BYTES + 4 * <u64>state.length;
    // With its last token written the last page is the file's own, too, and can be cut off.
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
