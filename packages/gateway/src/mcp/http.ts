// The protocol over HTTP: each message is a request. A call of a tool is answered by a stream that begins with its
// progress.

import { eventStream } from '../answering/streams.js';
import type { Frame } from '../answering/transcript.js';
import { randomId } from '../answering/transcripts.js';
import { readJson } from '../asking/body.js';
import type { Desk, Request } from '../faces/desk.js';
import { Refusal } from '../refusal.js';
import { McpServer, type Sent, VERSIONS } from './protocol.js';

const frame = (sent: Sent): Frame => ({ event: 'message', data: JSON.stringify(sent) });

type Answer = (send: (sent: Sent) => void, signal: AbortSignal) => Promise<Sent | undefined>;

/** The messages that are sent before the answer, and the answer. */
async function* spoken(answering: Answer, signal: AbortSignal): AsyncGenerator<Frame> {
  const sent: Sent[] = [];
  let wake = () => {};
  let isOver = false;
  const send = (each: Sent) => {
    sent.push(each);
    wake();
  };
  const answer = answering(send, signal).finally(() => {
    isOver = true;
    wake();
  });
  while (!isOver) {
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (isOver || sent.length > 0) resolve();
    });
    yield* sent.splice(0).map(frame);
  }
  const last = await answer;
  if (last !== undefined) yield frame(last);
}

/** Tells which requests belong to the same client; nothing else is kept between them. */
const SESSION = 'mcp-session-id';

/** The protocol's version, which the first request negotiates and every later one repeats. */
const VERSION = 'mcp-protocol-version';

function checkVersion(version: string | undefined): void {
  if (version === undefined || VERSIONS.includes(version)) return;
  const why = `"${version.slice(0, 40)}" is not supported; the supported versions are: ${VERSIONS.join(', ')}`;
  throw new Refusal('invalid', `${VERSION}: ${why}`, { param: VERSION });
}

export function mcp(server: McpServer): (desk: Desk, request: Request) => Promise<Response> {
  return async (desk, request) => {
    const message = await readJson(request.req.raw);
    // The first request only proposes a version.
    if (message.method !== 'initialize') checkVersion(request.req.header(VERSION));
    const { name } = request.get('caller');
    const client = `${name} ${request.req.header(SESSION) ?? ''}`;
    const answering: Answer = (send, signal) => server.answer(message, send, client, signal);
    const takesStream = /text\/event-stream/.test(request.req.header('accept') ?? '');
    if (!McpServer.isCall(message) || !takesStream) {
      const answer = await answering(() => {}, AbortSignal.any([request.req.raw.signal, desk.closing]));
      const headers = message.method === 'initialize' ? { [SESSION]: randomId('session_') } : {};
      return answer === undefined ? new Response(null, { status: 202 }) : Response.json(answer, { headers });
    }
    const transcript = desk.transcripts.begin(randomId('mcp_'), name, false);
    void transcript.fill(spoken(answering, transcript.signal), () => []);
    return eventStream(transcript, 0, desk.pingMs);
  };
}
