import { Code, Problem } from '../../problem';
import { readBytes } from '../bytes';
import { GgufFile } from '../gguf/file';
import { STRING } from '../gguf/value-types';
import { allocate, release } from '../../memory/heap';
import { characterOfByte } from './byte-alphabet';
import { MergeRule } from './merge-queue';
import { TextTable, textTableBytes } from './text-table';
import { encode } from '../../utf8';
import { Vocabulary } from './vocabulary';

/** Merges of one vocabulary: the largest in use have 280 k. Bounds the tables that are allocated from the file's claim. */
const MAX_MERGES: u64 = 1 << 21;
/** Most slots that one look-up may visit; stops merges that are chosen to collide. */
const MAX_PROBES: u32 = 512;

const SLOT: usize = 16;
const RIGHT: usize = 4;
const RANK: usize = 8;
const RESULT: usize = 12;
/** In a slot's left: no merge is here. No symbol has this value. */
const FREE: u32 = u32.MAX_VALUE;
/** Values from here on stand for a byte that occurs in no token and no merge. */
const LONE_BYTES: u32 = 0xffffff00;

/**
 * The merges of a BPE vocabulary, as pairs of symbols. A symbol is a token's id; a text that merges mention
 * but that is no token (there are none in sound files) gets a number of its own from the vocabulary's size on.
 *
 *     slots [ left: u32 | right: u32 | rank: u32 | result: u32 ] * capacity     hashed by (left, right), linear probing
 */
export class Merges extends MergeRule {
  /** Symbol of each byte. */
  readonly byteSymbols: StaticArray<u32> = new StaticArray<u32>(256);
  private extent: usize = 0;
  private mask: u32 = 0;
  /** Numbers of the texts that merges mention, if symbols are characters and not bytes. */
  private symbols: SymbolNumbers | null = null;

  /**
   * Reads the merges of a file. Null, or why they cannot be used; then nothing is held.
   *
   * @param characters symbols are characters as they are written, to be asked for with `symbolOf`, and not bytes
   * @param optional   a file without merges has none
   */
  read(file: GgufFile, vocabulary: Vocabulary, characters: bool, optional: bool): Problem | null {
    const entry = file.metadata.find('tokenizer.ggml.merges');
    if (entry == null) {
      if (!optional) return new Problem('"tokenizer.ggml.merges" is missing');
      this.readNone(vocabulary);
      return null;
    }
    if (!entry.isArray || entry.type != STRING) {
      return new Problem('"tokenizer.ggml.merges" is no array of strings');
    }
    if (entry.count > MAX_MERGES) {
      return new Problem(`the vocabulary has ${entry.count} merges; at most ${MAX_MERGES} are accepted`);
    }
    let capacity: u32 = 16;
    while (capacity < 2 * <u32>entry.count) capacity <<= 1;
    this.mask = capacity - 1;
    this.extent = allocate(<usize>capacity * SLOT);
    const texts = allocate(<usize>entry.bytes);
    let problem: Problem | null = null;
    if (this.extent == 0 || texts == 0) {
      problem = noMemory();
    } else {
      memory.fill(this.extent, 0xff, <usize>capacity * SLOT);
      readBytes(file.source, entry.offset, texts, <usize>entry.bytes);
      const symbols = new SymbolNumbers(vocabulary, 3 * <u32>entry.count, 2 * <usize>entry.bytes);
      problem = this.index(texts, <u32>entry.count, symbols);
      if (characters) {
        this.symbols = symbols;
      } else {
        this.findBytes(symbols);
        symbols.dispose();
      }
    }
    release(texts);
    if (problem !== null) this.dispose();
    return problem;
  }

  private readNone(vocabulary: Vocabulary): void {
    this.findBytes(new SymbolNumbers(vocabulary, 0, 0));
  }

  private findBytes(symbols: SymbolNumbers): void {
    const character = memory.data(4);
    for (let byte: u32 = 0; byte < 256; ++byte) {
      const symbol = symbols.known(character, encode(characterOfByte(byte), character));
      this.byteSymbols[byte] = symbol >= 0 ? symbol : LONE_BYTES + byte;
    }
  }

  /** Symbol of a character; of one that occurs in no token and no merge a symbol that merges with none. */
  symbolOf(text: usize, length: u32): u32 {
    const symbols = this.symbols;
    const known = symbols == null ? -1 : symbols.known(text, length);
    return known < 0 ? LONE_BYTES : <u32>known;
  }

  dispose(): void {
    release(this.extent);
    this.extent = 0;
    const symbols = this.symbols;
    if (symbols != null) symbols.dispose();
    this.symbols = null;
  }

