// POST /v1/responses, and later requests about the same response.
import { merged } from '../../../answering/merged.js';
import { patientJson } from '../../../answering/streams.js';
import type { Said } from '../../../answering/transcript.js';
import { randomId, type Transcripts } from '../../../answering/transcripts.js';
import { readJson } from '../../../asking/body.js';
import type { Origin } from '../../../asking/tools.js';
import type { Delta } from '../../../backend.js';
import { invalid } from '../../../refusal.js';
import type { Recipe, StoredResponse } from '../../../state/state.js';
import { streamed } from '../../answer.js';
import { type Desk, now, type Request } from '../../desk.js';
import { pageOf } from '../../pages.js';
import { transcriptOf } from '../../revived.js';
import { resumeStream } from '../../streams.js';
import type { Item } from './items.js';
import { type ResponseOrder, responseOrder } from './request.js';
import { type ResponseHead, Speech } from './speech.js';
import type { StoredResponses } from './stored.js';

/** The fields of its request that a response repeats; clients expect all of them. */
function headOf({ body, ask }: ResponseOrder): ResponseHead {
  return {
    id: randomId('resp_'),
    object: 'response',
    created_at: now(),
    completed_at: null,
    model: body.model,
    background: body.background ?? false,
    instructions: body.instructions ?? null,
    max_output_tokens: body.max_output_tokens ?? null,
    metadata: body.metadata ?? {},
    parallel_tool_calls: ask.parallelToolCalls,
    previous_response_id: body.previous_response_id ?? null,
    prompt_cache_key: body.prompt_cache_key ?? null,
    reasoning: { effort: body.reasoning?.effort ?? null, summary: body.reasoning?.summary ?? null },
    safety_identifier: null,
    service_tier: 'default',
    store: body.store ?? true,
    temperature: body.temperature ?? null,
    text: { format: body.text?.format ?? { type: 'text' } },
    tool_choice: body.tool_choice ?? 'auto',
    tools: body.tools ?? [],
    top_logprobs: body.top_logprobs ?? 0,
    top_p: body.top_p ?? null,
    presence_penalty: body.presence_penalty ?? 0,
    frequency_penalty: body.frequency_penalty ?? 0,
    truncation: body.truncation ?? 'disabled',
    user: body.user ?? null,
  };
}

async function* spoken(
  speech: Speech,
  answers: readonly AsyncIterable<Delta>[],
  keep: () => void,
): AsyncGenerator<Said> {
  keep();
  try {
    for await (const [, said] of merged(answers.map((deltas) => speech.events(deltas)))) {
      // Stored before the last event is sent, because a client that has read it may continue the response at once.
      if ('event' in said && said.event?.match(/\.(completed|incomplete|failed)$/)) keep();
      yield said;
    }
  } finally {
    keep();
  }
}

/** The response without the words of the request. */
const withoutWords = (head: ResponseHead): ResponseHead => ({
  ...head,
  instructions: null,
  metadata: {},
  text: { format: { type: 'text' } },
  tools: [],
  tool_choice: 'auto',
});

/** What is kept of a response beyond a restart; it does not include the question. */
interface ResponseRecipe extends Recipe {
  head: ResponseHead;
  origins: [string, Origin][];
  summarize: boolean;
  store: boolean;
}

export const sayResponse =
  (stored: StoredResponses, transcripts: Transcripts) =>
  ({ head, origins, summarize, store }: ResponseRecipe, owner: string) =>
  (answers: readonly AsyncIterable<Delta>[]): AsyncIterable<Said> => {
    const speech = new Speech({ head, origins: new Map(origins), summarize });
    return spoken(speech, answers, () => {
      if (store && transcripts.has(head.id)) stored.keepAnswer(speech.response, owner);
    });
  };

/** If the response is of an earlier gateway, reads the rest of it from the canister. */
async function readOn(desk: Desk, stored: StoredResponses, id: string, owner: string): Promise<void> {
  if (stored.has(id) || desk.state?.stream(id)?.owner !== owner) return;
  await (await transcriptOf(desk, id, owner)).over(desk.patienceMs);
}

