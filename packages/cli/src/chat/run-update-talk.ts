// A conversation with a canister that has only llama_cpp_canister's methods: every turn is several calls of run_update.
import { Chat, type ChatOptions, type ChatState, type LlamaCanister } from '@llama-canister/client';
import type { Talk, TalkState } from './talk.js';

/** The same as the client's, continuing a conversation that another way of answering may have begun. */
export class RunUpdateTalk extends Chat implements Talk {
  constructor(
    canister: LlamaCanister,
    { state, ...options }: Omit<ChatOptions, 'state'> & { state: TalkState | undefined },
  ) {
    super(canister, { ...options, state: state && plain(state) });
  }

  override resume(state: TalkState): void {
    super.resume(plain(state));
  }
}

/** What a prompt of run_update can show of it. */
const plain = ({ messages, sessionText }: TalkState): ChatState => ({
  messages: messages.map(({ role, content }) => ({ role, content }) as ChatState['messages'][number]),
  sessionText,
});
