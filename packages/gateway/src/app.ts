// The gateway: routes paths to interfaces.
import { type Handler, Hono } from 'hono';
import { Transcripts } from './answering/transcripts.js';
import type { Backend } from './backend.js';
import { countTokens, messages, sayMessages } from './faces/anthropic/messages.js';
import { decide } from './faces/decide/decide.js';
import type { Desk, Environment, Request } from './faces/desk.js';
import { applyTemplate, health, noMethod, props } from './faces/llama-cpp/server.js';
import { detokenize, tokenize } from './faces/llama-cpp/tokens.js';
import { chat, generate, sayLines } from './faces/ollama/answers.js';
import { notHere, pull, running, show, tags } from './faces/ollama/models.js';
import { chatCompletions, sayChat } from './faces/openai/chat.js';
import { chatOrder } from './faces/openai/chat-request.js';
import { completions, sayText } from './faces/openai/completions.js';
import { listModels, oneModel } from './faces/openai/models.js';
import {
  cancelResponse,
  createResponse,
  deleteResponse,
  getResponse,
  inputItems,
  sayResponse,
} from './faces/openai/responses/responses.js';
import { StoredResponses } from './faces/openai/responses/stored.js';
import { shapeOf } from './faces/shapes.js';
import { cancelStream, resumeStream } from './faces/streams.js';
import { refusalOf } from './failures.js';
import { guard, type LogLine, type Pages, pageAt } from './guards/guard.js';
import type { ApiKey } from './guards/keys.js';
import { checkPlaces, type Places } from './guards/places.js';
import { Tally } from './guards/tally.js';
import { KnownModels } from './known-models.js';
import { mcp } from './mcp/http.js';
import { McpServer } from './mcp/protocol.js';
import { Refusal } from './refusal.js';
import { State } from './state/state.js';

export interface GatewayOptions {
  backend: Backend;
  /** Default: none, and then everybody who reaches the gateway may use it. */
  keys?: readonly ApiKey[];
  /** Default: this machine's names, and no foreign origins. */
  places?: Places;
  /** Whether a name that no model has stands for the first model; default: such a name is refused. */
  anyModel?: boolean;
  /** Default: 8 MiB; a canister takes 1 MiB. */
  maxBodyBytes?: number;
  /** Default: 5 seconds. */
  pingMs?: number;
  /** Default: 25 seconds. */
  patienceMs?: number;
  /** A folder for what has to survive a restart, so that streams can be resumed after it; default: nothing survives. */
  state?: string | undefined;
  /** Whether that folder also keeps questions and answers, so that stored responses can be continued; default: no. */
  keepConversations?: boolean;
  /** The version that it reports to clients; default: 0.0.0. */
  version?: string;
  /** Default: nothing is logged. */
  log?: (line: LogLine) => void;
  /** Whether the log includes prompts; default: no. */
  logPrompts?: boolean;
  /** A page for browsers and its files, by path; they are served without a key. Default: there is no page. */
  pages?: Pages;
}

export interface Gateway {
  fetch: (request: globalThis.Request) => Response | Promise<Response>;
  /** Cancels open answers. */
  close(): void;
}

/** The version of Ollama that it reports; clients check that it is new enough. */
const OLLAMA_VERSION = '0.20.0';

const MAX_BODY_BYTES = 8 * 2 ** 20;

/** Only the log sees this: the client that would be answered is gone. */
const gone = (cause: unknown): Refusal => new Refusal('gone', 'who asked went away', { cause });

function refuse(error: unknown, request: Request): Response {
  const known = refusalOf(error);
  const refusal = request.req.raw.signal.aborted && known.status >= 500 ? gone(error) : known;
  const shape = shapeOf(request.req.path, request.req.raw.headers);
  const headers: Record<string, string> = {};
  if (refusal.retryAfter !== undefined) headers['retry-after'] = String(refusal.retryAfter);
  if (refusal.kind === 'unauthorized') headers['www-authenticate'] = 'Bearer';
  if (refusal.closes) headers.connection = 'close';
  if (refusal.allow !== undefined) headers.allow = refusal.allow.join(', ');
  const isOurs = error instanceof Error && refusal.kind !== 'gone';
  request.get('caller').refused = isOurs ? error.message : refusal.message;
  return Response.json(shape.body(refusal, request.get('caller').requestId), { status: refusal.status, headers });
}

