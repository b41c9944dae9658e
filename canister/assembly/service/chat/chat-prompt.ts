/** Turns messages into the tokens of a prompt, by the chat template of the model. */
import { ChatMessage } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { now } from '../../ic/clock';
import { JsonDocument, NOWHERE, ROOT } from '../../json/document';
import { JsonParser } from '../../json/parser';
import { quoted } from '../../json/quoted';
import { pointsText } from '../../json/text';
import { Continues } from '../../llm/template/continues';
import { RawBuffer } from '../../memory/raw-buffer';
import { Span } from '../../memory/span';
import { Code, Problem } from '../../problem';
import { engine } from '../engine/loaded';
import { MessageBudget } from '../limits/instruction-budget';
import { whyNoMessages, writeMembers, writeMessages } from './chat-json';
import { JsonWriter } from './json-writer';

const SECOND: u64 = 1_000_000_000;
/** Variables of the template that are always set. */
const ALWAYS: string = ',"messages":0,"add_generation_prompt":0';

/**
 * Why members, each with a comma in front, cannot be added to an object (it has one of them already); null if they can.
 */
function whyTwice(object: Text, more: string): Problem | null {
  const added = Text.of(`{"":0${more}}`);
  const document = new JsonDocument();
  const other = new JsonDocument();
  let problem = new JsonParser(document, object.ptr, object.size).parse();
  if (problem === null) problem = new JsonParser(other, added.ptr, added.size).parse();
  let at = problem === null ? other.next(other.first(ROOT)) : NOWHERE;
  for (; at != NOWHERE && problem === null; at = other.next(at)) {
    const name = other.name(at);
    const length = other.nameLength(at);
    if (document.member(ROOT, name, length) == NOWHERE) continue;
    problem = new Problem(`${quoted(pointsText(name, length))} is set already, by the rest of the request`);
  }
  document.dispose();
  other.dispose();
  return problem;
}

/** The JSON for the template; valid until the prompt is made. */
const buffer = changetype<RawBuffer>(memory.data(16, 8));

/** Address and number of the tokens, i32 each, that {@link tokenizeMessages} made last; valid until the next call. */
export let messageTokens: usize = 0;
export let messageTokenCount: i32 = 0;

/**
 * Makes tokens of messages that have to fit the context.
 *
 * @param given variables of the template, a JSON object, or empty
 * @param more  members of that object, each with a comma in front, which it must not have itself
 * @param continues what of the last message the tokens end with, where an answer goes on with it
 */
export function tokenizeMessages(
  messages: ChatMessage[],
  given: Text,
  more: string,
  budget: MessageBudget,
  continues: Continues = Continues.Nothing,
): Problem | null {
  const wrong = whyNoMessages(messages);
  if (wrong !== null) return wrong;
  if (given.size > 0) {
    const unread = engine.whyNoObject(given);
    if (unread !== null) return unread.of('template_arguments');
    const twice = whyTwice(given, more + ALWAYS);
    if (twice !== null) return twice.of('template_arguments');
  }
  const writer = new JsonWriter(buffer);
  writer.raw(continues == Continues.Nothing ? '{"add_generation_prompt":true' : '{"add_generation_prompt":false');
  const members = Text.of(more);
  writer.bytes(members.ptr, members.size);
  writer.raw(',');
  if (given.size > 0) writeMembers(writer, given);
  writeMessages(writer, messages);
  writer.raw('}');
  if (writer.isFull) {
    buffer.dispose();
    return new Problem('the heap is full: there is no room for the messages', Code.HEAP_FULL);
  }
  const made = engine.tokenizeChat(new Span(writer.ptr, writer.size), <i64>(now() / SECOND), continues, budget);
  buffer.dispose();
  const tokens = made.value;
  if (tokens === null) return made.problem;
  messageTokens = tokens.ptr;
  messageTokenCount = tokens.count;
  return null;
}
