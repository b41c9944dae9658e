import { readBytes } from '../bytes';
import { GgufFile } from '../gguf/file';
import { MetadataEntry } from '../gguf/metadata';
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
  /** Why it cannot be used; empty if it can. */
  error: string = '';
  /** Tokens. */
  size: i32 = 0;
  /** Bytes of the longest token's text. */
  longest: u32 = 0;
  private extent: usize = 0;
  private directory: usize = 0;
  private scores: usize = 0;
  private attributes: usize = 0;
  private table: TextTable | null = null;

  /** Reads the tokens of `file`, and their scores if asked for; what is wrong is left in `error`. */
  read(file: GgufFile, withScores: bool): void {
    const tokens = file.metadata.find('tokenizer.ggml.tokens');
    if (tokens == null) return this.refuse('the file has no vocabulary: "tokenizer.ggml.tokens" is missing');
    if (!tokens.isArray || tokens.type != STRING) return this.refuse('"tokenizer.ggml.tokens" is no array of strings');
    if (tokens.count == 0 || tokens.count > MAX_TOKENS) {
      return this.refuse(`the vocabulary has ${tokens.count} tokens; 1 to ${MAX_TOKENS} are accepted`);
    }
    const scores = file.metadata.find('tokenizer.ggml.scores');
    const types = file.metadata.find('tokenizer.ggml.token_type');
    this.checkArray('scores', scores, tokens.count);
    this.checkArray('token_type', types, tokens.count);
    if (types != null && types.type != INT32) this.refuse('"tokenizer.ggml.token_type" is no array of i32');
    if (this.error.length > 0) return;
    this.load(file, tokens, withScores ? scores : null, withScores, types);
    if (this.error.length > 0) this.dispose();
  }

  private refuse(reason: string): void {
    if (this.error.length == 0) this.error = reason;
  }

  private checkArray(name: string, entry: MetadataEntry | null, tokens: u64): void {
    if (entry == null) return;
    if (!entry.isArray || !(entry.type == FLOAT32 || entry.type == INT32)) {
      this.refuse(`"tokenizer.ggml.${name}" is no array of f32 or i32`);
    } else if (entry.count < tokens) {
      this.refuse(`"tokenizer.ggml.${name}" has ${entry.count} elements for ${tokens} tokens`);
    }
  }

  private load(
    file: GgufFile,
    tokens: MetadataEntry,
    scores: MetadataEntry | null,
    withScores: bool,
    types: MetadataEntry | null,
  ): void {
    const count = <usize>tokens.count;
    const texts = (<usize>tokens.bytes + 7) & ~7;
    const slots = texts + count * (withScores ? 8 : 4);
    const bytes = slots + textTableBytes(<u32>count) + count;
    this.extent = allocate(bytes);
    if (this.extent == 0) return this.refuse(`no memory is left for the vocabulary, which takes ${bytes} bytes`);
    this.size = <i32>count;
    this.directory = this.extent + texts;
    this.scores = withScores ? this.directory + count * 4 : 0;
    this.attributes = this.extent + bytes - count;
    readBytes(file.source, tokens.offset, this.extent, <usize>tokens.bytes);
    if (withScores) this.readScores(file, scores);
    this.readAttributes(file, types);
    this.index(this.extent + slots);
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

  /** Fills directory and table from the texts. */
  private index(slots: usize): void {
    const table = new TextTable(slots, this.directory, this.size);
    let text = this.extent + 8;
    for (let id = 0; id < this.size; ++id) {
      // The reader has checked that the strings lie one after the other in the array.
      const length = load<u32>(text - 8);
      store<u32>(this.directory + <usize>id * 4, <u32>text);
      if (length > this.longest) this.longest = length;
      if (length > 0 && !table.insert(id)) {
        return this.refuse('the vocabulary is refused: its tokens are chosen to collide in a hash table');
      }
      text += 8 + length;
    }
    this.table = table;
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

  /** Id of the token whose text is these bytes, or -1. */
  find(ptr: usize, length: u32): i32 {
    const table = this.table;
    if (table == null || length == 0 || length > this.longest) return -1;
    return table.find(ptr, length);
  }

  /** Id of the token whose text is `text`, or -1. */
  findText(text: string): i32 {
    const bytes = String.UTF8.encode(text);
    return this.find(changetype<usize>(bytes), bytes.byteLength);
  }
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
