// Texts as tokens and tokens as text, as llama.cpp's own server has them.
import { z } from 'zod';
import { readJson } from '../../asking/body.js';
import { checked } from '../../asking/checked.js';
import { Refusal } from '../../refusal.js';
import { type Desk, modelOf, type Request } from '../desk.js';

const Tokenized = z.looseObject({
  model: z.string().optional(),
  content: z.string(),
  add_special: z.boolean().optional(),
  parse_special: z.boolean().optional(),
  with_pieces: z.boolean().optional(),
});

const Detokenized = z.looseObject({
  model: z.string().optional(),
  tokens: z.array(z.int().min(0).max(0xffff_ffff)),
});

/** The model of a name, or the first that there is. */
async function chosen(desk: Desk, request: Request, name: string | undefined): Promise<string> {
  const models = await desk.backend.models(request.req.raw.signal);
  return (await modelOf(desk, name ?? models[0]?.id ?? '')).id;
}

export async function tokenize(desk: Desk, request: Request): Promise<Response> {
  const body = checked(Tokenized, await readJson(request.req.raw));
  if (body.with_pieces === true) {
    throw new Refusal('not-supported', 'with_pieces: the canister gives the numbers of tokens only', {
      param: 'with_pieces',
      code: 'not_supported',
    });
  }
  const model = await chosen(desk, request, body.model);
  const how = { addSpecial: body.add_special, parseSpecial: body.parse_special };
  return Response.json({ tokens: await desk.backend.tokenize(model, body.content, how, request.req.raw.signal) });
}

export async function detokenize(desk: Desk, request: Request): Promise<Response> {
  const body = checked(Detokenized, await readJson(request.req.raw));
  const model = await chosen(desk, request, body.model);
  return Response.json({ content: await desk.backend.detokenize(model, body.tokens, request.req.raw.signal) });
}
