/**
 * Update calls that are sent without waiting for their certified answers, for uploads to a network on this machine: there
 * a certificate's check takes longer than everything else that a chunk needs. Whoever sends calls in this way asks the
 * canister afterwards, by an ordinary certified call, what has become of them; from the network's acceptance nothing
 * follows. Requests are as in the interface specification ("Call", "Authentication", "Hash of map").
 */
import {
  Cbor,
  type HttpAgent,
  type HttpAgentRequest,
  IC_REQUEST_DOMAIN_SEPARATOR,
  SignIdentity,
} from '@icp-sdk/core/agent';
import { compare, IDL } from '@icp-sdk/core/candid';
import type { Principal } from '@icp-sdk/core/principal';
import { sha256 } from '@noble/hashes/sha2.js';
import { LlamaError } from './errors.js';
import { type _SERVICE, idlFactory } from './generated/llama.did.js';

/** How long the network may take to execute a call, in nanoseconds. */
const EXPIRY_NS = 240_000_000_000n;
const NS_PER_MS = 1_000_000n;

interface Content {
  request_type: 'call';
  canister_id: Uint8Array;
  method_name: string;
  sender: Uint8Array;
  ingress_expiry: bigint;
  nonce: Uint8Array;
  arg: Uint8Array;
}

/** What an envelope has beside its content and the signature. */
interface Signer {
  sender_pubkey: unknown;
  sender_delegation?: unknown;
}

/** Fields of the envelopes that this file writes. */
const ENVELOPE = new Set(['content', 'sender_pubkey', 'sender_sig', 'sender_delegation']);

/** How an identity signs, as it signs a request without content; undefined if it changes requests or adds to them. */
async function signerOf(identity: SignIdentity): Promise<Signer | undefined> {
  const content = {};
  const request = { endpoint: 'call', request: {}, body: content } as unknown as HttpAgentRequest;
  const { body } = (await identity.transformRequest(request)) as { body: Signer & { content: unknown } };
  if (body.content !== content || Object.keys(content).length > 0) return undefined;
  if (!Object.keys(body).every((field) => ENVELOPE.has(field))) return undefined;
  const { sender_pubkey, sender_delegation } = body;
  return { sender_pubkey, ...(sender_delegation === undefined ? {} : { sender_delegation }) };
}

export class Deliveries {
  readonly #agent: HttpAgent;
  readonly #canister: Principal;
  readonly #methods: ReadonlyMap<string, IDL.FuncClass>;
  #signer: Promise<Signer | undefined> | undefined;
  /** The buffer of an earlier request. */
  #spare: Uint8Array<ArrayBuffer> | undefined;

  constructor(agent: HttpAgent, canister: Principal) {
    this.#agent = agent;
    this.#canister = canister;
    this.#methods = new Map(idlFactory({ IDL })._fields);
  }