/** Errors: a Refusal if `places` has a name or an origin that no client can have. */
export function createGateway(options: GatewayOptions): Gateway {
  const { backend, keys = [], places = { hosts: [], origins: [] } } = options;
  checkPlaces(places);
  const transcripts = new Transcripts();
  const tally = new Tally();
  const closing = new AbortController();
  const known = new KnownModels(backend);
  const state = options.state === undefined ? undefined : new State(options.state, options.keepConversations === true);
  const stored = new StoredResponses(state);
  const speakers = {
    chat: sayChat,
    text: sayText,
    messages: sayMessages,
    ollama: sayLines,
    response: sayResponse(stored, transcripts),
  };
  const desk: Desk = {
    backend,
    known,
    anyModel: options.anyModel ?? false,
    transcripts,
    state,
    speakers,
    pingMs: options.pingMs ?? 5_000,
    patienceMs: options.patienceMs ?? 25_000,
    closing: closing.signal,
  };
  const app = new Hono<Environment>();
  const { maxBodyBytes = MAX_BODY_BYTES, log = () => {}, logPrompts = false, pages = () => undefined } = options;
  for (const each of guard({ keys, places, maxBodyBytes, log, logPrompts, tally, pages })) app.use('*', each);

  type Answer = (desk: Desk, request: Request) => Response | Promise<Response>;
  const on =
    (answer: Answer): Handler<Environment> =>
    (request) =>
      answer(desk, request);

  app.post('/v1/chat/completions', on(chatCompletions));
  app.post('/v1/completions', on(completions));
  app.post('/v1/responses', (request) => createResponse(desk, stored, request));
  app.get('/v1/responses/:id', (request) => getResponse(desk, stored, request, request.req.param('id')));
  app.delete('/v1/responses/:id', (request) => deleteResponse(desk, stored, request, request.req.param('id')));
  app.post('/v1/responses/:id/cancel', (request) => cancelResponse(desk, stored, request, request.req.param('id')));
  app.get('/v1/responses/:id/input_items', (request) => inputItems(stored, request, request.req.param('id')));
  app.post('/v1/embeddings', noMethod('embeddings'));
  app.get('/v1/models', on(listModels));
  app.get('/v1/models/:id{.+}', (request) => oneModel(desk, request, request.req.param('id')));

  app.post('/v1/decide', on(decide));

  app.post('/v1/messages', on(messages));
  app.post('/v1/messages/count_tokens', on(countTokens));

  app.post('/api/chat', on(chat));
  app.post('/api/generate', on(generate));
  app.get('/api/tags', on(tags));
  app.post('/api/show', on(show));
  app.get('/api/ps', on(running));
  app.post('/api/pull', on(pull));
  app.get('/api/version', () => Response.json({ version: OLLAMA_VERSION }));
  app.post('/api/embed', noMethod('embeddings'));
  app.post('/api/embeddings', noMethod('embeddings'));
  app.post('/api/create', notHere('making a model'));
  app.post('/api/copy', notHere('copying a model'));
  app.post('/api/push', notHere('sending a model elsewhere'));
  app.delete('/api/delete', notHere('removing a model'));
  // Ollama's clients recognise the server by this text; browsers get the page instead.
  app.get('/', ({ req }) => {
    const page = /\btext\/html\b/.test(req.header('accept') ?? '') ? pages('/') : undefined;
    return page ?? new Response('Ollama is running');
  });

  app.get('/health', on(health));
  app.get('/v1/health', on(health));
  app.get('/props', on(props));
  app.get('/metrics', async () => {
    const report = tally.report(transcripts.open, await known.now().catch(() => []), backend.members?.() ?? []);
    return new Response(report, { headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' } });
  });
  app.post('/apply-template', on(applyTemplate((json, request) => chatOrder(json, request.get('caller')))));
  app.post('/tokenize', on(tokenize));
  app.post('/detokenize', on(detokenize));
  app.get('/slots', noMethod('what each of its answers is doing'));

  app.post('/mcp', on(mcp(new McpServer(backend, options.version ?? '0.0.0'))));

  app.get('/v1/streams/:id', (request) => resumeStream(desk, request, request.req.param('id')));
  app.delete('/v1/streams/:id', (request) => cancelStream(desk, request, request.req.param('id')));
  app.get('/v1/chat/completions/:id', (request) => resumeStream(desk, request, request.req.param('id')));
  app.get('/v1/completions/:id', (request) => resumeStream(desk, request, request.req.param('id')));

  app.notFound((request) => pageAt(pages, request) ?? refuse(wrongPath(app, request), request));
  app.onError((error, request) => refuse(error, request));
  const close = () => {
    closing.abort();
    state?.close();
    // With a state the answers go on in the canister, and can be read when the gateway runs again.
    if (state === undefined) transcripts.cancelAll();
    else transcripts.keepWhatCanBeFound();
  };
  return { fetch: app.fetch as Gateway['fetch'], close };
}

/** The error for a path and a method without a route. */
function wrongPath(app: Hono<Environment>, request: Request): Refusal {
  const { method, path } = request.req;
  const others = ['GET', 'POST', 'DELETE'].filter(
    (each) =>
      each !== method &&
      app.router.match(each, path)[0].some(([[, route]]) => route.path !== '*' && route.path !== '/*'),
  );
  if (others.length > 0) {
    const why = `${path} is for ${others.join(' and ')}, not for ${method}`;
    return new Refusal('wrong-method', why, { allow: others });
  }
  return new Refusal('not-found', `there is nothing at ${method} ${path.slice(0, 200)}`, { code: 'unknown_url' });
}
