import type { HttpAgent } from '@icp-sdk/core/agent';
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { idlFactory, type LlamaCanister, type Service } from '@llama-canister/client';

/** What the probes share. */
export interface Smoke {
  canister: LlamaCanister;
  agent: HttpAgent;
  signal: AbortSignal;
  /** The caller. */
  principal: string;
  /** A name for temporary things: a session, a file, a prefix. */
  name: string;
  /** Whether a model is loaded. */
  ready: boolean;
}

/** The expected answer: a result, an Err that the argument provokes, either of them, or a rejection. */
export type Expected = 'ok' | 'err' | 'answer' | 'rejection';

/** A call of a method that leaves the canister unchanged. */
export interface Probe {
  method: keyof Service;
  /** The call's arguments, in words. */
  about: string;
  expected: Expected;
  /** Skipped if no model is loaded. */
  needsModel?: boolean;
  call: (smoke: Smoke) => Promise<unknown>;
}

/** A probe from the arguments of its method. */
export function probe<M extends keyof Service>(
  method: M,
  about: string,
  expected: Expected,
  args: (smoke: Smoke) => Parameters<Service[M]> | Promise<Parameters<Service[M]>>,
  more: Pick<Probe, 'needsModel'> = {},
): Probe {
  const call = async (smoke: Smoke) => smoke.canister.call(method, await args(smoke), { signal: smoke.signal });
  return { method, about, expected, call, ...more };
}

/** An argument that cannot be decoded. */
const UNREADABLE = new TextEncoder().encode('DIDL smoke');

/**
 * A method whose present state cannot be read, and so not be restored: it gets an argument that cannot be decoded, and
 * has to say so.
 */
export function untouched(method: keyof Service): Probe {
  const call = async ({ agent, canister }: Smoke) => {
    const id = Principal.fromText(canister.canisterId);
    const { reply } = await agent.update(id, { methodName: method, arg: UNREADABLE, effectiveCanisterId: id });
    const type = idlFactory({ IDL })._fields.find(([name]) => name === method)![1];
    return IDL.decode(type.retTypes, reply)[0];
  };
  return { method, about: 'an argument that cannot be read', expected: 'err', call };
}
