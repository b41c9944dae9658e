/** Dates of the proleptic Gregorian calendar, UTC (Howard Hinnant: chrono-compatible low-level date algorithms). */

const SECOND: u64 = 1_000_000_000;

function padded(value: u64): string {
  return value.toString().padStart(2, '0');
}

/** A time in nanoseconds since 1970 as YYYY, MM, DD and so on: `2026-01-31_23-59-59` with `-`, `_` and `-`. */
export function timestamp(time: u64, dateSeparator: string, between: string, timeSeparator: string): string {
  const seconds = time / SECOND;
  const days = seconds / 86400;
  const second = seconds % 86400;
  // Years begin in March, so that the leap day is their last, and are counted from the year 0 in eras of 400.
  const shifted = days + 719468;
  const era = shifted / 146097;
  const dayOfEra = shifted % 146097;
  const yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
  const dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const shiftedMonth = (5 * dayOfYear + 2) / 153;
  const day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  const date = year.toString() + dateSeparator + padded(month) + dateSeparator + padded(day);
  const clock =
    padded(second / 3600) + timeSeparator + padded((second / 60) % 60) + timeSeparator + padded(second % 60);
  return date + between + clock;
}
