/** The keys and values of a session's file as bytes, so that a caller can carry them to another canister. */
import { Principal } from '../../ic/principal';
import { Code, Problem } from '../../problem';
import { Companion } from '../../storage/companion';
import { File } from '../../storage/file';
import { full } from '../../storage/stable';
import { pageBytes } from '../../storage/totals';
import { callLimit } from '../limits/instruction-budget';
import { engine } from '../engine/loaded';
import { warmFolderOf } from '../quotas/warm-limits';
import { WarmAllowance } from './warm-allowance';
import { blockStride } from './warm-blocks';
import { WarmRoom, beginWriting, endWriting } from './warm-room';

/** Bytes of keys and values beside a file; 0 if there are none. */
export function keptBytes(file: File): u64 {
  const companion = Companion.of(file);
  return companion === null ? 0 : companion.size;
}

/** Copies up to `size` bytes from `offset` on to the heap. Returns their number. */
export function readKept(file: File, offset: u64, dst: usize, size: u64): u64 {
  const companion = Companion.of(file);
  if (companion === null || offset >= companion.size) return 0;
  const count = min(size, companion.size - offset);
  companion.read(offset, dst, count);
  return count;
}

/**
 * Takes bytes from outside for a session of `tokens` tokens: at offset 0 they replace the present ones, otherwise they
 * are appended. Null, or the problem.
 */
export function writeKept(
  file: File,
  owner: Principal,
  tokens: i32,
  offset: u64,
  src: usize,
  size: u32,
): Problem | null {
  let present: Companion | null = null;
  if (offset > 0) present = Companion.of(file);
  const end: u64 = present === null ? 0 : present.size;
  if (offset != end) return new Problem(`offset ${offset} is not where it ends (it has ${end} bytes)`);
  const most = ((<u64>tokens + 31) >> 5) * blockStride();
  if (offset + size > most) {
    return new Problem(
      `keys and values of ${tokens} tokens take at most ${most} bytes, and these are ${offset + size}`,
    );
  }
  if (offset == 0) {
    const before = Companion.of(file);
    if (before !== null) before.drop();
  }
  if (size == 0) return null;
  beginWriting();
  const problem = append(present, file, owner, offset, src, size);
  endWriting();
  return problem;
}

function append(
  present: Companion | null,
  file: File,
  owner: Principal,
  offset: u64,
  src: usize,
  size: u32,
): Problem | null {
  const folder = warmFolderOf(owner);
  const companion = present === null ? Companion.make(file, folder) : present;
  if (companion === null) return full('for keys and values');
  const room = new WarmRoom(folder, owner, new WarmAllowance(callLimit(false) >> 1, u64.MAX_VALUE));
  const more = pageBytes(offset + size) - pageBytes(offset);
  let problem: Problem | null = null;
  if (!room.take(more, companion)) {
    problem = new Problem(
      'quota: no room is left for keys and values; get_usage and get_storage_limits have the numbers',
      Code.OVER_QUOTA,
    );
  } else {
    problem = companion.write(offset, src, size);
  }
  if (problem === null) {
    companion.unseal();
    companion.use();
  } else if (companion.size == 0) {
    companion.drop();
  }
  return problem;
}
