// Checks the arguments of functions; a problem is described in one sentence.
import { closestMatch } from 'leven';
import * as v from 'valibot';
import { LlamaError } from '../errors.js';

/** The shapes of an object's members. It has all names of T, so that none is forgotten. */
type Entries<T> = { [K in keyof Required<T>]: v.GenericSchema };

/** An object with these names and no others. The type is given first: `record<ChatMessage>()({ ... })`. */
export function record<T>() {
  return <const E extends Entries<T>>(entries: E) =>
    v.strictObject(entries, (issue) => said(issue, Object.keys(entries)));
}

/** An object with no other names than these; its values are checked elsewhere. */
export function names(...all: readonly string[]): v.GenericSchema {
  return record<Record<string, unknown>>()(Object.fromEntries(all.map((name) => [name, v.optional(v.any())])));
}

const UNKNOWN = 'there is no ';

/** Describes the problem of an object's names: an unknown one, a missing one, or no object at all. */
function said(issue: v.BaseIssue<unknown>, names: readonly string[]): string {
  if (issue.expected === 'never') return nearest(issue, names);
  return issue.path === undefined ? 'an object' : 'a value';
}

function nearest({ path }: v.BaseIssue<unknown>, names: readonly string[]): string {
  const name = String(path?.at(-1)?.key);
  // Matches names from other interfaces: max_tokens, MaxTokens.
  const plain = (text: string) => text.replace(/[_-]/g, '').toLowerCase();
  const match =
    names.find((known) => plain(known) === plain(name)) ?? closestMatch(name, [...names], { maxDistance: 3 });
  return `${UNKNOWN}"${name}"; ${match === undefined ? `there are ${names.join(', ')}` : `"${match}" comes nearest`}`;
}

export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol' || typeof value === 'function') return `a ${typeof value}`;
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

function pathOf(path: readonly { key?: unknown }[]): string {
  return path.map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
}

/** The error for a value that a function cannot use. `where` names it: `chat: messages[0].role`. */
export function badArgument(where: string, what: string, value: unknown): LlamaError {
  return new LlamaError('input', 'BAD_ARGUMENT', `${where}: ${what}`, {
    value,
    next: 'See what this function takes: https://www.npmjs.com/package/@llama-canister/client',
  });
}

/**
 * Throws if a value does not have a shape. `where` names the function and its argument: `chat: options`. Errors:
 * `BAD_ARGUMENT`, `UNKNOWN_OPTION` with the closest name.
 */
export function check(where: string, shape: v.GenericSchema, value: unknown): void {
  const result = v.safeParse(shape, value, { abortEarly: true });
  if (result.success) return;
  const [issue] = result.issues;
  const path = issue.path ?? [];
  if (issue.message.startsWith(UNKNOWN)) {
    const of = pathOf(path.slice(0, -1));
    throw new LlamaError('input', 'UNKNOWN_OPTION', `${where}${of}: ${issue.message}`, {
      value: path.at(-1)?.key,
      next: 'Correct the name, or leave it out.',
    });
  }
  throw badArgument(`${where}${pathOf(path)}`, `expected ${issue.message}, got ${shown(issue.input)}`, issue.input);
}
