// What an answer consists of, in the order in which it comes.

/** A likely token in the place of another: its bytes, which may be a part of a character, and them as text. */
export interface TokenAlternative {
  bytes: Uint8Array;
  /** The bytes as UTF-8; what is no whole character is U+FFFD. */
  text: string;
  /** Natural logarithm of its probability, by the model's own logits. */
  logprob: number;
}

/**
 * How far an answer is: nothing was done for it yet, its prompt is being evaluated, its text is being generated, the
 * canister waits for something (which is in `reason`), or for the subnet's random number.
 */
export type ProgressState = 'queued' | 'reading' | 'generating' | 'paused' | 'waiting-for-seed';

/** Said when something of it has changed. What a canister does not tell is 0. */
export interface Progress {
  type: 'progress';
  state: ProgressState;
  /** Why it is paused. */
  reason?: string;
  /** Answers that have their turn before this one. */
  place: number;
  /** Instructions that are still to be executed at most. */
  instructionsLeft: number;
  /** Messages of the canister that it takes, with what others ask for. */
  messagesLeft: number;
  promptTokens: number;
  /** Of the prompt's tokens, those that were evaluated before. */
  cachedTokens: number;
}

/** What an answer took. Tokens are numbers of tokens. */
export interface AnswerUsage {
  promptTokens: number;
  /** Of the prompt's tokens, those that were evaluated before. */
  cachedTokens: number;
  generatedTokens: number;
  /** Of the generated ones, those of thoughts. */
  thinkingTokens: number;
  /** Instructions of the canister. */
  instructions: number;
  /** Cycles that the canister pays for them on a subnet of 13 nodes. */
  cycles: bigint;
  /** Cycles that the caller has paid. */
  price: bigint;
  /** What `cycles` are in US dollars; there where `usdPerTrillionCycles` was given. */
  usd?: number;
}

/**
 * Why an answer ended: the model ended it, a stop text came, as many tokens as were asked for are there, the context has no
 * room for more, tools are to be called, or it was cancelled.
 */
export type AnswerEnd = 'end' | 'stop' | 'max-tokens' | 'context-full' | 'tool-calls' | 'cancelled';

/** A part of an answer. `index` numbers the calls of tools in it from 0 on. */
export type Delta =
  | { type: 'text'; text: string }
  | { type: 'thinking'; text: string }
  | { type: 'tool-call'; index: number; id: string; name: string }
  /** More of a call's arguments, which together are the JSON of an object. */
  | { type: 'tool-arguments'; index: number; text: string }
  | { type: 'tool-call-end'; index: number }
  /** Only where `logprobs` was asked for. */
  | ({ type: 'token'; alternatives: TokenAlternative[] } & TokenAlternative)
  | Progress
  /** The last one; `stop` is the stop text. */
  | { type: 'end'; reason: AnswerEnd; stop?: string; usage: AnswerUsage };

/** A call of a tool that the model asks for. */
export interface ToolCall {
  id: string;
  name: string;
  /** The JSON of an object. */
  arguments: string;
}

/** What an answer has said so far. */
export interface SaidSoFar {
  readonly text: string;
  readonly thinking: string;
  /** Those that are whole: one that the end of the answer has cut off is none. */
  readonly toolCalls: readonly ToolCall[];
}

/** All of an answer. */
export interface AnswerResult extends SaidSoFar {
  reason: AnswerEnd;
  stop?: string;
  usage: AnswerUsage;
}

/** Puts deltas together. */
export class Collected implements SaidSoFar {
  text = '';
  thinking = '';
  readonly #calls: ToolCall[] = [];
  readonly #whole = new Set<number>();
  #end: Extract<Delta, { type: 'end' }> | undefined;

  add(delta: Delta): void {
    switch (delta.type) {
      case 'text':
        this.text += delta.text;
        break;
      case 'thinking':
        this.thinking += delta.text;
        break;
      case 'tool-call':
        this.#calls[delta.index] = { id: delta.id, name: delta.name, arguments: '' };
        break;
      case 'tool-arguments':
        // Who begins to read in the middle of a call has not seen its name.
        this.#calls[delta.index] ??= { id: '', name: '', arguments: '' };
        this.#calls[delta.index]!.arguments += delta.text;
        break;
      case 'tool-call-end':
        this.#whole.add(delta.index);
        break;
      case 'end':
        this.#end = delta;
    }
  }

  /** Those that are whole. */
  get toolCalls(): ToolCall[] {
    return this.#calls.filter((_, index) => this.#whole.has(index));
  }

  /** Undefined as long as there is no end. */
  get result(): AnswerResult | undefined {
    if (!this.#end) return undefined;
    const { type: _, ...end } = this.#end;
    const { text, thinking, toolCalls } = this;
    return { text, thinking, toolCalls, ...end };
  }
}
