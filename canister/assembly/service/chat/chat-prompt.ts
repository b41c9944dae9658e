/** How messages become the tokens of a prompt: by the chat template of the model, rendered here. */
import { ChatMessage } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { now } from '../../ic/clock';
import { RawBuffer } from '../../memory/raw-buffer';
import { Span } from '../../memory/span';
import { Code, Problem } from '../../problem';
import { engine } from '../engine/loaded';
import { MessageBudget } from '../limits/instruction-budget';
import { whyNoMessages, writeMembers, writeMessages } from './chat-json';
import { JsonWriter } from './json-writer';

const SECOND: u64 = 1_000_000_000;

/** The JSON that a template is given; it lasts until the prompt is made. */
const buffer = changetype<RawBuffer>(memory.data(16, 8));

/** Where the tokens are that {@link tokenizeMessages} made last, i32 each, and how many: until others are made. */
export let messageTokens: usize = 0;
export let messageTokenCount: i32 = 0;

/** Makes tokens of messages that have to fit the context; `given` are variables of the template, a JSON object, or empty. */
export function tokenizeMessages(messages: ChatMessage[], given: Text, budget: MessageBudget): Problem | null {
  const wrong = whyNoMessages(messages);
  if (wrong !== null) return wrong;
  if (given.size > 0) {
    const unread = engine.whyNoObject(given);
    if (unread !== null) return unread.of('template_arguments');
  }
  const writer = new JsonWriter(buffer);
  writer.raw('{"add_generation_prompt":true,');
  if (given.size > 0) writeMembers(writer, given);
  writeMessages(writer, messages);
  writer.raw('}');
  if (writer.isFull) {
    buffer.dispose();
    return new Problem('the heap is full: there is no room for the messages', Code.HEAP_FULL);
  }
  const made = engine.tokenizeChat(new Span(writer.ptr, writer.size), <i64>(now() / SECOND), budget);
  buffer.dispose();
  const tokens = made.value;
  if (tokens === null) return made.problem;
  messageTokens = tokens.ptr;
  messageTokenCount = tokens.count;
  return null;
}
