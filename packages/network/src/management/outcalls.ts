/**
 * http_request: HTTPS outcalls. They are off unless the network was started with addresses that they may go to; plain
 * HTTP is for this machine only. One node asks, so there is nothing to agree on, but the transform function runs.
 */
import { IDL } from '@icp-sdk/core/candid';
import type { Principal } from '@icp-sdk/core/principal';
import { ErrorCode } from '../execution/errors.js';
import { httpRequestCost } from '../execution/fees.js';
import type { Canister } from '../state/canister.js';
import { type ManagementCall, ManagementError, type ManagementResult, type Services } from './types.js';

/** The largest response, and what is assumed without a limit: 2 MB. */
const maxResponse = 2_000_000;
const timeout = 30_000;
const maxHeaders = 64;
const maxUrl = 8192;

const httpResponse = IDL.Record({
  status: IDL.Nat,
  headers: IDL.Vec(IDL.Record({ name: IDL.Text, value: IDL.Text })),
  body: IDL.Vec(IDL.Nat8),
});
const transformArgument = IDL.Record({ response: httpResponse, context: IDL.Vec(IDL.Nat8) });

interface HttpResponse {
  status: bigint;
  headers: { name: string; value: string }[];
  body: Uint8Array;
}

export interface HttpRequest {
  url: string;
  max_response_bytes: [] | [bigint];
  method: Record<string, null>;
  headers: { name: string; value: string }[];
  body: [] | [Uint8Array];
  transform: [] | [{ function: [Principal, string]; context: Uint8Array }];
  is_replicated: [] | [boolean];
}

function refuse(message: string, code: ErrorCode = ErrorCode.canisterRejected): never {
  throw new ManagementError(code, message);
}

const loopback = (host: string) =>
  host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);

/** Throws ManagementError when the network does not allow the address. */
function checkAddress(text: string, allowed: readonly string[]): URL {
  if (text.length > maxUrl) refuse(`The url is longer than ${maxUrl} bytes`);
  if (!URL.canParse(text)) refuse(`Failed to parse URL: ${text}`);
  const url = new URL(text);
  const isLocal = loopback(url.hostname);
  if (url.protocol !== 'https:' && !(isLocal && url.protocol === 'http:')) {
    refuse('The url must be https; http is for addresses of this machine');
  }
  const permitted =
    allowed.includes(url.host) || allowed.includes(url.hostname) || (isLocal && allowed.includes('loopback'));
  if (permitted) return url;
  return refuse(
    allowed.length === 0
      ? 'HTTPS outcalls are off on this network; start it with --outcalls loopback, or with the hosts that they may go to'
      : `HTTPS outcalls to ${url.host} are not allowed on this network; start it with --outcalls ${[...allowed, url.host].join(',')}`,
  );
}

function requestBytes({ url, headers, body, transform }: HttpRequest): number {
  const headerBytes = headers.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
  const [function_] = transform;
  const transformBytes = function_ ? function_.function[1].length + function_.context.length : 0;
  return url.length + headerBytes + (body[0]?.length ?? 0) + transformBytes;
}

/** Reads a body up to a limit. */
async function limited(response: Response, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let total = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    total += part.length;
    if (total > limit) refuse(`Http body exceeds size limit of ${limit} bytes.`);
    parts.push(part);
  }
  return Uint8Array.from(Buffer.concat(parts));
}

async function fetched(url: URL, { method, headers, body }: HttpRequest, limit: number): Promise<HttpResponse> {
  try {
    const response = await fetch(url, {
      method: Object.keys(method)[0]!.toUpperCase(),
      headers: headers.map(({ name, value }): [string, string] => [name, value]),
      ...(body[0] === undefined ? {} : { body: Uint8Array.from(body[0]) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    });
    return {
      status: BigInt(response.status),
      headers: [...response.headers].map(([name, value]) => ({ name, value })),
      body: await limited(response, limit),
    };
  } catch (error) {
    if (error instanceof ManagementError) throw error;
    const { message, cause } = error as Error;
    const reason = cause instanceof Error ? `${message}: ${cause.message}` : message;
    return refuse(`Failed to connect to ${url.host}: ${reason}`, ErrorCode.outcallFailed);
  }
}

/** The response as the calling canister's transform function leaves it. */
async function transformed(
  { scheduler }: Services,
  canister: Canister,
  transform: HttpRequest['transform'][0],
  response: HttpResponse,
): Promise<HttpResponse> {
  if (transform === undefined) return response;
  const [principal, method] = transform.function;
  if (principal.toText() !== canister.name) refuse('The transform function must be one of the calling canister');
  const arg = Uint8Array.from(IDL.encode([transformArgument], [{ response, context: transform.context }]));
  const message = { kind: 'query', method, arg, caller: new Uint8Array(), cyclesAvailable: 0n, deadline: 0n } as const;
  const run = () => scheduler.executor.run(canister, message, { method });
  const { result } = await scheduler.executor.exclusively(canister, run);
  if (result.kind === 'error') return refuse(result.error.message, ErrorCode.outcallFailed);
  if (result.kind !== 'reply') return refuse(`The transform function ${method} did not reply`, ErrorCode.outcallFailed);
  try {
    return IDL.decode([httpResponse], result.data)[0] as unknown as HttpResponse;
  } catch (error) {
    return refuse(
      `The transform function's result cannot be decoded: ${(error as Error).message}`,
      ErrorCode.outcallFailed,
    );
  }
}

export async function httpRequest(services: Services, call: ManagementCall<HttpRequest>): Promise<ManagementResult> {
  const { argument, from, cycles } = call;
  if (from === undefined) return refuse('http_request can only be called by canisters');
  const url = checkAddress(argument.url, services.state.outcalls);
  if (argument.headers.length > maxHeaders) refuse(`Number of headers exceeds ${maxHeaders}`);
  const wanted = argument.max_response_bytes[0] ?? BigInt(maxResponse);
  if (wanted > BigInt(maxResponse))
    refuse(`max_response_bytes expected to be in the range [0..${maxResponse}], got ${wanted}`);
  const isFree = services.state.fees.instruction === 0n;
  const fee = isFree ? 0n : httpRequestCost(BigInt(requestBytes(argument)), wanted);
  if (cycles < fee) refuse(`http_request request sent with ${cycles} cycles, but ${fee} cycles are required.`);
  from.consumed.add('http_outcalls', fee);
  const response = await fetched(url, argument, Number(wanted));
  return { accepted: fee, value: await transformed(services, from, argument.transform[0], response) };
}
