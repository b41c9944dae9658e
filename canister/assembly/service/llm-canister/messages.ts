/** Converts messages of the LLM canister's callers into those for prompts. */
import {
  ChatMessage,
  LlmAnswer,
  LlmArgument,
  LlmMessage,
  LlmMessageTag,
  LlmMessageV0,
  LlmRoleTag,
  LlmToolCall,
  ToolCall,
} from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { JsonDocument } from '../../json/document';
import { JsonParser } from '../../json/parser';
import { quoted } from '../../json/quoted';

const USER: Text = Text.of('user');
const SYSTEM: Text = Text.of('system');
const ASSISTANT: Text = Text.of('assistant');
const TOOL: Text = Text.of('tool');

function message(role: Text, content: Text): ChatMessage {
  const made = new ChatMessage();
  made.role = role;
  made.content = content;
  return made;
}

export function messagesOfV0(given: LlmMessageV0[]): ChatMessage[] {
  const all: ChatMessage[] = [];
  for (let i = 0; i < given.length; ++i) {
    const tag = given[i].role.tag;
    all.push(message(tag == LlmRoleTag.user ? USER : tag == LlmRoleTag.system ? SYSTEM : ASSISTANT, given[i].content));
  }
  return all;
}

export function messagesOfV1(given: LlmMessage[]): ChatMessage[] {
  const all: ChatMessage[] = [];
  /** The assistant's calls so far: templates need the name of the tool to which a result belongs. */
  const calls: LlmToolCall[] = [];
  for (let i = 0; i < given.length; ++i) {
    switch (given[i].tag) {
      case LlmMessageTag.user:
        all.push(message(USER, given[i].user!.content));
        break;
      case LlmMessageTag.system:
        all.push(message(SYSTEM, given[i].system!.content));
        break;
      case LlmMessageTag.assistant:
        all.push(answered(given[i].assistant!, calls));
        break;
      default: {
        const result = given[i].tool!;
        const made = message(TOOL, result.content);
        made.tool_call_id = result.tool_call_id;
        made.name = nameOf(result.tool_call_id, calls);
        all.push(made);
      }
    }
  }
  return all;
}

function answered(answer: LlmAnswer, calls: LlmToolCall[]): ChatMessage {
  const content = answer.content;
  const made = message(ASSISTANT, content === null ? new Text(0, 0) : content);
  const own = answer.tool_calls;
  if (own.length == 0) return made;
  const list: ToolCall[] = [];
  for (let i = 0; i < own.length; ++i) {
    calls.push(own[i]);
    const call = new ToolCall();
    call.id = own[i].id;
    call.name = own[i].function_.name;
    call.arguments = Text.of(objectOf(own[i].function_.arguments));
    list.push(call);
  }
  made.tool_calls = list;
  return made;
}

function nameOf(id: Text, calls: LlmToolCall[]): Text | null {
  for (let i = calls.length - 1; i >= 0; --i) {
    const other = calls[i].id;
    if (other.size == id.size && memory.compare(other.ptr, id.ptr, id.size) == 0) return calls[i].function_.name;
  }
  return null;
}

/**
 * The arguments of a call as a JSON object. They came from JSON as texts: a text that is JSON other than a string is
 * used as it is, anything else becomes a string.
 */
function objectOf(given: LlmArgument[]): string {
  const members: string[] = [];
  for (let i = 0; i < given.length; ++i) {
    const value = given[i].value;
    members.push(`${quoted(given[i].name.toString())}:${isJson(value) ? value.toString() : quoted(value.toString())}`);
  }
  return `{${members.join(',')}}`;
}

/** Whether a text is JSON of anything but a string. */
export function isJson(text: Text): bool {
  if (text.size == 0 || load<u8>(text.ptr) == 0x22) return false;
  const document = new JsonDocument();
  const problem = new JsonParser(document, text.ptr, text.size).parse();
  document.dispose();
  return problem === null;
}
