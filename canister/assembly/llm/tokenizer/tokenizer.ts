import { Code, Problem } from '../../problem';
import { Extent } from '../../memory/extent';
import { GgufFile } from '../gguf/file';
import { BpeTokenizer } from './bpe';
import { byteOfToken } from './byte-token';
import { ControlTexts } from './control-texts';
import { TokenList, TokenizerFamily, whyNoFamily } from './family';
import { Partition } from './partition';
import { preTokenizer, whyNoPreTokenizer } from './pretokenize';
import { RawBpeTokenizer } from './raw-bpe';
import { NONE, SpecialDefaults, SpecialTokens, findSpecialTokens, setStripping } from './special-tokens';
import { SpecialTrie } from './special-trie';
import { SpmTokenizer } from './spm';
import { BYTE, CONTROL, NORMAL, UNKNOWN, USER_DEFINED, Vocabulary } from './vocabulary';
import { WpmTokenizer } from './wpm';

/**
 * Bytes of one text: 4 MiB, twice the size of a message to a canister. Bounds the memory and the instructions of one
 * `encode`, which is not resumable: about 60 bytes for each byte of a text that is one long word.
 */
const MAX_TEXT_BYTES: u32 = 4 << 20;

/**
 * Bound of the instructions of `encode` per byte of text, beside some millions for touching the vocabulary. Prose costs
 * 2500 or less, runs of spaces or of one letter are the worst; a message that has less left than the text could cost
 * should refuse it instead.
 */
export const MAX_INSTRUCTIONS_PER_BYTE: u32 = 6000;

/**
 * Text to tokens and back, as llama.cpp does it for the same file. One object serves one model; its tables are in raw
 * memory until `dispose`.
 */
export class Tokenizer {
  readonly vocabulary: Vocabulary;
  special: SpecialTokens = new SpecialTokens();
  /** Tokens of the last `encode`: [ i32 ] * count, until the next one. */
  tokens: usize = 0;
  count: i32 = 0;
  private readonly trie: SpecialTrie;
  private readonly partition: Partition;
  private readonly list: TokenList = new TokenList();
  private readonly listSpace: Extent = new Extent();
  private readonly controlTexts: ControlTexts;
  private family: TokenizerFamily | null = null;

  constructor() {
    const vocabulary = new Vocabulary();
    const trie = new SpecialTrie();
    this.vocabulary = vocabulary;
    this.trie = trie;
    this.partition = new Partition(trie, vocabulary);
    this.controlTexts = new ControlTexts(vocabulary);
  }

  /** Number of tokens. */
  get size(): i32 {
    return this.vocabulary.size;
  }

  /** Most bytes that `decode` writes for one token. */
  get longestPiece(): u32 {
    return this.vocabulary.longest;
  }

  /** Whether a text begins with a space that is not its own. */
  get addsSpacePrefix(): bool {
    const family = this.family;
    return family != null && family.addSpacePrefix;
  }

  /**
   * Tokenizes `bytes` bytes of text at `text`: then `count` tokens are at `tokens`. Null, or the problem.
   *
   * @param addSpecial   begin and end with BOS and EOS if the model asks for it
   * @param parseSpecial find control tokens such as "<|im_start|>" in the text; without it they are plain text
   */
  encode(text: usize, bytes: u32, addSpecial: bool, parseSpecial: bool): Problem | null {
    return this.encodeText(text, bytes, addSpecial, parseSpecial, 0, 0);
  }

  /**
   * Tokenizes a chat template's output like `encode` with `parseSpecial`, but text from messages never makes a control
   * token: neither by itself nor joined with the template's text, nor by the merges of plain text.
   *
   * @param runs the sources of the bytes (source-runs.ts), `count` of them
   */
  encodeRendered(text: usize, bytes: u32, runs: usize, count: u32, addSpecial: bool): Problem | null {
    return this.encodeText(text, bytes, addSpecial, true, runs, count);
  }

  private encodeText(
    text: usize,
    bytes: u32,
    addSpecial: bool,
    parseSpecial: bool,
    runs: usize,
    count: u32,
  ): Problem | null {
    const family = this.family;
    this.count = 0;
    if (family == null) return new Problem('there is no vocabulary');
    if (bytes > MAX_TEXT_BYTES) {
      return new Problem(`the text has ${bytes} bytes; at most ${MAX_TEXT_BYTES} are accepted`);
    }
    const isBegun =
      count > 0 ? this.partition.beginMixed(text, bytes, runs, count) : this.partition.begin(text, bytes, parseSpecial);
    const done = isBegun && this.run(family, bytes, addSpecial, count > 0);
    this.partition.trim();
    family.trim();
    if (!done) return new Problem(`no memory is left to tokenize ${bytes} bytes of text`, Code.HEAP_FULL);
    this.count = this.list.count;
    return null;
  }

