// Ollama's reports about models: /api/tags, /api/show, /api/ps.
import { z } from 'zod';
import { readJson } from '../../asking/body.js';
import { checked } from '../../asking/checked.js';
import type { Model } from '../../backend.js';
import { invalid, Refusal } from '../../refusal.js';
import { type Desk, modelOf, namedModels, type Request } from '../desk.js';

/** A number of parameters as 1.5M or 0.6B. */
function size(parameters: bigint): string {
  const count = Number(parameters);
  return count >= 1e9 ? `${(count / 1e9).toFixed(1)}B` : `${(count / 1e6).toFixed(1)}M`;
}

const details = ({ facts }: Model) => ({
  parent_model: '',
  format: 'gguf',
  family: facts?.architecture ?? '',
  families: facts ? [facts.architecture] : [],
  parameter_size: facts ? size(facts.parameters) : '',
  quantization_level: facts?.fileType ?? '',
});

const entry = (model: Model) => ({
  name: model.id,
  model: model.id,
  modified_at: new Date(model.created * 1000).toISOString(),
  size: model.facts?.fileBytes ?? 0,
  digest: model.facts?.sha256 ?? '',
  details: details(model),
});

export async function tags(desk: Desk, request: Request): Promise<Response> {
  const models = await namedModels(desk, request);
  return Response.json({ models: models.map(entry) });
}

/** A loaded model stays loaded, so the date is far away. */
const NEVER = '2318-01-01T00:00:00Z';

export async function running(desk: Desk, request: Request): Promise<Response> {
  const models = (await namedModels(desk, request)).filter(({ ready }) => ready);
  return Response.json({
    models: models.map((model) => ({
      ...entry(model),
      expires_at: NEVER,
      size_vram: 0,
      context_length: model.facts?.context ?? 0,
    })),
  });
}

const named = z.looseObject({
  model: z.string().nullish(),
  /** The older name of `model`. */
  name: z.string().nullish(),
  verbose: z.boolean().nullish(),
  system: z.string().nullish(),
  options: z.looseObject({}).nullish(),
  insecure: z.boolean().nullish(),
  stream: z.boolean().nullish(),
});

async function askedModel(desk: Desk, request: Request): Promise<Model> {
  const { model, name } = checked(named, await readJson(request.req.raw, true));
  const asked = model || name;
  if (!asked) throw invalid('model', 'expected string, got nothing', 'missing_required_parameter');
  return modelOf(desk, asked);
}

export async function show(desk: Desk, request: Request): Promise<Response> {
  const model = await askedModel(desk, request);
  const { facts } = model;
  const template = facts?.chatTemplate ?? '';
  const capabilities = ['completion', ...(/\btools\b/.test(template) ? ['tools'] : [])];
  return Response.json({
    modelfile: `FROM ${model.id}\n`,
    parameters: '',
    template,
    license: '',
    modified_at: new Date(model.created * 1000).toISOString(),
    details: details(model),
    model_info: facts
      ? {
          'general.architecture': facts.architecture,
          'general.basename': facts.name,
          'general.parameter_count': Number(facts.parameters),
          [`${facts.architecture}.context_length`]: facts.context,
        }
      : {},
    capabilities: /think|reasoning_content/.test(template) ? [...capabilities, 'thinking'] : capabilities,
  });
}

/** Succeeds if the model is already there; others have to be uploaded by the canister's administrators. */
export async function pull(desk: Desk, request: Request): Promise<Response> {
  await askedModel(desk, request);
  return Response.json({ status: 'success' });
}

export function notHere(what: string): () => never {
  return () => {
    throw new Refusal(
      'not-supported',
      `${what} is for controllers of the canister: llama-canister upload, llama-canister load`,
    );
  };
}
