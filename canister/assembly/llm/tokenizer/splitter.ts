import { CharacterRun } from './character-run';

/** One pass of a pre-tokenizer: cuts each piece of a text further. Positions are indices of characters. */
export abstract class Splitter {
  /** Marks the beginnings of pieces within the piece [start, end) of `text`, start < end. */
  abstract split(text: CharacterRun, start: u32, end: u32): void;
}

/**
 * Makes every match of `space? c+` a piece of its own, where c is a kind of character: the leftmost match first, as
 * long as possible; the text between matches stays together.
 */
export abstract class RunSplitter extends Splitter {
  constructor(
    /** Each character is a piece, instead of each run. */
    private readonly single: bool,
    /** White space before a run belongs to it. */
    private readonly leadingSpace: bool,
  ) {
    super();
  }

  abstract matches(text: CharacterRun, index: u32): bool;

  split(text: CharacterRun, start: u32, end: u32): void {
    for (let i = start; i < end;) {
      let next = i;
      if (this.leadingSpace && text.isSpace(i) && i + 1 < end && this.matches(text, i + 1)) ++next;
      else if (!this.matches(text, i)) {
        ++i;
        continue;
      }
      do ++next;
      while (!this.single && next < end && this.matches(text, next));
      text.begin(i);
      text.begin(next);
      i = next;
    }
  }
}
