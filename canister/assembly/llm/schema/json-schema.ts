/**
 * JSON Schema as GBNF. Every text that the grammar makes is a value that the schema allows; of the values that it allows,
 * not all can be made (properties come in the schema's order, and none that it does not name unless additionalProperties
 * says so). A schema with anything that is not understood is refused: docs/grammars.md has what is.
 */
import { MAX_GRAMMAR_BYTES } from '../grammar/limits';
import { compact, literal, quoted, repeated } from './gbnf-text';
import { INTEGER_LIMIT, integersBetween } from './integers';
import { ARRAY, Json, JsonParser, NUMBER, OBJECT, STRING } from './json';
import {
  OF_ANY,
  OF_ARRAY,
  OF_BOOLEAN,
  OF_FRACTION,
  OF_INTEGER,
  OF_NULL,
  OF_NUMBER,
  OF_OBJECT,
  OF_STRING,
  bitsOf,
  declaredTypes,
  isAnnotation,
  kindsOf,
} from './keywords';
import { canBeAside, otherNames } from './other-names';
import { define, isFormat } from './primitives';
import { areDisjoint, resolve } from './references';

/** Bytes of a schema, each of which may become several of the grammar. */
const MAX_SCHEMA_BYTES: u32 = 64 << 10;
/** Alternatives of one schema: those of oneOf are compared with one another. */
const MAX_ALTERNATIVES: i32 = 256;
/** Kinds of values in the order in which their alternatives stand. */
const KINDS: StaticArray<u32> = [OF_OBJECT, OF_ARRAY, OF_STRING, OF_NUMBER, OF_INTEGER, OF_BOOLEAN, OF_NULL];


@final
export class JsonSchema {
  /** What is wrong with the schema, and where in it; empty if nothing is. */
  error: string = '';
  /** The grammar, UTF-8. */
  grammar: ArrayBuffer = new ArrayBuffer(0);
  private root: Json = new Json(OBJECT);
  private readonly lines: string[] = [];
  private readonly defined: Set<string> = new Set();
  /** What references lead to, in the order in which they are met, and the rule of each. */
  private readonly pointers: string[] = [];
  private readonly rules: Map<string, string> = new Map();
  /** Steps that lead to the schema that is being looked at. */
  private readonly path: string[] = [];

  /** Converts `bytes` bytes of UTF-8 at `text`. */
  constructor(text: usize, bytes: u32) {
    if (bytes > MAX_SCHEMA_BYTES) {
      this.error = `the schema has ${bytes} bytes; at most ${MAX_SCHEMA_BYTES} are accepted`;
    } else {
      const parser = new JsonParser(text, bytes);
      this.root = parser.parse();
      this.error = parser.error;
      if (this.error.length == 0) this.convert();
    }
  }

  private convert(): void {
    this.lines.push(`root ::= ${this.reference('#')}`);
    for (let made = 0; made < this.pointers.length && this.error.length == 0; ++made) {
      const pointer = this.pointers[made];
      const schema = resolve(this.root, pointer);
      this.path.push(pointer);
      if (schema === null) this.fail('a reference leads here, and there is no such part of the schema');
      else this.lines.push(`part-${made} ::= ${this.expression(schema)}`);
      this.path.pop();
    }
    if (this.error.length > 0) return;
    const grammar = String.UTF8.encode(this.lines.join('\n'));
    if (<u32>grammar.byteLength > MAX_GRAMMAR_BYTES) {
      this.error = `the schema makes a grammar of ${grammar.byteLength} bytes; at most ${MAX_GRAMMAR_BYTES} are accepted`;
    }
    this.grammar = grammar;
  }

  private fail(reason: string): string {
    if (this.error.length == 0) this.error = `${this.path.join('/')}: ${reason}`;
    return '""';
  }

  /** Name of the rule for what a pointer leads to. */
  private reference(pointer: string): string {
    if (this.rules.has(pointer)) return this.rules.get(pointer);
    const rule = `part-${this.pointers.length}`;
    this.pointers.push(pointer);
    this.rules.set(pointer, rule);
    return rule;
  }

  private primitive(name: string): string {
    define(name, this.defined, this.lines);
    return name;
  }

  /** A rule of its own for an expression. */
  private rule(expression: string): string {
    const name = `rule-${this.lines.length}`;
    this.lines.push(`${name} ::= ${expression}`);
    return name;
  }

  private get space(): string {
    return this.primitive('space');
  }

  /** The rule of what a schema within the present one allows; `step` and `name` lead to it. */
  private schema(schema: Json, step: string, name: string = ''): string {
    if (this.error.length > 0) return '""';
    const expression = this.below(schema, step, name);
    return expression.includes(' ') ? this.rule(expression) : expression;
  }

