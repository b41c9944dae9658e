/** The HTTP interface of the Internet Computer: status, call, query, read_state, in all versions that clients still speak. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Principal } from '@icp-sdk/core/principal';
import { errorCodeText, rejectCodeOf, type UserError } from '../execution/errors.js';
import type { ManagementCanister } from '../management/management-canister.js';
import { ManagementError } from '../management/types.js';
import { encodeCbor } from '../protocol/cbor.js';
import {
  type CallContent,
  openEnvelope,
  type ReadStateContent,
  type Request,
  RequestError,
} from '../protocol/envelope.js';
import { hashOfMap } from '../protocol/request-id.js';
import type { Answer } from '../scheduling/call-context.js';
import type { Ingress } from '../scheduling/ingress.js';
import type { Queries } from '../scheduling/queries.js';
import { isCanisterId, type NetworkState } from '../state/network-state.js';
import { certifyRequestStatus, StateReader } from './read-state.js';

/** The answer: a status and CBOR, a text, or no body. */
export interface ApiResponse {
  status: number;
  cbor?: Uint8Array;
  text?: string;
}

export interface ApiParts {
  state: NetworkState;
  ingress: Ingress;
  queries: Queries;
  management: ManagementCanister;
  /** How long a synchronous call waits for its answer. */
  callWaitMilliseconds: number;
  /** How long an update call takes at least. */
  artificialDelayMilliseconds: number;
}

/** The largest call that a subnet takes, with its envelope. */
const maxIngressBytes = 2 * 2 ** 20;

/** Where a request was sent: to a canister or to the subnet. */
export type Destination = { canister: string } | { subnet: string };

export class Api {
  private readonly parts: ApiParts;
  private readonly reader: StateReader;

  constructor(parts: ApiParts) {
    this.parts = parts;
    this.reader = new StateReader(parts.state, parts.ingress);
  }

  status(): ApiResponse {
    const { rootKey } = this.parts.state.keys;
    return {
      status: 200,
      cbor: encodeCbor({
        ic_api_version: '0.18.0',
        impl_version: '@llama-canister/network',
        replica_health_status: 'healthy',
        root_key: rootKey,
        certified_height: 1,
      }),
    };
  }

