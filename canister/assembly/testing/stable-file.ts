import { stable64_read } from '../ic/ic0';
import { ByteSource } from '../llm/bytes';

/** A file that is all of stable memory up to its size. */
export class StableFile extends ByteSource {
  bytes: u64 = 0;

  size(): u64 {
    return this.bytes;
  }

  read(offset: u64, dst: usize, length: u32): void {
    stable64_read(dst, offset, length);
  }
}
