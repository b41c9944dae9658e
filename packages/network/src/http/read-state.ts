/**
 * read_state: checks which paths of the state tree a request may read, and certifies those (interface specification,
 * 1.9).
 */
import { Principal } from '@icp-sdk/core/principal';
import { errorCodeText } from '../execution/errors.js';
import { RequestError } from '../protocol/envelope.js';
import type { LabelledTree } from '../protocol/hash-tree.js';
import { leb128 } from '../protocol/request-id.js';
import type { Ingress } from '../scheduling/ingress.js';
import type { IngressRecord } from '../scheduling/ingress-records.js';
import type { Canister } from '../state/canister.js';
import {
  canisterLeaf,
  canisterRangesTree,
  place,
  type Subtree,
  subnetTree,
  text,
  timeLeaf,
} from '../state/certified.js';
import type { NetworkState } from '../state/network-state.js';

export interface ReadStateRequest {
  paths: Uint8Array[][];
  sender: Uint8Array;
  /** The canister in the URL; undefined when the request was sent to the subnet. */
  effectiveCanister: Principal | undefined;
  /** Canisters that the sender's delegation covers; undefined: all. */
  targets: Uint8Array[] | undefined;
}

const utf8 = new TextDecoder();
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

function forbidden(what: string): never {
  throw new RequestError(`Access to the path ${what} is not allowed`, 403);
}

/** The answer to a user's call, as the state tree holds it. */
function requestStatusTree({ status }: IngressRecord): Subtree {
  const tree: Subtree = new Map();
  switch (status.kind) {
    case 'reply':
      tree.set('status', text('replied'));
      tree.set('reply', status.data);
      return tree;
    case 'reject':
      tree.set('status', text('rejected'));
      tree.set('reject_code', leb128(BigInt(status.code)));
      tree.set('reject_message', text(status.message));
      if (status.errorCode !== undefined) {
        tree.set('error_code', text(errorCodeText({ code: status.errorCode, message: '' })));
      }
      return tree;
    default:
      tree.set('status', text(status.kind));
      return tree;
  }
}

/** A certificate of one request's status and of the time. */
export function certifyRequestStatus({ keys, clock }: NetworkState, record: IngressRecord): Uint8Array {
  const statuses: Subtree = new Map([[Buffer.from(record.request, 'hex'), requestStatusTree(record)]]);
  return keys.certify(
    new Map<string, LabelledTree>([
      ['request_status', statuses],
      ['time', timeLeaf(clock.now())],
    ]),
  );
}

export class StateReader {
  private readonly state: NetworkState;
  private readonly ingress: Ingress;

  constructor(state: NetworkState, ingress: Ingress) {
    this.state = state;
    this.ingress = ingress;
  }

  /** A certificate that shows the requested paths, or proves their absence. Throws RequestError. */
  read(request: ReadStateRequest): Uint8Array {
    const tree: Subtree = new Map([['time', timeLeaf(this.state.clock.now())]]);
    let requestId: Uint8Array | undefined;
    for (const path of request.paths) {
      const [first, ...rest] = path;
      switch (first && utf8.decode(first)) {
        case 'time':
        case 'api_boundary_nodes':
        case undefined:
          break;
        case 'subnet':
          // Only requests to the subnet can read metrics.
          if (rest[1] && utf8.decode(rest[1]) === 'metrics' && request.effectiveCanister !== undefined) {
            forbidden('/subnet/<id>/metrics');
          }
          tree.set('subnet', subnetTree(this.state, request.effectiveCanister === undefined));
          break;
        case 'canister_ranges':
          if (request.effectiveCanister !== undefined) forbidden('/canister_ranges');
          tree.set('canister_ranges', canisterRangesTree(this.state));
          break;
        case 'request_status':
          if (requestId !== undefined && rest[0] && !same(requestId, rest[0])) {
            throw new RequestError('all request_status paths must be about one request');
          }
          requestId = rest[0];
          if (requestId !== undefined) this.requestStatus(tree, request, requestId);
          break;
        case 'canister':
          this.canister(tree, request, rest);
          break;
        default:
          forbidden(`/${utf8.decode(first!)}`);
      }
    }
    return this.state.keys.certify(tree);
  }

  private requestStatus(tree: Subtree, { sender, effectiveCanister, targets }: ReadStateRequest, id: Uint8Array): void {
    const record = this.ingress.find(id);
    if (record === undefined) return;
    const covered = targets?.some((target) => same(target, record.canister)) ?? true;
    const sameCanister =
      effectiveCanister === undefined || effectiveCanister.toText() === record.effectiveCanister.toText();
    if (!same(record.sender, sender) || !sameCanister || !covered) forbidden('/request_status of another request');
    place(tree, ['request_status', id], requestStatusTree(record));
  }

  private canister(tree: Subtree, request: ReadStateRequest, [id, label, name]: Uint8Array[]): void {
    if (id === undefined || label === undefined) forbidden('/canister');
    if (request.effectiveCanister === undefined || !same(request.effectiveCanister.toUint8Array(), id!)) {
      forbidden('/canister of another canister');
    }
    const canister = this.state.find(Principal.fromUint8Array(id!));
    const what = utf8.decode(label!);
    if (what === 'metadata') {
      if (name !== undefined) this.metadata(tree, request, canister, id!, utf8.decode(name));
      return;
    }
    if (!['module_hash', 'controllers', 'canister_creation_timestamp', 'last_install_timestamp'].includes(what)) {
      forbidden(`/canister/<id>/${what}`);
    }
    const leaf = canister && canisterLeaf(canister, what);
    if (leaf !== undefined) place(tree, ['canister', id!, what], leaf);
  }

  private metadata(
    tree: Subtree,
    request: ReadStateRequest,
    canister: Canister | undefined,
    id: Uint8Array,
    name: string,
  ): void {
    const section = canister?.module?.info.metadata.find((each) => each.name === name);
    if (section === undefined) return;
    const { settings } = canister!;
    const isController = settings.controllers.some((controller) => same(controller.toUint8Array(), request.sender));
    if (section.visibility === 'private' && !isController) forbidden(`/canister/<id>/metadata/${name}`);
    place(tree, ['canister', id, 'metadata', name], section.bytes);
  }
}
