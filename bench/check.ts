/** Compares a measurement with the committed result, count by count, and with the targets. */
import type { CanisterMeasurement } from './canister.js';
import type { AtPosition, Parts } from './engine-parts.js';
import type { PartialMeasurement } from './measure.js';
import { committed } from './results.js';
import { missedTargets } from './targets.js';

/** Share by which a metered count may be worse than the committed one. */
const TOLERANCE = 0.02;
/** Tokens and pages by which it may be worse if 2 % are less than that. */
const TOKENS = 1;
const PAGES = 2;
interface Count {
  value: number;
  /** Larger is better. */
  more?: boolean;
  /** By how much it may be worse in any case. */
  slack?: number;
}

function partCounts(what: string, { matrices, attention, logits, sampling, rest, total }: Parts): [string, Count][] {
  return Object.entries({ matrices, attention, logits, sampling, rest, total }).map(([part, value]) => [
    `instructions of ${what}: ${part === 'total' ? 'in all' : part}`,
    { value },
  ]);
}

function positionCounts(at: AtPosition): [string, Count][] {
  return [
    [`instructions of a token at ${at.position} positions`, { value: at.instructionsPerToken }],
    [`tokens per call at ${at.position} positions`, { value: at.tokensPerCall, more: true, slack: TOKENS }],
    [`pages read by a call at ${at.position} positions`, { value: at.pages.read, slack: PAGES }],
    [`pages written by a call at ${at.position} positions`, { value: at.pages.written, slack: PAGES }],
    [`bytes of weights at ${at.position} positions`, { value: at.weightBytes }],
    [`bits of a cached value at ${at.position} positions`, { value: at.byteCache ? 8 : 16, more: true }],
  ];
}

function canisterCounts(canister: CanisterMeasurement): [string, Count][] {
  return [
    ['instructions per byte to upload', { value: canister.uploadPerByte }],
    ['instructions per byte to load', { value: canister.loadPerByte }],
    ['messages to load', { value: canister.loadMessages }],
    ['instructions of a prompt token in the canister', { value: canister.prefillPerToken }],
    ['instructions of a token in the canister', { value: canister.instructionsPerToken }],
    ['tokens per update call', { value: canister.tokensPerUpdate, more: true, slack: TOKENS }],
    ['tokens per query call', { value: canister.tokensPerQuery, more: true, slack: TOKENS }],
  ];
}

/** All metered counts of a measurement that have a better and a worse direction. */
function counts({ heapBytes, canister, engine }: PartialMeasurement): Map<string, Count> {
  return new Map([
    ...(canister ? canisterCounts(canister) : []),
    ['bytes of heap', { value: heapBytes }],
    ['bytes of weights', { value: engine.weightBytes }],
    ['bytes of working buffers', { value: engine.workspaceBytes }],
    ['bytes of a block of positions', { value: engine.blockBytes }],
    ...partCounts('a decode step', engine.decode),
    ...partCounts('a prompt token among eight', engine.prefill),
    ...engine.positions.flatMap(positionCounts),
  ]);
}

/** How a count has become worse, or ''. */
function worse({ value: now, more = false, slack = 0 }: Count, was: number): string {
  if (Number.isFinite(now) && (more ? was - now : now - was) <= Math.max(was * TOLERANCE, slack)) return '';
  const percent = was === 0 ? '' : `${(Math.abs(now / was - 1) * 100).toFixed(1)} % `;
  return `${now}, ${percent}${now > was ? 'more' : 'less'} than ${was}`;
}

/**
 * What is wrong with a measurement: counts that are more than 2 % worse than the committed ones, and missed targets.
 * Unless it is `partial`, a missing count is wrong, too.
 */
export function check(
  measurement: PartialMeasurement,
  { partial = false } = {},
  before = committed(measurement.name),
): string[] {
  const { name } = measurement;
  const problems = missedTargets(measurement, partial);
  if (!before) return [...problems, `${name}: no committed result; run with --save`];
  const old = counts(before);
  const all = counts(measurement);
  for (const [what, count] of all) {
    const was = old.get(what)?.value;
    if (was === undefined) problems.push(`${name}: ${what}: not in the committed result`);
    else if (worse(count, was)) problems.push(`${name}: ${what}: ${worse(count, was)}`);
  }
  for (const what of partial ? [] : old.keys()) {
    if (!all.has(what)) problems.push(`${name}: ${what}: not measured`);
  }
  return problems;
}
