// Options of a request to the model, and their form on the wire.
import { badArgument } from '../checks/checked.js';
import { LlamaError } from '../errors.js';
import type { GenerationInput, ChatMessage as WireMessage } from '../generated/llama.did.js';
import type { ToolCall } from './deltas.js';

/** A message. `developer` is the newer name of `system`. */
export interface ChatMessage {
  /** `tool` is the result of a tool; a model's template may know other roles. */
  role: 'system' | 'developer' | 'user' | 'assistant' | 'tool' | (string & {});
  content: string;
  /** The model's thoughts before this message. */
  thinking?: string | undefined;
  /** The calls that the model made. */
  toolCalls?: readonly ToolCall[] | undefined;
  /** For a tool's result: the call that it answers, and the tool. */
  toolCallId?: string | undefined;
  name?: string | undefined;
}

/** A function that the model may call, in the format of OpenAI's chat interface. */
export interface Tool {
  type: 'function';
  function: {
    name: string;
    description?: string;
    /** A JSON schema. */
    parameters?: object;
    strict?: boolean;
  };
}

export type ToolChoice = 'auto' | 'none' | 'required' | { function: string };

/** The format of the text; a schema is an object or JSON text. */
export type ResponseFormat =
  | 'text'
  /** Any JSON object. */
  | 'json'
  | { jsonSchema: object | string }
  /** A text of this grammar, in llama.cpp's notation. */
  | { gbnf: string };

export interface Thinking {
  /** Default: as the model's template says. */
  enabled?: boolean | undefined;
  /** A level that the template knows, such as `low`, `medium`, `high`. */
  effort?: string | undefined;
  /** The most tokens of thoughts; then the answer begins. */
  maxTokens?: number | undefined;
}

/** Options of a request, in addition to the prompt. */
export interface ModelOptions {
  /**
   * A session of the caller on the canister: tokens that it shares with the prompt are not evaluated again, and the
   * answer becomes part of it. Only one answer at a time can use it. Without a session, only the text of the answer is
   * kept.
   */
  session?: string | undefined;
  /** Default: until the model ends its answer, or the context is full. */
  maxTokens?: number | undefined;
  /** A whole number below 2^32, or `beacon`: drawn by the subnet after the answer was begun. Default: drawn by the canister. */
  seed?: number | 'beacon' | undefined;
  /** Flags of llama.cpp about sampling: `['--temp', '0.7']`. */
  sampling?: readonly string[] | undefined;
  /** The answer ends before the first of these texts. */
  stop?: readonly string[] | undefined;
  responseFormat?: ResponseFormat | undefined;
  /** Variables for the chat template. */
  templateArguments?: Record<string, unknown> | undefined;
  tools?: readonly Tool[] | undefined;
  /** Default: `auto`. */
  toolChoice?: ToolChoice | undefined;
  /** Several calls in one answer; default true. */
  parallelToolCalls?: boolean | undefined;
  thinking?: Thinking | undefined;
  /** Report each token, with so many alternatives, at most 20. */
  logprobs?: number | undefined;
  /** Roles of messages that only the model's chat template knows. */
  roles?: readonly string[] | undefined;
  /**
   * The answer goes on with the last message, which is the assistant's, in the place of beginning one of its own: with its
   * text or, where that is empty, its thoughts. Only what is new is told. Default: false.
   */
  continueFinalMessage?: boolean | undefined;
}

/** What is to be answered or continued. */
export type Prompt = string | readonly ChatMessage[];

/** Something as JSON. Errors: `BAD_ARGUMENT`. */
export function json(name: string, value: unknown): string {
  try {
    const text = JSON.stringify(value);
    if (text !== undefined) return text;
  } catch {
    // It goes round, or has a bigint in it.
  }
  throw badArgument(name, 'expected what can be written as JSON', value);
}

function opt<T>(value: T | undefined): [] | [T] {
  return value === undefined ? [] : [value];
}

function wireMessage({ role, content, thinking, toolCalls, toolCallId, name }: ChatMessage): WireMessage {
  return {
    role,
    content,
    reasoning: opt(thinking),
    tool_calls: opt(toolCalls?.map((call) => ({ id: call.id, name: call.name, arguments: call.arguments }))),
    tool_call_id: opt(toolCallId),
    name: opt(name),
  };
}

function wireFormat(format: ResponseFormat): NonNullable<GenerationInput['response_format'][0]> {
  if (format === 'text') return { text: null };
  if (format === 'json') return { json: null };
  if ('gbnf' in format) return { gbnf: format.gbnf };
  const { jsonSchema } = format;
  return { json_schema: typeof jsonSchema === 'string' ? jsonSchema : json('responseFormat.jsonSchema', jsonSchema) };
}

function wireChoice(choice: ToolChoice): NonNullable<GenerationInput['tool_choice'][0]> {
  if (typeof choice === 'object') return { function: choice.function };
  if (choice === 'auto') return { auto: null };
  return choice === 'none' ? { none: null } : { required: null };
}

/** A prompt as the canister takes it. */
export function wirePrompt(prompt: Prompt): GenerationInput['prompt'] {
  return typeof prompt === 'string' ? { text: prompt } : { messages: prompt.map(wireMessage) };
}

/** A number that fits 32 bits. Errors: `BAD_NUMBER`. */
function count(name: string, value: number | undefined): [] | [number] {
  if (value === undefined) return [];
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 32) return [value];
  throw new LlamaError('input', 'BAD_NUMBER', `${name}: ${value} is no whole number from 0 to 2^32 - 1`, {
    value,
    next: 'Give another one, or none.',
  });
}

/** The argument of `generation_start` and `generation_quote`. Errors: `BAD_NUMBER`, `BAD_ARGUMENT`. */
export function generationInput(prompt: Prompt, options: ModelOptions): GenerationInput {
  const { session, seed, sampling, stop, responseFormat, templateArguments, tools, toolChoice, thinking } = options;
  const seeds = seed === 'beacon' ? [{ beacon: null }] : count('seed', seed).map((number) => ({ number }));
  return {
    prompt: wirePrompt(prompt),
    session: opt(session),
    max_tokens: count('maxTokens', options.maxTokens),
    seed: seeds as GenerationInput['seed'],
    sampling: opt(sampling && [...sampling]),
    stop: opt(stop && [...stop]),
    response_format: opt(responseFormat && wireFormat(responseFormat)),
    template_arguments: opt(templateArguments && json('templateArguments', templateArguments)),
    tools: opt(tools && json('tools', tools)),
    tool_choice: opt(toolChoice && wireChoice(toolChoice)),
    parallel_tool_calls: opt(options.parallelToolCalls),
    thinking: opt(
      thinking && {
        enabled: opt(thinking.enabled),
        effort: opt(thinking.effort),
        max_tokens: count('thinking.maxTokens', thinking.maxTokens),
      },
    ),
    logprobs: count('logprobs', options.logprobs),
    continue_final_message: opt(options.continueFinalMessage),
  };
}
