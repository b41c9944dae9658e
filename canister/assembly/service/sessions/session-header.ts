/**
 * The header of a session's file, and whether the session can be continued with the model that is loaded.
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
 */
import { SequenceState } from '../../llm/cache/sequence-state';
import { Problem } from '../../problem';
import { File } from '../../storage/file';
import { engine, modelHash, modelPath } from '../engine/loaded';
import { Saved } from './saved';

/** "LLAMASN" and a byte that ends a text file. */
const MAGIC: u64 = 0x1a_4e_53_41_4d_41_4c_4c;
const VERSION: u32 = 2;
export const HEADER_BYTES: u32 = 320;
const REPORTED: u32 = 1;
const HASH: usize = 32;
const SEED: usize = 64;
const PATH_SIZE: usize = 68;
const PATH: usize = 72;
const SAMPLING: usize = 300;
const MAX_PATH: u32 = <u32>(SAMPLING - PATH);

const FIRST_VERSION: u32 = 1;
const FIRST_HEADER: u32 = 64;
/** The seed of sampling without --seed in sessions of version 1. */
const FIRST_SEED: u32 = u32.MAX_VALUE;

/** What an owner can do who cannot continue a session. */
const BEGIN_ANEW: string = 'remove_prompt_cache deletes the session, and then its name can be used for a new one';

export const header: usize = memory.data(320, 8);

/** Reads the header of a file into a state. Null, or why the session cannot be continued. */
export function readHeader(file: File, state: SequenceState, saved: Saved): Problem | null {
  const bytes = file.read(0, header, HEADER_BYTES);
  if (bytes < FIRST_HEADER || load<u64>(header) != MAGIC) {
    return refused(`the file is no session, or not all of one; it can be uploaded again, or ${BEGIN_ANEW}`);
  }
  const version = load<u32>(header, 8);
  if (version != VERSION && version != FIRST_VERSION) {
    return refused(
      `the session's file is of layout ${version.toString()}, and this program knows those up to ${VERSION.toString()}`,
    );
  }
  const isFirst = version == FIRST_VERSION;
  saved.headerSize = isFirst ? FIRST_HEADER : HEADER_BYTES;
  const length = load<i32>(header, 12);
  if (length < 0 || file.size != <u64>saved.headerSize + 4 * <u64>length) {
    return damaged(`it has ${file.size.toString()} bytes for ${length.toString()} tokens`);
  }
  if (memory.compare(header + HASH, modelHash, 32) != 0) {
    return refused(
      `the session is of ${modelOf(version)}, and the model that is loaded is ${modelPath} ` +
        `(SHA-256 ${digits(modelHash)}...): it goes on when its model is loaded again; or ${BEGIN_ANEW}`,
    );
  }
  const promptTokens = load<i32>(header, 20);
  const pending = load<i32>(header, 24) - 1;
  const reported = (load<u32>(header, 28) & REPORTED) != 0;
  const reached = load<i32>(header, 16);
  if (reached < 0 || reached > length) return damaged('more tokens evaluated than it has');
  if (promptTokens < 0 || promptTokens > length) {
    return damaged('the prompt has more tokens than the history');
  }
  if (pending < -1 || pending >= engine.facts.vocabulary || (reported && pending < 0)) {
    return damaged('the pending token is none of the model');
  }
  if (length > engine.context) {
    return refused(
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
  // A file from elsewhere may claim anything.
  state.reached = file.isSealed ? reached : 0;
  return null;
}

/** The problem that a session's file is damaged. */
export function damaged(what: string): Problem {
  return refused(`the session's file is damaged (${what}); it can be uploaded again, or ${BEGIN_ANEW}`);
}

function refused(why: string): Problem {
  return new Problem(why);
}

/** Writes the header of a state to `header`. */
export function makeHeader(state: SequenceState): void {
  memory.fill(header, 0, HEADER_BYTES);
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

/** The first digits of the SHA-256 at `ptr`. */
function digits(ptr: usize): string {
  let text = '';
  for (let i: usize = 0; i < 8; ++i) text += (<u32>load<u8>(ptr + i) + 256).toString(16).substring(1);
  return text;
}

/** Where the last `most` bytes of a text begin, rounded up to a whole character. */
function tailOf(text: ArrayBuffer, most: u32): u32 {
  const size = <u32>text.byteLength;
  let from = size > most ? size - most : 0;
  while (from > 0 && from < size && (load<u8>(changetype<usize>(text) + from) & 0xc0) == 0x80) ++from;
  return from;
}

/** Reads the state of samplers from the header; ignores it if its numbers are not finite. */
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

/** The path of the header's model. */
function modelOf(version: u32): string {
  const hash = `SHA-256 ${digits(header + HASH)}...`;
  const size = load<u32>(header + PATH_SIZE);
  if (version == FIRST_VERSION || size == 0 || size > MAX_PATH) return `another model (${hash})`;
  return `the model ${String.UTF8.decodeUnsafe(header + PATH, size)} (${hash})`;
}
