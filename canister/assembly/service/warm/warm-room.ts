/**
 * The limits of keys and values in stable memory, and the order in which they are dropped: the least recently used
 * first, of the same caller if his share is used up, otherwise of the caller who came longest ago. Pinned prefixes
 * stay. When stable memory is full, keys and values are dropped first, because they can be computed again.
 */
import { Principal } from '../../ic/principal';
import { PageReserve, addPageReserve } from '../../storage/allocator';
import { Companion } from '../../storage/companion';
import { isExempt } from '../quotas/quotas';
import { WARM_FILES, warmBytes, warmLimit, warmLimitOfCaller } from '../quotas/warm-limits';
import { WarmAllowance } from './warm-allowance';

/** The directory for those of pinned prefixes. */
export const PINNED: string = '.pinned';

/** Whether blocks are being written: meanwhile none may be dropped, because those are shared. */
let isBusy: bool = false;

class Reserve extends PageReserve {
  giveUp(): bool {
    return !isBusy && dropped(Companion.oldestBelow(WARM_FILES, '', null));
  }
}

addPageReserve(new Reserve(), false);

export function beginWriting(): void {
  isBusy = true;
}

export function endWriting(): void {
  isBusy = false;
}

/** The room that one companion may still grow by. */
@final
export class WarmRoom {
  /** Bytes; below 0: not computed yet. */
  private left: i64 = -1;

  constructor(
    private readonly folder: string,
    /** The owner whose share limits it; null: no share. */
    private readonly owner: Principal | null,
    private readonly allowance: WarmAllowance,
  ) {}

  /** Takes room for `bytes` more bytes, dropping companions other than `own` if necessary. */
  take(bytes: u64, own: Companion): bool {
    if (this.left < <i64>bytes) this.make(bytes, own);
    if (this.left < <i64>bytes) return false;
    this.left -= <i64>bytes;
    return true;
  }

  private make(bytes: u64, own: Companion): void {
    const owner = this.owner;
    const ofCaller = owner === null || isExempt(owner) ? <u64>i64.MAX_VALUE : warmLimitOfCaller();
    const ofAll = warmLimit();
    while (this.allowance.mayDrop()) {
      const taken = warmBytes(this.folder);
      const takenByAll = warmBytes(WARM_FILES);
      if (taken + bytes > ofCaller) {
        if (!dropped(Companion.oldestIn(this.folder, own))) return;
      } else if (takenByAll + bytes > ofAll) {
        if (!dropped(Companion.oldestBelow(WARM_FILES, PINNED, own))) return;
      } else {
        this.left = <i64>min(<u64>i64.MAX_VALUE, min(ofCaller - taken, ofAll - takenByAll));
        return;
      }
    }
  }
}

function dropped(companion: Companion | null): bool {
  if (companion !== null) companion.drop();
  return companion !== null;
}

/** Drops companions beyond the total limit, until the message has executed `end` instructions. */
export function trimWarm(end: u64): void {
  const most = warmLimit();
  const able = new WarmAllowance(end, 0);
  while (warmBytes(WARM_FILES) > most && able.mayDrop()) {
    if (!dropped(Companion.oldestBelow(WARM_FILES, '', null))) return;
  }
}
