// What a model costs on each kind of subnet, in cycles and in money.
import { CHUNK_BYTES, cyclesOn, FEES, idleCycles, modelCost } from '@llama-canister/client';
import { formatCycles } from '../amounts.js';
import { table } from '../table.js';
import type { Fit } from './fit.js';

/** Nodes of the subnets that are shown: a usual one, the fiduciary one, and 0: a cloud engine, which charges nothing. */
export const SUBNETS: readonly number[] = [13, 34, 0];

const MONTH_SECONDS = 30n * 86_400n;

/** Cycles in addition to a model's own cost, for chatting and for errors in the estimate. */
export const SPARE_CYCLES = 500_000_000_000n;

/** Cycles, and dollars where the price of an XDR is given. */
export interface Price {
  cycles: bigint;
  usd?: number;
}

/** What a canister with a model costs on one kind of subnet. */
export interface SubnetCost {
  /** 0: a cloud engine. */
  nodes: number;
  creation: Price;
  upload: Price;
  load: Price;
  /** 30 days of its memory, and of the canister itself. */
  storageMonth: Price;
  /** What `deploy --for` gives a new canister: creation, upload, load, what may not be spent before it freezes, and a reserve. */
  toBegin: Price;
  /** 1000 generated tokens, by their position in the session. */
  tokens1000: (Price & { position: number })[];
}

/** By definition, a trillion cycles cost one XDR. Source: dfinity/developer-docs, "Cycle costs". */
export function priceOf(cycles: bigint, xdrUsd: number | undefined): Price {
  return xdrUsd === undefined ? { cycles } : { cycles, usd: (Number(cycles) / 1e12) * xdrUsd };
}

/** Cycles for a new canister that is to run a model of this many bytes, on 13 nodes. */
export function cyclesToBegin(fileBytes: number): bigint {
  return FEES.canisterCreation + SPARE_CYCLES + modelCost(fileBytes, fileBytes, CHUNK_BYTES).total;
}

/** Bytes that a canister pays for once the model is loaded. */
export function memoryOf({ heapBytes = 0, stableBytes, imageBytes = 0 }: Fit, programBytes: number): bigint {
  return BigInt(heapBytes + stableBytes + imageBytes + programBytes);
}

/**
 * @param programBytes  of the canister's program
 * @param xdrUsd        dollars for an XDR
 */
export function costsOf(fit: Fit, fileBytes: number, programBytes: number, xdrUsd: number | undefined): SubnetCost[] {
  return SUBNETS.map((nodes) => {
    const price = (cycles: bigint) => priceOf(cyclesOn(nodes, cycles), xdrUsd);
    return {
      nodes,
      creation: price(FEES.canisterCreation),
      upload: price(fit.uploadCycles),
      load: price(fit.loadCycles ?? 0n),
      storageMonth: price(idleCycles(memoryOf(fit, programBytes), MONTH_SECONDS)),
      toBegin: price(cyclesToBegin(fileBytes)),
      tokens1000: fit.costs.map(({ position, cyclesPer1000Tokens }) => ({
        position,
        ...price(BigInt(cyclesPer1000Tokens)),
      })),
    };
  });
}

/** 0.68325 as `$0.68`, 0.00137 as `$0.0014`. */
function formatUsd(usd: number): string {
  if (usd === 0) return '$0';
  if (usd >= 0.995) return `$${usd.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
  return `$${Number(usd.toPrecision(2)).toFixed(Math.max(2, 1 - Math.floor(Math.log10(usd))))}`;
}

export function formatPrice({ cycles, usd }: Price): string {
  if (cycles === 0n) return 'free';
  return usd === undefined ? formatCycles(cycles) : `${formatCycles(cycles)} (${formatUsd(usd)})`;
}

export const nameOfSubnet = (nodes: number) => (nodes === 0 ? 'CLOUD ENGINE' : `${nodes} NODES`);

/** What follows a table of prices. */
export function priceRemark(xdrUsd: number | undefined): string {
  return xdrUsd === undefined
    ? '1 T cycles are 1 XDR by definition; --xdr-usd PRICE adds dollars.'
    : `1 T cycles are 1 XDR by definition, here ${formatUsd(xdrUsd)}.`;
}

/** The costs, for people. */
export function describeCosts(costs: readonly SubnetCost[], xdrUsd: number | undefined): string {
  const row = (label: string, of: (cost: SubnetCost) => Price) => [
    label,
    ...costs.map((cost) => formatPrice(of(cost))),
  ];
  const rows = [
    row('create a canister', ({ creation }) => creation),
    row('upload', ({ upload }) => upload),
    row('load', ({ load }) => load),
    row('a month of storage', ({ storageMonth }) => storageMonth),
    ...costs[0]!.tokens1000.map(({ position }, i) =>
      row(`1000 tokens at ${position}`, ({ tokens1000 }) => tokens1000[i]!),
    ),
    row('to begin with', ({ toBegin }) => toBegin),
  ];
  return `${table(['CYCLES', ...costs.map(({ nodes }) => nameOfSubnet(nodes))], rows)}\n${priceRemark(xdrUsd)}`;
}
