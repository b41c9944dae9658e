// Generated from test/candid.did by `npm run generate -w canister`: do not edit.

import { Principal } from '../ic/candid/../principal';
import { Decoder } from '../ic/candid/decoder';
import { Encoder } from '../ic/candid/encoder';
import { Int, Nat } from '../ic/candid/integers';
import { Blob, Some, Text } from '../ic/candid/values';
import { NOTHING } from '../ic/candid/wire';

const EMPTY_TEXT = new Text(0, 0);
const EMPTY_BLOB = new Blob(0, 0);
const EMPTY_PRINCIPAL = Principal.fromBytes(0, 0);
const ZERO_NAT = new Nat(0, 0);
const ZERO_INT = new Int(0, 0);

@final
export class ColorDarkRed {
  shade: Text = EMPTY_TEXT;
  depth: Some<u16> | null = null;
}

export enum ColorTag {
  red,
  blue,
  _dark_red_,
  green,
}

@final
export class Color {
  tag: ColorTag = ColorTag.red;
  blue: u8 = 0;
  _dark_red_: ColorDarkRed | null = null;

  static red(): Color {
    const made = new Color();
    made.tag = ColorTag.red;
    return made;
  }

  static blue(value: u8): Color {
    const made = new Color();
    made.tag = ColorTag.blue;
    made.blue = value;
    return made;
  }

  static _dark_red_(value: ColorDarkRed): Color {
    const made = new Color();
    made.tag = ColorTag._dark_red_;
    made._dark_red_ = value;
    return made;
  }

  static green(): Color {
    const made = new Color();
    made.tag = ColorTag.green;
    return made;
  }
}

@final
export class GrowthAddedToo {
  kept: u8 = 0;
  inner: Color | null = null;
}

@final
export class Growth {
  id: u64 = 0;
  added: Text | null = null;
  addedToo: GrowthAddedToo | null = null;
}

@final
export class List {
  head: Int = ZERO_INT;
  tail: List | null = null;
}

@final
export class ListsPairs {
  _0_: Text = EMPTY_TEXT;
  _1_: u64 = 0;
}

@final
export class Lists {
  flags: Array<bool> = [];
  texts: Array<Text> = [];
  nested: Array<Array<i32>> = [];
  numbers: Array<u16> = [];
  blobs: Array<Blob> = [];
  pairs: Array<ListsPairs> = [];
  colors: Array<Color> = [];
}

@final
export class Numbers {
  i8: i8 = 0;
  n8: u8 = 0;
  f32: f32 = 0;
  f64: f64 = 0;
  i16: i16 = 0;
  i32: i32 = 0;
  i64: i64 = 0;
  int: Int = ZERO_INT;
  n16: u16 = 0;
  n32: u32 = 0;
  n64: u64 = 0;
  nat: Nat = ZERO_NAT;
}

@final
export class Things {
  _7_: u64 = 0;
  who: Principal = EMPTY_PRINCIPAL;
  data: Blob = EMPTY_BLOB;
  flag: bool = false;
  _odd_label_: u32 = 0;
  name: Text = EMPTY_TEXT;
}

@final
export class Options {
  who: Principal | null = null;
  twice: Some<Text | null> | null = null;
  many: Array<Int | null> | null = null;
  color: Color | null = null;
  things: Things | null = null;
  number: Some<u64> | null = null;
  bytes: Blob | null = null;
}

@final
export class TreeNode {
  left: Tree = new Tree();
  right: Tree = new Tree();
}

export enum TreeTag {
  leaf,
  many,
  node,
}

@final
export class Tree {
  tag: TreeTag = TreeTag.leaf;
  leaf: u8 = 0;
  many: Array<Tree> = [];
  node: TreeNode | null = null;

  static leaf(value: u8): Tree {
    const made = new Tree();
    made.tag = TreeTag.leaf;
    made.leaf = value;
    return made;
  }

  static many(value: Array<Tree>): Tree {
    const made = new Tree();
    made.tag = TreeTag.many;
    made.many = value;
    return made;
  }

  static node(value: TreeNode): Tree {
    const made = new Tree();
    made.tag = TreeTag.node;
    made.node = value;
    return made;
  }
}

@final
export class SeveralArguments {
  argument0: u64 = 0;
  argument1: Text | null = null;
  argument2: Color = new Color();
  argument3: Some<Some<bool> | null> | null = null;
}

