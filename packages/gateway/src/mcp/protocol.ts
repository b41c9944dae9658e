// The Model Context Protocol: messages of JSON-RPC, of which a server that has only tools needs six.
// Source: the protocol's specification, revisions 2024-11-05 to 2025-11-25.
import { z } from 'zod';
import type { Backend } from '../backend.js';
import { refusalOf } from '../failures.js';
import { TOOLS } from './tools.js';

/** The latest comes first. */
export const VERSIONS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];

const PARSE_ERROR = -32_700;
const INVALID_REQUEST = -32_600;
const METHOD_NOT_FOUND = -32_601;
const INVALID_PARAMS = -32_602;

const id = z.union([z.string(), z.number()]);

const message = z.looseObject({
  jsonrpc: z.literal('2.0'),
  id: id.optional(),
  method: z.string().optional(),
  params: z.looseObject({}).optional(),
});

const call = z.looseObject({
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()).optional(),
  _meta: z.looseObject({ progressToken: id.optional() }).optional(),
});

type Id = z.output<typeof id>;

/** A message to the client. */
export type Sent = { jsonrpc: '2.0' } & Record<string, unknown>;

const result = (to: Id, value: object): Sent => ({ jsonrpc: '2.0', id: to, result: value });
const failure = (to: Id | null, code: number, text: string): Sent => ({
  jsonrpc: '2.0',
  id: to,
  error: { code, message: text },
});

/** The shortest time between two reports of progress to a client, in milliseconds. */
const PROGRESS_MS = 500;

export class McpServer {
  readonly #backend: Backend;
  readonly #version: string;
  readonly #running = new Map<string, AbortController>();

  constructor(backend: Backend, version: string) {
    this.#backend = backend;
    this.#version = version;
  }

  /** The answer to a text that is not even a message. */
  static unreadable(): Sent {
    return failure(null, PARSE_ERROR, 'this is not JSON');
  }

  /** Whether the answer to a message may take long. */
  static isCall(value: unknown): boolean {
    return (value as { method?: unknown } | null)?.method === 'tools/call';
  }

  /**
   * Answers a message; undefined if it wants no answer.
   * @param send  receives messages that come before the answer
   * @param client  the sender: a request can be cancelled only by the client that sent it
   * @param signal  fires when nobody wants the answer any more
   */
  async answer(
    value: unknown,
    send: (sent: Sent) => void,
    client: string,
    signal: AbortSignal,
  ): Promise<Sent | undefined> {
    const parsed = message.safeParse(value);
    if (!parsed.success) return failure(null, INVALID_REQUEST, 'this is no message of JSON-RPC 2.0');
    const { id: asked, method, params = {} } = parsed.data;
    if (asked === undefined || method === undefined) {
      if (method === 'notifications/cancelled') this.#running.get(`${client} ${params.requestId}`)?.abort();
      return undefined;
    }
    switch (method) {
      case 'initialize':
        return result(asked, this.#introduction(params.protocolVersion));
      case 'ping':
        return result(asked, {});
      case 'tools/list':
        return result(asked, {
          tools: TOOLS.map(({ name, description, schema }) => ({ name, description, inputSchema: inputOf(schema) })),
        });
      case 'tools/call':
        return this.#call(asked, params, send, `${client} ${asked}`, signal);
      default:
        return failure(asked, METHOD_NOT_FOUND, `there is no method ${method.slice(0, 100)}`);
    }
  }

  #introduction(wanted: unknown): object {
    return {
      protocolVersion: VERSIONS.find((version) => version === wanted) ?? VERSIONS[0],
      capabilities: { tools: {} },
      serverInfo: { name: 'llama-canister', version: this.#version },
    };
  }

  async #call(asked: Id, params: unknown, send: (sent: Sent) => void, key: string, signal: AbortSignal): Promise<Sent> {
    const parsed = call.safeParse(params);
    if (!parsed.success)
      return failure(asked, INVALID_PARAMS, 'tools/call needs the name of a tool, and its arguments');
    const { name, arguments: given = {}, _meta } = parsed.data;
    const tool = TOOLS.find((each) => each.name === name);
    if (tool === undefined) {
      return failure(asked, INVALID_PARAMS, `there is no tool "${name.slice(0, 100)}"`);
    }
    const own = new AbortController();
    this.#running.set(key, own);
    const onProgress = progressTo(_meta?.progressToken, send);
    try {
      const both = AbortSignal.any([signal, own.signal]);
      const { text, structured: structuredContent } = await tool.call(this.#backend, given, onProgress, both);
      return result(asked, { content: [{ type: 'text', text }], structuredContent });
    } catch (error) {
      // A failure of a tool is reported to the model that called it.
      return result(asked, { content: [{ type: 'text', text: refusalOf(error).message }], isError: true });
    } finally {
      this.#running.delete(key);
    }
  }
}

function inputOf(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema);
  return rest;
}

function progressTo(token: Id | undefined, send: (sent: Sent) => void): (text: string) => void {
  let last = 0;
  let progress = 0;
  return (text) => {
    if (token === undefined || Date.now() < last + PROGRESS_MS) return;
    last = Date.now();
    progress++;
    const params = { progressToken: token, progress, message: text };
    send({ jsonrpc: '2.0', method: 'notifications/progress', params });
  };
}
