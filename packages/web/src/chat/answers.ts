// Requests answers, reads them as they arrive, and resumes them after a reload or in another tab.
import type { Answer, Progress } from '@llama-canister/client';
import { type ConversationSettings, isComing, type Message } from '../conversations/model.js';
import { Tree } from '../conversations/tree.js';
import type { Store } from '../store/store.js';
import type { Connected, Connections } from './connections.js';
import { addDelta, usageOf } from './deltas.js';
import { type Failure, failureOf, isAway } from './failure.js';
import { online } from './online.js';
import { requestMessages, requestOptions, suggestedBy } from './request.js';
import { together } from './spent.js';
import { Throttle } from './throttle.js';

/** An answer that this tab reads. It is ahead of what is stored. */
export interface Live {
  message: Message;
  progress: Progress | undefined;
  /** Why the answer waits: the network is away, and it goes on by itself later. */
  waiting: Failure | undefined;
}

/** Milliseconds between two times at which the text so far is stored, and shown. */
const WRITE_MS = 500;
const SHOW_MS = 40;
/**
 * How much earlier than the question an answer may seem to have begun, because the canister has another clock. It
 * matters if the number of the answer was lost.
 */
const CLOCKS_MS = 600_000;

/** What the tab that asks for an answer sends with the question. */
export interface Asked {
  path: readonly Message[];
  settings: ConversationSettings;
  isContinued: boolean;
}

export class Answers {
  readonly #store: Store;
  readonly #connections: Connections;
  readonly #onLive: (id: string, live: Live | undefined) => void;
  readonly #reading = new Map<string, { answer?: Answer; stopped: boolean }>();

  /** `onLive` is told of every answer that is read here; it gets undefined when the reading is over. */
  constructor(store: Store, connections: Connections, onLive: (id: string, live: Live | undefined) => void) {
    this.#store = store;
    this.#connections = connections;
    this.#onLive = onLive;
  }

  /**
   * Requests an answer as soon as its message is stored in state `asking`; a failure to store it is reported by the
   * caller.
   */
  ask(id: string, written: Promise<Asked>): Promise<void> {
    return this.#locked(id, written);
  }

  /** Resumes an answer that was coming. If another tab reads it, waits until that one is closed. */
  resume(message: Message): Promise<void> {
    return isComing(message) ? this.#locked(message.id) : Promise.resolve();
  }

  /** Has the canister end the answer; the text so far stays. */
  async stop(id: string): Promise<void> {
    const reading = this.#reading.get(id);
    if (reading) reading.stopped = true;
    if (reading?.answer) return reading.answer.cancel();
    const message = await this.#store.message(id);
    const where = message && (await this.#store.conversation(message.conversation));
    if (!where || message.state?.is !== 'coming') return;
    const { llama } = await this.#connections.canister(where.network, where.canister);
    await llama.generations.cancel(BigInt(message.state.generation));
  }

  async stopThinking(id: string): Promise<void> {
    await this.#reading.get(id)?.answer?.stopThinking();
  }

  /** One tab reads an answer. The others show what it stores; when it is closed, one of them takes over. */
  async #locked(id: string, written?: Promise<Asked>): Promise<void> {
    if (this.#reading.has(id)) return;
    const reading: { answer?: Answer; stopped: boolean } = { stopped: false };
    this.#reading.set(id, reading);
    try {
      await navigator.locks.request(`answer ${id}`, async () => {
        // Stored under the lock: otherwise another tab could see the message and think that its tab was closed.
        const asked = await written?.catch(() => undefined);
        const message = await this.#store.message(id);
        if (message && isComing(message)) await this.#read(message, reading, asked);
      });
    } finally {
      this.#reading.delete(id);
      this.#onLive(id, undefined);
    }
  }

  async #read(message: Message, reading: { answer?: Answer; stopped: boolean }, asked?: Asked): Promise<void> {
    const where = await this.#store.conversation(message.conversation);
    if (!where) return;
    const live: Live = { message, progress: undefined, waiting: undefined };
    this.#onLive(message.id, live);
    let first = asked;
    for (;;) {
      try {
        const connected = await this.#connections.canister(where.network, where.canister);
        const answer = await this.#begin(connected, live.message, first);
        first = undefined;
        if (!answer) return await this.#fail(live, notBegun());
        reading.answer = answer;
        if (reading.stopped) void answer.cancel().catch(() => {});
        return await this.#follow(answer, live);
      } catch (error) {
        const failure = failureOf(error);
        delete reading.answer;
        // Only an answer that is known to be coming is waited for; if the question was not sent yet, the user is told.
        if (live.message.state?.is !== 'coming' || !isAway(failure)) return await this.#fail(live, failure);
        live.waiting = failure;
        this.#onLive(message.id, { ...live });
        await online();
        live.waiting = undefined;
      }
    }
  }

