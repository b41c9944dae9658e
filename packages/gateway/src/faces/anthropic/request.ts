// The request of POST /v1/messages.
import { z } from 'zod';
import { checked, checkedPart } from '../../asking/checked.js';
import { goesOn, goingOf } from '../../asking/continued.js';
import { Calls, repaired } from '../../asking/conversation.js';
import { tokenCount } from '../../asking/openai-fields.js';
import { contentField, textOf } from '../../asking/parts.js';
import { anthropicSampling, samplingFlags, seedOf, stopsOf } from '../../asking/sampling.js';
import { toolbox, toolChoice } from '../../asking/tools.js';
import type { Ask, Message } from '../../backend.js';
import { invalid, Refusal } from '../../refusal.js';
import { type Caller, fieldsWithoutEffect, sessionOf } from '../desk.js';

const block = z.looseObject({ type: z.string() });
const blocks = z.union([z.string(), z.array(block)]);

const toolUse = z.looseObject({ id: z.string(), name: z.string(), input: z.record(z.string(), z.unknown()) });
const thought = z.looseObject({ thinking: z.string() });
const text = z.looseObject({ type: z.string(), text: z.string() });
const toolResult = z.looseObject({ tool_use_id: z.string(), content: contentField, is_error: z.boolean().nullish() });

const schema = z.looseObject({
  model: z.string(),
  messages: z
    .array(z.looseObject({ role: z.enum(['user', 'assistant', 'system']), content: blocks }))
    .min(1, 'there are no messages')
    .max(100_000, 'at most 100,000 messages'),
  system: blocks.nullish(),
  max_tokens: tokenCount(0),
  stop_sequences: z.array(z.string().regex(/\S/, 'a stop text has to have more than blanks')).nullish(),
  stream: z.boolean().nullish(),
  ...anthropicSampling,
  seed: z.number().int().nullish(),
  tools: z
    .array(
      z.looseObject({
        type: z.string().nullish(),
        name: z.string(),
        description: z.string().nullish(),
        input_schema: z.looseObject({ type: z.literal('object') }).nullish(),
      }),
    )
    .max(512)
    .nullish(),
  tool_choice: z
    .looseObject({
      type: z.enum(['auto', 'any', 'tool', 'none']),
      name: z.string().nullish(),
      disable_parallel_tool_use: z.boolean().nullish(),
    })
    .nullish(),
  thinking: z
    .discriminatedUnion('type', [
      z.looseObject({ type: z.literal('enabled'), budget_tokens: z.number().int().min(1024) }),
      z.looseObject({ type: z.enum(['disabled', 'adaptive']) }),
    ])
    .nullish(),
  output_config: z
    .looseObject({
      effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).nullish(),
      format: z.looseObject({ type: z.literal('json_schema'), schema: z.record(z.string(), z.unknown()) }).nullish(),
    })
    .nullish(),
  metadata: z.looseObject({ user_id: z.string().max(512).nullish() }).nullish(),
  chat_template_kwargs: z.record(z.string(), z.unknown()).nullish(),
  session: z.string().nullish(),
  service_tier: z.enum(['auto', 'standard_only']).nullish(),
  speed: z.enum(['standard', 'fast']).nullish(),
  cache_control: z.looseObject({ type: z.literal('ephemeral') }).nullish(),
  container: z.union([z.string(), z.looseObject({})]).nullish(),
  inference_geo: z.string().nullish(),
  diagnostics: z.looseObject({}).nullish(),
});

/** Fields that are checked as the reference defines them, and do not change the answer. */
const UNFELT = ['service_tier', 'speed', 'cache_control', 'container', 'inference_geo', 'diagnostics'];

type Body = z.output<typeof schema>;
type Block = z.output<typeof block>;

/**
 * Claude Code begins with a block about itself that differs in every request. It is left out, because otherwise no two
 * prompts would have the same beginning.
 */
const isAboutTheClient = (each: Block): boolean =>
  typeof each.text === 'string' && each.text.startsWith('x-anthropic-billing-header:');

function systemOf(system: Body['system']): Message[] {
  if (system === undefined || system === null) return [];
  const said = typeof system === 'string' ? system : system.filter((each) => !isAboutTheClient(each));
  return [{ role: 'system', content: textOf(said, 'system') }];
}

/**
 * A message that has results of tools becomes several. The results come first, because they answer the calls before.
 * @param calls  the calls made so far
 */
