/** Turns the events of an answer into a reply: its text, and the calls. */
import { EventContentTag, LlmAnswer, LlmToolCall } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { RawBuffer } from '../../memory/raw-buffer';
import { eventsOf } from '../generations/events';
import { Job } from '../generations/job';
import { argumentsOf } from './call-arguments';

const MOST_ANSWER: u64 = 1 << 20;

/** The text of an answer, until the reply has it, and the arguments of a call. */
const said = changetype<RawBuffer>(memory.data(16, 8));
const json = changetype<RawBuffer>(memory.data(16, 8));

/** Appends a text after the first `size` bytes of a buffer; returns the new size. */
function append(buffer: RawBuffer, size: u32, text: Text): u32 {
  if (!buffer.reserve(size + text.size, size)) return size;
  text.source!.read(0, buffer.ptr + size, text.size);
  return size + text.size;
}

/** The answer of a job. Its text is in a buffer until `releaseParts`. */
export function partsOf(job: Job): LlmAnswer {
  const events = eventsOf(job, 0, MOST_ANSWER);
  const answer = new LlmAnswer();
  const calls = answer.tool_calls;
  let size: u32 = 0;
  let jsonSize: u32 = 0;
  let open: LlmToolCall | null = null;
  for (let i = 0; i < events.length; ++i) {
    const content = events[i].content;
    switch (content.tag) {
      case EventContentTag.text:
        size = append(said, size, content.text);
        break;
      case EventContentTag.tool_call: {
        const call = new LlmToolCall();
        call.id = content.tool_call!.id;
        call.function_.name = content.tool_call!.name;
        open = call;
        jsonSize = 0;
        break;
      }
      case EventContentTag.tool_arguments:
        jsonSize = append(json, jsonSize, content.tool_arguments!.text);
        break;
      case EventContentTag.tool_call_end:
        if (open === null) break;
        open.function_.arguments = argumentsOf(json.ptr, jsonSize);
        calls.push(open);
        open = null;
        break;
      default:
      // Thoughts are not part of the answer, and neither are calls that were cut off.
    }
  }
  json.dispose();
  // An answer that consists of calls has no text.
  if (size > 0 || calls.length == 0) answer.content = new Text(said.ptr, size);
  return answer;
}

export function releaseParts(): void {
  said.dispose();
}
