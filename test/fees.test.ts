/** The main network's fees are in one table, the local network's; the copies of it are compared here. */
import { expect, it } from 'vitest';
import { cyclesOn, FEE_NODES, FEES } from '../packages/client/src/index.js';
import { mainNetFees } from '../packages/network/src/index.js';
import { tableOf, textOf } from './documents.js';

it('the client has the fees of the local network', () => {
  expect({ ...mainNetFees }).toMatchObject({ ...FEES, nodes: BigInt(FEE_NODES) });
});

it('the canister has them, too', () => {
  const constant = (file: string, pattern: RegExp) =>
    BigInt(pattern.exec(textOf(`canister/assembly/service/${file}`))![1]!.replaceAll('_', ''));
  expect(constant('engine/run-costs.ts', /MESSAGE_CYCLES: u64 = ([\d_]+);/)).toBe(mainNetFees.message);
  expect(constant('quotas/storage-limits.ts', /GIB_FOR_30_DAYS: u64 = ([\d_]+) \* 86_400 \* 30;/)).toBe(
    mainNetFees.gibSecond,
  );
});

it('docs/mainnet.md has them for 13 and 34 nodes', () => {
  const { canisterCreation, message, instruction, ingressMessage, ingressByte, gibSecond, canisterSecond } = FEES;
  const rows = [
    canisterCreation,
    message,
    1_000_000_000n * instruction,
    ingressMessage,
    ingressByte,
    gibSecond,
    canisterSecond,
  ].map((fee) => [fee, cyclesOn(34, fee)].map((cycles) => cycles.toLocaleString('en')));
  const table = tableOf('docs/mainnet.md', '| fee, in cycles | 13 nodes | 34 nodes |');
  expect(table.map((row) => row.slice(1))).toEqual(rows);
});
