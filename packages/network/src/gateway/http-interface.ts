/** The Candid types between an HTTP gateway and a canister (HTTP gateway protocol specification, "Canister HTTP interface"). */
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';

const { Bool, Nat8, Nat16, Opt, Record, Text, Tuple, Unknown, Variant, Vec } = IDL;
const Headers = Vec(Tuple(Text, Text));
const Body = Vec(Nat8);
const request = { method: Text, url: Text, headers: Headers, body: Body };
const Query = Record({ ...request, certificate_version: Opt(Nat16) });
const Update = Record(request);
// A canister chooses the token's type, and so the callback's; the gateway only passes the one to the other.
const Response = Record({
  status_code: Nat16,
  headers: Headers,
  body: Body,
  upgrade: Opt(Bool),
  streaming_strategy: Opt(Variant({ Callback: Record({ callback: Unknown, token: Unknown }) })),
});
const Chunk = Record({ body: Body, token: Opt(Unknown) });

export type Header = [name: string, value: string];

export interface HttpRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers: Header[];
  body: Uint8Array;
}

/** A value of a type that only the canister knows. */
export type Token = { type: () => IDL.Type };

export interface HttpResponse {
  status_code: number;
  headers: Header[];
  body: Uint8Array;
  upgrade: [] | [boolean];
  streaming_strategy: [] | [{ Callback: { callback: [Principal, string]; token: Token } }];
}

export interface StreamChunk {
  body: Uint8Array;
  token: [] | [Token];
}

/** The version of response verification that canisters are asked to certify for. */
const certificateVersion = 2;

export function encodeQuery(httpRequest: HttpRequest): Uint8Array {
  return IDL.encode([Query], [{ ...httpRequest, certificate_version: [certificateVersion] }]);
}

export function encodeUpdate(httpRequest: HttpRequest): Uint8Array {
  return IDL.encode([Update], [httpRequest]);
}

/** Whether a value is a method of a canister. */
function isFunction(value: unknown): boolean {
  return Array.isArray(value) && Principal.isPrincipal(value[0]) && typeof value[1] === 'string';
}

/** Throws Candid's errors. */
export function decodeResponse(bytes: Uint8Array): HttpResponse {
  const response = IDL.decode([Response], bytes)[0] as unknown as HttpResponse;
  const strategy = response.streaming_strategy[0];
  if (strategy !== undefined && !isFunction(strategy.Callback.callback)) {
    throw new Error('the streaming callback is not a function');
  }
  return { ...response, body: Uint8Array.from(response.body) };
}

export function encodeToken(token: Token): Uint8Array {
  return IDL.encode([token.type()], [token]);
}

/** The next part of a streamed body; some canisters answer with an option of it. Throws Candid's errors. */
export function decodeChunk(bytes: Uint8Array): StreamChunk {
  const [chunk] = IDL.decode([Opt(Chunk)], bytes) as unknown as [[] | [StreamChunk]];
  if (chunk[0] === undefined) throw new Error('the streaming callback did not answer with a part of the body');
  return { ...chunk[0], body: Uint8Array.from(chunk[0].body) };
}
