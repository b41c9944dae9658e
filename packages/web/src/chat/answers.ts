// Answers: asked for, read as they come, and read on after a reload or by another tab.
import type { Answer, LlamaClient, Progress } from '@llama-canister/client';
import { type ConversationSettings, isComing, type Message } from '../conversations/model.js';
import { Tree } from '../conversations/tree.js';
import type { Store } from '../store/store.js';
import type { Connections } from './connections.js';
import { addDelta, usageOf } from './deltas.js';
import { type Failure, failureOf, isAway } from './failure.js';
import { online } from './online.js';
import { requestMessages, requestOptions } from './request.js';
import { together } from './spent.js';
import { Throttle } from './throttle.js';

/** An answer as it is read in this tab: ahead of what is written down. */
export interface Live {
  message: Message;
  progress: Progress | undefined;
  /** The network is away; it goes on by itself. */
  waiting: Failure | undefined;
}

/** Milliseconds between two times at which what has come is written down, and shown. */
const WRITE_MS = 500;
const SHOW_MS = 40;
/** How long before it was asked for, by another clock, an answer may have begun whose number was lost. */
const CLOCKS_MS = 600_000;

/** What an answer was asked for with, by the tab that asks. */
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

  /** `onLive` is told of every answer that is read here; undefined when it is not any more. */
  constructor(store: Store, connections: Connections, onLive: (id: string, live: Live | undefined) => void) {
    this.#store = store;
    this.#connections = connections;
    this.#onLive = onLive;
  }

  /** Asks for an answer as soon as its message is written down, in state `asking`; whoever writes is told if that fails. */
  ask(id: string, written: Promise<Asked>): Promise<void> {
    return this.#locked(id, written);
  }

  /** Reads on what was coming. Does nothing for what another tab reads, until that one is closed. */
  resume(message: Message): Promise<void> {
    return isComing(message) ? this.#locked(message.id) : Promise.resolve();
  }

  /** Has the canister end it; what there is stays. */
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

  /** One tab reads an answer; the others show what it writes, and one of them goes on when it is closed. */
  async #locked(id: string, written?: Promise<Asked>): Promise<void> {
    if (this.#reading.has(id)) return;
    const reading: { answer?: Answer; stopped: boolean } = { stopped: false };
    this.#reading.set(id, reading);
    try {
      await navigator.locks.request(`answer ${id}`, async () => {
        // In the lock: another tab that sees the message in between would take it for one whose tab was closed.
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
        const { llama } = await this.#connections.canister(where.network, where.canister);
        const answer = await this.#begin(llama, live.message, first);
        first = undefined;
        if (!answer) return await this.#fail(live, notBegun());
        reading.answer = answer;
        if (reading.stopped) void answer.cancel().catch(() => {});
        return await this.#follow(answer, live);
      } catch (error) {
        const failure = failureOf(error);
        delete reading.answer;
        // Only what is known to be coming is waited for; whoever has not sent a question yet is told.
        if (live.message.state?.is !== 'coming' || !isAway(failure)) return await this.#fail(live, failure);
        live.waiting = failure;
        this.#onLive(message.id, { ...live });
        await online();
        live.waiting = undefined;
      }
    }
  }

  /** Undefined where it turns out that it was never begun. */
  async #begin(llama: LlamaClient, message: Message, asked?: Asked): Promise<Answer | undefined> {
    const { state, seed } = message;
    if (state?.is === 'coming') return llama.attach(state.generation, { from: state.position });
    if (asked) {
      const messages = requestMessages(asked.path, asked.settings, asked.isContinued ? message : undefined);
      const answer = llama.chat(messages, requestOptions(asked.settings, seed!, asked.isContinued));
      await this.#note(message, (await answer.id)?.toString());
      return answer;
    }
    // The page was closed between the question and its number.
    const since = state?.is === 'asking' ? state.since : 0;
    const lost = (await llama.generations.list()).find(
      (each) => each.seed === seed && each.started.getTime() > since - CLOCKS_MS,
    );
    if (!lost) return undefined;
    await this.#note(message, lost.id.toString());
    return llama.attach(lost.id);
  }

  /** The number before everything else: with it nothing of the answer can be lost. */
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
      // It may have been deleted, or asked for anew.
      if (!isComing(kept)) return;
      Object.assign(kept, { content, state: state!, ...(thinking ? { thinking } : {}), ...(calls ? { calls } : {}) });
      if (usage) kept.usage = usage;
    });
  }

  async #fail(live: Live, failure: Failure): Promise<void> {
    const gone = failure.code === 'NO_SUCH_GENERATION' && live.message.content !== '';
    await this.#write({
      ...live.message,
      state: gone ? { is: 'ended', reason: 'forgotten' } : { is: 'failed', ...failure },
    });
  }
}

function notBegun(): Failure {
  return { kind: 'input', code: 'NOT_SENT', message: '' };
}

/** The way to an answer: what it is an answer to. */
export function pathTo(messages: Iterable<Message>, answer: Message): Message[] {
  return new Tree(messages).path(answer.id).slice(0, -1);
}
