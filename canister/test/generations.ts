/** The methods of generations, for tests. */
import type { Principal } from '@icp-sdk/core/principal';
import type { Llama, Result } from './llama.js';

type Error = { Other: string };
type Opt<T> = [] | [T];

export interface Status {
  id: bigint;
  principal: string;
  state: Record<string, unknown>;
  place: number;
  instructions_left: bigint;
  messages_left: bigint;
  prompt_tokens: number;
  cached_tokens: number;
  generated_tokens: number;
  thinking_tokens: number;
  instructions: bigint;
  cycles: bigint;
  price: bigint;
  held: bigint;
  seed: Opt<number>;
  session: Opt<string>;
  events: bigint;
  started: bigint;
  ended: Opt<bigint>;
  expires: Opt<bigint>;
}

interface Alternative {
  bytes: Uint8Array;
  logprob: number;
}

type Content =
  | { text: string }
  | { thinking: string }
  | { tool_call: { call: number; id: string; name: string } }
  | { tool_arguments: { call: number; text: string } }
  | { tool_call_end: number }
  | { token: Alternative & { alternatives: Alternative[] } };

export interface Event {
  number: bigint;
  content: Content;
}

export interface Poll {
  status: Status;
  events: Event[];
  next: bigint;
}

interface Message {
  role: string;
  content: string;
  reasoning?: string;
  tool_calls?: { id: string; name: string; arguments: string }[];
  tool_call_id?: string;
  name?: string;
}

export interface Asked {
  prompt: string | Message[];
  session?: string;
  max_tokens?: number;
  seed?: number | 'beacon';
  sampling?: string[];
  stop?: string[];
  response_format?: Record<string, string | null>;
  template_arguments?: string;
  /** As JSON. */
  tools?: string;
  tool_choice?: Record<string, string | null>;
  parallel_tool_calls?: boolean;
  thinking?: { enabled?: boolean; effort?: string; max_tokens?: number };
  logprobs?: number;
  continue_final_message?: boolean;
}

const opt = <T>(value: T | undefined): Opt<T> => (value === undefined ? [] : [value]);
const greedy = ['--temp', '0'];

function message({ role, content, reasoning, tool_calls, tool_call_id, name }: Message) {
  return {
    ...{ role, content, reasoning: opt(reasoning), tool_calls: opt(tool_calls) },
    ...{ tool_call_id: opt(tool_call_id), name: opt(name) },
  };
}

export function inputOf({
  prompt,
  session,
  max_tokens,
  seed,
  sampling,
  stop,
  response_format,
  template_arguments,
  tools,
  tool_choice,
  parallel_tool_calls,
  thinking,
  logprobs,
  continue_final_message,
}: Asked) {
  return {
    prompt: typeof prompt === 'string' ? { text: prompt } : { messages: prompt.map(message) },
    session: opt(session),
    max_tokens: opt(max_tokens),
    seed: seed === undefined ? [] : [seed === 'beacon' ? { beacon: null } : { number: seed }],
    sampling: [sampling ?? greedy],
    stop: opt(stop),
    response_format: opt(response_format),
    template_arguments: opt(template_arguments),
    tools: opt(tools),
    tool_choice: opt(tool_choice),
    parallel_tool_calls: opt(parallel_tool_calls),
    thinking: thinking
      ? [{ enabled: opt(thinking.enabled), effort: opt(thinking.effort), max_tokens: opt(thinking.max_tokens) }]
      : [],
    logprobs: opt(logprobs),
    continue_final_message: opt(continue_final_message),
  };
}

function must<T>(result: Result<T, Error>): T {
  if ('Ok' in result) return result.Ok;
  throw new Error(result.Err.Other);
}

export class Generations {
  readonly llama: Llama;
  readonly caller: Principal;

  constructor(llama: Llama, caller: Principal) {
    this.llama = llama;
    this.caller = caller;
  }

  tryStart(asked: Asked): Result<Status, Error> {
    return this.llama.call('generation_start', inputOf(asked), this.caller) as Result<Status, Error>;
  }

  start(asked: Asked): Status {
    return must(this.tryStart(asked));
  }

  poll(id: bigint, from = 0n, bytes?: bigint): Poll {
    return must(
      this.llama.call('generation_poll', { id, from, bytes: opt(bytes) }, this.caller) as Result<Poll, Error>,
    );
  }

  #byId(method: string, id: bigint): Status {
    return must(this.llama.call(method, { id }, this.caller) as Result<Status, Error>);
  }

  cancel(id: bigint): Status {
    return this.#byId('generation_cancel', id);
  }

  stopThinking(id: bigint): Status {
    return this.#byId('generation_stop_thinking', id);
  }

  forget(id: bigint): Status {
    return this.#byId('generation_forget', id);
  }

  list(everybody = false, before?: bigint): Status[] {
    const input = { everybody, before: opt(before) };
    return must(this.llama.call('generation_list', input, this.caller) as Result<Status[], Error>);
  }

  text(id: bigint): string {
    return textOf(this.poll(id).events);
  }

  /** Runs the generation to its end. */
  finish(asked: Asked): { status: Status; text: string } {
    const { id } = this.start(asked);
    this.llama.timers();
    const { status, events } = this.poll(id);
    return { status, text: textOf(events) };
  }
}

export function textOf(events: Event[]): string {
  return events.map(({ content }) => ('text' in content ? content.text : '')).join('');
}

/** Sets limits of generations; a missing one is the default. */
export function setLimits(llama: Llama, limits: Record<string, bigint> = {}): void {
  const names = [
    ...['retention_seconds', 'bytes', 'open', 'open_of_caller', 'ended_of_caller'],
    ...['page_charge_factor', 'message_seconds', 'least_cycles'],
  ];
  const input = Object.fromEntries(names.map((name) => [name, opt(limits[name])]));
  must(llama.call('set_generation_limits', input) as Result<unknown, Error>);
}
