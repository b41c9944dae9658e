// The options of a client's methods, and their checks.
import * as v from 'valibot';
import type { FollowOptions } from './answers/answer.js';
import type { DecideOptions, Question } from './answers/decision.js';
import type { ModelOptions, Prompt } from './answers/options.js';
import { checkMessages, modelOptions } from './answers/options-shape.js';
import { type CallOptions, callEntries } from './canister.js';
import { check, record } from './checks/checked.js';
import { callback, flag, having, maybe, milliseconds, number, object, signal, text, texts } from './checks/shapes.js';
import type { RunUpdateOptions } from './run-update/answer.js';

/** Options for reading an answer. */
export interface ReadAnswerOptions extends FollowOptions {
  /**
   * Let the subnet sign the whole answer at its end, and compare it with what was read; the certificates are in the
   * answer.
   */
  certified?: boolean | undefined;
  /** US dollars per 10^12 cycles, for costs in dollars. 10^12 cycles are one XDR, about 1.4 dollars. */
  usdPerTrillionCycles?: number | undefined;
  /** Milliseconds for which the network or the canister may be unreachable; default: the client's. */
  patience?: number | undefined;
}

export interface AskOptions extends ModelOptions, ReadAnswerOptions {
  /** For canisters that only have llama_cpp_canister's methods. */
  runUpdate?: RunUpdateOptions | undefined;
}

export interface AttachOptions extends ReadAnswerOptions {
  /** The number of the first event to read, as in `position` of an answer; default 0. */
  from?: number | undefined;
}

export interface ClientOptions {
  /**
   * Milliseconds for which the network or the canister may be unreachable while an answer is started or read; default
   * 180_000.
   */
  patience?: number | undefined;
}

/** How a text is tokenized. */
export interface TokenizeOptions {
  /** Adds the tokens with which the model begins and ends texts (BOS, EOS); default false. */
  addSpecial?: boolean | undefined;
  /** Whether names of control tokens in the text become these tokens; default true. With false they are plain text. */
  parseSpecial?: boolean | undefined;
}

const reading = {
  signal: maybe(signal),
  keep: maybe(flag),
  onOver: maybe(callback),
  certified: maybe(flag),
  usdPerTrillionCycles: maybe(number),
  patience: maybe(milliseconds),
} satisfies { [K in keyof Required<ReadAnswerOptions>]: v.GenericSchema };

export const askOptions = record<AskOptions>()({
  ...modelOptions,
  ...reading,
  runUpdate: maybe(
    record<RunUpdateOptions>()({
      format: maybe(having('a chat format', 'prompt', 'continuation')),
      pace: maybe(number),
    }),
  ),
});

export const readOptions = record<ReadAnswerOptions>()(reading);

export const attachOptions = record<AttachOptions>()({ ...reading, from: maybe(v.any()) });

export const clientOptions = record<ClientOptions>()({ patience: maybe(milliseconds) });

/** A quote takes the same options as an answer, although the ones for reading do not change the price. */
export const quoteOptions = record<AskOptions & CallOptions>()({ ...askOptions.entries, ...callEntries });

export const decideOptions = record<DecideOptions>()({
  templateArguments: maybe(object),
  certified: maybe(flag),
  usdPerTrillionCycles: maybe(number),
  patience: maybe(milliseconds),
  signal: maybe(signal),
});

export const questions = v.array(
  record<Question>()({
    text,
    kind: v.union(
      [
        v.literal('yes-no'),
        v.strictObject({ choice: texts }),
        v.strictObject({ score: v.strictObject({ least: number, greatest: number }) }),
      ],
      '"yes-no", { choice } or { score: { least, greatest } }',
    ),
  }),
  'a list of questions',
);

export const tokenizeOptions = record<TokenizeOptions & CallOptions>()({
  addSpecial: maybe(flag),
  parseSpecial: maybe(flag),
  ...callEntries,
});

const token = v.pipe(number, v.integer('a token'), v.minValue(0, 'a token'), v.maxValue(2 ** 32 - 1, 'a token'));

export const tokenList = v.union(
  [v.array(token), v.instance(Uint32Array)],
  'a list of tokens, whole numbers from 0 on',
);

/** Errors: `BAD_ARGUMENT`, `UNKNOWN_OPTION`, `UNKNOWN_ROLE`. */
export function checkAsk(what: 'chat' | 'complete', prompt: Prompt, options: AskOptions): void {
  check(`${what}: options`, askOptions, options);
  if (what === 'complete') check('complete: prompt', text, prompt);
  else checkMessages('chat', prompt, options.roles);
}
