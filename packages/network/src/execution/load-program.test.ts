import { afterAll, describe, expect, it } from 'vitest';
import { Network } from '../index.js';
import { wat } from '../wasm/wat.test-support.js';
import { defaultLimits } from './limits.js';
import { keepProgram, keptProgram, loadProgram } from './load-program.js';

const source = (wasm: Uint8Array) => ({ wasm, moduleBytes: defaultLimits.moduleBytes, mode: 'exact' as const });
const numbered = (n: number) => wat(`(module (func (export "canister_update of load-program ${n}")))`);

describe('programs', () => {
  const networks: Network[] = [];
  afterAll(() => Promise.all(networks.map((network) => network.stop())));

  it('are made once for all canisters of a process', async () => {
    const wasm = numbered(0);
    const install = async () => {
      const network = await Network.start();
      networks.push(network);
      const id = network.createCanister();
      await network.install(id, wasm);
      return network.metrics.messages.at(-1)!.instructions;
    };
    const cost = await install();
    const made = keptProgram(source(wasm))!;
    expect(cost).toBe(made.program.compileCost);
    // The next canister has this program, if its thread does not make one: it says another cost.
    keepProgram({ ...made, program: { ...made.program, compileCost: cost + 1 } });
    expect(await install()).toBe(cost + 1);
  });

  it('are kept if they were used last', () => {
    for (const n of [1, 2, 3, 4]) loadProgram(source(numbered(n)));
    loadProgram(source(numbered(1)));
    loadProgram(source(numbered(5)));
    expect([1, 2, 3, 4, 5].filter((n) => keptProgram(source(numbered(n))))).toEqual([1, 3, 4, 5]);
  });
});
