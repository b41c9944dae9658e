/**
 * Calls every method with well-typed random arguments, as every kind of caller: none traps, and an error has written
 * nothing to stable memory.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IDL } from '@icp-sdk/core/candid';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { importDeclarations } from '../scripts/candid/interface.mjs';
import { anonymous, Llama, owner, person } from './llama.js';
import { tinyModel } from './tiny-model.js';

const full = process.env.LLAMA_CANISTER_TEST === 'full';
const { service } = await importDeclarations(join(dirname(dirname(fileURLToPath(import.meta.url))), 'llama.did'));
const methods = service._fields;

const words = [
  ...['m', 'a', 'chat', '', '.', '..', '../m', '/etc/passwd', 'a/b/c', 'a\0b', 'é🌙', 'x'.repeat(300), 'y/'.repeat(40)],
  ...[
    'the cat',
    '<|im_start|>',
    '\\n\\x41\\',
    '0',
    '-1',
    '3',
    '1e9',
    'nan',
    '5+1',
    '5-inf',
    'f16',
    'none',
    'temperature',
  ],
  ...[
    '/',
    '/status',
    '/metrics',
    '/%',
    'GET',
    'HEAD',
    'f'.repeat(64),
    '.canister_uploads',
    '.canister_uploads/1/state',
  ],
  ...['w7x7r-cok77-xa', person(1).toText(), '.canister_cache', `.canister_cache/${person(1)}/sessions/chat`],
];
const flags = [
  ...['-m', '-p', '-n', '-c', '--prompt-cache', '--prompt-cache', '--prompt-cache-ro', '-sp', '-r', '--log-file', '-e'],
  ...[
    '--samplers',
    '--seed',
    '--temp',
    '--top-k',
    '--top-p',
    '--min-p',
    '--repeat-penalty',
    '-l',
    '--ignore-eos',
    '-t',
  ],
  ...['--grammar', '-j', '--rope-scale', '-ctk', '--keep', '--threads', '--mirostat', '--nothing', '--no-escape'],
];
const word = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...words) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 50 }) },
);
const commandLine = fc
  .array(fc.tuple(fc.constantFrom(...flags), fc.oneof({ weight: 5, arbitrary: word }, fc.constant(null))), {
    maxLength: 6,
  })
  .map((pairs) => pairs.flatMap(([flag, value]) => (value === null ? [flag] : [flag, value])))
  // Short answers.
  .map((args) => ({ args: [...args, '-n', '2'] }));
const natural = (bits: bigint) =>
  fc.oneof(
    fc.constantFrom(0n, 1n, 2n, 100n, 1000n, 65_536n, 2_097_152n, 2n ** bits - 1n).map((n) => n % 2n ** bits),
    fc.bigInt(0n, 2n ** bits - 1n),
  );

/** Values of a Candid type. */
function valuesOf(type: IDL.Type): fc.Arbitrary<unknown> {
  const whole: [unknown, fc.Arbitrary<unknown>][] = [
    [IDL.Text, word],
    [IDL.Nat64, natural(64n)],
    [IDL.Nat32, natural(32n).map(Number)],
    [IDL.Nat16, natural(16n).map(Number)],
    [IDL.Nat8, natural(8n).map(Number)],
    [IDL.Int32, fc.oneof(fc.constantFrom(0, 1, 9, -1), fc.integer())],
    [IDL.Nat, natural(128n)],
    [IDL.Bool, fc.boolean()],
    [IDL.Null, fc.constant(null)],
    [IDL.Principal, fc.constantFrom(owner, anonymous, person(1))],
  ];
  const known = whole.find(([name]) => name === type);
  if (known) return known[1];
  const inner = type as unknown as { _type?: IDL.Type; _fields?: [string, IDL.Type][] };
  if (type instanceof IDL.OptClass)
    return fc.oneof(
      fc.constant([]),
      valuesOf(inner._type!).map((value) => [value]),
    );
  if (type instanceof IDL.VecClass) {
    const isBlob = type.display() === 'vec nat8';
    return isBlob ? fc.uint8Array({ maxLength: 200 }) : fc.array(valuesOf(inner._type!), { maxLength: 5 });
  }
  if (type instanceof IDL.TupleClass) return fc.tuple(...inner._fields!.map(([, field]) => valuesOf(field)));
  if (type instanceof IDL.RecordClass) {
    if (type.display() === 'record {args:vec text}') return commandLine;
    return fc.record(Object.fromEntries(inner._fields!.map(([name, field]) => [name, valuesOf(field)])), {
      noNullPrototype: true,
    });
  }
  if (type instanceof IDL.VariantClass) {
    return fc.oneof(...inner._fields!.map(([name, field]) => valuesOf(field).map((value) => ({ [name]: value }))));
  }
  throw new Error(`no values of ${type.display()}`);
}

const call = fc.constantFrom(...methods).chain(([name, method]) =>
  fc.record({
    name: fc.constant(name),
    values: fc.tuple(...method.argTypes.map(valuesOf)),
    caller: fc.constantFrom(owner, owner, person(1), person(2), anonymous),
    // Queries are sent as updates, too.
    isUpdate: fc.boolean(),
  }),
);

const bigint = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}` : value);

let llama: Llama;
beforeAll(async () => {
  llama = await Llama.install();
  llama.load('m', tinyModel(), '-c', '128');
});

/** Errors after work that stays: tokens that were evaluated before the failure. The error says so. */
const PARTLY = /the context is full|the call may execute|prefix is pinned, but|the session could not be saved/;

it('no method traps, and no error leaves a trace', () => {
  let answered = 0;
  fc.assert(
    fc.property(fc.array(call, { minLength: 10, maxLength: 30, size: 'max' }), (calls) => {
      llama.call('set_access', { level: 1 }, owner);
      llama.budget(0);
      for (const { name, values, caller, isUpdate } of calls) {
        const method = methods.find(([other]) => other === name)![1];
        const bytes = IDL.encode(method.argTypes, values);
        const isLetIn = llama.inspect(name, bytes, caller);
        const answer = (isUpdate ? llama.update(name, bytes, caller) : llama.send(name, bytes, caller)) as
          | object
          | null;
        // A caller who passes the door is not refused behind it; a query that may not be sent as an update is refused
        // there, too.
        if (isLetIn)
          expect(JSON.stringify(answer, bigint)).not.toMatch(/Access Denied|bytes, and at most|sent as an update/);
        llama.time += 1_000_000_000n;
        if (method.annotations.includes('query')) expect(llama.spent.pages!.stableWritten, name).toBe(0);
        if (answer === null || typeof answer !== 'object' || !('Err' in answer)) {
          ++answered;
          continue;
        }
        const text = JSON.stringify(answer.Err, bigint);
        if (!PARTLY.test(text)) expect(llama.spent.pages!.stableWritten, `${name}: ${text}`).toBe(0);
      }
      llama.timers();
      if (!('Ok' in (llama.call('ready') as object))) llama.command('load_model', ['-m', 'm', '-c', '128'], owner);
      expect(llama.call('health')).toEqual({ Ok: { status_code: 200 } });
    }),
    { numRuns: full ? 2000 : 100 },
  );
  expect(answered).toBeGreaterThan(50);
});
