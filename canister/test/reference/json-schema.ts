/** JSON Schema (2020-12, and what remains of older versions) as plainly as possible, to judge values. */
import { formats, isOfRange } from './formats.js';

export type Schema = boolean | { [keyword: string]: unknown };

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

const isOfType = (value: unknown, type: string): boolean =>
  type === 'integer' ? typeof value === 'number' && Number.isInteger(value) : typeOf(value) === type;

/** Whether two values are equal, whatever the order of their members. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) =>
    typeOf(item) === 'object' ? Object.fromEntries(Object.entries(item as object).sort()) : item === 0 ? 0 : item,
  );

/** The target of a reference: a schema with that $id, or a place below such a schema or below the root. */
function resolve(root: Schema, reference: string): Schema {
  const [base = '', pointer] = reference.split('#');
  const start = base === '' ? root : find(root, base);
  if (start === undefined) throw new Error(`no ${reference}`);
  return (pointer ?? '')
    .split('/')
    .slice(1)
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((at, step) => (at as never)[step], start as unknown) as Schema;
}

function find(at: unknown, id: string): Schema | undefined {
  if (at === null || typeof at !== 'object') return undefined;
  if ((at as { $id?: unknown }).$id === id) return at as Schema;
  return Object.values(at).reduce<Schema | undefined>((found, each) => found ?? find(each, id), undefined);
}

/** Whether a schema allows a value. */
export function matches(root: Schema, schema: Schema, value: unknown): boolean {
  if (typeof schema === 'boolean') return schema;
  const s = schema as Record<string, never>;
  const all = (schemas: Schema[]) => schemas.map((each) => matches(root, each, value));
  if (s.$ref !== undefined && !matches(root, resolve(root, String(s.$ref)), value)) return false;
  const types = s.type === undefined ? undefined : [s.type, ...(s.nullable ? ['null'] : [])].flat();
  if (types && !types.some((type) => isOfType(value, type))) return false;
  if ('const' in s && canonical(s.const) !== canonical(value)) return false;
  if (s.enum && !(s.enum as unknown[]).some((each) => canonical(each) === canonical(value))) return false;
  if (s.anyOf && !all(s.anyOf).includes(true)) return false;
  if (s.oneOf && all(s.oneOf).filter(Boolean).length !== 1) return false;
  if (s.allOf && all(s.allOf).includes(false)) return false;
  if (s.not !== undefined && matches(root, s.not, value)) return false;
  if (typeof value === 'string') return isString(s, value);
  if (typeof value === 'number') return isNumber(s, value);
  if (Array.isArray(value)) return isArray(root, s, value);
  return typeOf(value) !== 'object' || isObject(root, s, value as Record<string, unknown>);
}

function isString(s: Record<string, never>, value: string): boolean {
  const length = [...value].length;
  if (length < (s.minLength ?? 0) || length > (s.maxLength ?? Infinity)) return false;
  if (s.pattern !== undefined && !new RegExp(s.pattern, 'u').test(value)) return false;
  if (s.contentEncoding !== undefined && !(formats[s.contentEncoding]?.(value) ?? true)) return false;
  // Beside a format, a pattern is what the generator means by the format.
  return s.format === undefined || s.pattern !== undefined || (formats[s.format]?.(value) ?? true);
}

function isNumber(s: Record<string, never>, value: number): boolean {
  const isOpen = (bound: unknown) => bound === true;
  const exclusive = (bound: unknown, otherwise: number) => (typeof bound === 'number' ? bound : otherwise);
  if (!Number.isFinite(value)) return false;
  if (value < (s.minimum ?? -Infinity) || value > (s.maximum ?? Infinity)) return false;
  if (isOpen(s.exclusiveMinimum) && value === s.minimum) return false;
  if (isOpen(s.exclusiveMaximum) && value === s.maximum) return false;
  if (value <= exclusive(s.exclusiveMinimum, -Infinity) || value >= exclusive(s.exclusiveMaximum, Infinity))
    return false;
  if (s.format !== undefined && !isOfRange(value, s.format)) return false;
  const quotient = value / (s.multipleOf ?? 1);
  return (
    s.multipleOf === undefined || Math.abs(quotient - Math.round(quotient)) < 1e-9 * Math.max(1, Math.abs(quotient))
  );
}

function isArray(root: Schema, s: Record<string, never>, value: unknown[]): boolean {
  if (value.length < (s.minItems ?? 0) || value.length > (s.maxItems ?? Infinity)) return false;
  if (s.uniqueItems && new Set(value.map(canonical)).size < value.length) return false;
  const isOld = Array.isArray(s.items);
  const first: Schema[] = (isOld ? s.items : s.prefixItems) ?? [];
  const rest: Schema = (isOld ? s.additionalItems : s.items) ?? true;
  return value.every((item, i) => matches(root, first[i] ?? rest, item));
}

function isObject(root: Schema, s: Record<string, never>, value: Record<string, unknown>): boolean {
  const names = Object.keys(value);
  if (names.length < (s.minProperties ?? 0) || names.length > (s.maxProperties ?? Infinity)) return false;
  if (((s.required ?? []) as string[]).some((name) => !Object.hasOwn(value, name))) return false;
  const properties: Record<string, Schema> = s.properties ?? {};
  const patterns = Object.entries((s.patternProperties ?? {}) as Record<string, Schema>);
  return names.every((name) => {
    if (s.propertyNames !== undefined && !matches(root, s.propertyNames, name)) return false;
    const own = Object.hasOwn(properties, name) ? [properties[name]!] : [];
    const matched = patterns.filter(([pattern]) => new RegExp(pattern, 'u').test(name)).map(([, each]) => each);
    const spoken = [...own, ...matched];
    const schemas = spoken.length > 0 ? spoken : [(s.additionalProperties ?? true) as Schema];
    return schemas.every((each) => matches(root, each, value[name]));
  });
}