function decodeOptText(d: Decoder, wire: i32): Text | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = d.text(content);
  if (d.recover(mark, content)) return null;
  return value;
}

function decodeOptNat16(d: Decoder, wire: i32): Some<u16> | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = d.nat16(content);
  if (d.recover(mark, content)) return null;
  return new Some<u16>(value);
}

function decodeColorDarkRed(d: Decoder, wire: i32): ColorDarkRed {
  const value = new ColorDarkRed();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 2082265261:
          value.shade = d.text(content);
          seen |= 1;
          d.within('shade');
          break;
        case 3609850115:
          value.depth = decodeOptNat16(d, content);
          d.within('depth');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field shade is missing');
    }
  }
  d.leave();
  return value;
}

function decodeColor(d: Decoder, wire: i32): Color {
  const value = new Color();
  const field = d.variant(wire);
  if (field != NOTHING) {
    const content = d.fieldType(field);
    switch (d.fieldId(field)) {
      case 5691729:
        value.tag = ColorTag.red;
        d.nul(content);
        d.within('red');
        break;
      case 1092174490:
        value.tag = ColorTag.blue;
        value.blue = d.nat8(content);
        d.within('blue');
        break;
      case 1600353447:
        value.tag = ColorTag._dark_red_;
        value._dark_red_ = decodeColorDarkRed(d, content);
        d.within('dark red');
        break;
      case 2582449859:
        value.tag = ColorTag.green;
        d.nul(content);
        d.within('green');
        break;
      default:
        d.refuse('the variant is none of red, blue, dark red, green');
    }
  }
  d.leave();
  return value;
}

function decodeOptColor(d: Decoder, wire: i32): Color | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = decodeColor(d, content);
  if (d.recover(mark, content)) return null;
  return value;
}

function decodeGrowthAddedToo(d: Decoder, wire: i32): GrowthAddedToo {
  const value = new GrowthAddedToo();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1191631390:
          value.kept = d.nat8(content);
          seen |= 1;
          d.within('kept');
          break;
        case 3189518742:
          value.inner = decodeOptColor(d, content);
          d.within('inner');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field kept is missing');
    }
  }
  d.leave();
  return value;
}

function decodeOptGrowthAddedToo(d: Decoder, wire: i32): GrowthAddedToo | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = decodeGrowthAddedToo(d, content);
  if (d.recover(mark, content)) return null;
  return value;
}

function decodeGrowth(d: Decoder, wire: i32): Growth {
  const value = new Growth();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 23515:
          value.id = d.nat64(content);
          seen |= 1;
          d.within('id');
          break;
        case 474207424:
          value.added = decodeOptText(d, content);
          d.within('added');
          break;
        case 1342292404:
          value.addedToo = decodeOptGrowthAddedToo(d, content);
          d.within('addedToo');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field id is missing');
    }
  }
  d.leave();
  return value;
}

function decodeList(d: Decoder, wire: i32): List {
  const value = new List();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1158359328:
          value.head = d.int(content);
          seen |= 1;
          d.within('head');
          break;
        case 1291237008:
          value.tail = decodeOptList(d, content);
          d.within('tail');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field head is missing');
    }
  }
  d.leave();
  return value;
}

function decodeOptList(d: Decoder, wire: i32): List | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = decodeList(d, content);
  if (d.recover(mark, content)) return null;
  return value;
}

function decodeVecBool(d: Decoder, wire: i32): Array<bool> {
  const values = new Array<bool>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(d.bool(element));
  return values;
}

function decodeVecText(d: Decoder, wire: i32): Array<Text> {
  const values = new Array<Text>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(d.text(element));
  return values;
}

function decodeVecInt32(d: Decoder, wire: i32): Array<i32> {
  const values = new Array<i32>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(d.int32(element));
  return values;
}

function decodeVecVecInt32(d: Decoder, wire: i32): Array<Array<i32>> {
  const values = new Array<Array<i32>>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(decodeVecInt32(d, element));
  return values;
}

function decodeVecNat16(d: Decoder, wire: i32): Array<u16> {
  const values = new Array<u16>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(d.nat16(element));
  return values;
}

function decodeVecBlob(d: Decoder, wire: i32): Array<Blob> {
  const values = new Array<Blob>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(d.blob(element));
  return values;
}

