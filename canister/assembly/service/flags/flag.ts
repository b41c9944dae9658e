/** What follows a flag. */
export const NOTHING: u8 = 0;
export const TEXT: u8 = 1;
/** A whole number. */
export const WHOLE: u8 = 2;
/** A number. */
export const REAL: u8 = 3;
/** `on`, `off` or `auto`, or nothing. */
export const CHOICE: u8 = 4;

/** What becomes of a flag, if it is none of honoured.ts, whose numbers begin above. */
/** What it asks for is so anyhow, or shows on no answer: taken in silence. */
export const MOOT: u8 = 0;
/** What it asks for cannot be, and no answer depends on it: the log says so. */
export const IGNORED: u8 = 1;
/** Accepted with the one value that asks for nothing. */
export const NEUTRAL: u8 = 2;
/** An answer would depend on it. */
export const REFUSED: u8 = 3;

/** One row of the tables: a flag of llama.cpp's command line in all its forms. */
@final
export class Flag {
  constructor(
    /** Its forms, separated by spaces. */
    readonly names: string,
    /** What follows it. */
    readonly value: u8,
    /** What becomes of it. */
    readonly meaning: u8,
    /** Why it is ignored or refused, or what its neutral value is. */
    readonly note: string = '',
  ) {}
}
