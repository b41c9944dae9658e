// Answers that continue the last message if it is the assistant's, as llama.cpp's server and Anthropic do.
import type { Ask, Message } from '../backend.js';
import { invalid } from '../refusal.js';

/** Under vLLM's names: whether the last message is continued, and whether a new answer begins after it. */
export interface Going {
  continue_final_message?: boolean | null | undefined;
  add_generation_prompt?: boolean | null | undefined;
}

const NAMES = ['continue_final_message', 'add_generation_prompt'] as const;

/**
 * Takes these fields out of a request. Clients of vLLM put them among the chat template's variables, so those are
 * searched, too, and the remaining variables are returned.
 */
export function goingOf(
  given: Going,
  kwargs: Record<string, unknown> | null | undefined,
): { going: Going; templateArguments: Record<string, unknown> | undefined } {
  const going: Going = {};
  const rest = { ...kwargs };
  for (const name of NAMES) {
    const other = rest[name];
    if (typeof (other ?? true) !== 'boolean') throw invalid(`chat_template_kwargs.${name}`, 'expected boolean');
    going[name] = given[name] ?? (other as boolean | null | undefined);
    delete rest[name];
  }
  return { going, templateArguments: Object.keys(rest).length > 0 ? rest : undefined };
}

interface Beside {
  thinking: Ask['thinking'];
  templateArguments?: Ask['templateArguments'];
  going?: Going;
  /** The last message in the request: `messages[2]`. */
  at: string;
}

/**
 * Whether the answer continues the last of these messages.
 * Errors: if that is impossible, or if the request asks for both.
 */
export function goesOn(messages: readonly Message[], { thinking, templateArguments, going = {}, at }: Beside): boolean {
  const { continue_final_message: continues, add_generation_prompt: begins } = going;
  const last = messages.at(-1);
  const isAnswer = last?.role === 'assistant';
  if (continues && begins) {
    throw invalid(
      'continue_final_message',
      'add_generation_prompt begins a new answer, which contradicts this; send only one of them',
    );
  }
  if (continues && !isAnswer) {
    throw invalid(
      'continue_final_message',
      `the last message is not the assistant's, but has the role "${last?.role}"`,
    );
  }
  if (begins === false && (!isAnswer || continues === false)) {
    throw invalid(
      'add_generation_prompt',
      'the last message has to have the role assistant, so that it can be continued',
    );
  }
  if (!isAnswer || continues === false || begins) return false;
  if (last.toolCalls !== undefined && last.toolCalls.length > 0) {
    throw invalid(at, 'it has calls, after which their results have to come; send them');
  }
  // Thoughts come before a text. The thoughts of a message that has no text yet can be continued.
  if (last.content !== '' && (thinking.enabled || templateArguments?.enable_thinking === true)) {
    throw invalid(at, 'a begun answer continues without thinking; turn thinking off, or leave this out');
  }
  return true;
}