  private below(schema: Json, step: string, name: string): string {
    this.path.push(step);
    if (name.length > 0) this.path.push(name);
    const expression = this.expression(schema);
    if (name.length > 0) this.path.pop();
    this.path.pop();
    return expression;
  }

  /** What a schema allows, as alternatives that need parentheses. */
  private expression(schema: Json): string {
    if (schema.isTrue) return this.primitive('value');
    if (schema.isFalse) return this.fail('nothing is allowed here');
    if (schema.kind != OBJECT) return this.fail('a schema is an object, true or false');
    const pointer = schema.member('$ref');
    if (pointer !== null) {
      this.only(schema, '$ref');
      if (pointer.kind != STRING || !(pointer.text == '#' || pointer.text.startsWith('#/'))) {
        return this.fail('only references within the schema ("#/...") are supported');
      }
      return this.reference(pointer.text);
    }
    if (schema.member('const') !== null) return this.listed(schema, 'const');
    if (schema.member('enum') !== null) return this.listed(schema, 'enum');
    if (schema.member('anyOf') !== null) return this.alternatives(schema, 'anyOf');
    if (schema.member('oneOf') !== null) return this.alternatives(schema, 'oneOf');
    const all = schema.member('allOf');
    if (all === null) return this.typed(schema);
    this.only(schema, 'allOf');
    if (all.kind == ARRAY && all.items.length == 1) return this.below(all.items[0], 'allOf', '0');
    return this.fail('allOf is supported with one schema only');
  }

  /** Refuses every keyword but one, `type`, and those that say nothing about values. */
  private only(schema: Json, keyword: string): void {
    for (let i = 0; i < schema.keys.length; ++i) {
      const key = schema.keys[i];
      if (key == keyword || isAnnotation(key) || (key == 'type' && keyword != '$ref' && keyword != 'allOf')) continue;
      this.fail(`the keyword "${key}" is not supported beside "${keyword}"`);
    }
  }

  /** Kinds that `type` allows; all if there is none. */
  private types(schema: Json): u32 {
    const type = schema.member('type');
    if (type === null) return OF_ANY;
    const bits = declaredTypes(type);
    if (bits == 0) this.fail('type is no name of a type of JSON and no list of them');
    return bits;
  }

  private listed(schema: Json, keyword: string): string {
    this.only(schema, keyword);
    const types = this.types(schema);
    const member = schema.member(keyword)!;
    if (keyword == 'enum' && member.kind != ARRAY) return this.fail('enum is no list');
    const values = keyword == 'enum' ? member.items : [member];
    const ways: string[] = [];
    for (let i = 0; i < values.length; ++i) {
      if ((bitsOf(values[i]) & types) != 0) ways.push(literal(compact(values[i])));
    }
    if (ways.length == 0) return this.fail('nothing is allowed here');
    return `(${ways.join(' | ')}) ${this.space}`;
  }

  private alternatives(schema: Json, keyword: string): string {
    this.only(schema, keyword);
    if (schema.member('type') !== null) return this.fail(`type beside "${keyword}" is not supported`);
    const schemas = schema.member(keyword)!;
    if (schemas.kind != ARRAY || schemas.items.length == 0) return this.fail(`${keyword} is no list of schemas`);
    const count = schemas.items.length;
    if (count > MAX_ALTERNATIVES) return this.fail(`${keyword} has more than ${MAX_ALTERNATIVES} schemas`);
    const ways: string[] = [];
    for (let i = 0; i < count; ++i) {
      ways.push(this.schema(schemas.items[i], keyword, i.toString()));
      for (let j = 0; j < i && keyword == 'oneOf'; ++j) {
        if (areDisjoint(this.root, schemas.items[j], schemas.items[i])) continue;
        this.fail(`a value may match both schemas ${j} and ${i} of oneOf; anyOf is taken, or types that differ`);
      }
    }
    return ways.join(' | ');
  }

  /** What a schema without alternatives allows: its kinds, each with the keywords about it. */
  private typed(schema: Json): string {
    let types = this.types(schema);
    let about: u32 = 0;
    for (let i = 0; i < schema.keys.length; ++i) {
      const key = schema.keys[i];
      if (key == 'type' || isAnnotation(key)) continue;
      const kinds = kindsOf(key);
      if (kinds == 0) return this.fail(`the keyword "${key}" is not supported`);
      about |= kinds;
    }
    if (schema.member('type') === null && about != 0) {
      // Without a type the keywords tell it; other kinds would be allowed as well, but nobody means them.
      if (about != OF_OBJECT && about != OF_ARRAY && about != OF_STRING && about != OF_NUMBER) {
        return this.fail('keywords about values of several kinds need a type');
      }
      types = about;
    }
    if (types == OF_ANY && about == 0) return this.primitive('value');
    const ways: string[] = [];
    for (let i = 0; i < KINDS.length; ++i) {
      if ((types & KINDS[i]) != KINDS[i] || (KINDS[i] == OF_INTEGER && (types & OF_FRACTION) != 0)) continue;
      ways.push(this.kind(KINDS[i], schema));
    }
    return ways.length == 1 ? ways[0] : ways.map<string>((way) => `(${way})`).join(' | ');
  }

