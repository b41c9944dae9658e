/**
 * Requests as clients send them: a CBOR envelope of content, public key, signature and delegations (interface
 * specification, "HTTPS interface"). Parsed and authenticated here; http/ interprets them.
 */
import type { CertificateCheck } from './canister-signature.js';
import { decodeCbor } from './cbor.js';
import { selfAuthenticating } from './keys.js';
import { domain, hashOfMap } from './request-id.js';
import { verifySignature } from './signature.js';

/** The request is malformed or not authentic; answered with status 400 and this text. */
export class RequestError extends Error {
  readonly status: number;
  constructor(message: string, status = 400) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
  }
}

interface CommonFields {
  sender: Uint8Array;
  ingressExpiry: bigint;
  nonce: Uint8Array | undefined;
}

export interface CallContent extends CommonFields {
  type: 'call' | 'query';
  canisterId: Uint8Array;
  methodName: string;
  arg: Uint8Array;
}

export interface ReadStateContent extends CommonFields {
  type: 'read_state';
  paths: Uint8Array[][];
}

type Content = CallContent | ReadStateContent;

export interface Request<C extends Content = Content> {
  content: C;
  id: Uint8Array;
  /** Canisters that the delegations restrict the request to; undefined: no restriction. */
  targets: Uint8Array[] | undefined;
  /** Whether a delegation allows queries only. */
  queriesOnly: boolean;
}

export const anonymous = Uint8Array.of(4);
/** A request's validity reaches at most this far ahead: five minutes, and half a minute for clocks that differ. */
const maxExpiryAhead = 330n * 1_000_000_000n;
const maxNonceBytes = 32;
const maxDelegations = 20;
const maxTargets = 1000;
const maxPaths = 1000;
const maxLabels = 127;

type Fields = Record<string, unknown>;

function fail(text: string): never {
  throw new RequestError(text);
}

function fields(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array) {
    fail(`${what} is not a map`);
  }
  return value as Fields;
}

function blob(map: Fields, name: string): Uint8Array {
  const value = map[name];
  if (!(value instanceof Uint8Array)) fail(`field ${name} is missing or not a blob`);
  return value as Uint8Array;
}

function optionalBlob(map: Fields, name: string): Uint8Array | undefined {
  return map[name] === undefined ? undefined : blob(map, name);
}

function natural(map: Fields, name: string): bigint {
  const value = map[name];
  const isNumber = typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value));
  if (!isNumber || (value as number | bigint) < 0) fail(`field ${name} is missing or not a natural number`);
  return BigInt(value as number | bigint);
}

function text(map: Fields, name: string): string {
  const value = map[name];
  if (typeof value !== 'string') fail(`field ${name} is missing or not a text`);
  return value as string;
}

function parseContent(value: unknown): Content {
  const map = fields(value, 'content');
  const type = text(map, 'request_type');
  const nonce = optionalBlob(map, 'nonce');
  if (nonce !== undefined && nonce.length > maxNonceBytes) fail(`the nonce is longer than ${maxNonceBytes} bytes`);
  const common = { sender: blob(map, 'sender'), ingressExpiry: natural(map, 'ingress_expiry'), nonce };
  if (type === 'call' || type === 'query') {
    return {
      ...common,
      type,
      canisterId: blob(map, 'canister_id'),
      methodName: text(map, 'method_name'),
      arg: blob(map, 'arg'),
    };
  }
  if (type !== 'read_state') fail(`unknown request_type "${type}"`);
  const paths = map.paths;
  if (!Array.isArray(paths) || paths.length > maxPaths)
    fail(`paths is missing or no list of at most ${maxPaths} paths`);
  const checked = (paths as unknown[]).map((path) => {
    if (!Array.isArray(path) || path.length > maxLabels || !path.every((label) => label instanceof Uint8Array)) {
      fail(`a path is no list of at most ${maxLabels} labels`);
    }
    return path as Uint8Array[];
  });
  return { ...common, type, paths: checked };
}

/** The hash of a map as it came; fields that are unknown here count too, if they can be hashed at all. */
function hashOf(map: Fields): Uint8Array {
  try {
    return hashOfMap(map as Parameters<typeof hashOfMap>[0]);
  } catch {
    throw new RequestError('a field is of a kind that has no hash');
  }
}

const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

