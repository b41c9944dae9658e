// What all interfaces share.
import type { Context } from 'hono';
import type { Said } from '../answering/transcript.js';
import type { Transcripts } from '../answering/transcripts.js';
import type { Backend, Delta, Model } from '../backend.js';
import type { KnownModels } from '../known-models.js';
import { invalid, Refusal } from '../refusal.js';
import type { State } from '../state/state.js';

/** The caller, identified by the key in the request. */
export interface Caller {
  /** The key's name; the same for all callers if no keys are needed. */
  name: string;
  /** The id of this request, which the answer's header `x-request-id` repeats. */
  requestId: string;
  /** Counts tokens towards the caller's limits. */
  used(tokens: number): void;
  /** Fields of the request that had no effect, for the header `llama-ignored`. */
  ignored: readonly string[];
  /** The prompt, if the log includes prompts. */
  prompt?: string;
  /** Why the request was refused, for the log. */
  refused?: string;
}

export interface Environment {
  Variables: { caller: Caller };
}

export type Request = Context<Environment>;

/** Writes answers in the format of an interface, with what was kept of their request. */
export type Speaker = (
  recipe: never,
  owner: string,
) => (answers: readonly AsyncIterable<Delta>[]) => AsyncIterable<Said>;

export interface Desk {
  backend: Backend;
  /** What is known of the models without waiting for the canister. */
  known: KnownModels;
  /** Whether a name that no model has stands for the first model. */
  anyModel: boolean;
  transcripts: Transcripts;
  /** What survives a restart; undefined: nothing does. */
  state: State | undefined;
  /**
   * For streams that are read after a restart: how each interface writes an answer, by the name in the stream's recipe.
   */
  speakers: Readonly<Record<string, Speaker>>;
  /** After this many milliseconds of silence, a stream sends a sign of life. */
  pingMs: number;
  /** After this many milliseconds, a response that is not a stream begins with blanks. */
  patienceMs: number;
  /** Fires when the gateway ends, and cancels open answers. */
  closing: AbortSignal;
}

/** Records a field that had no effect. */
export const ignoredBy =
  (caller: Caller) =>
  (field: string): void => {
    caller.ignored = [...caller.ignored, field];
  };

/** Whether the answer goes on when its reader disconnects. */
export const isKept = (request: Request): boolean => /^(1|true|yes)$/i.test(request.req.header('llama-keep') ?? '');

/**
 * Fields that the request has and that have no effect: those that the schema does not know, and those that it knows but
 * that do nothing here. A field with the value null counts as missing.
 */
export const fieldsWithoutEffect = (
  body: object,
  schema: { shape: object },
  without: readonly string[] = [],
): string[] =>
  Object.entries(body)
    .filter(([key, value]) => value !== null && (!Object.hasOwn(schema.shape, key) || without.includes(key)))
    .map(([key]) => key);

/** The name of a session in the canister. It contains the key's name, so that keys do not share sessions. */
export function sessionOf(caller: Caller, name: string | null | undefined): string | undefined {
  if (name === undefined || name === null) return undefined;
  if (!/^[\w-]{1,64}$/.test(name)) throw invalid('session', 'letters, digits, - and _, at most 64');
  return `gateway-${caller.name}-${name}`;
}

/** The model with that name. Errors: a Refusal if there is none. */
export async function modelOf(desk: Desk, id: string): Promise<Model> {
  const models = await desk.backend.models();
  const found = models.find((each) => each.id === id || `${each.id}:latest` === id);
  const other = desk.anyModel ? (models.find(({ ready }) => ready) ?? models[0]) : undefined;
  if (found ?? other) return found ?? other!;
  // A canister whose model is not known yet may have it.
  const unknown = models.find((each) => each.id === '');
  if (unknown !== undefined) throw new Refusal('unavailable', unknown.reason, { retryAfter: 5, code: 'not_ready' });
  const names = models.map((each) => each.id).join(', ');
  throw new Refusal('not-found', `there is no model "${id.slice(0, 100)}"; there is: ${names || 'none'}`, {
    param: 'model',
    code: 'model_not_found',
  });
}

/** Models whose names are known. */
export async function namedModels(desk: Desk, request: Request): Promise<Model[]> {
  return (await desk.backend.models(request.req.raw.signal)).filter(({ id }) => id !== '');
}

/** Seconds since 1970. */
export const now = (): number => Math.floor(Date.now() / 1000);
