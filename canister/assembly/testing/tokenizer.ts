/** A tokenizer on the vocabulary of a file of the host's. */
import { readGguf } from '../llm/gguf/file';
import { TextBreakers } from '../llm/sampling/text-breakers';
import { characterClass } from '../llm/tokenizer/characters';
import { baseOf, isControl, lowerOf } from '../llm/tokenizer/normalization';
import { TextStream } from '../llm/tokenizer/text-stream';
import { Tokenizer } from '../llm/tokenizer/tokenizer';
import { HostSource, say, sayProblem } from './host';

let tokenizer: Tokenizer = new Tokenizer();

/** 1 if the file's tokenizer can be used; otherwise says why not. */
export function tokenizer_load(size: f64): i32 {
  tokenizer.dispose();
  tokenizer = new Tokenizer();
  const read = readGguf(new HostSource(<u64>size));
  const file = read.value;
  return sayProblem(file === null ? read.problem : tokenizer.load(file)) ? 1 : 0;
}

export function tokenizer_dispose(): void {
  tokenizer.dispose();
  __collect();
}

export function tokenizer_encode(text: usize, bytes: u32, addSpecial: i32, parseSpecial: i32): i32 {
  return sayProblem(tokenizer.encode(text, bytes, addSpecial != 0, parseSpecial != 0)) ? tokenizer.count : -1;
}

/** Tokenizes a chat template's output, with the runs of its sources (source-runs.ts). */
export function tokenizer_encode_rendered(text: usize, bytes: u32, runs: usize, count: u32): i32 {
  return sayProblem(tokenizer.encodeRendered(text, bytes, runs, count, false)) ? tokenizer.count : -1;
}

export function tokenizer_tokens(): usize {
  return tokenizer.tokens;
}

export function tokenizer_decode(id: i32, showSpecial: i32, dst: usize): u32 {
  return tokenizer.decode(id, showSpecial != 0, dst);
}

/** Says "size longestPiece bos eos eot eom unknown padding addBos addEos" and the tokens that end a generation. */
export function tokenizer_summary(): void {
  const s = tokenizer.special;
  const ids = `${s.bos} ${s.eos} ${s.eot} ${s.eom} ${s.unknown} ${s.padding} ${s.addBos} ${s.addEos}`;
  say(`${tokenizer.size} ${tokenizer.longestPiece} ${ids} ${s.endOfGeneration.join(' ')}`);
}

export function tokenizer_attributes(id: i32): u32 {
  return tokenizer.vocabulary.attributesOf(id);
}

let breakers: TextBreakers | null = null;

/** Makes room for `most` sequence breakers. */
export function breakers_begin(most: u32): bool {
  const last = breakers;
  if (last !== null) last.dispose();
  const made = new TextBreakers(tokenizer);
  breakers = made;
  return made.begin(most);
}

export function breakers_add(text: usize, size: u32): bool {
  return breakers!.add(text, size);
}

export function breakers_behind(tokens: usize, count: u32): u32 {
  return breakers!.tokensBehind(tokens, count);
}

export function breakers_has(id: i32): bool {
  return breakers!.has(id);
}

export function character_class(point: u32): u32 {
  return characterClass(point);
}

export function character_lower(point: u32): u32 {
  return lowerOf(point);
}

export function character_base(point: u32): u32 {
  return baseOf(point);
}

export function character_control(point: u32): bool {
  return isControl(point);
}

const streamAt: usize = memory.data(8, 8);
let stream: TextStream = TextStream.begin(streamAt);

export function stream_begin(): void {
  stream = TextStream.begin(streamAt);
}

export function stream_push(src: usize, length: u32, dst: usize): u32 {
  return stream.push(src, length, dst);
}

export function stream_flush(dst: usize): u32 {
  return stream.flush(dst);
}
