// Frames on the wire: server-sent events or lines of JSON. Silent streams send signs of life, because proxies close
// idle connections.
import type { Frame, Transcript } from './transcript.js';

interface Wire {
  contentType: string;
  frame(frame: Frame, number: number): string;
  ping(note: string): string;
}

/** Each event has its number as id, so that a client that reconnects can name the last one it received. */
const EVENTS: Wire = {
  contentType: 'text/event-stream; charset=utf-8',
  frame: ({ event, data }, number) =>
    `id: ${number}\n${event === undefined ? '' : `event: ${event}\n`}data: ${data}\n\n`,
  // A comment, which clients skip.
  ping: (note) => `: ${note === '' ? 'ping' : note.replace(/[\r\n]+/g, ' ')}\n\n`,
};

/** Lines of JSON have no comments, but parsers skip a blank before the next line. */
const LINES: Wire = {
  contentType: 'application/x-ndjson',
  frame: ({ data }) => `${data}\n`,
  ping: () => ' ',
};

function respond(transcript: Transcript, from: number, pingMs: number, wire: Wire): Response {
  const encoder = new TextEncoder();
  let next = from;
  let isOpen = true;
  transcript.enter();
  const leave = () => {
    if (isOpen) transcript.leave();
    isOpen = false;
  };
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        await transcript.until(next, pingMs);
        if (!isOpen) return;
        if (next < transcript.frames.length) {
          const frames = transcript.frames.slice(next, next + 256);
          controller.enqueue(encoder.encode(frames.map((frame, i) => wire.frame(frame, next + i)).join('')));
          next += frames.length;
        } else if (!transcript.ended) controller.enqueue(encoder.encode(wire.ping(transcript.note)));
        if (transcript.ended && next >= transcript.frames.length) {
          leave();
          controller.close();
        }
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      'content-type': wire.contentType,
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      'llama-stream': transcript.id,
    },
  });
}

/** @param from  the first frame to send */
export const eventStream = (transcript: Transcript, from: number, pingMs: number): Response =>
  respond(transcript, from, pingMs, EVENTS);

export const lineStream = (transcript: Transcript, from: number, pingMs: number): Response =>
  respond(transcript, from, pingMs, LINES);

/**
 * JSON that may take long: once it is late, the response begins with blanks, which JSON allows. From then on the status
 * can no longer say that something failed, so an error cuts the connection.
 */
export async function patientJson(work: Promise<Response>, patienceMs: number, pingMs: number): Promise<Response> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  const first = await Promise.race([work, late]).finally(() => clearTimeout(timer));
  if (first !== undefined) return first;
  const encoder = new TextEncoder();
  let pings: NodeJS.Timeout | undefined;
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(encoder.encode(' '));
      pings = setInterval(() => controller.enqueue(encoder.encode(' ')), pingMs);
      work
        .then(async (response) => {
          clearInterval(pings);
          if (!response.ok) throw new Error(`it ended with status ${response.status}`);
          controller.enqueue(new Uint8Array(await response.arrayBuffer()));
          controller.close();
        })
        .catch((error) => {
          clearInterval(pings);
          controller.error(error);
        });
    },
    cancel: () => clearInterval(pings),
  });
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}