  /** Undefined if it turns out that the answer was never begun. */
  async #begin(connected: Connected, message: Message, asked?: Asked): Promise<Answer | undefined> {
    const { state, seed } = message;
    const { llama } = connected;
    if (state?.is === 'coming') return llama.attach(state.generation, { from: state.position });
    if (asked) {
      const messages = requestMessages(asked.path, asked.settings, asked.isContinued ? message : undefined);
      connected.suggested ??= suggestedBy(await llama.canister.modelInfo());
      const options = requestOptions(asked.settings, seed!, connected.suggested, asked.isContinued);
      const answer = llama.chat(messages, options);
      await this.#note(message, (await answer.id)?.toString());
      return answer;
    }
    // The page was closed after the question was sent, and before its number arrived.
    const since = state?.is === 'asking' ? state.since : 0;
    const lost = (await llama.generations.list()).find(
      (each) => each.seed === seed && each.started.getTime() > since - CLOCKS_MS,
    );
    if (!lost) return undefined;
    await this.#note(message, lost.id.toString());
    return llama.attach(lost.id);
  }

  /** Stored before everything else: with the number, nothing of the answer can be lost. */
  async #note(message: Message, generation: string | undefined): Promise<void> {
    message.state = { is: 'coming', generation: generation ?? '', position: 0 };
    await this.#store.changeMessage(message.id, (kept) => {
      kept.state = message.state!;
    });
  }

  async #follow(answer: Answer, live: Live): Promise<void> {
    const { message } = live;
    const fromBeginning = answer.position === 0;
    let began = 0;
    let last = 0;
    const show = new Throttle(() => this.#onLive(message.id, { ...live, message: { ...message } }), SHOW_MS);
    const write = new Throttle(() => void this.#write(message), WRITE_MS);
    try {
      for await (const delta of answer) {
        if (delta.type === 'progress') live.progress = delta;
        else if (delta.type === 'end') {
          const usage = usageOf(delta.usage, fromBeginning ? last - began : 0);
          write.cancel();
          await this.#write({
            ...message,
            state: { is: 'ended', reason: delta.reason },
            usage: together(message.usage, usage),
          });
        } else {
          addDelta(message, delta);
          last = performance.now();
          began ||= last;
          if (message.state?.is === 'coming') message.state.position = answer.position;
          write.call();
        }
        show.call();
      }
    } finally {
      show.cancel();
      write.flush();
    }
  }

  async #write(message: Message): Promise<void> {
    const { content, thinking, calls, state, usage } = message;
    await this.#store.changeMessage(message.id, (kept) => {
      // The message may have been deleted, or its answer may have been requested again.
      if (!isComing(kept)) return;
      Object.assign(kept, { content, state: state!, ...(thinking ? { thinking } : {}), ...(calls ? { calls } : {}) });
      if (usage) kept.usage = usage;
    });
  }

  async #fail(live: Live, failure: Failure): Promise<void> {
    const { content, state } = live.message;
    const gone = failure.code === 'NO_SUCH_GENERATION';
    // What the canister still computes or keeps can be read on later.
    const isThere = !gone && failure.code !== 'GENERATION_FAILED' && state?.is === 'coming';
    const reached = isThere ? { generation: state.generation, position: state.position } : {};
    await this.#write({
      ...live.message,
      state: gone && content !== '' ? { is: 'ended', reason: 'forgotten' } : { is: 'failed', ...failure, ...reached },
    });
  }
}

function notBegun(): Failure {
  return { kind: 'input', code: 'NOT_SENT', message: '' };
}

/** The messages before an answer, from the root on. */
export function pathTo(messages: Iterable<Message>, answer: Message): Message[] {
  return new Tree(messages).path(answer.id).slice(0, -1);
}
