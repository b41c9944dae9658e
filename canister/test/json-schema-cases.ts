import { beforeAll, expect } from 'vitest';
import { SchemaPart } from './json-schema-part.js';

let part: SchemaPart;
beforeAll(async () => {
  part = await SchemaPart.load();
});

/** A schema, texts that match it, and texts that do not. A schema that is a text is JSON as it stands. */
export type Case = [schema: unknown, right: string[], wrong: string[]];

export function check(schema: unknown, right: readonly string[], wrong: readonly string[]): void {
  expect(part.open(schema)).toBe('');
  for (const text of right) expect([text, part.makes(text)]).toEqual([text, true]);
  for (const text of wrong) expect([text, part.makes(text)]).toEqual([text, false]);
}