function decodeListsPairs(d: Decoder, wire: i32): ListsPairs {
  const value = new ListsPairs();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 0:
          value._0_ = d.text(content);
          seen |= 1;
          d.within('_0_');
          break;
        case 1:
          value._1_ = d.nat64(content);
          seen |= 2;
          d.within('_1_');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field _0_ is missing');
      if ((seen & 2) == 0) d.refuse('the field _1_ is missing');
    }
  }
  d.leave();
  return value;
}

function decodeVecListsPairs(d: Decoder, wire: i32): Array<ListsPairs> {
  const values = new Array<ListsPairs>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(decodeListsPairs(d, element));
  return values;
}

function decodeVecColor(d: Decoder, wire: i32): Array<Color> {
  const values = new Array<Color>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(decodeColor(d, element));
  return values;
}

function decodeLists(d: Decoder, wire: i32): Lists {
  const value = new Lists();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 42740551:
          value.flags = decodeVecBool(d, content);
          seen |= 1;
          d.within('flags');
          break;
        case 228150054:
          value.texts = decodeVecText(d, content);
          seen |= 2;
          d.within('texts');
          break;
        case 1863724791:
          value.nested = decodeVecVecInt32(d, content);
          seen |= 4;
          d.within('nested');
          break;
        case 2847631754:
          value.numbers = decodeVecNat16(d, content);
          seen |= 8;
          d.within('numbers');
          break;
        case 3036443766:
          value.blobs = decodeVecBlob(d, content);
          seen |= 16;
          d.within('blobs');
          break;
        case 3176053529:
          value.pairs = decodeVecListsPairs(d, content);
          seen |= 32;
          d.within('pairs');
          break;
        case 3330721200:
          value.colors = decodeVecColor(d, content);
          seen |= 64;
          d.within('colors');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field flags is missing');
      if ((seen & 2) == 0) d.refuse('the field texts is missing');
      if ((seen & 4) == 0) d.refuse('the field nested is missing');
      if ((seen & 8) == 0) d.refuse('the field numbers is missing');
      if ((seen & 16) == 0) d.refuse('the field blobs is missing');
      if ((seen & 32) == 0) d.refuse('the field pairs is missing');
      if ((seen & 64) == 0) d.refuse('the field colors is missing');
    }
  }
  d.leave();
  return value;
}

function decodeNumbers(d: Decoder, wire: i32): Numbers {
  const value = new Numbers();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 23471:
          value.i8 = d.int8(content);
          seen |= 1;
          d.within('i8');
          break;
        case 24586:
          value.n8 = d.nat8(content);
          seen |= 2;
          d.within('n8');
          break;
        case 5083781:
          value.f32 = d.float32(content);
          seen |= 4;
          d.within('f32');
          break;
        case 5084452:
          value.f64 = d.float64(content);
          seen |= 8;
          d.within('f64');
          break;
        case 5232526:
          value.i16 = d.int16(content);
          seen |= 16;
          d.within('i16');
          break;
        case 5232968:
          value.i32 = d.int32(content);
          seen |= 32;
          d.within('i32');
          break;
        case 5233639:
          value.i64 = d.int64(content);
          seen |= 64;
          d.within('i64');
          break;
        case 5246191:
          value.int = d.int(content);
          seen |= 128;
          d.within('int');
          break;
        case 5481171:
          value.n16 = d.nat16(content);
          seen |= 256;
          d.within('n16');
          break;
        case 5481613:
          value.n32 = d.nat32(content);
          seen |= 512;
          d.within('n32');
          break;
        case 5482284:
          value.n64 = d.nat64(content);
          seen |= 1024;
          d.within('n64');
          break;
        case 5491937:
          value.nat = d.nat(content);
          seen |= 2048;
          d.within('nat');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field i8 is missing');
      if ((seen & 2) == 0) d.refuse('the field n8 is missing');
      if ((seen & 4) == 0) d.refuse('the field f32 is missing');
      if ((seen & 8) == 0) d.refuse('the field f64 is missing');
      if ((seen & 16) == 0) d.refuse('the field i16 is missing');
      if ((seen & 32) == 0) d.refuse('the field i32 is missing');
      if ((seen & 64) == 0) d.refuse('the field i64 is missing');
      if ((seen & 128) == 0) d.refuse('the field int is missing');
      if ((seen & 256) == 0) d.refuse('the field n16 is missing');
      if ((seen & 512) == 0) d.refuse('the field n32 is missing');
      if ((seen & 1024) == 0) d.refuse('the field n64 is missing');
      if ((seen & 2048) == 0) d.refuse('the field nat is missing');
    }
  }
  d.leave();
  return value;
}

