/** Writes messages as the JSON that chat templates expect: OpenAI's format, with the arguments of calls as objects. */
import { ChatMessage, ToolCall } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { Problem } from '../../problem';
import { engine } from '../engine/loaded';
import { JsonWriter } from './json-writer';

/** Bytes of a role. */
const MOST_ROLE: u32 = 64;

/** Writes the members of an object that was checked before, each followed by a comma. */
export function writeMembers(writer: JsonWriter, object: Text): void {
  let from: u32 = 0;
  let to = object.size;
  while (load<u8>(object.ptr + from) != 0x7b) ++from;
  while (load<u8>(object.ptr + to - 1) != 0x7d) --to;
  let isEmpty = true;
  for (let i = from + 1; i < to - 1; ++i) if (load<u8>(object.ptr + i) > 0x20) isEmpty = false;
  if (isEmpty) return;
  writer.bytes(object.ptr + from + 1, to - from - 2);
  writer.raw(',');
}

function writeCall(writer: JsonWriter, call: ToolCall): void {
  writer.raw('{');
  writer.member('id', call.id);
  writer.raw(',"type":"function","function":{');
  writer.member('name', call.name);
  writer.raw(',"arguments":');
  if (call.arguments.size == 0) writer.raw('{}');
  else writer.bytes(call.arguments.ptr, call.arguments.size);
  writer.raw('}}');
}

function writeOptional(writer: JsonWriter, name: string, value: Text | null): void {
  if (value === null) return;
  writer.raw(',');
  writer.member(name, value);
}

function writeMessage(writer: JsonWriter, message: ChatMessage): void {
  writer.raw('{');
  writer.member('role', message.role);
  writer.raw(',');
  writer.member('content', message.content);
  writeOptional(writer, 'reasoning_content', message.reasoning);
  writeOptional(writer, 'tool_call_id', message.tool_call_id);
  writeOptional(writer, 'name', message.name);
  const calls = message.tool_calls;
  if (calls !== null && calls.length > 0) {
    writer.raw(',"tool_calls":[');
    for (let i = 0; i < calls.length; ++i) {
      if (i > 0) writer.raw(',');
      writeCall(writer, calls[i]);
    }
    writer.raw(']');
  }
  writer.raw('}');
}

/** Why messages cannot be written, or null. */
export function whyNoMessages(messages: ChatMessage[]): Problem | null {
  if (messages.length == 0) return new Problem('messages: there are none');
  for (let i = 0; i < messages.length; ++i) {
    const role = messages[i].role;
    if (role.size == 0 || role.size > MOST_ROLE) {
      return new Problem(`messages: the role of message ${i + 1} has ${role.size} bytes, and not 1 to ${MOST_ROLE}`);
    }
    const calls = messages[i].tool_calls;
    for (let k = 0; calls !== null && k < calls.length; ++k) {
      if (calls[k].arguments.size == 0) continue;
      const why = engine.whyNoObject(calls[k].arguments);
      if (why !== null) return why.of(`messages: the arguments of a call in message ${i + 1}`);
    }
  }
  return null;
}

/** Writes the messages, a list that {@link whyNoMessages} has checked. */
export function writeMessages(writer: JsonWriter, messages: ChatMessage[]): void {
  writer.raw('"messages":[');
  for (let i = 0; i < messages.length; ++i) {
    if (i > 0) writer.raw(',');
    writeMessage(writer, messages[i]);
  }
  writer.raw(']');
}
