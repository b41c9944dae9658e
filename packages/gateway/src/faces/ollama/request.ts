// The requests of POST /api/chat and /api/generate.
import { z } from 'zod';
import { checked } from '../../asking/checked.js';
import { goesOn } from '../../asking/continued.js';
import { repaired } from '../../asking/conversation.js';
import { ollamaSampling, samplingFlags, seedOf, stopsOf } from '../../asking/sampling.js';
import { toolbox, toolsField } from '../../asking/tools.js';
import type { Ask, Message, ResponseFormat } from '../../backend.js';
import { invalid } from '../../refusal.js';
import { type Caller, fieldsWithoutEffect, sessionOf } from '../desk.js';

/** A duration as Go's programs write it. */
const DURATION = /^[+-]?(0|(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/;

const options = z
  .looseObject({
    ...ollamaSampling,
    seed: z.number().int().nullish(),
    num_predict: z.number().int().min(-2).nullish(),
    stop: z.union([z.string(), z.array(z.string())]).nullish(),
  })
  .nullish();

const common = {
  model: z.string(),
  options,
  stream: z.boolean().nullish(),
  format: z.union([z.string(), z.record(z.string(), z.unknown())]).nullish(),
  think: z.union([z.boolean(), z.enum(['high', 'medium', 'low'])]).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.number().int().min(0).max(20).nullish(),
  /** How long the model stays loaded; it has no effect, because a canister's model always does. */
  keep_alive: z.union([z.string().regex(DURATION, 'it is no duration: "5m", "1h30m"'), z.number()]).nullish(),
  session: z.string().nullish(),
};

const images = z.array(z.unknown()).nullish();

const call = z.looseObject({
  id: z.string().nullish(),
  function: z.looseObject({ name: z.string(), arguments: z.union([z.record(z.string(), z.unknown()), z.string()]) }),
});

const chat = z.looseObject({
  ...common,
  messages: z
    .array(
      z.looseObject({
        role: z.enum(['system', 'user', 'assistant', 'tool']),
        content: z.string().nullish(),
        thinking: z.string().nullish(),
        images,
        tool_calls: z.array(call).nullish(),
        tool_name: z.string().nullish(),
        tool_call_id: z.string().nullish(),
      }),
    )
    .nullish(),
  tools: toolsField,
});

const generate = z.looseObject({
  ...common,
  prompt: z.string().nullish(),
  system: z.string().nullish(),
  suffix: z.string().nullish(),
  raw: z.boolean().nullish(),
  template: z.string().nullish(),
  images,
});

type Common = z.output<z.ZodObject<typeof common>>;

function noImages(given: unknown[] | null | undefined, at: string): void {
  if (given && given.length > 0) throw invalid(at, 'the model takes text only');
}

function formatOf(format: Common['format']): ResponseFormat {
  if (format === undefined || format === null || format === '') return { type: 'text' };
  if (format === 'json') return { type: 'json' };
  if (typeof format === 'string')
    throw invalid('format', `"${format.slice(0, 40)}" is neither "json" nor a JSON schema`);
  return { type: 'json_schema', schema: JSON.stringify(format) };
}

function thinkingOf(think: Common['think']): Ask['thinking'] {
  if (think === undefined || think === null) return {};
  return typeof think === 'boolean' ? { enabled: think } : { enabled: true, effort: think };
}

function askOf(body: Common, prompt: Ask['prompt'], caller: Caller, tools: Ask['tools']): Ask {
  const set = body.options ?? {};
  const session = sessionOf(caller, body.session);
  const most = set.num_predict ?? -1;
  return {
    model: body.model,
    prompt,
    tools,
    toolChoice: 'auto',
    parallelToolCalls: true,
    thinking: thinkingOf(body.think),
    thinkingFields: { enabled: 'think', effort: 'think' },
    fieldNames: { tools: 'tools', stop: 'options.stop', response_format: 'format' },
    logprobs: body.logprobs ? (body.top_logprobs ?? 0) : undefined,
    sampling: samplingFlags(set),
    seed: seedOf(set.seed),
    stop: stopsOf(set.stop),
    maxTokens: most < 0 ? undefined : most,
    responseFormat: formatOf(body.format),
    templateArguments: undefined,
    session,
    affinity: session,
  };
}

const ignoredOptions = (body: Common): string[] =>
  body.options ? fieldsWithoutEffect(body.options, options.unwrap().unwrap()).map((name) => `options.${name}`) : [];

export interface OllamaOrder {
  model: string;
  /** Undefined: the request only asks to load the model. */
  ask: Ask | undefined;
  /** Default: true. */
  stream: boolean;
  ignored: string[];
}

/** Calls have no ids in this interface: results answer the preceding calls in order. */
function withIds(messages: readonly Message[]): Message[] {
  let calls = 0;
  let results = 0;
  return messages.map((message) => ({
    ...message,
    ...(message.toolCalls
      ? { toolCalls: message.toolCalls.map((each) => ({ ...each, id: each.id || `call_${calls++}` })) }
      : {}),
    ...(message.role === 'tool' && message.toolCallId === undefined ? { toolCallId: `call_${results++}` } : {}),
  }));
}

export function chatOrder(json: object, caller: Caller): OllamaOrder {
  const body = checked(chat, json);
  const messages = (body.messages ?? []).map((each, i): Message => {
    noImages(each.images, `messages[${i}].images`);
    const toolCalls = (each.tool_calls ?? []).map(({ id, function: { name, arguments: said } }) => ({
      id: id ?? '',
      name,
      arguments: typeof said === 'string' ? said : JSON.stringify(said),
    }));
    return {
      role: each.role,
      content: each.content ?? '',
      ...(each.thinking ? { reasoning: each.thinking } : {}),
      ...(toolCalls.length > 0 ? { toolCalls } : {}),
      ...(each.tool_name ? { name: each.tool_name } : {}),
      ...(each.tool_call_id ? { toolCallId: each.tool_call_id } : {}),
    };
  });
  const { tools, ignored } = toolbox(body.tools);
  const turns = repaired(withIds(messages));
  const ask = askOf(body, { messages: turns }, caller, tools);
  const at = `messages[${messages.length - 1}]`;
  return {
    model: body.model,
    ask: messages.length === 0 ? undefined : { ...ask, continuesLast: goesOn(turns, { thinking: ask.thinking, at }) },
    stream: body.stream ?? true,
    ignored: [...ignored, ...fieldsWithoutEffect(json, chat), ...ignoredOptions(body)],
  };
}

export function generateOrder(json: object, caller: Caller): OllamaOrder {
  const body = checked(generate, json);
  if (body.suffix) throw invalid('suffix', 'the model cannot fill in what is between two texts');
  if (body.template) throw invalid('template', "the model's own template is used; raw: true takes the prompt as it is");
  noImages(body.images, 'images');
  const text = body.prompt ?? '';
  const messages: Message[] = [
    ...(body.system ? [{ role: 'system' as const, content: body.system }] : []),
    { role: 'user', content: text },
  ];
  return {
    model: body.model,
    ask: text === '' ? undefined : askOf(body, body.raw ? { text } : { messages }, caller, []),
    stream: body.stream ?? true,
    ignored: [...fieldsWithoutEffect(json, generate), ...ignoredOptions(body)],
  };
}
