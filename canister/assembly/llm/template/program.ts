import { Code, Problem, Result } from '../../problem';
import { Arena } from './arena';
import { Lexer } from './lexer';
import { Names } from './names';
import { StatementParser } from './statement-parser';
import { find, plainText } from './texts';
import { Tokens } from './tokens';

/** Longest template: the largest published ones have 30 KiB. */
export const MAX_TEMPLATE: u32 = 256 << 10;
/** Memory of a program: about 30 bytes for each byte of a template. */
const MAX_MEMORY: usize = 32 << 20;

/** A template that has been read. Its memory is held until `dispose`. */
@final
export class Program {
  /** Its model tells developers from systems, as OpenAI's own format with channels does. */
  hasChannels: bool = false;
  /** The first statement. */
  first: usize = 0;
  readonly names: Names;
  private readonly arena: Arena;

  private constructor() {
    const arena = new Arena(MAX_MEMORY);
    this.arena = arena;
    this.names = new Names(arena);
  }

  /** Reads `length` bytes of UTF-8, which are not needed afterwards. */
  static of(template: usize, length: u32): Result<Program> {
    if (length > MAX_TEMPLATE) {
      return Result.fail<Program>(new Problem(`the chat template has more than ${MAX_TEMPLATE} bytes`));
    }
    const program = new Program();
    const problem = program.read(template, length);
    if (problem === null) return Result.ok<Program>(program);
    program.dispose();
    return Result.fail<Program>(problem);
  }

  private read(template: usize, length: u32): Problem | null {
    // One byte more, for the lexer may look one byte beyond the end.
    const source = this.arena.take(<usize>length + 8);
    if (source == 0) return new Problem('there is no memory to read the chat template', Code.HEAP_FULL);
    memory.copy(source, template, length);
    memory.fill(source + length, 0, 8);
    const channel = String.UTF8.encode('<|channel|>');
    const sought = plainText(this.arena, changetype<usize>(channel), channel.byteLength, true);
    this.hasChannels = find(plainText(this.arena, source, length, true), sought, 0) >= 0;
    const tokens = new Tokens();
    const lexer = new Lexer(tokens, this.names, source, length);
    let problem = lexer.run();
    let line = lexer.line;
    if (problem === null) {
      const parser = new StatementParser(tokens, this.names, this.arena);
      this.first = parser.run();
      problem = parser.problem;
      line = parser.problemLine;
    }
    tokens.dispose();
    if (problem === null) return null;
    return new Problem(`the chat template cannot be read: ${problem.text}, in line ${line}`);
  }

  dispose(): void {
    this.first = 0;
    this.names.dispose();
    this.arena.dispose();
  }
}
