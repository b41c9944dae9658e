import { Span } from '../../memory/span';
import { Extent } from '../../memory/extent';
import { Code, Problem, Result } from '../../problem';
import { Budget } from '../budget';
import { Sequence } from '../cache/sequence';
import { ChatConstraint, Choice } from '../chat-format/chat-constraint';
import { ChatFormat } from '../chat-format/chat-format';
import { ToolSet } from '../chat-format/tools';
import { Evaluation } from '../evaluation';
import { GbnfText } from '../grammar/gbnf-text';
import { GrammarSource } from '../grammar/grammar-source';
import { Rules } from '../grammar/rules';
import { JsonSchema } from '../schema/json-schema';
import { Tokenizer } from '../tokenizer/tokenizer';
import { Answer } from './answer';
import { AnswerRequest } from './answer-request';
import { Constraints } from './constraint';
import { Generation } from './generation';
import { PreparedRequest } from './prepared-request';
import { Request } from './request';

/** Tokens at the end of a prompt that determine how its answer begins. */
const LAST: i32 = 64;

const space = new Extent();

/** A checked and compiled answer to the prompt of one sequence. */
@final
export class PreparedAnswer {
  private constructor(
    private readonly prepared: PreparedRequest,
    readonly answer: Answer,
  ) {}

  /**
   * @param format  how the model writes thoughts and calls, if it answers messages; null: everything is text
   * @param tokens  of the prompt, i32 * count
   */
  static of(
    asked: AnswerRequest,
    format: ChatFormat | null,
    tokens: usize,
    count: i32,
    evaluation: Evaluation,
    tokenizer: Tokenizer,
    constraints: Constraints,
  ): Result<PreparedAnswer> {
    if (!space.reserve(<usize>max<u32>(1, tokenizer.longestPiece) * LAST)) {
      return Result.fail<PreparedAnswer>(new Problem('there is no room to look at the prompt', Code.HEAP_FULL));
    }
    const end = endOf(tokens, count, tokenizer);
    if (format !== null) holdAnswer(asked, format, end);
    asked.request.wantsLogits = asked.alternatives >= 0;
    const made = PreparedRequest.of(asked.request, evaluation, tokenizer, constraints);
    const prepared = made.value;
    if (prepared === null) return Result.fail<PreparedAnswer>(made.problem!);
    const answer = new Answer(
      tokenizer,
      format === null ? plain : format,
      // A call of a tool that was not offered is text.
      asked.choice == Choice.None ? new ToolSet() : asked.tools,
      end,
      asked.continues,
      count,
      ((<u64>asked.seed) << 32) | (<u64>count),
      asked.calls,
      asked.stops,
      asked.mostThoughts,
      asked.alternatives,
      <u32>evaluation.model.vocabulary,
    );
    return Result.ok<PreparedAnswer>(new PreparedAnswer(prepared, answer));
  }

  /** As PreparedRequest.generation, with the answer reported as it goes. */
  generation(sequence: Sequence, budget: Budget): Generation {
    const generation = this.prepared.generation(sequence, budget);
    generation.guide = this.answer;
    return generation;
  }

  dispose(): void {
    this.prepared.dispose();
    this.answer.dispose();
  }
}

/** Has no thoughts and no calls. */
const plain = new ChatFormat();

/** The text of the last tokens of a prompt, control tokens shown. */
function endOf(tokens: usize, count: i32, tokenizer: Tokenizer): string {
  let size: u32 = 0;
  for (let i = max(0, count - LAST); i < count; ++i) {
    size += tokenizer.decode(load<i32>(tokens + ((<usize>i) << 2)), true, space.ptr + size);
  }
  return String.UTF8.decodeUnsafe(space.ptr, size);
}

/** A constraint with a name for its problems. */
class Named extends GrammarSource {
  constructor(
    private readonly source: GrammarSource,
    private readonly name: string,
  ) {
    super();
  }

  write(rules: Rules, tokenizer: Tokenizer): Problem | null {
    const problem = this.source.write(rules, tokenizer);
    return problem === null ? null : problem.of(this.name);
  }
}

/** Holds a chat's answer to the request: calls to the tools, the rest to the response format, after the thoughts. */
function holdAnswer(asked: AnswerRequest, format: ChatFormat, promptEnd: string): void {
  const request = asked.request;
  const response = sourceOf(request);
  const held = new ChatConstraint(format, asked.tools, asked.choice, promptEnd, response);
  held.continues = asked.continues;
  held.isParallel = asked.isParallel;
  held.name = asked.tool;
  request.constraint = null;
  request.constraintSource = held.isNeeded ? held : null;
  // Problems of a tool or of the response format name their origin themselves.
  request.constraintName = '';
}

function sourceOf(request: Request): GrammarSource | null {
  const text: Span | null = request.constraint;
  if (text === null) return null;
  const source: GrammarSource = request.isSchema
    ? new JsonSchema(text.ptr, text.size)
    : new GbnfText(text.ptr, text.size);
  return new Named(source, request.constraintName);
}
