/**
 * GBNF as plainly as possible, to be compared with the engine's: a grammar is a tree, and a state is the set of all
 * that may still come, as lists.
 */
export type Tree =
  | { kind: 'characters'; ranges: readonly (readonly [number, number])[]; negated: boolean }
  | { kind: 'sequence'; items: readonly Tree[] }
  | { kind: 'choice'; items: readonly Tree[] }
  | { kind: 'repeat'; item: Tree; least: number; most: number }
  | { kind: 'rule'; name: string };

export type Rules = Readonly<Record<string, Tree>>;

const escaped = (point: number) => {
  const character = String.fromCodePoint(point);
  return /[a-zA-Z0-9 ]/.test(character) ? character : `\\U${point.toString(16).padStart(8, '0')}`;
};

/** The notation of a tree. */
function gbnf(tree: Tree): string {
  switch (tree.kind) {
    case 'characters': {
      const { ranges, negated } = tree;
      if (ranges.length === 1 && !negated && ranges[0]![0] === ranges[0]![1]) return `"${escaped(ranges[0]![0])}"`;
      const inner = ranges.map(([first, last]) =>
        first === last ? escaped(first) : `${escaped(first)}-${escaped(last)}`,
      );
      return `[${negated ? '^' : ''}${inner.join('')}]`;
    }
    case 'sequence':
      return `(${tree.items.map(gbnf).join(' ')})`;
    case 'choice':
      return `(${tree.items.map(gbnf).join(' | ')})`;
    case 'repeat':
      return `(${gbnf(tree.item)}){${tree.least},${Number.isFinite(tree.most) ? tree.most : ''}}`;
    case 'rule':
      return tree.name;
  }
}

export const grammarText = (rules: Rules) =>
  Object.entries(rules)
    .map(([name, tree]) => `${name} ::= ${gbnf(tree)}\n`)
    .join('');

/** What may still come, in order; null if the text may end. */
interface Rest {
  head: Tree;
  tail: Rest | null;
  key: string;
}

export class ReferenceGrammar {
  readonly #rules: Rules;
  #keys = new Map<Tree, number>();
  #state: Map<string, Rest | null>;

  constructor(rules: Rules) {
    this.#rules = rules;
    this.#state = this.#expand([this.#rest(rules.root!, null)]);
  }

  #rest(head: Tree, tail: Rest | null): Rest {
    let key = head.kind === 'repeat' ? this.#keys.get(head.item) : this.#keys.get(head);
    if (key === undefined) {
      key = this.#keys.size;
      this.#keys.set(head.kind === 'repeat' ? head.item : head, key);
    }
    const counts = head.kind === 'repeat' ? `:${head.least}:${head.most}` : '';
    return { head, tail, key: `${key}${counts},${tail?.key ?? ''}` };
  }

  #expand(rests: (Rest | null)[]): Map<string, Rest | null> {
    const found = new Map<string, Rest | null>();
    const seen = new Set<string>();
    const todo = [...rests];
    while (todo.length > 0) {
      const rest = todo.pop()!;
      const key = rest?.key ?? '';
      if (seen.has(key)) continue;
      seen.add(key);
      if (rest === null) {
        found.set('', null);
        continue;
      }
      const { head, tail } = rest;
      switch (head.kind) {
        case 'characters':
          found.set(key, rest);
          break;
        case 'sequence':
          todo.push(head.items.reduceRight<Rest | null>((after, item) => this.#rest(item, after), tail));
          break;
        case 'choice':
          todo.push(...head.items.map((item) => this.#rest(item, tail)));
          break;
        case 'rule':
          todo.push(this.#rest(this.#rules[head.name]!, tail));
          break;
        case 'repeat': {
          const { item, least, most } = head;
          if (least === 0) todo.push(tail);
          if (most > 0) {
            const again: Tree = { kind: 'repeat', item, least: Math.max(0, least - 1), most: most - 1 };
            todo.push(this.#rest(item, this.#rest(again, tail)));
          }
        }
      }
    }
    return found;
  }

  copy(): ReferenceGrammar {
    const copy = new ReferenceGrammar(this.#rules);
    copy.#keys = this.#keys;
    copy.#state = this.#state;
    return copy;
  }

  get isDead(): boolean {
    return this.#state.size === 0;
  }

  /** Whether the text may end here. */
  get isComplete(): boolean {
    return this.#state.has('');
  }

  /** Whether a character from `first` to `last` may come next. */
  allowsAny(first: number, last: number): boolean {
    return [...this.#state.values()].some((rest) => {
      if (rest?.head.kind !== 'characters') return false;
      const { ranges, negated } = rest.head;
      if (!negated) return ranges.some(([low, high]) => low <= last && first <= high);
      for (let point = first; point <= last; ++point) {
        if (!ranges.some(([low, high]) => low <= point && point <= high)) return true;
      }
      return false;
    });
  }

  /** Goes on by one character. */
  accept(point: number): void {
    const next = [...this.#state.values()].flatMap((rest) => {
      if (rest?.head.kind !== 'characters') return [];
      const { ranges, negated } = rest.head;
      return ranges.some(([low, high]) => low <= point && point <= high) === negated ? [] : [rest.tail];
    });
    this.#state = this.#expand(next);
  }

  /** Whether these bytes may come next; the last ones may be an incomplete character. */
  allows(bytes: Uint8Array): boolean {
    const grammar = this.copy();
    let at = 0;
    while (at < bytes.length && !grammar.isDead) {
      const lead = bytes[at]!;
      const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
      const part = bytes.subarray(at, at + length);
      const [first, last] = completions(part, length);
      if (first > last) return false;
      if (part.length < length) return grammar.allowsAny(first, last);
      grammar.accept(first);
      at += length;
    }
    return !grammar.isDead;
  }
}

/** The range of code points whose characters of `length` bytes begin with these bytes; empty if there are none. */
function completions(part: Uint8Array, length: number): readonly [number, number] {
  const fill = (byte: number) => {
    const whole = new Uint8Array(length).fill(byte);
    whole.set(part);
    return whole;
  };
  const decode = (bytes: Uint8Array) => {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes).codePointAt(0)!;
    } catch {
      return -1;
    }
  };
  if (length === part.length) {
    const point = decode(part);
    return point < 0 ? [1, 0] : [point, point];
  }
  // The least and the greatest well-formed ones, searched from both ends.
  const all: number[] = [];
  for (const second of part.length > 1 ? [part[1]!] : [0x80, 0x90, 0xa0, 0x8f, 0x9f, 0xbf]) {
    for (const rest of [0x80, 0xbf]) {
      const whole = fill(rest);
      if (length > 1 && part.length < 2) whole[1] = second;
      const point = decode(whole);
      if (point >= 0) all.push(point);
    }
  }
  return all.length === 0 ? [1, 0] : [Math.min(...all), Math.max(...all)];
}