  private kind(kind: u32, schema: Json): string {
    if (kind == OF_OBJECT) return this.object(schema);
    if (kind == OF_ARRAY) return this.array(schema);
    if (kind == OF_STRING) return this.string(schema);
    if (kind == OF_BOOLEAN) return this.primitive('boolean');
    if (kind == OF_NULL) return this.primitive('null');
    return this.number(schema, kind == OF_INTEGER);
  }

  /** A number that counts something; `fallback` if it is not there. */
  private count(schema: Json, keyword: string, fallback: i64): i64 {
    const member = schema.member(keyword);
    if (member === null) return fallback;
    const value = member.kind == NUMBER ? parseFloat(member.text) : NaN;
    if (value >= 0 && value <= 2147483647 && Math.floor(value) == value) return <i64>value;
    this.fail(`${keyword} is no number of something`);
    return fallback;
  }

  private string(schema: Json): string {
    const least = this.count(schema, 'minLength', 0);
    const most = this.count(schema, 'maxLength', -1);
    const format = schema.member('format');
    if (most >= 0 && least > most) return this.fail('minLength is above maxLength');
    if (format !== null) {
      if (format.kind != STRING || !isFormat(format.text)) {
        return this.fail('only the formats date, time, date-time and uuid are supported');
      }
      if (least > 0 || most >= 0) return this.fail('a length beside a format is not supported');
      return this.primitive(format.text);
    }
    if (least == 0 && most < 0) return this.primitive('string');
    return `"\\"" ${repeated(this.primitive('char'), least, most)} "\\"" ${this.space}`;
  }

  private number(schema: Json, isWhole: bool): string {
    const step = schema.member('multipleOf');
    if (step !== null && !(isWhole && step.kind == NUMBER && parseFloat(step.text) == 1)) {
      return this.fail('multipleOf is supported for integers and 1 only');
    }
    const low = this.bound(schema, 'minimum', 'exclusiveMinimum', 1);
    const high = this.bound(schema, 'maximum', 'exclusiveMaximum', -1);
    if (!isWhole) {
      if (isNaN(low) && isNaN(high)) return this.primitive('number');
      if (low == 0 && isNaN(high) && schema.member('exclusiveMinimum') === null) return this.primitive('non-negative');
      return this.fail('bounds of numbers other than "minimum": 0 are supported for integers only');
    }
    if (isNaN(low) && isNaN(high)) return this.primitive('integer');
    const limit = <f64>INTEGER_LIMIT;
    if (Math.abs(low) >= limit || Math.abs(high) >= limit) {
      return this.fail(`bounds have to be between -${INTEGER_LIMIT} and ${INTEGER_LIMIT}`);
    }
    const least = isNaN(low) ? 0 : <i64>low;
    const most = isNaN(high) ? 0 : <i64>high;
    const numbers = integersBetween(!isNaN(low), least, !isNaN(high), most);
    if (numbers.length == 0) return this.fail('no integer is between the bounds');
    return `(${numbers}) ${this.space}`;
  }

  /** The whole number nearest to both bounds of one side that is within them, for integers; NaN if there is none. */
  private bound(schema: Json, inclusive: string, exclusive: string, inward: f64): f64 {
    let bound: f64 = NaN;
    const within = schema.member(inclusive);
    if (within !== null) {
      if (within.kind != NUMBER) this.fail(`${inclusive} is no number`);
      const value = parseFloat(within.text);
      bound = inward > 0 ? Math.ceil(value) : Math.floor(value);
    }
    const beyond = schema.member(exclusive);
    if (beyond !== null) {
      if (beyond.kind != NUMBER) this.fail(`${exclusive} is no number`);
      const value = parseFloat(beyond.text);
      const next = inward > 0 ? Math.floor(value) + 1 : Math.ceil(value) - 1;
      if (isNaN(bound) || (inward > 0 ? next > bound : next < bound)) bound = next;
    }
    return bound;
  }

