// Sends requests to the backend, and its answers to clients, as a stream or whole.
import { eventStream, lineStream, patientJson } from '../answering/streams.js';
import type { Said } from '../answering/transcript.js';
import { randomId } from '../answering/transcripts.js';
import { type Whole, wasCancelled, whole } from '../answering/whole.js';
import { asFarAsItThinks } from '../asking/thinking.js';
import type { Answering, Ask, Delta } from '../backend.js';
import { refusalOf } from '../failures.js';
import { Refusal } from '../refusal.js';
import type { Recipe } from '../state/state.js';
import { type Desk, ignoredBy, isKept, modelOf, type Request } from './desk.js';
import { shapeOf } from './shapes.js';

/** Counts tokens towards the caller's limits, however the answer ends. */
async function* counted(deltas: AsyncIterable<Delta>, used: (tokens: number) => void): AsyncGenerator<Delta> {
  for await (const delta of deltas) {
    if (delta.type === 'end') used(delta.usage.promptTokens + delta.usage.generatedTokens);
    yield delta;
  }
}

/** Throws if an answer was cancelled, because the interfaces have no word for such an end. */
export async function* uncancelled(deltas: AsyncIterable<Delta>): AsyncGenerator<Delta> {
  for await (const delta of deltas) {
    if (delta.type === 'end' && delta.reason === 'cancelled') throw wasCancelled();
    yield delta;
  }
}

interface Begun {
  answers: AsyncIterable<Delta>[];
  /** The reference of the first answer, with which it can be found again. */
  reference: string | undefined;
}

/** The error under the interface's own names: if the canister names a field, the request's name for it is used. */
function inItsWords(error: unknown, { fieldNames = {} }: Ask): unknown {
  const { kind, message, param, code } = refusalOf(error);
  const field = /^([a-z_]+): /.exec(message)?.[1] ?? '';
  if (kind !== 'invalid' || param !== undefined || !Object.hasOwn(fieldNames, field)) return error;
  const name = fieldNames[field]!;
  return new Refusal(kind, name + message.slice(field.length), { param: name, code, cause: error });
}

/** Begins all answers, or none. */
async function begin(desk: Desk, request: Request, asks: readonly Ask[], signal: AbortSignal): Promise<Begun> {
  const own = new AbortController();
  const both = AbortSignal.any([signal, own.signal]);
  const caller = request.get('caller');
  caller.prompt = JSON.stringify(asks[0]!.prompt);
  try {
    const { id: model } = await modelOf(desk, asks[0]!.model);
    const start = (ask: Ask) => desk.backend.start({ ...ask, model }, both);
    const begun = await Promise.all(asks.map((ask) => asFarAsItThinks(ask, start, ignoredBy(caller))));
    const [{ reference }] = begun as [Answering, ...Answering[]];
    return { answers: begun.map((deltas) => counted(deltas, caller.used)), reference };
  } catch (error) {
    own.abort();
    throw inItsWords(error, asks[0]!);
  }
}

interface StreamOptions {
  /** What is needed to write the stream again after the gateway has restarted. */
  recipe: Recipe;
  /** Default: a random one. */
  id?: string;
  as?: 'events' | 'lines';
  /** Whether the answer goes on without readers, whatever the header says. */
  kept?: boolean;
  /** Whether the interface has a word for a cancelled answer; if not, cancelling is an error. */
  tellsCancelled?: boolean;
}

/** Responds with a stream of the frames that `speak` makes of the deltas. */
export async function streamed(
  desk: Desk,
  request: Request,
  asks: readonly Ask[],
  speak: (answers: readonly AsyncIterable<Delta>[]) => AsyncIterable<Said>,
  { recipe, id = randomId('stream_'), as = 'events', kept = false, tellsCancelled = false }: StreamOptions,
): Promise<Response> {
  const { name, requestId } = request.get('caller');
  const transcript = desk.transcripts.begin(id, name, kept || isKept(request));
  // Until the canister has accepted the request, it is cancelled when the client disconnects.
  const gone = AbortSignal.any([transcript.signal, ...(transcript.kept ? [] : [request.req.raw.signal])]);
  const starting = new AbortController();
  const stop = () => starting.abort();
  gone.addEventListener('abort', stop, { once: true });
  let begun: Begun;
  try {
    begun = await begin(desk, request, asks, AbortSignal.any([transcript.signal, starting.signal]));
  } catch (error) {
    desk.transcripts.drop(id);
    throw error;
  } finally {
    gone.removeEventListener('abort', stop);
  }
  const { answers, reference } = begun;
  // Several answers interleave differently each time they are read, so the numbers of their events would mean nothing.
  if (desk.state !== undefined && reference !== undefined && asks.length === 1) {
    try {
      desk.state.keepStream({ id, owner: name, path: request.req.path, recipe, reference, tellsCancelled });
      transcript.canBeFound = true;
    } catch (error) {
      // A full disk does not harm the answer: it just cannot be found again after a restart.
      request.get('caller').refused = `the stream was not stored: ${(error as Error).message}`;
    }
  }
  const shape = shapeOf(request.req.path, request.req.raw.headers);
  const told = tellsCancelled ? answers : answers.map(uncancelled);
  void transcript.fill(speak(told), (error) => shape.frames(refusalOf(error), requestId));
  const respond = as === 'events' ? eventStream : lineStream;
  return respond(transcript, 0, desk.pingMs);
}

/** Responds with JSON made from whole answers. */
export function answered(
  desk: Desk,
  request: Request,
  asks: readonly Ask[],
  say: (answers: readonly Whole[]) => object,
): Promise<Response> {
  const signal = isKept(request) ? new AbortController().signal : request.req.raw.signal;
  const work = async () => {
    const own = new AbortController();
    const { answers } = await begin(desk, request, asks, AbortSignal.any([signal, own.signal, desk.closing]));
    try {
      return Response.json(say(await Promise.all(answers.map((each) => whole(uncancelled(each))))));
    } catch (error) {
      own.abort();
      throw error;
    }
  };
  return patientJson(work(), desk.patienceMs, desk.pingMs);
}
