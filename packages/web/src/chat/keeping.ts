// Keeps conversations in the canister that they are with, if the user wants it, so that they are on all devices.
import type { LlamaClient } from '@llama-canister/client';
import { signal } from '@preact/signals';
import { merged, type Whole } from '../conversations/merge.js';
import { isComing } from '../conversations/model.js';
import { packed, textOf, unpacked } from '../conversations/packed.js';
import type { Store } from '../store/store.js';
import type { Connections } from './connections.js';
import { type Failure, failureOf } from './failure.js';
import type { CanisterChoice } from './places.js';
import { Throttle } from './throttle.js';

/**
 * What browser and canister had when they were last compared: the document's version, and the SHA-256 of the
 * conversation's text.
 */
type Known = Readonly<Record<string, { version: bigint; text: string } | undefined>>;

/** A document that says that its conversation was deleted: one byte, which cannot be gzip. */
const GONE = new Uint8Array(1);
/** Names that a document may have. */
const NAME = /^[\w-]{1,64}$/;
/** The most bytes of a document. */
const MOST = 1_000_000;
const AFTER_MS = 2_000;
const EVERY_MS = 30_000;

async function digest(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export class Keeping {
  /** Whether conversations are kept in the current canister. */
  readonly isOn = signal(false);
  readonly failure = signal<Failure | undefined>(undefined);
  /** How many conversations are too long to be kept. */
  readonly tooLong = signal(0);
  readonly #store: Store;
  readonly #connections: Connections;
  #place: CanisterChoice | undefined;
  #principal = '';
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Hashes of the conversations in this browser, until they change. */
  readonly #hashes = new Map<string, string>();
  readonly #soon = new Throttle(() => void this.round(), AFTER_MS);

  constructor(store: Store, connections: Connections) {
    this.#store = store;
    this.#connections = connections;
    store.listen((change) => {
      if (change.of === 'setting') return;
      if (change.of === 'everything') this.#hashes.clear();
      else this.#hashes.delete(change.conversation);
      if (this.isOn.peek()) this.#soon.call();
    });
  }

  /** The name of a setting for this canister and this user, because each user has other documents. */
  #name(what: string): string {
    return `${what} of ${this.#principal} at ${this.#place?.network} ${this.#place?.id}`;
  }

  /** From now on, keeps the conversations with this canister, if the user has chosen that for it. */
  async at(place: CanisterChoice | undefined, principal: string): Promise<void> {
    if (place?.id === this.#place?.id && place?.network === this.#place?.network && principal === this.#principal)
      return;
    this.#place = place;
    this.#principal = principal;
    clearInterval(this.#timer);
    this.isOn.value = place !== undefined && (await this.#store.setting<boolean>(this.#name('kept'))) === true;
    if (this.isOn.value) this.#begin();
  }

  #begin(): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => document.visibilityState === 'visible' && void this.round(), EVERY_MS);
    void this.round();
  }

  async set(isOn: boolean): Promise<void> {
    await this.#store.set(this.#name('kept'), isOn);
    this.isOn.value = isOn;
    if (isOn) this.#begin();
    else clearInterval(this.#timer);
  }

  /** Deletes all conversations from the canister; those in this browser stay. */
  async removeThere(): Promise<void> {
    await this.set(false);
    const { llama } = await this.#connections.canister(this.#place!.network, this.#place!.id);
    for (const { name } of await llama.canister.ok('document_list', [])) {
      await llama.canister.ok('document_remove', [{ name }]);
    }
    await this.#store.set(this.#name('known'), {});
  }

  /** Compares all conversations with the canister's; only one tab does so at a time. */
  round(): Promise<void> {
    const place = this.#place;
    if (!place || !this.isOn.peek()) return Promise.resolve();
    return navigator.locks.request(this.#name('keeping'), async () => {
      try {
        const { llama } = await this.#connections.canister(place.network, place.id);
        await this.#compare(llama, place);
        this.failure.value = undefined;
      } catch (error) {
        this.failure.value = failureOf(error);
      }
    });
  }

  async #compare(llama: LlamaClient, place: CanisterChoice): Promise<void> {
    const documents = new Map((await llama.canister.ok('document_list', [])).map((each) => [each.name, each]));
    const here = (await this.#store.conversations())
      .filter(({ canister, network, id }) => canister === place.id && network === place.network && NAME.test(id))
      .map(({ id }) => id);
    const name = this.#name('known');
    const known: { [id: string]: Known[string] } = { ...(await this.#store.setting<Known>(name)) };
    let tooLong = 0;
    for (const id of new Set([...here, ...documents.keys(), ...Object.keys(known)])) {
      const document = documents.get(id);
      const outcome = await this.#one(llama, id, document, known[id]);
      if (outcome === 'too long') tooLong += 1;
      else if (outcome !== known[id]) {
        known[id] = outcome;
        await this.#store.set(name, known);
      }
    }
    this.tooLong.value = tooLong;
  }

  async #here(id: string): Promise<Whole | undefined> {
    const conversation = await this.#store.conversation(id);
    return conversation && { conversation, messages: await this.#store.messages(id) };
  }

  /**
   * The hash of the conversation in this browser, '' if there is none; undefined while an answer is coming, because the
   * conversation is not complete then.
   */
  async #hashOf(id: string): Promise<string | undefined> {
    const cached = this.#hashes.get(id);
    if (cached !== undefined) return cached;
    const whole = await this.#here(id);
    if (whole?.messages.some(isComing)) return undefined;
    const hash = whole ? await digest(textOf(whole)) : '';
    this.#hashes.set(id, hash);
    return hash;
  }

  /** Compares one conversation in the browser and in the canister. Returns what both have afterwards. */
  async #one(
    llama: LlamaClient,
    id: string,
    document: { version: bigint; size: bigint } | undefined,
    known: Known[string],
  ): Promise<Known[string] | 'too long'> {
    const hash = await this.#hashOf(id);
    if (hash === undefined) return known;
    const isSameHere = hash === (known?.text ?? '');
    const put = async (content: Uint8Array, text: string) => {
      if (content.length > MOST) return 'too long';
      const input = { name: id, content, replaces: [document?.version ?? 0n] as [bigint] };
      return { version: (await llama.canister.ok('document_put', [input])).version, text };
    };
    if (document && document.version !== known?.version) {
      const isGone = document.size === BigInt(GONE.length);
      if (!isGone) return this.#take(llama, id, document.version, isSameHere, put);
      if (isSameHere || hash === '') {
        await this.#store.remove(id);
        return { version: document.version, text: '' };
      }
    }
    if (isSameHere && (document || hash === '')) return known;
    const whole = await this.#here(id);
    return whole ? put(await packed(textOf(whole)), hash) : put(GONE, '');
  }

  /** Takes what another device has written, merged with what was added here since. */
  async #take(
    llama: LlamaClient,
    id: string,
    version: bigint,
    isSameHere: boolean,
    put: (content: Uint8Array, text: string) => Promise<Known[string] | 'too long'>,
  ): Promise<Known[string] | 'too long'> {
    const { content } = await llama.canister.ok('document_get', [{ name: id }]);
    const there = await unpacked(Uint8Array.from(content));
    if (there.conversation.id !== id) throw new Error(`${id} has another conversation in it`);
    const here = await this.#here(id);
    const both = here && !isSameHere ? merged(here, there) : there;
    const conversation = { ...both.conversation, draft: here?.conversation.draft ?? '' };
    await this.#store.replace({ conversation, messages: both.messages });
    const text = textOf(both);
    const hash = await digest(text);
    return both === there ? { version, text: hash } : put(await packed(text), hash);
  }
}
