import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DirectCanister } from './direct.js';
import type { Heap } from './heap.js';
import { canisterOf, Model, pages, program } from './random-program.test-support.js';
import type { CanisterRuntime } from './runtime.js';

interface Internals {
  instance: { heap: Heap; globals: { value: number }[] };
  stable: { pages: number; read(offset: number, target: Uint8Array): void };
}

/** The whole state of a canister, read behind its back. */
function stateOf(runtime: CanisterRuntime) {
  const { instance, stable } = runtime as unknown as Internals;
  const content = new Uint8Array(4 * 65536);
  stable.read(0, content);
  return {
    heapPages: instance.heap.pages,
    heap: Buffer.from(instance.heap.view(0, instance.heap.size)),
    globals: instance.globals.map((global) => global.value),
    stablePages: stable.pages,
    stable: Buffer.from(content),
  };
}

function expectSame(after: ReturnType<typeof stateOf>, before: ReturnType<typeof stateOf>): void {
  expect([after.heapPages, after.stablePages, after.globals]).toEqual([
    before.heapPages,
    before.stablePages,
    before.globals,
  ]);
  expect([after.heap.equals(before.heap), after.stable.equals(before.stable)]).toEqual([true, true]);
}

const runs = process.env.LLAMA_CANISTER_TEST === 'full' ? 2000 : 20;

describe.each([false, true])('random programs (64-bit memory: %s)', (memory64) => {
  it('do what they say, and cost what a plain interpreter says', () => {
    fc.assert(
      fc.property(program, (statements) => {
        const model = new Model(memory64);
        model.run(statements);
        const canister = new DirectCanister();
        canister.install(canisterOf(statements, [], { memory64 }));
        const output = canister.update('run');
        expect(output.result).toEqual({ kind: 'none' });
        expect(output.instructions).toBe(model.instructions);
        expect(output.pages).toMatchObject({ heapAccessed: model.accessed.size, heapWritten: model.written.size });
        const state = stateOf(canister.runtime);
        expect(state.heap.subarray(0, pages * 65536).equals(model.heap)).toBe(true);
        expect(state.stable.equals(model.stable)).toBe(true);
        expect([state.heapPages, state.globals]).toEqual([model.heapPages, [model.global, 0]]);
      }),
      { numRuns: runs },
    );
  });

  it('leave nothing behind when they are stopped at any instruction', () => {
    fc.assert(
      fc.property(program, program, fc.double({ min: 0, max: 1, noNaN: true }), (prepare, statements, share) => {
        const canister = new DirectCanister();
        canister.install(canisterOf(statements, prepare, { memory64 }));
        canister.update('prepare');
        const before = stateOf(canister.runtime);
        const model = new Model(memory64);
        model.run(statements);
        const { limits } = canister.runtime;
        limits.updateInstructions = Math.floor((model.instructions - 1) * share);
        const output = canister.update('run');
        const after = stateOf(canister.runtime);
        if (output.result.kind !== 'error') {
          // The limit is only asked at loops, functions, system calls and bulk operators: it may have been passed unseen.
          return;
        }
        expect(output.result.error.code).toBe(522);
        expect(output.instructions).toBeLessThanOrEqual(limits.updateInstructions);
        expectSame(after, before);
        // And the canister goes on as if nothing had been.
        limits.updateInstructions = 40e9;
        expect(canister.update('run').instructions).toBe(model.instructions);
      }),
      { numRuns: runs },
    );
  });

  it('leave nothing behind when they trap in front of any statement, nor as queries', () => {
    let trapped = 0;
    fc.assert(
      fc.property(program, program, fc.integer({ min: 1, max: 12 }), (prepare, statements, burning) => {
        const canister = new DirectCanister();
        canister.install(canisterOf(statements, prepare, { burning, memory64 }));
        canister.update('prepare');
        const before = stateOf(canister.runtime);
        const output = canister.update('run');
        if (output.result.kind !== 'error') return;
        trapped++;
        expect(output.result.error).toMatchObject({ code: 502, message: expect.stringContaining('unreachable') });
        expectSame(stateOf(canister.runtime), before);
        expect(canister.query('ask').result.kind).not.toBe('error');
        expect(canister.update('ask').result.kind).not.toBe('error');
        expectSame(stateOf(canister.runtime), before);
      }),
      { numRuns: runs },
    );
    expect(trapped).toBeGreaterThan(runs / 10);
  });
});
