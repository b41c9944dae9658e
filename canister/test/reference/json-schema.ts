/** JSON Schema (2020-12) as plainly as it can be written, for the keywords that the engine's converter knows. */
export type Schema = boolean | { [keyword: string]: unknown };

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

const isOfType = (value: unknown, type: string): boolean =>
  type === 'integer' ? typeof value === 'number' && Number.isInteger(value) : typeOf(value) === type;

/** The same value, whatever the order of members. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) =>
    typeOf(item) === 'object' ? Object.fromEntries(Object.entries(item as object).sort()) : item,
  );

const formats: Record<string, RegExp> = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  date: /^\d{4}-\d\d-\d\d$/,
  time: /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/,
};

function hasFormat(value: string, format: string): boolean {
  const [date, time] = format === 'date-time' ? value.split('T') : format === 'date' ? [value] : [undefined, value];
  if (format === 'uuid') return formats.uuid!.test(value);
  if (date !== undefined) {
    const day = new Date(`${date}T00:00:00Z`);
    if (!formats.date!.test(date) || Number.isNaN(day.getTime()) || !day.toISOString().startsWith(date)) return false;
  }
  return time === undefined || formats.time!.test(time);
}

/** Whether a value is what a schema allows. */
export function matches(root: Schema, schema: Schema, value: unknown): boolean {
  if (typeof schema === 'boolean') return schema;
  const s = schema as Record<string, never>;
  const all = (schemas: Schema[]) => schemas.map((each) => matches(root, each, value));
  if (s.$ref !== undefined) {
    const target = String(s.$ref)
      .split('/')
      .slice(1)
      .reduce((at, step) => (at as never)[step], root as unknown);
    return matches(root, target as Schema, value);
  }
  if (s.type !== undefined && ![s.type].flat().some((type) => isOfType(value, type))) return false;
  if ('const' in s && canonical(s.const) !== canonical(value)) return false;
  if (s.enum && !(s.enum as unknown[]).some((each) => canonical(each) === canonical(value))) return false;
  if (s.anyOf && !all(s.anyOf).includes(true)) return false;
  if (s.oneOf && all(s.oneOf).filter(Boolean).length !== 1) return false;
  if (s.allOf && all(s.allOf).includes(false)) return false;
  if (typeof value === 'string') {
    const length = [...value].length;
    if (length < (s.minLength ?? 0) || length > (s.maxLength ?? Infinity)) return false;
    if (s.format !== undefined && !hasFormat(value, s.format)) return false;
  }
  if (typeof value === 'number') {
    if (value < (s.minimum ?? -Infinity) || value > (s.maximum ?? Infinity)) return false;
    if (value <= (s.exclusiveMinimum ?? -Infinity) || value >= (s.exclusiveMaximum ?? Infinity)) return false;
  }
  if (Array.isArray(value)) {
    if (value.length < (s.minItems ?? 0) || value.length > (s.maxItems ?? Infinity)) return false;
    const prefix: Schema[] = s.prefixItems ?? [];
    return value.every((item, i) => matches(root, prefix[i] ?? s.items ?? true, item));
  }
  if (typeOf(value) !== 'object') return true;
  const members = value as Record<string, unknown>;
  const properties: Record<string, Schema> = s.properties ?? {};
  if (((s.required ?? []) as string[]).some((name) => !Object.hasOwn(members, name))) return false;
  return Object.entries(members).every(([name, item]) =>
    matches(root, Object.hasOwn(properties, name) ? properties[name]! : (s.additionalProperties ?? true), item),
  );
}
