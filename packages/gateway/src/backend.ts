// What the interfaces need from a backend, which is one canister, several of them, or a script in tests.
import type { AnswerEnd, AnswerUsage, TokenAlternative } from '@llama-canister/client';

export type { TokenAlternative };

/** A message. Roles are those that chat templates know. */
export interface Message {
  role: 'system' | 'user' | 'assistant' | 'tool';
  content: string;
  /** The model's thoughts before it said this. */
  reasoning?: string;
  toolCalls?: { id: string; name: string; arguments: string }[];
  /** In a tool's result: the id of the call that it answers. */
  toolCallId?: string;
  /** In a tool's result: the name of the tool. */
  name?: string;
}

export interface Tool {
  name: string;
  description: string | undefined;
  /** A JSON schema of the arguments. */
  parameters: object;
  /** The same as in OpenAI's interface. */
  strict?: boolean;
}

export type ToolChoice = 'auto' | 'none' | 'required' | { name: string };

export type ResponseFormat =
  | { type: 'text' }
  | { type: 'json' }
  | { type: 'json_schema'; schema: string }
  | { type: 'gbnf'; grammar: string };

/** A request to a model, from any interface. */
export interface Ask {
  model: string;
  prompt: { messages: Message[] } | { text: string };
  /** Whether the answer continues the last message, which is then the assistant's; otherwise a new message begins. */
  continuesLast?: boolean;
  tools: Tool[];
  toolChoice: ToolChoice;
  parallelToolCalls: boolean;
  thinking: { enabled?: boolean | undefined; effort?: string | undefined; maxTokens?: number | undefined };
  /** The request's own names for the thinking fields, to tell the client which of them had no effect. */
  thinkingFields?: { enabled: string; effort: string };
  /** The request's own names for other fields, by the canister's names, to say which of them is wrong. */
  fieldNames?: Readonly<Record<string, string>>;
  /** How many alternatives to report for every token; undefined: tokens are not reported. */
  logprobs: number | undefined;
  /** llama.cpp's flags, one text per word. */
  sampling: string[];
  seed: number | undefined;
  stop: string[];
  maxTokens: number | undefined;
  responseFormat: ResponseFormat;
  /** Variables for the chat template. */
  templateArguments: Record<string, unknown> | undefined;
  /** A session in the canister that the answer continues. */
  session: string | undefined;
  /** Requests with the same text here go to the same canister of a fleet. */
  affinity: string | undefined;
}

/** The gateway's identity pays its `price`. */
export type Usage = AnswerUsage;
export type EndReason = AnswerEnd;

/** The progress of an answer that has no text yet. */
export interface Progress {
  type: 'progress';
  state: string;
  /** Answers in the queue before this one. */
  place: number;
  messagesLeft: number;
  /** Why the answer has to wait. */
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

/** A model, and whether it can answer. */
export interface Model {
  id: string;
  /** Seconds since 1970. */
  created: number;
  ready: boolean;
  /** Why the model cannot answer. */
  reason: string;
  /** As much as the canister reports. */
  facts: ModelFacts | undefined;
}

export interface ModelFacts {
  /** The canister's id, or several of them, separated by blanks. */
  canister: string;
  architecture: string;
  /** The name in the model's file. */
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

/** A question about a state, with its options. */
export interface DecisionQuestion {
  text: string;
  kind: { choice: readonly string[] } | { score: { least: number; greatest: number } } | 'yes-no';
}

export interface DecisionAnswer {
  /** In the order in which the request has them. */
  options: { label: string; probability: number; logProbability: number }[];
  /** The label of the most probable option. */
  best: string;
  /** For a score: the mean of the numbers, weighted by their probabilities. */
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
  /** Whether to add the tokens with which the model begins and ends texts (BOS, EOS). Default: no. */
  addSpecial?: boolean | undefined;
  /** Whether the names of control tokens in the text become these tokens. Default: yes. */
  parseSpecial?: boolean | undefined;
}

/** An answer that has begun. */
export interface Answering extends AsyncIterable<Delta> {
  /** With this, `attach` reads the answer again; undefined if it can be read only once. */
  reference?: string | undefined;
}

export interface Backend {
  models(signal?: AbortSignal): Promise<Model[]>;
  /**
   * Begins an answer, and resolves when the canister has accepted it. When the signal fires, the answer is cancelled in
   * the canister, too. Failures are thrown here or while the answer is read: a Refusal, or an error of the client's.
   */
  start(ask: Ask, signal: AbortSignal): Promise<Answering>;
  /**
   * Reads an answer again from its beginning, whoever began it. When the signal fires, it is cancelled in the canister.
   * Errors: as `start`.
   */
  attach?(reference: string, signal: AbortSignal): Promise<AsyncIterable<Delta>>;
  /** The number of tokens of the prompt. */
  count(ask: Ask, signal: AbortSignal): Promise<number>;
  /** The probabilities of the options of questions about a state. Errors: as `start`. */
  decide(model: string, state: string, questions: readonly DecisionQuestion[], signal: AbortSignal): Promise<Decision>;
  /** Whether a canister has a session with that name, if the backend can tell. Errors: those of the client. */
  hasSession?(session: string, signal: AbortSignal): Promise<boolean>;
  /** The state of each canister, if there are several. */
  members?(): { canister: string; up: boolean; reason: string; open: number }[];
  /** The tokens of a text. Errors: as `start`. */
  tokenize(model: string, text: string, how: TokenizeOptions, signal: AbortSignal): Promise<number[]>;
  /** The text of tokens. Errors: as `start`. */
  detokenize(model: string, tokens: readonly number[], signal: AbortSignal): Promise<string>;
  /** The prompt that the chat template makes of messages. */
  render(ask: Ask, signal: AbortSignal): Promise<string>;
}
