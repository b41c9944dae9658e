// A conversation: a tree of messages, of which one path from the root to a leaf is shown.

/** Settings of a conversation; a missing one is left to the model. */
export interface ConversationSettings {
  system?: string;
  temperature?: number;
  topK?: number;
  topP?: number;
  minP?: number;
  repeatPenalty?: number;
  maxTokens?: number;
  seed?: number;
  /** Further flags of llama.cpp for sampling, as they were typed. */
  flags?: string;
  thinking?: 'on' | 'off' | 'low' | 'medium' | 'high';
}

export interface Conversation {
  id: string;
  title: string;
  /** In milliseconds since 1970, like all times here. */
  created: number;
  updated: number;
  /** The canister that it is with, and the name of that canister's network. */
  canister: string;
  network: string;
  /** The last message that is shown; null if there is none yet. */
  leaf: string | null;
  settings: ConversationSettings;
  /** Text that was typed and not sent. */
  draft: string;
}

/** A call of a tool in an answer; `whole` if its arguments are complete. */
export interface Call {
  id: string;
  name: string;
  arguments: string;
  whole: boolean;
}

/** The usage of an answer. */
export interface Usage {
  promptTokens: number;
  cachedTokens: number;
  generatedTokens: number;
  thinkingTokens: number;
  instructions: number;
  /** The cycles that the canister pays; `price` is what the caller pays. */
  cycles: number;
  price: number;
  /** Milliseconds from the first text to the last. */
  duration: number;
}

/**
 * How far an answer is. `asking`: it was requested, and its number is not known yet. `coming`: it is being read by its
 * number. `ended`, and why. `failed`, and what to tell the user.
 */
export type AnswerState =
  | { is: 'asking'; since: number }
  | { is: 'coming'; generation: string; position: number }
  | { is: 'ended'; reason: string }
  | {
      is: 'failed';
      code: string;
      message: string;
      next?: string;
      kind: string;
      /** The answer's number, if it has one, and how far it was read: it can be read on. */
      generation?: string;
      position?: number;
    };

export interface Message {
  id: string;
  conversation: string;
  parent: string | null;
  role: 'user' | 'assistant' | 'tool';
  created: number;
  content: string;
  thinking?: string;
  calls?: Call[];
  /** Only in a tool's result. */
  callId?: string;
  /** Only in answers. */
  state?: AnswerState;
  usage?: Usage;
  /** The seed of sampling. */
  seed?: number;
  /** The model's name. */
  model?: string;
  edited?: boolean;
}

export function isComing(message: Message): boolean {
  return message.state?.is === 'asking' || message.state?.is === 'coming';
}

/** The calls of tools whose arguments are complete. */
export function wholeCalls({ calls = [] }: Message): Call[] {
  return calls.filter(({ whole }) => whole);
}

export function newId(): string {
  return crypto.randomUUID();
}
