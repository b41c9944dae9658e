// Finds the part of a Candid method's arguments that does not have the declared type.
import { IDL } from '@icp-sdk/core/candid';
import { badArgument } from './checks/checked.js';
import type { LlamaError } from './errors.js';
import { idlFactory } from './generated/llama.did.js';

let methods: ReadonlyMap<string, IDL.FuncClass> | undefined;

/** Internals of the classes of Candid types. */
interface Inside {
  _type?: IDL.Type;
  _fields?: [string, IDL.Type][];
}

function fits(type: IDL.Type, value: unknown): boolean {
  try {
    return type.covariant(value);
  } catch {
    return false;
  }
}

/** The innermost wrong place, as a path, and the value there. */
function innermost(type: IDL.Type, value: unknown, path: string): { path: string; type: IDL.Type; value: unknown } {
  const { _type: of, _fields: fields } = type as unknown as Inside;
  if (typeof value === 'object' && value !== null) {
    const parts: [string, IDL.Type, unknown][] = [];
    if (Array.isArray(value) && of) for (const [i, each] of value.entries()) parts.push([`[${i}]`, of, each]);
    const has = (name: string) => Object.hasOwn(value, name);
    for (const [name, inner] of fields ?? []) {
      // For a variant only the present alternative is checked.
      if (has(name)) parts.push([`.${name}`, inner, (value as Record<string, unknown>)[name]]);
    }
    const wrong = parts.find(([, inner, each]) => !fits(inner, each));
    if (wrong) return innermost(wrong[1], wrong[2], path + wrong[0]);
  }
  return { path, type, value };
}

/** The error for arguments that do not have these types; undefined if they do. */
export function wrongArgumentOf(
  method: string,
  types: readonly IDL.Type[],
  args: readonly unknown[],
): LlamaError | undefined {
  for (const [i, type] of types.entries()) {
    if (fits(type, args[i])) continue;
    const { path, type: expected, value } = innermost(type, args[i], '');
    const name = expected.display();
    return badArgument(
      `${method}${path}`,
      `expected ${name.length > 80 ? expected.name.slice(0, 80) : name} of llama.did`,
      value,
    );
  }
  return undefined;
}

/** The same for a method of `llama.did`. */
export function wrongArgument(method: string, args: readonly unknown[]): LlamaError | undefined {
  methods ??= new Map(idlFactory({ IDL })._fields);
  return wrongArgumentOf(method, methods.get(method)?.argTypes ?? [], args);
}
