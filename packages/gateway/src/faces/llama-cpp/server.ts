// The paths of llama.cpp's own server that OpenAI's interface does not have.
import { z } from 'zod';
import { readJson } from '../../asking/body.js';
import { checked } from '../../asking/checked.js';
import { Refusal } from '../../refusal.js';
import { type Desk, modelOf, type Request } from '../desk.js';

/** Status 200 while a model can answer; decided within a second, whatever is wrong. */
export async function health(desk: Desk): Promise<Response> {
  const models = await desk.known.now();
  if (models.some(({ ready }) => ready)) return Response.json({ status: 'ok' });
  throw new Refusal('unavailable', models[0]?.reason || 'no model is loaded', { retryAfter: 5 });
}

export async function props(desk: Desk, request: Request): Promise<Response> {
  const models = await desk.backend.models(request.req.raw.signal);
  const wanted = request.req.query('model');
  const model = wanted === undefined ? models.find(({ ready }) => ready) : await modelOf(desk, wanted);
  const { facts } = model ?? {};
  return Response.json({
    default_generation_settings: { n_ctx: facts?.context ?? 0, params: {} },
    total_slots: models.filter(({ ready }) => ready).length,
    model_alias: model?.id ?? '',
    model_path: model?.id ?? '',
    chat_template: facts?.chatTemplate ?? '',
    modalities: { vision: false, audio: false },
    build_info: 'llama-canister',
    is_sleeping: false,
  });
}

/** Reads a conversation that is only rendered, with the reader of chat completions. */
type ReadChat = (json: unknown, request: Request) => { asks: Parameters<Desk['backend']['render']>[0][] };

export const applyTemplate =
  (read: ReadChat) =>
  async (desk: Desk, request: Request): Promise<Response> => {
    const json = await readJson(request.req.raw);
    const models = await desk.backend.models(request.req.raw.signal);
    const { model } = checked(z.looseObject({ model: z.string().nullish() }), json);
    const { id } = await modelOf(desk, model ?? models[0]?.id ?? '');
    const { asks } = read({ ...json, model: id }, request);
    return Response.json({ prompt: await desk.backend.render(asks[0]!, request.req.raw.signal) });
  };

export function noMethod(what: string): () => never {
  return () => {
    throw new Refusal('not-supported', `the canister has no method for ${what}`, { code: 'not_supported' });
  };
}
