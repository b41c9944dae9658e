// Reads a stream again, after the last event that the client received. The stream's id is in its chunks and in its
// header `llama-stream`.
import { eventStream, lineStream } from '../answering/streams.js';
import { invalid } from '../refusal.js';
import type { Desk, Request } from './desk.js';
import { transcriptOf } from './revived.js';

/** The number of the first event to send. */
function fromOf(request: Request): number {
  const text = request.req.query('starting_after') ?? request.req.header('last-event-id');
  if (text === undefined || text === '') return 0;
  if (!/^\d{1,9}$/.test(text)) throw invalid('starting_after', 'the number of the last event that came');
  return Number(text) + 1;
}

export async function resumeStream(desk: Desk, request: Request, id: string): Promise<Response> {
  const transcript = await transcriptOf(desk, id, request.get('caller').name);
  const isLines = /ndjson/.test(request.req.header('accept') ?? '');
  return (isLines ? lineStream : eventStream)(transcript, fromOf(request), desk.pingMs);
}

export async function cancelStream(desk: Desk, request: Request, id: string): Promise<Response> {
  const transcript = await transcriptOf(desk, id, request.get('caller').name);
  transcript.cancel();
  return Response.json({ id, object: 'stream', cancelled: !transcript.ended });
}
