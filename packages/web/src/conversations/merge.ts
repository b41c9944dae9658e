// Merges a conversation of another device into this one's.
import type { Conversation, Message } from './model.js';

export interface Whole {
  conversation: Conversation;
  messages: Message[];
}

/**
 * All messages of both. Nothing that was said is lost, but messages that were deleted on one device may come back. If
 * both have a message, the one in the conversation that was changed last counts. The draft of this device stays.
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