function decodeOptPrincipal(d: Decoder, wire: i32): Principal | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = d.principal(content);
  if (d.recover(mark, content)) return null;
  return value;
}

function decodeOptOptText(d: Decoder, wire: i32): Some<Text | null> | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = decodeOptText(d, content);
  if (d.recover(mark, content)) return null;
  return new Some<Text | null>(value);
}

function decodeOptInt(d: Decoder, wire: i32): Int | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = d.int(content);
  if (d.recover(mark, content)) return null;
  return value;
}

function decodeVecOptInt(d: Decoder, wire: i32): Array<Int | null> {
  const values = new Array<Int | null>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(decodeOptInt(d, element));
  return values;
}

function decodeOptVecOptInt(d: Decoder, wire: i32): Array<Int | null> | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = decodeVecOptInt(d, content);
  if (d.recover(mark, content)) return null;
  return value;
}

function decodeThings(d: Decoder, wire: i32): Things {
  const value = new Things();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 7:
          value._7_ = d.nat64(content);
          seen |= 1;
          d.within('_7_');
          break;
        case 5941054:
          value.who = d.principal(content);
          seen |= 2;
          d.within('who');
          break;
        case 1113806378:
          value.data = d.blob(content);
          seen |= 4;
          d.within('data');
          break;
        case 1136528300:
          value.flag = d.bool(content);
          seen |= 8;
          d.within('flag');
          break;
        case 1205737667:
          value._odd_label_ = d.nat32(content);
          seen |= 16;
          d.within('odd label');
          break;
        case 1224700491:
          value.name = d.text(content);
          seen |= 32;
          d.within('name');
          break;
        case 1331665933:
          d.nul(content);
          d.within('nothing');
          break;
        case 4212028802:
          d.skip(content);
          d.within('anything');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field _7_ is missing');
      if ((seen & 2) == 0) d.refuse('the field who is missing');
      if ((seen & 4) == 0) d.refuse('the field data is missing');
      if ((seen & 8) == 0) d.refuse('the field flag is missing');
      if ((seen & 16) == 0) d.refuse('the field odd label is missing');
      if ((seen & 32) == 0) d.refuse('the field name is missing');
    }
  }
  d.leave();
  return value;
}

function decodeOptThings(d: Decoder, wire: i32): Things | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = decodeThings(d, content);
  if (d.recover(mark, content)) return null;
  return value;
}

function decodeOptNat64(d: Decoder, wire: i32): Some<u64> | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = d.nat64(content);
  if (d.recover(mark, content)) return null;
  return new Some<u64>(value);
}

function decodeOptBlob(d: Decoder, wire: i32): Blob | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = d.blob(content);
  if (d.recover(mark, content)) return null;
  return value;
}

function decodeOptions(d: Decoder, wire: i32): Options {
  const value = new Options();
  if (d.record(wire)) {
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 5941054:
          value.who = decodeOptPrincipal(d, content);
          d.within('who');
          break;
        case 427012520:
          value.twice = decodeOptOptText(d, content);
          d.within('twice');
          break;
        case 1213611167:
          value.many = decodeOptVecOptInt(d, content);
          d.within('many');
          break;
        case 1247572323:
          value.color = decodeOptColor(d, content);
          d.within('color');
          break;
        case 2295163077:
          value.things = decodeOptThings(d, content);
          d.within('things');
          break;
        case 2709161673:
          value.number = decodeOptNat64(d, content);
          d.within('number');
          break;
        case 3180857451:
          value.bytes = decodeOptBlob(d, content);
          d.within('bytes');
          break;
        default:
          d.skip(content);
      }
    }
  }
  d.leave();
  return value;
}

function decodeOptBool(d: Decoder, wire: i32): Some<bool> | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = d.bool(content);
  if (d.recover(mark, content)) return null;
  return new Some<bool>(value);
}

function decodeOptOptBool(d: Decoder, wire: i32): Some<Some<bool> | null> | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = decodeOptBool(d, content);
  if (d.recover(mark, content)) return null;
  return new Some<Some<bool> | null>(value);
}

