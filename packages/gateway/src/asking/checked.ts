// Checks a request against a schema; an error names the field.
import type { z } from 'zod';
import { invalid } from '../refusal.js';

type Issue = z.core.$ZodIssue;

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  );

/** If a union does not match, the issue of the member that fits best. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const inner = issue.errors
    .map(([first]) => first)
    .filter((first) => first !== undefined)
    .map((first) => deepest({ ...first, path: [...issue.path, ...first.path] } as Issue));
  const nearest = inner.toSorted((one, other) => other.path.length - one.path.length)[0];
  return nearest !== undefined && nearest.path.length > issue.path.length ? nearest : issue;
}

function sentence(issue: Issue): string {
  if (issue.code === 'invalid_type') return `expected ${named(issue.expected)}, got ${kindOf(issue.input)}`;
  if (issue.code === 'invalid_union') {
    const expected = issue.errors.flatMap(([first]) => (first?.code === 'invalid_type' ? [named(first.expected)] : []));
    if (expected.length > 0) {
      const kinds = [...new Set(expected)].filter((each) => each !== 'null').join(' or ');
      return `expected ${kinds}, got ${kindOf(issue.input)}`;
    }
  }
  return issue.message.replace(/^Invalid input: /, '');
}

/** zod says record for what JSON calls an object. */
const named = (kind: string): string => (kind === 'record' ? 'object' : kind);

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  return Array.isArray(value) ? 'an array' : typeof value;
}

/** OpenAI's code for what is wrong with a field. */
function codeOf(issue: Issue): string {
  if (issue.input === undefined) return 'missing_required_parameter';
  return issue.code === 'invalid_type' || issue.code === 'invalid_union' ? 'invalid_type' : 'invalid_value';
}

/**
 * Checks a value and returns it as its schema describes it.
 * @param at  where in the request it is: `tools[0]`; '' is the body itself
 */
export function checkedPart<S extends z.ZodType>(schema: S, value: unknown, at: string): z.output<S> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const issue = deepest(result.error.issues[0]!);
  const inside = pathOf(issue.path);
  const param = inside === '' || inside.startsWith('[') ? `${at}${inside}` : at === '' ? inside : `${at}.${inside}`;
  throw invalid(param || 'body', sentence(issue), codeOf(issue));
}

/** Checks a request's body and returns it as its schema describes it. */
export const checked = <S extends z.ZodType>(schema: S, body: unknown): z.output<S> => checkedPart(schema, body, '');
