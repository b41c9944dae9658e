/** What speeds by the clock depend on: the processor, and what else it is busy with. */
import { cpus, loadavg } from 'node:os';

export interface Machine {
  processor: string;
  node: string;
  /** The load average of the minute before the measurement. */
  loadBefore: number;
  /** The number of processors that other processes kept busy during the measurement. */
  busyWithOthers: number;
}

/** The load from which on speeds are not kept. */
const MOST = 1;

/** Milliseconds that all processors together have been busy, and those of this process. */
function busy(): { all: number; own: number } {
  const all = cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0);
  const { user, system } = process.cpuUsage();
  return { all, own: (user + system) / 1000 };
}

/** Begins to observe the machine. The returned function ends it, and tells what the machine was and did meanwhile. */
export function observeMachine(): () => Machine {
  const [loadBefore, before, start] = [loadavg()[0]!, busy(), performance.now()];
  return () => {
    const after = busy();
    const others = after.all - before.all - (after.own - before.own);
    return {
      processor: cpus()[0]?.model ?? 'unknown',
      node: process.version,
      loadBefore,
      busyWithOthers: Math.max(0, others / Math.max(1, performance.now() - start)),
    };
  };
}

/** Why speeds that were measured on this machine must not be kept; undefined if they may. */
export function whyNotKept({ loadBefore, busyWithOthers }: Machine): string | undefined {
  if (loadBefore < MOST && busyWithOthers < MOST) return undefined;
  const [before, others] = [loadBefore, busyWithOthers].map((load) => load.toFixed(1));
  return `the machine was busy (load ${before} before, ${others} processors with other work meanwhile): repeat it when both are below ${MOST}`;
}
