/**
 * JSON Schema as GBNF. Every text that the grammar makes is a value that the schema allows; of the values that it allows,
 * not all can be made (properties come in the schema's order, and none that it does not name unless additionalProperties
 * says so). A schema with anything that is not understood is refused: docs/grammars.md has what is.
 */
import { MAX_GRAMMAR_BYTES } from '../grammar/limits';
import { arrayExpression } from './arrays';
import { Conversion } from './conversion';
import { compact, literal } from './gbnf-text';
import { ARRAY, Json, JsonParser, OBJECT, STRING } from './json';
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
import { numberExpression } from './numbers';
import { objectExpression } from './objects';
import { areDisjoint, resolve } from './references';
import { stringExpression } from './strings';

/** Bytes of a schema, each of which may become several of the grammar. */
const MAX_SCHEMA_BYTES: u32 = 64 << 10;
/** Alternatives of one schema: those of oneOf are compared with one another. */
const MAX_ALTERNATIVES: i32 = 256;
/** Kinds of values in the order in which their alternatives stand. */
const KINDS: StaticArray<u32> = [OF_OBJECT, OF_ARRAY, OF_STRING, OF_NUMBER, OF_INTEGER, OF_BOOLEAN, OF_NULL];

/** The conversion as a whole; its `error` says what is wrong. */
@final
export class JsonSchema extends Conversion {
  /** The grammar, UTF-8. */
  grammar: ArrayBuffer = new ArrayBuffer(0);
  private root: Json = new Json(OBJECT);

  /** Converts `bytes` bytes of UTF-8 at `text`. */
  constructor(text: usize, bytes: u32) {
    super();
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

  protected expression(schema: Json): string {
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
    if (kind == OF_OBJECT) return objectExpression(this, schema);
    if (kind == OF_ARRAY) return arrayExpression(this, schema);
    if (kind == OF_STRING) return stringExpression(this, schema);
    if (kind == OF_BOOLEAN) return this.primitive('boolean');
    if (kind == OF_NULL) return this.primitive('null');
    return numberExpression(this, schema, kind == OF_INTEGER);
  }
}
