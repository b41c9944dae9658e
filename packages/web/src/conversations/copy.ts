// Branching off into a new conversation: the messages from the root to one of them are copied.
import { type Conversation, type Message, newId } from './model.js';

/**
 * A new conversation with copies of the messages up to one, under new ids. An answer that is still coming has ended in
 * the copy.
 */
export function branchOff(
  from: Conversation,
  path: readonly Message[],
  now: number,
): { conversation: Conversation; messages: Message[] } {
  const id = newId();
  let parent: string | null = null;
  const messages = path.map((message): Message => {
    const copy: Message = { ...structuredClone(message), id: newId(), conversation: id, parent };
    if (copy.state?.is === 'asking' || copy.state?.is === 'coming') copy.state = { is: 'ended', reason: 'cancelled' };
    parent = copy.id;
    return copy;
  });
  const { settings, canister, network } = from;
  const conversation: Conversation = {
    ...{ id, title: from.title, created: now, updated: now, canister, network, leaf: parent, draft: '' },
    settings: { ...settings },
  };
  return { conversation, messages };
}
