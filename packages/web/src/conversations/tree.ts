// The tree of a conversation's messages: its paths, and where it branches.
import type { Message } from './model.js';

/** The messages of a conversation by their ids, and by their parents. */
export class Tree {
  readonly #byId: ReadonlyMap<string, Message>;
  readonly #children = new Map<string | null, Message[]>();

  constructor(messages: Iterable<Message>) {
    const all = [...messages].sort((one, other) => one.created - other.created || (one.id < other.id ? -1 : 1));
    this.#byId = new Map(all.map((message) => [message.id, message]));
    for (const message of all) {
      // A message whose parent is missing begins a path of its own.
      const parent = message.parent !== null && this.#byId.has(message.parent) ? message.parent : null;
      const siblings = this.#children.get(parent);
      if (siblings) siblings.push(message);
      else this.#children.set(parent, [message]);
    }
  }

  get(id: string): Message | undefined {
    return this.#byId.get(id);
  }

  /** Messages with the same parent, the oldest first. */
  siblings(message: Message): readonly Message[] {
    const known = message.parent !== null && this.#byId.has(message.parent) ? message.parent : null;
    return this.#children.get(known) ?? [];
  }

  children(id: string | null): readonly Message[] {
    return this.#children.get(id) ?? [];
  }

  /** The path from the root to a message; to the newest leaf without a message, or if it does not exist. */
  path(leaf: string | null): Message[] {
    const path: Message[] = [];
    const seen = new Set<string>();
    let at = leaf === null ? undefined : this.#byId.get(leaf);
    at ??= this.#byId.get(this.newestLeaf(null) ?? '');
    while (at && !seen.has(at.id)) {
      seen.add(at.id);
      path.push(at);
      at = at.parent === null ? undefined : this.#byId.get(at.parent);
    }
    return path.reverse();
  }

  /** The leaf that is reached by the newest message each time; the message itself if nothing follows it. */
  newestLeaf(from: string | null): string | null {
    let at = from;
    for (;;) {
      const next = this.children(at).at(-1);
      if (!next) return at;
      at = next.id;
    }
  }

  /** A message with all that follow it. */
  below(id: string): Message[] {
    const found: Message[] = [];
    const waiting = [id];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const message = this.#byId.get(at);
      if (message) found.push(message);
      waiting.push(...this.children(at).map((child) => child.id));
    }
    return found;
  }
}
