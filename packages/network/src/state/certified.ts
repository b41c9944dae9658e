/**
 * The state tree that the network certifies (interface specification, "The system state tree"); only the requested
 * parts.
 */
import { encodeCbor, encodePlainCbor } from '../protocol/cbor.js';
import type { LabelledTree } from '../protocol/hash-tree.js';
import { leb128 } from '../protocol/request-id.js';
import type { Canister } from './canister.js';
import { canisterRange, type NetworkState } from './network-state.js';
import { type SubnetMetrics, subnetMetrics } from './subnet-metrics.js';

export type Subtree = Map<string | Uint8Array, LabelledTree>;

const utf8 = new TextEncoder();

export function text(value: string): Uint8Array {
  return utf8.encode(value);
}

export function timeLeaf(now: bigint): LabelledTree {
  return leb128(now);
}

/** CBOR of the one range of canister ids. */
function canisterRangesLeaf(): Uint8Array {
  return encodeCbor([canisterRange.map((id) => id.toUint8Array())]);
}

/**
 * The subnet's metrics in the replica's encoding: fields by their numbers, in order (dfinity/ic: canonical_state, encoding).
 * Cycles are two such fields, the lower and the upper 64 bits.
 */
export function metricsLeaf({ canisters, stateBytes, consumedCycles, updates }: SubnetMetrics): Uint8Array {
  const cycles = [BigInt.asUintN(64, consumedCycles), consumedCycles >> 64n];
  const numbered = (values: unknown[]) => new Map(values.entries());
  return encodePlainCbor(numbered([canisters, stateBytes, numbered(cycles), updates]));
}

/** /subnet/<id>. */
export function subnetTree(state: NetworkState, withMetrics: boolean): Subtree {
  const { keys } = state;
  const node: Subtree = new Map([[keys.nodeId, new Map([['public_key', keys.nodeKey]])]]);
  const subnet: Subtree = new Map<string, LabelledTree>([
    ['public_key', keys.rootKey],
    ['type', text('application')],
    ['canister_ranges', canisterRangesLeaf()],
    ['node', node],
  ]);
  if (withMetrics) subnet.set('metrics', metricsLeaf(subnetMetrics(state)));
  return new Map([[keys.subnetId, subnet]]);
}

/** /canister_ranges/<subnet>: one shard, named by the first id in it. */
export function canisterRangesTree({ keys }: NetworkState): Subtree {
  return new Map([[keys.subnetId, new Map([[canisterRange[0].toUint8Array(), canisterRangesLeaf()]])]]);
}

/** The public facts of a canister, by label of /canister/<id>. */
export function canisterLeaf(canister: Canister, label: string): Uint8Array | undefined {
  switch (label) {
    case 'module_hash':
      return canister.module?.hash;
    case 'controllers':
      return encodeCbor(canister.settings.controllers.map((controller) => controller.toUint8Array()));
    case 'canister_creation_timestamp':
      return leb128(canister.createdAt);
    case 'last_install_timestamp':
      return canister.module && leb128(canister.module.installedAt);
    default:
      return undefined;
  }
}

/** The tree that data_certificate certifies. */
export function certifiedDataTree(canister: Canister, now: bigint): LabelledTree {
  const data: Subtree = new Map([['certified_data', canister.certifiedData]]);
  return new Map<string, LabelledTree>([
    ['time', timeLeaf(now)],
    ['canister', new Map([[canister.id.toUint8Array(), data]])],
  ]);
}

/** Puts a leaf at a path, making the nodes on the way. */
export function place(tree: Subtree, path: (string | Uint8Array)[], leaf: LabelledTree): void {
  const [label, ...rest] = path;
  const key = [...tree.keys()].find((each) => Buffer.compare(Buffer.from(each), Buffer.from(label!)) === 0) ?? label!;
  if (rest.length === 0) {
    tree.set(key, leaf);
    return;
  }
  let next = tree.get(key);
  if (!(next instanceof Map)) {
    next = new Map();
    tree.set(key, next);
  }
  place(next, rest, leaf);
}
