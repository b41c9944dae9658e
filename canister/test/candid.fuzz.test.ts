import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IDL } from '@icp-sdk/core/candid';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { importDeclarations } from '../scripts/candid/interface.mjs';
import { relativesOf, valuesOf } from './candid-arbitrary.js';
import { coerceArguments, Mismatch } from './candid-coercion.js';
import { canisterModule } from './canister-module.js';
import { type Answer, Host } from './host.js';

const here = dirname(fileURLToPath(import.meta.url));
const full = process.env.LLAMA_CANISTER_TEST === 'full';
const numRuns = full ? 20_000 : 200;

let host: Host;
let methods: Record<string, IDL.FuncClass>;

beforeAll(async () => {
  host = await Host.start(await canisterModule('candid.ts'));
  const { service } = await importDeclarations(join(here, 'candid.did'));
  methods = Object.fromEntries(service._fields);
});

/** The value that the canister reads in these bytes, or the text of its rejection. */
function ours(method: string, bytes: Uint8Array): unknown[] | string {
  const answer = host.call(method, new Uint8Array(bytes)) as Answer;
  return 'reply' in answer ? (plain(IDL.decode(methods[method]!.retTypes, answer.reply)) as unknown[]) : answer.reject;
}

/** What the specification makes of these values; undefined if it refuses them. */
function specified(values: unknown[], types: IDL.Type[], method: string): unknown[] | undefined {
  try {
    return coerceArguments(values, types, methods[method]!.argTypes);
  } catch (error) {
    if (error instanceof Mismatch) return undefined;
    throw error;
  }
}

/** core decodes vecs of fixed-size numbers as typed arrays; only blobs are compared in that form. */
function plain(value: unknown): unknown {
  if (value instanceof Uint16Array || value instanceof Int32Array) return Array.from(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([label, content]) => [label, plain(content)]));
}

const names = [
  'numbers',
  'things',
  'options',
  'lists',
  'list',
  'tree',
  'growth',
  'several',
  'whole',
  'word',
  'nothing',
];

describe('the canister reads what @icp-sdk/core writes, and answers the same', () => {
  it.each(names)('%s', (name) => {
    const { argTypes } = methods[name]!;
    fc.assert(
      fc.property(fc.tuple(...argTypes.map((type) => valuesOf(type))), (values) => {
        expect(ours(name, IDL.encode(argTypes, values))).toEqual(values);
      }),
      { numRuns },
    );
  });
});

describe('values of other types are coerced as the specification says', () => {
  it.each(names)('%s', (name) => {
    const { argTypes } = methods[name]!;
    const extra = fc.subarray<IDL.Type>([IDL.Vec(IDL.Text), IDL.Reserved]);
    const types = fc.tuple(fc.tuple(...argTypes.map((type) => relativesOf(type))), extra).map((lists) => lists.flat());
    const messages = types
      .chain((all) => fc.tuple(fc.constant(all), fc.nat({ max: all.length })))
      .map(([all, dropped]) => (dropped === 0 ? all.slice(1) : all))
      .chain((some) => fc.tuple(fc.constant(some), fc.tuple(...some.map((type) => valuesOf(type)))));
    let accepted = 0;
    fc.assert(
      fc.property(messages, ([wire, values]) => {
        const result = ours(name, IDL.encode(wire, values));
        const expected = specified(values, wire, name);
        if (typeof result === 'string') expect(expected, result).toBeUndefined();
        else expect(result).toEqual(expected);
        if (expected) ++accepted;
      }),
      { numRuns: 2 * numRuns },
    );
    expect(accepted).toBeGreaterThan(numRuns / 50);
  });
});

describe('changed bytes are accepted or refused, and never trap', () => {
  it.each(names)('%s', (name) => {
    const { argTypes } = methods[name]!;
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat({ max: 3 }),
      put: fc.uint8Array({ maxLength: 3 }),
    });
    const changes = fc.array(change, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.tuple(...argTypes.map((type) => valuesOf(type))), changes, (values, edits) => {
        let bytes = Buffer.from(IDL.encode(argTypes, values));
        for (const { at, cut, put } of edits) {
          const start = Math.floor(at * bytes.length);
          bytes = Buffer.concat([bytes.subarray(0, start), put, bytes.subarray(start + cut)]);
        }
        const result = ours(name, bytes);
        if (typeof result === 'string') expect(result).toContain(`${name}: the argument cannot be decoded: `);
        // What was accepted became a value of the expected type, so sending that value gives the same value.
        else expect(ours(name, IDL.encode(argTypes, result))).toEqual(result);
      }),
      { numRuns: 4 * numRuns },
    );
  });
});
