// The request of POST /v1/responses.
import { z } from 'zod';
import { checked } from '../../../asking/checked.js';
import { goesOn, goingOf } from '../../../asking/continued.js';
import { repaired } from '../../../asking/conversation.js';
import {
  effortField,
  openAiAnswerFields,
  schemaNameField,
  tokenCount,
  verbosityField,
  WITHOUT_EFFECT,
} from '../../../asking/openai-fields.js';
import { samplingFlags, seedOf, stopsOf } from '../../../asking/sampling.js';
import { type Toolbox, toolbox, toolChoice, toolChoiceField, toolsField } from '../../../asking/tools.js';
import type { Ask, ResponseFormat } from '../../../backend.js';
import { invalid } from '../../../refusal.js';
import { type Caller, fieldsWithoutEffect, sessionOf } from '../../desk.js';
import { type Item, inputField, isCut, itemsOf, messagesOf } from './items.js';
import type { StoredResponses } from './stored.js';

const format = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text') }),
  z.looseObject({ type: z.literal('json_object') }),
  z.looseObject({
    type: z.literal('json_schema'),
    name: schemaNameField,
    description: z.string().nullish(),
    schema: z.record(z.string(), z.unknown()),
    strict: z.boolean().nullish(),
  }),
]);

/**
 * What can be reported beside the answer. The first two are reported; the others belong to tools that do not exist
 * here.
 */
const include = z.enum([
  'message.output_text.logprobs',
  'reasoning.encrypted_content',
  'message.input_image.image_url',
  'computer_call_output.output.image_url',
  'file_search_call.results',
  'web_search_call.results',
  'web_search_call.action.sources',
  'code_interpreter_call.outputs',
]);

const responseSchema = z.looseObject({
  ...openAiAnswerFields,
  input: inputField,
  instructions: z.string().nullish(),
  previous_response_id: z.string().nullish(),
  conversation: z.union([z.string(), z.looseObject({ id: z.string() })]).nullish(),
  prompt: z.looseObject({ id: z.string() }).nullish(),
  background: z.boolean().nullish(),
  max_output_tokens: tokenCount(1),
  max_tool_calls: z.number().int().min(1).nullish(),
  stream_options: z.looseObject({ include_obfuscation: z.boolean().nullish() }).nullish(),
  include: z.array(include).nullish(),
  text: z.looseObject({ format: format.nullish(), verbosity: verbosityField }).nullish(),
  tools: toolsField,
  tool_choice: toolChoiceField,
  reasoning: z
    .looseObject({
      effort: effortField,
      summary: z.enum(['auto', 'concise', 'detailed']).nullish(),
      generate_summary: z.enum(['auto', 'concise', 'detailed']).nullish(),
    })
    .nullish(),
  context_management: z.array(z.looseObject({ type: z.string() })).nullish(),
  truncation: z.enum(['auto', 'disabled']).nullish(),
});

/** Fields that are checked as the reference defines them, and do not change the answer. */
const UNFELT = [...WITHOUT_EFFECT, 'max_tool_calls', 'context_management'];

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
  /** The items of this request alone. */
  input: Item[];
  /** All items of the conversation, including those of this request. */
  items: Item[];
  ignored: string[];
}

/** What the reference forbids between fields, and what is not stored here. */
function refuse(body: ResponseBody): void {
  if (body.stream_options && !body.stream) throw invalid('stream_options', 'it needs stream: true');
  if (body.background && body.store === false)
    throw invalid('background', 'it needs store: true, so that it can be read later');
  if (body.conversation != null) {
    throw invalid('conversation', 'conversations are not stored here; continue with previous_response_id');
  }
  if (body.prompt != null)
    throw invalid('prompt', 'prompts are not stored here; send the text as instructions and input');
}

/** This interface's names of fields, by the canister's names. */
const FIELD_NAMES = {
  ...{ tools: 'tools', tool_choice: 'tool_choice', stop: 'stop' },
  ...{ response_format: 'text.format', template_arguments: 'chat_template_kwargs' },
};

/** Of a tool, in characters. */
const LONGEST_NAME = 128;

export function responseOrder(json: object, caller: Caller, stored: StoredResponses): ResponseOrder {
  const body = checked(responseSchema, json);
  refuse(body);
  const input = itemsOf(body.input, (id) => stored.item(id, caller.name));
  const before =
    body.previous_response_id == null
      ? []
      : stored.find(body.previous_response_id, caller.name, 'previous_response_id').items;
  const items = [...before, ...input];
  if (items.length === 0) throw invalid('input', 'there is nothing to answer');
  const ignored: string[] = [];
  const said = messagesOf(items, input.length, ignored);
  // Instructions apply to this request only; earlier ones are not among the items.
  const instructions = body.instructions ? [{ role: 'system' as const, content: body.instructions }] : [];
  const box = toolbox(body.tools, LONGEST_NAME);
  const { choice, tools } = toolChoice(body.tool_choice, box.tools);
  const wantsLogprobs = body.include?.includes('message.output_text.logprobs') || body.top_logprobs != null;
  const session = sessionOf(caller, body.session);
  const effort = body.reasoning?.effort;
  const messages = repaired([...instructions, ...said]);
  const thinking = effort ? { enabled: effort !== 'none', ...(effort === 'none' ? {} : { effort }) } : {};
  const { going, templateArguments } = goingOf(body, body.chat_template_kwargs);
  // As at OpenAI, a complete message is continued only if the request asks for it.
  const begins = going.add_generation_prompt ?? !isCut(items.at(-1));
  const at = input.length > 0 ? `input[${input.length - 1}]` : 'previous_response_id';
  const ask: Ask = {
    model: body.model,
    prompt: { messages },
    continuesLast: goesOn(messages, {
      ...{ thinking, templateArguments, at },
      going: { ...going, continue_final_message: going.continue_final_message ?? !begins },
    }),
    tools,
    toolChoice: choice,
    parallelToolCalls: body.parallel_tool_calls ?? true,
    thinking,
    thinkingFields: { enabled: 'reasoning.effort', effort: 'reasoning.effort' },
    fieldNames: FIELD_NAMES,
    logprobs: wantsLogprobs ? (body.top_logprobs ?? 0) : undefined,
    sampling: samplingFlags(body),
    seed: seedOf(body.seed),
    stop: stopsOf(body.stop),
    maxTokens: body.max_output_tokens ?? undefined,
    responseFormat: formatOf(body),
    templateArguments,
    session,
    affinity: session ?? body.prompt_cache_key ?? body.user ?? undefined,
  };
  return {
    body,
    ask,
    box,
    input,
    items,
    ignored: [...ignored, ...box.ignored, ...fieldsWithoutEffect(json, responseSchema, UNFELT)],
  };
}
