// Messages of several lines in a terminal. What is pasted comes between two marks (bracketed paste, which xterm
// introduced and nearly all terminals have), so its line ends are told from the Enter key; Ctrl-J and Alt-Enter type one.
// readline edits a single line, so in it a line end is shown as a sign, and put back when the line is done.
import { Transform, type TransformCallback } from 'node:stream';

const PASTE_BEGINS = '\x1b[200~';
const PASTE_ENDS = '\x1b[201~';

/** Asks a terminal to mark what is pasted, or to stop it. */
export const MARK_PASTES = '\x1b[?2004h';
export const LEAVE_PASTES = '\x1b[?2004l';

/** A sign and a character without width, which nobody types together. */
const LINE_END = '⏎\u200b';

/** A line as readline has it, with its line ends. */
export function withLineEnds(line: string): string {
  return line.replaceAll(LINE_END, '\n');
}

/** The length of the beginning of a mark that a chunk ends with: the rest comes with the next. */
function unfinished(text: string): number {
  for (let length = Math.min(PASTE_BEGINS.length - 1, text.length); length >= 3; length--) {
    const tail = text.slice(-length);
    if (PASTE_BEGINS.startsWith(tail) || PASTE_ENDS.startsWith(tail)) return length;
  }
  return 0;
}

/** The keys of a terminal as readline is to see them: the only line ends are those of the Enter key. */
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

  /** readline switches the terminal through its input. */
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

/** What is pasted is text: no key that does something is in it. */
function pasted(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replaceAll('\n', LINE_END);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return lines.replaceAll('\t', '    ').replace(/[\x00-\x1f\x7f]/g, '');
}
