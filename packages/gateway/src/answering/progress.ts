import type { Progress } from '../backend.js';

/** How far an answer is that has nothing to say yet, for whoever looks at the stream. */
export function progressNote({ state, place, messagesLeft, reason }: Progress): string {
  const waits = place > 0 ? `, ${place} before it` : '';
  const left = messagesLeft > 0 ? `, ${messagesLeft} messages left` : '';
  return `${state}${reason ? ` (${reason})` : ''}${waits}${left}`;
}
