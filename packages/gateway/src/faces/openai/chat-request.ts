// What POST /v1/chat/completions takes.
import { z } from 'zod';
import { checked } from '../../asking/checked.js';
import { repaired } from '../../asking/conversation.js';
import { contentField, textOf } from '../../asking/parts.js';
import { logitBiasFlags, samplingFields, samplingFlags, seedOf, stopsOf } from '../../asking/sampling.js';
import { type Toolbox, toolbox, toolChoice, toolChoiceField, toolsField } from '../../asking/tools.js';
import type { Ask, Message, ResponseFormat } from '../../backend.js';
import { invalid } from '../../refusal.js';
import { type Caller, sessionOf, unknownFields } from '../desk.js';

const call = z.looseObject({
  id: z.string(),
  function: z.looseObject({ name: z.string(), arguments: z.union([z.string(), z.record(z.string(), z.unknown())]) }),
});

const message = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content: contentField,
  name: z.string().nullish(),
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish(),
  tool_calls: z.array(call).nullish(),
  tool_call_id: z.string().nullish(),
});

const messagesField = z.array(message).min(1, 'there are no messages');

const responseFormatField = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('text') }),
    z.object({ type: z.literal('json_object'), schema: z.record(z.string(), z.unknown()).nullish() }),
    z.object({
      type: z.literal('json_schema'),
      json_schema: z.looseObject({ schema: z.record(z.string(), z.unknown()) }),
    }),
    z.object({ type: z.literal('grammar'), grammar: z.string() }),
  ])
  .nullish();

const tokens = z.number().int().min(0).max(1_000_000_000).nullish();

/** Efforts that interfaces know; the chat template decides what they mean. */
const effort = z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']).nullish();

const chatSchema = z.looseObject({
  model: z.string(),
  messages: messagesField,
  ...samplingFields,
  seed: z.number().int().nullish(),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  max_tokens: tokens,
  max_completion_tokens: tokens,
  n: z.number().int().min(1).max(8).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.number().int().min(0).max(20).nullish(),
  logit_bias: z.record(z.string(), z.number()).nullish(),
  response_format: responseFormatField,
  grammar: z.string().nullish(),
  tools: toolsField,
  tool_choice: toolChoiceField,
  parallel_tool_calls: z.boolean().nullish(),
  reasoning_effort: effort,
  thinking_budget_tokens: z.number().int().min(0).nullish(),
  chat_template_kwargs: z.record(z.string(), z.unknown()).nullish(),
  session: z.string().nullish(),
  prompt_cache_key: z.string().nullish(),
  user: z.string().nullish(),
});

type ChatBody = z.output<typeof chatSchema>;

function neutral(given: z.output<typeof message>, at: string): Message {
  const content = textOf(given.content, `${at}.content`);
  if (given.role === 'tool' || given.role === 'function') {
    return {
      role: 'tool',
      content,
      ...(given.tool_call_id ? { toolCallId: given.tool_call_id } : {}),
      ...(given.name ? { name: given.name } : {}),
    };
  }
  if (given.role !== 'assistant') return { role: given.role === 'user' ? 'user' : 'system', content };
  const reasoning = given.reasoning_content ?? given.reasoning ?? '';
  const toolCalls = (given.tool_calls ?? []).map(({ id, function: { name, arguments: said } }) => ({
    id,
    name,
    arguments: typeof said === 'string' ? said : JSON.stringify(said),
  }));
  return {
    role: 'assistant',
    content,
    ...(reasoning === '' ? {} : { reasoning }),
    ...(toolCalls.length === 0 ? {} : { toolCalls }),
  };
}

const neutralMessages = (messages: z.output<typeof messagesField>): Message[] =>
  repaired(messages.map((each, i) => neutral(each, `messages[${i}]`)));

function formatOf(format: z.output<typeof responseFormatField>, grammar: string | null | undefined): ResponseFormat {
  if (grammar !== undefined && grammar !== null && grammar !== '') {
    if (format && format.type !== 'text') throw invalid('grammar', 'there is a response_format already');
    return { type: 'gbnf', grammar };
  }
  if (!format || format.type === 'text') return { type: 'text' };
  if (format.type === 'grammar') return { type: 'gbnf', grammar: format.grammar };
  if (format.type === 'json_schema') return { type: 'json_schema', schema: JSON.stringify(format.json_schema.schema) };
  return format.schema ? { type: 'json_schema', schema: JSON.stringify(format.schema) } : { type: 'json' };
}

export interface ChatOrder {
  body: ChatBody;
  /** One for each choice. */
  asks: Ask[];
  box: Toolbox;
  /** What of the request has no effect. */
  ignored: string[];
}

export function chatOrder(json: unknown, caller: Caller): ChatOrder {
  const body = checked(chatSchema, json);
  if (body.top_logprobs && !body.logprobs) throw invalid('top_logprobs', 'it needs logprobs: true');
  const box = toolbox(body.tools);
  const { choice, tools } = toolChoice(body.tool_choice, box.tools);
  const seed = seedOf(body.seed);
  const session = sessionOf(caller, body.session);
  const count = body.n ?? 1;
  if (session !== undefined && count > 1) throw invalid('n', 'a session goes on with one answer only');
  const ask: Ask = {
    model: body.model,
    prompt: { messages: neutralMessages(body.messages) },
    tools,
    toolChoice: choice,
    parallelToolCalls: body.parallel_tool_calls ?? true,
    thinking: {
      ...(body.reasoning_effort ? { enabled: body.reasoning_effort !== 'none' } : {}),
      ...(body.reasoning_effort && body.reasoning_effort !== 'none' ? { effort: body.reasoning_effort } : {}),
      ...(body.thinking_budget_tokens == null ? {} : { maxTokens: body.thinking_budget_tokens }),
    },
    thinkingFields: { enabled: 'reasoning_effort', effort: 'reasoning_effort' },
    logprobs: body.logprobs ? (body.top_logprobs ?? 0) : undefined,
    sampling: [...samplingFlags(body), ...logitBiasFlags(body.logit_bias)],
    seed,
    stop: stopsOf(body.stop),
    maxTokens: body.max_completion_tokens ?? body.max_tokens ?? undefined,
    responseFormat: formatOf(body.response_format, body.grammar),
    templateArguments: body.chat_template_kwargs ?? undefined,
    session,
    affinity: session ?? body.prompt_cache_key ?? body.user ?? undefined,
  };
  const asks = Array.from({ length: count }, (_, i) => ({
    ...ask,
    seed: seed === undefined ? undefined : (seed + i) >>> 0,
  }));
  return { body, asks, box, ignored: [...box.ignored, ...unknownFields(json as object, chatSchema)] };
}
