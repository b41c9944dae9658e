/** Global timers, heartbeats and the low-memory hook. An idle network waits for one timeout, or for none. */
import type { Canister } from '../state/canister.js';
import type { NetworkState } from '../state/network-state.js';
import type { NetworkEvents } from './events.js';
import type { Scheduler } from './scheduler.js';

const longestTimeout = 2 ** 31 - 1;
/** How long after a due timer that its canister cannot pay for is looked at again, in nanoseconds. */
const unpaidTimerPause = 1_000_000_000n;

export class Timers {
  private readonly state: NetworkState;
  private readonly scheduler: Scheduler;
  private readonly heartbeatMilliseconds: number;
  private timeout: NodeJS.Timeout | undefined;
  private heartbeat: NodeJS.Timeout | undefined;
  /** Canisters with a waiting or running handler. */
  private readonly busy = new Set<Canister>();
  private stopped = false;

  constructor(state: NetworkState, scheduler: Scheduler, events: NetworkEvents, heartbeatMilliseconds: number) {
    this.state = state;
    this.scheduler = scheduler;
    this.heartbeatMilliseconds = heartbeatMilliseconds;
    events.executed.listen((canister) => this.canisterChanged(canister));
  }

  /** Finds the due timers and the time of the next one. */
  refresh(): void {
    clearTimeout(this.timeout);
    this.timeout = undefined;
    if (this.stopped) return;
    const now = this.state.clock.now();
    let next: bigint | undefined;
    for (const canister of this.state.canisters.values()) {
      const { globalTimer } = canister;
      if (globalTimer === 0n || this.busy.has(canister)) continue;
      if (globalTimer <= now && this.scheduler.executor.canPay(canister)) this.fire(canister);
      else {
        const due = globalTimer <= now ? now + unpaidTimerPause : globalTimer;
        if (next === undefined || due < next) next = due;
      }
    }
    const wait = next === undefined ? undefined : this.state.clock.millisecondsUntil(next);
    if (wait !== undefined) this.timeout = setTimeout(() => this.refresh(), Math.min(wait, longestTimeout));
  }

  private fire(canister: Canister): void {
    if (canister.status !== 'running' || !this.has(canister, 'canister_global_timer')) return;
    this.task(canister, 'timer');
  }

  private task(canister: Canister, kind: 'heartbeat' | 'timer' | 'lowMemory'): void {
    this.busy.add(canister);
    this.scheduler.executor
      .exclusively(canister, async () => {
        if (kind === 'timer') {
          // Stopped or frozen meanwhile: it stays due, and fires when the canister runs again.
          if (canister.status !== 'running' || !this.scheduler.executor.canPay(canister)) return;
          canister.firingTimer = canister.globalTimer;
          canister.globalTimer = 0n;
        }
        await this.scheduler.runTask(canister, kind);
        if (kind === 'timer') canister.firingTimer = 0n;
      })
      .catch((error: Error) => console.error(`network: internal error in a ${kind}:`, error))
      .finally(() => {
        this.busy.delete(canister);
        this.refresh();
      });
  }

  private has(canister: Canister, entryPoint: string): boolean {
    return canister.module?.info.entryPoints.includes(entryPoint) ?? false;
  }

  /** To be called after executions and changes of code: something may have become due. */
  canisterChanged(canister: Canister): void {
    if (this.stopped) return;
    this.checkMemory(canister);
    this.refresh();
    const beats = [...this.state.canisters.values()].some((each) => this.has(each, 'canister_heartbeat'));
    if (beats && this.heartbeat === undefined) {
      this.heartbeat = setInterval(() => this.beat(), this.heartbeatMilliseconds);
    } else if (!beats) {
      clearInterval(this.heartbeat);
      this.heartbeat = undefined;
    }
  }

  private beat(): void {
    for (const canister of this.state.canisters.values()) {
      const due = canister.status === 'running' && this.has(canister, 'canister_heartbeat');
      if (due && !this.busy.has(canister)) this.task(canister, 'heartbeat');
    }
  }

  /** canister_on_low_wasm_memory runs once when the heap's remaining memory falls below the threshold. */
  private checkMemory(canister: Canister): void {
    const { wasmMemoryLimit, wasmMemoryThreshold } = canister.settings;
    const limit = wasmMemoryLimit === 0n ? 2n ** 32n : wasmMemoryLimit;
    const low = limit - BigInt(canister.memory.heap) < wasmMemoryThreshold;
    if (!low) canister.lowMemoryTold = false;
    else if (!canister.lowMemoryTold && this.has(canister, 'canister_on_low_wasm_memory')) {
      canister.lowMemoryTold = true;
      this.task(canister, 'lowMemory');
    }
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timeout);
    clearInterval(this.heartbeat);
  }
}
