// What a conversation is: messages in a tree, of which one way from the root to a leaf is shown.

/** Settings of a conversation; what is left out is as the model has it. */
export interface ConversationSettings {
  system?: string;
  temperature?: number;
  topK?: number;
  topP?: number;
  minP?: number;
  repeatPenalty?: number;
  maxTokens?: number;
  seed?: number;
  /** Other flags of llama.cpp about sampling, as they are typed. */
  flags?: string;
  thinking?: 'on' | 'off' | 'low' | 'medium' | 'high';
}

export interface Conversation {
  id: string;
  title: string;
  /** Milliseconds since 1970, as all times here. */
  created: number;
  updated: number;
  /** Whom it is with: a canister and the name of its network. */
  canister: string;
  network: string;
  /** The last message of what is shown; null where there is none yet. */
  leaf: string | null;
  settings: ConversationSettings;
  /** What was typed and not sent. */
  draft: string;
}

/** A call of a tool in an answer; `whole` when its arguments are all there. */
export interface Call {
  id: string;
  name: string;
  arguments: string;
  whole: boolean;
}

/** What an answer took. */
export interface Usage {
  promptTokens: number;
  cachedTokens: number;
  generatedTokens: number;
  thinkingTokens: number;
  instructions: number;
  /** Cycles that the canister pays, and that the caller does. */
  cycles: number;
  price: number;
  /** Milliseconds from the first text to the last. */
  duration: number;
}

/**
 * How far an answer is. `asking`: the canister was asked, and its number is not known yet; `coming`: it is read by its number;
 * `ended`, with why; `failed`, with what is to be said about it.
 */
export type AnswerState =
  | { is: 'asking'; since: number }
  | { is: 'coming'; generation: string; position: number }
  | { is: 'ended'; reason: string }
  | { is: 'failed'; code: string; message: string; next?: string; kind: string };

export interface Message {
  id: string;
  conversation: string;
  parent: string | null;
  role: 'user' | 'assistant' | 'tool';
  created: number;
  content: string;
  thinking?: string;
  calls?: Call[];
  /** Of a tool's result. */
  callId?: string;
  /** Of answers. */
  state?: AnswerState;
  usage?: Usage;
  /** What sampling drew from. */
  seed?: number;
  /** The model's name. */
  model?: string;
  edited?: boolean;
}

export function isComing(message: Message): boolean {
  return message.state?.is === 'asking' || message.state?.is === 'coming';
}

export function newId(): string {
  return crypto.randomUUID();
}
