// The conversation that is shown, and the actions in it.
import type { Quote } from '@llama-canister/client';
import { batch, computed, type Signal, signal } from '@preact/signals';
import { branchOff } from '../conversations/copy.js';
import { type Conversation, type ConversationSettings, isComing, type Message, newId } from '../conversations/model.js';
import { titleOf } from '../conversations/title.js';
import { toolResults } from '../conversations/tool-results.js';
import { Tree } from '../conversations/tree.js';
import type { Change, Store } from '../store/store.js';
import { Answers, type Asked, type Live, pathTo } from './answers.js';
import type { Connections } from './connections.js';
import type { KnownPlaces } from './places.js';
import { quoteOf } from './quote.js';
import { newSeed } from './request.js';

/** What a new conversation has before its first question. */
interface Beginning {
  draft: string;
  settings: ConversationSettings;
}

const BEGINNING = 'new conversation';

export class Chat {
  /** Undefined for a new conversation, which is stored with its first question. */
  readonly current = signal<Conversation | undefined>(undefined);
  readonly messages = signal<readonly Message[]>([]);
  readonly beginning = signal<Beginning>({ draft: '', settings: {} });
  readonly tree = computed(() => new Tree(this.messages.value));
  /** The messages that are shown. */
  readonly path = computed(() => this.tree.value.path(this.current.value?.leaf ?? null));
  readonly settings = computed(() => this.current.value?.settings ?? this.beginning.value.settings);
  /** Whether an answer that is shown is still coming. */
  readonly isAnswering = computed(() => this.path.value.some(isComing));
  readonly answers: Answers;
  readonly #store: Store;
  readonly #places: KnownPlaces;
  readonly #connections: Connections;
  readonly #live = new Map<string, Signal<Live | undefined>>();

  constructor(store: Store, connections: Connections, places: KnownPlaces) {
    this.#store = store;
    this.#places = places;
    this.#connections = connections;
    this.answers = new Answers(store, connections, (id, live) => {
      if (live) this.live(id).value = live;
      else void this.#end(id);
    });
    store.listen((change) => void this.#note(change));
  }

  /** An answer as it arrives; undefined unless this tab reads it. */
  live(id: string): Signal<Live | undefined> {
    let live = this.#live.get(id);
    if (!live) {
      live = signal(undefined);
      this.#live.set(id, live);
    }
    return live;
  }

  /** What was read stays until the stored message is shown, which would be an older one for a moment otherwise. */
  async #end(id: string): Promise<void> {
    const live = this.live(id);
    const last = live.peek();
    const conversation = last?.message.conversation;
    if (conversation !== undefined) await this.#note({ of: 'message', conversation, message: id });
    if (live.peek() === last) live.value = undefined;
  }

  async load(): Promise<void> {
    this.beginning.value = (await this.#store.setting<Beginning>(BEGINNING)) ?? { draft: '', settings: {} };
  }

  /** Shows a conversation, or a new one. Returns whether a conversation with that id exists. */
  async open(id: string | undefined): Promise<boolean> {
    const conversation = id === undefined ? undefined : await this.#store.conversation(id);
    const messages = conversation ? await this.#store.messages(conversation.id) : [];
    batch(() => {
      this.current.value = conversation;
      this.messages.value = messages;
    });
    for (const message of messages.filter(isComing)) void this.answers.resume(message);
    return id === undefined || conversation !== undefined;
  }

  async #note(change: Change): Promise<void> {
    if (change.of === 'setting') return;
    const id = this.current.value?.id;
    if (id === undefined) return;
    if (change.of === 'message') {
      if (change.conversation !== id) return;
      const message = await this.#store.message(change.message);
      if (message && this.current.value?.id === id) {
        this.messages.value = this.messages.value.map((each) => (each.id === message.id ? message : each));
      }
      return;
    }
    if (change.of === 'conversation' && change.conversation !== id) return;
    const [conversation, messages] = await Promise.all([this.#store.conversation(id), this.#store.messages(id)]);
    if (this.current.value?.id !== id) return;
    const known = new Set(this.messages.value.map((message) => message.id));
    batch(() => {
      this.current.value = conversation;
      this.messages.value = messages;
    });
    // Another tab has requested this answer; this tab takes over when that one is closed.
    for (const message of messages) if (isComing(message) && !known.has(message.id)) void this.answers.resume(message);
  }

  /** Stores the text that is being typed. */
  async keepDraft(draft: string): Promise<void> {
    const { current } = this;
    if (current.value) {
      return this.#store.change(current.value.id, (conversation) => {
        conversation.draft = draft;
      });
    }
    this.beginning.value = { ...this.beginning.value, draft };
    await this.#store.set(BEGINNING, this.beginning.value);
  }

