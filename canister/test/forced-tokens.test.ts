// What a grammar forbids is not computed: if it allows one token, no logits are computed, and if it allows few, only
// theirs. The text, and everything that continues it, is the same as if all logits had been computed.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { isFull } from '../../test/full.js';
import { Part } from './part.js';
import { tinyModel } from './tiny-model.js';

interface Exports {
  generation_load(size: number, context: number): number;
  generation_begin(seed: number, wantsLogits: number, neverEnds: number): void;
  generation_set(ptr: number, length: number, value: number): void;
  generation_order(ptr: number, length: number): void;
  generation_bias(id: number, bias: number): void;
  generation_constrain(ptr: number, length: number, isSchema: number): void;
  generation_stop(ptr: number, length: number): void;
  generation_run(ptr: number, length: number, most: number, looks: number, each: number, evicted: number): void;
  generation_tokens(): number;
  generation_count(): number;
  generation_steps(): number;
}

const CONTEXT = 512;
let part: Part<Exports>;
beforeAll(async () => {
  part = await Part.load<Exports>();
  const bytes = tinyModel();
  part.open(bytes);
  if (!part.exports.generation_load(bytes.length, CONTEXT)) throw new Error(part.said());
});

interface Asked {
  grammar?: string;
  schema?: unknown;
  flags?: Record<string, number>;
  order?: string;
  bias?: [number, number][];
  stops?: readonly string[];
  neverEnds?: boolean;
  seed?: number;
  most?: number;
  /** The number of checks of the budget in a message, and of tokens in a message. */
  looks?: number;
  each?: number;
  evicted?: boolean;
}

/**
 * The outcome of a generation: why it stopped, the sampler's state, its text, its tokens, and how many steps it took.
 */
function generate(asked: Asked, wantsLogits: boolean) {
  const { exports } = part;
  const {
    flags = {},
    order,
    bias = [],
    stops = [],
    seed = 1,
    most = 200,
    looks = 0,
    each = 0,
    evicted = false,
  } = asked;
  const held: number[] = [];
  const keep = (text: string): [number, number] => {
    const bytes = new TextEncoder().encode(text);
    const ptr = exports.take(Math.max(1, bytes.length));
    part.bytes(ptr, bytes.length).set(bytes);
    held.push(ptr);
    return [ptr, bytes.length];
  };
  exports.generation_begin(seed, Number(wantsLogits), Number(asked.neverEnds ?? false));
  for (const [flag, value] of Object.entries(flags)) exports.generation_set(...keep(flag), value);
  if (order !== undefined) exports.generation_order(...keep(order));
  for (const [id, value] of bias) exports.generation_bias(id, value);
  const constraint = asked.grammar ?? JSON.stringify(asked.schema);
  if (constraint !== undefined) exports.generation_constrain(...keep(constraint), Number(asked.grammar === undefined));
  for (const stop of stops) exports.generation_stop(...keep(stop));
  exports.generation_run(...keep('SAY IT'), most, looks, each, Number(evicted));
  const said = part.said();
  const count = exports.generation_count();
  const tokens = [...new Int32Array(part.bytes(exports.generation_tokens(), 4 * count).slice().buffer)];
  const steps = exports.generation_steps();
  for (const ptr of held) exports.give(ptr);
  return { said, tokens, steps };
}

/** Generates with and without forced tokens, and checks that both are the same. Returns how many steps are saved. */
function saved(asked: Asked): number {
  const { steps: all, ...every } = generate({ ...asked, looks: 0, each: 0 }, true);
  const { steps: some, ...forced } = generate(asked, false);
  expect(forced).toEqual(every);
  return all - some;
}

const literal = 'root ::= "ABCDEFG" [a-z] "HIJKLMNOPQRSTUVW" [0-9]{2} "XYZ" | "Ä" [0-9] "ÖÜ日本"';
const hot = { '--temp': 3, '--top-k': 0, '--top-p': 1, '--min-p': 0 };