  /** Version 2 answers at once; 3 and 4 wait for the answer to the call. */
  call(destination: Destination, version: 2 | 3 | 4, body: Uint8Array): Promise<ApiResponse> {
    return this.guarded(async () => {
      if (body.length > maxIngressBytes) {
        throw new RequestError(
          `Request ${body.length} bytes is too large. Message byte limit is ${maxIngressBytes}`,
          413,
        );
      }
      const request = this.open(body, 'call') as Request<CallContent>;
      const { content, id } = request;
      const effective = this.destination(destination, content);
      const result = await this.parts.ingress.submit(id, content, effective, body.length);
      if ('code' in result) return refused(result, version);
      if (version === 2) return { status: 202 };
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, this.parts.callWaitMilliseconds);
        timer.unref();
      });
      const delay = sleep(this.parts.artificialDelayMilliseconds, undefined, { ref: false });
      await Promise.race([Promise.all([result.finished, delay]), timeout]);
      clearTimeout(timer);
      if (result.status.kind !== 'reply' && result.status.kind !== 'reject') return { status: 202 };
      const certificate = certifyRequestStatus(this.parts.state, result);
      return { status: 200, cbor: encodeCbor({ status: 'replied', certificate }) };
    });
  }

  query(destination: Destination, body: Uint8Array): Promise<ApiResponse> {
    return this.guarded(async () => {
      const { content, id } = this.open(body, 'query') as Request<CallContent>;
      this.destination(destination, content);
      const query = {
        callee: Principal.fromUint8Array(content.canisterId),
        method: content.methodName,
        arg: content.arg,
        caller: content.sender,
      };
      const isManagement = content.canisterId.length === 0;
      const answer = await (isManagement ? this.parts.management.query(query) : this.parts.queries.run(query));
      return { status: 200, cbor: this.signedAnswer(answer, id) };
    });
  }

  readState(destination: Destination, body: Uint8Array): Promise<ApiResponse> {
    return this.guarded(async () => {
      const { content, targets } = this.open(body, 'read_state') as Request<ReadStateContent>;
      const effectiveCanister = 'canister' in destination ? principal(destination.canister) : undefined;
      if ('subnet' in destination) this.checkSubnet(destination.subnet);
      const certificate = this.reader.read({
        paths: content.paths,
        sender: content.sender,
        effectiveCanister,
        targets,
      });
      return { status: 200, cbor: encodeCbor({ certificate }) };
    });
  }

  private open(body: Uint8Array, type: 'call' | 'query' | 'read_state'): Request {
    const { clock, keys } = this.parts.state;
    const request = openEnvelope(body, clock.now(), (root, signature) => keys.isCertified(root, signature));
    if (request.content.type !== type)
      throw new RequestError(`expected a request of type ${type}, got ${request.content.type}`);
    return request;
  }

  private checkSubnet(id: string): void {
    const { subnetId } = this.parts.state.keys;
    if (Buffer.compare(principal(id).toUint8Array(), subnetId) !== 0)
      throw new RequestError(`there is no subnet ${id}`, 404);
  }

  /** The effective canister of a call or query. Throws RequestError when it was sent to the wrong place. */
  private destination(destination: Destination, content: CallContent): Principal {
    if ('subnet' in destination) {
      this.checkSubnet(destination.subnet);
      return Principal.managementCanister();
    }
    const effective = principal(destination.canister);
    const isManagement = content.canisterId.length === 0;
    if (!isCanisterId(effective) && !(isManagement && destination.canister === 'aaaaa-aa')) {
      throw new RequestError(`canister ${destination.canister} does not belong to any subnet`);
    }
    const called = isManagement
      ? this.parts.management.effectiveCanister(content.methodName, content.arg)
      : Principal.fromUint8Array(content.canisterId);
    if (called !== undefined && called.toText() !== effective.toText()) {
      throw new RequestError(
        `Specified CanisterId ${called.toText()} does not match effective canister id in URL ${effective.toText()}`,
      );
    }
    return effective;
  }

  /** A query's answer with the node's signature. */
  private signedAnswer(answer: Answer, id: Uint8Array): Uint8Array {
    const { keys, clock } = this.parts.state;
    const timestamp = clock.now();
    const body =
      answer.kind === 'reply'
        ? { status: 'replied', reply: { arg: answer.data } }
        : {
            status: 'rejected',
            reject_code: answer.code,
            reject_message: answer.message,
            ...(answer.errorCode === undefined
              ? {}
              : { error_code: errorCodeText({ code: answer.errorCode, message: '' }) }),
          };
    const signature = keys.signResponse(hashOfMap({ ...body, timestamp, request_id: id }));
    return encodeCbor({ ...body, signatures: [{ timestamp, signature, identity: keys.nodeId }] });
  }

  /** Turns a faulty request's error into its answer. */
  private async guarded(work: () => Promise<ApiResponse>): Promise<ApiResponse> {
    try {
      const response = await work();
      // Answer only after the state is on disk.
      await this.parts.state.store.flush();
      return response;
    } catch (error) {
      if (error instanceof RequestError) return { status: error.status, text: error.message };
      if (error instanceof ManagementError) return { status: 400, text: error.message };
      console.error('network: internal error:', error);
      return { status: 500, text: `Internal error: ${(error as Error).message}` };
    }
  }
}

function principal(text: string): Principal {
  try {
    return Principal.fromText(text);
  } catch {
    throw new RequestError(`"${text}" is not a principal`);
  }
}

/** A call that was not accepted: an answer that no certificate vouches for. */
function refused(error: UserError, version: 2 | 3 | 4): ApiResponse {
  const body = {
    reject_code: rejectCodeOf(error),
    reject_message: error.message,
    error_code: errorCodeText(error),
  };
  return { status: 200, cbor: encodeCbor(version === 2 ? body : { status: 'non_replicated_rejection', ...body }) };
}
