/** Describes tools to a model whose chat template does not show them. */
import { ChatMessage } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { ChatFormat } from '../../llm/chat-format/chat-format';
import { toolInstructions } from '../../llm/chat-format/instructions';
import { ToolSet } from '../../llm/chat-format/tools';

const SYSTEM: string = 'system';

/** The messages with a description of the tools in the system message; unchanged if the template shows the tools. */
export function withInstructions(messages: ChatMessage[], format: ChatFormat, tools: ToolSet): ChatMessage[] {
  const said = toolInstructions(format.calls, tools);
  if (said.length == 0) return messages;
  const told = messages.slice();
  const system = new ChatMessage();
  system.role = Text.of(SYSTEM);
  const isFirst = messages.length > 0 && messages[0].role.toString() == SYSTEM;
  system.content = Text.of(isFirst ? `${messages[0].content.toString()}\n\n${said}` : said);
  if (isFirst) told[0] = system;
  else told.unshift(system);
  return told;
}
