import { describe, expect, it } from 'vitest';
import { disagreements } from '../bench/agreement.js';
import { cases } from '../bench/cases.js';
import { check } from '../bench/check.js';
import type { Measurement } from '../bench/measure.js';
import { committed } from '../bench/results.js';
import { checkedTargets } from '../bench/targets.js';

/** The stored result of a case with targets of every kind. */
const kept = () => committed('qwen2.5-0.5b-q8_0')!;

function changed(change: (measurement: Measurement) => void): Measurement {
  const measurement = kept();
  change(measurement);
  return measurement;
}

type Change = [what: string, change: (measurement: Measurement) => void];

/** The object with a count, found by its path. */
function holder(measurement: Measurement, path: string): [Record<string, number>, string] {
  const names = path.split('.');
  const last = names.pop()!;
  let object: unknown = measurement;
  for (const name of names) object = (object as Record<string, unknown>)[name];
  return [object as Record<string, number>, last];
}

/** The paths of counts for which less is better, with their names in the comparison. */
const fewer: Record<string, string> = {
  heapBytes: 'bytes of heap',
  'canister.uploadPerByte': 'instructions per byte to upload',
  'canister.loadPerByte': 'instructions per byte to load',
  'canister.loadMessages': 'messages to load',
  'canister.prefillPerToken': 'instructions of a prompt token in the canister',
  'canister.instructionsPerToken': 'instructions of a token in the canister',
  'engine.weightBytes': 'bytes of weights',
  'engine.workspaceBytes': 'bytes of working buffers',
  'engine.blockBytes': 'bytes of a block of positions',
  'engine.decode.matrices': 'instructions of a decode step: matrices',
  'engine.decode.attention': 'instructions of a decode step: attention',
  'engine.decode.logits': 'instructions of a decode step: logits',
  'engine.decode.sampling': 'instructions of a decode step: sampling',
  'engine.decode.rest': 'instructions of a decode step: rest',
  'engine.decode.total': 'instructions of a decode step: in all',
  'engine.prefill.matrices': 'instructions of a prompt token among eight: matrices',
  'engine.prefill.attention': 'instructions of a prompt token among eight: attention',
  'engine.prefill.rest': 'instructions of a prompt token among eight: rest',
  'engine.prefill.total': 'instructions of a prompt token among eight: in all',
  'engine.positions.0.instructionsPerToken': 'instructions of a token at 128 positions',
  'engine.positions.1.instructionsPerToken': 'instructions of a token at 1024 positions',
  'engine.positions.2.instructionsPerToken': 'instructions of a token at 4096 positions',
  'engine.positions.3.instructionsPerToken': 'instructions of a token at 16384 positions',
  'engine.positions.0.pages.read': 'pages read by a call at 128 positions',
  'engine.positions.3.pages.read': 'pages read by a call at 16384 positions',
  'engine.positions.0.pages.written': 'pages written by a call at 128 positions',
  'engine.positions.3.pages.written': 'pages written by a call at 16384 positions',
  'engine.positions.2.weightBytes': 'bytes of weights at 4096 positions',
};

/** The paths of counts for which more is better. */
const more: Record<string, string> = {
  'canister.tokensPerUpdate': 'tokens per update call',
  'canister.tokensPerQuery': 'tokens per query call',
  'engine.positions.0.tokensPerCall': 'tokens per call at 128 positions',
  'engine.positions.1.tokensPerCall': 'tokens per call at 1024 positions',
  'engine.positions.2.tokensPerCall': 'tokens per call at 4096 positions',
  'engine.positions.3.tokensPerCall': 'tokens per call at 16384 positions',
};

/** The findings of the comparison when one count is replaced. */
function where(path: string, change: (value: number) => number): string[] {
  const measurement = changed((measurement) => {
    const [object, name] = holder(measurement, path);
    object[name] = change(object[name]!);
  });
  // Targets have tests of their own.
  return check(measurement).filter((problem) => problem.includes(' than '));
}

const times = (path: string, factor: number) => where(path, (value) => value * factor);

describe('the committed results', () => {
  it.each(cases.map(({ name }) => name))('have one for %s, which misses no target', (name) => {
    expect(committed(name)).toBeDefined();
    expect(check(committed(name)!)).toEqual([]);
  });

  it.each(cases)('have every position of the case $name', ({ name, shape }) => {
    const trained = [128, 1024, 4096, 16384].filter((position) => position < shape.context);
    expect(committed(name)!.engine.positions.map(({ position }) => position)).toEqual(trained);
  });
});

