// GET /v1/models for OpenAI's clients, and for Anthropic's, which are recognised by a header.

import type { Model } from '../../backend.js';
import { type Desk, modelOf, namedModels, type Request } from '../desk.js';
import { pageOf } from '../pages.js';

const openAiModel = ({ id, created, ready, facts }: Model) => ({
  id,
  object: 'model' as const,
  created,
  owned_by: 'llama-canister',
  ready,
  ...(facts === undefined
    ? {}
    : {
        canister: facts.canister,
        context_length: facts.context,
        meta: {
          n_params: Number(facts.parameters),
          n_ctx_train: facts.trainedContext,
          size: facts.fileBytes,
          architecture: facts.architecture,
          file_type: facts.fileType,
          sha256: facts.sha256,
        },
      }),
});

const anthropicModel = ({ id, created, facts }: Model) => ({
  type: 'model' as const,
  id,
  display_name: facts?.name || id,
  created_at: new Date(created * 1000).toISOString(),
});

const isAnthropic = (request: Request): boolean => request.req.header('anthropic-version') !== undefined;

export async function listModels(desk: Desk, request: Request): Promise<Response> {
  const models = await namedModels(desk, request);
  if (!isAnthropic(request)) return Response.json({ object: 'list', data: models.map(openAiModel) });
  const { page, hasMore } = pageOf(request, models, { limit: 20, most: 1_000, after: 'after_id', before: 'before_id' });
  return Response.json({
    data: page.map(anthropicModel),
    has_more: hasMore,
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
  });
}

export async function oneModel(desk: Desk, request: Request, id: string): Promise<Response> {
  const model = await modelOf(desk, id);
  return Response.json(isAnthropic(request) ? anthropicModel(model) : openAiModel(model));
}