async function find(desk: Desk, stored: StoredResponses, id: string, owner: string): Promise<StoredResponse> {
  await readOn(desk, stored, id, owner);
  return stored.find(id, owner);
}

export async function createResponse(desk: Desk, stored: StoredResponses, request: Request): Promise<Response> {
  const caller = request.get('caller');
  const json = await readJson(request.req.raw);
  const { previous_response_id: previous } = json;
  if (typeof previous === 'string') await readOn(desk, stored, previous, caller.name);
  const order = responseOrder(json, caller, stored);
  const { body, ask, box, items, input } = order;
  caller.ignored = order.ignored;
  const head = headOf(order);
  const speech = new Speech({ head, origins: box.origins, summarize: body.reasoning?.summary != null });
  const keep = () => {
    // The response may have been deleted meanwhile.
    if (body.store === false || !desk.transcripts.has(head.id)) return;
    stored.keep({ owner: caller.name, items: [...items, ...speech.output], input, response: speech.response });
  };
  const recipe: ResponseRecipe = {
    face: 'response',
    head: desk.state?.keepsConversations ? head : withoutWords(head),
    origins: [...box.origins],
    summarize: body.reasoning?.summary != null,
    store: body.store !== false,
  };
  const stream = await streamed(desk, request, [ask], (answers) => spoken(speech, answers, keep), {
    id: head.id,
    recipe,
    kept: body.background === true,
    tellsCancelled: true,
  });
  if (body.stream) return stream;
  const transcript = desk.transcripts.find(head.id, caller.name);
  if (body.background) {
    await stream.body?.cancel();
    return Response.json(speech.response);
  }
  const work = async () => {
    // Reading the stream to its end completes the stored response.
    for await (const _ of stream.body!);
    return Response.json(speech.response);
  };
  request.req.raw.signal.addEventListener('abort', () => {
    if (!transcript.kept) transcript.cancel();
  });
  return patientJson(work(), desk.patienceMs, desk.pingMs);
}

export async function getResponse(
  desk: Desk,
  stored: StoredResponses,
  request: Request,
  id: string,
): Promise<Response> {
  if (request.req.query('stream') === 'true') return resumeStream(desk, request, id);
  return Response.json((await find(desk, stored, id, request.get('caller').name)).response);
}

export async function cancelResponse(
  desk: Desk,
  stored: StoredResponses,
  request: Request,
  id: string,
): Promise<Response> {
  const { name } = request.get('caller');
  const transcript = await transcriptOf(desk, id, name);
  transcript.cancel();
  await transcript.over(desk.patienceMs);
  return Response.json(stored.find(id, name).response);
}

export async function deleteResponse(
  desk: Desk,
  stored: StoredResponses,
  request: Request,
  id: string,
): Promise<Response> {
  const { name } = request.get('caller');
  await find(desk, stored, id, name);
  // If the answer is still coming, nobody wants the rest.
  if (desk.transcripts.has(id)) desk.transcripts.find(id, name).cancel();
  desk.transcripts.drop(id);
  stored.forget(id);
  desk.state?.forget(id);
  return Response.json({ id, object: 'response', deleted: true });
}

export function inputItems(stored: StoredResponses, request: Request, id: string): Response {
  const { input } = stored.find(id, request.get('caller').name);
  const order = request.req.query('order') ?? 'desc';
  if (order !== 'asc' && order !== 'desc') throw invalid('order', 'expected asc or desc');
  const data = input.map((item, i): Item & { id: string } => ({ ...item, id: String(item.id ?? `item_${i}`) }));
  const all = order === 'asc' ? data : data.toReversed();
  const { page, hasMore } = pageOf(request, all, { limit: 20, most: 100, after: 'after' });
  return Response.json({
    object: 'list',
    data: page,
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
    has_more: hasMore,
  });
}
