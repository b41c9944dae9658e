/**
 * The possible labels of an answer, as tokens. They are sorted, so labels with a common beginning are neighbours, and a
 * walk from the first to the last meets every beginning once. Such a beginning is a place: the first `depth` tokens of
 * a label. The logits after it give the probability of each continuation.
 */
import { Span } from '../../memory/span';
import { Code, Problem, Result } from '../../problem';
import { Tokenizer } from '../tokenizer/tokenizer';

/** Bytes and tokens of a label. */
const MOST_BYTES: u32 = 1024;
const MOST_TOKENS: i32 = 256;


@final
export class Labels {
  /** Tokens of each label, in the given order. */
  private readonly tokens: StaticArray<i32>[] = [];
  /** Their positions in the given order, sorted by tokens. */
  private readonly order: i32[] = [];

  private constructor() {}

  /** Tokenizes labels as plain text, without the tokens that begin or end a prompt. */
  static of(texts: Span[], tokenizer: Tokenizer): Result<Labels> {
    const labels = new Labels();
    for (let i = 0; i < texts.length; ++i) {
      const why = labels.add(texts[i], tokenizer);
      if (why !== null) return Result.fail<Labels>(why.code == Code.HEAP_FULL ? why : why.of(`label ${i + 1}`));
    }
    labels.sort();
    for (let i = 1; i < texts.length; ++i) {
      if (labels.common(i) == max(labels.length(i), labels.length(i - 1))) {
        return Result.fail<Labels>(same(texts, labels.number(i - 1), labels.number(i)));
      }
    }
    return Result.ok<Labels>(labels);
  }

  private add(text: Span, tokenizer: Tokenizer): Problem | null {
    if (text.size == 0) return new Problem('it is empty');
    if (text.size > MOST_BYTES) return new Problem(`it has ${text.size} bytes, and may have ${MOST_BYTES}`);
    const problem = tokenizer.encode(text.ptr, text.size, false, false);
    if (problem !== null) return problem;
    const count = tokenizer.count;
    if (count == 0) return new Problem('the model has no tokens for it');
    if (count > MOST_TOKENS) return new Problem(`it has ${count} tokens, and may have ${MOST_TOKENS}`);
    const tokens = new StaticArray<i32>(count);
    for (let i = 0; i < count; ++i) tokens[i] = load<i32>(tokenizer.tokens + ((<usize>i) << 2));
    this.tokens.push(tokens);
    return null;
  }

  /** Insertion sort: there are few labels, and they often come in order. */
  private sort(): void {
    const order = this.order;
    for (let i = 0; i < this.tokens.length; ++i) {
      let at = i;
      order.push(i);
      for (; at > 0 && isBefore(this.tokens[i], this.tokens[order[at - 1]]); --at) order[at] = order[at - 1];
      order[at] = i;
    }
  }

  get count(): i32 {
    return this.order.length;
  }

  /** The number, in the given order, of the i-th label. */
  number(i: i32): i32 {
    return this.order[i];
  }

  /** Tokens of the i-th label. */
  length(i: i32): i32 {
    return this.tokens[this.order[i]].length;
  }

  token(i: i32, at: i32): i32 {
    return this.tokens[this.order[i]][at];
  }

  /** Tokens that the i-th label has in common with the previous one. */
  private common(i: i32): i32 {
    const most = min(this.length(i), this.length(i - 1));
    let common = 0;
    while (common < most && this.token(i, common) == this.token(i - 1, common)) ++common;
    return common;
  }

  /** Depth of the first place of the i-th label that the previous labels do not have. */
  firstDepth(i: i32): i32 {
    if (i == 0) return 0;
    const common = this.common(i);
    return this.length(i - 1) == common ? common : common + 1;
  }

  /** The index after the last label with the same first `depth` tokens as the i-th. */
  endOf(i: i32, depth: i32): i32 {
    let end = i + 1;
    while (end < this.count && this.common(end) >= depth) ++end;
    return end;
  }

  /** Whether the previous label consists of exactly the first `depth` tokens of the i-th. */
  isLabel(i: i32, depth: i32): bool {
    return i > 0 && this.length(i - 1) == depth && this.common(i) == depth;
  }

  /** Number of places. */
  get places(): i32 {
    let places = 0;
    for (let i = 0; i < this.count; ++i) places += this.length(i) - this.firstDepth(i);
    return places;
  }

  /** Tokens of the longest label. */
  get longest(): i32 {
    let longest = 0;
    for (let i = 0; i < this.count; ++i) longest = max(longest, this.length(i));
    return longest;
  }
}

function isBefore(a: StaticArray<i32>, b: StaticArray<i32>): bool {
  const most = min(a.length, b.length);
  for (let i = 0; i < most; ++i) if (a[i] != b[i]) return a[i] < b[i];
  return a.length < b.length;
}

/** The problem of two labels that have the same tokens. */
function same(texts: Span[], one: i32, other: i32): Problem {
  const first = min(one, other);
  const second = max(one, other);
  const a = texts[first];
  const b = texts[second];
  const areEqual = a.size == b.size && memory.compare(a.ptr, b.ptr, a.size) == 0;
  const both = `labels ${first + 1} and ${second + 1} are`;
  return new Problem(
    areEqual ? `${both} equal: name each once` : `${both} the same tokens to the model, which cannot tell them apart`,
  );
}
