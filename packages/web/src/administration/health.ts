// The state of a canister in few words: what is well, and what needs attention.
import type { CanisterStatus } from '@llama-canister/client';
import { short } from '../chat/amounts.js';
import { texts } from '../texts.js';
import { bytes } from './quantities.js';

type Level = 'unknown' | 'good' | 'warn' | 'bad';

export interface Finding {
  name: string;
  level: Level;
  said: string;
}

export interface Facts {
  /** Why no model can answer; empty if one can. */
  notReady: string;
  /** Only controllers can read it. */
  status: CanisterStatus | undefined;
  /** The cycles that the canister has noted, for users who cannot read its status. */
  noted: bigint | undefined;
  heap: bigint;
  stable: bigint;
  stored: { used: bigint; limit: bigint };
  open: { jobs: number; limit: bigint };
  cleans: boolean;
  isForEverybody: boolean;
}

const { health } = texts.administration;
/** The heap's addresses have 32 bits. */
const HEAP_BYTES = 4n << 30n;

/** For how many days the cycles last if nobody asks anything; undefined if that is not known. */
function daysLeft({ status }: Facts): number | undefined {
  if (!status || status.idleCyclesPerDay === 0n) return undefined;
  return Number(status.spendable) / Number(status.idleCyclesPerDay);
}

function levelOfShare(used: bigint, limit: bigint): Level {
  const share = limit === 0n ? 0 : Number(used) / Number(limit);
  return share < 0.8 ? 'good' : share < 0.95 ? 'warn' : 'bad';
}

function cycles(facts: Facts): Finding {
  const name = health.cycles;
  const balance = facts.status?.cycles ?? facts.noted;
  if (balance === undefined) return { name, level: 'unknown', said: health.cyclesUnknown };
  const days = daysLeft(facts);
  const said = health.cyclesLeft(short(Number(balance)), days);
  return { name, said, level: days === undefined || days >= 30 ? 'good' : days >= 7 ? 'warn' : 'bad' };
}

export function findings(facts: Facts): Finding[] {
  const { status, heap, stored, open, notReady } = facts;
  const heapLimit = status && status.wasmMemoryLimit > 0n ? status.wasmMemoryLimit : HEAP_BYTES;
  const isLoading = /^loading \d/.test(notReady);
  const of = (used: bigint, limit: bigint) => health.of(bytes(used), bytes(limit));
  return [
    {
      name: health.model,
      level: notReady === '' ? 'good' : isLoading ? 'warn' : 'bad',
      said: notReady || health.answers,
    },
    cycles(facts),
    { name: health.heap, level: levelOfShare(heap, heapLimit), said: of(heap, heapLimit) },
    { name: health.stored, level: levelOfShare(stored.used, stored.limit), said: of(stored.used, stored.limit) },
    {
      name: health.jobs,
      level: levelOfShare(BigInt(open.jobs), open.limit),
      said: health.of(String(open.jobs), String(open.limit)),
    },
    {
      name: health.cleanup,
      level: facts.cleans ? 'good' : 'warn',
      said: facts.cleans ? health.cleans : health.cleansNot,
    },
    { name: health.access, level: 'good', said: facts.isForEverybody ? health.everybody : health.controllers },
  ];
}
