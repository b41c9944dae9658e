import { FUNC, FUTURE, OPT, PRINCIPAL, RECORD, SERVICE, VARIANT, VEC, isPrimitive, nameOf } from './opcodes';
import { Reader } from './reader';

/** Types in one message, more than any real interface has. Bounds the memory of the table. */
const MAX_TYPES: u32 = 512;
/**
 * Fields of all records and variants together, for the same reason; also parameters of functions and methods of
 * services, which no method here takes.
 */
const MAX_FIELDS: u32 = 4096;

/**
 * The parsed table, in raw memory that every message reuses:
 *
 *     types   [ opcode: i32 | opt, vec: content type: i32; record, variant: first field: u32 | number of fields: u32 ]
 *     fields  [ id: u32 | type: i32 ]      right behind the last type
 */
const TYPE: usize = 12;
const FIELD: usize = 8;
const memoryBase: usize = memory.data(512 * 12 + 4096 * 8, 8);

/** The type definitions at the start of a message. They are checked as a whole, so every type in them is valid. */
@final
export class TypeTable {
  private types: u32 = 0;
  private fields: u32 = 0;
  /** Parameters, annotations and methods so far. */
  private others: u32 = 0;
  private fieldBase: usize = memoryBase;

  /** Reads and checks the definitions; what is wrong becomes the reader's problem. */
  read(from: Reader): void {
    const count = from.leb();
    // A definition takes two bytes at least.
    if (count > from.left / 2) return from.fail('the type table ends too early');
    if (count > MAX_TYPES) return from.fail(`the type table has more than ${MAX_TYPES.toString()} types`);
    this.types = <u32>count;
    this.fieldBase = memoryBase + <usize>count * TYPE;
    for (let i: u32 = 0; i < this.types && !from.failed; ++i) this.readType(from, memoryBase + <usize>i * TYPE);
    for (let i: u32 = 0; i < this.fields && !from.failed; ++i) this.check(from, this.fieldType(i));
  }

  private readType(from: Reader, entry: usize): void {
    const opcode = from.sleb32();
    store<i32>(entry, max<i32>(opcode, FUTURE));
    store<u32>(entry, 0, 4);
    store<u32>(entry, 0, 8);
    if (from.failed) return;
    if (opcode == OPT || opcode == VEC) store<i32>(entry, this.readReference(from), 4);
    else if (opcode == RECORD || opcode == VARIANT) this.readFields(from, entry);
    else if (opcode == FUNC) this.readFunction(from);
    else if (opcode == SERVICE) this.readService(from);
    else if (opcode < PRINCIPAL) from.take(from.leb());
    else from.fail(opcode >= 0 ? 'a type is nothing but another type' : `${nameOf(opcode)} stands in the type table`);
  }

  private readFields(from: Reader, entry: usize): void {
    const count = from.leb();
    // A field takes two bytes at least.
    if (count > from.left / 2) return from.fail('a type has fewer fields than it says');
    if (count > MAX_FIELDS - this.fields) return from.fail(`the types have more than ${MAX_FIELDS.toString()} fields`);
    store<u32>(entry, this.fields, 4);
    store<u32>(entry, <u32>count, 8);
    let previous: i64 = -1;
    for (let i: u32 = 0; i < <u32>count && !from.failed; ++i) {
      const id = from.leb();
      if (id > u32.MAX_VALUE) return from.fail('a field id has more than 32 bits');
      if (<i64>id <= previous) return from.fail('the fields of a type are not sorted, or one is there twice');
      previous = id;
      const field = this.fieldBase + <usize>this.fields * FIELD;
      store<u32>(field, <u32>id);
      store<i32>(field, from.sleb32(), 4);
      ++this.fields;
    }
  }

  private readFunction(from: Reader): void {
    for (let list = 0; list < 2; ++list) {
      const count = this.readCount(from);
      for (let i: u32 = 0; i < count && !from.failed; ++i) this.readReference(from);
    }
    const annotations = this.readCount(from);
    for (let i: u32 = 0; i < annotations && !from.failed; ++i) {
      const annotation = from.u8();
      if (annotation < 1 || annotation > 3) from.fail('a function has an unknown annotation');
    }
  }

  private readService(from: Reader): void {
    const count = this.readCount(from);
    let previous: usize = 0;
    let previousSize: u32 = 0;
    for (let i: u32 = 0; i < count && !from.failed; ++i) {
      const size = from.textSize();
      const name = from.take(size);
      if (i > 0) {
        const order = memory.compare(previous, name, min(previousSize, size));
        if (order > 0 || (order == 0 && previousSize >= size)) from.fail('the methods of a service are not sorted');
      }
      previous = name;
      previousSize = size;
      // Whether it is a function's type is not asked: no method here takes a service.
      this.readReference(from);
    }
  }

  /** Reads a count of parameters, annotations or methods; all of them are counted together. */
  private readCount(from: Reader): u32 {
    const count = from.leb();
    if (count > MAX_FIELDS - this.others) {
      from.fail(`its functions and services have more than ${MAX_FIELDS.toString()} parameters and methods`);
      return 0;
    }
    this.others += <u32>count;
    return <u32>count;
  }

  private readReference(from: Reader): i32 {
    const type = from.sleb32();
    this.check(from, type);
    return type;
  }

  /** A type code must stand for a primitive or an entry. */
  private check(from: Reader, type: i32): void {
    if (type >= 0 ? <u32>type >= this.types : !isPrimitive(type)) from.fail(`there is no type ${type.toString()}`);
  }

  /** Reads the types of the message's arguments; the first one's place among `fields` and their number. */
  readArguments(from: Reader): u32 {
    const count = from.leb();
    if (count > from.left) {
      from.fail('there are fewer argument types than it says');
      return 0;
    }
    if (count > MAX_FIELDS - this.fields) {
      from.fail(`there are more than ${MAX_FIELDS.toString()} arguments and fields`);
      return 0;
    }
    for (let i: u32 = 0; i < <u32>count && !from.failed; ++i) {
      const field = this.fieldBase + <usize>(this.fields + i) * FIELD;
      store<u32>(field, i);
      store<i32>(field, this.readReference(from), 4);
    }
    return <u32>count;
  }

  /** Index of the first argument's type, to be given to {@link fieldType}. */
  get firstArgument(): u32 {
    return this.fields;
  }

  /** What kind of type a code stands for: the code of a primitive, or OPT, VEC, RECORD ... of an entry. */
  kind(type: i32): i32 {
    return type < 0 ? type : load<i32>(memoryBase + <usize>type * TYPE);
  }

  /** Type of the content of an opt or vec. */
  content(type: i32): i32 {
    return load<i32>(memoryBase + <usize>type * TYPE, 4);
  }

  /** Index of the first field of a record or variant. */
  firstField(type: i32): u32 {
    return load<u32>(memoryBase + <usize>type * TYPE, 4);
  }

  /** Number of fields of a record or variant. */
  fieldCount(type: i32): u32 {
    return load<u32>(memoryBase + <usize>type * TYPE, 8);
  }

  fieldId(field: u32): u32 {
    return load<u32>(this.fieldBase + <usize>field * FIELD);
  }

  fieldType(field: u32): i32 {
    return load<i32>(this.fieldBase + <usize>field * FIELD, 4);
  }
}
