/**
 * One HTTPS outcall of a canister: its allowed addresses, the request, and the canister's transform function on the
 * response. Outcalls are off unless the network was started with a list of allowed addresses; plain HTTP is for this
 * machine only.
 */
import { IDL } from '@icp-sdk/core/candid';
import type { Principal } from '@icp-sdk/core/principal';
import { ErrorCode } from '../execution/errors.js';
import type { OutcallUsage } from '../execution/outcall-fees.js';
import type { Canister } from '../state/canister.js';
import { httpResponse } from './candid-types.js';
import { ManagementError, type Services } from './types.js';

/** The largest request and response, also assumed for a response without a limit: 2 MB. */
const maxBytes = 2_000_000;
const maxHeaders = 64;
const maxHeaderPart = 8 * 1024;
const maxHeaderBytes = 48 * 1024;
const maxUrl = 8192;

const transformArgument = IDL.Record({ response: httpResponse, context: IDL.Vec(IDL.Nat8) });

interface Header {
  name: string;
  value: string;
}

export interface HttpResponse {
  status: bigint;
  headers: Header[];
  body: Uint8Array;
}

export interface OutcallArgument {
  url: string;
  max_response_bytes: [] | [bigint];
  method: Record<string, null>;
  headers: Header[];
  body: [] | [Uint8Array];
  transform: [] | [{ function: [Principal, string]; context: Uint8Array }];
}

/** The remaining allowance of an outcall; each use that exceeds it throws ManagementError. */
export interface OutcallBudget {
  /** Bytes of the response, and milliseconds for it. */
  download: () => { bytes: number; milliseconds: number };
  instructions: () => number;
  downloaded: (usage: Pick<OutcallUsage, 'rawBytes' | 'milliseconds'>) => void;
  transformed: (usage: Pick<OutcallUsage, 'instructions' | 'transformedBytes'>) => void;
}

export function refuse(message: string, code: ErrorCode = ErrorCode.canisterRejected): never {
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

const byteLength = (text: string) => Buffer.byteLength(text);

function headerBytes(headers: readonly Header[]): number {
  return headers.reduce((sum, { name, value }) => sum + byteLength(name) + byteLength(value), 0);
}

function checkHeaders(headers: readonly Header[]): void {
  if (headers.length > maxHeaders) refuse(`Number of headers exceeds ${maxHeaders}`);
  const long = headers.find((header) => Math.max(byteLength(header.name), byteLength(header.value)) > maxHeaderPart);
  if (long !== undefined) refuse(`A header's name or value is longer than ${maxHeaderPart} bytes`);
  if (headerBytes(headers) > maxHeaderBytes) refuse(`Total size of headers exceeds ${maxHeaderBytes} bytes`);
}

/** The size of a request for its price. */
export function requestBytes({ url, headers, body, transform }: OutcallArgument): bigint {
  const [function_] = transform;
  const transformBytes = function_ ? function_.function[1].length + function_.context.length : 0;
  return BigInt(byteLength(url) + headerBytes(headers) + (body[0]?.length ?? 0) + transformBytes);
}

/** Checks a request before anything is paid for. Throws ManagementError. */
export function checkRequest({ state }: Services, from: Canister | undefined, argument: OutcallArgument) {
  const url = checkAddress(argument.url, state.outcalls);
  checkHeaders(argument.headers);
  const size = headerBytes(argument.headers) + (argument.body[0]?.length ?? 0);
  if (size > maxBytes) refuse(`The request has ${size} bytes of headers and body, at most ${maxBytes} are allowed`);
  const limit = argument.max_response_bytes[0] ?? BigInt(maxBytes);
  if (limit > BigInt(maxBytes)) {
    refuse(`max_response_bytes expected to be in the range [0..${maxBytes}], got ${limit}`);
  }
  const [transform] = argument.transform;
  if (transform !== undefined && transform.function[0].toText() !== from?.name) {
    refuse('The transform function must be one of the calling canister');
  }
  return { url, limit: Number(limit) };
}

/** Reads a body of which, with its headers, there may be so many bytes. */
async function limited(response: Response, headers: number, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let total = headers;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    total += part.length;
    if (total > limit) refuse(`Http body exceeds size limit of ${limit} bytes.`);
    parts.push(part);
  }
  return Uint8Array.from(Buffer.concat(parts));
}

