/** Classes of characters that patterns name by a letter or a Unicode property. */
import { RUNS } from '../tokenizer/unicode.generated';
import { LETTER, MARK, NUMBER, PUNCTUATION, SYMBOL } from '../tokenizer/unicode.generated';
import { LAST_POINT } from './automata';
import { CharacterClasses } from './character-classes';

/** First and last code points, ascending (ECMA-262, CharacterClassEscape). */
const DIGITS: StaticArray<u32> = [0x30, 0x39];
const WORDS: StaticArray<u32> = [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a];
const SPACES: StaticArray<u32> = [
  0x09, 0x0d, 0x20, 0x20, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, 0x2028, 0x2029, 0x202f, 0x202f, 0x205f, 0x205f,
  0x3000, 0x3000, 0xfeff, 0xfeff,
];
const LINE_ENDS: StaticArray<u32> = [0x0a, 0x0a, 0x0d, 0x0d, 0x2028, 0x2029];

/** Adds the ranges, or the gaps between them, to the class that is being made; false if there is no room. */
function addRanges(classes: CharacterClasses, ranges: StaticArray<u32>, negated: bool): bool {
  let next: u32 = 0;
  for (let i = 0; i < ranges.length; i += 2) {
    const isThere = negated ? classes.add(next, ranges[i] - 1) : classes.add(ranges[i], ranges[i + 1]);
    if (!isThere) return false;
    next = ranges[i + 1] + 1;
  }
  return !negated || classes.add(next, LAST_POINT);
}

/** Whether a letter after a backslash names a class: d, w, s, or the complement of one, D, W, S. */
export function isShorthand(letter: u32): bool {
  const lower = letter | 0x20;
  return lower == 0x64 || lower == 0x77 || lower == 0x73;
}

export function addShorthand(classes: CharacterClasses, letter: u32): bool {
  const lower = letter | 0x20;
  return addRanges(classes, lower == 0x64 ? DIGITS : lower == 0x77 ? WORDS : SPACES, letter != lower);
}

/** Adds the characters of ".". */
export function addDot(classes: CharacterClasses): bool {
  return addRanges(classes, LINE_ENDS, true);
}

/** Bit of a general category of Unicode by its short or long name; 0 if it is not known here. */
export function categoryOf(name: string): u32 {
  if (name == 'L' || name == 'Letter') return LETTER;
  if (name == 'N' || name == 'Number') return NUMBER;
  if (name == 'P' || name == 'Punctuation') return PUNCTUATION;
  if (name == 'S' || name == 'Symbol') return SYMBOL;
  return name == 'M' || name == 'Mark' ? MARK : 0;
}

/** Adds the characters of a category, or all others. */
export function addCategory(classes: CharacterClasses, category: u32, negated: bool): bool {
  for (let i = 0; i < RUNS.length; ++i) {
    if (((RUNS[i] & category) != 0) == negated) continue;
    const last = i + 1 < RUNS.length ? (RUNS[i + 1] >> 6) - 1 : LAST_POINT;
    if (!classes.add(RUNS[i] >> 6, last)) return false;
  }
  return true;
}
