/** The model's file as the engine reads it. */
import { ByteSource } from '../llm/bytes';
import { File } from '../storage/file';
import { MessageBudget } from './instruction-budget';

/**
 * Stable memory that a message may read to load a model: it may touch 2 GiB of distinct pages, and some are touched for
 * other reasons.
 */
const MAX_MESSAGE_BYTES: u64 = 1900 << 20;

export class ModelFile extends ByteSource {
  /** Bytes that were read since {@link beginMessage}. */
  bytesRead: u64 = 0;
  private readonly changes: u32;

  constructor(
    readonly path: string,
    readonly file: File,
  ) {
    super();
    this.changes = file.changes;
  }

  /** Whether it still has the bytes that were there when it was opened. */
  get isUnchanged(): bool {
    return this.file.isLive && this.file.changes == this.changes;
  }

  beginMessage(): void {
    this.bytesRead = 0;
  }

  size(): u64 {
    return this.file.size;
  }

  read(offset: u64, dst: usize, length: u32): void {
    this.bytesRead += length;
    this.file.read(offset, dst, length);
  }
}

/** What a message may still do to load a model: instructions, and bytes of stable memory. */
export class LoadBudget extends MessageBudget {
  source: ModelFile | null = null;

  remaining(): u64 {
    const source = this.source;
    return source !== null && source.bytesRead > MAX_MESSAGE_BYTES ? 0 : super.remaining();
  }
}
