// Shapes of messages and of the options that go with them.
import * as v from 'valibot';
import { badArgument, check, record } from '../checks/checked.js';
import { flag, maybe, number, object, text, texts } from '../checks/shapes.js';
import { LlamaError } from '../errors.js';
import type { ToolCall } from './deltas.js';
import type { ChatMessage, ModelOptions, Prompt, Thinking } from './options.js';

/** Roles that every template knows; a template may have more. */
const ROLES = ['system', 'developer', 'user', 'assistant', 'tool'];

const message = record<ChatMessage>()({
  role: v.pipe(text, v.nonEmpty('a role')),
  content: text,
  thinking: maybe(text),
  toolCalls: maybe(v.array(record<ToolCall>()({ id: text, name: text, arguments: text }), 'a list of calls')),
  toolCallId: maybe(text),
  name: maybe(text),
});

const messages = v.pipe(v.array(message, 'a list of messages'), v.nonEmpty('at least one message'));

/** Tools have the form of OpenAI's interface; the canister checks their contents. */
const tool = v.looseObject(
  { type: v.literal('function', '"function"'), function: v.looseObject({ name: text }, 'a function with a name') },
  'a tool as OpenAI has it',
);

export const modelOptions = {
  session: maybe(text),
  maxTokens: maybe(number),
  seed: maybe(v.union([v.number(), v.literal('beacon')], 'a number or "beacon"')),
  sampling: maybe(texts),
  stop: maybe(texts),
  responseFormat: maybe(
    v.union(
      [
        v.picklist(['text', 'json']),
        v.strictObject({ jsonSchema: v.union([text, object]) }),
        v.strictObject({ gbnf: text }),
      ],
      '"text", "json", { jsonSchema } or { gbnf }',
    ),
  ),
  templateArguments: maybe(object),
  tools: maybe(v.array(tool, 'a list of tools')),
  toolChoice: maybe(
    v.union(
      [v.picklist(['auto', 'none', 'required']), v.strictObject({ function: text })],
      '"auto", "none", "required" or { function }',
    ),
  ),
  parallelToolCalls: maybe(flag),
  thinking: maybe(record<Thinking>()({ enabled: maybe(flag), effort: maybe(text), maxTokens: maybe(number) })),
  logprobs: maybe(number),
  continueFinalMessage: maybe(flag),
  roles: maybe(texts),
} satisfies { [K in keyof Required<ModelOptions>]: v.GenericSchema };

/**
 * `roles` are additional roles that the model's template knows. Errors: `BAD_ARGUMENT`, `UNKNOWN_OPTION`,
 * `UNKNOWN_ROLE`.
 */
export function checkMessages(where: string, given: unknown, roles: readonly string[] = []): void {
  check(`${where}: messages`, messages, given);
  for (const [i, { role }] of (given as ChatMessage[]).entries()) {
    if (ROLES.includes(role) || roles.includes(role)) continue;
    const known = [...ROLES, ...roles].join(', ');
    throw new LlamaError('input', 'UNKNOWN_ROLE', `${where}: messages[${i}].role: "${role}" is none of ${known}`, {
      value: role,
      next: "Correct it, or name it in `roles` where the model's chat template knows it.",
    });
  }
}

/** The same for a prompt, which may also be a text. */
export function checkPrompt(where: string, prompt: Prompt, roles: readonly string[] = []): void {
  if (typeof prompt === 'string') return;
  if (!Array.isArray(prompt)) throw badArgument(`${where}: prompt`, 'expected a text or a list of messages', prompt);
  checkMessages(where, prompt, roles);
}
