/** The arguments of a call, a JSON object, as the LLM canister's callers read them: names and texts. */
import { LlmArgument } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { pointsText } from '../../llm/chat-format/tools';
import { JsonDocument, NOWHERE, OBJECT, ROOT, STRING } from '../../json/document';
import { JsonParser } from '../../json/parser';

const QUOTE: u32 = 0x22;

/** Its members: a string's value is its text, anything else's is its JSON. */
export function argumentsOf(json: string): LlmArgument[] {
  const utf8 = String.UTF8.encode(json);
  const ptr = changetype<usize>(utf8);
  const end = ptr + utf8.byteLength;
  const all: LlmArgument[] = [];
  const document = new JsonDocument();
  const problem = new JsonParser(document, ptr, utf8.byteLength).parse();
  if (problem === null && document.kind(ROOT) == OBJECT) {
    let at = behind(ptr, end, 0x7b);
    for (let node = document.first(ROOT); node != NOWHERE; node = document.next(node)) {
      const from = behind(valueEnd(at, end), end, 0x3a);
      const to = valueEnd(from, end);
      const argument = new LlmArgument();
      argument.name = Text.of(pointsText(document.name(node), document.nameLength(node)));
      argument.value = Text.of(
        document.kind(node) == STRING
          ? pointsText(document.text(node), document.length(node))
          : String.UTF8.decodeUnsafe(from, to - from).trim(),
      );
      all.push(argument);
      // The comma, or the end of the object.
      at = to + 1;
    }
  }
  document.dispose();
  return all;
}

/** The place behind the first of such a character. */
function behind(at: usize, end: usize, character: u32): usize {
  while (at < end && load<u8>(at) != character) ++at;
  return at + 1;
}

/** Where a value of JSON, or a name, ends that begins at `at`: at what stands behind it in an object. */
function valueEnd(at: usize, end: usize): usize {
  let depth = 0;
  for (; at < end; ++at) {
    const byte = <u32>load<u8>(at);
    if (byte == QUOTE) {
      for (++at; at < end && load<u8>(at) != QUOTE; ++at) if (load<u8>(at) == 0x5c) ++at;
    } else if (byte == 0x7b || byte == 0x5b) {
      ++depth;
    } else if (depth == 0 && (byte == 0x2c || byte == 0x3a || byte == 0x7d)) {
      return at;
    } else if (byte == 0x7d || byte == 0x5d) {
      --depth;
    }
  }
  return end;
}
