// Writes conversations to a file, to be kept or taken elsewhere, and reads them again.
import type { AnswerState, Call, Conversation, ConversationSettings, Message, Usage } from './model.js';

const FORMAT = 'llama-canister-conversations';
const VERSION = 1;
/** Ids that may be part of the page's address. */
const ID = /^[\w-]{1,64}$/;

export interface Transfer {
  conversations: Conversation[];
  messages: Message[];
}

/** What is wrong with a file of conversations, and where in it. */
class TransferError extends Error {
  override readonly name = 'TransferError';
}

interface Written {
  format: string;
  version: number;
  exported: string;
  conversations: (Omit<Conversation, 'draft'> & { messages: Omit<Message, 'conversation'>[] })[];
}

/** Everything as the text of a file, without drafts. */
export function exported({ conversations, messages }: Transfer, now: Date): string {
  const of = new Map(conversations.map(({ id }) => [id, [] as Message[]]));
  for (const message of messages) of.get(message.conversation)?.push(message);
  const written: Written = {
    format: FORMAT,
    version: VERSION,
    exported: now.toISOString(),
    conversations: conversations.map(({ draft: _, ...rest }) => ({
      ...rest,
      messages: (of.get(rest.id) ?? []).map(({ conversation: __, ...message }) => message),
    })),
  };
  return `${JSON.stringify(written, null, 1)}\n`;
}

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads fields of an object. Its errors say where in the file they are. */
class Reader {
  readonly #fields: Fields;
  readonly where: string;

  constructor(value: unknown, where: string) {
    if (!isFields(value)) throw new TransferError(`${where} is no object`);
    this.#fields = value;
    this.where = where;
  }

