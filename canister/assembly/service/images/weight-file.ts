/** The packed image of a model, in the companion of the model's first file. */
import { WeightStore } from '../../llm/model/weight-store';
import { spareReserves } from '../../storage/allocator';
import { Companion } from '../../storage/companion';
import { File } from '../../storage/file';
import { modelHash } from '../engine/loaded';

/** The directory of the system's tree with all images. */
export const IMAGES: string = 'images';


@final
export class WeightFile extends WeightStore {
  /** Bytes read and written since {@link beginMessage}. */
  bytesMoved: u64 = 0;
  /** The companion's id; 0 while there is none. */
  private id: u64 = 0;

  constructor(private readonly file: File) {
    super();
    const companion = Companion.of(file);
    if (companion !== null) {
      this.id = companion.id;
      companion.use();
      companion.stamp();
    }
  }

  /** The companion; null if there is none, or it has gone meanwhile. */
  get companion(): Companion | null {
    return this.id == 0 ? null : Companion.byId(this.id);
  }

  beginMessage(): void {
    this.bytesMoved = 0;
  }

  get content(): usize {
    return modelHash;
  }

  read(offset: u64, dst: usize, size: usize): bool {
    const companion = this.companion;
    this.bytesMoved += size;
    return companion !== null && companion.read(offset, dst, size);
  }

  write(offset: u64, src: usize, size: usize): bool {
    let companion = this.companion;
    this.bytesMoved += size;
    // Only what begins an image makes a companion: the rest of one that was removed would be of no use.
    if (companion === null && offset == 0 && this.file.isLive) {
      spareReserves(true);
      companion = Companion.make(this.file, IMAGES);
      spareReserves(false);
      if (companion !== null) this.id = companion.id;
    }
    if (companion === null) return false;
    do {
      spareReserves(true);
      const problem = companion.write(offset, src, size);
      spareReserves(false);
      if (problem === null) return true;
      // Images of other models make room for it, and nothing else does.
    } while (dropOldest(companion));
    return false;
  }

  clear(): void {
    if (this.file.isHollow) return;
    const companion = Companion.of(this.file);
    if (companion !== null) companion.drop();
    this.id = 0;
  }
}

/** The image that was used longest ago, other than `except`, and can be made again; null if there is none. */
export function oldestImage(except: Companion | null): Companion | null {
  let image = Companion.oldestIn(IMAGES, null);
  while (image !== null && (image.isOnlyCopy || (except !== null && image.index == except.index))) image = image.next;
  return image;
}

/** Drops that image; false if there is none. */
export function dropOldest(except: Companion | null): bool {
  const oldest = oldestImage(except);
  if (oldest !== null) oldest.drop();
  return oldest !== null;
}
