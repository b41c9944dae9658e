import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { SchemaPart } from './json-schema-part.js';
import { matches, type Schema } from './reference/json-schema.js';
import { shared } from './shared.js';

/**
 * Schemas that generators make of our own definitions: zod 4 and 3, zod-to-json-schema, TypeBox, Valibot and
 * ts-json-schema-generator. Those of pydantic, OpenAPI and MCP are written by hand in their style.
 */
interface Generated {
  generator: string;
  name: string;
  schema: Schema;
  /** Values that the definition allows, with properties in the definition's order. */
  values: unknown[];
}
const path = new URL('data/generated-schemas.json', import.meta.url);
const generated = JSON.parse(readFileSync(path, 'utf8')) as Generated[];

let part: SchemaPart;
beforeAll(async () => {
  part = await SchemaPart.load();
});

describe('the schema of a generator', () => {
  it.each(generated.map((each) => [each.generator, each.name, each] as const))('%s: %s', (_, __, each) => {
    expect(part.open(each.schema)).toBe('');
    for (const value of each.values) {
      const text = JSON.stringify(value);
      expect([text, matches(each.schema, each.schema, value)]).toEqual([text, true]);
      expect([text, part.makes(text)]).toEqual([text, true]);
      const spaced = JSON.stringify(value, null, 2);
      expect([spaced, part.makes(spaced)]).toEqual([spaced, true]);
    }
  });
});

const file = shared('data', 'bugs', 'schemas-of-zod.json');
describe.skipIf(!existsSync(file))('the schemas that were once refused (../shared/data/bugs)', () => {
  const zod = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as [string, Schema][]) : [];
  it.each(zod)('%s', (_, schema) => {
    expect(part.open(schema)).toBe('');
  });
});
