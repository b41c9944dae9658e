/** Watches a text that comes in pieces for stop texts (llama.cpp's reverse prompts). */
export class StopTexts {
  readonly #stops: readonly string[];
  /** Text that is held back because a stop text may begin in it. */
  #held = '';
  #stopped = false;

  constructor(stops: readonly string[]) {
    this.#stops = stops.filter((stop) => stop !== '');
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Adds a piece; returns the further text that is certain to precede any stop text. */
  push(piece: string): string {
    if (this.#stopped) return '';
    const text = this.#held + piece;
    let first = -1;
    for (const stop of this.#stops) {
      const at = text.indexOf(stop);
      if (at >= 0 && (first < 0 || at < first)) first = at;
    }
    if (first >= 0) {
      this.#stopped = true;
      this.#held = '';
      return text.slice(0, first);
    }
    const keep = this.#longestBeginning(text);
    this.#held = text.slice(text.length - keep);
    return text.slice(0, text.length - keep);
  }

  /** Whether a stop text is completed by this further text. */
  wouldStop(further: string): boolean {
    const text = this.#held + further;
    return this.#stopped || this.#stops.some((stop) => text.includes(stop));
  }

  /** The text that is still held back when no more comes. */
  flush(): string {
    const held = this.#held;
    this.#held = '';
    return held;
  }

  /** Length of the longest end of the text that is the beginning of a stop text. */
  #longestBeginning(text: string): number {
    let longest = 0;
    for (const stop of this.#stops) {
      for (let length = Math.min(stop.length - 1, text.length); length > longest; length--) {
        if (text.endsWith(stop.slice(0, length))) longest = length;
      }
    }
    return longest;
  }
}