function decodeVecTree(d: Decoder, wire: i32): Array<Tree> {
  const values = new Array<Tree>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(decodeTree(d, element));
  return values;
}

function decodeTreeNode(d: Decoder, wire: i32): TreeNode {
  const value = new TreeNode();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1202718727:
          value.left = decodeTree(d, content);
          seen |= 1;
          d.within('left');
          break;
        case 3915647964:
          value.right = decodeTree(d, content);
          seen |= 2;
          d.within('right');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field left is missing');
      if ((seen & 2) == 0) d.refuse('the field right is missing');
    }
  }
  d.leave();
  return value;
}

function decodeTree(d: Decoder, wire: i32): Tree {
  const value = new Tree();
  const field = d.variant(wire);
  if (field != NOTHING) {
    const content = d.fieldType(field);
    switch (d.fieldId(field)) {
      case 1202717598:
        value.tag = TreeTag.leaf;
        value.leaf = d.nat8(content);
        d.within('leaf');
        break;
      case 1213611167:
        value.tag = TreeTag.many;
        value.many = decodeVecTree(d, content);
        d.within('many');
        break;
      case 1225394690:
        value.tag = TreeTag.node;
        value.node = decodeTreeNode(d, content);
        d.within('node');
        break;
      default:
        d.refuse('the variant is none of leaf, many, node');
    }
  }
  d.leave();
  return value;
}

function encodeOptText(e: Encoder, value: Text | null): void {
  e.bool(value !== null);
  if (value !== null) e.text(value);
}

function encodeOptNat16(e: Encoder, value: Some<u16> | null): void {
  e.bool(value !== null);
  if (value !== null) e.nat16(value.value);
}

function encodeColorDarkRed(e: Encoder, value: ColorDarkRed): void {
  e.text(value.shade);
  encodeOptNat16(e, value.depth);
}

function encodeColor(e: Encoder, value: Color): void {
  e.leb(value.tag);
  switch (value.tag) {
    case ColorTag.blue:
      e.nat8(value.blue);
      break;
    case ColorTag._dark_red_:
      encodeColorDarkRed(e, value._dark_red_!);
      break;
    default:
  }
}

function encodeOptColor(e: Encoder, value: Color | null): void {
  e.bool(value !== null);
  if (value !== null) encodeColor(e, value);
}

function encodeGrowthAddedToo(e: Encoder, value: GrowthAddedToo): void {
  e.nat8(value.kept);
  encodeOptColor(e, value.inner);
}

function encodeOptGrowthAddedToo(e: Encoder, value: GrowthAddedToo | null): void {
  e.bool(value !== null);
  if (value !== null) encodeGrowthAddedToo(e, value);
}

function encodeGrowth(e: Encoder, value: Growth): void {
  e.nat64(value.id);
  encodeOptText(e, value.added);
  encodeOptGrowthAddedToo(e, value.addedToo);
}

function encodeList(e: Encoder, value: List): void {
  e.int(value.head);
  encodeOptList(e, value.tail);
}

function encodeOptList(e: Encoder, value: List | null): void {
  e.bool(value !== null);
  if (value !== null) encodeList(e, value);
}

function encodeVecBool(e: Encoder, value: Array<bool>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) e.bool(value[i]);
}

function encodeVecText(e: Encoder, value: Array<Text>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) e.text(value[i]);
}

function encodeVecInt32(e: Encoder, value: Array<i32>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) e.int32(value[i]);
}

function encodeVecVecInt32(e: Encoder, value: Array<Array<i32>>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) encodeVecInt32(e, value[i]);
}

function encodeVecNat16(e: Encoder, value: Array<u16>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) e.nat16(value[i]);
}

function encodeVecBlob(e: Encoder, value: Array<Blob>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) e.blob(value[i]);
}

function encodeListsPairs(e: Encoder, value: ListsPairs): void {
  e.text(value._0_);
  e.nat64(value._1_);
}

function encodeVecListsPairs(e: Encoder, value: Array<ListsPairs>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) encodeListsPairs(e, value[i]);
}

function encodeVecColor(e: Encoder, value: Array<Color>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) encodeColor(e, value[i]);
}

