/** What is asked of an answer beside how its tokens are chosen: what it is behind, what it may call, where it stops. */
import { Span } from '../../memory/span';
import { Problem } from '../../problem';
import { Choice } from '../chat-format/chat-constraint';
import { readTools } from '../chat-format/tool-list';
import { ToolSet } from '../chat-format/tools';
import { Continues } from '../template/continues';
import { quoted } from '../../json/quoted';
import { Request } from './request';


@final
export class AnswerRequest {
  /** It answers messages, by the chat template: thoughts and calls are told apart. Otherwise all of it is text. */
  isChat: bool = false;
  /** What of the last message it goes on with. */
  continues: Continues = Continues.Nothing;
  /** Texts in front of which it ends. */
  readonly stops: Span[] = [];
  readonly tools: ToolSet = new ToolSet();
  choice: Choice = Choice.Auto;
  /** The tool that has to be called, with Choice.Required; empty for any. */
  tool: string = '';
  /** Several calls may be made. */
  isParallel: bool = true;
  /** Tokens of thoughts; negative: as many as the model likes. */
  mostThoughts: i64 = -1;
  /** Likely tokens that are told beside each; negative: no probabilities. */
  alternatives: i32 = -1;
  /** Ids of calls are made of it, where the model writes none, and of the length of the prompt. */
  seed: u32 = 0;

  constructor(readonly request: Request) {}

  /** Whether tools may be called. */
  get calls(): bool {
    return this.choice != Choice.None && this.tools.count > 0;
  }

  /** Takes the tools that are offered, a JSON array, and the choice among them; what is wrong, if anything is. */
  takeTools(list: Span, choice: Choice, tool: string): Problem | null {
    const unread = list.size > 0 ? readTools(list, this.tools) : null;
    if (unread !== null) return unread.of('tools');
    this.choice = choice;
    this.tool = tool;
    if (choice != Choice.Required) return null;
    if (tool.length > 0 && this.tools.find(tool) === null) {
      return new Problem(`tool_choice: there is no tool ${quoted(tool)}`);
    }
    return this.tools.count > 0 ? null : new Problem('tool_choice: a call is required, and there are no tools');
  }
}
