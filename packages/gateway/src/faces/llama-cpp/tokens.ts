// Tokenizing and detokenizing, as in llama.cpp's own server.
import { z } from 'zod';
import { readJson } from '../../asking/body.js';
import { checked } from '../../asking/checked.js';
import { Refusal } from '../../refusal.js';
import { type Desk, fieldsWithoutEffect, modelOf, type Request } from '../desk.js';

const token = z.int().min(0).max(0xffff_ffff);

const Tokenized = z.looseObject({
  model: z.string().nullish(),
  /** A text, or texts with tokens between them. */
  content: z.union([z.string(), z.array(z.union([z.string(), token]))]),
  add_special: z.boolean().nullish(),
  parse_special: z.boolean().nullish(),
  with_pieces: z.boolean().nullish(),
});

const Detokenized = z.looseObject({ model: z.string().nullish(), tokens: z.array(token) });

/** The model with that name, or the first one. */
async function chosen(desk: Desk, request: Request, name: string | null | undefined): Promise<string> {
  const models = await desk.backend.models(request.req.raw.signal);
  return (await modelOf(desk, name ?? models[0]?.id ?? '')).id;
}

export async function tokenize(desk: Desk, request: Request): Promise<Response> {
  const body = checked(Tokenized, await readJson(request.req.raw));
  if (body.with_pieces === true) {
    throw new Refusal('not-supported', 'with_pieces: the canister returns only the numbers of tokens', {
      param: 'with_pieces',
      code: 'not_supported',
    });
  }
  const model = await chosen(desk, request, body.model);
  const { signal } = request.req.raw;
  const parts = typeof body.content === 'string' ? [body.content] : body.content;
  const tokens: number[] = [];
  for (const [i, part] of parts.entries()) {
    // Tokens that begin or end a prompt belong around the whole; only the first part is known to begin it.
    const how = { addSpecial: i === 0 && body.add_special === true, parseSpecial: body.parse_special ?? undefined };
    tokens.push(...(typeof part === 'number' ? [part] : await desk.backend.tokenize(model, part, how, signal)));
  }
  request.get('caller').ignored = fieldsWithoutEffect(body, Tokenized);
  return Response.json({ tokens });
}

export async function detokenize(desk: Desk, request: Request): Promise<Response> {
  const body = checked(Detokenized, await readJson(request.req.raw));
  const model = await chosen(desk, request, body.model);
  request.get('caller').ignored = fieldsWithoutEffect(body, Detokenized);
  return Response.json({ content: await desk.backend.detokenize(model, body.tokens, request.req.raw.signal) });
}
