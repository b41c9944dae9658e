import { Extent } from '../../memory/extent';
import { GgufFile } from '../gguf/file';
import { byteOfCharacter, characterOfByte } from './byte-alphabet';
import { CharacterRun } from './character-run';
import { TokenList, TokenizerFamily } from './family';
import { MergeQueue, mergeBytes } from './merge-queue';
import { Merges } from './merges';
import { PreTokenizer } from './pretokenize';
import { DECODED_CODE_POINT, DECODED_LENGTH_SHIFT, decode, encode } from '../../utf8';
import { Vocabulary } from './vocabulary';

/** Bytes of UTF-8 that a byte of ill-formed text can become: U+FFFD takes three. */
const WORST_BYTES: u32 = 3;

/**
 * Byte-level BPE (GPT-2) as llama.cpp runs it (`llm_tokenizer_bpe_session`): the text is cut into words by a
 * pre-tokenizer; each byte of a word is a symbol; neighbours merge in the order of the vocabulary's merges.
 */
export class BpeTokenizer extends TokenizerFamily {
  private readonly merges: Merges = new Merges();
  private readonly queue: MergeQueue = new MergeQueue();
  private readonly characters: CharacterRun = new CharacterRun();
  private readonly characterSpace: Extent = new Extent();
  /** Of one word: its bytes, its spelling in the byte alphabet, symbols and queue. */
  private readonly wordSpace: Extent = new Extent();
  /** The word that is being tokenized, and its bytes. */
  private word: usize = 0;
  private wordBytes: u32 = 0;

  constructor(
    private readonly vocabulary: Vocabulary,
    private readonly preTokenizer: PreTokenizer,
    file: GgufFile,
  ) {
    super();
    this.problem = this.merges.read(file, vocabulary, false, preTokenizer.mergesOptional);
  }

  capacity(bytes: u32, fragments: u32): usize {
    return <usize>bytes * WORST_BYTES;
  }

  encode(text: usize, bytes: u32, spacePrefix: bool, out: TokenList): bool {
    if (!this.characterSpace.reserve(CharacterRun.room(bytes))) return false;
    const characters = this.characters;
    characters.read(text, bytes, this.characterSpace.ptr);
    this.preTokenizer.split(characters);
    for (let start: u32 = 0; start < characters.count;) {
      const end = characters.end(start);
      if (!this.readWord(start, end)) return false;
      this.encodeWord(out);
      start = end;
    }
    return true;
  }

  /** Makes room for a word and writes its bytes. False if memory is short. */
  private readWord(start: u32, end: u32): bool {
    const most = (end - start) * 4;
    if (!this.wordSpace.reserve(<usize>most * 3 + mergeBytes(most))) return false;
    this.word = this.wordSpace.ptr;
    let bytes: u32 = 0;
    for (let i = start; i < end; ++i) bytes += encode(this.characters.point(i), this.word + bytes);
    this.wordBytes = bytes;
    return true;
  }

  private encodeWord(out: TokenList): void {
    const word = this.word;
    const bytes = this.wordBytes;
    if (this.preTokenizer.ignoreMerges) {
      const id = this.findWhole();
      if (id >= 0) return out.push(id);
    }
    const queue = this.queue;
    queue.begin(word + <usize>bytes * 3, bytes);
    for (let i: u32 = 0; i < bytes; ++i) queue.add(unchecked(this.merges.byteSymbols[load<u8>(word + i)]), 1);
    queue.merge(this.merges);
    // Symbols keep the index of their first byte.
    for (let i = 0; i >= 0; i = queue.following(i)) {
      const symbol = queue.value(i);
      if (symbol < <u32>this.vocabulary.size) out.push(symbol);
      else this.appendBytes(word + i, queue.bytes(i), out);
    }
  }

  /** Token of the whole word, or -1. */
  private findWhole(): i32 {
    // In the byte alphabet a word is at least as long as its bytes.
    if (this.wordBytes > this.vocabulary.longest) return -1;
    const spelling = this.word + this.wordBytes;
    let length: u32 = 0;
    for (let i: u32 = 0; i < this.wordBytes; ++i) {
      length += encode(characterOfByte(load<u8>(this.word + i)), spelling + length);
    }
    return this.vocabulary.find(spelling, length);
  }

  /** A symbol that is no token: the tokens of its bytes, as far as there are any. */
  private appendBytes(ptr: usize, bytes: u32, out: TokenList): void {
    for (let i: usize = 0; i < bytes; ++i) {
      const symbol = unchecked(this.merges.byteSymbols[load<u8>(ptr + i)]);
      if (symbol < <u32>this.vocabulary.size) out.push(symbol);
    }
  }

  /** Characters outside the byte alphabet, which only faulty vocabularies have, stand for themselves. */
  decode(id: i32, dst: usize): u32 {
    const text = this.vocabulary.text(id);
    const end = text + this.vocabulary.length(id);
    let written: u32 = 0;
    for (let ptr = text; ptr < end;) {
      const decoded = decode(ptr, end);
      const length = decoded >> DECODED_LENGTH_SHIFT;
      const byte = byteOfCharacter(decoded & DECODED_CODE_POINT);
      if (byte >= 0) {
        store<u8>(dst + written++, <u8>byte);
      } else {
        memory.copy(dst + written, ptr, length);
        written += length;
      }
      ptr += length;
    }
    return written;
  }

  trim(): void {
    this.characterSpace.trim();
    this.wordSpace.trim();
  }

  dispose(): void {
    this.merges.dispose();
    this.characterSpace.release();
    this.wordSpace.release();
  }
}
