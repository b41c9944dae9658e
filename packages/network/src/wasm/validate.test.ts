import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DirectCanister } from '../execution/direct.js';
import { ByteWriter } from './bytes.js';
import { body, custom, engine, many, refusal, sections } from './validation.test-support.js';
import { wat } from './wat.test-support.js';

function bodyWithLocals(count: number): Uint8Array {
  const code = new ByteWriter().u32(1).u32(count).u8(0x7f, 0x0b).finish();
  return sections([1, [1, 0x60, 0, 0]], [3, [1, 0]], [10, new ByteWriter().u32(1).sized(code).finish()]);
}

/** A module with a second own function, after one import, that writes a table in this way. */
function tableOperator(name: string): Uint8Array {
  const operands: Record<string, string> = {
    'table.set': '(i32.const 0) (ref.null func) (table.set 0)',
    'table.grow': '(drop (table.grow 0 (ref.null func) (i32.const 1)))',
    'table.fill': '(i32.const 0) (ref.null func) (i32.const 1) (table.fill 0)',
    'table.copy': '(table.copy (i32.const 0) (i32.const 0) (i32.const 1))',
    'table.init': '(table.init $e (i32.const 0) (i32.const 0) (i32.const 1))',
  };
  return wat(
    `(module (import "ic0" "msg_reply" (func)) (table 4 funcref) (elem $e func 0) (func) (func ${operands[name]}))`,
  );
}

