import type { Progress } from '../backend.js';

/** The progress of an answer that has no text yet, as a sentence for people who watch the stream. */
export function progressNote({ state, place, messagesLeft, reason }: Progress): string {
  const waits = place > 0 ? `, ${place} before it` : '';
  const left = messagesLeft > 0 ? `, ${messagesLeft} messages left` : '';
  return `${state}${reason ? ` (${reason})` : ''}${waits}${left}`;
}
