import { Tokenizer } from '../tokenizer/tokenizer';
import { Literal, NOTHING } from './literal';

/** How a model writes the calls of tools. */
export const enum Calls {
  /** Not at all. */
  None,
  /** `{"name": "f", "arguments": {...}}`, or `{"f": {...}}` */
  Object,
  /** The name by itself, then `{...}` */
  Named,
  /** The name by itself, then each argument between marks */
  Tagged,
  /** The name by itself, then arguments as a function of Python is given them */
  Keyword,
}

/** Characters of an object's pattern that stand for its parts. */
export const FUNCTION: i32 = 4;
export const ARGUMENTS: i32 = 5;
export const ID: i32 = 6;

/** Where the number of a call stands, if it is written at all. */
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
  /** No more than one call is ever written. */
  isSingle: bool = false;
  /** It is not the model's own: the model has to be told of it (instructions.ts). */
  isGeneric: bool = false;

  /** Object: names of its members; the name of a call is the member's name itself if `nameKey` is empty. */
  nameKey: string = '';
  argumentsKey: string = '';
  /** Empty if there is no id. */
  idKey: string = '';
  /** The object as it is written, with FUNCTION, ARGUMENTS and ID in the place of its parts. */
  pattern: string = '';
  /** Another way in which calls may begin, as text alone. */
  otherStart: Literal = NOTHING;

  idPlace: IdPlace = IdPlace.Nowhere;
  first: Literal = NOTHING;
  second: Literal = NOTHING;
  argument: Literal = NOTHING;
  middle: Literal = NOTHING;
  valueEnd: Literal = NOTHING;
  /** Keyword: the mark around texts; without one they have quotes. */
  quote: Literal = NOTHING;
  /** The WORD in `middle`, of a text and of anything else. */
  textWord: string = '';
  otherWord: string = '';

  /** What calls begin with; blank if an answer that is nothing but a call has no mark. */
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
