// The results of tools, as messages that follow the answer which calls them.
import { type Message, newId, wholeCalls } from './model.js';

/** One message for each call whose arguments are complete, each following the one before it. */
export function toolResults(answer: Message, results: readonly string[], now: number): Message[] {
  let parent = answer.id;
  return wholeCalls(answer).map(({ id: callId }, i): Message => {
    const { conversation } = answer;
    const content = results[i] ?? '';
    const result: Message = { id: newId(), conversation, parent, role: 'tool', callId, created: now + i, content };
    parent = result.id;
    return result;
  });
}
