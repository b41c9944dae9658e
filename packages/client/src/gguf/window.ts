import { LlamaError } from '../errors.js';
import type { ByteSource } from '../source.js';

const WINDOW_BYTES = 1 << 20;

/** Reads a source from front to back through a window, little-endian, never past its end. */
export class Window {
  readonly #source: ByteSource;
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  /** Offset of the window's first byte in the source. */
  #start = 0;
  /** Position in the window. */
  #at = 0;
  /** Bytes of text that the reader has kept. */
  kept = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** Offset in the source of the next byte. */
  get position(): number {
    return this.#start + this.#at;
  }

  /** Makes the next `length` bytes readable. */
  async need(length: number): Promise<void> {
    if (this.#bytes.length - this.#at >= length) return;
    const position = this.position;
    if (length > this.#source.size - position) throw this.truncated();
    const bytes = await this.#source.read(position, Math.max(length, WINDOW_BYTES));
    if (bytes.length < length) throw this.truncated();
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#start = position;
    this.#at = 0;
  }

  /** Skips bytes without reading them. */
  async skip(length: number): Promise<void> {
    if (length > this.#source.size - this.position) throw this.truncated();
    if (this.#bytes.length - this.#at >= length) {
      this.#at += length;
      return;
    }
    this.#start = this.position + length;
    this.#at = 0;
    this.#bytes = new Uint8Array(0);
  }

  // The readers below take what `need` made readable.

  u32(): number {
    const value = this.#view.getUint32(this.#at, true);
    this.#at += 4;
    return value;
  }

  u64(): bigint {
    const value = this.#view.getBigUint64(this.#at, true);
    this.#at += 8;
    return value;
  }

  /** A view of the next bytes, good until the next `need`. */
  take(length: number): DataView {
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + this.#at, length);
    this.#at += length;
    return view;
  }

  truncated(): LlamaError {
    return new LlamaError('input', 'TRUNCATED_GGUF', `the file ends inside its header, at ${this.#source.size} bytes`, {
      value: this.#source.size,
      next: 'Download it again.',
    });
  }
}
