/** Turns the messages of a conversation into tokens with the model's chat template. */
import { Span } from '../../memory/span';
import { Problem, Result } from '../../problem';
import { Budget } from '../budget';
import { ByteSource } from '../bytes';
import { GgufFile } from '../gguf/file';
import { JsonDocument, OBJECT, ROOT } from '../../json/document';
import { JsonParser } from '../../json/parser';
import { ChatPrompt } from '../template/chat';
import { Continues } from '../template/continues';
import { ChatFormat } from '../chat-format/chat-format';
import { detectFormat } from '../chat-format/detection';
import { Extent } from '../../memory/extent';
import { readProgram, readTemplate } from '../template/file-template';
import { Program } from '../template/program';
import { Tokenizer } from '../tokenizer/tokenizer';
import { PromptTokens } from './prompt-tokens';

const INSTEAD: string = 'give the prompt as a text';

/** Why a text is not a JSON object, or null. */
export function whyNoObject(text: Span): Problem | null {
  const document = new JsonDocument();
  const unread = new JsonParser(document, text.ptr, text.size).parse();
  const isObject = unread === null && document.kind(ROOT) == OBJECT;
  document.dispose();
  if (isObject) return null;
  return unread === null ? new Problem('it is JSON, but no object') : unread;
}

/** A model's chat template, read on first use. */
@final
export class ChatTemplate {
  private program: Program | null = null;
  private known: ChatFormat | null = null;

  constructor(
    private readonly file: GgufFile,
    private readonly source: ByteSource,
    private readonly tokenizer: Tokenizer,
  ) {}

  /** The template, or the reason that there is none. */
  private read(): Result<Program> {
    const program = this.program;
    if (program !== null) return Result.ok<Program>(program);
    const read = readProgram(this.file, this.source);
    const problem = read.problem;
    if (problem !== null && !problem.passes) return Result.fail<Program>(new Problem(`${problem.text}: ${INSTEAD}`));
    this.program = read.value;
    return read;
  }

  /** How the model writes thoughts and calls, by its template. */
  format(): Result<ChatFormat> {
    const known = this.known;
    if (known !== null) return Result.ok<ChatFormat>(known);
    const read = this.read();
    const program = read.value;
    if (program === null) return Result.fail<ChatFormat>(read.problem!);
    const space = new Extent();
    const found = readTemplate(this.file, this.source, space);
    const text = found.value;
    if (text === null) return Result.fail<ChatFormat>(found.problem!);
    const special = this.tokenizer.special;
    const format = detectFormat(program, text.ptr, text.size, this.textOf(special.bos), this.textOf(special.eos));
    space.release();
    // From now on a control token counts only as a token, not by its text.
    format.bind(this.tokenizer);
    this.known = format;
    return Result.ok<ChatFormat>(format);
  }

  /** The text of a token; empty if there is none. */
  private textOf(token: i32): string {
    const vocabulary = this.tokenizer.vocabulary;
    if (token < 0 || token >= vocabulary.size) return '';
    return String.UTF8.decodeUnsafe(vocabulary.text(token), vocabulary.length(token));
  }

  /**
   * Makes tokens of a conversation: a JSON object of messages and other variables of the template. Texts of messages
   * are never taken for control tokens.
   *
   * @param time      seconds since 1970, for the template
   * @param continues the part of the last message that the prompt ends with
   */
  tokenize(json: Span, time: i64, continues: Continues, context: i32, budget: Budget): Result<PromptTokens> {
    const read = this.read();
    const program = read.value;
    if (program === null) return refused(read.problem!);
    const prompt = new ChatPrompt(program, json.ptr, json.size);
    const special = this.tokenizer.special;
    const vocabulary = this.tokenizer.vocabulary;
    const hasBos = special.bos >= 0 && special.bos < vocabulary.size;
    const hasEos = special.eos >= 0 && special.eos < vocabulary.size;
    prompt.setTokens(
      hasBos ? vocabulary.text(special.bos) : 0,
      hasBos ? vocabulary.length(special.bos) : 0,
      hasEos ? vocabulary.text(special.eos) : 0,
      hasEos ? vocabulary.length(special.eos) : 0,
    );
    prompt.time = time;
    prompt.continues = continues;
    const unmade = prompt.make();
    const made =
      unmade === null ? PromptTokens.ofChat(prompt, this.tokenizer, context, budget) : refused(unmade.of('messages'));
    prompt.dispose();
    return made;
  }

  dispose(): void {
    const program = this.program;
    if (program !== null) program.dispose();
    this.program = null;
    this.known = null;
  }
}

function refused(problem: Problem): Result<PromptTokens> {
  return Result.fail<PromptTokens>(problem);
}
