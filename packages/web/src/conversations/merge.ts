// A conversation as another device has it, put together with this one's.
import type { Conversation, Message } from './model.js';

export interface Whole {
  conversation: Conversation;
  messages: Message[];
}

/**
 * All messages of both: nothing that was said is lost, but what was deleted on one of them may be back. What both have is as the
 * one has it that was changed last; what was typed here and not sent stays.
 */
export function merged(here: Whole, there: Whole): Whole {
  const [older, newer] =
    here.conversation.updated > there.conversation.updated ? [there, here] : ([here, there] as const);
  const messages = new Map([...older.messages, ...newer.messages].map((message) => [message.id, message]));
  return {
    conversation: { ...newer.conversation, draft: here.conversation.draft },
    messages: [...messages.values()],
  };
}
