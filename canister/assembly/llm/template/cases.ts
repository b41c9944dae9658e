import { SPECIALS_UPPER, bsearch, casemap } from 'util/casemap';
import { DECODED_CODE_POINT, DECODED_LENGTH_SHIFT, decode, encode } from '../../utf8';
import { Output } from './output';
import { bytesOf, isTemplateAt, lengthOf } from './texts';

/** Small and capital letters of all of Unicode, as JavaScript has them. */

const scratch: usize = memory.data(16);

const UPPER: i32 = 1;
const LOWER: i32 = 0;
const SIGMA: u32 = 0x3a3;

/** The small letter of a character. */
export function lowerPoint(point: u32): u32 {
  if (point < 0x80) return point - 0x41 < 26 ? point + 32 : point;
  if (point - 0x24b6 < 26) return point + 26;
  return point >= 0x20000 ? point : <u32>(casemap(point, LOWER) & 0x1fffff);
}

function upperPoint(point: u32): u32 {
  if (point < 0x80) return point - 0x61 < 26 ? point - 32 : point;
  if (point - 0x24d0 < 26) return point - 26;
  return point >= 0x20000 ? point : <u32>(casemap(point, UPPER) & 0x1fffff);
}

function isLetter(point: u32): bool {
  return lowerPoint(point) != point || upperPoint(point) != point;
}

function writePoint(output: Output, point: u32, isTemplate: bool): void {
  output.write(scratch, encode(point, scratch), isTemplate);
}

/** Writes the bytes from `from` to `to` of a text in capital letters. */
export function writeUpper(output: Output, text: usize, from: u32, to: u32): void {
  const bytes = bytesOf(text);
  for (let at = from; at < to && !output.isFull;) {
    const decoded = decode(bytes + at, bytes + to);
    const point = decoded & DECODED_CODE_POINT;
    const isTemplate = isTemplateAt(text, at);
    at += decoded >> DECODED_LENGTH_SHIFT;
    const row =
      point >= 0xdf && point <= 0xfb17 ? bsearch(point, changetype<usize>(SPECIALS_UPPER), SPECIALS_UPPER.length) : -1;
    if (row < 0) {
      writePoint(output, upperPoint(point), isTemplate);
      continue;
    }
    for (let i = 1; i < 4; ++i) {
      const unit = SPECIALS_UPPER[row + i];
      if (unit != 0) writePoint(output, unit, isTemplate);
    }
  }
}

/** Writes a text in small letters. */
export function writeLower(output: Output, text: usize): void {
  const bytes = bytesOf(text);
  const end = bytes + lengthOf(text);
  let isBehindLetter = false;
  for (let at = bytes; at < end && !output.isFull;) {
    const decoded = decode(at, end);
    const point = decoded & DECODED_CODE_POINT;
    const isTemplate = isTemplateAt(text, <u32>(at - bytes));
    at += decoded >> DECODED_LENGTH_SHIFT;
    if (point == SIGMA) {
      const isLast = isBehindLetter && (at == end || !isLetter(decode(at, end) & DECODED_CODE_POINT));
      writePoint(output, isLast ? 0x3c2 : 0x3c3, isTemplate);
    } else {
      writePoint(output, lowerPoint(point), isTemplate);
      if (point == 0x130) writePoint(output, 0x307, isTemplate);
    }
    isBehindLetter = isLetter(point);
  }
}