  private array(schema: Json): string {
    const least = this.count(schema, 'minItems', 0);
    const most = this.count(schema, 'maxItems', -1);
    const unique = schema.member('uniqueItems');
    if (unique !== null && !unique.isFalse && !(most >= 0 && most <= 1)) {
      return this.fail('uniqueItems is not supported');
    }
    const first = schema.member('prefixItems');
    const rest = schema.member('items');
    if (first !== null && first.kind != ARRAY) return this.fail('prefixItems is no list');
    const fixed = first === null ? 0 : first.items.length;
    const isOpen = rest === null ? first === null : !rest.isFalse;
    if (most >= 0 && (least > most || <i64>fixed > most)) return this.fail('maxItems is too small');
    if (!isOpen && least > <i64>fixed) return this.fail('minItems is too large');
    const items: string[] = [];
    for (let i = 0; i < fixed; ++i) items.push(this.schema(first!.items[i], 'prefixItems', i.toString()));
    const parts: string[] = [`"[" ${this.space}`];
    if (fixed > 0) parts.push(items.join(' "," space '));
    const more = most < 0 ? -1 : most - fixed;
    if (isOpen && more != 0) {
      const item = rest === null ? this.primitive('value') : this.schema(rest, 'items');
      const needed = max<i64>(0, least - fixed);
      if (fixed > 0) {
        parts.push(repeated(`("," space ${item})`, needed, more));
      } else {
        const following = `${item} ${repeated(`("," space ${item})`, max<i64>(0, needed - 1), more < 0 ? -1 : more - 1)}`;
        parts.push(needed == 0 ? `(${following})?` : following);
      }
    }
    parts.push(`"]" space`);
    return parts.join(' ');
  }

  private object(schema: Json): string {
    const properties = schema.member('properties');
    const additional = schema.member('additionalProperties');
    const required = this.required(schema, properties);
    if (properties !== null && properties.kind != OBJECT) return this.fail('properties is no object');
    const count = properties === null ? 0 : properties.keys.length;
    const isOpen = additional === null ? count == 0 : !additional.isFalse;
    if (this.count(schema, 'minProperties', 0) > <i64>required.length) {
      return this.fail('minProperties above the number of those required is not supported');
    }
    const most = this.count(schema, 'maxProperties', -1);
    if (most >= 0 && (isOpen || most < <i64>count)) return this.fail('maxProperties is not supported here');
    const pairs: string[] = [];
    const names: string[] = count == 0 ? [] : properties!.keys;
    for (let i = 0; i < count; ++i) {
      const value = this.schema(properties!.items[i], 'properties', names[i]);
      pairs.push(this.rule(`${literal(quoted(names[i]))} ${this.space} ":" space ${value}`));
    }
    if (isOpen) pairs.push(this.additionalPair(names, additional));
    return `"{" ${this.space} ${this.members(pairs, names, required, isOpen)} "}" space`;
  }

  /** Names that `required` lists. */
  private required(schema: Json, properties: Json | null): string[] {
    const names: string[] = [];
    const required = schema.member('required');
    if (required === null) return names;
    if (required.kind != ARRAY) this.fail('required is no list');
    for (let i = 0; i < required.items.length; ++i) {
      const name = required.items[i];
      if (name.kind != STRING) this.fail('required is no list of names');
      else if (properties === null || properties.member(name.text) === null) {
        this.fail(`"${name.text}" is required and none of the properties`);
      }
      names.push(name.text);
    }
    return names;
  }

  /** The rule of a property that the schema does not name, and its value. */
  private additionalPair(names: string[], additional: Json | null): string {
    const value = additional === null ? this.primitive('value') : this.schema(additional, 'additionalProperties');
    if (names.length == 0) return this.rule(`${this.primitive('string')} ":" space ${value}`);
    for (let i = 0; i < names.length; ++i) {
      if (!canBeAside(names[i])) return this.fail('additionalProperties is not supported beside such names');
    }
    const name = otherNames(names, 'other', this.lines);
    return this.rule(`"\\"" ${name} ${this.space} ":" space ${value}`);
  }

  /**
   * The members of an object in the order of the schema: each of the first ones may be the one that has no comma before
   * it, up to the first that is required.
   */
  private members(pairs: string[], names: string[], required: string[], isOpen: bool): string {
    const count = names.length;
    // What may follow once a member is there.
    const tails: string[] = [isOpen ? `("," space ${pairs[count]})*` : ''];
    for (let i = count - 1; i > 0; --i) {
      const next = `"," space ${pairs[i]}`;
      const tail = `${required.includes(names[i]) ? next : `(${next})?`} ${tails[tails.length - 1]}`;
      tails.push(this.rule(tail));
    }
    const ways: string[] = [];
    for (let i = 0; i < count; ++i) {
      ways.push(`${pairs[i]} ${tails[count - 1 - i]}`);
      if (required.includes(names[i])) return `(${ways.join(' | ')})`;
    }
    if (isOpen) ways.push(`${pairs[count]} ${tails[0]}`);
    return ways.length == 0 ? '' : `(${ways.join(' | ')})?`;
  }
}
