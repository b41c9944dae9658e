/**
 * Removes the sessions that nobody has used for a time, and the folders that are empty then. It runs when it is asked
 * to, and from time to time once it was started, also after an upgrade. A run looks at a number of files and goes on
 * where the last one ended, so that all files have their turn whatever their number.
 */
import {
  CacheCleanupActionRecord,
  CacheCleanupConfigInput,
  CacheCleanupConfigRecord,
  CacheCleanupConfigResult,
  CacheCleanupResult,
  CacheCleanupStatsRecord,
  CacheCleanupStatsResult,
} from '../ic/candid/service.generated';
import { now } from '../ic/clock';
import { instructions } from '../ic/performance';
import { remove, stat } from '../storage/file-system';
import { readRecord, writeRecord } from '../storage/records';
import { Place, Walk } from '../storage/walk';
import { callLimit } from './instruction-budget';
import { logInfo } from './log-level';
import { OWN_FILES, SESSIONS } from './session-path';
import { CACHE_CLEANUP } from './settings';
import { Task, cancel, schedule } from './tasks';

const SECOND: u64 = 1_000_000_000;
/** More would not fit a time in nanoseconds. */
const MAX_SECONDS: u64 = u64.MAX_VALUE / SECOND;
const PERIOD: u64 = 600;
const TIME_TO_LIVE: u64 = 6 * 3600;
const FILES: u64 = 256;
const MOST_FILES: u64 = 10_000;
/** How deep in {@link OWN_FILES} the callers' folders of sessions are. */
const SESSIONS_DEPTH: i32 = 2;

const record: usize = memory.data(72, 8);

/** The record, as settings.ts has it. */
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

  /** As it was saved last. */
  static read(): Cleanup {
    const cleanup = new Cleanup();
    if (!readRecord(CACHE_CLEANUP, record, 72)) return cleanup;
    cleanup.period = load<u64>(record);
    cleanup.timeToLive = load<u64>(record, 8);
    cleanup.files = load<u64>(record, 16);
    cleanup.runs = load<u64>(record, 24);
    cleanup.lastRun = load<u64>(record, 32);
    cleanup.examined = load<u64>(record, 40);
    cleanup.deleted = load<u64>(record, 48);
    cleanup.failed = load<u64>(record, 56);
    cleanup.next = load<u64>(record, 64);
    return cleanup;
  }

  save(): void {
    store<u64>(record, this.period);
    store<u64>(record, this.timeToLive, 8);
    store<u64>(record, this.files, 16);
    store<u64>(record, this.runs, 24);
    store<u64>(record, this.lastRun, 32);
    store<u64>(record, this.examined, 40);
    store<u64>(record, this.deleted, 48);
    store<u64>(record, this.failed, 56);
    store<u64>(record, this.next, 64);
    writeRecord(CACHE_CLEANUP, record, 72);
  }

  get isRunning(): bool {
    return this.next != 0;
  }

  /** Runs next a period from now; a time that there is not any more is never. */
  arm(): void {
    const time = now();
    const wait = this.period * SECOND;
    this.next = wait > u64.MAX_VALUE - time ? u64.MAX_VALUE : time + wait;
    schedule(task, this.next);
  }
}

class Run extends Task {
  run(): void {
    const cleanup = Cleanup.read();
    if (!cleanup.isRunning) return;
    // Armed first, so that it goes on whatever the run does.
    cleanup.arm();
    pass(cleanup);
    cleanup.save();
  }
}

const task = new Run();
/** The last entry that a run has seen and left. */
let reached: Place | null = null;

/** Called by every program before anything else. */
export function rearmCleanup(): void {
  const cleanup = Cleanup.read();
  if (cleanup.isRunning) schedule(task, cleanup.next);
}

/** What one run does: counts, and the files that are to go. */
@final
class Pass {
  examined: u64 = 0;
  readonly stale: string[] = [];
  /** The first file that stays: where a run that began elsewhere has come around. */
  private start: Place | null = null;
  private readonly limit: u64 = callLimit(false) / 4;
  private readonly time: u64 = now();

  constructor(private readonly cleanup: Cleanup) {}

  get isFull(): bool {
    return this.examined >= this.cleanup.files || instructions() > this.limit;
  }

  /** Looks at entries until the end, or until there were enough; false if it came around. */
  go(walk: Walk): bool {
    let inside = true;
    while (!this.isFull && walk.next(inside)) {
      inside = walk.depth != SESSIONS_DEPTH || walk.name == SESSIONS;
      if (walk.isDirectory || walk.depth <= SESSIONS_DEPTH) {
        reached = walk.place;
        continue;
      }
      const start = this.start;
      if (start !== null && start.equals(walk.place)) return false;
      ++this.examined;
      const modified = walk.modified;
      if (this.time >= modified && this.time - modified >= this.cleanup.timeToLive * SECOND) {
        this.stale.push(walk.path);
        continue;
      }
      reached = walk.place;
      if (start === null) this.start = walk.place;
    }
    return true;
  }
}

/** Removes a file and the folders above it that are empty then; whether that worked. */
function drop(path: string): bool {
  if (remove(path) !== null) return false;
  let end = path.lastIndexOf('/');
  while (end > OWN_FILES.length) {
    const folder = path.substring(0, end);
    const entry = stat(folder);
    if (entry === null || entry.size > 0 || remove(folder) !== null) break;
    end = folder.lastIndexOf('/');
  }
  return true;
}

function pass(cleanup: Cleanup): void {
  const pass = new Pass(cleanup);
  const from = reached;
  const isMidway = from !== null && from.isThere;
  const walk = Walk.from(OWN_FILES, isMidway ? from : null);
  if (walk !== null) pass.go(walk);
  if (!pass.isFull) {
    reached = null;
    const again: Walk | null = isMidway ? Walk.from(OWN_FILES) : null;
    if (again !== null) pass.go(again);
  }
  cleanup.runs += 1;
  cleanup.lastRun = now();
  cleanup.examined = pass.examined;
  cleanup.deleted = 0;
  cleanup.failed = 0;
  for (let i = 0; i < pass.stale.length; ++i) {
    if (drop(pass.stale[i])) cleanup.deleted += 1;
    else cleanup.failed += 1;
  }
  logInfo(`cleanup: ${cleanup.examined} files examined, ${cleanup.deleted} deleted, ${cleanup.failed} failed`);
}

function actionTaken(cleanup: Cleanup): CacheCleanupResult {
  const action = new CacheCleanupActionRecord();
  action.ok = true;
  action.is_running = cleanup.isRunning;
  return CacheCleanupResult.Ok(action);
}

export function startCleanup(): CacheCleanupResult {
  const cleanup = Cleanup.read();
  cleanup.arm();
  cleanup.save();
  return actionTaken(cleanup);
}

export function stopCleanup(): CacheCleanupResult {
  const cleanup = Cleanup.read();
  cleanup.next = 0;
  cleanup.save();
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
  cleanup.save();
  return statsOf(cleanup);
}

/** How often it ran, ever. */
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
  if (cleanup.isRunning) cleanup.arm();
  cleanup.save();
  const config = new CacheCleanupConfigRecord();
  config.period_seconds = cleanup.period;
  config.ttl_seconds = cleanup.timeToLive;
  config.max_files_per_run = cleanup.files;
  config.is_running = cleanup.isRunning;
  return CacheCleanupConfigResult.Ok(config);
}
