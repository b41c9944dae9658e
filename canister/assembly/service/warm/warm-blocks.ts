/**
 * The blocks of one session in the companion of its file: block i begins at i times the pages of one block. Each block
 * describes itself (stored-block.ts), so the companion needs nothing else.
 */
import { BlockStore } from '../../llm/cache/block-store';
import { Companion } from '../../storage/companion';
import { File } from '../../storage/file';
import { pageBytes } from '../../storage/totals';
import { engine } from '../engine/loaded';
import { WarmRoom } from './warm-room';

const header: usize = memory.data(64, 16);

/** Bytes from one block of the loaded model to the next: whole pages, so that several sessions can share them. */
export function blockStride(): u64 {
  return pageBytes(engine.blockBytes + engine.residualBytes);
}


@final
export class WarmBlocks extends BlockStore {
  /** Bytes from one block to the next. */
  private readonly stride: u64 = blockStride();

  constructor(
    private readonly file: File,
    /** The directory for a missing companion. */
    private readonly folder: string,
    private companion: Companion | null,
    /** Null for reading only. */
    private readonly room: WarmRoom | null,
  ) {
    super();
  }

  get id(): u64 {
    const companion = this.companion;
    return companion === null ? u64.MAX_VALUE : companion.id;
  }

  read(index: i32, dst: usize, size: usize): bool {
    return this.readBehind(index, 0, dst, size);
  }

  readBehind(index: i32, offset: usize, dst: usize, size: usize): bool {
    const companion = this.companion;
    return companion !== null && companion.read(<u64>index * this.stride + offset, dst, size);
  }

  write(index: i32, block: usize, size: usize, rest: usize, restSize: usize): bool {
    const companion = this.placeOf(index);
    if (companion === null) return false;
    const at = <u64>index * this.stride;
    if (companion.write(at, block, size) !== null) return false;
    // Without the residual the block is still valid; one token is evaluated again.
    if (restSize > 0) companion.write(at + size, rest, restSize);
    return true;
  }

  share(index: i32, id: u64, own: usize, headerSize: usize): bool {
    const other = Companion.byId(id);
    if (other === null || !other.isSealed) return false;
    const at = <u64>index * this.stride;
    if (!other.read(at, header, headerSize) || memory.compare(header, own, headerSize) != 0) return false;
    const companion = this.placeOf(index);
    // It may have been dropped to make room.
    if (companion === null || Companion.byId(id) === null) return false;
    companion.cut(at);
    return companion.share(other, at, min(this.stride, other.size - at));
  }

  /** The companion, with room for a block, and without shared pages there; null if there is no room. */
  private placeOf(index: i32): Companion | null {
    const room = this.room;
    if (room === null) return null;
    let companion = this.companion;
    if (companion === null) companion = Companion.make(this.file, this.folder);
    if (companion === null) return null;
    this.companion = companion;
    const at = <u64>index * this.stride;
    // Shared pages would be copied only to be overwritten.
    if (companion.mayShare) companion.cut(at);
    const size = pageBytes(companion.size);
    return at + this.stride <= size || room.take(at + this.stride - size, companion) ? companion : null;
  }

  /** Records the use; an empty companion is removed. */
  close(): void {
    const companion = this.companion;
    if (companion === null) return;
    if (companion.size == 0) companion.drop();
    else companion.use();
  }
}
