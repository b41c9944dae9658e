// POST /v1/chat/completions

import type { Said } from '../../answering/transcript.js';
import { randomId } from '../../answering/transcripts.js';
import { readJson } from '../../asking/body.js';
import type { Delta } from '../../backend.js';
import { answered, streamed } from '../answer.js';
import { type Desk, now, type Request } from '../desk.js';
import { chatFrames } from './chat-frames.js';
import { chatOrder } from './chat-request.js';
import { type ChatHead, wholeChat } from './chat-whole.js';

export async function chatCompletions(desk: Desk, request: Request): Promise<Response> {
  const order = chatOrder(await readJson(request.req.raw), request.get('caller'));
  const { body, asks } = order;
  request.get('caller').ignored = order.ignored;
  const head: ChatHead = {
    id: randomId('chatcmpl-'),
    created: now(),
    model: body.model,
    logprobs: body.logprobs === true,
  };
  if (!body.stream) return answered(desk, request, asks, (answers) => wholeChat(head, answers));
  const recipe = { face: 'chat', head, includeUsage: body.stream_options?.include_usage === true };
  return streamed(desk, request, asks, sayChat(recipe), { id: head.id, recipe });
}

interface ChatRecipe {
  head: ChatHead;
  includeUsage: boolean;
}

export const sayChat =
  ({ head, includeUsage }: ChatRecipe) =>
  (answers: readonly AsyncIterable<Delta>[]): AsyncIterable<Said> =>
    chatFrames(head, answers, includeUsage);
