/** The text of an answer taken apart, where tools may be called: what is said, and the calls. */
import { LlmAnswer, LlmToolCall } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { ChatFormat } from '../../llm/chat-format/chat-format';
import { Event } from '../../llm/chat-format/events';
import { Splitter } from '../../llm/chat-format/splitter';
import { ToolSet } from '../../llm/chat-format/tools';
import { argumentsOf } from './call-arguments';

/** @param seed ids of calls are made of it where the model writes none */
export function partsOf(ptr: usize, size: u32, format: ChatFormat, tools: ToolSet, seed: u64): LlmAnswer {
  const splitter = new Splitter(format, tools, '', seed, false);
  splitter.feed(ptr, size, false);
  splitter.finish();
  const events = splitter.events;
  const said: string[] = [];
  const calls: LlmToolCall[] = [];
  const json: string[] = [];
  for (let i: u32 = 0; i < events.count; ++i) {
    const text = String.UTF8.decodeUnsafe(events.bytes(i), events.length(i));
    switch (events.kind(i)) {
      case Event.Text:
        said.push(text);
        break;
      case Event.Call: {
        const at = text.indexOf('\0');
        const call = new LlmToolCall();
        call.function_.name = Text.of(text.substring(0, at));
        call.id = Text.of(text.substring(at + 1));
        calls.push(call);
        json.length = 0;
        break;
      }
      case Event.Arguments:
        json.push(text);
        break;
      case Event.CallEnd:
        calls[calls.length - 1].function_.arguments = argumentsOf(json.join(''));
        break;
      case Event.CallDropped:
        calls.pop();
        break;
      default:
      // Thoughts are no part of the answer.
    }
  }
  splitter.dispose();
  const answer = new LlmAnswer();
  answer.tool_calls = calls;
  // A call alone says nothing.
  if (said.length > 0 || calls.length == 0) answer.content = Text.of(said.join(''));
  return answer;
}
