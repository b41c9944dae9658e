import { Machine } from './machine';
import { bytesOf, lengthOf } from './texts';
import { Value } from './values';

/** Dates, as Python's `strftime` writes them, in English and UTC. */

const DAYS: string[] = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS: string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAY: i64 = 86400;

let year: i64 = 0;
let month: i64 = 0;
let day: i64 = 0;
let dayOfYear: i64 = 0;
let weekDay: i64 = 0;
let second: i64 = 0;

/** Finds the day of a time (Hinnant's `civil_from_days`: years begin in March, in eras of 400). */
function setDay(time: i64): void {
  let days = time / DAY;
  second = time % DAY;
  if (second < 0) {
    second += DAY;
    --days;
  }
  weekDay = (((days + 4) % 7) + 7) % 7;
  const shifted = days + 719468;
  const era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const ofEra = shifted - era * 146097;
  const yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36524 - ofEra / 146096) / 365;
  const sinceMarch = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const monthFromMarch = (5 * sinceMarch + 2) / 153;
  day = sinceMarch - (153 * monthFromMarch + 2) / 5 + 1;
  month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  year = yearOfEra + era * 400 + i64(month <= 2);
  const isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  dayOfYear = month > 2 ? sinceMarch + 60 + i64(isLeap) : sinceMarch - 305;
}

/** The time of the rendering in a form. */
export function formatTime(machine: Machine, form: usize): Value {
  setDay(machine.time);
  const output = machine.output;
  const from = output.length;
  const length = lengthOf(form);
  machine.spendBytes(length);
  let plain: u32 = 0;
  for (let at: u32 = 0; at + 1 < length && !output.isFull; ++at) {
    if (load<u8>(bytesOf(form) + at) != 0x25) continue;
    output.writePart(form, plain, at);
    let code: u32 = load<u8>(bytesOf(form) + at + 1);
    // "%-d" is "%d" without the zero before it.
    const isShort = code == 0x2d && at + 2 < length;
    if (isShort) code = load<u8>(bytesOf(form) + ++at + 1);
    if (writePart(machine, code, isShort)) plain = at + 2;
    else plain = isShort ? at - 1 : at;
    ++at;
  }
  output.writePart(form, min(plain, length), length);
  return machine.taken(from);
}

function digits(machine: Machine, value: i64, width: i32, isShort: bool): void {
  let divisor: i64 = 1;
  for (let i = 1; i < width; ++i) divisor *= 10;
  while (value >= divisor * 10) divisor *= 10;
  if (isShort) while (divisor > 1 && value < divisor) divisor /= 10;
  for (; divisor > 0; divisor /= 10) machine.output.writeByte(<u32>(0x30 + ((value / divisor) % 10)), true);
}

function word(machine: Machine, text: string, isShort: bool): void {
  const length = isShort ? 3 : text.length;
  for (let i = 0; i < length; ++i) machine.output.writeByte(text.charCodeAt(i), true);
}

/** Writes a part of the time; false if the letter is unknown. */
function writePart(machine: Machine, code: u32, isShort: bool): bool {
  const hour = second / 3600;
  switch (code) {
    case 0x59: // Y
      digits(machine, year, 4, isShort);
      break;
    case 0x79: // y
      digits(machine, year % 100, 2, isShort);
      break;
    case 0x6d: // m
      digits(machine, month, 2, isShort);
      break;
    case 0x64: // d
      digits(machine, day, 2, isShort);
      break;
    case 0x48: // H
      digits(machine, hour, 2, isShort);
      break;
    case 0x49: // I
      digits(machine, ((hour + 11) % 12) + 1, 2, isShort);
      break;
    case 0x4d: // M
      digits(machine, (second / 60) % 60, 2, isShort);
      break;
    case 0x53: // S
      digits(machine, second % 60, 2, isShort);
      break;
    case 0x6a: // j
      digits(machine, dayOfYear, 3, isShort);
      break;
    case 0x42: // B
      word(machine, MONTHS[<i32>month - 1], false);
      break;
    case 0x62: // b
      word(machine, MONTHS[<i32>month - 1], true);
      break;
    case 0x41: // A
      word(machine, DAYS[<i32>weekDay], false);
      break;
    case 0x61: // a
      word(machine, DAYS[<i32>weekDay], true);
      break;
    case 0x70: // p
      machine.output.writeWord(hour < 12 ? 'AM' : 'PM', true);
      break;
    case 0x5a: // Z
      machine.output.writeWord('UTC', true);
      break;
    case 0x7a: // z
      machine.output.writeWord('+0000', true);
      break;
    case 0x25: // %
      machine.output.writeByte(0x25, true);
      break;
    default:
      return false;
  }
  return true;
}
