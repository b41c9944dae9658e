import { formatBytes, formatDuration } from './amounts.js';
import type { Output } from './output.js';

/** Progress in bytes. */
export interface Progress {
  bytes: number;
  total: number;
  /** Bytes per second; 0 if unknown. */
  rate: number;
  /** Remaining seconds, if known. */
  eta: number | undefined;
}

const REDRAW_MS = 80;
const QUIET_SECONDS = 5;
const BAR = 24;
const SHORTEST_BAR = 6;
const SHORTEST_LABEL = 24;

/** The numbers in several versions, from all of them to the fewest useful ones. */
function numbers({ bytes, total, rate, eta }: Progress): [string, ...string[]] {
  const speed = rate > 0 ? `  ${formatBytes(rate)}/s` : '';
  const left = eta === undefined ? '' : `  ETA ${formatDuration(eta)}`;
  const amount = `${formatBytes(bytes)} of ${formatBytes(total)}`;
  return [`${amount}${speed}${left}`, `${amount}${left}`, left.trim()];
}

/** A text of at most `most` characters: a longer one loses its middle. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = Math.max(2, most - 1);
  return `${text.slice(0, Math.ceil(kept / 2))}…${text.slice(text.length - Math.floor(kept / 2))}`;
}

/**
 * One line of a terminal: the bar takes the space that the numbers leave. If that is too little, a long label is
 * shortened, and then numbers are left out.
 */
function barLine(label: string, share: number, percent: string, progress: Progress, columns: number): string {
  const texts = numbers(progress);
  const length = Math.min(BAR, columns - label.length - percent.length - texts[0].length - 5);
  if (length >= SHORTEST_BAR) {
    const full = Math.round(share * length);
    return `${label}  ${'█'.repeat(full)}${'░'.repeat(length - full)} ${percent}  ${texts[0]}`;
  }
  const roomBeside = (text: string) => columns - percent.length - text.length - 3;
  const text = texts.find((each) => roomBeside(each) >= Math.min(label.length, SHORTEST_LABEL)) ?? '';
  return `${shortened(label, Math.max(8, roomBeside(text)))} ${percent}  ${text}`.slice(0, columns);
}

/** A bar that is redrawn in place on a terminal, and an occasional line elsewhere. */
export class ProgressBar {
  readonly #output: Output;
  readonly #label: string;
  #drawn: number;
  readonly #always: boolean;
  #open = false;

  /** @param always  whether to show a line even if the work ends at once; otherwise only after some seconds */
  constructor(output: Output, label: string, always = true) {
    this.#output = output;
    this.#label = label;
    this.#always = always;
    this.#drawn = always ? Number.NEGATIVE_INFINITY : performance.now();
  }

  update(progress: Progress): void {
    const now = performance.now();
    const done = progress.bytes >= progress.total;
    const { stderr } = this.#output;
    const share = progress.total === 0 ? 1 : Math.min(1, progress.bytes / progress.total);
    const percent = `${String(Math.floor(share * 100)).padStart(3)} %`;
    if (stderr.isTTY) {
      if (!done && now - this.#drawn < REDRAW_MS) return;
      const columns = Math.max(20, (stderr.columns ?? 80) - 1);
      stderr.write(`\r\x1b[2K${barLine(this.#label, share, percent, progress, columns)}`);
      this.#open = true;
    } else {
      if (!(done && this.#always) && now - this.#drawn < QUIET_SECONDS * 1000) return;
      this.#output.note(`${this.#label} ${percent}  ${numbers(progress)[0]}`);
    }
    this.#drawn = now;
  }

  /** Leaves the bar in place and continues below it. */
  end(): void {
    if (this.#open) this.#output.stderr.write('\n');
    this.#open = false;
  }
}

/** A remark that stays on its line during a wait, with the elapsed seconds. */
export class Waiting {
  readonly #output: Output;
  readonly #started = performance.now();
  readonly #timer: NodeJS.Timeout | undefined;
  #label: string;

  constructor(output: Output, label: string) {
    this.#output = output;
    this.#label = label;
    if (output.stderr.isTTY) {
      this.#draw();
      this.#timer = setInterval(() => this.#draw(), 1000);
      this.#timer.unref();
    } else {
      output.note(`${label} ...`);
    }
  }

  set label(text: string) {
    if (this.#timer === undefined && text !== this.#label) this.#output.note(`${text} ...`);
    this.#label = text;
  }

  /** Ends the line; a text replaces it. */
  end(text?: string): void {
    clearInterval(this.#timer);
    if (this.#timer) this.#output.stderr.write('\r\x1b[2K');
    if (text !== undefined) this.#output.note(text);
  }

  #draw(): void {
    const seconds = Math.floor((performance.now() - this.#started) / 1000);
    const text = `${this.#label} ...${seconds > 1 ? ` ${seconds} s` : ''}`;
    this.#output.stderr.write(`\r\x1b[2K${text.slice(0, Math.max(20, (this.#output.stderr.columns ?? 80) - 1))}`);
  }
}

/** Waits for an action, with a remark that goes when it has ended. */
export async function meanwhile<T>(output: Output, label: string, action: () => Promise<T>): Promise<T> {
  const waiting = new Waiting(output, label);
  try {
    return await action();
  } finally {
    waiting.end();
  }
}
