import { Code, Problem } from '../../problem';
import { GrammarSource } from '../grammar/grammar-source';
import { dropEndless } from '../grammar/productive';
import { Continues } from '../template/continues';
import { NOWHERE, Rules } from '../grammar/rules';
import { quoted } from '../../json/quoted';
import { Tokenizer } from '../tokenizer/tokenizer';
import { AnswerRules } from './answer-rules';
import { ArgumentRules } from './argument-rules';
import { ChatFormat } from './chat-format';
import { FormatRules } from './format-rules';
import { ToolSet } from './tools';

/** Whether tools are called. */
export const enum Choice {
  /** The model decides. */
  Auto,
  /** Never. */
  None,
  /** At least one is called. */
  Required,
}

/**
 * Holds an answer to a format: calls have to fit the tools wherever one begins, and if a call is required, the answer
 * consists of thoughts and calls only. All other text is free, or held to the requested format.
 *
 * The grammar applies from the first token: free text is expressed as rules, too, as text without the mark that begins
 * a call.
 */
@final
export class ChatConstraint extends GrammarSource {
  /** Several calls may be made. */
  isParallel: bool = true;
  /** The tool that has to be called; empty: any. */
  name: string = '';
  /** The part of the last message that the answer continues. */
  continues: Continues = Continues.Nothing;

  /**
   * @param format     bound to the vocabulary
   * @param promptEnd  the last bytes of the prompt, as for a splitter
   * @param response   the format of the answer apart from thoughts and calls; null: any text
   */
  constructor(
    private readonly format: ChatFormat,
    private readonly tools: ToolSet,
    private readonly choice: Choice,
    private readonly promptEnd: string,
    private readonly response: GrammarSource | null,
  ) {
    super();
  }

  /** Whether the answer is constrained at all. */
  get isNeeded(): bool {
    if (this.response !== null || this.choice == Choice.Required) return true;
    return this.choice != Choice.None && this.tools.count > 0;
  }

  write(rules: Rules, tokenizer: Tokenizer): Problem | null {
    const response = this.response;
    const isText = this.continues == Continues.Text;
    if (isText && response !== null) {
      return new Problem('response_format: a text that is continued cannot be held to one: its beginning was not');
    }
    const isBare = this.format.channels === null && this.format.hasBareCalls;
    if (isText && this.choice == Choice.Required && isBare) {
      return new Problem(
        'tool_choice: the calls of this model are whole answers, and cannot follow a text that is continued',
      );
    }
    let answer: i32 = -1;
    if (response !== null) {
      const problem = response.write(rules, tokenizer);
      if (problem !== null) return problem;
      answer = rules.root;
    }
    const called: ArgumentRules[] = [];
    const calls = this.format.calls;
    for (let i = 0; i < this.tools.count && this.choice != Choice.None; ++i) {
      const tool = this.tools.tools[i];
      if (this.name.length > 0 && tool.name != this.name) continue;
      const made = new ArgumentRules(tool, calls.kind, rules, tokenizer);
      const problem = made.problem;
      if (problem !== null) return problem.of(`tool ${quoted(tool.name)}`);
      called.push(made);
    }
    if (this.choice == Choice.Required && called.length == 0) {
      const which = this.name.length > 0 ? `tool ${quoted(this.name)}` : 'tool';
      return new Problem(`there is no ${which} to be called`);
    }
    const to = new FormatRules(rules, tokenizer);
    const isRequired = this.choice == Choice.Required;
    const writing = new AnswerRules(to, this.format, called, isRequired, this.isParallel, answer, this.continues);
    rules.root = writing.root(this.promptEnd);
    let problem = to.problem;
    to.dispose();
    if (problem !== null) return problem;
    if (!dropEndless(rules)) problem = new Problem('no memory is left for the grammar', Code.HEAP_FULL);
    else if (rules.firstAlternative(rules.root) == NOWHERE) {
      problem = new Problem(
        `no answer is finite that the ${called.length > 0 ? 'tools allow' : 'response format allows'}`,
      );
    }
    return problem;
  }
}
