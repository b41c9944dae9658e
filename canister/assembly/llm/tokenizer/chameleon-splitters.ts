import { CharacterRun } from './character-run';
import { RunSplitter, Splitter } from './splitter';
import { PUNCTUATION } from './unicode.generated';

/** Whether `word` stands at `index`. */
function isAt(text: CharacterRun, index: u32, end: u32, word: string): bool {
  if (end - index < <u32>word.length) return false;
  for (let i = 0; i < word.length; ++i) if (text.point(index + i) != <u32>word.charCodeAt(i)) return false;
  return true;
}

/** Chameleon's marks of places and pictures: `<sentinel:[0-9]+>` and `IMGIMG[A-I]{1,4}Z`. */
export class PictureSplitter extends Splitter {
  split(text: CharacterRun, start: u32, end: u32): void {
    for (let i = start; i < end;) {
      const next = max(this.sentinelEnd(text, i, end), this.pictureEnd(text, i, end));
      if (next > i) {
        text.begin(i);
        text.begin(next);
      }
      i = max(next, i + 1);
    }
  }

  private sentinelEnd(text: CharacterRun, index: u32, end: u32): u32 {
    if (!isAt(text, index, end, '<sentinel:')) return index;
    const from = index + 10;
    let i = from;
    while (i < end && text.point(i) - 0x30 < 10) ++i;
    return i > from && i < end && text.point(i) == 0x3e ? i + 1 : index;
  }

  private pictureEnd(text: CharacterRun, index: u32, end: u32): u32 {
    if (!isAt(text, index, end, 'IMGIMG')) return index;
    const from = index + 6;
    let i = from;
    while (i < end && i - from < 4 && text.point(i) - 0x41 < 9) ++i;
    return i > from && i < end && text.point(i) == 0x5a ? i + 1 : index;
  }
}

/** `[\t\n]|    |  `: tabs and ends of lines, four spaces, or two. */
export class IndentSplitter extends Splitter {
  split(text: CharacterRun, start: u32, end: u32): void {
    for (let i = start; i < end;) {
      const next = i + this.length(text, i, end);
      if (next > i) {
        text.begin(i);
        text.begin(next);
      }
      i = max(next, i + 1);
    }
  }

  private length(text: CharacterRun, index: u32, end: u32): u32 {
    const point = text.point(index);
    if (point == 0x09 || point == 0x0a) return 1;
    if (isAt(text, index, end, '    ')) return 4;
    return isAt(text, index, end, '  ') ? 2 : 0;
  }
}

/** `[\p{P}!-/:-@\[-`{-~]`, each for itself. */
export class MarkSplitter extends RunSplitter {
  constructor() {
    super(true, false);
  }

  matches(text: CharacterRun, index: u32): bool {
    if ((text.classOf(index) & PUNCTUATION) != 0) return true;
    const point = text.point(index);
    return point > 0x20 && point < 0x7f && point - 0x30 >= 10 && (point | 0x20) - 0x61 >= 26;
  }
}