  /** Whether two symbols merge; the earliest merge first. */
  pair(left: u32, right: u32, bytes: u32): bool {
    const slot: usize = this.extent == 0 ? 0 : this.probe(left, right);
    if (slot == 0 || load<u32>(slot) == FREE) return false;
    this.priority = load<u32>(slot, RANK);
    this.result = load<u32>(slot, RESULT);
    return true;
  }

  private index(texts: usize, count: u32, symbols: SymbolNumbers): Problem | null {
    let next = texts + 8;
    for (let rank: u32 = 0; rank < count; ++rank) {
      const text = next;
      const length = load<u32>(text - 8);
      next += 8 + length;
      const gap = firstSpace(text, length);
      // A merge without two parts applies to nothing.
      if (gap == 0 || gap + 1 == length) continue;
      // Move the first part onto the space, so that the two parts side by side are their union.
      memory.copy(text + 1, text, gap);
      const left = symbols.of(text + 1, gap);
      const right = symbols.of(text + 1 + gap, length - 1 - gap);
      const result = symbols.of(text + 1, length - 1);
      if (!this.insert(left, right, rank, result)) return colliding();
      if (symbols.problem !== null) return symbols.problem;
    }
    return null;
  }

  /** Of equal pairs the first stays. */
  private insert(left: u32, right: u32, rank: u32, result: u32): bool {
    const slot = this.probe(left, right);
    if (slot == 0) return false;
    if (load<u32>(slot) != FREE) return true;
    store<u32>(slot, left);
    store<u32>(slot, right, RIGHT);
    store<u32>(slot, rank, RANK);
    store<u32>(slot, result, RESULT);
    return true;
  }

  /** The pair's slot, or else the free one for it; 0 if neither is near. */
  private probe(left: u32, right: u32): usize {
    const key = ((<u64>right) << 32) | left;
    const hash = (key ^ (key >> 29)) * 0x9e3779b97f4a7c15;
    let at = <u32>(hash >> 32);
    for (let probes: u32 = 0; probes < MAX_PROBES; ++probes, ++at) {
      const slot = this.extent + <usize>(at & this.mask) * SLOT;
      if (load<u64>(slot) == key || load<u32>(slot) == FREE) return slot;
    }
    return 0;
  }
}

function colliding(): Problem {
  return new Problem('the vocabulary is refused: its merges are chosen to collide in a hash table');
}

function noMemory(): Problem {
  return new Problem('no memory is left for the merges', Code.HEAP_FULL);
}

/** Numbers for the texts of merges: a token's id, or from the vocabulary's size on for texts that are no token. */
class SymbolNumbers {
  problem: Problem | null = null;
  private extent: usize = 0;
  /** Address for the next text that is no token: [ length: u64 | UTF-8 ], as in text-table.ts. */
  private next: usize = 0;
  private count: u32 = 0;
  private table: TextTable | null = null;

  /** For at most `most` texts that are no token, of `bytes` bytes together. */
  constructor(
    private readonly vocabulary: Vocabulary,
    private readonly most: u32,
    private readonly bytes: usize,
  ) {}

  /** The text's number, or -1 if it has none. */
  known(text: usize, length: u32): i32 {
    const id = this.vocabulary.find(text, length);
    const table = this.table;
    if (id >= 0 || table == null) return id;
    const extra = table.find(text, length);
    return extra < 0 ? -1 : this.vocabulary.size + extra;
  }

  /** The text's number, a new one if it has none. Means nothing once there is a problem. */
  of(text: usize, length: u32): u32 {
    const known = this.known(text, length);
    if (known >= 0 || this.problem !== null) return known;
    if (this.extent == 0 && !this.open()) return 0;
    const table = this.table!;
    const number = this.count++;
    const copy = this.next + 8;
    store<u64>(this.next, length);
    memory.copy(copy, text, length);
    this.next = copy + length;
    store<u32>(this.extent + <usize>number * 4, <u32>copy);
    if (!table.insert(number)) this.problem = colliding();
    return this.vocabulary.size + number;
  }

  dispose(): void {
    release(this.extent);
    this.extent = 0;
    this.table = null;
  }

  /** Sound files have no such texts, so memory for them is only taken when the first one comes. */
  private open(): bool {
    const directory = <usize>this.most * 4;
    const slots = textTableBytes(this.most);
    this.extent = allocate(directory + slots + <usize>this.most * 8 + this.bytes);
    if (this.extent == 0) {
      this.problem = noMemory();
      return false;
    }
    this.table = new TextTable(this.extent + directory, this.extent, this.most);
    this.next = this.extent + directory + slots;
    return true;
  }
}

function firstSpace(text: usize, length: u32): u32 {
  for (let i: u32 = 1; i < length; ++i) if (load<u8>(text + i) == 0x20) return i;
  return 0;
}