const decoding = 'Failed to decode wasm module: ';
const structure = `${decoding}Error finding code section: `;
const refused: [what: string, wasm: () => Uint8Array, reason: string][] = [
  ['no module', () => new TextEncoder().encode('not a module'), `${decoding}unsupported canister module format`],
  ['nothing', () => new Uint8Array(), `${decoding}unsupported canister module format`],
  ['a magic number alone', () => Uint8Array.of(0, 0x61, 0x73, 0x6d), `${structure}unknown binary version`],
  ['a component', () => Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0), `${structure}unknown binary version`],
  ['a cut section', () => wat('(module (func) (memory 1))').slice(0, 10), `${structure}unexpected end`],
  ['a cut module', () => wat('(module (func) (memory 1))').slice(0, -3), engine],
  [
    'a gzip stream that is too short',
    () => Uint8Array.of(0x1f, 0x8b, 0x08, 0),
    `${decoding}invalid Wasm module: gzip stream is too short`,
  ],
  [
    'a damaged gzip stream',
    () => gzipSync(wat('(module (memory 1))')).map((byte, i) => (i === 12 ? byte ^ 0xff : byte)),
    `${decoding}failed to decode compressed Wasm module: `,
  ],
  [
    'a gzip stream that lies about its size',
    () => {
      const bytes = gzipSync(wat('(module (memory 1))'));
      bytes.writeUInt32LE(bytes.readUInt32LE(bytes.length - 4) + 1, bytes.length - 4);
      return bytes;
    },
    decoding,
  ],
  [
    'a gzip stream that says it is too large',
    () => {
      const bytes = gzipSync(wat('(module)'));
      bytes.writeUInt32LE(101 * 2 ** 20, bytes.length - 4);
      return bytes;
    },
    'Wasm module size of 105906176 exceeds the maximum allowed size of 104857600',
  ],
  ['something else that is gzipped', () => gzipSync('text, text'), `${structure}magic header not detected`],
  [
    'what does not type-check',
    () => wat('(module (func (result i32) (i32.const 1)))').map((byte) => (byte === 0x41 ? 0x01 : byte)),
    engine,
  ],
  ['relaxed SIMD', () => body(0xfd, 0x80, 0x02), 'relaxed SIMD support is not enabled'],
  ['threads: an atomic operator', () => body(0xfe, 0x03, 0x00), 'threads support is not enabled'],
  ['threads: a shared memory', () => sections([5, [1, 3, 1, 1]]), 'threads must be enabled'],
  ['multi-memory: two memories', () => sections([5, [2, 0, 1, 0, 1]]), 'multi-memory not enabled'],
  [
    'multi-memory: a load from memory 1',
    () => body(0x41, 0, 0x28, 0x42, 0x01, 0, 0x1a),
    'multi-memory support is not enabled',
  ],
  [
    'a memory of more than 2^64 bytes',
    () => sections([5, [1, 4, 0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40]]),
    'memory size must be at most 2**48',
  ],
  [
    'a 32-bit system call of a module with a 64-bit memory',
    () => wat('(module (import "ic0" "stable_size" (func (result i32))) (memory i64 1))', { memory64: true }),
    "'stable_size' from 'ic0' that is not exported by the runtime",
  ],
  [
    'a 32-bit address of a module with a 64-bit memory',
    () => wat('(module (import "ic0" "debug_print" (func (param i32 i32))) (memory i64 1))', { memory64: true }),
    "Expected input params [I64, I64] for 'debug_print', got [I32, I32]",
  ],
  [
    'data of a 64-bit memory at a 32-bit place',
    () => sections([5, [1, 4, 1]], [11, [1, 0, 0x41, 0, 0x0b, 0]]),
    'expected i64, got i32',
  ],
  [
    'extended-const',
    () => sections([6, [1, 0x7f, 0, 0x41, 1, 0x41, 2, 0x6a, 0x0b]]),
    'extended constant expressions are not enabled',
  ],
  [
    'exceptions: a tag section',
    () => sections([1, [1, 0x60, 0, 0]], [13, [1, 0, 0]]),
    'exceptions proposal not enabled',
  ],
  ['exceptions: try', () => body(0x06, 0x40, 0x0b), 'exceptions support is not enabled'],
  ['gc: a struct type', () => sections([1, [1, 0x5f, 0]]), 'gc proposal must be enabled'],
  ['gc: an operator', () => body(0xfb, 0x00, 0x00), 'gc support is not enabled'],
  ['an unknown operator', () => body(0x27), 'illegal opcode'],
  ['sections in the wrong order', () => sections([3, [0]], [1, [0]]), 'section out of order'],
  ['a function without a body', () => sections([1, [1, 0x60, 0, 0]], [3, [1, 0]]), 'inconsistent lengths'],
  [
    'a data segment at a global',
    () => wat('(module (memory 1) (global i32 (i32.const 0)) (data (global.get 0) "x"))'),
    `${engine}constant expression required: global.get of locally defined global`,
  ],
  [
    'a global that begins as another one',
    () => sections([6, [2, 0x7f, 0, 0x41, 1, 0x0b, 0x7f, 0, 0x23, 0, 0x0b]]),
    `${engine}constant expression required: global.get of locally defined global`,
  ],
  [
    'a table of externref',
    () => wat('(module (table 1 externref))'),
    'Wasm module has an invalid table section. Table element type must be funcref, got externref',
  ],
  [
    'a global of a reference type',
    () => wat('(module (global externref (ref.null extern)))'),
    'Wasm module has an invalid global section. Unsupported global type: Ref(externref)',
  ],
  ...['table.set', 'table.grow', 'table.fill', 'table.copy', 'table.init'].map((name): (typeof refused)[number] => [
    name,
    () => tableOperator(name),
    `Wasm module contains a function at index 2 with unsupported instruction ${name}`,
  ]),
  [
    'a function whose name is longer than 1 MiB',
    () => {
      const names = new ByteWriter()
        .u32(1)
        .u32(0)
        .name('x'.repeat(2 ** 20 + 1))
        .finish();
      return sections(
        [1, [1, 0x60, 0, 0]],
        [3, [1, 0]],
        [10, [1, 2, 0, 0x0b]],
        custom('name', new ByteWriter().u8(1).sized(names).finish()),
      );
    },
    'Wasm module contains a function at index 0 with a name of size 1048577 that exceeds the maximum allowed size of 1048576',
  ],
  [
    'two exports of one name',
    () => sections([1, [1, 0x60, 0, 0]], [3, [1, 0]], [7, [2, 1, 0x61, 0, 0, 1, 0x61, 0, 0]], [10, [1, 2, 0, 0x0b]]),
    engine,
  ],
  [
    'a start function with a parameter',
    () => sections([1, [1, 0x60, 1, 0x7f, 0]], [3, [1, 0]], [8, [0]], [10, [1, 2, 0, 0x0b]]),
    engine,
  ],
  [
    'a memory of more than 4 GiB',
    () => sections([5, [1, 0, 0x81, 0x80, 0x04]]),
    'memory size must be at most 65536 pages',
  ],
  ['a memory whose maximum is below its minimum', () => sections([5, [1, 1, 2, 1]]), engine],
  ['a type that is no function', () => sections([1, [1, 0x5e, 0x7f, 0]]), engine],
  ['a typed function reference', () => sections([1, [1, 0x60, 1, 0x64, 0x70, 0]]), engine],
  ['return_call_ref', () => body(0x15, 0), engine],
  ['wide arithmetic', () => body(0xfc, 0x13), engine],
  ['a shared memory import', () => sections([2, [1, 1, 0x61, 1, 0x61, 2, 3, 1, 1]]), 'threads must be enabled'],
  ['a page size of one byte', () => sections([5, [1, 8, 1, 0]]), 'custom page sizes proposal must be enabled'],
  ['50,001 locals', () => bodyWithLocals(50_001), 'too many locals'],
  ['exceptions: try_table', () => body(0x1f, 0x40, 0, 0x0b), 'exceptions support is not enabled'],
  ['exceptions: an imported tag', () => sections([1, [1, 0x60, 0, 0]], [2, [1, 0, 0, 4, 0, 0]]), engine],

  [
    '1001 globals',
    () => wat(`(module ${many(1001, () => '(global i32 (i32.const 0))')})`),
    'Wasm module defined 1001 globals which exceeds the maximum number allowed 1000',
  ],
  [
    '50001 functions',
    () =>
      sections(
        [1, [1, 0x60, 0, 0]],
        [3, new ByteWriter().u32(50_001).bytes(new Uint8Array(50_001)).finish()],
        [
          10,
          new ByteWriter()
            .u32(50_001)
            .bytes(Uint8Array.from({ length: 150_003 }, (_, i) => [2, 0, 0x0b][i % 3]!))
            .finish(),
        ],
      ),
    'Wasm module defined 50001 functions which exceeds the maximum number allowed 50000',
  ],
  ['a function of more than a million operators', () => body(Buffer.alloc(1_000_000, 0x01)), 'exceeds the maximum'],
  [
    'a function of too many branches',
    () => body(...new Array<number[]>(10_001).fill([0x02, 0x40, 0x0c, 0x00, 0x0b]).flat()),
    'which exceeds the maximum complexity allowed 1000000',
  ],
  [
    'a code section over 11 MiB',
    () =>
      sections(
        [1, [1, 0x60, 0, 0]],
        [3, [12, ...new Array<number>(12).fill(0)]],
        [
          10,
          new ByteWriter()
            .u32(12)
            .bytes(
              Buffer.concat(
                new Array<Uint8Array>(12).fill(
                  new ByteWriter()
                    .sized(Buffer.concat([Uint8Array.of(0), Buffer.alloc(999_990, 0x01), Uint8Array.of(0x0b)]))
                    .finish(),
                ),
              ),
            )
            .finish(),
        ],
      ),
    'exceeds the maximum allowed size of 11534336',
  ],
];

