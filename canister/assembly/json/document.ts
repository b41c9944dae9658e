import { HashIndex, mix } from '../memory/hash-index';
import { Table } from '../memory/table';

export const NULL: u32 = 0;
export const BOOLEAN: u32 = 1;
export const NUMBER: u32 = 2;
export const STRING: u32 = 3;
export const ARRAY: u32 = 4;
export const OBJECT: u32 = 5;

/** No node. */
export const NOWHERE: u32 = u32.MAX_VALUE;
/** The node of the whole text. */
export const ROOT: u32 = 0;

const NODE_BYTES: u32 = 40;
const TEXT: usize = 4;
const LENGTH: usize = 8;
const FIRST: usize = 12;
const NEXT: usize = 16;
const PARENT: usize = 20;
const KEY: usize = 24;
const KEY_LENGTH: usize = 28;
const WORD: usize = 32;

/** Values of one text: 40 MiB. A value has at least one byte, and a comma. */
const MAX_NODES: u32 = 1 << 20;
/** Characters of all strings of one text: 16 MiB. */
const MAX_POINTS: u32 = 1 << 22;
/** Characters of a name that an error shows. */
const SHOWN: u32 = 64;

/**
 * JSON as a tree in raw memory, since texts that callers send may have more values than the managed heap has room for:
 *
 *     nodes   [ kind | text | length | first child | next sibling | parent | name | name's length | word | unused: u32 ] * n
 *     points  [ code point: u32 ] * n      of all strings and names; a surrogate without its other half stands for itself
 *
 * A string's text and a name are places in `points`; a number's text is an address in the source, which has to outlive
 * the tree. An array's and an object's length is the number of its children. The word of a node is for whoever uses the
 * tree: 0 until it is set.
 */
@final
export class JsonDocument {
  private readonly nodes: Table = new Table(NODE_BYTES, MAX_NODES);
  private readonly points: Table = new Table(4, MAX_POINTS);
  /** Members by the hash of their object and name. */
  private readonly members: HashIndex = new HashIndex();

  get count(): u32 {
    return this.nodes.count;
  }

  /** Appends a node without children; NOWHERE if there is no room. */
  add(kind: u32, text: usize, length: u32, parent: u32): u32 {
    const node = this.nodes.append(1);
    if (node < 0) return NOWHERE;
    const row = this.nodes.row(node);
    store<u32>(row, kind);
    store<u32>(row, <u32>text, TEXT);
    store<u32>(row, length, LENGTH);
    store<u32>(row, NOWHERE, FIRST);
    store<u32>(row, NOWHERE, NEXT);
    store<u32>(row, parent, PARENT);
    store<u64>(row, 0, KEY);
    store<u32>(row, 0, WORD);
    return node;
  }

  /** Makes a node the child of its parent that follows `before`, or the first one if that is NOWHERE. */
  link(node: u32, before: u32): void {
    const parent = this.nodes.row(this.parent(node));
    store<u32>(parent, load<u32>(parent, LENGTH) + 1, LENGTH);
    if (before == NOWHERE) store<u32>(parent, node, FIRST);
    else store<u32>(this.nodes.row(before), node, NEXT);
  }

  /** Gives a member its name, `length` points from `place` on. */
  setName(node: u32, place: u32, length: u32): void {
    store<u32>(this.nodes.row(node), place, KEY);
    store<u32>(this.nodes.row(node), length, KEY_LENGTH);
  }

  /** Enters a member, so that it is found by its name. False if memory is short, or if names were chosen to collide. */
  enter(node: u32): bool {
    return this.members.insert(this.memberHash(this.parent(node), this.name(node), this.nameLength(node)), node);
  }

  /** Appends a code point of a string; false if there is no room. */
  addPoint(point: u32): bool {
    const at = this.points.append(1);
    if (at < 0) return false;
    store<u32>(this.points.row(at), point);
    return true;
  }

  get pointCount(): u32 {
    return this.points.count;
  }

  kind(node: u32): u32 {
    return load<u32>(this.nodes.row(node));
  }

  /** Address of a string's code points, [ u32 ] * length, or of a number's source text. */
  text(node: u32): usize {
    const text = load<u32>(this.nodes.row(node), TEXT);
    return this.kind(node) == STRING ? this.points.row(text) : <usize>text;
  }

  /** Code points of a string, bytes of a number, children of anything else. */
  length(node: u32): u32 {
    return load<u32>(this.nodes.row(node), LENGTH);
  }

  first(node: u32): u32 {
    return load<u32>(this.nodes.row(node), FIRST);
  }