  /**
   * Sends a call with one long value, and resolves when the network has taken it. `args` makes the arguments with another
   * value in its place. Errors: `NOT_TAKEN`.
   */
  async send(
    method: keyof _SERVICE,
    args: (value: Uint8Array) => unknown[],
    value: Uint8Array,
    signal?: AbortSignal,
  ): Promise<void> {
    const { identity, fetch: fetcher } = this.#agent.config;
    if (!(identity instanceof SignIdentity) || fetcher === undefined) throw notTaken('the agent signs in its own way');
    this.#signer ??= signerOf(identity);
    const signer = await this.#signer;
    if (signer === undefined) throw notTaken('the identity adds to requests');
    const types = this.#methods.get(method)!.argTypes;
    const [before, after] = aroundMark((mark) => IDL.encode(types, args(mark)));
    const arg = [before, lebOf(BigInt(value.length)), value, after];
    const message = new SplicedMessage(arg, this.#spare);
    this.#spare = undefined;
    const sender = identity.getPrincipal();
    const content: Content = {
      request_type: 'call',
      canister_id: this.#canister.toUint8Array(),
      method_name: method,
      sender: sender.toUint8Array(),
      ingress_expiry: BigInt(Date.now() + this.#agent.getTimeDiffMsecs()) * NS_PER_MS + EXPIRY_NS,
      nonce: crypto.getRandomValues(new Uint8Array(16)),
      arg: message.value,
    };
    if ((await this.#agent.getPrincipal()).toText() !== sender.toText()) throw notTaken('the identity has changed');
    const id = await requestId(content);
    const signature = await identity.sign(joined(IC_REQUEST_DOMAIN_SEPARATOR, id));
    const body = message.within((mark) =>
      Cbor.encode({ content: { ...content, arg: mark }, sender_sig: signature, ...signer }),
    );
    const url = new URL(`/api/v2/canister/${this.#canister.toText()}/call`, this.#agent.host);
    const headers = { 'Content-Type': 'application/cbor' };
    const answer = await fetcher(url, { method: 'POST', headers, body, ...(signal ? { signal } : {}) });
    await answer.arrayBuffer();
    this.#spare = message.buffer;
    if (answer.status !== 202) throw notTaken(`HTTP ${answer.status}`);
  }
}

/** Bytes of a mark. Its length is one byte in Candid, and one with the type in CBOR. */
const MARK_BYTES = 16;
/** Room for what a request has before its argument and behind it. */
const ROOM_BEFORE = 1024;
const ROOM_AFTER = 16 * 1024;

/** What an encoding has in front of a value and its length, and what it has behind it. */
function aroundMark(encode: (mark: Uint8Array) => Uint8Array): [before: Uint8Array, after: Uint8Array] {
  const mark = crypto.getRandomValues(new Uint8Array(MARK_BYTES));
  const encoded = encode(mark);
  let at = encoded.indexOf(mark[0]!);
  while (at >= 0 && !mark.every((byte, i) => encoded[at + i] === byte)) at = encoded.indexOf(mark[0]!, at + 1);
  if (at < 1) throw notTaken('its encoding does not have the value as it is');
  return [encoded.subarray(0, at - 1), encoded.subarray(at + MARK_BYTES)];
}

/** A request around an argument, which is copied once. */
class SplicedMessage {
  readonly value: Uint8Array;
  /** Free for another request when this one has been sent. */
  readonly buffer: Uint8Array<ArrayBuffer>;

  constructor(parts: readonly Uint8Array[], spare: Uint8Array<ArrayBuffer> | undefined) {
    const size = parts.reduce((sum, { length }) => sum + length, ROOM_BEFORE + ROOM_AFTER);
    this.buffer = spare !== undefined && spare.length >= size ? spare : new Uint8Array(size);
    let at = ROOM_BEFORE;
    for (const part of parts) {
      this.buffer.set(part, at);
      at += part.length;
    }
    this.value = this.buffer.subarray(ROOM_BEFORE, at);
  }

  /** The encoding in CBOR that has the argument in the place of a mark. */
  within(encode: (mark: Uint8Array) => Uint8Array): Uint8Array<ArrayBuffer> {
    const [before, after] = aroundMark(encode);
    const head = joined(before, Uint8Array.of(0x5a, 0, 0, 0, 0));
    new DataView(head.buffer).setUint32(before.length + 1, this.value.length);
    if (head.length > ROOM_BEFORE || after.length > ROOM_AFTER) return joined(head, this.value, after);
    const start = ROOM_BEFORE - head.length;
    const end = ROOM_BEFORE + this.value.length;
    this.buffer.set(head, start);
    this.buffer.set(after, end);
    return this.buffer.subarray(start, end + after.length);
  }
}

function notTaken(why: string): LlamaError {
  return new LlamaError('transport', 'NOT_TAKEN', `the network did not take the call: ${why}`);
}

/** The hash of a request: of long values by Web Crypto, which is many times as fast as JavaScript. */
async function requestId(content: Content): Promise<Uint8Array> {
  const fields = await Promise.all(
    Object.entries(content).map(async ([name, value]) => joined(hashOf(name), await hashOfValue(value))),
  );
  return sha256(joined(...fields.sort(compare)));
}

const hashOf = (text: string) => sha256(new TextEncoder().encode(text));

async function hashOfValue(value: Uint8Array | string | bigint): Promise<Uint8Array> {
  if (typeof value === 'string') return hashOf(value);
  if (typeof value === 'bigint') return sha256(lebOf(value));
  return new Uint8Array(await crypto.subtle.digest('SHA-256', value as Uint8Array<ArrayBuffer>));
}

/** Unsigned LEB128 of a number. */
function lebOf(value: bigint): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; bytes.length === 0 || rest > 0n; rest >>= 7n) {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
  }
  return Uint8Array.from(bytes);
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
