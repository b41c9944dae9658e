import { expect, it } from 'vitest';
import { metricsLeaf } from './certified.js';

it("writes the subnet's metrics as the replica does, byte for byte", () => {
  // The example of the replica's own tests (dfinity/ic: canonical_state/src/encoding/tests/encoding.rs).
  const bytes = metricsLeaf({
    canisters: 5,
    stateBytes: 5n * 2n ** 20n,
    consumedCycles: 250_000_000_000n,
    updates: 4200n,
  });
  expect(Buffer.from(bytes).toString('hex')).toBe('a40005011a0050000002a2001b0000003a35294400010003191068');
  const much = metricsLeaf({ canisters: 1, stateBytes: 0n, consumedCycles: (3n << 64n) + 2n, updates: 0n });
  expect(Buffer.from(much).toString('hex')).toBe('a40001010002a200020103' + '0300');
});
