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
  /** A name for what is made and removed again: a session, a file, a prefix. */
  name: string;
  /** Whether a model is loaded. */
  ready: boolean;
}

/** How a method is to answer: its result, an Err because the argument asks for it, either of them, or a rejection. */
export type Expected = 'ok' | 'err' | 'answer' | 'rejection';

/** A method, called in a way that leaves the canister as it was. */
export interface Probe {
  method: keyof Service;
  /** What it is called with. */
  about: string;
  expected: Expected;
  /** Only where a model is loaded. */
  needsModel?: boolean;
  call: (smoke: Smoke) => Promise<unknown>;
}

/** A probe by the arguments that its method is called with. */
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

/** An argument that nobody can read. */
const UNREADABLE = new TextEncoder().encode('DIDL smoke');

/**
 * A method whose state cannot be asked for, so that it is not called for what it does: it is sent an argument that cannot be
 * read, and is to say so.
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
