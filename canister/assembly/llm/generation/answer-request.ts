/** The request for an answer, apart from sampling: the messages or prompt it follows, tools, and stop texts. */
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
  /** It answers messages by the chat template, so thoughts and calls are told apart. Otherwise everything is text. */
  isChat: bool = false;
  /** The part of the last message that it continues. */
  continues: Continues = Continues.Nothing;
  /** Texts that end it; they are not part of it. */
  readonly stops: Span[] = [];
  readonly tools: ToolSet = new ToolSet();
  choice: Choice = Choice.Auto;
  /** The tool that has to be called, with Choice.Required; empty: any. */
  tool: string = '';
  /** Several calls may be made. */
  isParallel: bool = true;
  /** Most tokens of thoughts; negative: no limit. */
  mostThoughts: i64 = -1;
  /** Likely alternatives to report for each token; negative: no probabilities. */
  alternatives: i32 = -1;
  /** If the model writes no ids of calls, they are made from this and from the length of the prompt. */
  seed: u32 = 0;

  constructor(readonly request: Request) {}

  /** Whether tools may be called. */
  get calls(): bool {
    return this.choice != Choice.None && this.tools.count > 0;
  }

  /** Takes the offered tools, a JSON array, and the choice among them; returns the problem, or null. */
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