function encodeLists(e: Encoder, value: Lists): void {
  encodeVecBool(e, value.flags);
  encodeVecText(e, value.texts);
  encodeVecVecInt32(e, value.nested);
  encodeVecNat16(e, value.numbers);
  encodeVecBlob(e, value.blobs);
  encodeVecListsPairs(e, value.pairs);
  encodeVecColor(e, value.colors);
}

function encodeNumbers(e: Encoder, value: Numbers): void {
  e.int8(value.i8);
  e.nat8(value.n8);
  e.float32(value.f32);
  e.float64(value.f64);
  e.int16(value.i16);
  e.int32(value.i32);
  e.int64(value.i64);
  e.int(value.int);
  e.nat16(value.n16);
  e.nat32(value.n32);
  e.nat64(value.n64);
  e.nat(value.nat);
}

function encodeOptPrincipal(e: Encoder, value: Principal | null): void {
  e.bool(value !== null);
  if (value !== null) e.principal(value);
}

function encodeOptOptText(e: Encoder, value: Some<Text | null> | null): void {
  e.bool(value !== null);
  if (value !== null) encodeOptText(e, value.value);
}

function encodeOptInt(e: Encoder, value: Int | null): void {
  e.bool(value !== null);
  if (value !== null) e.int(value);
}

function encodeVecOptInt(e: Encoder, value: Array<Int | null>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) encodeOptInt(e, value[i]);
}

function encodeOptVecOptInt(e: Encoder, value: Array<Int | null> | null): void {
  e.bool(value !== null);
  if (value !== null) encodeVecOptInt(e, value);
}

function encodeThings(e: Encoder, value: Things): void {
  e.nat64(value._7_);
  e.principal(value.who);
  e.blob(value.data);
  e.bool(value.flag);
  e.nat32(value._odd_label_);
  e.text(value.name);
}

function encodeOptThings(e: Encoder, value: Things | null): void {
  e.bool(value !== null);
  if (value !== null) encodeThings(e, value);
}

function encodeOptNat64(e: Encoder, value: Some<u64> | null): void {
  e.bool(value !== null);
  if (value !== null) e.nat64(value.value);
}

function encodeOptBlob(e: Encoder, value: Blob | null): void {
  e.bool(value !== null);
  if (value !== null) e.blob(value);
}

function encodeOptions(e: Encoder, value: Options): void {
  encodeOptPrincipal(e, value.who);
  encodeOptOptText(e, value.twice);
  encodeOptVecOptInt(e, value.many);
  encodeOptColor(e, value.color);
  encodeOptThings(e, value.things);
  encodeOptNat64(e, value.number);
  encodeOptBlob(e, value.bytes);
}

function encodeOptBool(e: Encoder, value: Some<bool> | null): void {
  e.bool(value !== null);
  if (value !== null) e.bool(value.value);
}

function encodeOptOptBool(e: Encoder, value: Some<Some<bool> | null> | null): void {
  e.bool(value !== null);
  if (value !== null) encodeOptBool(e, value.value);
}

function encodeVecTree(e: Encoder, value: Array<Tree>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) encodeTree(e, value[i]);
}

function encodeTreeNode(e: Encoder, value: TreeNode): void {
  encodeTree(e, value.left);
  encodeTree(e, value.right);
}

function encodeTree(e: Encoder, value: Tree): void {
  e.leb(value.tag);
  switch (value.tag) {
    case TreeTag.leaf:
      e.nat8(value.leaf);
      break;
    case TreeTag.many:
      encodeVecTree(e, value.many);
      break;
    case TreeTag.node:
      encodeTreeNode(e, value.node!);
      break;
    default:
  }
}