  private run(family: TokenizerFamily, bytes: u32, addSpecial: bool, hasData: bool): bool {
    // Every second fragment at most is text, and no fragment is empty.
    const room = family.capacity(bytes, (bytes >> 1) + 1) + 3;
    if (!this.listSpace.reserve(room * sizeof<i32>())) return false;
    const list = this.list;
    const special = this.special;
    this.tokens = list.ptr = this.listSpace.ptr;
    list.count = 0;
    if (addSpecial && special.addBos && special.bos != NONE) list.push(special.bos);
    let afterSpecial = true;
    const partition = this.partition;
    while (partition.next()) {
      if (partition.token >= 0) {
        list.push(partition.token);
        afterSpecial = true;
        continue;
      }
      const prefix = family.addSpacePrefix && afterSpecial;
      const from = list.count;
      if (!family.encode(partition.start, partition.length, prefix, list)) return false;
      if (hasData && !this.controlTexts.split(list, from, family, special.unknown)) return false;
      afterSpecial = false;
    }
    if (addSpecial && special.addEos && special.eos != NONE) list.push(special.eos);
    if (addSpecial && special.separator != NONE) list.push(special.separator);
    return true;
  }

  /**
   * Writes the text of a token to `dst`, which has room for `longestPiece` bytes (at least 1); returns the bytes. A
   * piece may end in the middle of a character (text-stream.ts). Control and unknown tokens have no text unless
   * `showSpecial`; an invalid id has none either (llama.cpp's `token_to_piece`).
   */
  decode(id: i32, showSpecial: bool, dst: usize): u32 {
    const family = this.family;
    if (family == null || id < 0 || id >= this.vocabulary.size) return 0;
    const attributes = this.vocabulary.attributesOf(id);
    const text = this.vocabulary.text(id);
    const length = this.vocabulary.length(id);
    if ((attributes & (CONTROL | UNKNOWN)) != 0 && !showSpecial) return 0;
    if ((attributes & (CONTROL | UNKNOWN | USER_DEFINED)) != 0) {
      memory.copy(dst, text, length);
      return length;
    }
    if ((attributes & NORMAL) != 0) return family.decode(id, dst);
    const byte = (attributes & BYTE) != 0 ? byteOfToken(text, length) : -1;
    if (byte < 0) return 0;
    store<u8>(dst, <u8>byte);
    return 1;
  }

  /** Whether the token ends a generation. */
  isEndOfGeneration(id: i32): bool {
    return this.special.isEndOfGeneration(id);
  }

  /** Reads the vocabulary of a file. Null, or the problem; then nothing is held. */
  load(file: GgufFile): Problem | null {
    let problem = this.read(file);
    if (problem === null) problem = file.metadata.problem;
    if (problem !== null) this.dispose();
    return problem;
  }

  private read(file: GgufFile): Problem | null {
    const model = file.metadata.requireText('tokenizer.ggml.model');
    if (file.metadata.problem !== null) return file.metadata.problem;
    let problem = whyNoFamily(model);
    if (problem === null) problem = this.vocabulary.read(file, model == 'llama');
    if (problem === null) problem = this.readFamily(file, model);
    if (problem !== null) return problem;
    setStripping(file.metadata, this.vocabulary);
    return this.trie.build(this.vocabulary);
  }

  private readFamily(file: GgufFile, model: string): Problem | null {
    if (model == 'llama') return this.readSpm(file);
    return model == 'bert' ? this.readWpm(file) : this.readBpe(file, model);
  }

  private readSpm(file: GgufFile): Problem | null {
    this.special = findSpecialTokens(file.metadata, this.vocabulary, new SpecialDefaults(1, 2, 0, true));
    const family = new SpmTokenizer(this.vocabulary, this.special.unknown);
    family.addSpacePrefix = file.metadata.flag('tokenizer.ggml.add_space_prefix', true);
    this.family = family;
    return family.problem;
  }

  private readBpe(file: GgufFile, model: string): Problem | null {
    const metadata = file.metadata;
    // Of the other families of BPE each has one pre-tokenizer.
    const name = model == 'gpt2' ? metadata.text('tokenizer.ggml.pre', '') : model;
    const words = preTokenizer(name);
    if (words == null) return whyNoPreTokenizer(name);
    const end = model == 'gemma4' ? NONE : 11;
    const special = findSpecialTokens(metadata, this.vocabulary, new SpecialDefaults(end, end, NONE, words.addBos));
    if (words.alwaysBos) special.addBos = true;
    this.special = special;
    if (words.raw) {
      const lowercase = model == 'whitespace' && metadata.flag('tokenizer.ggml.normalizer.lowercase', false);
      this.family = new RawBpeTokenizer(this.vocabulary, words, lowercase, file);
    } else {
      this.family = new BpeTokenizer(this.vocabulary, words, file);
    }
    return this.family!.problem;
  }

  private readWpm(file: GgufFile): Problem | null {
    const metadata = file.metadata;
    const special = findSpecialTokens(metadata, this.vocabulary, new SpecialDefaults(101, NONE, 100, true));
    special.endWithSeparator(metadata, this.vocabulary.size);
    this.special = special;
    const lowercase = metadata.flag('tokenizer.ggml.normalizer.lowercase', true);
    const stripAccents = metadata.flag('tokenizer.ggml.normalizer.strip_accents', lowercase);
    this.family = new WpmTokenizer(this.vocabulary, special.unknown, lowercase, stripAccents);
    return this.family!.problem;
  }

  /** Gives all memory back. */
  dispose(): void {
    const family = this.family;
    if (family != null) family.dispose();
    this.family = null;
    this.trie.dispose();
    this.partition.dispose();
    this.controlTexts.dispose();
    this.vocabulary.dispose();
    this.listSpace.release();
    this.tokens = 0;
  }
}
