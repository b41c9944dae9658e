/** The committed results, and what a new measurement must not be worse than. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cases } from './cases.js';
import type { Measurement } from './measure.js';

const folder = fileURLToPath(new URL('./results', import.meta.url));
const fileOf = (name: string) => join(folder, `${name}.json`);
/** What to do where a count has grown for a good reason. */
export const REFRESH =
  '`npm run bench -- --no-wall --save --case NAME` measures anew and writes bench/results/NAME.json';
/** How much worse a metered count may be than the committed one. */
const TOLERANCE = 0.02;

export function save(measurement: Measurement): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(measurement.name), `${JSON.stringify(measurement, null, 2)}\n`);
}

export function committed(name: string): Measurement | undefined {
  return existsSync(fileOf(name)) ? JSON.parse(readFileSync(fileOf(name), 'utf8')) : undefined;
}

/** The metered counts of a measurement of which less is better. */
function counts({ canister, engine }: Measurement): Map<string, number> {
  const counts = new Map<string, number>([
    ['instructions per byte to load', canister.loadPerByte],
    ['messages to load', canister.loadMessages],
    ['instructions of a prompt token in the canister', canister.prefillPerToken],
    ['instructions of a token in the canister', canister.instructionsPerToken],
    ['instructions of a decode step', engine.decode.total],
    ['instructions of a prompt token among eight', engine.prefill.total],
    ['bytes of weights', engine.weightBytes],
  ]);
  for (const at of engine.positions) {
    counts.set(`instructions of a token at ${at.position} positions`, at.instructionsPerToken);
  }
  return counts;
}

function overTargets({ name, canister, engine }: Measurement): string[] {
  const targets = cases.find((one) => one.name === name)?.targets;
  if (!targets) return [];
  const at = (position: number) => engine.positions.find((one) => one.position === position);
  const long = at(4096);
  const growth = long ? long.instructionsPerToken / at(128)!.instructionsPerToken - 1 : 0;
  const prefill = engine.prefill.total / engine.decode.total;
  const problems: string[] = [];
  const need = (holds: boolean, what: string) => {
    if (!holds) problems.push(`${name}: ${what}`);
  };
  const { tokens = 0, tokensAt4096 = 0, growth: most = Number.POSITIVE_INFINITY, prefill: share = 1, load } = targets;
  need(canister.loadPerByte <= load, `loads for ${canister.loadPerByte} instructions per byte, not ${load}`);
  need(canister.tokensPerUpdate >= tokens, `${canister.tokensPerUpdate} tokens per update call, not ${tokens}`);
  if (long) {
    need(long.tokensPerCall >= tokensAt4096, `${long.tokensPerCall} tokens per call at 4096, not ${tokensAt4096}`);
    need(growth <= most, `a token costs ${growth} more at 4096 positions, not ${most}`);
  }
  need(prefill <= share, `a prompt token costs ${prefill} of a decode step, not ${share}`);
  return problems;
}

/** What is wrong with a measurement: counts that grew by more than 2 %, and targets that are missed. */
export function check(measurement: Measurement): string[] {
  const before = committed(measurement.name);
  const problems = overTargets(measurement);
  if (!before) return [...problems, `${measurement.name}: no committed result; run with --save`];
  const old = counts(before);
  for (const [what, now] of counts(measurement)) {
    const was = old.get(what);
    if (was !== undefined && now > was * (1 + TOLERANCE)) {
      problems.push(`${measurement.name}: ${what}: ${now}, ${((now / was - 1) * 100).toFixed(1)} % more than ${was}`);
    }
  }
  return problems;
}