const HEADER_0: usize = memory.data<u8>([68, 73, 68, 76, 8, 108, 3, 219, 183, 1, 120, 192, 169, 143, 226, 1, 1, 180, 131, 135, 128, 5, 2, 110, 113, 110, 3, 108, 2, 158, 180, 155, 184, 4, 123, 150, 227, 240, 240, 11, 4, 110, 5, 107, 4, 209, 178, 219, 2, 127, 154, 133, 229, 136, 4, 123, 167, 233, 141, 251, 5, 6, 195, 157, 180, 207, 9, 127, 108, 2, 173, 177, 243, 224, 7, 113, 131, 226, 167, 185, 13, 7, 110, 122, 1, 0]);
const HEADER_1: usize = memory.data<u8>([68, 73, 68, 76, 2, 110, 1, 108, 2, 160, 210, 172, 168, 4, 124, 144, 237, 218, 231, 4, 0, 1, 0]);
const HEADER_2: usize = memory.data<u8>([68, 73, 68, 76, 14, 108, 7, 199, 214, 176, 20, 1, 166, 150, 229, 108, 2, 247, 221, 216, 248, 6, 3, 138, 211, 237, 205, 10, 5, 246, 232, 241, 167, 11, 6, 153, 246, 186, 234, 11, 8, 176, 139, 155, 180, 12, 10, 109, 126, 109, 113, 109, 4, 109, 117, 109, 122, 109, 7, 109, 123, 109, 9, 108, 2, 0, 113, 1, 120, 109, 11, 107, 4, 209, 178, 219, 2, 127, 154, 133, 229, 136, 4, 123, 167, 233, 141, 251, 5, 12, 195, 157, 180, 207, 9, 127, 108, 2, 173, 177, 243, 224, 7, 113, 131, 226, 167, 185, 13, 13, 110, 122, 1, 0]);
const HEADER_3: usize = memory.data<u8>([68, 73, 68, 76, 0, 0]);
const HEADER_4: usize = memory.data<u8>([68, 73, 68, 76, 1, 108, 12, 175, 183, 1, 119, 138, 192, 1, 123, 133, 165, 182, 2, 115, 164, 170, 182, 2, 114, 142, 175, 191, 2, 118, 200, 178, 191, 2, 117, 231, 183, 191, 2, 116, 239, 153, 192, 2, 124, 211, 197, 206, 2, 122, 141, 201, 206, 2, 121, 172, 206, 206, 2, 120, 225, 153, 207, 2, 125, 1, 0]);
const HEADER_5: usize = memory.data<u8>([68, 73, 68, 76, 16, 108, 7, 190, 206, 234, 2, 1, 168, 227, 206, 203, 1, 2, 159, 249, 216, 194, 4, 4, 227, 226, 241, 210, 4, 7, 197, 209, 181, 198, 8, 11, 201, 141, 234, 139, 10, 14, 235, 144, 224, 236, 11, 15, 110, 104, 110, 3, 110, 113, 110, 5, 109, 6, 110, 124, 110, 8, 107, 4, 209, 178, 219, 2, 127, 154, 133, 229, 136, 4, 123, 167, 233, 141, 251, 5, 9, 195, 157, 180, 207, 9, 127, 108, 2, 173, 177, 243, 224, 7, 113, 131, 226, 167, 185, 13, 10, 110, 122, 110, 12, 108, 8, 7, 120, 190, 206, 234, 2, 104, 170, 172, 141, 147, 4, 13, 172, 151, 248, 157, 4, 126, 195, 177, 248, 190, 4, 121, 203, 228, 253, 199, 4, 113, 141, 184, 254, 250, 4, 127, 130, 235, 185, 216, 15, 112, 109, 123, 110, 120, 110, 13, 1, 0]);
const HEADER_6: usize = memory.data<u8>([68, 73, 68, 76, 6, 110, 113, 107, 4, 209, 178, 219, 2, 127, 154, 133, 229, 136, 4, 123, 167, 233, 141, 251, 5, 2, 195, 157, 180, 207, 9, 127, 108, 2, 173, 177, 243, 224, 7, 113, 131, 226, 167, 185, 13, 3, 110, 122, 110, 5, 110, 126, 4, 120, 0, 1, 4]);
const HEADER_7: usize = memory.data<u8>([68, 73, 68, 76, 2, 108, 8, 7, 120, 190, 206, 234, 2, 104, 170, 172, 141, 147, 4, 1, 172, 151, 248, 157, 4, 126, 195, 177, 248, 190, 4, 121, 203, 228, 253, 199, 4, 113, 141, 184, 254, 250, 4, 127, 130, 235, 185, 216, 15, 112, 109, 123, 1, 0]);
const HEADER_8: usize = memory.data<u8>([68, 73, 68, 76, 3, 107, 3, 158, 135, 192, 189, 4, 123, 159, 249, 216, 194, 4, 1, 130, 148, 168, 200, 4, 2, 109, 0, 108, 2, 135, 144, 192, 189, 4, 0, 220, 151, 144, 203, 14, 0, 1, 0]);
const HEADER_9: usize = memory.data<u8>([68, 73, 68, 76, 0, 1, 124]);
const HEADER_10: usize = memory.data<u8>([68, 73, 68, 76, 0, 1, 113]);