  async keepSettings(settings: ConversationSettings): Promise<void> {
    if (this.current.value) {
      return this.#store.change(this.current.value.id, (conversation) => {
        conversation.settings = settings;
      });
    }
    this.beginning.value = { ...this.beginning.value, settings };
    await this.#store.set(BEGINNING, this.beginning.value);
  }

  /** The canister of the conversation. */
  readonly place = computed(() => {
    const { current } = this;
    return current.value ? { network: current.value.network, id: current.value.canister } : this.#places.chosen.value;
  });

  async talkTo(network: string, id: string): Promise<void> {
    if (!this.current.value) return this.#places.choose({ network, id });
    await this.#store.change(this.current.value.id, (conversation) => {
      Object.assign(conversation, { network, canister: id });
    });
  }

  /** The most that an answer to this text would cost; undefined if nobody can tell. */
  quote(content: string): Promise<Quote | undefined> {
    return quoteOf(this.#connections, this.place.value, this.path.value, this.settings.value, content);
  }

  /** Sends a question at the end of the conversation that is shown. Returns the conversation's id. */
  async send(text: string): Promise<string | undefined> {
    const current = this.current.value ?? (await this.#begin(text));
    if (!current) return undefined;
    const parent = this.path.value.at(-1)?.id ?? null;
    await this.#ask(current, parent, text);
    return current.id;
  }

  async #begin(question: string): Promise<Conversation | undefined> {
    const place = this.#places.chosen.value;
    if (!place) return undefined;
    const now = Date.now();
    const conversation: Conversation = {
      ...{ id: newId(), title: titleOf(question), created: now, updated: now, leaf: null, draft: '' },
      ...{ canister: place.id, network: place.network, settings: this.beginning.value.settings },
    };
    await this.#store.add(conversation);
    this.beginning.value = { draft: '', settings: {} };
    await this.#store.set(BEGINNING, this.beginning.value);
    batch(() => {
      this.current.value = conversation;
      this.messages.value = [];
    });
    return conversation;
  }

  async #ask(conversation: Conversation, parent: string | null, content: string): Promise<void> {
    const question: Message = {
      ...{ id: newId(), conversation: conversation.id, parent, role: 'user', created: Date.now(), content },
    };
    await this.#answer(conversation, question.id, [question]);
  }

  /** Stores an answer to a message, together with the messages before it, and requests it. */
  async #answer(conversation: Conversation, parent: string, before: readonly Message[]): Promise<void> {
    const since = Date.now();
    const seed = conversation.settings.seed ?? newSeed();
    const answer: Message = {
      ...{
        id: newId(),
        conversation: conversation.id,
        parent,
        role: 'assistant',
        created: since + 1 + before.length,
        content: '',
      },
      ...{ seed, state: { is: 'asking', since } },
    };
    const write = async (): Promise<Asked> => {
      await this.#store.say(conversation.id, [...before, answer], (kept) => {
        kept.updated = since;
        if (before.length > 0) kept.draft = '';
      });
      const path = pathTo(await this.#store.messages(conversation.id), answer);
      return { path, settings: conversation.settings, isContinued: false };
    };
    await this.#begun(answer.id, write());
  }

  /** Resolves when the answer's message is stored; the answer itself arrives later. */
  async #begun(id: string, written: Promise<Asked>): Promise<void> {
    void this.answers.ask(id, written);
    await written;
  }

  /** Asks the same question again, on a branch beside the answer. */
  async regenerate(answer: Message): Promise<void> {
    if (this.current.value && answer.parent !== null) await this.#answer(this.current.value, answer.parent, []);
  }

  /** Asks the question in other words, on a branch beside the old one. */
  async ask(question: Message, content: string): Promise<void> {
    if (this.current.value) await this.#ask(this.current.value, question.parent, content);
  }

  /** Changes the text of a message; the messages after it stay. */
  async edit(message: Message, content: string): Promise<void> {
    await this.#store.changeMessage(message.id, (kept) => {
      if (isComing(kept)) return;
      Object.assign(kept, { content, edited: true });
    });
  }

  /** Continues an answer that has ended. */
  async continue(answer: Message): Promise<void> {
    const conversation = this.current.value;
    if (!conversation) return;
    const path = pathTo(this.messages.value, answer);
    const write = async (): Promise<Asked> => {
      await this.#store.changeMessage(answer.id, (kept) => {
        Object.assign(kept, { seed: newSeed(), state: { is: 'asking', since: Date.now() } });
      });
      return { path, settings: conversation.settings, isContinued: true };
    };
    await this.#begun(answer.id, write());
  }

  /** Reads on an answer that could not be read to its end; an answer that never began is requested again. */
  async again(answer: Message): Promise<void> {
    const { state } = answer;
    if (state?.is !== 'failed' || !state.generation) return this.regenerate(answer);
    const { generation, position = 0 } = state;
    const changed = await this.#store.changeMessage(answer.id, (kept) => {
      if (!isComing(kept)) kept.state = { is: 'coming', generation, position };
    });
    if (changed) void this.answers.resume(changed);
  }

  /** Sends the results of the tools that an answer calls, in the order of its calls. */
  async giveResults(answer: Message, results: readonly string[]): Promise<void> {
    const { current } = this;
    if (!current.value) return;
    const messages = toolResults(answer, results, Date.now());
    await this.#answer(current.value, messages.at(-1)?.id ?? answer.id, messages);
  }

  /** Shows a message with the messages that follow it. */
  async show(message: Message): Promise<void> {
    const leaf = this.tree.value.newestLeaf(message.id);
    await this.#store.change(message.conversation, (conversation) => {
      conversation.leaf = leaf;
    });
  }

  /** Copies the messages up to this one into a new conversation. Returns its id. */
  async branchOff(message: Message): Promise<string | undefined> {
    if (!this.current.value) return undefined;
    const { conversation, messages } = branchOff(this.current.value, this.tree.value.path(message.id), Date.now());
    await this.#store.add(conversation, messages);
    return conversation.id;
  }

  /** Deletes a message with all that follow it; then another branch is shown, if there is one. */
  async remove(message: Message): Promise<void> {
    const tree = this.tree.value;
    const other = tree.siblings(message).findLast(({ id }) => id !== message.id);
    const leaf = other ? tree.newestLeaf(other.id) : message.parent;
    const gone = tree.below(message.id);
    for (const each of gone.filter(isComing)) void this.answers.stop(each.id).catch(() => {});
    const ids = gone.map(({ id }) => id);
    await this.#store.removeMessages(message.conversation, ids, leaf);
  }
}
