// What POST /v1/responses takes.
import { z } from 'zod';
import { checked } from '../../../asking/checked.js';
import { repaired } from '../../../asking/conversation.js';
import { samplingFields, samplingFlags, seedOf, stopsOf } from '../../../asking/sampling.js';
import { type Toolbox, toolbox, toolChoice, toolChoiceField, toolsField } from '../../../asking/tools.js';
import type { Ask, ResponseFormat } from '../../../backend.js';
import { invalid } from '../../../refusal.js';
import { type Caller, sessionOf, unknownFields } from '../../desk.js';
import { type Item, inputField, itemsOf, messagesOf } from './items.js';
import type { StoredResponses } from './stored.js';

const format = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text') }),
  z.looseObject({ type: z.literal('json_object') }),
  z.looseObject({ type: z.literal('json_schema'), schema: z.record(z.string(), z.unknown()) }),
]);

const responseSchema = z.looseObject({
  model: z.string(),
  input: inputField.nullish(),
  instructions: z.string().nullish(),
  previous_response_id: z.string().nullish(),
  stream: z.boolean().nullish(),
  store: z.boolean().nullish(),
  background: z.boolean().nullish(),
  ...samplingFields,
  seed: z.number().int().nullish(),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  max_output_tokens: z.number().int().min(1).max(1_000_000_000).nullish(),
  top_logprobs: z.number().int().min(0).max(20).nullish(),
  include: z.array(z.string()).nullish(),
  text: z.looseObject({ format: format.nullish() }).nullish(),
  tools: toolsField,
  tool_choice: toolChoiceField,
  parallel_tool_calls: z.boolean().nullish(),
  reasoning: z
    .looseObject({
      effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']).nullish(),
      summary: z.string().nullish(),
    })
    .nullish(),
  chat_template_kwargs: z.record(z.string(), z.unknown()).nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  truncation: z.string().nullish(),
  prompt_cache_key: z.string().nullish(),
  session: z.string().nullish(),
  user: z.string().nullish(),
});

type ResponseBody = z.output<typeof responseSchema>;

function formatOf(body: ResponseBody): ResponseFormat {
  const given = body.text?.format;
  if (!given || given.type === 'text') return { type: 'text' };
  if (given.type === 'json_object') return { type: 'json' };
  return { type: 'json_schema', schema: JSON.stringify(given.schema) };
}

export interface ResponseOrder {
  body: ResponseBody;
  ask: Ask;
  box: Toolbox;
  /** What this request adds. */
  input: Item[];
  /** All that was said before, and this request's. */
  items: Item[];
  ignored: string[];
}

export function responseOrder(json: object, caller: Caller, stored: StoredResponses): ResponseOrder {
  const body = checked(responseSchema, json);
  const input = itemsOf(body.input ?? []);
  const before =
    body.previous_response_id == null
      ? []
      : stored.find(body.previous_response_id, caller.name, 'previous_response_id').items;
  const items = [...before, ...input];
  if (items.length === 0) throw invalid('input', 'there is nothing to answer');
  const ignored: string[] = [];
  const said = messagesOf(items, ignored);
  // Instructions are of this request only: earlier ones are not among the items.
  const instructions = body.instructions ? [{ role: 'system' as const, content: body.instructions }] : [];
  const box = toolbox(body.tools);
  const { choice, tools } = toolChoice(body.tool_choice, box.tools);
  const wantsLogprobs = body.include?.includes('message.output_text.logprobs') || body.top_logprobs != null;
  const session = sessionOf(caller, body.session);
  const effort = body.reasoning?.effort;
  const ask: Ask = {
    model: body.model,
    prompt: { messages: repaired([...instructions, ...said]) },
    tools,
    toolChoice: choice,
    parallelToolCalls: body.parallel_tool_calls ?? true,
    thinking: effort ? { enabled: effort !== 'none', ...(effort === 'none' ? {} : { effort }) } : {},
    thinkingFields: { enabled: 'reasoning.effort', effort: 'reasoning.effort' },
    logprobs: wantsLogprobs ? (body.top_logprobs ?? 0) : undefined,
    sampling: samplingFlags(body),
    seed: seedOf(body.seed),
    stop: stopsOf(body.stop),
    maxTokens: body.max_output_tokens ?? undefined,
    responseFormat: formatOf(body),
    templateArguments: body.chat_template_kwargs ?? undefined,
    session,
    affinity: session ?? body.prompt_cache_key ?? body.user ?? undefined,
  };
  return {
    body,
    ask,
    box,
    input,
    items,
    ignored: [...ignored, ...box.ignored, ...unknownFields(json, responseSchema)],
  };
}
