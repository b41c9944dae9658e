import { Extent } from '../../memory/extent';
import { orderedBits } from '../ordered-bits';
import { ESCAPED_SPACE_BYTES, storeEscapedSpace, unescapeSpaces } from './escaped-space';
import { TokenList, TokenizerFamily } from './family';
import { MergeQueue, MergeRule, mergeBytes } from './merge-queue';
import { byteTokenText } from './byte-token';
import { lengthByLead } from '../../utf8';
import { NONE } from './special-tokens';
import { Vocabulary } from './vocabulary';

/** Two adjacent symbols merge if their joined text is a token; the most probable token first. */
class SpmRule extends MergeRule {
  /** The text that the symbols are places in. */
  text: usize = 0;

  constructor(private readonly vocabulary: Vocabulary) {
    super();
  }

  /** The value of a symbol is the offset of its text. */
  pair(left: u32, right: u32, bytes: u32): bool {
    const id = this.vocabulary.find(this.text + left, bytes);
    if (id < 0) return false;
    this.result = left;
    this.priority = ~orderedBits(this.vocabulary.score(id));
    return true;
  }
}

/** Characters of a text by their first bytes alone. */
function characters(text: usize, bytes: u32): u32 {
  let count: u32 = 0;
  for (let at: u32 = 0; at < bytes; ++count) at += lengthByLead(load<u8>(text + at));
  return count;
}

/**
 * SentencePiece as llama.cpp runs it (`llm_tokenizer_spm_session`): spaces become "▁", the text is cut into characters,
 * and neighbours merge into the most probable tokens. Characters that are no token fall back to tokens of their bytes.
 */
export class SpmTokenizer extends TokenizerFamily {
  private readonly rule: SpmRule;
  private readonly queue: MergeQueue = new MergeQueue();
  private readonly escaped: Extent = new Extent();
  /** Symbols and queue. */
  private readonly workspace: Extent = new Extent();
  /** Token of each byte, or the unknown token. */
  private readonly byteTokens: StaticArray<i32> = new StaticArray<i32>(256);

  constructor(
    private readonly vocabulary: Vocabulary,
    unknown: i32,
  ) {
    super();
    this.rule = new SpmRule(vocabulary);
    const byte = memory.data(1);
    for (let value = 0; value < 256; ++value) {
      let id = vocabulary.findText(byteTokenText(value));
      if (id < 0) {
        store<u8>(byte, <u8>value);
        id = vocabulary.find(byte, 1);
      }
      this.byteTokens[value] = id < 0 ? unknown : id;
    }
  }

  capacity(bytes: u32, fragments: u32): usize {
    return <usize>(bytes + fragments) * ESCAPED_SPACE_BYTES;
  }

  encode(text: usize, bytes: u32, spacePrefix: bool, out: TokenList): bool {
    const escapedBytes = this.escapedBytes(text, bytes, spacePrefix);
    if (!this.escaped.reserve(escapedBytes)) return false;
    const escaped = this.escaped.ptr;
    this.escape(text, bytes, spacePrefix, escaped);
    const symbols = characters(escaped, escapedBytes);
    if (!this.workspace.reserve(mergeBytes(symbols))) return false;
    this.queue.begin(this.workspace.ptr, symbols);
    for (let at: u32 = 0; at < escapedBytes;) {
      const length = min(lengthByLead(load<u8>(escaped + at)), escapedBytes - at);
      this.queue.add(at, length);
      at += length;
    }
    this.rule.text = escaped;
    this.queue.merge(this.rule);
    for (let i = 0; i >= 0; i = this.queue.following(i)) {
      this.append(escaped + this.queue.value(i), this.queue.bytes(i), out);
    }
    return true;
  }

  private escapedBytes(text: usize, bytes: u32, spacePrefix: bool): u32 {
    let total = bytes + (spacePrefix ? ESCAPED_SPACE_BYTES : 0);
    for (let i: usize = 0; i < bytes; ++i) if (load<u8>(text + i) == 0x20) total += ESCAPED_SPACE_BYTES - 1;
    return total;
  }

  private escape(text: usize, bytes: u32, spacePrefix: bool, dst: usize): void {
    if (spacePrefix) {
      storeEscapedSpace(dst);
      dst += ESCAPED_SPACE_BYTES;
    }
    for (let i: usize = 0; i < bytes; ++i) {
      const byte = load<u8>(text + i);
      if (byte == 0x20) {
        storeEscapedSpace(dst);
        dst += ESCAPED_SPACE_BYTES;
      } else {
        store<u8>(dst++, byte);
      }
    }
  }

  private append(text: usize, bytes: u32, out: TokenList): void {
    const id = this.vocabulary.find(text, bytes);
    if (id >= 0) return out.push(id);
    for (let i: usize = 0; i < bytes; ++i) {
      const byteToken = unchecked(this.byteTokens[load<u8>(text + i)]);
      if (byteToken != NONE) out.push(byteToken);
    }
  }

  decode(id: i32, dst: usize): u32 {
    return unescapeSpaces(this.vocabulary.text(id), this.vocabulary.length(id), dst);
  }

  trim(): void {
    this.escaped.trim();
    this.workspace.trim();
  }

  dispose(): void {
    this.escaped.release();
    this.workspace.release();
  }
}
