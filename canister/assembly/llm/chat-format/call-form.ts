import { Tokenizer } from '../tokenizer/tokenizer';
import { Literal, NOTHING } from './literal';

/** How a model writes tool calls. */
export const enum Calls {
  /** Not at all. */
  None,
  /** `{"name": "f", "arguments": {...}}`, or `{"f": {...}}` */
  Object,
  /** The bare name, then `{...}` */
  Named,
  /** The bare name, then each argument between marks */
  Tagged,
  /** The bare name, then keyword arguments as in Python */
  Keyword,
}

/** Characters of an object's pattern that stand for its parts. */
export const FUNCTION: i32 = 4;
export const ARGUMENTS: i32 = 5;
export const ID: i32 = 6;

/** Where the number of a call stands, if there is one. */
export const enum IdPlace {
  Nowhere,
  BeforeName,
  BehindName,
}

/**
 * The form of calls. All of them together are
 *
 *     section call { separator call } sectionEnd
 *
 * and a call is, by its kind,
 *
 *     Object   start { "name": NAME, "arguments": {...} } end
 *     Named    start NAME first {...} end            or with an id:  start NAME first ID second {...} end
 *     Tagged   start NAME first { argument KEY middle VALUE valueEnd } end      start ID first NAME second ...
 *     Keyword  start NAME first [ KEY middle VALUE { valueEnd KEY middle VALUE } ] end
 */
@final
export class CallForm {
  kind: Calls = Calls.None;
  section: Literal = NOTHING;
  sectionEnd: Literal = NOTHING;
  separator: Literal = NOTHING;
  start: Literal = NOTHING;
  end: Literal = NOTHING;
  /** At most one call is written. */
  isSingle: bool = false;
  /** The form is not the model's own, so the model has to be told of it (instructions.ts). */
  isGeneric: bool = false;

  /** Object: names of its members; if `nameKey` is empty, the member's name is the name of the call. */
  nameKey: string = '';
  argumentsKey: string = '';
  /** Empty if there is no id. */
  idKey: string = '';
  /** The object as it is written, with FUNCTION, ARGUMENTS and ID in place of its parts. */
  pattern: string = '';
  /** Another beginning of calls, as text only. */
  otherStart: Literal = NOTHING;

  idPlace: IdPlace = IdPlace.Nowhere;
  first: Literal = NOTHING;
  second: Literal = NOTHING;
  argument: Literal = NOTHING;
  middle: Literal = NOTHING;
  valueEnd: Literal = NOTHING;
  /** Keyword: the mark around texts; without one they have quotes. */
  quote: Literal = NOTHING;
  /** The WORD in `middle` for a text, and for any other value. */
  textWord: string = '';
  otherWord: string = '';

  /** The beginning of calls; blank if an answer that consists of calls only has no mark. */
  get trigger(): Literal {
    return this.section.isBlank ? this.start : this.section;
  }

  bind(tokenizer: Tokenizer): void {
    this.section.bind(tokenizer);
    this.sectionEnd.bind(tokenizer);
    this.separator.bind(tokenizer);
    this.start.bind(tokenizer);
    this.end.bind(tokenizer);
    this.otherStart.bind(tokenizer);
    this.first.bind(tokenizer);
    this.second.bind(tokenizer);
    this.argument.bind(tokenizer);
    this.middle.bind(tokenizer);
    this.valueEnd.bind(tokenizer);
    this.quote.bind(tokenizer);
  }
}
