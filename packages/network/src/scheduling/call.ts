/** A call on its way to a canister. */
import { Principal } from '@icp-sdk/core/principal';
import { ErrorCode, type UserError } from '../execution/errors.js';
import type { Canister } from '../state/canister.js';
import type { PendingCall, Response } from './call-context.js';
import type { CallSource } from './call-table.js';

export interface Call extends CallSource {
  callee: Principal;
  method: string;
  arg: Uint8Array;
  /** The canister that makes the call; undefined for users. */
  from?: Canister;
  /** Of a user's call: when it must have begun, in nanoseconds. */
  expiry?: bigint;
}

/** The reason why a user's call can no longer begin; undefined if it may. */
export function expired({ origin, expiry }: Pick<Call, 'origin' | 'expiry'>, now: bigint): UserError | undefined {
  if (origin.kind !== 'user' || expiry === undefined || expiry >= now) return undefined;
  const message = `Ingress message 0x${origin.request} timed out waiting to start executing.`;
  return { code: ErrorCode.ingressTimeout, message };
}

/** A canister's call that has been made and not answered. */
export function callOf({ id, canister, call, deadline }: PendingCall): Call {
  return {
    callee: Principal.fromUint8Array(call.callee),
    method: call.method,
    arg: call.payload,
    caller: canister.id.toUint8Array(),
    cycles: call.cycles,
    deadline,
    from: canister,
    origin: { kind: 'call', id },
  };
}

/** Answers calls to the management canister. */
export type ManagementCalls = (call: Call) => Promise<Response>;
