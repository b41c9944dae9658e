// Finds conversations by the words in them.
import type { Conversation, Message } from './model.js';

const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Whether every word of the search is in the title or in one of the messages. Accents and case do not count. */
export function matches(wanted: string, { title }: Conversation, messages: readonly Message[]): boolean {
  const words = folded(wanted).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const texts = [title, ...messages.map(({ content }) => content)].map(folded);
  return words.every((word) => texts.some((text) => text.includes(word)));
}
