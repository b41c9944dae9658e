/** A prompt as tokens. */
import { Span } from '../../memory/span';
import { Code, Problem, Result } from '../../problem';
import { Budget } from '../budget';
import { commonPrefix } from '../cache/common-prefix';
import { Sequence } from '../cache/sequence';
import { ChatPrompt } from '../template/chat';
import { MAX_INSTRUCTIONS_PER_BYTE, Tokenizer } from '../tokenizer/tokenizer';

/** Instructions of tokenizing besides those for each byte: the vocabulary's pages. */
const TOKENIZING: u64 = 2_000_000;
/** Prompts up to this many bytes are always tokenized, so that an error can say how many tokens there are. */
const ALWAYS_TOKENIZED: u32 = 64 << 10;
/** Positions that llama.cpp keeps free after a prompt. */
const KEPT_FREE: i32 = 4;

/** The tokens; valid until the next text is tokenized. */
@final
export class PromptTokens {
  private constructor(
    /** i32 * count. */
    readonly ptr: usize,
    readonly count: i32,
  ) {}

  /** Tokenizes a prompt that has to fit the context. */
  static of(prompt: Span, tokenizer: Tokenizer, context: i32, budget: Budget): Result<PromptTokens> {
    const cost = <u64>prompt.size * MAX_INSTRUCTIONS_PER_BYTE + TOKENIZING;
    const left = budget.remaining();
    if (cost > left) {
      return refused(
        `to tokenize the prompt's ${prompt.size} bytes may take ${cost} instructions, and the call has ${left} left`,
      );
    }
    const most = context - KEPT_FREE;
    const atLeast = prompt.size / max<u32>(tokenizer.longestPiece, 1);
    if (prompt.size > ALWAYS_TOKENIZED && atLeast > <u32>most) {
      return refused(`main_: error: prompt is too long (at least ${atLeast} tokens, max ${most})`);
    }
    const problem = tokenizer.encode(prompt.ptr, prompt.size, true, true);
    if (problem !== null) return Result.fail<PromptTokens>(problem);
    const count = tokenizer.count;
    if (count > most) return refused(`main_: error: prompt is too long (${count} tokens, max ${most})`);
    return Result.ok<PromptTokens>(new PromptTokens(tokenizer.tokens, count));
  }

  /** Tokenizes a text that need not fit the context. */
  static ofText(
    text: Span,
    tokenizer: Tokenizer,
    addSpecial: bool,
    parseSpecial: bool,
    budget: Budget,
  ): Result<PromptTokens> {
    const cost = <u64>text.size * MAX_INSTRUCTIONS_PER_BYTE + TOKENIZING;
    const left = budget.remaining();
    if (cost > left) {
      return refused(`${text.size} bytes may take ${cost} instructions, and the call has ${left} left`);
    }
    const problem = tokenizer.encode(text.ptr, text.size, addSpecial, parseSpecial);
    if (problem !== null) return Result.fail<PromptTokens>(problem);
    return Result.ok<PromptTokens>(new PromptTokens(tokenizer.tokens, tokenizer.count));
  }

  /** Tokenizes the output of a chat template, which has to fit the context. */
  static ofChat(prompt: ChatPrompt, tokenizer: Tokenizer, context: i32, budget: Budget): Result<PromptTokens> {
    const output = prompt.output;
    if (<u64>output.length * MAX_INSTRUCTIONS_PER_BYTE + TOKENIZING > budget.remaining()) {
      return refused(`the prompt has ${output.length} bytes, too many to be made tokens in one message`);
    }
    const runs = output.runs;
    const problem = tokenizer.encodeRendered(output.bytes, output.length, runs, output.runCount, !prompt.hasBos);
    if (problem !== null) return Result.fail<PromptTokens>(problem);
    const count = tokenizer.count;
    const most = context - KEPT_FREE;
    if (count > most) return refused(`prompt is too long (${count} tokens, max ${most})`);
    if (count == 0) return refused('messages: the chat template makes an empty prompt of them');
    return Result.ok<PromptTokens>(new PromptTokens(tokenizer.tokens, count));
  }

  /** How many of them a sequence begins with, among its first `most` tokens. */
  commonWith(sequence: Sequence, most: i32): i32 {
    return commonPrefix(sequence.tokens, this.ptr, min(this.count, most));
  }

  /** The address of the tokens after the first `count`. */
  behind(count: i32): usize {
    return this.ptr + ((<usize>count) << 2);
  }
}

function refused(why: string, code: Code = Code.INVALID): Result<PromptTokens> {
  return Result.fail<PromptTokens>(new Problem(why, code));
}
