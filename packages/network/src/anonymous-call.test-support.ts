/**
 * For tests: calls and queries of the anonymous user without an agent, with ids that are known before they are sent.
 */
import { randomBytes } from 'node:crypto';
import type { Principal } from '@icp-sdk/core/principal';
import type { Network } from './network.js';
import { decodeCbor, encodeCbor } from './protocol/cbor.js';
import { type HashTree, parseHashTree } from './protocol/hash-tree.js';
import { hashOfMap } from './protocol/request-id.js';

export interface Call {
  id: Uint8Array;
  envelope: Uint8Array;
}

const nothing: Uint8Array = new Uint8Array();
const wallClock = () => BigInt(Date.now()) * 1_000_000n;

/** `now` is the network's time in nanoseconds. */
export function newCall(canisterId: Principal, method: string, arg = nothing, now = wallClock()): Call {
  const content = {
    request_type: 'call',
    canister_id: canisterId.toUint8Array(),
    method_name: method,
    arg,
    sender: Uint8Array.of(4),
    ingress_expiry: now + 240_000_000_000n,
    nonce: Uint8Array.from(randomBytes(16)),
  };
  return { id: hashOfMap(content), envelope: encodeCbor({ content }) };
}

/** Sends a call to a network; returns the body of the answer. Throws if the call was not accepted. */
export async function send(url: string, canisterId: Principal, { envelope }: Call): Promise<Uint8Array> {
  const body = envelope as Uint8Array<ArrayBuffer>;
  const answer = await fetch(`${url}/api/v4/canister/${canisterId.toText()}/call`, { method: 'POST', body });
  if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/**
 * Sends a query to a canister; returns the reply. Throws the text of a rejection. It is quick, because it does not
 * check the signature.
 */
export async function query(url: string, canisterId: Principal, method: string, arg = nothing): Promise<Buffer> {
  const content = {
    request_type: 'query',
    canister_id: canisterId.toUint8Array(),
    method_name: method,
    arg,
    sender: Uint8Array.of(4),
    ingress_expiry: wallClock() + 240_000_000_000n,
  };
  const body = encodeCbor({ content }) as Uint8Array<ArrayBuffer>;
  const answer = await fetch(`${url}/api/v3/canister/${canisterId.toText()}/query`, { method: 'POST', body });
  if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
  const { reply, error_code, reject_message } = decodeCbor(new Uint8Array(await answer.arrayBuffer())) as Queried;
  if (reply === undefined) throw new Error(`${error_code}: ${reject_message}`);
  return Buffer.from(reply.arg);
}

interface Queried {
  reply?: { arg: Uint8Array };
  error_code?: string;
  reject_message?: string;
}

/**
 * Makes an update call and waits for its end; returns the reply. Throws what an agent says of a rejection. It is quick, because
 * it does not check the certificate: that takes an agent 45 ms.
 */
export async function update(network: Network, canisterId: Principal, method: string, arg = nothing): Promise<Buffer> {
  const call = newCall(canisterId, method, arg, network.clock.now());
  const answer = decodeCbor(await send(network.url, canisterId, call)) as { certificate?: Uint8Array } & Record<
    string,
    unknown
  >;
  const tree = answer.certificate && parseHashTree((decodeCbor(answer.certificate) as { tree: unknown }).tree);
  const status = (name: string) => leafAt(tree!, [Buffer.from('request_status'), call.id, Buffer.from(name)]);
  const reply = tree && status('reply');
  // In a buffer of its own: Candid's decoder reads it from its beginning.
  if (reply !== undefined) return Buffer.from(Uint8Array.from(reply).buffer);
  const text = (name: string) => (tree ? Buffer.from(status(name) ?? []).toString() : String(answer[name]));
  const code = tree ? status('reject_code')?.[0] : answer.reject_code;
  throw new Error(`Reject code: ${code}\nReject text: ${text('reject_message')}\nError code: ${text('error_code')}`);
}

/** The leaf at a path of labels. */
function leafAt(tree: HashTree, [label, ...rest]: Uint8Array[]): Uint8Array | undefined {
  if (label === undefined) return tree[0] === 3 ? tree[1] : undefined;
  if (tree[0] === 1) return leafAt(tree[1], [label, ...rest]) ?? leafAt(tree[2], [label, ...rest]);
  return tree[0] === 2 && Buffer.compare(tree[1], label) === 0 ? leafAt(tree[2], rest) : undefined;
}