describe('refused at install', () => {
  it.each(refused)('%s', (_, wasm, reason) => {
    expect(refusal(wasm())).toContain(reason);
  });

  it('with advice for the developer, or against the toolchain', () => {
    const text = (wasm: Uint8Array) => {
      const { result } = new DirectCanister().install(wasm);
      return result.kind === 'error'
        ? result.error.message.replace(/^Error from Canister [a-z0-9-]+: /, '')
        : 'installed';
    };
    expect(text(wat('(module (func (export "canister_update f")) (func (export "canister_query f")))'))).toBe(
      "Canister's Wasm module is not valid: Duplicate function 'f' exported multiple times with different call types: update, query, or composite_query.\nTry defining different versions of the function for each call type, e.g. `f_update`, `f_query`, etc. See documentation: https://internetcomputer.org/docs/current/references/execution-errors#wasm-module-duplicate-exports",
    );
    expect(text(wat('(module (func (export "canister_foo")))'))).toBe(
      "Canister's Wasm module is not valid: Wasm module has an invalid export section. Exporting reserved function 'canister_foo' with \"canister_\" prefix.\nThis is likely an error with the compiler/CDK toolchain being used to build the canister. Please report the error to IC devs on the forum: https://forum.dfinity.org and include which language/CDK was used to create the canister.",
    );
    expect(text(wat('(module (import "env" "memory" (memory 1)))'))).toBe(
      'Canister encountered a Wasm engine error: Failed to instantiate module: unknown import: `env::memory` has not been defined',
    );
  });

  it('with error code IC0505 and the canister as it was', () => {
    const canister = new DirectCanister();
    canister.install(wat('(module (func (export "canister_update run")))'));
    const output = canister.install(wat('(module (func (export "canister_foo")))'), { mode: 'upgrade' });
    expect(output.result).toMatchObject({
      error: { code: 505, message: expect.stringContaining("Canister's Wasm module is not valid") },
    });
    expect(canister.update('run').result).toEqual({ kind: 'none' });
  });

  it('a data segment outside the initial memory, and a table segment outside its table', () => {
    const outside = new DirectCanister().install(wat('(module (memory 1) (data (i32.const 65530) "1234567"))'));
    expect(outside.result).toMatchObject({
      error: { message: expect.stringContaining('invalid data segment of 7 bytes at 65530') },
    });
    const table = new DirectCanister().install(wat('(module (table 1 funcref) (elem (i32.const 1) func 0) (func))'));
    expect(table.result).toMatchObject({ error: { message: expect.stringContaining('table out of bounds') } });
  });
});

