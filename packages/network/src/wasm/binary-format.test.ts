import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DirectCanister } from '../execution/direct.js';
import { ByteReader, ByteWriter } from './bytes.js';
import { parseModule } from './module.js';
import { encodeModule } from './module-writer.js';
import { wat } from './wat.test-support.js';

describe('the binary format', () => {
  it('reads its own output', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 0xffffffff }),
        fc.integer(),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        (u, s, b) => {
          const reader = new ByteReader(
            new ByteWriter()
              .u32(u)
              .s32(s | 0)
              .s64(b)
              .finish(),
          );
          expect([reader.u32(), reader.s32(), reader.s64()]).toEqual([u, s | 0, b]);
          expect(reader.done).toBe(true);
        },
      ),
    );
  });

  it('a parsed module written again is the same module', () => {
    const wasm = wat(`(module (type (func (param i32 f64) (result i64))) (import "ic0" "time" (func (result i64)))
      (table 3 9 funcref) (memory 1 5) (global (mut f32) (f32.const 1.5)) (global i32 (i32.const -7)) (export "f" (func 1)) (start 2)
      (elem (i32.const 1) func 1 2) (elem func 1) (elem declare func 2) (elem (table 0) (i32.const 0) funcref (ref.func 1) (ref.null func))
      (func (type 0) (i64.const 3)) (func) (data (i32.const 8) "abc") (data "passive"))`);
    const again = encodeModule(parseModule(wasm));
    expect(WebAssembly.validate(again)).toBe(true);
    expect(parseModule(encodeModule(parseModule(again)))).toEqual(parseModule(again));
  });

  it('never does anything but refuse damaged modules', () => {
    const wasm = wat(
      '(module (import "ic0" "time" (func (result i64))) (memory 1) (global (mut i32) (i32.const 1)) (func (export "canister_update f") (drop (call 0)) (i32.store (i32.const 1) (global.get 0))) (data (i32.const 0) "abc"))',
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(wasm.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        fc.nat(wasm.length),
        (changes, length) => {
          const damaged = wasm.slice(0, Math.max(length, wasm.length / 2));
          for (const [at, byte] of changes) damaged[at] = byte;
          const result = new DirectCanister().install(damaged).result;
          if (result.kind === 'error') expect(result.error.message).not.toContain('Unexpected');
        },
      ),
      { numRuns: 2000 },
    );
  });
});

declare const WebAssembly: { validate(bytes: Uint8Array): boolean };
