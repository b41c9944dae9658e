// What POST /v1/messages takes.
import { z } from 'zod';
import { checked } from '../../asking/checked.js';
import { repaired } from '../../asking/conversation.js';
import { contentField, textOf } from '../../asking/parts.js';
import { samplingFields, samplingFlags, seedOf, stopsOf } from '../../asking/sampling.js';
import { toolbox, toolChoice } from '../../asking/tools.js';
import type { Ask, Message } from '../../backend.js';
import { invalid, Refusal } from '../../refusal.js';
import { type Caller, sessionOf, unknownFields } from '../desk.js';

const block = z.looseObject({ type: z.string() });
const blocks = z.union([z.string(), z.array(block)]);

const toolUse = z.looseObject({ id: z.string(), name: z.string(), input: z.record(z.string(), z.unknown()) });
const toolResult = z.looseObject({ tool_use_id: z.string(), content: contentField, is_error: z.boolean().nullish() });

const schema = z.looseObject({
  model: z.string(),
  messages: z
    .array(z.looseObject({ role: z.enum(['user', 'assistant', 'system']), content: blocks }))
    .min(1, 'there are no messages'),
  system: blocks.nullish(),
  max_tokens: z.number().int().min(1).max(1_000_000_000).nullish(),
  stop_sequences: z.array(z.string()).nullish(),
  stream: z.boolean().nullish(),
  ...samplingFields,
  seed: z.number().int().nullish(),
  tools: z
    .array(
      z.looseObject({
        type: z.string().nullish(),
        name: z.string(),
        description: z.string().nullish(),
        input_schema: z.record(z.string(), z.unknown()).nullish(),
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
    .looseObject({
      type: z.enum(['enabled', 'disabled', 'adaptive']),
      budget_tokens: z.number().int().min(0).nullish(),
    })
    .nullish(),
  output_config: z
    .looseObject({
      effort: z.string().nullish(),
      format: z.looseObject({ type: z.literal('json_schema'), schema: z.record(z.string(), z.unknown()) }).nullish(),
    })
    .nullish(),
  metadata: z.looseObject({ user_id: z.string().nullish() }).nullish(),
  chat_template_kwargs: z.record(z.string(), z.unknown()).nullish(),
  session: z.string().nullish(),
});

type Body = z.output<typeof schema>;
type Block = z.output<typeof block>;

/** Claude Code begins with a block about itself that differs in every request, so that no prompt would begin as another. */
const isAboutTheClient = (each: Block): boolean =>
  typeof each.text === 'string' && each.text.startsWith('x-anthropic-billing-header:');

function systemOf(system: Body['system']): Message[] {
  if (system === undefined || system === null) return [];
  const said = typeof system === 'string' ? system : system.filter((each) => !isAboutTheClient(each));
  return [{ role: 'system', content: textOf(said, 'system') }];
}

/** One message is several where it has results of tools: those come first, as the calls' answers. */
function messagesOf(given: Body['messages'][number], at: string): Message[] {
  const { role, content } = given;
  if (typeof content === 'string') return [{ role, content }];
  const results: Message[] = [];
  const texts: Block[] = [];
  const thoughts: string[] = [];
  const toolCalls: NonNullable<Message['toolCalls']> = [];
  content.forEach((each, i) => {
    const here = `${at}.content[${i}]`;
    if (each.type === 'tool_use') {
      const { id, name, input } = named(toolUse, each, here);
      toolCalls.push({ id, name, arguments: JSON.stringify(input) });
    } else if (each.type === 'tool_result') {
      const { tool_use_id: toolCallId, content: said } = named(toolResult, each, here);
      results.push({ role: 'tool', content: textOf(said, `${here}.content`), toolCallId });
    } else if (each.type === 'thinking') thoughts.push(typeof each.thinking === 'string' ? each.thinking : '');
    else if (each.type === 'text') texts.push(each);
    else if (each.type !== 'redacted_thinking')
      throw invalid(here, `the model takes text only, not "${each.type.slice(0, 40)}"`);
  });
  const text = textOf(texts, `${at}.content`);
  const own: Message = {
    role,
    content: text,
    ...(thoughts.length === 0 ? {} : { reasoning: thoughts.join('\n') }),
    ...(toolCalls.length === 0 ? {} : { toolCalls }),
  };
  return results.length > 0 && text === '' ? results : [...results, own];
}

function named<S extends z.ZodType>(of: S, value: unknown, at: string): z.output<S> {
  return (checked(z.looseObject({ [at]: of }), { [at]: value }) as Record<string, z.output<S>>)[at]!;
}

/**
 * Messages that are kept by the server are not kept here. The clients know this answer, and send all that was said in the
 * next request; an answer to the new messages alone would be one that forgot everything, tools and system among it.
 */
function refuseThread(json: object): void {
  const { thread } = json as { thread?: unknown };
  if (thread === undefined || thread === null) return;
  throw new Refusal('invalid', 'thread: messages are not kept here; send all of them, without thread', {
    param: 'thread',
    details: { error_code: 'thread_unsupported_request', unsupported: ['thread'] },
  });
}

export interface MessagesOrder {
  body: Body;
  ask: Ask;
  ignored: string[];
}

export function messagesOrder(json: object, caller: Caller): MessagesOrder {
  refuseThread(json);
  const body = checked(schema, json);
  const box = toolbox(
    body.tools?.map((each) => ({
      ...each,
      type: each.type === undefined || each.type === null || each.type === 'custom' ? 'function' : each.type,
      parameters: each.input_schema,
    })),
  );
  const chosen = body.tool_choice;
  const { choice, tools } = toolChoice(chosen?.type === 'tool' ? { ...chosen, type: 'tool' } : chosen?.type, box.tools);
  const { thinking, output_config: output } = body;
  const session = sessionOf(caller, body.session);
  const messages = body.messages.flatMap((each, i) => messagesOf(each, `messages[${i}]`));
  const ask: Ask = {
    model: body.model,
    prompt: { messages: repaired([...systemOf(body.system), ...messages]) },
    tools,
    toolChoice: choice,
    parallelToolCalls: chosen?.disable_parallel_tool_use !== true,
    thinking: {
      ...(thinking ? { enabled: thinking.type !== 'disabled' } : {}),
      ...(thinking?.budget_tokens == null ? {} : { maxTokens: thinking.budget_tokens }),
      ...(output?.effort == null ? {} : { effort: output.effort }),
    },
    thinkingFields: { enabled: 'thinking', effort: 'output_config.effort' },
    logprobs: undefined,
    sampling: samplingFlags(body),
    seed: seedOf(body.seed),
    stop: stopsOf(body.stop_sequences),
    maxTokens: body.max_tokens ?? undefined,
    responseFormat: output?.format
      ? { type: 'json_schema', schema: JSON.stringify(output.format.schema) }
      : { type: 'text' },
    templateArguments: body.chat_template_kwargs ?? undefined,
    session,
    affinity: session ?? body.metadata?.user_id ?? undefined,
  };
  return { body, ask, ignored: [...box.ignored, ...unknownFields(json, schema)] };
}
