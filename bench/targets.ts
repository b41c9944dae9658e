/** Compares a measurement with the targets of its case; it may lack the value of a target. */
import { cases } from './cases.js';
import type { PartialMeasurement } from './measure.js';

export type TargetName = 'load' | 'tokens' | 'tokensAt4096' | 'growth' | 'prefill';

interface Verdict {
  name: TargetName;
  /** Undefined if the measurement lacks it. */
  value: number | undefined;
  holds(value: number): boolean;
  missed(value: number): string;
}

function verdicts({ name, canister, engine }: PartialMeasurement): Verdict[] {
  const targets = cases.find((one) => one.name === name)?.targets;
  if (!targets) return [];
  const at = (position: number) => engine.positions.find((one) => one.position === position);
  const [short, long] = [at(128), at(4096)];
  const { load, tokens, tokensAt4096, growth, prefill } = targets;
  const found: Verdict[] = [];
  const atMost = (
    name: TargetName,
    most: number | undefined,
    value: number | undefined,
    text: (v: number) => string,
  ) => {
    if (most !== undefined)
      found.push({ name, value, holds: (v) => v <= most, missed: (v) => `${text(v)}, not ${most}` });
  };
  const atLeast = (name: TargetName, least: number | undefined, value: number | undefined, text: string) => {
    if (least === undefined) return;
    found.push({ name, value, holds: (v) => v >= least, missed: (v) => `${v} tokens per ${text}, not ${least}` });
  };
  atMost('load', load, canister?.loadPerByte, (v) => `loads for ${v} instructions per byte`);
  // If no canister was measured: a call of the engine that begins at the same position.
  atLeast('tokens', tokens, canister?.tokensPerUpdate ?? short?.tokensPerCall, 'update call');
  atLeast('tokensAt4096', tokensAt4096, long?.tokensPerCall, 'call at 4096');
  const grown = short && long && long.instructionsPerToken / short.instructionsPerToken - 1;
  atMost('growth', growth, grown, (v) => `a token costs ${v} more at 4096 positions`);
  const share = engine.prefill.total / engine.decode.total;
  atMost('prefill', prefill, share, (v) => `a prompt token costs ${v} of a decode step`);
  return found;
}

/** The targets of the case whose value the measurement has. */
export function checkedTargets(measurement: PartialMeasurement): TargetName[] {
  return verdicts(measurement)
    .filter(({ value }) => value !== undefined)
    .map(({ name }) => name);
}

/** The missed targets; and, unless the measurement may be partial, those without a value. */
export function missedTargets(measurement: PartialMeasurement, partial: boolean): string[] {
  return verdicts(measurement).flatMap(({ name, value, holds, missed }) => {
    if (value !== undefined) return holds(value) ? [] : [`${measurement.name}: ${missed(value)}`];
    return partial ? [] : [`${measurement.name}: the target "${name}" cannot be checked: what it is about is missing`];
  });
}
