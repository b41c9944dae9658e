import { IDL } from '@icp-sdk/core/candid';
import type { Principal } from '@icp-sdk/core/principal';

const WORD = /^[A-Za-z_][A-Za-z0-9_]*$/;
const KEYWORDS = new Set([
  'null',
  'true',
  'false',
  'opt',
  'vec',
  'record',
  'variant',
  'blob',
  'principal',
  'service',
  'func',
]);
const WIDTH = 100;

function quoted(text: string): string {
  const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\', '"': '\\"' };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is escaped
  const body = text.replace(/[\\"\u0000-\u001f\u007f]/g, (char) => {
    return escapes[char] ?? `\\${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `"${body}"`;
}

function blob(bytes: Uint8Array): string {
  const body = Array.from(bytes, (byte) => {
    const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
    return plain ? String.fromCharCode(byte) : `\\${byte.toString(16).padStart(2, '0')}`;
  });
  return `blob "${body.join('')}"`;
}

/** A field's name; the decoder writes `_123_` if only the number is known. */
function label(name: string): string {
  const number = /^_(\d+)_$/.exec(name)?.[1];
  if (number !== undefined) return number;
  return WORD.test(name) && !KEYWORDS.has(name) ? name : quoted(name);
}

/** `head { a; b }` on one line if it fits, else one part per line. */
function braces(head: string, parts: readonly string[]): string {
  if (parts.length === 0) return `${head} {}`;
  const line = `${head} { ${parts.join('; ')} }`;
  if (line.length <= WIDTH && !line.includes('\n')) return line;
  const indented = parts.map((part) => `  ${part.replaceAll('\n', '\n  ')};\n`);
  return `${head} {\n${indented.join('')}}`;
}

/** Prints a decoded value in Candid's textual form, with a type for numbers whose notation does not show it. */
class Printer extends IDL.Visitor<unknown, string> {
  override visitType(_type: IDL.Type, value: unknown): string {
    return String(value);
  }

  override visitNull(): string {
    return 'null';
  }

  override visitReserved(): string {
    return 'null';
  }

  override visitText(_type: IDL.TextClass, value: unknown): string {
    return quoted(String(value));
  }

  override visitNumber(type: IDL.PrimitiveType<unknown>, value: unknown): string {
    return type.name === 'int' ? String(value) : `${value} : ${type.name}`;
  }

  override visitFloat(type: IDL.FloatClass, value: unknown): string {
    const text = Object.is(value, -0) ? '-0' : String(value);
    return `${/^-?\d+$/.test(text) ? `${text}.0` : text} : ${type.name}`;
  }

  override visitPrincipal(_type: IDL.PrincipalClass, value: unknown): string {
    return `principal "${(value as Principal).toText()}"`;
  }

  override visitOpt(_type: IDL.OptClass<unknown>, inner: IDL.Type, value: unknown): string {
    const [some] = value as unknown[];
    return (value as unknown[]).length === 0 ? 'null' : `opt ${grouped(inner, some)}`;
  }

  override visitVec(_type: IDL.VecClass<unknown>, inner: IDL.Type, value: unknown): string {
    if (value instanceof Uint8Array) return blob(value);
    return braces(
      'vec',
      Array.from(value as Iterable<unknown>, (item) => printValue(inner, item)),
    );
  }

  override visitRecord(_type: IDL.RecordClass, fields: [string, IDL.Type][], value: unknown): string {
    const record = value as Record<string, unknown>;
    return braces(
      'record',
      fields.map(([name, type]) => `${label(name)} = ${printValue(type, record[name])}`),
    );
  }

  override visitTuple(_type: IDL.TupleClass<unknown[]>, components: IDL.Type[], value: unknown): string {
    const values = value as unknown[];
    return braces(
      'record',
      components.map((type, i) => printValue(type, values[i])),
    );
  }

  override visitVariant(_type: IDL.VariantClass, fields: [string, IDL.Type][], value: unknown): string {
    const variant = value as Record<string, unknown>;
    const [name, type] = fields.find(([field]) => Object.hasOwn(variant, field)) ?? ['', IDL.Null];
    if (type instanceof IDL.NullClass) return `variant { ${label(name)} }`;
    return braces('variant', [`${label(name)} = ${printValue(type, variant[name])}`]);
  }

  override visitRec<T>(_type: IDL.RecClass<T>, inner: IDL.ConstructType<T>, value: unknown): string {
    return inner.accept(this, value);
  }

  override visitService(_type: IDL.ServiceClass, value: unknown): string {
    return `service "${(value as Principal).toText()}"`;
  }

  override visitFunc(_type: IDL.FuncClass, value: unknown): string {
    const [principal, method] = value as [Principal, string];
    return `func "${principal.toText()}".${label(method)}`;
  }
}

/** `opt` binds closer than the type after a number. */
function grouped(type: IDL.Type, value: unknown): string {
  const text = printValue(type, value);
  return / : [a-z0-9]+$/.test(text) && !text.endsWith('"') ? `(${text})` : text;
}

const printer = new Printer();

export function printValue(type: IDL.Type, value: unknown): string {
  return type.accept(printer, value);
}

/** A reply as `(value, value)`. */
export function printArguments(types: readonly IDL.Type[], values: readonly unknown[]): string {
  const parts = types.map((type, i) => printValue(type, values[i]));
  const line = `(${parts.join(', ')})`;
  if (line.length <= WIDTH && !line.includes('\n')) return line;
  return parts.length === 1 ? line : `(\n${parts.map((part) => `  ${part.replaceAll('\n', '\n  ')},\n`).join('')})`;
}
