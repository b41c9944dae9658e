import { Code, Problem } from '../../problem';
import { readBytes } from '../bytes';
import { GgufFile } from '../gguf/file';
import { MetadataEntry } from '../gguf/metadata-entry';
import { FLOAT32, INT32, STRING } from '../gguf/value-types';
import { allocate, release } from '../../memory/heap';
import { TextTable, textTableBytes } from './text-table';

/** Attributes of a token (llama.cpp's `llama_token_attr`). None at all is a token that is never shown. */
export const UNKNOWN: u32 = 1;
const UNUSED: u32 = 2;
export const NORMAL: u32 = 4;
export const CONTROL: u32 = 8;
export const USER_DEFINED: u32 = 16;
export const BYTE: u32 = 32;
/** White space before (after) the token in a text belongs to it. */
export const LEFT_STRIP: u32 = 64;
export const RIGHT_STRIP: u32 = 128;

/** Tokens in a vocabulary: the largest in use have 262 k. Bounds the tables that are allocated from the file's claim. */
const MAX_TOKENS: u64 = 1 << 20;

/**
 * The tokens of a model, in one extent of the page heap:
 *
 *     texts      [ length: u64 | UTF-8 ] * tokens      as they stand in the file
 *     directory  [ address of the text: u32 ] * tokens
 *     scores     [ f32 ] * tokens                      SPM only
 *     slots      text -> id (text-table.ts)
 *     attributes [ u8 ] * tokens
 */
export class Vocabulary {
  /** Tokens. */
  size: i32 = 0;
  /** Bytes of the longest token's text. */
  longest: u32 = 0;
  private extent: usize = 0;
  private directory: usize = 0;
  private scores: usize = 0;
  private attributes: usize = 0;
  private table: TextTable | null = null;

  /** Reads the tokens of `file`, and their scores if asked for. Null, or the problem; then nothing is held. */
  read(file: GgufFile, withScores: bool): Problem | null {
    const tokens = file.metadata.find('tokenizer.ggml.tokens');
    if (tokens == null) return new Problem('the file has no vocabulary: "tokenizer.ggml.tokens" is missing');
    if (!tokens.isArray || tokens.type != STRING) {
      return new Problem('"tokenizer.ggml.tokens" is no array of strings');
    }
    if (tokens.count == 0 || tokens.count > MAX_TOKENS) {
      return new Problem(`the vocabulary has ${tokens.count} tokens; 1 to ${MAX_TOKENS} are accepted`);
    }
    const scores = file.metadata.find('tokenizer.ggml.scores');
    const types = file.metadata.find('tokenizer.ggml.token_type');
    let problem = checkArray('scores', scores, tokens.count);
    if (problem === null) problem = checkArray('token_type', types, tokens.count);
    if (problem !== null) return problem;
    if (types != null && types.type != INT32) return new Problem('"tokenizer.ggml.token_type" is no array of i32');
    problem = this.load(file, tokens, withScores ? scores : null, withScores, types);
    if (problem !== null) this.dispose();
    return problem;
  }

  private load(
    file: GgufFile,
    tokens: MetadataEntry,
    scores: MetadataEntry | null,
    withScores: bool,
    types: MetadataEntry | null,
  ): Problem | null {
    const count = <usize>tokens.count;
    const texts = (<usize>tokens.bytes + 7) & ~7;
    const slots = texts + count * (withScores ? 8 : 4);
    const bytes = slots + textTableBytes(<u32>count) + count;
    this.extent = allocate(bytes);
    if (this.extent == 0) {
      return new Problem(`no memory is left for the vocabulary, which takes ${bytes} bytes`, Code.HEAP_FULL);
    }
    this.size = <i32>count;
    this.directory = this.extent + texts;
    this.scores = withScores ? this.directory + count * 4 : 0;
    this.attributes = this.extent + bytes - count;
    readBytes(file.source, tokens.offset, this.extent, <usize>tokens.bytes);
    if (withScores) this.readScores(file, scores);
    this.readAttributes(file, types);
    return this.index(this.extent + slots);
  }

