/**
 * Removes what is unused for some time: sessions, saved chats, abandoned uploads, and folders that become empty. It
 * runs on request, and periodically once it was started, also after an upgrade. Each run visits a number of files and
 * begins where the last one ended, so that all get their turn.
 */
import {
  CacheCleanupActionRecord,
  CacheCleanupConfigInput,
  CacheCleanupConfigRecord,
  CacheCleanupConfigResult,
  CacheCleanupResult,
  CacheCleanupStatsRecord,
  CacheCleanupStatsResult,
} from '../../ic/candid/service.generated';
import { now } from '../../ic/clock';
import { Problem } from '../../problem';
import { FieldWriter } from '../../storage/values';
import { CleanupPass } from './cleanup-pass';
import { callLimit } from '../limits/instruction-budget';
import { logError, logInfo } from '../settings/log-level';
import { because } from '../replies/replies';
import { forgetBegun } from '../sessions/saved-chats';
import { Setting } from '../settings/settings';
import { chatsTimeToLive } from '../quotas/storage-limits';
import { Task, cancel, schedule } from '../settings/tasks';
import { forgetEarlier } from '../quotas/token-usage';
import { trimWarm } from '../warm/warm-room';
import { dropUnusedImages } from '../images/image-keeping';
import { dropAbandoned } from '../files/uploads';

const SECOND: u64 = 1_000_000_000;
/** More seconds would overflow a time in nanoseconds. */
const MAX_SECONDS: u64 = u64.MAX_VALUE / SECOND;
const PERIOD: u64 = 600;
const TIME_TO_LIVE: u64 = 6 * 3600;
const FILES: u64 = 256;
const MOST_FILES: u64 = 10_000;

/**
 * Version 1: period, time to live, files a run, all as they were set; runs; the last run's time, files examined, deleted,
 * failed; time of the next run, 0 = off; u64 each.
 */
const setting = new Setting('cache-cleanup');

/** The saved state of the cleanup. */
@final
class Cleanup {
  period: u64 = PERIOD;
  timeToLive: u64 = TIME_TO_LIVE;
  files: u64 = FILES;
  runs: u64 = 0;
  lastRun: u64 = 0;
  examined: u64 = 0;
  deleted: u64 = 0;
  failed: u64 = 0;
  next: u64 = 0;

  /** The state saved last. */
  static read(): Cleanup {
    const cleanup = new Cleanup();
    const fields = setting.read();
    if (!fields.isThere) return cleanup;
    cleanup.period = fields.take<u64>();
    cleanup.timeToLive = fields.take<u64>();
    cleanup.files = fields.take<u64>();
    cleanup.runs = fields.take<u64>();
    cleanup.lastRun = fields.take<u64>();
    cleanup.examined = fields.take<u64>();
    cleanup.deleted = fields.take<u64>();
    cleanup.failed = fields.take<u64>();
    cleanup.next = fields.take<u64>();
    return cleanup;
  }

  /** Null, or why it cannot be saved. */
  save(): Problem | null {
    const value = new FieldWriter(1);
    value.put<u64>(this.period);
    value.put<u64>(this.timeToLive);
    value.put<u64>(this.files);
    value.put<u64>(this.runs);
    value.put<u64>(this.lastRun);
    value.put<u64>(this.examined);
    value.put<u64>(this.deleted);
    value.put<u64>(this.failed);
    value.put<u64>(this.next);
    return setting.write(value);
  }

  get isRunning(): bool {
    return this.next != 0;
  }

  /** Schedules the next run a period from now; never, if that overflows. */
  plan(): void {
    const time = now();
    const wait = this.period * SECOND;
    this.next = wait > u64.MAX_VALUE - time ? u64.MAX_VALUE : time + wait;
  }
}

class Run extends Task {
  run(): void {
    const cleanup = Cleanup.read();
    if (!cleanup.isRunning) return;
    cleanup.plan();
    schedule(this, cleanup.next);
    pass(cleanup);
    note(cleanup);
  }
}

/** Saves the counts of a run; if there is no room, they are lost. */
function note(cleanup: Cleanup): void {
  const unsaved = cleanup.save();
  if (unsaved !== null) logError(`cleanup: what it did cannot be written down: ${unsaved.text}`);
}

const task = new Run();

