// Errors in the format of each interface.
import type { Frame } from '../answering/transcript.js';
import type { Refusal, RefusalKind } from '../refusal.js';

export interface Shape {
  body(refusal: Refusal, requestId: string): object;
  /** The error as frames of a stream that has begun. */
  frames(refusal: Refusal, requestId: string): Frame[];
}

const OPENAI: Readonly<Record<RefusalKind, string>> = {
  invalid: 'invalid_request_error',
  unauthorized: 'authentication_error',
  forbidden: 'permission_error',
  'not-found': 'invalid_request_error',
  'wrong-method': 'invalid_request_error',
  'too-large': 'invalid_request_error',
  'wrong-type': 'invalid_request_error',
  limited: 'rate_limit_error',
  gone: 'invalid_request_error',
  failed: 'server_error',
  'not-supported': 'not_supported_error',
  unreachable: 'server_error',
  unavailable: 'server_error',
};

const openAiBody = ({ kind, message, param, code }: Refusal) => ({
  error: { message, type: OPENAI[kind], param: param ?? null, code: code ?? null },
});

const openAi: Shape = {
  body: openAiBody,
  frames: (refusal) => [{ data: JSON.stringify(openAiBody(refusal)) }],
};

/** Events of responses have names. */
const openAiResponses: Shape = {
  body: openAiBody,
  frames: (refusal) => {
    const { message, param, code } = refusal;
    const event = { type: 'error', code: code ?? OPENAI[refusal.kind], message, param: param ?? null };
    return [{ event: 'error', data: JSON.stringify(event) }];
  },
};

const ANTHROPIC: Readonly<Record<RefusalKind, string>> = {
  invalid: 'invalid_request_error',
  unauthorized: 'authentication_error',
  forbidden: 'permission_error',
  'not-found': 'not_found_error',
  'wrong-method': 'invalid_request_error',
  'too-large': 'request_too_large',
  'wrong-type': 'invalid_request_error',
  limited: 'rate_limit_error',
  gone: 'invalid_request_error',
  failed: 'api_error',
  'not-supported': 'api_error',
  unreachable: 'api_error',
  unavailable: 'overloaded_error',
};

const anthropicBody = ({ kind, message, details }: Refusal, requestId: string) => ({
  type: 'error',
  error: { type: ANTHROPIC[kind], message, ...(details === undefined ? {} : { details }) },
  request_id: requestId,
});

const anthropic: Shape = {
  body: anthropicBody,
  frames: (refusal, requestId) => [{ event: 'error', data: JSON.stringify(anthropicBody(refusal, requestId)) }],
};

const ollama: Shape = {
  body: ({ message }) => ({ error: message }),
  frames: ({ message }) => [{ data: JSON.stringify({ error: message }) }],
};

const llamaCppBody = (refusal: Refusal) => ({
  error: {
    code: refusal.status,
    message: refusal.message,
    type: refusal.kind === 'unavailable' ? 'unavailable_error' : OPENAI[refusal.kind],
  },
});

const llamaCpp: Shape = {
  body: llamaCppBody,
  frames: (refusal) => [{ data: JSON.stringify(llamaCppBody(refusal)) }],
};

const PARSE_ERROR = -32_700;
const SERVER_ERROR = -32_000;

/** JSON-RPC, for errors that belong to no known message. */
const mcp: Shape = {
  body: ({ kind, message }) => ({
    jsonrpc: '2.0',
    id: null,
    error: { code: kind === 'invalid' ? PARSE_ERROR : SERVER_ERROR, message },
  }),
  frames: () => [],
};

const LLAMA_CPP = /^\/(tokenize|detokenize|apply-template|health|metrics|props|slots)(\/|$)/;

/** The interface that a path belongs to. */
export function shapeOf(path: string, headers: Headers): Shape {
  if (path.startsWith('/api/')) return ollama;
  if (path === '/mcp') return mcp;
  if (path.startsWith('/v1/messages') || headers.has('anthropic-version')) return anthropic;
  if (path.startsWith('/v1/responses')) return openAiResponses;
  return LLAMA_CPP.test(path) ? llamaCpp : openAi;
}
