import { Problem } from '../../problem';
import { Context } from './context';
import { keyAt, sizeOf, valueAt } from './dictionaries';
import { Name } from './names';
import { Program } from './program';
import { newScope, setVariable, variableOf } from './scopes';
import { Statements } from './statements';
import { plainText } from './texts';
import { DICT, LIST, NOTHING, STRING, Value, asData, cellOf, kindOf, valueOf } from './values';

/**
 * One rendering of a template: variables, then `run`, then the text in `output` with the source of each byte. `dispose`
 * releases all memory.
 */
@final
export class Rendering extends Statements {
  /** The messages as they were given. */
  given: Value = NOTHING;
  private readonly scope: usize;

  constructor(private readonly program: Program) {
    super(program.names);
    this.scope = newScope(this.arena, 0);
  }

  /** Sets a variable to a text that is the template's own, as `bos_token`; the bytes have to stay. */
  setToken(name: string, bytes: usize, length: u32): void {
    const named = String.UTF8.encode(name);
    const text = plainText(this.arena, changetype<usize>(named), named.byteLength, true);
    const number = this.names.find(text);
    if (number >= 0) {
      setVariable(this.arena, this.scope, number, valueOf(STRING, plainText(this.arena, bytes, length, true)));
    }
  }

  /** Sets a variable for each member of a JSON object: messages, tools, arguments of the template. All that is data. */
  setVariables(json: usize, bytes: u32): void {
    const variables = new Context(this).read(json, bytes);
    if (this.hasFailed || kindOf(variables) != DICT) return;
    const dictionary = cellOf(variables);
    for (let i: u32 = 0; i < sizeOf(dictionary); ++i) {
      const key = keyAt(dictionary, i);
      // Names that are not in the template need no variable.
      const name = this.names.find(cellOf(key));
      if (name >= 0) setVariable(this.arena, this.scope, name, valueAt(dictionary, i));
    }
    this.given = variableOf(this.scope, Name.Messages);
  }

  /** Sets other messages than those that were given. */
  setMessages(list: usize): void {
    setVariable(this.arena, this.scope, Name.Messages, asData(valueOf(LIST, list)));
  }

  /** Renders. Null, or the problem and its line in the template. */
  run(): Problem | null {
    if (!this.hasFailed) this.block(this.program.first, this.scope);
    this.spend(0);
    return this.located;
  }

  dispose(): void {
    this.arena.dispose();
    this.output.dispose();
  }
}
