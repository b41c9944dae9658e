import type { UploadProgress } from '@llama-canister/client';
import type { Output } from './output.js';
import { ProgressBar } from './progress.js';

const LABELS: Readonly<Record<UploadProgress['phase'], string>> = {
  hashing: 'Hashing',
  sending: 'Uploading',
  verifying: 'Verifying',
};

/** The progress bars of an upload, one line for each phase. */
export class UploadBars {
  readonly #output: Output;
  readonly #name: string;
  readonly #indent: string;
  #phase: UploadProgress['phase'] | undefined;
  #bar: ProgressBar | undefined;

  constructor(output: Output, name: string, indent = '') {
    this.#output = output;
    this.#name = name;
    this.#indent = indent;
  }

  update(progress: UploadProgress): void {
    if (progress.phase !== this.#phase) {
      this.end();
      this.#phase = progress.phase;
      // If lines are permanent, only sending always gets one, however quick it is.
      const always = progress.phase === 'sending';
      this.#bar = new ProgressBar(this.#output, `${this.#indent}${LABELS[progress.phase]} ${this.#name}`, always);
    }
    this.#bar?.update(progress);
  }

  end(): void {
    this.#bar?.end();
    this.#bar = undefined;
  }
}
