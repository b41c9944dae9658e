// Fields of a request, checked by a schema; what is wrong names the field.
import type { z } from 'zod';
import { invalid } from '../refusal.js';

type Issue = z.core.$ZodIssue;

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  );

/** Of a choice between shapes, what is wrong with the one that comes nearest. */
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
  if (issue.code === 'invalid_type') return `expected ${issue.expected}, got ${kindOf(issue.input)}`;
  if (issue.code === 'invalid_union') {
    const expected = issue.errors.flatMap(([first]) => (first?.code === 'invalid_type' ? [first.expected] : []));
    if (expected.length > 0) return `expected ${[...new Set(expected)].filter((each) => each !== 'null').join(' or ')}`;
  }
  return issue.message.replace(/^Invalid input: /, '');
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  return Array.isArray(value) ? 'an array' : typeof value;
}

/** A request's body as its schema has it. */
export function checked<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body, { reportInput: true });
  if (result.success) return result.data;
  const issue = deepest(result.error.issues[0]!);
  throw invalid(pathOf(issue.path) || 'body', sentence(issue));
}
