// The request of POST /v1/chat/completions.
import { z } from 'zod';
import { checked } from '../../asking/checked.js';
import { goesOn, goingOf } from '../../asking/continued.js';
import {
  effortField,
  openAiAnswerFields,
  schemaNameField,
  tokenCount,
  verbosityField,
  WITHOUT_EFFECT,
} from '../../asking/openai-fields.js';
import { logitBiasField, logitBiasFlags, samplingFlags, seedOf, stopsOf } from '../../asking/sampling.js';
import { type Toolbox, toolbox, toolChoice, toolChoiceField, toolsField } from '../../asking/tools.js';
import type { Ask, ResponseFormat } from '../../backend.js';
import { invalid } from '../../refusal.js';
import { type Caller, fieldsWithoutEffect, sessionOf } from '../desk.js';
import { chatMessages, messagesField } from './chat-messages.js';

const responseFormatField = z
  .discriminatedUnion('type', [
    z.looseObject({ type: z.literal('text') }),
    z.looseObject({ type: z.literal('json_object'), schema: z.record(z.string(), z.unknown()).nullish() }),
    z.looseObject({
      type: z.literal('json_schema'),
      json_schema: z.looseObject({
        name: schemaNameField,
        description: z.string().nullish(),
        schema: z.record(z.string(), z.unknown()).nullish(),
        strict: z.boolean().nullish(),
      }),
    }),
    z.looseObject({ type: z.literal('grammar'), grammar: z.string() }),
  ])
  .nullish();

const chatSchema = z.looseObject({
  ...openAiAnswerFields,
  messages: messagesField,
  max_tokens: tokenCount(1),
  max_completion_tokens: tokenCount(1),
  n: z.number().int().min(1).max(8).nullish(),
  stream_options: z
    .looseObject({ include_usage: z.boolean().nullish(), include_obfuscation: z.boolean().nullish() })
    .nullish(),
  logprobs: z.boolean().nullish(),
  logit_bias: logitBiasField,
  response_format: responseFormatField,
  grammar: z.string().nullish(),
  tools: toolsField,
  tool_choice: toolChoiceField,
  reasoning_effort: effortField,
  thinking_budget_tokens: z.number().int().min(0).nullish(),
  modalities: z.array(z.enum(['text', 'audio'])).nullish(),
  verbosity: verbosityField,
  prediction: z.looseObject({}).nullish(),
  web_search_options: z.looseObject({}).nullish(),
  audio: z.looseObject({}).nullish(),
  functions: z.array(z.unknown()).nullish(),
  function_call: z.unknown().optional(),
});

/** Fields that are checked as the reference defines them, and do not change the answer. */
const UNFELT = [
  ...WITHOUT_EFFECT,
  'metadata',
  'verbosity',
  'prediction',
  'web_search_options',
  'audio',
  'function_call',
];

type ChatBody = z.output<typeof chatSchema>;

/** This interface's names of fields, by the canister's names. */
const FIELD_NAMES = {
  ...{ tools: 'tools', tool_choice: 'tool_choice', stop: 'stop' },
  ...{ response_format: 'response_format', template_arguments: 'chat_template_kwargs' },
};

/** Of a tool, in characters. */
const LONGEST_NAME = 64;

const unfelt = (json: object, body: ChatBody): string[] => [
  ...fieldsWithoutEffect(json, chatSchema, UNFELT),
  // Answers of this interface are never stored.
  ...(body.store === true ? ['store'] : []),
];

function formatOf(format: z.output<typeof responseFormatField>, grammar: string | null | undefined): ResponseFormat {
  if (grammar !== undefined && grammar !== null && grammar !== '') {
    if (format && format.type !== 'text') throw invalid('grammar', 'there is a response_format already');
    return { type: 'gbnf', grammar };
  }
  if (!format || format.type === 'text') return { type: 'text' };
  if (format.type === 'grammar') return { type: 'gbnf', grammar: format.grammar };
  if (format.type === 'json_schema') {
    const { schema } = format.json_schema;
    return schema ? { type: 'json_schema', schema: JSON.stringify(schema) } : { type: 'json' };
  }
  return format.schema ? { type: 'json_schema', schema: JSON.stringify(format.schema) } : { type: 'json' };
}

export interface ChatOrder {
  body: ChatBody;
  /** One for each choice. */
  asks: Ask[];
  box: Toolbox;
  /** Fields of the request that have no effect. */
  ignored: string[];
}

/** What the reference forbids between fields, and what the model cannot do. */
function refuse(body: ChatBody): void {
  if (body.top_logprobs != null && !body.logprobs) throw invalid('top_logprobs', 'it needs logprobs: true');
  if (body.stream_options && !body.stream) throw invalid('stream_options', 'it needs stream: true');
  if (body.modalities?.includes('audio')) throw invalid('modalities', 'the model answers with text only');
  if (body.functions && body.functions.length > 0) throw invalid('functions', 'functions are given as tools');
}

export function chatOrder(json: unknown, caller: Caller): ChatOrder {
  const body = checked(chatSchema, json);
  refuse(body);
  const box = toolbox(body.tools, LONGEST_NAME);
  const { choice, tools } = toolChoice(body.tool_choice, box.tools);
  const seed = seedOf(body.seed);
  const session = sessionOf(caller, body.session);
  const count = body.n ?? 1;
  if (session !== undefined && count > 1) throw invalid('n', 'a session can continue with only one answer');
  const messages = chatMessages(body.messages);
  const effort = body.reasoning_effort;
  const thinking = {
    ...(effort ? { enabled: effort !== 'none' } : {}),
    ...(effort && effort !== 'none' ? { effort } : {}),
    ...(body.thinking_budget_tokens == null ? {} : { maxTokens: body.thinking_budget_tokens }),
  };
  const { going, templateArguments } = goingOf(body, body.chat_template_kwargs);
  const at = `messages[${body.messages.length - 1}]`;
  const ask: Ask = {
    model: body.model,
    prompt: { messages },
    continuesLast: goesOn(messages, { thinking, templateArguments, going, at }),
    tools,
    toolChoice: choice,
    parallelToolCalls: body.parallel_tool_calls ?? true,
    thinking,
    thinkingFields: { enabled: 'reasoning_effort', effort: 'reasoning_effort' },
    fieldNames: FIELD_NAMES,
    logprobs: body.logprobs ? (body.top_logprobs ?? 0) : undefined,
    sampling: [...samplingFlags(body), ...logitBiasFlags(body.logit_bias)],
    seed,
    stop: stopsOf(body.stop),
    maxTokens: body.max_completion_tokens ?? body.max_tokens ?? undefined,
    responseFormat: formatOf(body.response_format, body.grammar),
    templateArguments,
    session,
    affinity: session ?? body.prompt_cache_key ?? body.user ?? undefined,
  };
  const asks = Array.from({ length: count }, (_, i) => ({
    ...ask,
    seed: seed === undefined ? undefined : (seed + i) >>> 0,
  }));
  return { body, asks, box, ignored: [...box.ignored, ...unfelt(json as object, body)] };
}
