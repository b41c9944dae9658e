// A conversation as the command has it, however the canister answers: by itself, or in calls of run_update.
import type { ChatMessage, GenerationSummary } from '@llama-canister/client';

/** What an answer was, and took. */
export interface TurnSummary extends GenerationSummary {
  /** The model's thoughts, where the canister tells them from the answer. */
  thinking?: string;
  /** What the canister paid, where it says so. */
  cycles?: bigint;
}

/** A conversation as plain JSON. */
export interface TalkState {
  messages: ChatMessage[];
  /** The last prompt and its answer, where they are sent as a text; '' otherwise. */
  sessionText: string;
  /** The number of an answer that has not been read to its end. */
  pending?: string;
}

export type Turn = AsyncGenerator<string, TurnSummary, void>;

export interface Talk {
  readonly messages: readonly ChatMessage[];
  readonly state: TalkState;
  /** Begins a new conversation, with another system message if one is given. */
  reset(system?: string): void;
  /** Goes on with another conversation. */
  resume(state: TalkState): void;
  /** Sends a message, and yields the answer in pieces as it comes. */
  send(content: string, options: { signal?: AbortSignal }): Turn;
  /** The rest of the last answer, if the connection was lost while it was read; undefined: there is none. */
  catchUp?(options: { signal?: AbortSignal }): Turn | undefined;
}
