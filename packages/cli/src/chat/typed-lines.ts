// Messages of several lines in a terminal. Pasted text is enclosed in two marks (bracketed paste, which xterm
// introduced and nearly all terminals have), so its line ends differ from the Enter key; Ctrl-J and Alt-Enter type a
// line end. readline edits a single line, so a line end is shown as a sign, and replaced when the line is done.
import { Transform, type TransformCallback } from 'node:stream';

const PASTE_BEGINS = '\x1b[200~';
const PASTE_ENDS = '\x1b[201~';

/** Asks a terminal to mark pasted text, or to stop. */
export const MARK_PASTES = '\x1b[?2004h';
export const LEAVE_PASTES = '\x1b[?2004l';

/** A sign and a zero-width character, which nobody types together. */
const LINE_END = '⏎\u200b';

/** A line from readline, with its line ends restored. */
export function withLineEnds(line: string): string {
  return line.replaceAll(LINE_END, '\n');
}

/** The length of an incomplete mark at the end of a chunk; the rest comes with the next. */
function unfinished(text: string): number {
  for (let length = Math.min(PASTE_BEGINS.length - 1, text.length); length >= 3; length--) {
    const tail = text.slice(-length);
    if (PASTE_BEGINS.startsWith(tail) || PASTE_ENDS.startsWith(tail)) return length;
  }
  return 0;
}

/** Turns the keys of a terminal into those for readline: the only line ends are those of the Enter key. */
export class TypedLines extends Transform {
  readonly isTTY = true;
  readonly #setRawMode: (raw: boolean) => void;
  readonly #decoder = new TextDecoder();
  #pasting = false;
  #held = '';

  constructor(setRawMode: (raw: boolean) => void) {
    super();
    this.#setRawMode = setRawMode;
  }

  /** readline switches the terminal's mode through its input. */
  setRawMode(raw: boolean): this {
    this.#setRawMode(raw);
    return this;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    let text = this.#held + this.#decoder.decode(chunk, { stream: true });
    const keep = unfinished(text);
    this.#held = text.slice(text.length - keep);
    text = text.slice(0, text.length - keep);
    let keys = '';
    while (text !== '') {
      const mark = this.#pasting ? PASTE_ENDS : PASTE_BEGINS;
      const at = text.indexOf(mark);
      const part = at < 0 ? text : text.slice(0, at);
      keys += this.#pasting ? pasted(part) : typed(part);
      if (at < 0) break;
      this.#pasting = !this.#pasting;
      text = text.slice(at + mark.length);
    }
    done(null, keys);
  }
}

function typed(text: string): string {
  // Raw terminals send CR for Enter; LF is Ctrl-J.
  return text.replaceAll('\x1b\r', LINE_END).replaceAll('\n', LINE_END);
}

/** Pasted text contains no keys with an effect. */
function pasted(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replaceAll('\n', LINE_END);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return lines.replaceAll('\t', '    ').replace(/[\x00-\x1f\x7f]/g, '');
}
