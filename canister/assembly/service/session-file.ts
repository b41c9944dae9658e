/**
 * A session's file: what a session is. Keys and values are a cache of it, in the heap.
 *
 *     offset  bytes
 *          0      8   magic "LLAMASN\x1a"
 *          8      4   layout version, 2
 *         12      4   tokens in the history
 *         16      4   tokens that were evaluated once, ever: those before it cost nothing of a call's max_tokens again
 *         20      4   tokens of the prompt, the first of the history
 *         24      4   the token that was sampled and is still to be evaluated, plus 1; 0 = none
 *         28      4   flags: 1 = that token was reported
 *         32     32   SHA-256 of the model's file
 *         64      4   seed that was drawn when the prompt was taken: sampling without --seed goes on with it
 *         68      4   bytes of the model's path
 *         72    228   the model's path when the session was written, UTF-8; the end of a longer one
 *        300     20   what samplers carry from token to token (sampling-state.ts): kind u32, target, rate, two numbers, f32
 *        320    4 n   the history, i32 each
 *
 * In version 1 the history begins at 64, and all that is behind the hash is not there.
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
import { SamplingState } from '../llm/sampling/sampling-state';
import { File } from '../storage/file';
import { createFile, openFile, remove, stat } from '../storage/file-system';
import { engine, modelHash, modelPath } from './loaded';

/** "LLAMASN" and a byte that ends a text file. */
const MAGIC: u64 = 0x1a_4e_53_41_4d_41_4c_4c;
const VERSION: u32 = 2;
const HEADER: u32 = 320;
const REPORTED: u32 = 1;
const HASH: usize = 32;
const SEED: usize = 64;
const PATH_SIZE: usize = 68;
const PATH: usize = 72;
const SAMPLING: usize = 300;
const MAX_PATH: u32 = <u32>(SAMPLING - PATH);

const FIRST_VERSION: u32 = 1;
const FIRST_HEADER: u32 = 64;
/** What sampling without --seed had for a seed while sessions were of version 1. */
const FIRST_SEED: u32 = u32.MAX_VALUE;

/** What an owner does who cannot go on with a session. */
const BEGIN_ANEW: string = 'remove_prompt_cache deletes the session, and then its name can be used for a new one';

const header: usize = memory.data(320, 8);

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
  /** What sampling draws from where the command line has no --seed. */
  seed: u32 = 0;
  /** What samplers carry from one token to the next. */
  readonly sampling: SamplingState = new SamplingState();
}

/** Whether a file is a session that the model which is loaded can continue. */
export function isSession(path: string): bool {
  return new SessionFile(path).open() !== null;
}

/** The first digits of the SHA-256 at `ptr`. */
function digits(ptr: usize): string {
  let text = '';
  for (let i: usize = 0; i < 8; ++i) text += (<u32>load<u8>(ptr + i) + 256).toString(16).substring(1);
  return text;
}

/** Where the last `most` bytes of a text begin, moved on to a whole character. */
function tailOf(text: ArrayBuffer, most: u32): u32 {
  const size = <u32>text.byteLength;
  let from = size > most ? size - most : 0;
  while (from > 0 && from < size && (load<u8>(changetype<usize>(text) + from) & 0xc0) == 0x80) ++from;
  return from;
}

function readSampling(state: SamplingState): void {
  state.kind = load<u8>(header + SAMPLING);
  state.target = load<f32>(header + SAMPLING, 4);
  state.rate = load<f32>(header + SAMPLING, 8);
  state.first = load<f32>(header + SAMPLING, 12);
  state.second = load<f32>(header + SAMPLING, 16);
}

function writeSampling(state: SamplingState): void {
  store<u32>(header + SAMPLING, state.kind);
  store<f32>(header + SAMPLING, state.target, 4);
  store<f32>(header + SAMPLING, state.rate, 8);
  store<f32>(header + SAMPLING, state.first, 12);
  store<f32>(header + SAMPLING, state.second, 16);
}

/** What the header's model is called. */
function modelOf(version: u32): string {
  const hash = `SHA-256 ${digits(header + HASH)}...`;
  const size = load<u32>(header + PATH_SIZE);
  if (version == FIRST_VERSION || size == 0 || size > MAX_PATH) return `another model (${hash})`;
  return `the model ${String.UTF8.decodeUnsafe(header + PATH, size)} (${hash})`;
}


@final
export class SessionFile {
  /** Why the file cannot be continued; empty if it can, or if there is none. */
  problem: string = '';
  private file: File | null = null;
  private changes: u32 = 0;
  /** Bytes before the history. */
  private headerSize: u32 = HEADER;
  /** Tokens of the history that the file has already, where the layout of today has them. */
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

  /** Reads the header. Null if there is no session that can be continued: `problem` says why, if not for want of a file. */
  open(): SessionState | null {
    this.problem = '';
    this.file = null;
    this.saved = 0;
    const entry = stat(this.path);
    if (entry === null) return null;
    const file = openFile(this.path).file;
    if (file === null) {
      this.problem = 'it is a folder, and no session';
      return null;
    }
    this.file = file;
    this.changes = file.changes;
    return this.read(file);
  }

  private refuse(why: string): SessionState | null {
    this.problem = why;
    return null;
  }

  private damaged(what: string): SessionState | null {
    return this.refuse(`the session's file is damaged (${what}); it can be uploaded again, or ${BEGIN_ANEW}`);
  }

