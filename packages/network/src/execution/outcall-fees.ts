/**
 * Prices of HTTPS outcalls on a subnet of 13 nodes: version 1 charges for the largest allowed response, version 2 for
 * actual use (interface specification 0.68, http_request; dfinity/ic: https_outcalls/pricing).
 */

/** Nodes of the subnet that these prices apply to; canisters are told this number, too. */
export const subnetNodes = 13;

const n = BigInt(subnetNodes);
/** Nodes that have to agree on a response. */
const quorum = 9n;
/** The reject of a failing node may have this many bytes, whatever the response limit is. */
const maxRejectBytes = 1025n;
/** Bytes charged for each of several responses on top of its size. */
const responseOverhead = 181n;

export interface ReplicationCounts {
  total_requests: number;
  min_responses: number;
  max_responses: number;
}

/** Who asks: every node, one node, or a committee whose answers are all returned. */
export type Replication = { kind: 'full' } | { kind: 'single' } | ({ kind: 'flexible' } & ReplicationCounts);

/** The use of an outcall, actual or expected, on each node that makes it. */
export interface OutcallUsage {
  rawBytes: bigint;
  milliseconds: bigint;
  instructions: bigint;
  transformedBytes: bigint;
}

const atLeast = (value: bigint, least: bigint) => (value > least ? value : least);
const dividedUp = (value: bigint, by: bigint) => (value + by - 1n) / by;

/** Version 1. */
export function legacyFee(requestBytes: bigint, responseBytes: bigint): bigint {
  return (3_000_000n + 60_000n * n + 400n * requestBytes + 800n * responseBytes) * n;
}

/** The default committee. */
export const usualCounts: ReplicationCounts = {
  total_requests: subnetNodes,
  min_responses: Math.floor((2 * subnetNodes) / 3) + 1,
  max_responses: subnetNodes,
};

/** The problem with a committee's counts; undefined if they are valid. */
export function countsProblem({ total_requests, min_responses, max_responses }: ReplicationCounts): string | undefined {
  const fits = min_responses <= max_responses && max_responses <= total_requests;
  if (fits && total_requests >= 1 && total_requests <= subnetNodes) return undefined;
  return `replication must have min_responses <= max_responses <= total_requests and 1 <= total_requests <= ${subnetNodes}, the subnet's nodes; got min_responses ${min_responses}, max_responses ${max_responses}, total_requests ${total_requests}`;
}

/** Nodes that make the request. */
export function askingNodes(replication: Replication): bigint {
  if (replication.kind === 'full') return n;
  return replication.kind === 'single' ? 1n : BigInt(replication.total_requests);
}

/** The fee before anything is asked. */
export function baseFee(requestBytes: bigint, replication: Replication): bigint {
  const common = 1_000_000n + 50n * requestBytes;
  if (replication.kind === 'full') return (common + 140_000n * n + 800n * n * n) * n;
  const responses = replication.kind === 'single' ? 1n : BigInt(replication.min_responses);
  return (common + 90_000n * n + (2_000n * n + 100_000n) * responses) * n;
}

export function downloadFee({ rawBytes, milliseconds }: Pick<OutcallUsage, 'rawBytes' | 'milliseconds'>): bigint {
  return 50n * rawBytes + 300n * milliseconds;
}

/** The largest response, in bytes, and the longest time, in milliseconds, that a budget pays for by itself. */
export const affordableDownload = (budget: bigint) => ({ bytes: budget / 50n, milliseconds: budget / 300n });

export const transformFee = (instructions: bigint) => instructions / 13n;
export const affordableInstructions = (budget: bigint) => budget * 13n + 12n;

/** Responses that nodes do not agree on are sent from each to all. */
export function gossipFee({ kind }: Replication, bytes: bigint): bigint {
  return kind === 'full' ? 0n : 50n * bytes * n;
}

const blockFee = (bytes: bigint) => (10n * n + 600n) * n * bytes;
const extraResponsesFee = (count: bigint) => (2_000n * n + 100_000n) * n * atLeast(count, 0n);

/** The cost of delivering responses of these sizes. */
export function deliveryFee(replication: Replication, sizes: readonly bigint[]): bigint {
  const sum = sizes.reduce((total, size) => total + size, 0n);
  if (replication.kind !== 'flexible') return blockFee(sum);
  const count = BigInt(sizes.length);
  return blockFee(sum + count * responseOverhead) + extraResponsesFee(count - BigInt(replication.min_responses));
}

/** Cycles set aside for delivery: enough for the largest one possible. */
function reservedForDelivery(replication: Replication, size: bigint): bigint {
  const bytes = atLeast(size, maxRejectBytes);
  if (replication.kind === 'single') return blockFee(bytes);
  if (replication.kind === 'full') return dividedUp(blockFee(bytes), quorum) * n;
  if (replication.max_responses === 0) return 0n;
  const total = BigInt(replication.total_requests);
  const extra = total - BigInt(replication.min_responses);
  return blockFee(total * (responseOverhead + bytes)) + extraResponsesFee(extra);
}

/** Cycles that the call must carry beyond its base fee for this use. */
export function usageFee(replication: Replication, usage: OutcallUsage): bigint {
  const nodes = askingNodes(replication);
  const gossip = gossipFee(replication, atLeast(usage.transformedBytes, maxRejectBytes));
  const perNode = downloadFee(usage) + transformFee(usage.instructions) + gossip;
  return (perNode + dividedUp(reservedForDelivery(replication, usage.transformedBytes), nodes)) * nodes;
}

/** Version 2: cycles that the call must carry; the unspent part returns. */
export function outcallFee(requestBytes: bigint, replication: Replication, usage: OutcallUsage): bigint {
  return baseFee(requestBytes, replication) + usageFee(replication, usage);
}
