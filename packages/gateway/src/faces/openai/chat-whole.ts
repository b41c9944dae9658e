// The response of POST /v1/chat/completions without streaming.
import { together, type Whole } from '../../answering/whole.js';
import { chatLogprobs } from './logprobs.js';
import { chatUsage, finishReason } from './usage.js';

export interface ChatHead {
  id: string;
  created: number;
  model: string;
  /** Whether tokens are reported. */
  logprobs: boolean;
}

function choice(answer: Whole, index: number, logprobs: boolean) {
  const { text, thinking, toolCalls } = answer;
  const calls = toolCalls.map(({ id, name, arguments: said }) => ({
    id,
    type: 'function' as const,
    function: { name, arguments: said },
  }));
  return {
    index,
    message: {
      role: 'assistant' as const,
      content: text === '' && calls.length > 0 ? null : text,
      refusal: null,
      ...(thinking === '' ? {} : { reasoning_content: thinking, reasoning: thinking }),
      ...(calls.length === 0 ? {} : { tool_calls: calls }),
    },
    logprobs: logprobs ? chatLogprobs(answer.tokens) : null,
    finish_reason: finishReason(answer.reason),
  };
}

export const wholeChat = ({ id, created, model, logprobs }: ChatHead, answers: readonly Whole[]) => ({
  id,
  object: 'chat.completion' as const,
  created,
  model,
  choices: answers.map((answer, i) => choice(answer, i, logprobs)),
  usage: chatUsage(
    together(
      answers.map(({ usage }) => usage),
      true,
    ),
  ),
});
