/** The model's file or files, as a source of bytes for the engine. */
import { ByteSource } from '../../llm/bytes';
import { File } from '../../storage/file';
import { sha256OfHex } from '../../storage/sha256';
import { WeightFile } from '../images/weight-file';
import { MessageBudget } from '../limits/instruction-budget';

/**
 * Stable memory that a message may read to load a model. A message may touch 2 GiB of distinct pages, and touches some
 * for other reasons.
 */
const MAX_MESSAGE_BYTES: u64 = 1900 << 20;

export class ModelFile extends ByteSource {
  /** The place of the packed image, or null. */
  image: WeightFile | null = null;
  /** Bytes read since {@link beginMessage}. */
  private bytesRead: u64 = 0;
  private readonly changes: u32[] = [];
  /** The offsets at which each file begins in the source, and the end of the last one. */
  private readonly starts: u64[] = [0];

  constructor(
    readonly path: string,
    private readonly files: File[],
  ) {
    super();
    for (let i = 0; i < files.length; ++i) {
      this.changes.push(files[i].changes);
      this.starts.push(this.starts[i] + files[i].size);
    }
  }

  /** Whether the files have not changed since they were opened. */
  get isUnchanged(): bool {
    for (let i = 0; i < this.files.length; ++i) {
      if (!this.files[i].isLive || this.files[i].changes != this.changes[i]) return false;
    }
    return true;
  }

  /**
   * SHA-256 of the file, 64 hexadecimal digits; for several files, of their concatenated digests; null if it is not
   * known.
   */
  get sha256(): string | null {
    if (this.files.length == 1) return this.files[0].sha256;
    let digests = '';
    for (let i = 0; i < this.files.length; ++i) {
      const one = this.files[i].sha256;
      if (one === null) return null;
      digests += one;
    }
    return sha256OfHex(digests);
  }

  /** Continues hashing files that were not written from front to back, `bytes` bytes of each at most. */
  hash(bytes: u64): void {
    for (let i = 0; i < this.files.length; ++i) this.files[i].hash(bytes);
  }

  beginMessage(): void {
    this.bytesRead = 0;
    const image = this.image;
    if (image !== null) image.beginMessage();
  }

  /** Bytes that were read of the files and the image. */
  get bytesMoved(): u64 {
    const image = this.image;
    return this.bytesRead + (image === null ? 0 : image.bytesMoved);
  }

  size(): u64 {
    return this.starts[this.files.length];
  }

  get lacksWeights(): bool {
    for (let i = 0; i < this.files.length; ++i) if (this.files[i].isHollow) return true;
    return false;
  }

  /** The only file; null if there are several. */
  get single(): File | null {
    return this.files.length == 1 ? this.files[0] : null;
  }

  get parts(): i32 {
    return this.files.length;
  }

  partStart(part: i32): u64 {
    return this.starts[part];
  }

  read(offset: u64, dst: usize, length: u32): void {
    this.bytesRead += length;
    let part = 0;
    for (let done: u32 = 0; done < length;) {
      while (offset + done >= this.starts[part + 1]) ++part;
      const bytes = <u32>min<u64>(length - done, this.starts[part + 1] - offset - done);
      this.files[part].read(offset + done - this.starts[part], dst + done, bytes);
      done += bytes;
    }
  }
}

/** The budget of a message for loading a model: instructions, and bytes of stable memory. */
export class LoadBudget extends MessageBudget {
  source: ModelFile | null = null;

  remaining(): u64 {
    const source = this.source;
    return source !== null && source.bytesMoved > MAX_MESSAGE_BYTES ? 0 : super.remaining();
  }
}
