import { ARRAY, NOWHERE } from '../../json/document';
import { Conversion } from './conversion';
import { listsValues } from './listed';
import {
  ADDITIONAL_ITEMS,
  ITEMS,
  MAX_ITEMS,
  MIN_ITEMS,
  PREFIX_ITEMS,
  UNEVALUATED_ITEMS,
  UNIQUE_ITEMS,
} from './keywords';
import { Members } from './members';
import { ListedValues } from './listed';

/** Items that come first, each with schemas of its own. */
const MAX_FIRST: u32 = 4096;

/** Writes the arrays that a part allows as an alternative of a rule. */
export function writeArray(to: Conversion, values: ListedValues, part: u32, rule: u32): void {
  new ArrayWriter(to, values, part).write(rule);
}


@final
class ArrayWriter {
  private readonly least: i64;
  private most: i64;
  /** Items with schemas of their own, in some schema of the part. */
  private first: u32 = 0;
  /** Whether some schema describes the further items, and whether one forbids them. */
  private isOpen: bool = false;
  private isClosed: bool = false;
  private isUnique: bool = false;

  constructor(
    private readonly to: Conversion,
    private readonly values: ListedValues,
    private readonly part: u32,
  ) {
    this.least = max<i64>(0, to.countOf(part, MIN_ITEMS, true));
    this.most = to.countOf(part, MAX_ITEMS, false);
    for (let i: u32 = 0; i < to.count(part) && to.ok; ++i) this.look(i);
  }

  /** The list of the schemas of the first items; NOWHERE if missing. */
  private firstOf(index: u32): u32 {
    const to = this.to;
    const prefix = to.member(this.part, index, PREFIX_ITEMS);
    const items = to.member(this.part, index, ITEMS);
    // `items` is such a list in older versions of JSON Schema.
    return prefix == NOWHERE && items != NOWHERE && to.document.kind(items) == ARRAY ? items : prefix;
  }

  /** The schema of the items after the first ones; NOWHERE if missing. */
  private restOf(index: u32): u32 {
    const to = this.to;
    const items = to.member(this.part, index, ITEMS);
    if (items == NOWHERE || to.document.kind(items) != ARRAY) return items;
    return to.member(this.part, index, ADDITIONAL_ITEMS);
  }

  private look(index: u32): void {
    const to = this.to;
    const document = to.document;
    const list = this.firstOf(index);
    const rest = this.restOf(index);
    const schema = to.schema(this.part, index);
    if (list != NOWHERE) {
      if (document.kind(list) != ARRAY) return to.fail(schema, 'prefixItems is no list');
      this.first = max(this.first, document.length(list));
    }
    if (rest != NOWHERE && document.isFalse(rest)) {
      this.isClosed = true;
      this.most = this.smallest(list == NOWHERE ? 0 : document.length(list));
    } else if (rest != NOWHERE) this.isOpen = true;
    const unevaluated = to.member(this.part, index, UNEVALUATED_ITEMS);
    if (unevaluated != NOWHERE && !document.isTrue(unevaluated)) {
      if (!document.isFalse(unevaluated)) return to.fail(schema, 'unevaluatedItems is supported as true or false only');
      this.isClosed = this.isClosed || rest == NOWHERE;
    }
    if (to.isYes(to.member(this.part, index, UNIQUE_ITEMS))) this.isUnique = true;
  }

  private smallest(most: i64): i64 {
    return this.most < 0 ? most : min(this.most, most);
  }

  write(rule: u32): void {
    const to = this.to;
    const place = to.place(this.part);
    // Items without a schema are written only if there are no others, or if the least number requires them.
    const mayFollow = !this.isClosed && (this.isOpen || this.first == 0 || this.least > <i64>this.first);
    if (!mayFollow) this.most = this.smallest(this.first);
    if (!to.ok) return;
    if (this.most >= 0 && this.least > this.most) return to.contradict(place, 'minItems is above what may be there');
    let first = <i64>this.first;
    if (this.most >= 0) first = min(first, this.most);
    if (first > <i64>MAX_FIRST) return to.fail(place, `more than ${MAX_FIRST} items have schemas of their own`);
    const isUnique = this.isUnique && this.most != 0 && this.most != 1;
    if (isUnique) return this.writeUnique(rule, first);
    const writer = to.writer;
    const base = writer.base;
    writer.text('[');
    writer.rule(to.primitives.space);
    for (let i: i64 = 0; i < first && to.ok; ++i) {
      if (i > 0) this.comma();
      writer.rule(to.ruleOf(this.itemPart(<u32>i)));
    }
    const more = this.most < 0 ? -1 : this.most - first;
    if (mayFollow && more != 0) this.writeRest(first, max<i64>(0, this.least - first), more);
    writer.text(']');
    writer.rule(to.primitives.space);
    writer.give(rule, base);
  }

  private comma(): void {
    this.to.writer.text(',');
    this.to.writer.rule(this.to.primitives.space);
  }

  /** The part of the item at a place. */
  private itemPart(place: u32): u32 {
    const to = this.to;
    to.begin();
    for (let i: u32 = 0; i < to.count(this.part) && to.ok; ++i) {
      const list = this.firstOf(i);
      let schema = list == NOWHERE ? NOWHERE : to.document.first(list);
      for (let at: u32 = 0; at < place && schema != NOWHERE; ++at) schema = to.document.next(schema);
      if (schema == NOWHERE) schema = this.restOf(i);
      if (schema != NOWHERE) to.addSchema(schema);
    }
    return to.part();
  }

  /** Writes the items that follow the first ones, `least` to `most` of them. */
  private writeRest(first: i64, least: i64, most: i64): void {
    const to = this.to;
    const writer = to.writer;
    const item = to.ruleOf(this.itemPart(u32.MAX_VALUE));
    const next = writer.newRule();
    let base = writer.base;
    this.comma();
    writer.rule(item);
    writer.give(next, base);
    if (first > 0) return writer.repeated(next, least, most);
    const all = writer.newRule();
    base = writer.base;
    writer.rule(item);
    writer.repeated(next, max<i64>(0, least - 1), most < 0 ? -1 : most - 1);
    writer.give(all, base);
    if (least == 0) writer.give(all, writer.base);
    writer.rule(all);
  }

  /** Items that differ: some of the values that the schema lists, in its order. */
  private writeUnique(rule: u32, first: i64): void {
    const to = this.to;
    const place = to.place(this.part);
    const item = first > 0 ? 0 : this.itemPart(u32.MAX_VALUE);
    if (!to.ok) return;
    if (first > 0 || !listsValues(to, item)) {
      return to.fail(place, 'uniqueItems is supported for items of an enum, and for one item at most');
    }
    const members = new Members(to);
    members.least = this.least;
    members.most = this.most;
    this.values.addMembers(item, members);
    if (<i64>members.count < this.least) to.contradict(place, 'minItems is above the values that items have');
    else if (to.ok) members.write('[', ']', rule, place);
    members.dispose();
  }
}
