/** Resolves a `$ref` within the same schema. */
import { HashIndex } from '../../memory/hash-index';
import { ARRAY, JsonDocument, NOWHERE, OBJECT, ROOT, STRING, hashPoints, samePoints } from '../../json/document';
import { Table } from '../../memory/table';
import { ANCHOR, DEFS, ID, OLD_ID } from './keywords';

const HASH: u32 = 0x23;
const SLASH: u32 = 0x2f;

/** The schemas of a document by their names in references: their place, their $id or their $anchor. */
@final
export class References {
  /** Schemas by the hash of their $id, or of "#" and their $anchor. */
  private readonly names: HashIndex = new HashIndex();
  /** Objects called $defs, wherever they are. */
  private readonly definitions: Table = new Table(4, 1 << 20);
  private readonly draft: Table = new Table(4, 1 << 20);

  constructor(private readonly document: JsonDocument) {
    for (let node: u32 = 1; node < document.count; ++node) {
      const word = document.word(node);
      if (word == DEFS && document.kind(node) == OBJECT) {
        const at = this.definitions.append(1);
        if (at >= 0) store<u32>(this.definitions.row(at), node);
      }
      if (document.kind(node) != STRING || (word != ID && word != OLD_ID && word != ANCHOR)) continue;
      this.names.insert(hashPoints(document.text(node), document.length(node)), node);
    }
  }

  /** The target of the reference in a node; NOWHERE if missing. */
  resolve(reference: u32): u32 {
    const document = this.document;
    const text = document.text(reference);
    const length = document.length(reference);
    let split: u32 = 0;
    while (split < length && load<u32>(text + ((<usize>split) << 2)) != HASH) ++split;
    const base = split == 0 ? ROOT : this.named(text, split, false);
    if (base == NOWHERE || split + 1 >= length) return base;
    const fragment = text + ((<usize>(split + 1)) << 2);
    if (load<u32>(fragment) != SLASH) return this.named(fragment, length - split - 1, true);
    const found = this.follow(base, fragment, length - split - 1);
    return found != NOWHERE || split > 0 ? found : this.hoisted(fragment, length - 1);
  }

  /** The schema of a $id, or of an $anchor. */
  private named(text: usize, length: u32, isAnchor: bool): u32 {
    const document = this.document;
    for (let at = this.names.find(hashPoints(text, length)); at >= 0; at = this.names.next()) {
      if ((document.word(at) == ANCHOR) != isAnchor || document.length(at) != length) continue;
      if (samePoints(document.text(at), text, length)) return document.parent(at);
    }
    return NOWHERE;
  }

  /** The target of a JSON pointer, which may be percent-encoded: the characters after "#". */
  private follow(base: u32, pointer: usize, length: u32): u32 {
    let node = base;
    let at: u32 = 0;
    while (at < length && node != NOWHERE) {
      at = this.step(pointer, at + 1, length);
      const name = this.draft.ptr;
      node = this.document.kind(node) == ARRAY ? this.item(node) : this.document.member(node, name, this.draft.count);
    }
    return node;
  }

  /** Reads a step of a pointer into the draft; returns the start of the next one. */
  private step(pointer: usize, from: u32, length: u32): u32 {
    this.draft.count = 0;
    let at = from;
    while (at < length) {
      let point = load<u32>(pointer + ((<usize>at) << 2));
      if (point == SLASH) break;
      ++at;
      if (point == 0x25 && at + 1 < length) {
        const decoded = this.decoded(pointer, at - 1, length);
        if (decoded != NOWHERE) {
          point = decoded;
          at += 3 * utf8Bytes(point) - 1;
        }
      }
      if (point == 0x7e && at < length) {
        const next = load<u32>(pointer + ((<usize>at) << 2));
        if (next == 0x30 || next == 0x31) {
          point = next == 0x30 ? 0x7e : SLASH;
          ++at;
        }
      }
      const place = this.draft.append(1);
      if (place >= 0) store<u32>(this.draft.row(place), point);
    }
    return at;
  }

  /** The character that the bytes %XX from a place on spell; NOWHERE if they spell none. */
  private decoded(pointer: usize, from: u32, length: u32): u32 {
    const lead = this.byte(pointer, from, length);
    if (lead < 0) return NOWHERE;
    if (lead < 0xc0) return lead;
    const more: u32 = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    let point: u32 = lead & (0x3f >> more);
    for (let i: u32 = 1; i <= more; ++i) {
      const byte = this.byte(pointer, from + 3 * i, length);
      if (byte < 0) return NOWHERE;
      point = (point << 6) | (byte & 0x3f);
    }
    return point;
  }

  private byte(pointer: usize, at: u32, length: u32): i32 {
    if (at + 2 >= length || load<u32>(pointer + ((<usize>at) << 2)) != 0x25) return -1;
    const high = hexadecimal(load<u32>(pointer + ((<usize>(at + 1)) << 2)));
    const low = hexadecimal(load<u32>(pointer + ((<usize>(at + 2)) << 2)));
    return high < 0 || low < 0 ? -1 : (high << 4) | low;
  }

  /** The item of an array at the index in the draft. */
  private item(array: u32): u32 {
    let index: u32 = 0;
    for (let i: u32 = 0; i < this.draft.count; ++i) {
      const digit = load<u32>(this.draft.row(i)) - 0x30;
      if (digit > 9 || i > 6) return NOWHERE;
      index = index * 10 + digit;
    }
    let node = this.document.first(array);
    for (; index > 0 && node != NOWHERE; --index) node = this.document.next(node);
    return node;
  }

  /** #/$defs/name with $defs that are not at the root, as some generators leave them. */
  private hoisted(pointer: usize, length: u32): u32 {
    const from = this.step(pointer, 1, length);
    if (!this.isDraft('$defs')) return NOWHERE;
    for (let i: u32 = 0; i < this.definitions.count; ++i) {
      const found = this.follow(load<u32>(this.definitions.row(i)), pointer + ((<usize>from) << 2), length - from);
      if (found != NOWHERE) return found;
    }
    return NOWHERE;
  }

  private isDraft(text: string): bool {
    if (this.draft.count != <u32>text.length) return false;
    for (let i = 0; i < text.length; ++i) {
      if (load<u32>(this.draft.row(i)) != <u32>text.charCodeAt(i)) return false;
    }
    return true;
  }

  dispose(): void {
    this.names.dispose();
    this.definitions.dispose();
    this.draft.dispose();
  }
}

function hexadecimal(point: u32): i32 {
  if (point - 0x30 < 10) return point - 0x30;
  const letter = point | 0x20;
  return letter - 0x61 < 6 ? letter - 0x57 : -1;
}

function utf8Bytes(point: u32): u32 {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}