  #wrong(name: string, what: string): never {
    throw new TransferError(`${this.where}.${name} is no ${what}`);
  }

  has(name: string): boolean {
    return this.#fields[name] !== undefined && this.#fields[name] !== null;
  }

  text(name: string): string {
    const value = this.#fields[name];
    return typeof value === 'string' ? value : this.#wrong(name, 'text');
  }

  number(name: string): number {
    const value = this.#fields[name];
    return typeof value === 'number' && Number.isFinite(value) ? value : this.#wrong(name, 'number');
  }

  flag(name: string): boolean {
    const value = this.#fields[name];
    return typeof value === 'boolean' ? value : this.#wrong(name, 'true or false');
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T {
    const value = this.text(name);
    return values.find((each) => each === value) ?? this.#wrong(name, `one of ${values.join(', ')}`);
  }

  list<T>(name: string, read: (reader: Reader) => T): T[] {
    const value = this.#fields[name];
    if (!Array.isArray(value)) return this.#wrong(name, 'list');
    return value.map((each, i) => read(new Reader(each, `${this.where}.${name}[${i}]`)));
  }

  under<T>(name: string, read: (reader: Reader) => T): T {
    return read(new Reader(this.#fields[name], `${this.where}.${name}`));
  }

  /** Only the fields that exist. */
  optional<T>(names: readonly (keyof T & string)[], read: (name: string) => unknown): Partial<T> {
    return Object.fromEntries(names.filter((name) => this.has(name)).map((name) => [name, read(name)])) as Partial<T>;
  }
}

function readSettings(reader: Reader): ConversationSettings {
  return {
    ...reader.optional<ConversationSettings>(['system', 'flags'], (name) => reader.text(name)),
    ...reader.optional<ConversationSettings>(
      ['temperature', 'topK', 'topP', 'minP', 'repeatPenalty', 'maxTokens', 'seed'],
      (name) => reader.number(name),
    ),
    ...reader.optional<ConversationSettings>(['thinking'], (name) =>
      reader.oneOf(name, ['on', 'off', 'low', 'medium', 'high']),
    ),
  };
}

function readState(reader: Reader): AnswerState {
  const is = reader.oneOf('is', ['asking', 'coming', 'ended', 'failed']);
  if (is === 'ended') return { is, reason: reader.text('reason') };
  // An answer that was still coming can only be read in the browser that asked for it.
  if (is !== 'failed') return { is: 'ended', reason: 'cancelled' };
  const { code, message, kind } = {
    code: reader.text('code'),
    message: reader.text('message'),
    kind: reader.text('kind'),
  };
  return { is, code, message, kind, ...(reader.has('next') ? { next: reader.text('next') } : {}) };
}

function readUsage(reader: Reader): Usage {
  const names = ['promptTokens', 'cachedTokens', 'generatedTokens', 'thinkingTokens', 'instructions', 'cycles'];
  return Object.fromEntries(
    [...names, 'price', 'duration'].map((name) => [name, reader.number(name)]),
  ) as unknown as Usage;
}

function readCall(reader: Reader): Call {
  const { id, name } = { id: reader.text('id'), name: reader.text('name') };
  return { id, name, arguments: reader.text('arguments'), whole: reader.flag('whole') };
}

function readMessage(reader: Reader, conversation: string): Message {
  return {
    id: reader.text('id'),
    conversation,
    parent: reader.has('parent') ? reader.text('parent') : null,
    role: reader.oneOf('role', ['user', 'assistant', 'tool']),
    created: reader.number('created'),
    content: reader.text('content'),
    ...reader.optional<Message>(['thinking', 'callId', 'model'], (name) => reader.text(name)),
    ...reader.optional<Message>(['seed'], (name) => reader.number(name)),
    ...reader.optional<Message>(['edited'], (name) => reader.flag(name)),
    ...reader.optional<Message>(['calls'], (name) => reader.list(name, readCall)),
    ...reader.optional<Message>(['state'], (name) => reader.under(name, readState)),
    ...reader.optional<Message>(['usage'], (name) => reader.under(name, readUsage)),
  };
}

/**
 * Checks that every message's parent exists and that no id occurs twice, because otherwise the messages are no tree.
 */
function checkTree(messages: readonly Message[], where: string): void {
  const place = new Map<string, number>();
  for (const [i, { id }] of messages.entries()) {
    if (place.has(id)) throw new TransferError(`${where}.messages[${i}].id is that of messages[${place.get(id)}], too`);
    place.set(id, i);
  }
  const parents = new Map(messages.map(({ id, parent }) => [id, parent]));
  const safe = new Set<string>();
  for (const [i, { id, parent }] of messages.entries()) {
    if (parent !== null && !place.has(parent)) throw new TransferError(`${where}.messages[${i}].parent is not there`);
    const way = new Set<string>();
    for (let at: string | null | undefined = id; at != null && !safe.has(at); at = parents.get(at)) {
      if (way.has(at)) throw new TransferError(`${where}.messages[${i}] follows itself`);
      way.add(at);
    }
    for (const each of way) safe.add(each);
  }
}

/**
 * `known` are the messages that are here already: none of them moves to another conversation. Errors: TransferError,
 * which says what is wrong and where.
 */
export function imported(text: string, known: readonly Message[] = []): Transfer {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new TransferError(`it is no JSON: ${error instanceof Error ? error.message : error}`);
  }
  const file = new Reader(value, 'file');
  if (!file.has('format') || file.text('format') !== FORMAT) {
    throw new TransferError(`it is no file of conversations: "format" is not "${FORMAT}"`);
  }
  if (file.number('version') !== VERSION) {
    throw new TransferError(`it is of version ${file.number('version')}; this page reads version ${VERSION}`);
  }
  const messages: Message[] = [];
  const conversations = file.list('conversations', (reader): Conversation => {
    const id = reader.text('id');
    if (!ID.test(id)) throw new TransferError(`${reader.where}.id is no id: 1 to 64 of A-Z, a-z, 0-9, _ and -`);
    const own = reader.list('messages', (each) => readMessage(each, id));
    checkTree(own, reader.where);
    messages.push(...own);
    return {
      id,
      title: reader.text('title'),
      created: reader.number('created'),
      updated: reader.number('updated'),
      canister: reader.text('canister'),
      network: reader.text('network'),
      leaf: reader.has('leaf') ? reader.text('leaf') : null,
      settings: reader.under('settings', readSettings),
      draft: '',
    };
  });
  for (const [all, what] of [
    [conversations, 'conversations'],
    [messages, 'messages'],
  ] as const) {
    const ids = new Set<string>();
    for (const { id } of all) {
      if (ids.has(id)) throw new TransferError(`two ${what} have the id ${id}`);
      ids.add(id);
    }
  }
  const owners = new Map(known.map(({ id, conversation }) => [id, conversation]));
  for (const { id, conversation } of messages) {
    if ((owners.get(id) ?? conversation) !== conversation) {
      throw new TransferError(`the message ${id} is in another conversation of this browser`);
    }
  }
  return { conversations, messages };
}
