/** Methods about what the canister does by itself, and what it has. */
import * as wire from '../ic/candid/service.generated';
import { respond } from '../ic/message';
import { isNamed, mayAdminister, mayInspect } from '../service/access';
import { cleanUpNow, cleanupStats, configureCleanup, startCleanup, stopCleanup } from '../service/cache-cleanup';
import { lastBalance, startBalance, stopBalance } from '../service/cycle-balance';
import { memoryStatus } from '../service/memory-status';
import { accessDenied, undecodable } from '../service/replies';
import { update } from '../service/tasks';

export function cache_cleanup_start_timer(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyCacheCleanupStartTimer(wire.CacheCleanupResult.Err(accessDenied()));
    wire.replyCacheCleanupStartTimer(
      wire.readCacheCleanupStartTimer() ? startCleanup() : wire.CacheCleanupResult.Err(undecodable()),
    );
  });
}

export function cache_cleanup_stop_timer(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyCacheCleanupStopTimer(wire.CacheCleanupResult.Err(accessDenied()));
    wire.replyCacheCleanupStopTimer(
      wire.readCacheCleanupStopTimer() ? stopCleanup() : wire.CacheCleanupResult.Err(undecodable()),
    );
  });
}

export function cache_cleanup_now(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyCacheCleanupNow(wire.CacheCleanupStatsResult.Err(accessDenied()));
    wire.replyCacheCleanupNow(
      wire.readCacheCleanupNow() ? cleanUpNow() : wire.CacheCleanupStatsResult.Err(undecodable()),
    );
  });
}

export function get_cache_cleanup_stats(): void {
  respond(() => {
    if (!mayInspect()) return wire.replyGetCacheCleanupStats(wire.CacheCleanupStatsResult.Err(accessDenied()));
    wire.replyGetCacheCleanupStats(
      wire.readGetCacheCleanupStats() ? cleanupStats() : wire.CacheCleanupStatsResult.Err(undecodable()),
    );
  });
}

export function set_cache_cleanup_config(): void {
  update(() => {
    if (!mayAdminister()) return wire.replySetCacheCleanupConfig(wire.CacheCleanupConfigResult.Err(accessDenied()));
    const input = wire.readSetCacheCleanupConfig();
    wire.replySetCacheCleanupConfig(
      input === null ? wire.CacheCleanupConfigResult.Err(undecodable()) : configureCleanup(input),
    );
  });
}

export function cycle_balance_start_timer(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyCycleBalanceStartTimer(wire.StatusCodeRecordResult.Err(accessDenied()));
    wire.replyCycleBalanceStartTimer(
      wire.readCycleBalanceStartTimer() ? startBalance() : wire.StatusCodeRecordResult.Err(undecodable()),
    );
  });
}

export function cycle_balance_stop_timer(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyCycleBalanceStopTimer(wire.StatusCodeRecordResult.Err(accessDenied()));
    wire.replyCycleBalanceStopTimer(
      wire.readCycleBalanceStopTimer() ? stopBalance() : wire.StatusCodeRecordResult.Err(undecodable()),
    );
  });
}

export function get_cycle_balance(): void {
  respond(() => {
    if (!mayInspect()) return wire.replyGetCycleBalance(wire.CycleBalanceResult.Err(accessDenied()));
    wire.replyGetCycleBalance(wire.readGetCycleBalance() ? lastBalance() : wire.CycleBalanceResult.Err(undecodable()));
  });
}

export function get_memory_status(): void {
  respond(() => {
    if (!isNamed()) return wire.replyGetMemoryStatus(wire.MemoryStatusResult.Err(accessDenied()));
    wire.replyGetMemoryStatus(wire.readGetMemoryStatus() ? memoryStatus() : wire.MemoryStatusResult.Err(undecodable()));
  });
}