async function fetched(
  url: URL,
  { method, headers, body }: OutcallArgument,
  { bytes, milliseconds }: { bytes: number; milliseconds: number },
): Promise<HttpResponse> {
  const named = headers.some(({ name }) => name.toLowerCase() === 'user-agent');
  const agent: [string, string][] = named ? [] : [['user-agent', 'ic/1.0']];
  try {
    const response = await fetch(url, {
      method: Object.keys(method)[0]!.toUpperCase(),
      headers: [...agent, ...headers.map(({ name, value }): [string, string] => [name, value])],
      ...(body[0] === undefined ? {} : { body: Uint8Array.from(body[0]) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(milliseconds),
    });
    const received = [...response.headers].map(([name, value]) => ({ name, value }));
    const size = headerBytes(received);
    if (size > bytes) refuse(`Headers of ${size} bytes exceed the size limit of ${bytes} bytes.`);
    const content = await limited(response, size, bytes);
    return { status: BigInt(response.status), headers: received, body: content };
  } catch (error) {
    if (error instanceof ManagementError) throw error;
    const { name, message, cause } = error as Error;
    if (name === 'TimeoutError') return refuse('Timeout expired', ErrorCode.outcallFailed);
    const reason = cause instanceof Error ? `${message}: ${cause.message}` : message;
    return refuse(`Failed to connect to ${url.host}: ${reason}`, ErrorCode.outcallFailed);
  }
}

/** The response after the calling canister's transform function, in Candid, with the cost of the transform. */
async function transformed(
  { scheduler }: Services,
  canister: Canister,
  [transform]: OutcallArgument['transform'],
  response: HttpResponse,
  limit: number,
  instructionsLeft: number,
): Promise<{ data: Uint8Array; instructions: number }> {
  if (transform === undefined) return { data: IDL.encode([httpResponse], [response]), instructions: 0 };
  const [, method] = transform.function;
  const arg = Uint8Array.from(IDL.encode([transformArgument], [{ response, context: transform.context }]));
  const message = { kind: 'query', method, arg, caller: new Uint8Array(), cyclesAvailable: 0n, deadline: 0n } as const;
  const { executor } = scheduler;
  const { result, instructions } = await executor.looking(canister, (seat) =>
    executor.ask(canister, message, { method, instructionsLeft }, seat),
  );
  if (result.kind === 'error') return refuse(result.error.message, ErrorCode.outcallFailed);
  if (result.kind !== 'reply') return refuse(`The transform function ${method} did not reply`, ErrorCode.outcallFailed);
  if (result.data.length > limit) refuse(`Transformed http response exceeds limit: ${limit}`, ErrorCode.outcallFailed);
  return { data: result.data, instructions };
}

function decoded(data: Uint8Array): HttpResponse {
  try {
    return IDL.decode([httpResponse], data)[0] as unknown as HttpResponse;
  } catch (error) {
    const reason = (error as Error).message;
    return refuse(`The transform function's result cannot be decoded: ${reason}`, ErrorCode.outcallFailed);
  }
}

/** Makes the request. Throws ManagementError. */
export async function perform(
  services: Services,
  from: Canister,
  argument: OutcallArgument,
  { url, limit }: { url: URL; limit: number },
  budget: OutcallBudget,
): Promise<HttpResponse> {
  const { bytes, milliseconds } = budget.download();
  const start = performance.now();
  const response = await fetched(url, argument, { bytes: Math.min(bytes, limit), milliseconds });
  const took = BigInt(Math.ceil(performance.now() - start));
  budget.downloaded({ rawBytes: BigInt(headerBytes(response.headers) + response.body.length), milliseconds: took });
  const { data, instructions } = await transformed(
    services,
    from,
    argument.transform,
    response,
    limit,
    budget.instructions(),
  );
  budget.transformed({ instructions: BigInt(instructions), transformedBytes: BigInt(data.length) });
  return decoded(data);
}
