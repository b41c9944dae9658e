// Calls that the subnet signs, with their certificates: they prove later that this canister gave this answer to this
// question (IC interface specification, "Certification" and "Request ids").
import { type HttpAgent, requestIdOf } from '@icp-sdk/core/agent';
import { IDL } from '@icp-sdk/core/candid';
import type { Principal } from '@icp-sdk/core/principal';
import { type _SERVICE, idlFactory } from './generated/llama.did.js';
import { pollingStrategy } from './polling.js';

/** What the subnet has signed for one update call. Everybody with the network's root key can verify it at any time. */
export interface CallCertificate {
  canisterId: string;
  method: string;
  /** The hash of `request`, 32 bytes; the certificate has the reply under it. */
  requestId: Uint8Array;
  /**
   * The request, with the field names of the specification. Principals are bytes; the expiry is in nanoseconds since
   * 1970.
   */
  request: {
    request_type: 'call';
    canister_id: Uint8Array;
    method_name: string;
    arg: Uint8Array;
    sender: Uint8Array;
    ingress_expiry: bigint;
    nonce?: Uint8Array;
  };
  /** The certificate in CBOR, already verified. */
  certificate: Uint8Array;
  /** The reply in Candid, as the certificate has it. */
  reply: Uint8Array;
}

/** The canister's methods, all as update calls. */
export class CertifiedCalls {
  readonly #agent: HttpAgent;
  readonly #canister: Principal;
  readonly #methods: ReadonlyMap<string, IDL.FuncClass>;

  constructor(agent: HttpAgent, canister: Principal) {
    this.#agent = agent;
    this.#canister = canister;
    this.#methods = new Map(idlFactory({ IDL })._fields);
  }

  isQuery(method: keyof _SERVICE): boolean {
    return this.#methods.get(method)?.annotations.includes('query') ?? false;
  }

  /** Errors: those of the agent. */
  async call(method: keyof _SERVICE, args: unknown[]): Promise<{ result: unknown; certificate: CallCertificate }> {
    const types = this.#methods.get(method)!;
    const canister = this.#canister;
    const arg = IDL.encode(types.argTypes, args);
    const fields = { methodName: method, arg, effectiveCanisterId: canister };
    const { reply, rawCertificate, requestDetails } = await this.#agent.update(canister, fields, {
      strategy: pollingStrategy(),
    });
    const sent = requestDetails!;
    const request: CallCertificate['request'] = {
      request_type: 'call',
      canister_id: canister.toUint8Array(),
      method_name: method,
      arg,
      sender: bytesOf(sent.sender),
      ingress_expiry: sent.ingress_expiry.toBigInt(),
      ...(sent.nonce ? { nonce: Uint8Array.from(sent.nonce) } : {}),
    };
    const certificate: CallCertificate = {
      canisterId: canister.toText(),
      method,
      requestId: requestIdOf({ ...request }),
      request,
      certificate: rawCertificate,
      reply,
    };
    return { result: IDL.decode(types.retTypes, reply)[0], certificate };
  }
}

function bytesOf(sender: Uint8Array | Principal): Uint8Array {
  return sender instanceof Uint8Array ? sender : sender.toUint8Array();
}
