/**
 * http_request and flexible_http_request: HTTPS outcalls and their costs. A single node asks here, so there is nothing
 * to agree on; if several answers are requested, each comes from that node.
 */
import { Principal } from '@icp-sdk/core/principal';
import { errorCodeText } from '../execution/errors.js';
import {
  countsProblem,
  legacyFee,
  type Replication,
  type ReplicationCounts,
  usualCounts,
} from '../execution/outcall-fees.js';
import type { Canister } from '../state/canister.js';
import { Payment, requireFee, unlimited } from './outcall-payment.js';
import {
  checkRequest,
  type HttpResponse,
  type OutcallArgument,
  perform,
  refuse,
  requestBytes,
} from './outcall-request.js';
import { type ManagementCall, ManagementError, type ManagementResult, type Services } from './types.js';

/** The version of prices that charges for actual use. */
const payAsYouGo = 2;
/** Bytes that the responses of a committee may have together. */
const maxTogether = 2 * 2 ** 20;

interface HttpRequest extends OutcallArgument {
  is_replicated: [] | [boolean];
  pricing_version: [] | [number];
}

interface FlexibleRequest extends OutcallArgument {
  replication: [] | [ReplicationCounts];
}

/** Methods that only one node may send, or several nodes if all their answers come back. */
const single = new Set(['put', 'delete', 'patch']);

function checkMethod({ method }: OutcallArgument, allowed: boolean, when: string): void {
  const [name] = Object.keys(method);
  if (single.has(name!) && !allowed) refuse(`The HTTP method ${name!.toUpperCase()} is allowed only ${when}`);
}

/** Does the paid work: failures are charged, too. */
async function charging<T>(from: Canister, fee: (failed: boolean) => bigint, work: () => Promise<T>): Promise<T> {
  try {
    const result = await work();
    from.consumed.add('http_outcalls', fee(false));
    return result;
  } catch (error) {
    if (error instanceof ManagementError) {
      error.accepted = fee(true);
      from.consumed.add('http_outcalls', error.accepted);
    }
    throw error;
  }
}

export async function httpRequest(services: Services, call: ManagementCall<HttpRequest>): Promise<ManagementResult> {
  const { argument, from, cycles } = call;
  if (from === undefined) return refuse('http_request can only be called by canisters');
  const target = checkRequest(services, from, argument);
  const isReplicated = argument.is_replicated[0] ?? true;
  checkMethod(argument, !isReplicated, 'with is_replicated = opt false');
  if (argument.pricing_version[0] === payAsYouGo) {
    const replication: Replication = { kind: isReplicated ? 'full' : 'single' };
    const payment = new Payment('http_request', services, call, replication, target.limit);
    const sizes = () => [payment.allowance.transformedBytes];
    const fee = (failed: boolean) => payment.charge(failed ? [] : sizes());
    const value = await charging(from, fee, async () => {
      const response = await perform(services, from, argument, target, payment.allowance);
      if (!payment.covers(sizes())) refuse('Out of cycles: what is left does not pay for delivering the response');
      return response;
    });
    return { accepted: fee(false), value };
  }
  const isFree = services.state.fees.instruction === 0n;
  const fee = isFree ? 0n : legacyFee(requestBytes(argument), BigInt(target.limit));
  requireFee('http_request', cycles, fee);
  const ask = () => perform(services, from, argument, target, unlimited(services.state));
  const value = await charging(from, () => fee, ask);
  return { accepted: fee, value };
}

type GlobalError = 'out_of_cycles' | 'responses_too_large' | 'too_many_rejects';

export async function flexibleHttpRequest(
  services: Services,
  call: ManagementCall<FlexibleRequest>,
): Promise<ManagementResult> {
  const { argument, from } = call;
  if (from === undefined) return refuse('flexible_http_request can only be called by canisters');
  const target = checkRequest(services, from, argument);
  const counts = argument.replication[0] ?? usualCounts;
  const problem = countsProblem(counts);
  if (problem !== undefined) refuse(problem);
  const { min_responses: least, max_responses: most, total_requests: total } = counts;
  checkMethod(
    argument,
    least === most && most === total,
    'where min_responses, max_responses and total_requests agree',
  );
  const replication: Replication = { kind: 'flexible', ...counts };
  const payment = new Payment('flexible_http_request', services, call, replication, target.limit);

  const nodeId = Principal.fromUint8Array(services.state.keys.nodeId);
  const failed = (global: GlobalError, message: string, error?: ManagementError) => {
    const detail = {
      node_id: nodeId,
      report: {
        raw_response_bytes: [],
        http_roundtrip_time_ms: [],
        transform_instructions: [],
        transformed_response_bytes: [],
        cycles: services.state.fees.instruction === 0n ? [] : [{ used: payment.allowance.spent }],
      },
      error: error === undefined ? [] : [{ code: errorCodeText(error), message: error.message }],
    };
    return { err: { global_error: [{ [global]: null }], node_details: [detail], message } };
  };
  const settle = (value: unknown, sizes: bigint[]): ManagementResult => {
    const accepted = payment.charge(sizes);
    from.consumed.add('http_outcalls', accepted);
    return { accepted, value };
  };

  let response: HttpResponse;
  try {
    response = await perform(services, from, argument, target, payment.allowance);
  } catch (error) {
    if (!(error instanceof ManagementError)) throw error;
    if (least === 0) return settle({ ok: [] }, []);
    const message = `All ${total} nodes failed, ${least} responses were required: ${error.message}`;
    return settle(failed('too_many_rejects', message, error), []);
  }
  const size = payment.allowance.transformedBytes;
  const fitting = Math.min(most, Math.floor(maxTogether / Number(size)));
  if (fitting < least) {
    const message = `${least} responses of ${size} bytes do not fit into ${maxTogether} bytes`;
    return settle(failed('responses_too_large', message), []);
  }
  const sizes = (count: number) => Array<bigint>(count).fill(size);
  let count = fitting;
  while (count > least && !payment.covers(sizes(count))) count--;
  if (!payment.covers(sizes(count))) {
    const message = `What is left does not pay for delivering ${least} responses`;
    return settle(failed('out_of_cycles', message), []);
  }
  return settle({ ok: Array(count).fill(response) }, sizes(count));
}