describe('accepted', () => {
  const accepted: [what: string, wasm: () => Uint8Array][] = [
    ['an empty module', () => wat('(module)')],
    [
      'every allowed entry point',
      () =>
        wat(
          `(module ${many(7, (i) => `(func (export "canister_${['init', 'pre_upgrade', 'post_upgrade', 'inspect_message', 'heartbeat', 'global_timer', 'on_low_wasm_memory'][i]}"))`)})`,
        ),
    ],
    [
      'other exports',
      () => wat('(module (memory (export "memory") 1) (func (export "_start")) (func (export "helper") (param i32)))'),
    ],
    [
      'sections of other tools',
      () => sections(custom('name'), custom('producers'), custom('icp:public candid:service'), custom('icp:private ')),
    ],
    [
      'SIMD, bulk memory, reference types',
      () =>
        wat(
          '(module (memory 1) (table 1 funcref) (table 2 funcref) (func (param externref) (v128.store (i32.const 0) (v128.const i64x2 1 2)) (memory.fill (i32.const 0) (i32.const 0) (i32.const 0))))',
        ),
    ],
    [
      'globals of every number type and of vectors',
      () =>
        wat(
          `(module ${['i32', 'i64', 'f32', 'f64'].map((t) => `(global (mut ${t}) (${t}.const 1))`).join(' ')} (global (mut v128) (v128.const i64x2 1 2)))`,
        ),
    ],
    [
      'reserved names on what is no function',
      () => wat('(module (memory (export "canister_memory") 1) (global (export "canister_foo") i32 (i32.const 1)))'),
    ],
    [
      '1000 methods, 1000 globals, 16 sections',
      () =>
        Buffer.concat([
          wat(`(module ${many(1000, (i) => `(func (export "canister_query ${i}")) (global i32 (i32.const 0))`)})`),
          sections(...Array.from({ length: 16 }, (_, i) => custom(`icp:public ${i}`))).subarray(8),
        ]),
    ],
    ['tail calls', () => body(0x41, 0, 0x0d, 0, 0x12, 0)],
    ['a name section that makes no sense', () => sections(custom('name', Uint8Array.of(1, 0x7f, 3)))],
    ['a gzipped module', () => gzipSync(wat('(module (func (export "canister_init")))'))],
  ];
  it.each(accepted)('%s', (_, wasm) => {
    expect(new DirectCanister().install(wasm()).result).toEqual({ kind: 'none' });
  });

  it('a gzip bomb is not', () => {
    const canister = new DirectCanister({ limits: { moduleBytes: 100_000 } });
    expect(canister.install(gzipSync(Buffer.alloc(10_000_000))).result).toMatchObject({ error: { code: 505 } });
    expect(canister.install(Uint8Array.of(0x1f, 0x8b, 0x08, 1, 2, 3)).result).toMatchObject({ error: { code: 505 } });
  });
});
