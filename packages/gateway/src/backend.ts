// What the interfaces need of a backend: one canister, several of them, or a script in tests.
import type { AnswerEnd, AnswerUsage, TokenAlternative } from '@llama-canister/client';

export type { TokenAlternative };

/** A message. Roles are those that chat templates know. */
export interface Message {
  role: 'system' | 'user' | 'assistant' | 'tool';
  content: string;
  /** The model's thoughts before it said this. */
  reasoning?: string;
  toolCalls?: { id: string; name: string; arguments: string }[];
  /** For a tool's result: the call that it answers. */
  toolCallId?: string;
  /** For a tool's result: the tool. */
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

/** A request to a model, from any interface. */
export interface Ask {
  model: string;
  prompt: { messages: Message[] } | { text: string };
  /** Whether the answer goes on with the last message, the assistant's; otherwise it begins behind that. */
  continuesLast?: boolean;
  tools: Tool[];
  toolChoice: ToolChoice;
  parallelToolCalls: boolean;
  thinking: { enabled?: boolean | undefined; effort?: string | undefined; maxTokens?: number | undefined };
  /** What the request calls these fields, for telling the client that they had no effect. */
  thinkingFields?: { enabled: string; effort: string };
  /** What the request calls other fields, by the canister's names for them, for saying which of them is wrong. */
  fieldNames?: Readonly<Record<string, string>>;
  /** Alternatives to report for every token; undefined: tokens are not reported. */
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
  /** Requests with the same text go to the same canister of a fleet. */
  affinity: string | undefined;
}

/** Its `price` is paid by the gateway's identity. */
export type Usage = AnswerUsage;
export type EndReason = AnswerEnd;

/** The progress of an answer that has no text yet. */
export interface Progress {
  type: 'progress';
  state: string;
  /** Answers in the queue before this one. */
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

/** A model, and whether it can answer. */
export interface Model {
  id: string;
  /** Seconds since 1970. */
  created: number;
  ready: boolean;
  /** Why it cannot answer. */
  reason: string;
  /** As far as the canister tells. */
  facts: ModelFacts | undefined;
}

export interface ModelFacts {
  /** The canister's id, or several, separated by blanks. */
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
  /** In the order in which they were given. */
  options: { label: string; probability: number; logProbability: number }[];
  /** The most probable one. */
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
  /** Whether names of control tokens in the text become these tokens. Default: yes. */
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
  /** The number of tokens of the prompt. */
  count(ask: Ask, signal: AbortSignal): Promise<number>;
  /** The probabilities of the options of questions about a state. Errors: as `start`. */
  decide(model: string, state: string, questions: readonly DecisionQuestion[], signal: AbortSignal): Promise<Decision>;
  /** Whether a canister has a session of that name, where it can tell. Errors: those of the client. */
  hasSession?(session: string, signal: AbortSignal): Promise<boolean>;
  /** For several canisters: the state of each. */
  members?(): { canister: string; up: boolean; reason: string; open: number }[];
  /** The tokens of a text. Errors: as `start`. */
  tokenize(model: string, text: string, how: TokenizeOptions, signal: AbortSignal): Promise<number[]>;
  /** The text of tokens. Errors: as `start`. */
  detokenize(model: string, tokens: readonly number[], signal: AbortSignal): Promise<string>;
  /** The prompt that the chat template makes of messages. */
  render(ask: Ask, signal: AbortSignal): Promise<string>;
}
