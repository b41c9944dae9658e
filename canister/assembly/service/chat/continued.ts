/** What an answer goes on with that does not begin anew, but continues the last message. */
import { ChatMessage } from '../../ic/candid/service.generated';
import { Continues } from '../../llm/template/continues';
import { Problem } from '../../problem';

const NAME: string = 'continue_final_message';

/** Why the last of some messages cannot be continued, or null. */
export function whyNotContinued(messages: ChatMessage[]): Problem | null {
  if (messages.length == 0) return null;
  const last = messages[messages.length - 1];
  if (last.role.toString() != 'assistant') {
    return new Problem(`${NAME}: the last message is not the assistant's, but has the role "${last.role.toString()}"`);
  }
  const calls = last.tool_calls;
  if (calls !== null && calls.length > 0) {
    return new Problem(`${NAME}: the last message has calls, behind which nothing is said; send their results`);
  }
  return null;
}

/** What of the last message is continued: its text or, as long as it has none, its thoughts; nothing where both are empty. */
export function continued(messages: ChatMessage[]): Continues {
  if (messages.length == 0) return Continues.Nothing;
  const last = messages[messages.length - 1];
  if (last.content.size > 0) return Continues.Text;
  const thoughts = last.reasoning;
  return thoughts !== null && thoughts.size > 0 ? Continues.Thoughts : Continues.Nothing;
}
