import { beforeAll, describe, expect, it } from 'vitest';
import { isFull } from '../../test/full.js';
import { ggufBytes } from '../../test/gguf/header.js';
import { SchemaPart } from './json-schema-part.js';
import { largeGrammars, largeSchemas } from './large-schemas.js';
import { BareCanister } from './metered.js';
import { byteAlphabet, tokenizerGguf } from './reference/tokenizer.js';

/**
 * A managed heap like the canister's: a region that does not grow, and in which nothing is collected within a message.
 * It has only 5 MiB with the static data, less than half. It is a compilation of its own, in test:full; managed-heap.test.ts
 * always has the canister's.
 */
const PAGES = 80;
const smallHeap = ['--initialMemory', String(PAGES), '--lowMemoryLimit', String(PAGES << 16)];

describe('the largest grammars and schemas', () => {
  let part: SchemaPart;
  let canister: BareCanister;
  beforeAll(async () => {
    part = await SchemaPart.load(isFull ? smallHeap : []);
    canister = await BareCanister.create('testing/costs.ts');
    const file = { model: 'gpt2', pre: 'gpt-2', tokens: byteAlphabet.map((text) => ({ text })), merges: [] } as const;
    canister.update('load', ggufBytes(tokenizerGguf(file)).bytes);
    canister.update('index', new Uint8Array());
  }, 120_000);

  const cases = [
    ...largeSchemas.map((each) => [...each, 1] as const),
    ...largeGrammars.map((each) => [...each, 0] as const),
  ];
  // Every third here, and all in test:full.
  it.each(isFull ? cases : cases.filter((_, i) => i % 3 === 0))('%s', (_, text, isTaken, isSchema) => {
    part.open('true');
    const before = part.grammar.part.exports.taken();
    const problem = isSchema ? part.open(text) : part.grammar.open(text);
    expect(problem === '').toBe(isTaken);
    // All memory is given back, including that of inputs that are refused midway.
    expect(part.open('true')).toBe('');
    expect(part.grammar.part.exports.taken()).toBe(before);
    const reply = canister.update('compile', Buffer.concat([Buffer.from([isSchema]), Buffer.from(text)]));
    const [instructions, isMade] = Buffer.from(reply).toString().split(' ').map(Number);
    expect(isMade).toBe(Number(isTaken));
    expect(instructions).toBeLessThan(1.5e9);
  });
});
