// What an answer would cost, before it is asked for.
import type { Quote } from '@llama-canister/client';
import type { ConversationSettings, Message } from '../conversations/model.js';
import type { Connections } from './connections.js';
import type { CanisterChoice } from './places.js';
import { requestMessages, requestOptions } from './request.js';

/** Characters beyond which no quote is requested, because the whole text would have to be sent for it. */
const MOST_QUOTED = 50_000;

/** The most that an answer to this text would cost; undefined if nobody can tell. */
export async function quoteOf(
  connections: Connections,
  place: CanisterChoice | undefined,
  path: readonly Message[],
  settings: ConversationSettings,
  content: string,
): Promise<Quote | undefined> {
  const length = path.reduce((sum, message) => sum + message.content.length, content.length);
  if (!place || length > MOST_QUOTED) return undefined;
  const question: Message = { id: '', conversation: '', parent: null, role: 'user', created: 0, content };
  try {
    const { llama, suggested } = await connections.canister(place.network, place.id);
    const { keep: _, ...options } = requestOptions(settings, 0, suggested);
    return await llama.quote(requestMessages([...path, question], settings), options);
  } catch {
    return undefined;
  }
}
