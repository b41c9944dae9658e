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
import { SequenceState } from '../../llm/cache/sequence-state';
import { Code, Problem } from '../../problem';
import { File } from '../../storage/file';
import { createFile, openFile, remove } from '../../storage/file-system';
import { engine, modelHash, modelPath } from '../engine/loaded';

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

/** Which file a session was read from or saved to last, and how it was then; a part of its record, too. */
@unmanaged
export class Saved {
  /** Of the file; 0 = none yet (that is the root directory's). */
  index: u32;
  generation: u32;
  changes: u32;
  /** Bytes before the history. */
  headerSize: u32;
  /** Tokens of the history that the file has already, where the layout of today has them. */
  tokens: i32;

  note(file: File): void {
    this.index = file.index;
    this.generation = file.generation;
    this.changes = file.changes;
  }

  /** Whether it is still the same file, with the same content. */
  is(file: File): bool {
    return file.index == this.index && file.generation == this.generation && file.changes == this.changes;
  }
}

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

/** Takes over what the header says that samplers carry; nothing if that is no numbers. */
function readSampling(state: SequenceState): void {
  state.samplingTarget = load<f32>(header + SAMPLING, 4);
  state.samplingRate = load<f32>(header + SAMPLING, 8);
  state.samplingFirst = load<f32>(header + SAMPLING, 12);
  state.samplingSecond = load<f32>(header + SAMPLING, 16);
  const sum = state.samplingTarget + state.samplingRate + state.samplingFirst + state.samplingSecond;
  if (isFinite(sum)) state.samplingKind = load<u8>(header + SAMPLING);
}

function writeSampling(state: SequenceState): void {
  store<u32>(header + SAMPLING, state.samplingKind);
  store<f32>(header + SAMPLING, state.samplingTarget, 4);
  store<f32>(header + SAMPLING, state.samplingRate, 8);
  store<f32>(header + SAMPLING, state.samplingFirst, 12);
  store<f32>(header + SAMPLING, state.samplingSecond, 16);
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

  constructor(readonly path: string) {
    const opened = openFile(path);
    this.file = opened.value;
    const problem = opened.problem;
    if (problem !== null && problem.code != Code.MISSING) this.problem = problem.text;
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
    saved.headerSize = HEADER;
    const file = this.file;
    if (file === null) return false;
    saved.note(file);
    return this.read(file, state, saved);
  }

  private refuse(why: string): bool {
    this.problem = why;
    return false;
  }

  private damaged(what: string): bool {
    return this.refuse(`the session's file is damaged (${what}); it can be uploaded again, or ${BEGIN_ANEW}`);
  }

  private read(file: File, state: SequenceState, saved: Saved): bool {
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
    saved.headerSize = isFirst ? FIRST_HEADER : HEADER;
    const length = load<i32>(header, 12);
    if (length < 0 || file.size != <u64>saved.headerSize + 4 * <u64>length) {
      return this.damaged(`it has ${file.size.toString()} bytes for ${length.toString()} tokens`);
    }
    if (memory.compare(header + HASH, modelHash, 32) != 0) {
      return this.refuse(
        `the session is of ${modelOf(version)}, and the model that is loaded is ${modelPath} ` +
          `(SHA-256 ${digits(modelHash)}...): it goes on when its model is loaded again; or ${BEGIN_ANEW}`,
      );
    }
    const promptTokens = load<i32>(header, 20);
    const pending = load<i32>(header, 24) - 1;
    const reported = (load<u32>(header, 28) & REPORTED) != 0;
    const reached = load<i32>(header, 16);
    if (reached < 0 || reached > length) return this.damaged('more tokens evaluated than it has');
    if (promptTokens < 0 || promptTokens > length) {
      return this.damaged('the prompt has more tokens than the history');
    }
    if (pending < -1 || pending >= engine.facts.vocabulary || (reported && pending < 0)) {
      return this.damaged('the pending token is none of the model');
    }
    if (length > engine.context) {
      return this.refuse(
        `the session has ${length.toString()} tokens, and the model is loaded with a context of ` +
          `${engine.context.toString()}: it goes on when the model is loaded with a larger --ctx-size; or ${BEGIN_ANEW}`,
      );
    }
    state.length = length;
    state.promptTokens = promptTokens;
    state.pending = pending;
    state.reported = reported;
    state.seed = isFirst ? FIRST_SEED : load<u32>(header + SEED);
    if (!isFirst) readSampling(state);
    // What comes from elsewhere may claim anything.
    state.reached = file.isSealed ? reached : 0;
    return true;
  }

  /** Copies the history, `count` tokens, to `dst`. */
  readTokens(saved: Saved, dst: usize, count: i32): void {
    const file = this.file;
    if (file === null) return;
    file.read(saved.headerSize, dst, 4 * <u64>count);
    saved.tokens = saved.headerSize == HEADER ? count : 0;
  }

  /** The history that was read has what is no token of the model. */
  refuseTokens(why: string): void {
    this.damaged(why);
  }

  /** Writes the header and what is new of the history (i32 at `tokens`). Null, or why not; then the file is as it was. */
  save(state: SequenceState, saved: Saved, tokens: usize): Problem | null {
    let file = this.file;
    if (file === null) {
      const opened = createFile(this.path, HEADER + 4 * <u64>state.length);
      file = opened.value;
      if (file === null) return opened.problem;
      saved.tokens = 0;
      const problem = this.write(file, state, saved, tokens);
      if (problem === null) this.file = file;
      else remove(this.path);
      return problem;
    }
    // Writing what is there already makes the first page the file's own, if it was shared: after that the header can be
    // written, whatever room there is, and so it can come last.
    const bytes = file.read(0, header, HEADER);
    const unowned = file.write(0, header, bytes);
    return unowned === null ? this.write(file, state, saved, tokens) : unowned;
  }

  private write(file: File, state: SequenceState, saved: Saved, tokens: usize): Problem | null {
    const size = HEADER + 4 * <u64>state.length;
    // With its last token written the last page is the file's own, too, and can be cut off.
    const kept = file.size > size ? max(0, min(saved.tokens, state.length - 1)) : min(saved.tokens, state.length);
    if (kept < state.length) {
      const at = (<usize>kept) << 2;
      const problem = file.write(<u64>HEADER + at, tokens + at, 4 * <u64>(state.length - kept));
      if (problem !== null) return problem;
    }
    this.describe(state);
    const problem = file.write(0, header, HEADER);
    if (problem !== null) return problem;
    if (file.size > size) {
      const uncut = file.truncate(size);
      if (uncut !== null) return uncut;
    }
    file.seal();
    saved.headerSize = HEADER;
    saved.tokens = state.length;
    saved.note(file);
    return null;
  }

  /** Makes the header of a state. */
  private describe(state: SequenceState): void {
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
    writeSampling(state);
    const path = String.UTF8.encode(modelPath);
    const from = tailOf(path, MAX_PATH);
    const pathSize = <u32>path.byteLength - from;
    store<u32>(header + PATH_SIZE, pathSize);
    memory.copy(header + PATH, changetype<usize>(path) + from, pathSize);
  }
}