function messagesOf(given: Body['messages'][number], at: string, isLast: boolean, calls: Calls): Message[] {
  const { role, content } = given;
  if (content.length === 0 && !(isLast && role === 'assistant')) throw invalid(`${at}.content`, 'it is empty');
  if (typeof content === 'string') return [{ role, content }];
  const results: Message[] = [];
  const texts: Block[] = [];
  const thoughts: string[] = [];
  const toolCalls: NonNullable<Message['toolCalls']> = [];
  content.forEach((each, i) => {
    const here = `${at}.content[${i}]`;
    if (each.type === 'tool_use') {
      const { id, name, input } = checkedPart(toolUse, each, here);
      toolCalls.push({ id, name, arguments: JSON.stringify(input) });
    } else if (each.type === 'tool_result') {
      const { tool_use_id: toolCallId, content: said } = checkedPart(toolResult, each, here);
      calls.check(toolCallId, `${here}.tool_use_id`);
      results.push({ role: 'tool', content: textOf(said, `${here}.content`), toolCallId });
    } else if (each.type === 'thinking') thoughts.push(checkedPart(thought, each, here).thinking);
    else if (each.type === 'text') texts.push(checkedPart(text, each, here));
    else if (each.type !== 'redacted_thinking')
      throw invalid(here, `the model takes text only, not "${each.type.slice(0, 40)}"`);
  });
  calls.add(toolCalls);
  const said = textOf(texts, `${at}.content`);
  const own: Message = {
    role,
    content: said,
    ...(thoughts.length === 0 ? {} : { reasoning: thoughts.join('\n') }),
    ...(toolCalls.length === 0 ? {} : { toolCalls }),
  };
  return results.length > 0 && said === '' ? results : [...results, own];
}

/**
 * Refuses requests that rely on messages kept by the server. Clients know this error, and then send the whole
 * conversation. Answering the new messages alone would ignore everything before them, including tools and system
 * message.
 */
function refuseThread(json: object): void {
  const { thread } = json as { thread?: unknown };
  if (thread === undefined || thread === null) return;
  throw new Refusal('invalid', 'thread: messages are not stored here; send all of them, without thread', {
    param: 'thread',
    details: { error_code: 'thread_unsupported_request', unsupported: ['thread'] },
  });
}

export interface MessagesOrder {
  body: Body;
  ask: Ask;
  ignored: string[];
}

/** What the reference forbids between fields. */
function refuse({ max_tokens: most, thinking, tools, tool_choice: choice }: Body): void {
  if (thinking?.type === 'enabled' && most != null && Number(thinking.budget_tokens) >= most) {
    throw invalid('thinking.budget_tokens', 'it has to be less than max_tokens');
  }
  (tools ?? []).forEach(({ type, input_schema: schema }, i) => {
    if ((type == null || type === 'custom') && schema == null) {
      throw invalid(`tools[${i}].input_schema`, 'expected object, got nothing', 'missing_required_parameter');
    }
  });
  if (choice?.type === 'tool' && choice.name == null) {
    throw invalid('tool_choice.name', 'expected string, got nothing', 'missing_required_parameter');
  }
}

/** This interface's names of fields, by the canister's names. */
const FIELD_NAMES = {
  ...{ tools: 'tools', tool_choice: 'tool_choice', stop: 'stop_sequences' },
  ...{ response_format: 'output_config.format', template_arguments: 'chat_template_kwargs' },
};

/** Of a tool, in characters. */
const LONGEST_NAME = 128;

/** @param isCounted  whether tokens are only counted, so that the request needs no limit of them */
export function messagesOrder(json: object, caller: Caller, isCounted = false): MessagesOrder {
  refuseThread(json);
  const body = checked(schema, json);
  if (body.max_tokens == null && !isCounted) {
    throw invalid('max_tokens', 'expected number, got nothing', 'missing_required_parameter');
  }
  refuse(body);
  const box = toolbox(
    body.tools?.map((each) => ({
      ...each,
      type: each.type === undefined || each.type === null || each.type === 'custom' ? 'function' : each.type,
      parameters: each.input_schema,
    })),
    LONGEST_NAME,
  );
  const chosen = body.tool_choice;
  const { choice, tools } = toolChoice(chosen?.type === 'tool' ? { ...chosen, type: 'tool' } : chosen?.type, box.tools);
  const { thinking, output_config: output } = body;
  const session = sessionOf(caller, body.session);
  const last = body.messages.length - 1;
  const calls = new Calls();
  const said = body.messages.flatMap((each, i) => messagesOf(each, `messages[${i}]`, i === last, calls));
  const messages = repaired([...systemOf(body.system), ...said]);
  const { going, templateArguments } = goingOf({}, body.chat_template_kwargs);
  const thoughts = {
    ...(thinking ? { enabled: thinking.type !== 'disabled' } : {}),
    ...(thinking?.type === 'enabled' ? { maxTokens: Number(thinking.budget_tokens) } : {}),
    ...(output?.effort == null ? {} : { effort: output.effort }),
  };
  const ask: Ask = {
    model: body.model,
    prompt: { messages },
    continuesLast: goesOn(messages, { thinking: thoughts, templateArguments, going, at: `messages[${last}]` }),
    tools,
    toolChoice: choice,
    parallelToolCalls: chosen?.disable_parallel_tool_use !== true,
    thinking: thoughts,
    thinkingFields: { enabled: 'thinking', effort: 'output_config.effort' },
    fieldNames: FIELD_NAMES,
    logprobs: undefined,
    sampling: samplingFlags(body),
    seed: seedOf(body.seed),
    stop: stopsOf(body.stop_sequences),
    maxTokens: body.max_tokens ?? undefined,
    responseFormat: output?.format
      ? { type: 'json_schema', schema: JSON.stringify(output.format.schema) }
      : { type: 'text' },
    templateArguments,
    session,
    affinity: session ?? body.metadata?.user_id ?? undefined,
  };
  return { body, ask, ignored: [...box.ignored, ...fieldsWithoutEffect(json, schema, UNFELT)] };
}
