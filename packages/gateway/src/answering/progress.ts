import type { Progress } from '../backend.js';

/** The progress of an answer that has no text yet, for people who look at the stream. */
export function progressNote({ state, place, messagesLeft, reason }: Progress): string {
  const waits = place > 0 ? `, ${place} before it` : '';
  const left = messagesLeft > 0 ? `, ${messagesLeft} messages left` : '';
  return `${state}${reason ? ` (${reason})` : ''}${waits}${left}`;
}
