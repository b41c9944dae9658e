// The stream of POST /v1/chat/completions.
import { merged } from '../../answering/merged.js';
import { progressNote } from '../../answering/progress.js';
import { TokensOfText } from '../../answering/tokens-of-text.js';
import type { Said } from '../../answering/transcript.js';
import { cutOff, type Token, together } from '../../answering/whole.js';
import type { Delta, Usage } from '../../backend.js';
import type { ChatHead } from './chat-whole.js';
import { chatLogprobs } from './logprobs.js';
import { chatUsage, finishReason } from './usage.js';

/** What a delta adds to a choice's message; undefined if it adds nothing. */
function addition(delta: Delta): object | undefined {
  switch (delta.type) {
    case 'text':
      return { content: delta.text };
    case 'thinking':
      return { reasoning_content: delta.text, reasoning: delta.text };
    case 'tool-call': {
      // The name is sent once, because clients concatenate its pieces.
      const { index, id, name } = delta;
      return { tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] };
    }
    case 'tool-arguments':
      return { tool_calls: [{ index: delta.index, function: { arguments: delta.text } }] };
    default:
      return undefined;
  }
}

/** If tokens are reported, a text waits for its tokens, which arrive after it. */
class Choice {
  text = '';
  readonly ofText = new TokensOfText();
}

/** @param includeUsage  whether the stream ends with a chunk that has the usage and no choices */
export async function* chatFrames(
  { id, created, model, logprobs }: ChatHead,
  answers: readonly AsyncIterable<Delta>[],
  includeUsage: boolean,
): AsyncGenerator<Said> {
  const frame = (choices: object[], usage: object | null = null): Said => ({
    data: JSON.stringify({
      id,
      object: 'chat.completion.chunk',
      created,
      model,
      choices,
      ...(includeUsage ? { usage } : {}),
    }),
  });
  const chunk = (index: number, delta: object, finish: string | null = null, tokens?: readonly Token[]): Said =>
    frame([
      { index, delta, logprobs: tokens && tokens.length > 0 ? chatLogprobs(tokens) : null, finish_reason: finish },
    ]);
  const choices = answers.map(() => new Choice());
  const usages: Usage[] = [];
  const flushed = (index: number, tokens: readonly Token[] = []): Said[] => {
    const { text } = choices[index]!;
    choices[index]!.text = '';
    return text === '' && tokens.length === 0 ? [] : [chunk(index, { content: text }, null, tokens)];
  };
  for (const index of answers.keys()) yield chunk(index, { role: 'assistant', content: '' });
  for await (const [index, delta] of merged(answers)) {
    const choice = choices[index]!;
    if (delta.type === 'progress') {
      yield { note: progressNote(delta) };
      continue;
    }
    const tokens = logprobs ? choice.ofText.take(delta) : [];
    if (delta.type === 'token') {
      if (tokens.length > 0) yield* flushed(index, tokens);
      continue;
    }
    if (delta.type !== 'text') yield* flushed(index);
    if (delta.type === 'end') {
      usages[index] = delta.usage;
      yield chunk(index, {}, finishReason(delta.reason));
    } else if (delta.type === 'text' && logprobs) choice.text += delta.text;
    else {
      const added = addition(delta);
      if (added) yield chunk(index, added);
    }
  }
  if (Object.keys(usages).length < answers.length) throw cutOff();
  if (includeUsage) yield frame([], chatUsage(together(usages, true)));
  yield { data: '[DONE]' };
}