  next(node: u32): u32 {
    return load<u32>(this.nodes.row(node), NEXT);
  }

  parent(node: u32): u32 {
    return load<u32>(this.nodes.row(node), PARENT);
  }

  /** Address of the code points of a member's name. */
  name(node: u32): usize {
    return this.points.row(load<u32>(this.nodes.row(node), KEY));
  }

  nameLength(node: u32): u32 {
    return load<u32>(this.nodes.row(node), KEY_LENGTH);
  }

  word(node: u32): u32 {
    return load<u32>(this.nodes.row(node), WORD);
  }

  setWord(node: u32, word: u32): void {
    store<u32>(this.nodes.row(node), word, WORD);
  }

  isMember(node: u32): bool {
    const parent = this.parent(node);
    return parent != NOWHERE && this.kind(parent) == OBJECT;
  }

  isTrue(node: u32): bool {
    return this.kind(node) == BOOLEAN && load<u32>(this.nodes.row(node), TEXT) != 0;
  }

  isFalse(node: u32): bool {
    return this.kind(node) == BOOLEAN && load<u32>(this.nodes.row(node), TEXT) == 0;
  }

  /** The member of an object with a name, NOWHERE if there is none. */
  member(object: u32, name: usize, length: u32): u32 {
    const members = this.members;
    for (let at = members.find(this.memberHash(object, name, length)); at >= 0; at = members.next()) {
      if (this.parent(at) == object && this.nameLength(at) == length && samePoints(this.name(at), name, length)) {
        return at;
      }
    }
    return NOWHERE;
  }

  private memberHash(object: u32, name: usize, length: u32): u64 {
    return mix(object, hashPoints(name, length));
  }

  /** Whether two nodes are the same JSON value; numbers by their text, members in any order. */
  equals(a: u32, b: u32): bool {
    const kind = this.kind(a);
    if (kind != this.kind(b)) return false;
    if (kind == BOOLEAN) return this.isTrue(a) == this.isTrue(b);
    if (this.length(a) != this.length(b)) return false;
    if (kind == NUMBER) return memory.compare(this.text(a), this.text(b), this.length(a)) == 0;
    if (kind == STRING) return samePoints(this.text(a), this.text(b), this.length(a));
    let other = this.first(b);
    for (let child = this.first(a); child != NOWHERE; child = this.next(child)) {
      if (kind == OBJECT) other = this.member(b, this.name(child), this.nameLength(child));
      if (other == NOWHERE || !this.equals(child, other)) return false;
      if (kind == ARRAY) other = this.next(other);
    }
    return true;
  }

  /** The text of code points, cut to the length that an error shows. */
  shown(points: usize, length: u32): string {
    const units: i32[] = [];
    for (let i: u32 = 0; i < min(length, SHOWN); ++i) {
      const point = load<u32>(points + ((<usize>i) << 2));
      if (point > 0xffff) units.push(0xd7c0 + (point >> 10));
      units.push(point > 0xffff ? 0xdc00 + (point & 0x3ff) : point);
    }
    return String.fromCharCodes(units) + (length > SHOWN ? '...' : '');
  }

  /** The place of a node as a JSON pointer after "#". */
  path(node: u32): string {
    let path = '';
    for (let at = node; at != ROOT && at != NOWHERE; at = this.parent(at)) {
      path = `/${this.isMember(at) ? this.stepOf(at) : this.position(at).toString()}${path}`;
    }
    return '#' + path;
  }

  private stepOf(member: u32): string {
    return this.shown(this.name(member), this.nameLength(member)).replaceAll('~', '~0').replaceAll('/', '~1');
  }

  private position(node: u32): u32 {
    let position: u32 = 0;
    for (let at = this.first(this.parent(node)); at != node; at = this.next(at)) ++position;
    return position;
  }

  dispose(): void {
    this.nodes.dispose();
    this.points.dispose();
    this.members.dispose();
  }
}

export function samePoints(a: usize, b: usize, length: u32): bool {
  return memory.compare(a, b, (<usize>length) << 2) == 0;
}

export function hashPoints(points: usize, length: u32): u64 {
  let hash: u64 = length;
  for (let i: u32 = 0; i < length; ++i) hash = mix(hash, load<u32>(points + ((<usize>i) << 2)));
  return hash;
}

/** Whether code points are a text of ASCII. */
export function isAscii(points: usize, length: u32, text: string): bool {
  if (length != <u32>text.length) return false;
  for (let i: u32 = 0; i < length; ++i) {
    if (load<u32>(points + ((<usize>i) << 2)) != <u32>text.charCodeAt(i)) return false;
  }
  return true;
}
