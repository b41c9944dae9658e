// What the faces need of whatever answers: a canister, several of them, or a script in tests.
import type { AnswerEnd, AnswerUsage, TokenAlternative } from '@llama-canister/client';

export type { TokenAlternative };

/** Something that was said. Roles are those that chat templates know. */
export interface Message {
  role: 'system' | 'user' | 'assistant' | 'tool';
  content: string;
  /** What the model thought before it said this. */
  reasoning?: string;
  toolCalls?: { id: string; name: string; arguments: string }[];
  /** Of a tool's result: the call that it answers. */
  toolCallId?: string;
  /** Of a tool's result: the tool. */
  name?: string;
}

export interface Tool {
  name: string;
  description: string | undefined;
  /** A JSON schema of the arguments. */
  parameters: object;
  /** As OpenAI has it. */
  strict?: boolean;
}

export type ToolChoice = 'auto' | 'none' | 'required' | { name: string };

export type ResponseFormat =
  | { type: 'text' }
  | { type: 'json' }
  | { type: 'json_schema'; schema: string }
  | { type: 'gbnf'; grammar: string };

/** What is asked of a model, whichever face it came through. */
export interface Ask {
  model: string;
  prompt: { messages: Message[] } | { text: string };
  tools: Tool[];
  toolChoice: ToolChoice;
  parallelToolCalls: boolean;
  thinking: { enabled?: boolean | undefined; effort?: string | undefined; maxTokens?: number | undefined };
  /** What the request calls those, for whoever is told that they had no effect. */
  thinkingFields?: { enabled: string; effort: string };
  /** Alternatives that are told of every token; undefined: tokens are not told at all. */
  logprobs: number | undefined;
  /** llama.cpp's flags, one text per word. */
  sampling: string[];
  seed: number | undefined;
  stop: string[];
  maxTokens: number | undefined;
  responseFormat: ResponseFormat;
  /** Variables for the chat template. */
  templateArguments: Record<string, unknown> | undefined;
  /** A session of the canister's that the answer goes on with. */
  session: string | undefined;
  /** Asks with the same text go to the same canister of a fleet. */
  affinity: string | undefined;
}

/** Its `price` is what the gateway's identity pays. */
export type Usage = AnswerUsage;
export type EndReason = AnswerEnd;

/** How far an answer is that has nothing to say yet. */
export interface Progress {
  type: 'progress';
  state: string;
  /** Answers that have their turn before this one. */
  place: number;
  messagesLeft: number;
  /** Why it waits. */
  reason?: string | undefined;
}

/** A piece of an answer. */
export type Delta =
  | { type: 'text'; text: string }
  | { type: 'thinking'; text: string }
  | { type: 'tool-call'; index: number; id: string; name: string }
  | { type: 'tool-arguments'; index: number; text: string }
  | { type: 'tool-call-end'; index: number }
  | ({ type: 'token'; alternatives: TokenAlternative[] } & TokenAlternative)
  | Progress
  | { type: 'end'; reason: EndReason; stop?: string | undefined; usage: Usage };

/** A model that can be asked. */
export interface Model {
  id: string;
  /** Seconds since 1970. */
  created: number;
  ready: boolean;
  /** Why not. */
  reason: string;
  /** As far as the canister tells. */
  facts: ModelFacts | undefined;
}

export interface ModelFacts {
  /** The canister, or several, separated by blanks. */
  canister: string;
  architecture: string;
  /** As its file calls it. */
  name: string;
  fileType: string;
  parameters: bigint;
  fileBytes: number;
  sha256: string;
  heapBytes: number;
  context: number;
  trainedContext: number;
  chatTemplate: string;
}

/** What is asked of a state, and what may be the answer. */
export interface DecisionQuestion {
  text: string;
  kind: { choice: readonly string[] } | { score: { least: number; greatest: number } } | 'yes-no';
}

export interface DecisionAnswer {
  /** In the order in which they were given. */
  options: { label: string; probability: number; logProbability: number }[];
  /** The most probable one. */
  best: string;
  /** Of a score: the mean of the numbers by their probabilities. */
  expected?: number;
  /** Natural logarithm of the probability that the model would say any of the options. */
  logCoverage: number;
}

export interface Decision {
  answers: DecisionAnswer[];
  usage: Usage;
}

/** How a text becomes tokens. */
export interface TokenizeOptions {
  /** Begin and end with the tokens that the model asks for (BOS, EOS). Default: no. */
  addSpecial?: boolean | undefined;
  /** Names of control tokens in the text are these tokens. Default: yes. */
  parseSpecial?: boolean | undefined;
}

/** An answer that was begun. */
export interface Answering extends AsyncIterable<Delta> {
  /** By which `attach` reads it again; undefined where it can be read once only. */
  reference?: string | undefined;
}

export interface Backend {
  models(signal?: AbortSignal): Promise<Model[]>;
  /**
   * Begins an answer, and resolves when the canister has taken it. When the signal fires, the answer is cancelled in the
   * canister, too. Failures are thrown, here or while it is read: a Refusal, or an error of the client's.
   */
  start(ask: Ask, signal: AbortSignal): Promise<Answering>;
  /**
   * Reads an answer once more from its beginning, whoever began it. When the signal fires, it is cancelled in the canister.
   * Errors: as `start`.
   */
  attach?(reference: string, signal: AbortSignal): Promise<AsyncIterable<Delta>>;
  /** Tokens of the prompt. */
  count(ask: Ask, signal: AbortSignal): Promise<number>;
  /** How probable the answers to questions about a state are. Errors: as `start`. */
  decide(model: string, state: string, questions: readonly DecisionQuestion[], signal: AbortSignal): Promise<Decision>;
  /** Of several canisters, how each of them is. */
  members?(): { canister: string; up: boolean; reason: string; open: number }[];
  /** The tokens of a text. Errors: as `start`. */
  tokenize(model: string, text: string, how: TokenizeOptions, signal: AbortSignal): Promise<number[]>;
  /** The text of tokens. Errors: as `start`. */
  detokenize(model: string, tokens: readonly number[], signal: AbortSignal): Promise<string>;
  /** What the chat template makes of messages. */
  render(ask: Ask, signal: AbortSignal): Promise<string>;
}