  private readScores(file: GgufFile, scores: MetadataEntry | null): void {
    if (scores == null) {
      memory.fill(this.scores, 0, <usize>this.size * 4);
      return;
    }
    readBytes(file.source, scores.offset, this.scores, <usize>this.size * 4);
    if (scores.type == FLOAT32) return;
    for (let i: usize = 0; i < <usize>this.size; ++i) {
      store<f32>(this.scores + i * 4, <f32>load<i32>(this.scores + i * 4));
    }
  }

  private readAttributes(file: GgufFile, types: MetadataEntry | null): void {
    if (types == null) {
      memory.fill(this.attributes, <u8>NORMAL, this.size);
      return;
    }
    // The directory is not written yet and has the room of an i32 per token.
    readBytes(file.source, types.offset, this.directory, <usize>this.size * 4);
    for (let i: usize = 0; i < <usize>this.size; ++i) {
      store<u8>(this.attributes + i, attributeOfType(load<i32>(this.directory + i * 4)));
    }
  }

  /** Fills directory and table from the texts. Null, or why not. */
  private index(slots: usize): Problem | null {
    const table = new TextTable(slots, this.directory, this.size);
    let text = this.extent + 8;
    for (let id = 0; id < this.size; ++id) {
      // The reader has checked that the strings lie one after the other in the array.
      const length = load<u32>(text - 8);
      store<u32>(this.directory + <usize>id * 4, <u32>text);
      if (length > this.longest) this.longest = length;
      if (length > 0 && !table.insert(id)) {
        return new Problem('the vocabulary is refused: its tokens are chosen to collide in a hash table');
      }
      text += 8 + length;
    }
    this.table = table;
    return null;
  }

  /** Gives the memory back. */
  dispose(): void {
    release(this.extent);
    this.extent = 0;
    this.size = 0;
    this.table = null;
  }

  /** Address of the token's text, 0 <= id < size. */
  text(id: i32): usize {
    return load<u32>(this.directory + <usize>id * 4);
  }

  /** Bytes of the token's text. */
  length(id: i32): u32 {
    return load<u32>(this.text(id) - 8);
  }

  /** Log probability that an SPM vocabulary gives the token. */
  score(id: i32): f32 {
    return load<f32>(this.scores + <usize>id * 4);
  }

  attributesOf(id: i32): u32 {
    return load<u8>(this.attributes + <usize>id);
  }

  setAttributes(id: i32, attributes: u32): void {
    store<u8>(this.attributes + <usize>id, <u8>attributes);
  }

  /** Id of the token with these bytes as its text, or -1. */
  find(ptr: usize, length: u32): i32 {
    const table = this.table;
    if (table == null || length == 0 || length > this.longest) return -1;
    return table.find(ptr, length);
  }

  /** Id of the token with this text, or -1. */
  findText(text: string): i32 {
    const bytes = String.UTF8.encode(text);
    return this.find(changetype<usize>(bytes), bytes.byteLength);
  }
}

/** The problem with an array of the vocabulary's tokens, or null; a missing one is fine. */
function checkArray(name: string, entry: MetadataEntry | null, tokens: u64): Problem | null {
  if (entry == null) return null;
  if (!entry.isArray || !(entry.type == FLOAT32 || entry.type == INT32)) {
    return new Problem(`"tokenizer.ggml.${name}" is no array of f32 or i32`);
  }
  if (entry.count >= tokens) return null;
  return new Problem(`"tokenizer.ggml.${name}" has ${entry.count} elements for ${tokens} tokens`);
}

/** Attribute of a type in "tokenizer.ggml.token_type" (llama.cpp's `llama_token_type`). */
function attributeOfType(type: i32): u32 {
  switch (type) {
    case 1:
      return NORMAL;
    case 2:
      return UNKNOWN;
    case 3:
      return CONTROL;
    case 4:
      return USER_DEFINED;
    case 5:
      return UNUSED;
    case 6:
      return BYTE;
    default:
      return 0;
  }
}
