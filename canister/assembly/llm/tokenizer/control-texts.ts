import { Extent } from '../../memory/extent';
import { TokenList, TokenizerFamily } from './family';
import { lengthByLead } from '../../utf8';
import { CONTROL, Vocabulary } from './vocabulary';

/**
 * Removes control tokens from the tokens of plain text: the merges of Llama 2 also make "</s>" of "<", "/", "s" and
 * ">". Such a token's text is cut after its first character, and no token is merged across that cut.
 */
@final
export class ControlTexts {
  private readonly behind: Extent = new Extent();

  constructor(private readonly vocabulary: Vocabulary) {}

  /**
   * Checks the tokens from `from` on: the token for unknown characters is the only control token allowed. False if
   * memory is short.
   */
  split(list: TokenList, from: u32, family: TokenizerFamily, unknown: i32): bool {
    for (let i = from; i < list.count;) {
      const id = load<i32>(list.ptr + ((<usize>i) << 2));
      const first = id == unknown ? 0 : this.firstCharacter(id);
      if (first == 0) {
        ++i;
        continue;
      }
      const after = (<usize>(list.count - i - 1)) << 2;
      if (!this.behind.reserve(max<usize>(4, after))) return false;
      memory.copy(this.behind.ptr, list.ptr + ((<usize>i + 1) << 2), after);
      list.count = i;
      const text = this.vocabulary.text(id);
      if (!family.encode(text, first, false, list)) return false;
      if (!family.encode(text + first, this.vocabulary.length(id) - first, false, list)) return false;
      memory.copy(list.ptr + ((<usize>list.count) << 2), this.behind.ptr, after);
      list.count += <u32>(after >> 2);
      // The replacement is checked, too: it is shorter.
    }
    this.behind.trim();
    return true;
  }

  /** Bytes of the first character of a control token's text; 0 for other tokens, and for a text of one character. */
  private firstCharacter(id: i32): u32 {
    if ((this.vocabulary.attributesOf(id) & CONTROL) == 0) return 0;
    const length = this.vocabulary.length(id);
    const first: u32 = length == 0 ? 0 : lengthByLead(load<u8>(this.vocabulary.text(id)));
    return first < length ? first : 0;
  }

  dispose(): void {
    this.behind.release();
  }
}