describe('a token that a grammar forces', () => {
  it('takes no logits, and several are evaluated together', () => {
    const forced = 'root ::= "ABCDEFGHIJKLMNOPQRSTUVWX"';
    const { said, tokens, steps } = generate({ grammar: forced, most: 24 }, false);
    expect(said).toMatch(/ABCDEFGHIJKLMNOPQRSTUVWX$/);
    // There are 23 tokens, and the last is not evaluated. They are evaluated in threes and eights, while each takes
    // several steps alone.
    const alone = generate({ grammar: forced, most: 24 }, true);
    expect({ said, tokens }).toEqual({ said: alone.said, tokens: alone.tokens });
    expect(steps).toBeLessThan(alone.steps / 4);
  });

  it('is the same for every seed', () => {
    let sum = 0;
    const seeds = isFull ? 200 : 20;
    for (let seed = 0; seed < seeds; seed++) sum += saved({ grammar: literal, flags: hot, seed });
    expect(sum).toBeGreaterThan(seeds * 10);
  });

  it('is drawn if a sampler remembers how probable it was', () => {
    for (const flags of [{ '--mirostat': 1 }, { '--mirostat': 2 }]) {
      for (let seed = 0; seed < (isFull ? 20 : 3); seed++) expect(saved({ grammar: literal, flags, seed })).toBe(0);
    }
    const flags = { ...hot, '--adaptive-target': 0.4 };
    for (let seed = 0; seed < (isFull ? 20 : 3); seed++) {
      expect(saved({ grammar: literal, flags, seed, order: 'temperature;adaptive_p' })).toBe(0);
    }
  });

  it('that is forbidden, or penalised beyond all numbers, is an error as before', () => {
    const grammar = 'root ::= "A"{30}';
    const token = generate({ grammar, most: 3 }, true).tokens.at(-1)!;
    expect(generate({ grammar }, false).said).not.toContain('no token');
    for (const asked of [
      { grammar, bias: [[token, -Infinity]] as [number, number][] },
      { grammar, flags: { '--dry-multiplier': 1e20, '--dry-base': 10, '--dry-penalty-last-n': -1 } },
      { grammar, flags: { '--presence-penalty': 3e38, '--frequency-penalty': 3e38 } },
    ]) {
      expect(generate(asked, false).said).toContain('no token is left to choose from');
      saved(asked);
    }
  });

  it('is the same in messages of any length, and with any losses between them', () => {
    const asked = { grammar: literal, flags: hot };
    for (let seed = 0; seed < (isFull ? 12 : 2); seed++) {
      for (const evicted of [false, true]) {
        for (const looks of [1, 2, 3, 5, 9, 17, 40]) saved({ ...asked, seed, looks, evicted });
        for (const each of [1, 2, 3, 7]) saved({ ...asked, seed, each, evicted });
      }
    }
  });

  it('ends in the same place: at the most tokens, at a stop text, at the end, at the context', () => {
    const forced = 'root ::= "ABCDEFGHIJKLMNOPQRSTUVWX"';
    for (let most = 0; most <= 27; most += isFull ? 1 : 3) saved({ grammar: forced, most });
    for (const stop of ['A', 'H', 'HIJ', 'WX', 'X', 'TA']) saved({ grammar: forced, stops: [stop, 'EF'] });
    for (const neverEnds of [true, false]) saved({ grammar: forced, neverEnds });
    saved({ grammar: 'root ::= "ABC"+ "D"', most: 1000, flags: hot });
    expect(generate({ grammar: 'root ::= "A"{700}', most: 1000 }, false).said).toMatch(/^5 /);
    saved({ grammar: 'root ::= "A"{700}', most: 1000 });
  });

  it('is the same in schemas, with samplers of all kinds', { timeout: 300_000 }, () => {
    let sum = 0;
    const value = fc.oneof(
      fc.constant({ type: 'boolean' }),
      fc.constant({ enum: ['RED', 'GREEN', 'RIGHT', 'é日'] }),
      fc.constant({ const: 'FIXED' }),
      fc.constant({ type: 'integer', minimum: 0, maximum: 99 }),
      fc.constant({ type: 'string', maxLength: 3 }),
      fc.constant({ type: 'array', items: { enum: ['ON', 'OFF'] }, maxItems: 2 }),
      fc.constant({ type: 'null' }),
    );
    const name = fc.constantFrom('COLOUR', 'SIZE', 'IS IT', 'ab', 'é', '"', 'NAME', 'NAMES');
    fc.assert(
      fc.property(
        fc.dictionary(name, value, { minKeys: 1, maxKeys: 4 }),
        fc.record(
          {
            '--temp': fc.constantFrom(0, 0.8, 5),
            '--top-k': fc.constantFrom(0, 1, 5),
            '--top-p': fc.constantFrom(0, 0.5, 1),
            '--min-p': fc.constantFrom(0, 0.05, 2),
            '--typical': fc.constantFrom(-1, 0, 0.3, 1),
            '--top-nsigma': fc.constantFrom(-1, 0.1, 1),
            '--xtc-probability': fc.constantFrom(0, 0.5, 1),
            '--dynatemp-range': fc.constantFrom(0, 2),
            '--repeat-penalty': fc.constantFrom(0.5, 1, 1.5),
            '--presence-penalty': fc.constantFrom(0, 1),
            '--dry-multiplier': fc.constantFrom(0, 0.8),
            '--mirostat': fc.constantFrom(0, 0, 0, 1, 2),
          },
          { requiredKeys: [] },
        ),
        fc.nat(1000),
        fc.constantFrom(0, 0, 5, 30, 70),
        fc.constantFrom(0, 0, 1, 5),
        fc.boolean(),
        fc.constantFrom([], ['E'], ['": '], ['OFF', '9']),
        (properties, flags, seed, looks, each, evicted, stops) => {
          const schema = { type: 'object', properties, required: Object.keys(properties) };
          const fewer = saved({ schema, flags, seed, looks, each, evicted, stops, most: 60 });
          // A session that has lost its keys and values computes them again.
          if (!evicted) sum += fewer;
        },
      ),
      { numRuns: isFull ? 1000 : 20 },
    );
    expect(sum).toBeGreaterThan(0);
  });
});