/** The argument of `growth`, which means nothing where {@link Decoder.end} has a problem. */
export function readGrowth(d: Decoder): Growth {
  d.require(1);
  return decodeGrowth(d, d.argument());
}

export function replyGrowth(value: Growth): void {
  const e = new Encoder();
  e.bytes(HEADER_0, 86);
  encodeGrowth(e, value);
  e.finish();
}

/** The argument of `list`, which means nothing where {@link Decoder.end} has a problem. */
export function readList(d: Decoder): List | null {
  return decodeOptList(d, d.argument());
}

export function replyList(value: List | null): void {
  const e = new Encoder();
  e.bytes(HEADER_1, 23);
  encodeOptList(e, value);
  e.finish();
}

/** The argument of `lists`, which means nothing where {@link Decoder.end} has a problem. */
export function readLists(d: Decoder): Lists {
  d.require(1);
  return decodeLists(d, d.argument());
}

export function replyLists(value: Lists): void {
  const e = new Encoder();
  e.bytes(HEADER_2, 114);
  encodeLists(e, value);
  e.finish();
}


export function replyNothing(): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 6);
  e.finish();
}

/** The argument of `numbers`, which means nothing where {@link Decoder.end} has a problem. */
export function readNumbers(d: Decoder): Numbers {
  d.require(1);
  return decodeNumbers(d, d.argument());
}

export function replyNumbers(value: Numbers): void {
  const e = new Encoder();
  e.bytes(HEADER_4, 67);
  encodeNumbers(e, value);
  e.finish();
}

/** The argument of `options`, which means nothing where {@link Decoder.end} has a problem. */
export function readOptions(d: Decoder): Options {
  d.require(1);
  return decodeOptions(d, d.argument());
}

export function replyOptions(value: Options): void {
  const e = new Encoder();
  e.bytes(HEADER_5, 158);
  encodeOptions(e, value);
  e.finish();
}

/** The argument of `several`, which means nothing where {@link Decoder.end} has a problem. */
export function readSeveral(d: Decoder): SeveralArguments {
  const value = new SeveralArguments();
  d.require(1);
  value.argument0 = d.nat64(d.argument());
  value.argument1 = decodeOptText(d, d.argument());
  d.require(3);
  value.argument2 = decodeColor(d, d.argument());
  value.argument3 = decodeOptOptBool(d, d.argument());
  return value;
}

export function replySeveral(value0: u64, value1: Text | null, value2: Color, value3: Some<Some<bool> | null> | null): void {
  const e = new Encoder();
  e.bytes(HEADER_6, 57);
  e.nat64(value0);
  encodeOptText(e, value1);
  encodeColor(e, value2);
  encodeOptOptBool(e, value3);
  e.finish();
}

/** The argument of `things`, which means nothing where {@link Decoder.end} has a problem. */
export function readThings(d: Decoder): Things {
  d.require(1);
  return decodeThings(d, d.argument());
}

export function replyThings(value: Things): void {
  const e = new Encoder();
  e.bytes(HEADER_7, 54);
  encodeThings(e, value);
  e.finish();
}

/** The argument of `tree`, which means nothing where {@link Decoder.end} has a problem. */
export function readTree(d: Decoder): Tree {
  d.require(1);
  return decodeTree(d, d.argument());
}

export function replyTree(value: Tree): void {
  const e = new Encoder();
  e.bytes(HEADER_8, 43);
  encodeTree(e, value);
  e.finish();
}

/** The argument of `whole`, which means nothing where {@link Decoder.end} has a problem. */
export function readWhole(d: Decoder): Int {
  d.require(1);
  return d.int(d.argument());
}

export function replyWhole(value: Int): void {
  const e = new Encoder();
  e.bytes(HEADER_9, 7);
  e.int(value);
  e.finish();
}

/** The argument of `word`, which means nothing where {@link Decoder.end} has a problem. */
export function readWord(d: Decoder): Text {
  d.require(1);
  return d.text(d.argument());
}

export function replyWord(value: Text): void {
  const e = new Encoder();
  e.bytes(HEADER_10, 7);
  e.text(value);
  e.finish();
}
