// The frames sent for an answer. They are kept so that a client that lost its connection can read on.

/** An event of a stream: its data, and its name if events have names. */
export interface Frame {
  event?: string;
  data: string;
}

/** A sign of life between frames. */
interface Note {
  note: string;
}

export type Said = Frame | Note;

/**
 * The frames of one answer. One producer writes them; any number of readers read them, each from any frame on. When the
 * last reader has gone, the producer is stopped, unless the transcript is kept.
 */
export class Transcript {
  readonly id: string;
  /** The name of the key that may read it. */
  readonly owner: string;
  readonly frames: Frame[] = [];
  /** Whether the answer goes on without readers. */
  kept: boolean;
  /** Whether it can still be found after the gateway has restarted. */
  canBeFound = false;
  note = '';
  ended = false;
  /** When it ended, in milliseconds. */
  endedAt = 0;
  /** Characters of its frames. */
  size = 0;
  readonly #abort = new AbortController();
  #waiting: (() => void)[] = [];
  #readers = 0;

  constructor(id: string, owner: string, kept: boolean) {
    this.id = id;
    this.owner = owner;
    this.kept = kept;
  }

  /** Fires when nobody wants the rest of the answer. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  cancel(): void {
    this.#abort.abort();
  }

  /** Writes everything that the producer says, and ends. An error becomes frames, too. */
  async fill(said: AsyncIterable<Said>, failed: (error: unknown) => Frame[]): Promise<void> {
    try {
      for await (const each of said) {
        if ('note' in each) this.note = each.note;
        else this.#add(each);
      }
    } catch (error) {
      for (const frame of failed(error)) this.#add(frame);
    } finally {
      this.ended = true;
      this.endedAt = Date.now();
      this.#wake();
    }
  }

  #add(frame: Frame): void {
    this.frames.push(frame);
    this.size += frame.data.length;
    this.note = '';
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  /**
   * Resolves when the frame with that number exists, when no more frames will come, or after that many milliseconds.
   */
  async until(count: number, patienceMs: number): Promise<void> {
    if (this.frames.length > count || this.ended) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patienceMs);
      this.#waiting.push(resolve);
    });
    clearTimeout(timer);
  }

  /** Resolves when the transcript has ended, or after that many milliseconds. */
  async over(patienceMs: number): Promise<void> {
    for (const end = Date.now() + patienceMs; !this.ended && Date.now() < end; ) {
      await this.until(this.frames.length, end - Date.now());
    }
  }

  enter(): void {
    this.#readers++;
  }

  leave(): void {
    this.#readers--;
    if (this.#readers === 0 && !this.kept && !this.ended) this.cancel();
  }
}