describe('the comparison with them', () => {
  it.each(Object.entries(fewer))('of %s accepts less and slightly more, and reports anything above', (path, what) => {
    expect(times(path, 0.5)).toEqual([]);
    expect(times(path, 1.019)).toEqual([]);
    for (const factor of [1.1, 2]) {
      expect(times(path, factor)).toEqual([expect.stringContaining(`: ${what}: `)]);
      expect(times(path, factor)[0]).toContain(' more than ');
    }
  });

  it.each(Object.entries(more))('of %s accepts more, and reports less', (path, what) => {
    expect(times(path, 2)).toEqual([]);
    expect(times(path, 0.5)).toEqual([expect.stringMatching(new RegExp(`: ${what}: .* less than `))]);
  });

  it('reports a difference just above 2 %', () => {
    expect(times('engine.decode.total', 1.0201)).toHaveLength(1);
    expect(times('engine.positions.3.instructionsPerToken', 1.0201)).toHaveLength(1);
    expect(times('heapBytes', 1.0201)).toHaveLength(1);
  });

  it('allows one token and two pages where 2 % are less', () => {
    const by = (path: string, change: number) => where(path, (value) => value + change);
    expect(by('canister.tokensPerQuery', -1)).toEqual([]);
    expect(by('canister.tokensPerQuery', -2)).toHaveLength(1);
    expect(by('engine.positions.3.tokensPerCall', -1)).toEqual([]);
    expect(by('engine.positions.3.tokensPerCall', -2)).toHaveLength(1);
    expect(by('engine.positions.0.pages.written', 2)).toEqual([]);
    expect(by('engine.positions.0.pages.written', 3)).toHaveLength(1);
    expect(by('canister.loadMessages', 1)).toHaveLength(1);
  });

  it('reports a cache whose entries became bytes', () => {
    const measurement = changed(({ engine }) => {
      engine.positions[3]!.byteCache = true;
    });
    expect(check(measurement)).toEqual([expect.stringContaining('bits of a cached value at 16384 positions: 8')]);
  });

  it('reports committed counts that are too good', () => {
    const flattered = kept();
    flattered.heapBytes /= 2;
    flattered.canister.uploadPerByte /= 2;
    flattered.canister.tokensPerQuery *= 2;
    flattered.engine.positions[0]!.pages.written = 10;
    expect(check(kept(), {}, flattered)).toEqual([
      expect.stringContaining('per byte to upload'),
      expect.stringContaining('tokens per query call'),
      expect.stringContaining('bytes of heap'),
      expect.stringContaining('pages written by a call at 128 positions'),
    ]);
  });

  it('reports a value that is not a number', () => {
    expect(times('engine.decode.total', Number.NaN)).toHaveLength(1);
  });

  it('reports counts that only one side has, except for those that a partial measurement lacks', () => {
    const { canister, engine, ...rest } = kept();
    const positions = engine.positions.filter(({ position }) => position === 128);
    const partial = { ...rest, engine: { ...engine, positions } };
    expect(check(partial, { partial: true })).toEqual([]);
    const found = check(partial);
    expect(found).toContainEqual(expect.stringContaining('tokens per query call: not measured'));
    expect(found).toContainEqual(expect.stringContaining('tokens per call at 4096 positions: not measured'));
    const other = check(kept(), {}, { ...kept(), engine: partial.engine });
    expect(other).toContainEqual(expect.stringContaining('at 4096 positions: not in the committed result'));
  });
});

describe('the targets', () => {
  it.each<Change>([
    ['99 tokens per update call, not 100', ({ canister }) => Object.assign(canister, { tokensPerUpdate: 99 })],
    ['69 tokens per call at 4096, not 70', ({ engine }) => Object.assign(engine.positions[2]!, { tokensPerCall: 69 })],
    ['more at 4096 positions', ({ engine }) => Object.assign(engine.positions[2]!, { instructionsPerToken: 6e8 })],
    [
      'of a decode step, not 0.65',
      ({ engine }) => Object.assign(engine.prefill, { total: engine.decode.total * 0.66 }),
    ],
    ['8.1 instructions per byte, not 8', ({ canister }) => Object.assign(canister, { loadPerByte: 8.1 })],
  ])('are missed by %s', (what, change) => {
    expect(check(changed(change))).toContainEqual(expect.stringContaining(what));
  });

  it('cannot be skipped by leaving out their subject', () => {
    const measurement = changed(({ engine }) => {
      engine.positions = engine.positions.filter(({ position }) => position !== 4096);
    });
    const found = check(measurement, {}, measurement);
    expect(found).toEqual([
      expect.stringContaining('"tokensAt4096" cannot be checked'),
      expect.stringContaining('"growth" cannot be checked'),
    ]);
  });

  it('are checked in a partial measurement as far as it has their counts', () => {
    const { canister, ...partial } = changed(({ engine }) => {
      engine.positions = engine.positions.filter(({ position }) => position === 128);
      engine.positions[0]!.tokensPerCall = 99;
    });
    expect(checkedTargets(kept())).toEqual(['load', 'tokens', 'tokensAt4096', 'growth', 'prefill']);
    expect(checkedTargets(partial)).toEqual(['tokens', 'prefill']);
    expect(check(partial, { partial: true })).toContainEqual(expect.stringContaining('99 tokens per update call'));
  });
});

describe('the engine alone and the canister', () => {
  /**
   * A measurement in which both report the same cost of a call at 128 positions, except for a factor and some tokens.
   */
  const apart = (factor: number, tokens: number) =>
    changed(({ canister, engine }) => {
      const at = engine.positions[0]!;
      at.instructionsPerToken = canister.instructionsPerToken * factor;
      at.tokensPerCall = canister.tokensPerUpdate + tokens;
    });

  it('agree within half a percent and a token', () => {
    for (const factor of [0.9951, 1, 1.0049]) expect(disagreements(apart(factor, 1))).toEqual([]);
    for (const factor of [0.9949, 1.0051]) expect(disagreements(apart(factor, 0))).toHaveLength(1);
    for (const tokens of [-2, 2]) expect(disagreements(apart(1, tokens))).toHaveLength(1);
  });

  it('are not compared if only one was measured', () => {
    const { canister, ...partial } = apart(2, 0);
    expect(disagreements(partial)).toEqual([]);
  });
});
