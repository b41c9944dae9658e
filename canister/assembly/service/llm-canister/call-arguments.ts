/** Converts the arguments of a call, a JSON object, into names and texts for the LLM canister's callers. */
import { LlmArgument } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { JsonDocument, NOWHERE, OBJECT, ROOT, STRING } from '../../json/document';
import { JsonParser } from '../../json/parser';
import { jsonOf, pointsText } from '../../json/text';

/** The members of `size` bytes of JSON: a string is its text, any other value is its JSON. */
export function argumentsOf(ptr: usize, size: u32): LlmArgument[] {
  const all: LlmArgument[] = [];
  const document = new JsonDocument();
  const problem = new JsonParser(document, ptr, size).parse();
  if (problem === null && document.kind(ROOT) == OBJECT) {
    for (let node = document.first(ROOT); node != NOWHERE; node = document.next(node)) {
      const isText = document.kind(node) == STRING;
      const argument = new LlmArgument();
      argument.name = Text.of(pointsText(document.name(node), document.nameLength(node)));
      const text = isText ? pointsText(document.text(node), document.length(node)) : jsonOf(document, node);
      argument.value = Text.of(text);
      all.push(argument);
    }
  }
  document.dispose();
  return all;
}