/**
 * These penalties could make a logit infinite, so all logits are computed and drawn from first, as in llama.cpp; they
 * have no effect.
 */
const ALL_FIRST = { '--dry-multiplier': 1e31, '--dry-allowed-length': 4, '--dry-penalty-last-n': 4 };
const FEW = 'root ::= ([A-D] | "日" [0-9])+';

describe('of the few tokens that a grammar allows', () => {
  it('the greatest is the one that is the greatest of all if it is allowed, with penalties and biases', () => {
    const bias: [number, number][] = [[generate({ grammar: 'root ::= "B"', most: 2 }, true).tokens.at(-1)!, 0.5]];
    for (const flags of [
      {},
      { '--top-k': 0, '--top-p': 1, '--min-p': 0 },
      { '--repeat-penalty': 1.4, '--presence-penalty': 0.5, '--frequency-penalty': 0.1 },
      { '--top-k': 1, '--temp': 1 },
    ]) {
      for (const grammar of [FEW, literal, 'root ::= [a-z]{3} [0-9]+']) {
        const asked = { grammar, bias, most: 40 };
        const few = generate({ ...asked, flags: { '--temp': 0, ...flags } }, false);
        const all = generate({ ...asked, flags: { '--temp': 0, ...flags, ...ALL_FIRST } }, false);
        expect([few.said, few.tokens]).toEqual([all.said, all.tokens]);
      }
    }
  });

  it('samplers that need the probabilities of all tokens draw as in llama.cpp, from all tokens first', () => {
    for (const flags of [
      { '--typical': 0.4 },
      { '--xtc-probability': 1, '--xtc-threshold': 0.05 },
      { '--top-nsigma': 1 },
      { '--dynatemp-range': 1 },
      { '--mirostat': 2 },
    ]) {
      for (let seed = 0; seed < (isFull ? 10 : 2); seed++) {
        const few = generate({ grammar: FEW, flags: { '--temp': 2, ...flags }, seed, most: 20 }, false);
        const all = generate({ grammar: FEW, flags: { '--temp': 2, ...flags, ...ALL_FIRST }, seed, most: 20 }, false);
        expect([few.said, few.tokens]).toEqual([all.said, all.tokens]);
      }
    }
  });

  it('each is drawn as often as if all tokens were drawn from, and forbidden ones drawn again', () => {
    const count = (flags: Record<string, number>) => {
      const times = new Map<string, number>();
      for (let seed = 0; seed < 600; seed++) {
        const { said } = generate({ grammar: 'root ::= [A-D]', flags: { ...hot, ...flags }, seed, most: 1 }, false);
        times.set(said.at(-1)!, (times.get(said.at(-1)!) ?? 0) + 1);
      }
      return times;
    };
    const few = count({});
    const all = count(ALL_FIRST);
    expect([...few.keys()].sort()).toEqual(['A', 'B', 'C', 'D']);
    // Of 600, both counts deviate by 12 at most from the expectation, in two of three cases.
    for (const [token, times] of few) expect(Math.abs(times - (all.get(token) ?? 0)), token).toBeLessThan(60);
  });
});
