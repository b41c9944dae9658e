/**
 * Makes the packed image of the loaded model, in messages of the timer: the model answers meanwhile. A small one is made in the
 * message that has loaded the model.
 *
 * An image is a cache. It goes with its file, when files need its room, and when no model was loaded from it for a month.
 */
import { now } from '../../ic/clock';
import { instructions } from '../../ic/performance';
import { LOADING_RESERVE } from '../../prices';
import { PageReserve, addPageReserve } from '../../storage/allocator';
import { Companion } from '../../storage/companion';
import { File } from '../../storage/file';
import { engine } from '../engine/loaded';
import { MessageBudget, callLimit } from '../limits/instruction-budget';
import { affordable } from '../quotas/storage-limits';
import { logInfo, logWarning } from '../settings/log-level';
import { Task, cancel, schedule } from '../settings/tasks';
import { areImagesKept, imagesBytes } from './image-settings';
import { WeightFile, dropOldest, oldestImage } from './weight-file';

/** A step may take this part of a call, so that others wait little for it. */
const SHARE: u64 = 8;
/** Images that cost this part of a call, or so many instructions, are made at once. */
const SMALL: u64 = 100;
const LEAST: u64 = 20_000_000;
/** Bytes of stable memory that a message may write: it may touch 2 GiB of pages, and some for other reasons. */
const MAX_MESSAGE_BYTES: u64 = 1900 << 20;
/** Nanoseconds after which the cleanup removes an unused image: 30 days. */
const TIME_TO_LIVE: u64 = 30 * 86_400 * 1_000_000_000;

class KeepingBudget extends MessageBudget {
  file: WeightFile | null = null;

  remaining(): u64 {
    const file = this.file;
    return file !== null && file.bytesMoved > MAX_MESSAGE_BYTES ? 0 : super.remaining();
  }
}

class Keeping extends Task {
  run(): void {
    proceed(instructions() + callLimit(false) / SHARE);
  }
}

class Reserve extends PageReserve {
  giveUp(): bool {
    return dropOldest(presentImage()) || dropOldest(null);
  }
}

const task = new Keeping();
const budget = new KeepingBudget();
let present: WeightFile | null = null;

addPageReserve(new Reserve(), true);

/** The image of the model that is loaded or being loaded; null if there is none. */
function presentImage(): Companion | null {
  const file = present;
  return file === null ? null : file.companion;
}

/** Opens the place for the image of a model that is being loaded from a file; null if images are not kept. */
export function openImage(file: File): WeightFile | null {
  cancel(task);
  present = areImagesKept() || file.isHollow ? new WeightFile(file) : null;
  return present;
}

/** No model is loaded any more. */
export function closeImage(): void {
  cancel(task);
  present = null;
}

/** Makes the image of the model that was just loaded, now if that costs little, and otherwise from the next message on. */
export function keepImage(): void {
  if (present === null || engine.keptImageBytes == engine.imageBytes) return;
  const room = affordable();
  const others = imagesBytes();
  const missing = engine.imageBytes - engine.keptImageBytes;
  if (others + missing > room) {
    return logWarning(
      `no packed image: it would take ${missing} bytes, ${others} are in use, and the cycles suffice for ${room} (a month)`,
    );
  }
  const small = max(callLimit(false) / SMALL, LEAST);
  const end = instructions() + small;
  if (engine.imageInstructions <= small && end + LOADING_RESERVE / 2 < callLimit(false)) proceed(end);
  else schedule(task, now());
}

function proceed(end: u64): void {
  const file = present;
  if (file === null || !engine.isReady) return;
  file.beginMessage();
  budget.file = file;
  budget.begin(end);
  const outcome = engine.keepWeights(budget);
  if (outcome.isDone) return logInfo(`the packed image is there: ${engine.imageBytes} bytes`);
  const problem = outcome.problem;
  if (problem === null) {
    // What does not even begin would never end.
    if (file.bytesMoved > 0 || outcome.needed <= callLimit(false) / SHARE) schedule(task, now());
    return;
  }
  // A part of an image is of no use to those who need the room.
  file.clear();
  logWarning(`no packed image: ${problem.text}; after the next upgrade the model is converted again`);
}

/** Removes images that no model was loaded from for a month. Returns their number. */
export function dropUnusedImages(): u64 {
  let dropped: u64 = 0;
  while (isUnused(oldestImage(presentImage()))) {
    dropOldest(presentImage());
    ++dropped;
  }
  return dropped;
}

function isUnused(image: Companion | null): bool {
  return image !== null && now() > image.stamped && now() - image.stamped >= TIME_TO_LIVE;
}
