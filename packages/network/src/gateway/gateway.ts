/**
 * The HTTP gateway: turns browsers' requests into calls of a canister's http_request, and the canister's answers back
 * into HTTP (HTTP gateway protocol specification; if it leaves a choice, this follows main net's gateways).
 */
import { randomBytes } from 'node:crypto';
import { Principal } from '@icp-sdk/core/principal';
import { errorCodeText } from '../execution/errors.js';
import { anonymous } from '../protocol/envelope.js';
import { sha256 } from '../protocol/request-id.js';
import type { Answer } from '../scheduling/call-context.js';
import type { Ingress } from '../scheduling/ingress.js';
import type { Queries } from '../scheduling/queries.js';
import type { NetworkState } from '../state/network-state.js';
import { GatewayError } from './gateway-error.js';
import {
  decodeChunk,
  decodeResponse,
  encodeQuery,
  encodeToken,
  encodeUpdate,
  type Header,
  type HttpRequest,
  type HttpResponse,
  type Token,
} from './http-interface.js';
import { contentRange, wholeBody } from './partial-content.js';
import type { Resolved } from './resolution.js';
import { VerificationError, verifyResponse } from './verification.js';

export interface GatewayParts {
  state: NetworkState;
  ingress: Ingress;
  queries: Queries;
}

export type Body = Uint8Array | AsyncGenerator<Uint8Array>;

export interface GatewayResponse {
  status: number;
  headers: Header[];
  body: Body;
}

/** Parts of a streamed body that are fetched and verified together; later parts are passed on as they arrive. */
const verifiedParts = 4;
const maxParts = 1000;
const updateLifetime = 240n * 1_000_000_000n;

const withoutHeaders = (headers: Header[], names: string[]) =>
  headers.filter(([name]) => !names.includes(name.toLowerCase()));

export class Gateway {
  private readonly parts: GatewayParts;

  constructor(parts: GatewayParts) {
    this.parts = parts;
  }

  async handle(request: HttpRequest, resolved: Resolved): Promise<GatewayResponse> {
    try {
      return await this.serve({ ...request, headers: forwarded(request.headers) }, resolved);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      const headers: Header[] = [['content-type', 'text/plain; charset=utf-8']];
      return { status: error.status, headers, body: new TextEncoder().encode(`${error.message}\n`) };
    }
  }

  private async serve(request: HttpRequest, { canister, raw }: Resolved): Promise<GatewayResponse> {
    const first = await this.ask(canister, request);
    const upgraded = first.upgrade[0] === true;
    const response = upgraded ? decoded(await this.update(canister, encodeUpdate(request))) : first;
    const { body, isWhole } = await this.collect(canister, response);
    // An answer through consensus needs no certificate, and a long stream cannot have one.
    const verify = !upgraded && !raw && isWhole;
    const headers = verify
      ? await this.verifiedHeaders(request, { ...response, body: body as Uint8Array }, canister)
      : response.headers;
    if (response.status_code < 100 || response.status_code > 599) {
      throw new GatewayError(500, `Invalid canister response status code: ${response.status_code}`);
    }
    const isRangeRequest = request.headers.some(([name]) => /^(range|if-range)$/i.test(name));
    if (response.status_code !== 206 || isRangeRequest) return { status: response.status_code, headers, body };
    // The whole was asked for, and a part was given: the rest follows.
    if (!(body instanceof Uint8Array))
      throw new GatewayError(500, 'Failed to create streaming response: expected full 206 response');
    const range = contentRange(response.headers, 0);
    const next = async (from: number) => {
      const partial: HttpRequest = { ...request, headers: [...request.headers, ['Range', `bytes=${from}-`]] };
      const part = await this.ask(canister, partial);
      if (!raw) await this.verifiedHeaders(partial, part, canister);
      return part;
    };
    return {
      status: 200,
      headers: [...withoutHeaders(headers, ['content-range', 'content-length']), ['content-length', `${range.total}`]],
      body: wholeBody(body, range, next),
    };
  }

  private async ask(canister: Principal, request: HttpRequest): Promise<HttpResponse> {
    return decoded(await this.query(canister, 'http_request', encodeQuery(request)));
  }

  private async query(callee: Principal, method: string, arg: Uint8Array): Promise<Uint8Array> {
    return reply(await this.parts.queries.run({ callee, method, arg, caller: anonymous }));
  }

