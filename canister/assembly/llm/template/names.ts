import { HashIndex, mix } from '../../memory/hash-index';
import { Table } from '../../memory/table';
import { Arena } from './arena';
import { bytesOf, lengthOf, plainText, sameTexts } from './texts';

/**
 * The names that are common to all templates: statements, functions, filters, tests, methods and attributes, by number.
 * A program's own names are numbered after them.
 */
export const enum Name {
  Abs,
  And,
  Append,
  Attribute,
  Blank,
  Bool,
  Boolean,
  Break,
  By,
  Call,
  Callable,
  Caller,
  Capitalize,
  CaseSensitive,
  Center,
  Clear,
  Continue,
  Copy,
  Count,
  Cycle,
  D,
  Default,
  DefaultValue,
  Defined,
  Depth,
  Depth0,
  Dict,
  Dictsort,
  Divisibleby,
  Do,
  E,
  Elif,
  Else,
  Endcall,
  Endfilter,
  Endfor,
  Endgeneration,
  Endif,
  Endmacro,
  Endset,
  Endswith,
  EnsureAscii,
  Eq,
  Equalto,
  Escape,
  Even,
  Extend,
  FalseTitle,
  False,
  Filter,
  Find,
  First,
  Float,
  For,
  Format,
  Ge,
  Generation,
  Get,
  Gt,
  If,
  In,
  Indent,
  Index,
  Index0,
  Insert,
  Int,
  Integer,
  Is,
  Isalnum,
  Isalpha,
  Isdigit,
  Islower,
  Isspace,
  Isupper,
  Items,
  Iterable,
  Join,
  Keys,
  Kwargs,
  Last,
  Le,
  Length,
  List,
  Ljust,
  Loop,
  Lower,
  Lstrip,
  Lt,
  Macro,
  Map,
  Mapping,
  Max,
  Maxsplit,
  Messages,
  Min,
  Namespace,
  Ne,
  Nextitem,
  NoneTitle,
  None,
  Not,
  Number,
  Odd,
  Or,
  Partition,
  Pop,
  Previtem,
  RaiseException,
  Range,
  Reject,
  Rejectattr,
  Removeprefix,
  Removesuffix,
  Replace,
  Reverse,
  Revindex,
  Revindex0,
  Rfind,
  Rjust,
  Role,
  Round,
  Rpartition,
  Rsplit,
  Rstrip,
  Safe,
  Sameas,
  Select,
  Selectattr,
  Sep,
  Separator,
  Separators,
  Sequence,
  Set,
  Setdefault,
  Sort,
  SortKeys,
  Split,
  Splitlines,
  Startswith,
  StrftimeNow,
  String,
  Strip,
  Sum,
  Title,
  Tojson,
  Trim,
  TrueTitle,
  True,
  Tuple,
  Undefined,
  Unique,
  Update,
  Upper,
  Value,
  Values,
  Varargs,
  Width,
  Wordcount,
  Zfill,
}

/** Their texts, in the same order. */
const NAMES: string =
  'abs and append attribute blank bool boolean break by call callable caller capitalize case_sensitive ' +
  'center clear continue copy count cycle d default default_value defined depth depth0 dict dictsort ' +
  'divisibleby do e elif else endcall endfilter endfor endgeneration endif endmacro endset endswith ' +
  'ensure_ascii eq equalto escape even extend False false filter find first float for format ge ' +
  'generation get gt if in indent index index0 insert int integer is isalnum isalpha isdigit islower ' +
  'isspace isupper items iterable join keys kwargs last le length list ljust loop lower lstrip lt macro ' +
  'map mapping max maxsplit messages min namespace ne nextitem None none not number odd or partition ' +
  'pop previtem raise_exception range reject rejectattr removeprefix removesuffix replace reverse ' +
  'revindex revindex0 rfind rjust role round rpartition rsplit rstrip safe sameas select selectattr sep ' +
  'separator separators sequence set setdefault sort sort_keys split splitlines startswith strftime_now ' +
  'string strip sum title tojson trim True true tuple undefined unique update upper value values ' +
  'varargs width wordcount zfill';

/** Names of one template: it has 30 KB at most, as a rule. */
const MAX_NAMES: u32 = 1 << 16;

/** The names of a program and their numbers. */
@final
export class Names {
  /** Addresses of their texts. */
  private readonly texts: Table = new Table(4, MAX_NAMES);
  private readonly index: HashIndex = new HashIndex();

  constructor(private readonly arena: Arena) {
    const bytes = String.UTF8.encode(NAMES);
    const length = <u32>bytes.byteLength;
    const copy = arena.take(length);
    // Without memory there is no program anyway.
    if (copy != 0) memory.copy(copy, changetype<usize>(bytes), length);
    let from: u32 = 0;
    for (let at: u32 = 0; copy != 0 && at <= length; ++at) {
      if (at < length && load<u8>(copy + at) != 0x20) continue;
      this.numberOf(copy + from, at - from);
      from = at + 1;
    }
  }

  get count(): u32 {
    return this.texts.count;
  }

  /** Address of a name's text. */
  textOf(name: u32): usize {
    return load<u32>(this.texts.row(name));
  }

  /** The number of a text that is already a name; -1 otherwise. */
  find(text: usize): i32 {
    for (let at = this.index.find(hash(bytesOf(text), lengthOf(text))); at >= 0; at = this.index.next()) {
      if (sameTexts(this.textOf(at), text)) return at;
    }
    return -1;
  }

  /** The number of a name, a new one if need be; -1 without memory. The bytes have to stay. */
  numberOf(bytes: usize, length: u32): i32 {
    const text = plainText(this.arena, bytes, length, true);
    const known = this.find(text);
    if (known >= 0) return known;
    const row = this.texts.append(1);
    if (row < 0) return -1;
    store<u32>(this.texts.row(row), <u32>text);
    return this.index.insert(hash(bytes, length), row) ? row : -1;
  }

  dispose(): void {
    this.texts.dispose();
    this.index.dispose();
  }
}

function hash(bytes: usize, length: u32): u64 {
  let sum: u64 = length;
  for (let i: u32 = 0; i < length; ++i) sum = mix(sum, load<u8>(bytes + i));
  return sum;
}
