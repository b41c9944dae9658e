// Conversations kept by the canister they are with, where their user wants it: then they are on every device.
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

/** What both had when they were compared last: the document's version, and the text of the conversation as a number. */
type Known = Readonly<Record<string, { version: bigint; text: string } | undefined>>;

/** A document that says that its conversation was deleted: one byte, which is no gzip. */
const GONE = new Uint8Array(1);
/** Names that a document may have. */
const NAME = /^[\w-]{1,64}$/;
/** Bytes of a document. */
const MOST = 1_000_000;
const AFTER_MS = 2_000;
const EVERY_MS = 30_000;

async function digest(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export class Keeping {
  /** Whether the canister that is talked to keeps them. */
  readonly isOn = signal(false);
  readonly failure = signal<Failure | undefined>(undefined);
  /** How many are too long to be kept. */
  readonly tooLong = signal(0);
  readonly #store: Store;
  readonly #connections: Connections;
  #place: CanisterChoice | undefined;
  #principal = '';
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Of the conversations here, until they change. */
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

  /** Of a canister as somebody: another person has other documents. */
  #name(what: string): string {
    return `${what} of ${this.#principal} at ${this.#place?.network} ${this.#place?.id}`;
  }

  /** Keeps those with this canister from now on, if that is wanted of it. */
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

  /** Deletes what the canister has of them; this browser's stay. */
  async removeThere(): Promise<void> {
    await this.set(false);
    const { llama } = await this.#connections.canister(this.#place!.network, this.#place!.id);
    for (const { name } of await llama.canister.ok('document_list', [])) {
      await llama.canister.ok('document_remove', [{ name }]);
    }
    await this.#store.set(this.#name('known'), {});
  }

  /** Compares all of them with the canister's, in one tab after the other. */
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

  /** Of the conversation as it is here, '' where there is none; undefined while an answer comes, which is not whole yet. */
  async #hashOf(id: string): Promise<string | undefined> {
    const cached = this.#hashes.get(id);
    if (cached !== undefined) return cached;
    const whole = await this.#here(id);
    if (whole?.messages.some(isComing)) return undefined;
    const hash = whole ? await digest(textOf(whole)) : '';
    this.#hashes.set(id, hash);
    return hash;
  }

  /** One of them, here and there. Returns what both have then. */
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

  /** Takes what another device has written, together with what was said here since. */
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
