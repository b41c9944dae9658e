import { Json, NUMBER } from './json';
import { define } from './primitives';

/**
 * A schema on its way to a grammar: the rules that there are so far, where in the schema the converter is, and the first
 * error with that place. What single kinds of values become is told by the files that are named after them; a schema within
 * one of theirs they hand back to `schema`.
 */
export abstract class Conversion {
  /** What is wrong with the schema, and where in it; empty if nothing is. */
  error: string = '';
  /** Rules, a line each. */
  readonly lines: string[] = [];
  /** What references lead to, in the order in which they are met, and the rule of each. */
  protected readonly pointers: string[] = [];
  private readonly rules: Map<string, string> = new Map();
  /** Steps that lead to the schema that is being looked at. */
  protected readonly path: string[] = [];
  private readonly defined: Set<string> = new Set();

  /** What a schema allows, as alternatives that need parentheses. */
  protected abstract expression(schema: Json): string;

  /** Notes what is wrong with the present schema, unless something has been wrong before; an expression, whatever it is. */
  fail(reason: string): string {
    if (this.error.length == 0) this.error = `${this.path.join('/')}: ${reason}`;
    return '""';
  }

  /** Name of the rule for what a pointer leads to. */
  reference(pointer: string): string {
    if (this.rules.has(pointer)) return this.rules.get(pointer);
    const rule = `part-${this.pointers.length}`;
    this.pointers.push(pointer);
    this.rules.set(pointer, rule);
    return rule;
  }

  /** A rule of primitives.ts. */
  primitive(name: string): string {
    define(name, this.defined, this.lines);
    return name;
  }

  /** A rule of its own for an expression. */
  rule(expression: string): string {
    const name = `rule-${this.lines.length}`;
    this.lines.push(`${name} ::= ${expression}`);
    return name;
  }

  get space(): string {
    return this.primitive('space');
  }

  /** The rule of what a schema within the present one allows; `step` and `name` lead to it. */
  schema(schema: Json, step: string, name: string = ''): string {
    if (this.error.length > 0) return '""';
    const expression = this.below(schema, step, name);
    return expression.includes(' ') ? this.rule(expression) : expression;
  }

  /** What a schema within the present one allows, as alternatives that need parentheses. */
  protected below(schema: Json, step: string, name: string): string {
    this.path.push(step);
    if (name.length > 0) this.path.push(name);
    const expression = this.expression(schema);
    if (name.length > 0) this.path.pop();
    this.path.pop();
    return expression;
  }

  /** A number that counts something; `fallback` if it is not there. */
  count(schema: Json, keyword: string, fallback: i64): i64 {
    const member = schema.member(keyword);
    if (member === null) return fallback;
    const value = member.kind == NUMBER ? parseFloat(member.text) : NaN;
    if (value >= 0 && value <= 2147483647 && Math.floor(value) == value) return <i64>value;
    this.fail(`${keyword} is no number of something`);
    return fallback;
  }
}
