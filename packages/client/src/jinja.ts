// Chat templates are written for Python's Jinja2. @huggingface/jinja renders nearly all of it; other features of
// published templates are rewritten here to ones that it has: `str.format`, and dictionaries whose keys are integers.
import { Template } from '@huggingface/jinja';

/** A node of a parsed template: the library's name of its type, and its children as named members. */
interface Node {
  type: string;
  [child: string]: unknown;
}

const FORMAT = 'python_format';
const LOOK_UP = 'python_look_up';

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

const identifier = (value: string): Node => ({ type: 'Identifier', value });
const call = (name: string, args: unknown[]): Node => ({ type: 'CallExpression', callee: identifier(name), args });

/** Replaces a node and all nodes below it by the results of `change`, from the bottom up. */
function rewrite(value: unknown, change: (node: Node) => Node): unknown {
  if (Array.isArray(value)) return value.map((each) => rewrite(each, change));
  if (value instanceof Map) {
    return new Map([...value].map(([key, each]) => [rewrite(key, change), rewrite(each, change)]));
  }
  if (!isNode(value)) return value;
  for (const key of Object.keys(value)) value[key] = rewrite(value[key], change);
  return change(value);
}

/** The entries of a dictionary with integer keys, ascending; undefined for any other node. */
function numberedEntries(node: Node): [Node, Node][] | undefined {
  if (node.type !== 'ObjectLiteral' || !(node.value instanceof Map)) return undefined;
  const entries = [...(node.value as Map<Node, Node>)];
  if (entries.length === 0 || entries.some(([key]) => key.type !== 'IntegerLiteral')) return undefined;
  return entries.sort(([a], [b]) => (a.value as number) - (b.value as number));
}

/** Replaces such a dictionary by a list of pairs, and adapts the uses of its variable. */
function rewriteNumbered(program: Node): void {
  const names = new Set<string>();
  rewrite(program, (node) => {
    const target = node.assignee;
    if (node.type === 'Set' && isNode(target) && isNode(node.value) && numberedEntries(node.value)) {
      names.add(target.value as string);
    }
    return node;
  });
  if (names.size === 0) return;
  const isOne = (node: unknown) => isNode(node) && node.type === 'Identifier' && names.has(node.value as string);
  rewrite(program, (node) => {
    const entries = numberedEntries(node);
    if (entries) return { type: 'ArrayLiteral', value: entries.map((value) => ({ type: 'ArrayLiteral', value })) };
    const filter = node.filter as Node | undefined;
    if (node.type === 'FilterExpression' && isOne(node.operand) && filter?.value === 'dictsort') {
      return node.operand as Node;
    }
    if (node.type === 'MemberExpression' && node.computed === true && isOne(node.object)) {
      return call(LOOK_UP, [node.object, node.property]);
    }
    return node;
  });
}

function rewriteFormat(program: Node): void {
  rewrite(program, (node) => {
    const callee = node.callee as Node | undefined;
    if (node.type !== 'CallExpression' || callee?.type !== 'MemberExpression' || callee.computed === true) return node;
    if ((callee.property as Node).value !== 'format') return node;
    return call(FORMAT, [callee.object, ...(node.args as unknown[])]);
  });
}

/** `'{} {1} {{}}'.format(...)`: fields by order or number, as templates use them. */
function format(text: string, ...args: unknown[]): string {
  let next = 0;
  return text.replace(/\{\{|\}\}|\{(\d*)\}/g, (found, index: string | undefined) => {
    if (index === undefined) return found[0]!;
    return String(args[index === '' ? next++ : Number(index)]);
  });
}

/** The value of a key in a list of pairs, in the library's representation. */
function lookUp(pairs: readonly { value: readonly { value: unknown }[] }[], key: unknown): unknown {
  return pairs.find(({ value: [name] }) => name?.value === key)?.value[1]?.value;
}

/** A template that is parsed once. Errors: the library's SyntaxError. */
export class JinjaTemplate {
  readonly #template: Template;

  constructor(source: string) {
    this.#template = new Template(source);
    const program = this.#template.parsed as unknown as Node;
    rewriteNumbered(program);
    rewriteFormat(program);
  }

  /** Errors: those of the library, and those that the template raises. */
  render(variables: Record<string, unknown>): string {
    return this.#template.render({ ...variables, [FORMAT]: format, [LOOK_UP]: lookUp });
  }
}