/** Parses and authenticates a request. `now` in nanoseconds. Throws RequestError. */
export function openEnvelope(body: Uint8Array, now: bigint, isCertified: CertificateCheck): Request {
  let decoded: unknown;
  try {
    decoded = decodeCbor(body);
  } catch (error) {
    throw new RequestError(`the request is not valid CBOR: ${(error as Error).message}`);
  }
  const envelope = fields(decoded, 'the envelope');
  const content = parseContent(envelope.content);
  const id = hashOf(envelope.content as Fields);
  const isAnonymous = same(content.sender, anonymous);
  if (!isAnonymous || content.type === 'call') checkExpiry(content.ingressExpiry, now);
  const publicKey = optionalBlob(envelope, 'sender_pubkey');
  const signature = optionalBlob(envelope, 'sender_sig');
  const delegations = envelope.sender_delegation;
  if (isAnonymous) {
    if (publicKey !== undefined || signature !== undefined || delegations !== undefined) {
      fail('an anonymous request must not be signed');
    }
    return { content, id, targets: undefined, queriesOnly: false };
  }
  if (publicKey === undefined || signature === undefined)
    fail('a request of a sender that is not anonymous must be signed');
  if (!same(selfAuthenticating(publicKey!), content.sender)) fail('the public key is not that of the sender');
  const chain = followDelegations(publicKey!, delegations, now, isCertified);
  const signed = { der: chain.key, message: Buffer.concat([domain('ic-request'), id]), signature: signature! };
  check(signed, isCertified, 'the request');
  const { targets } = chain;
  if (
    content.type !== 'read_state' &&
    targets !== undefined &&
    !targets.some((target) => same(target, content.canisterId))
  ) {
    fail('the delegation does not cover this canister');
  }
  if (content.type === 'call' && chain.queriesOnly) fail('the delegation allows queries only');
  return { content, id, targets, queriesOnly: chain.queriesOnly };
}

function checkExpiry(expiry: bigint, now: bigint): void {
  if (expiry >= now && expiry <= now + maxExpiryAhead) return;
  const show = (time: bigint) => {
    const milliseconds = Number(time / 1_000_000n);
    return milliseconds <= 8.64e15 ? new Date(milliseconds).toISOString() : `${time} ns`;
  };
  // The JavaScript agent looks for exactly this beginning, and then asks for the network's time.
  fail(
    `Invalid request expiry: Specified ingress_expiry not within expected range: Minimum allowed expiry: ${show(now)}, Maximum allowed expiry: ${show(now + maxExpiryAhead)}, Provided expiry: ${show(expiry)}`,
  );
}

interface Signed {
  /** The public key. */
  der: Uint8Array;
  message: Uint8Array;
  signature: Uint8Array;
}

function check({ der, message, signature }: Signed, isCertified: CertificateCheck, what: string): void {
  try {
    if (verifySignature(der, message, signature, isCertified)) return;
  } catch (error) {
    fail(`Invalid signature of ${what}: ${(error as Error).message}`);
  }
  fail(`Invalid signature of ${what}: it does not match the key`);
}

interface Chain {
  key: Uint8Array;
  targets: Uint8Array[] | undefined;
  queriesOnly: boolean;
}

function followDelegations(first: Uint8Array, value: unknown, now: bigint, isCertified: CertificateCheck): Chain {
  const chain: Chain = { key: first, targets: undefined, queriesOnly: false };
  if (value === undefined || value === null) return chain;
  if (!Array.isArray(value) || value.length > maxDelegations)
    fail(`sender_delegation is no list of at most ${maxDelegations} delegations`);
  const seen = [first];
  for (const entry of value as unknown[]) {
    const signed = fields(entry, 'a delegation');
    const delegation = fields(signed.delegation, 'a delegation');
    const key = blob(delegation, 'pubkey');
    const message = Buffer.concat([domain('ic-request-auth-delegation'), hashOf(delegation)]);
    check({ der: chain.key, message, signature: blob(signed, 'signature') }, isCertified, 'a delegation');
    if (natural(delegation, 'expiration') < now) fail('a delegation has expired');
    if (seen.some((other) => same(other, key))) fail('the delegations go in a circle');
    seen.push(key);
    restrict(chain, delegation);
    chain.key = key;
  }
  return chain;
}

function restrict(chain: Chain, delegation: Fields): void {
  const targets = delegation.targets;
  if (targets !== undefined) {
    if (!Array.isArray(targets) || targets.length > maxTargets || !targets.every((id) => id instanceof Uint8Array)) {
      fail(`the targets of a delegation are no list of at most ${maxTargets} canisters`);
    }
    const listed = targets as Uint8Array[];
    chain.targets =
      chain.targets === undefined ? listed : chain.targets.filter((id) => listed.some((each) => same(each, id)));
  }
  const permissions = delegation.permissions;
  if (permissions === 'queries') chain.queriesOnly = true;
  else if (permissions !== undefined && permissions !== 'all') fail('unknown permissions of a delegation');
}