/** Every program calls this before anything else. */
export function rearmCleanup(): void {
  const cleanup = Cleanup.read();
  if (cleanup.isRunning) schedule(task, cleanup.next);
}

/** Most token counts of earlier hours, and chats begun without an answer, that a run removes. */
const FORGOTTEN: i32 = 10_000;

function pass(cleanup: Cleanup): void {
  const limit = callLimit(false) / 4;
  const pass = new CleanupPass(cleanup.timeToLive, chatsTimeToLive(), cleanup.files, limit);
  pass.run();
  const uploads = dropAbandoned();
  trimWarm(limit);
  const images = dropUnusedImages();
  forgetEarlier(FORGOTTEN);
  forgetBegun(chatsTimeToLive(), FORGOTTEN);
  cleanup.runs += 1;
  cleanup.lastRun = now();
  cleanup.examined = pass.examined;
  cleanup.deleted = pass.deleted;
  cleanup.failed = 0;
  logInfo(
    `cleanup: ${pass.examined} sessions examined, ${pass.deleted} deleted; ` +
      `${pass.chats} saved chats, ${pass.documents} documents and ${uploads} abandoned uploads deleted` +
      (images > 0 ? `; ${images} unused packed images removed` : ''),
  );
}

function actionTaken(cleanup: Cleanup): CacheCleanupResult {
  const action = new CacheCleanupActionRecord();
  action.ok = true;
  action.is_running = cleanup.isRunning;
  return CacheCleanupResult.Ok(action);
}

export function startCleanup(): CacheCleanupResult {
  const cleanup = Cleanup.read();
  cleanup.plan();
  const unsaved = cleanup.save();
  if (unsaved !== null) return CacheCleanupResult.Err(because(unsaved.text));
  schedule(task, cleanup.next);
  return actionTaken(cleanup);
}

export function stopCleanup(): CacheCleanupResult {
  const cleanup = Cleanup.read();
  cleanup.next = 0;
  const unsaved = cleanup.save();
  if (unsaved !== null) return CacheCleanupResult.Err(because(unsaved.text));
  cancel(task);
  return actionTaken(cleanup);
}

function statsOf(cleanup: Cleanup): CacheCleanupStatsResult {
  const stats = new CacheCleanupStatsRecord();
  stats.runs = cleanup.runs;
  stats.files_examined = cleanup.examined;
  stats.files_deleted = cleanup.deleted;
  stats.files_failed = cleanup.failed;
  stats.last_run_ns = cleanup.lastRun;
  stats.period_seconds = cleanup.period;
  stats.ttl_seconds = cleanup.timeToLive;
  stats.max_files_per_run = cleanup.files;
  stats.is_running = cleanup.isRunning;
  return CacheCleanupStatsResult.Ok(stats);
}

export function cleanUpNow(): CacheCleanupStatsResult {
  const cleanup = Cleanup.read();
  pass(cleanup);
  note(cleanup);
  return statsOf(cleanup);
}

/** The number of runs since installation. */
export function cleanupRuns(): u64 {
  return Cleanup.read().runs;
}

export function cleanupStats(): CacheCleanupStatsResult {
  return statsOf(Cleanup.read());
}

export function configureCleanup(input: CacheCleanupConfigInput): CacheCleanupConfigResult {
  const cleanup = Cleanup.read();
  const period = input.period_seconds;
  if (period !== null && period.value > 0 && period.value <= MAX_SECONDS) cleanup.period = period.value;
  const timeToLive = input.ttl_seconds;
  if (timeToLive !== null && timeToLive.value <= MAX_SECONDS) cleanup.timeToLive = timeToLive.value;
  const files = input.max_files_per_run;
  if (files !== null) cleanup.files = min(max<u64>(files.value, 1), MOST_FILES);
  if (cleanup.isRunning) cleanup.plan();
  const unsaved = cleanup.save();
  if (unsaved !== null) return CacheCleanupConfigResult.Err(because(unsaved.text));
  if (cleanup.isRunning) schedule(task, cleanup.next);
  const config = new CacheCleanupConfigRecord();
  config.period_seconds = cleanup.period;
  config.ttl_seconds = cleanup.timeToLive;
  config.max_files_per_run = cleanup.files;
  config.is_running = cleanup.isRunning;
  return CacheCleanupConfigResult.Ok(config);
}