  private read(file: File): SessionState | null {
    const bytes = file.read(0, header, HEADER);
    if (bytes < FIRST_HEADER || load<u64>(header) != MAGIC) {
      return this.refuse(`the file is no session, or not all of one; it can be uploaded again, or ${BEGIN_ANEW}`);
    }
    const version = load<u32>(header, 8);
    if (version != VERSION && version != FIRST_VERSION) {
      return this.refuse(
        `the session's file is of layout ${version.toString()}, and this program knows those up to ${VERSION.toString()}`,
      );
    }
    const isFirst = version == FIRST_VERSION;
    this.headerSize = isFirst ? FIRST_HEADER : HEADER;
    const state = new SessionState();
    state.length = load<i32>(header, 12);
    if (state.length < 0 || file.size != <u64>this.headerSize + 4 * <u64>state.length) {
      return this.damaged(`it has ${file.size.toString()} bytes for ${state.length.toString()} tokens`);
    }
    if (memory.compare(header + HASH, modelHash, 32) != 0) {
      return this.refuse(
        `the session is of ${modelOf(version)}, and the model that is loaded is ${modelPath} ` +
          `(SHA-256 ${digits(modelHash)}...): it goes on when its model is loaded again; or ${BEGIN_ANEW}`,
      );
    }
    state.promptTokens = load<i32>(header, 20);
    state.pending = load<i32>(header, 24) - 1;
    state.reported = (load<u32>(header, 28) & REPORTED) != 0;
    state.reached = load<i32>(header, 16);
    state.seed = isFirst ? FIRST_SEED : load<u32>(header + SEED);
    if (!isFirst) readSampling(state.sampling);
    if (state.reached < 0 || state.reached > state.length) return this.damaged('more tokens evaluated than it has');
    if (!file.isSealed) state.reached = 0;
    if (state.promptTokens < 0 || state.promptTokens > state.length) {
      return this.damaged('the prompt has more tokens than the history');
    }
    if (state.pending < -1 || state.pending >= <i32>engine.model.vocabulary || (state.reported && state.pending < 0)) {
      return this.damaged('the pending token is none of the model');
    }
    if (state.length > engine.context) {
      return this.refuse(
        `the session has ${state.length.toString()} tokens, and the model is loaded with a context of ` +
          `${engine.context.toString()}: it goes on when the model is loaded with a larger --ctx-size; or ${BEGIN_ANEW}`,
      );
    }
    return state;
  }

  /** Copies the history, `count` tokens, to `dst`. */
  readTokens(dst: usize, count: i32): void {
    const file = this.file;
    if (file === null) return;
    file.read(this.headerSize, dst, 4 * <u64>count);
    this.saved = this.headerSize == HEADER ? count : 0;
  }

  /** The history that was read has what is no token of the model. */
  refuseTokens(why: string): void {
    this.damaged(why);
  }

  /** The file has the first `count` tokens of the history already: it was copied with them. */
  assumeSaved(count: i32): void {
    this.saved = this.headerSize == HEADER ? count : 0;
  }

  /** Only the first `count` tokens of the history are still what was saved. */
  forget(count: i32): void {
    this.saved = min(this.saved, count);
  }

  /** Writes the header and what is new of the history (i32 at `tokens`). Null, or why not; then the file is as it was. */
  save(state: SessionState, tokens: usize): string | null {
    let file = this.file;
    if (file === null || !file.isLive) {
      const opened = createFile(this.path, HEADER + 4 * <u64>state.length);
      file = opened.file;
      if (file === null) return opened.problem;
      this.file = file;
      this.saved = 0;
      this.headerSize = HEADER;
      const problem = this.write(file, state, tokens);
      if (problem !== null) {
        remove(this.path);
        this.file = null;
      }
      return problem;
    }
    // Writing what is there already makes the first page the file's own, if it was shared: after that the header can be
    // written, whatever room there is, and so it can come last.
    const bytes = file.read(0, header, HEADER);
    const unowned = file.write(0, header, bytes);
    return unowned === null ? this.write(file, state, tokens) : unowned;
  }

  private write(file: File, state: SessionState, tokens: usize): string | null {
    const size = HEADER + 4 * <u64>state.length;
    // With its last token written the last page is the file's own, too, and can be cut off.
    const saved = file.size > size ? max(0, min(this.saved, state.length - 1)) : min(this.saved, state.length);
    if (saved < state.length) {
      const at = (<usize>saved) << 2;
      const problem = file.write(<u64>HEADER + at, tokens + at, 4 * <u64>(state.length - saved));
      if (problem !== null) return problem;
    }
    memory.fill(header, 0, HEADER);
    store<u64>(header, MAGIC);
    store<u32>(header, VERSION, 8);
    store<i32>(header, state.length, 12);
    store<i32>(header, state.reached, 16);
    store<i32>(header, state.promptTokens, 20);
    store<i32>(header, state.pending + 1, 24);
    store<u32>(header, state.reported ? REPORTED : 0, 28);
    memory.copy(header + HASH, modelHash, 32);
    store<u32>(header + SEED, state.seed);
    writeSampling(state.sampling);
    const path = String.UTF8.encode(modelPath);
    const from = tailOf(path, MAX_PATH);
    const pathSize = <u32>path.byteLength - from;
    store<u32>(header + PATH_SIZE, pathSize);
    memory.copy(header + PATH, changetype<usize>(path) + from, pathSize);
    const problem = file.write(0, header, HEADER);
    if (problem !== null) return problem;
    if (file.size > size) {
      const uncut = file.truncate(size);
      if (uncut !== null) return uncut;
    }
    file.seal();
    this.headerSize = HEADER;
    this.saved = state.length;
    this.changes = file.changes;
    return null;
  }
}
