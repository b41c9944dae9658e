import { formatBytes, formatDuration } from './amounts.js';
import type { Output } from './output.js';

/** How far something is, in bytes. */
export interface Progress {
  bytes: number;
  total: number;
  /** Bytes per second; 0 where it is not known. */
  rate: number;
  /** Seconds left, where it is known. */
  eta: number | undefined;
}

const REDRAW_MS = 80;
const QUIET_SECONDS = 5;
const BAR = 24;

function numbers({ bytes, total, rate, eta }: Progress): string {
  const speed = rate > 0 ? `  ${formatBytes(rate)}/s` : '';
  const left = eta === undefined ? '' : `  ETA ${formatDuration(eta)}`;
  return `${formatBytes(bytes)} of ${formatBytes(total)}${speed}${left}`;
}

/** A bar that is drawn over itself on a terminal, and a line now and then elsewhere. */
export class ProgressBar {
  readonly #output: Output;
  readonly #label: string;
  #drawn = Number.NEGATIVE_INFINITY;
  #open = false;

  constructor(output: Output, label: string) {
    this.#output = output;
    this.#label = label;
  }

  update(progress: Progress): void {
    const now = performance.now();
    const done = progress.bytes >= progress.total;
    const { stderr } = this.#output;
    const share = progress.total === 0 ? 1 : Math.min(1, progress.bytes / progress.total);
    const percent = `${String(Math.floor(share * 100)).padStart(3)} %`;
    if (stderr.isTTY) {
      if (!done && now - this.#drawn < REDRAW_MS) return;
      const full = Math.round(share * BAR);
      const bar = `${'█'.repeat(full)}${'░'.repeat(BAR - full)}`;
      const text = `${this.#label}  ${bar} ${percent}  ${numbers(progress)}`;
      stderr.write(`\r\x1b[2K${text.slice(0, Math.max(20, (stderr.columns ?? 80) - 1))}`);
      this.#open = true;
    } else {
      if (!done && now - this.#drawn < QUIET_SECONDS * 1000) return;
      this.#output.note(`${this.#label} ${percent}  ${numbers(progress)}`);
    }
    this.#drawn = now;
  }

  /** Leaves the bar as it is and goes on below it. */
  end(): void {
    if (this.#open) this.#output.stderr.write('\n');
    this.#open = false;
  }
}

/** A remark that stays on its line while something is waited for, with the seconds that passed. */
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

  /** Ends the line; with a text, that text takes its place. */
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
