// The parts of an answer, in the order in which they come.

/** A likely token at some position: its bytes, which may be a part of a character, and their text. */
export interface TokenAlternative {
  bytes: Uint8Array;
  /** The bytes as UTF-8, with U+FFFD for incomplete characters. */
  text: string;
  /** Natural logarithm of its probability, by the model's own logits. */
  logprob: number;
}

/**
 * The progress of an answer: it is queued, its prompt is being evaluated, its text is being generated, the canister is
 * waiting for something (`reason`), or for the subnet's random number.
 */
export type ProgressState = 'queued' | 'reading' | 'generating' | 'paused' | 'waiting-for-seed';

/** Reported when something has changed. Numbers that a canister does not report are 0. */
export interface Progress {
  type: 'progress';
  state: ProgressState;
  /** Why it is paused. */
  reason?: string;
  /** Answers in the queue before this one. */
  place: number;
  /** The most instructions that are still to be executed. */
  instructionsLeft: number;
  /** Messages of the canister that this takes, including the shares of others. */
  messagesLeft: number;
  promptTokens: number;
  /** Of the prompt's tokens, those that were evaluated before. */
  cachedTokens: number;
}

/** The cost of an answer. Tokens are counts. */
export interface AnswerUsage {
  promptTokens: number;
  /** Of the prompt's tokens, those that were evaluated before. */
  cachedTokens: number;
  generatedTokens: number;
  /** The generated tokens that are thoughts. */
  thinkingTokens: number;
  /** Instructions of the canister. */
  instructions: number;
  /** Cycles that the canister pays for them on a subnet of 13 nodes. */
  cycles: bigint;
  /** Cycles that the caller has paid. */
  price: bigint;
  /** `cycles` in US dollars, if `usdPerTrillionCycles` was given. */
  usd?: number;
}

/**
 * Why an answer ended: by the model, by a stop text, by its limit of tokens, because the context is full, with tool
 * calls, or because it was cancelled.
 */
export type AnswerEnd = 'end' | 'stop' | 'max-tokens' | 'context-full' | 'tool-calls' | 'cancelled';

/** A part of an answer. `index` numbers its tool calls from 0. */
export type Delta =
  | { type: 'text'; text: string }
  | { type: 'thinking'; text: string }
  | { type: 'tool-call'; index: number; id: string; name: string }
  /** More of a call's arguments, which are a JSON object when joined. */
  | { type: 'tool-arguments'; index: number; text: string }
  | { type: 'tool-call-end'; index: number }
  /** Only with `logprobs`. */
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

/** The content of an answer so far. */
export interface SaidSoFar {
  readonly text: string;
  readonly thinking: string;
  /** The complete calls; one that the end of the answer has cut off is left out. */
  readonly toolCalls: readonly ToolCall[];
}

/** All of an answer. */
export interface AnswerResult extends SaidSoFar {
  reason: AnswerEnd;
  stop?: string;
  usage: AnswerUsage;
}

/** Joins deltas. */
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
        // A reader that begins in the middle of a call does not know its name.
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

  /** Undefined until the answer has ended. */
  get result(): AnswerResult | undefined {
    if (!this.#end) return undefined;
    const { type: _, ...end } = this.#end;
    const { text, thinking, toolCalls } = this;
    return { text, thinking, toolCalls, ...end };
  }
}