  private async update(callee: Principal, arg: Uint8Array): Promise<Uint8Array> {
    const { state, ingress } = this.parts;
    const nonce = randomBytes(32);
    const record = await ingress.submit(
      sha256(nonce),
      {
        type: 'call',
        canisterId: callee.toUint8Array(),
        methodName: 'http_request_update',
        arg,
        sender: anonymous,
        ingressExpiry: state.clock.now() + updateLifetime,
        nonce,
      },
      callee,
      arg.length,
    );
    if ('code' in record) throw new GatewayError(502, `${errorCodeText(record)}: ${record.message}`);
    await record.finished;
    await state.store.flush();
    return reply(record.status as Answer);
  }

  /** A response's body: the first parts of a stream joined, or a stream if there are more. */
  private async collect(canister: Principal, response: HttpResponse): Promise<{ body: Body; isWhole: boolean }> {
    const strategy = response.streaming_strategy[0];
    if (strategy === undefined) return { body: response.body, isWhole: true };
    const { callback, token } = strategy.Callback;
    if (Principal.from(callback[0]).toText() !== canister.toText()) {
      throw new GatewayError(500, 'Failed to parse response body: the streaming callback belongs to another canister');
    }
    const next = async (of: Token) => {
      try {
        return decodeChunk(await this.query(canister, callback[1], encodeToken(of)));
      } catch (error) {
        throw new GatewayError(500, `Failed to parse response body: ${(error as Error).message}`);
      }
    };
    const parts = [response.body];
    let left: Token | undefined = token;
    for (let i = 0; i < verifiedParts && left !== undefined; i++) {
      const chunk = await next(left);
      parts.push(chunk.body);
      left = chunk.token[0];
    }
    if (left === undefined) return { body: Uint8Array.from(Buffer.concat(parts)), isWhole: true };
    const rest = async function* (from: Token): AsyncGenerator<Uint8Array> {
      yield* parts;
      let at: Token | undefined = from;
      for (let i = verifiedParts; i < maxParts && at !== undefined; i++) {
        const chunk: Awaited<ReturnType<typeof next>> = await next(at);
        yield chunk.body;
        at = chunk.token[0];
      }
    };
    return { body: rest(left), isWhole: false };
  }

  /** The headers that may be passed on of a response that verifies. Throws GatewayError for one that does not. */
  private async verifiedHeaders(
    request: HttpRequest,
    response: Pick<HttpResponse, 'status_code' | 'headers' | 'body'>,
    canister: Principal,
  ): Promise<Header[]> {
    const { clock, keys } = this.parts.state;
    try {
      const network = { time: clock.now(), rootKey: keys.rootKey };
      const { version, headers } = await verifyResponse(request, response, canister, network);
      if (version >= 2) return headers ?? response.headers;
      // Version 1 certifies the body only.
      if (response.status_code >= 300 && response.status_code < 400) {
        throw new GatewayError(500, 'Response verification v1 does not allow redirects');
      }
      return withoutHeaders(response.headers, ['cache-control']);
    } catch (error) {
      if (error instanceof VerificationError)
        throw new GatewayError(500, `Response verification failed: ${error.message}`);
      throw error;
    }
  }
}

/** Request headers as canisters get them. */
function forwarded(headers: Header[]): Header[] {
  return withoutHeaders(headers, ['x-request-id']).map(([name, value]): Header => {
    if (name.toLowerCase() !== 'accept-encoding') return [name, value];
    const encodings = value.split(',').map((each) => each.trim());
    return [name, encodings.includes('identity') ? value : [...encodings, 'identity'].join(', ')];
  });
}

function reply(answer: Answer): Uint8Array {
  if (answer.kind === 'reply') return answer.data;
  if (answer.code === 3) throw new GatewayError(404, answer.message);
  const code = answer.errorCode === undefined ? '' : ` ${errorCodeText({ code: answer.errorCode, message: '' })}`;
  throw new GatewayError(502, `Replica Error: reject code ${answer.code}${code}, message ${answer.message}`);
}

function decoded(bytes: Uint8Array): HttpResponse {
  try {
    return decodeResponse(bytes);
  } catch (error) {
    throw new GatewayError(500, `Failed to parse response: ${(error as Error).message}`);
  }
}
