/**
 * The allowed imports and exports of a module (dfinity/ic, embedders: validation.rs; interface specification, "Canister
 * module format").
 */
import { type FunctionType, hasMemory64, type WasmModule } from './module.js';
import { invalid, moduleLimits, suggestions, typeName, WasmValidationError } from './refusal.js';
import { importType } from './system-api.js';

/** Exported method names by how they may be called. */
export interface MethodNames {
  update: Set<string>;
  query: Set<string>;
  compositeQuery: Set<string>;
}

const reservedExports = new Set([
  'canister counter_instructions',
  'canister_start',
  'canister counter_dirty_pages',
  'canister counter_accessed_pages',
  'canister stable_memory_size',
  'stable_memory',
  'stable_memory_bytemap',
]);

const entryPoints = new Set([
  'canister_init',
  'canister_pre_upgrade',
  'canister_post_upgrade',
  'canister_inspect_message',
  'canister_heartbeat',
  'canister_global_timer',
  'canister_on_low_wasm_memory',
]);

const methodKinds = {
  canister_update: 'update',
  canister_query: 'query',
  canister_composite_query: 'compositeQuery',
} as const;

const showTypes = (types: readonly number[]) => `[${types.map((type) => typeName(type)?.toUpperCase()).join(', ')}]`;

function sameType(a: FunctionType, b: FunctionType): boolean {
  const same = (x: readonly number[], y: readonly number[]) => x.length === y.length && x.every((t, i) => t === y[i]);
  return same(a.params, b.params) && same(a.results, b.results);
}

function checkSignature(name: string, expected: FunctionType, actual: FunctionType): void {
  if (sameType(expected, actual)) return;
  const differs = (what: string, want: readonly number[], got: readonly number[]) =>
    invalid('function signature', `Expected ${what} ${showTypes(want)} for '${name}', got ${showTypes(got)}.`);
  if (showTypes(expected.params) !== showTypes(actual.params)) differs('input params', expected.params, actual.params);
  differs('return type', expected.results, actual.results);
}

/** Checks the imports; returns the names of the system calls among them. */
export function validateImports(module: WasmModule): Set<string> {
  const used = new Set<string>();
  const memory64 = hasMemory64(module);
  for (const entry of module.imports) {
    if (entry.kind === 'global') invalid('import section', 'Importing globals is not allowed.');
    if (entry.kind !== 'func') {
      if (entry.name !== entry.kind || entry.module === 'env') continue;
      const text =
        entry.kind === 'table' ? 'Only tables imported from env.table are' : 'Only memory imported from env.memory is';
      invalid('import section', `${text} allowed.`);
    }
    const known = importType(entry.name, memory64);
    if (known === undefined) {
      invalid(
        'import section',
        `Module imports function '${entry.name}' from '${entry.module}' that is not exported by the runtime.`,
      );
    }
    if (entry.module !== 'ic0') {
      invalid(
        'import section',
        `Module imports function "${entry.name}" from "${entry.module}", expected to be imported from one of ["ic0"] instead.`,
      );
    }
    const type = module.types[entry.type];
    if (type !== undefined) checkSignature(entry.name, known, type);
    used.add(entry.name);
  }
  return used;
}

/** Checks the exports; `present` are the exported entry points. */
export function validateExports(module: WasmModule): { methods: MethodNames; present: Set<string> } {
  const importedTypes = module.imports.flatMap((entry) => (entry.kind === 'func' ? [entry.type] : []));
  const typeOf = (index: number): FunctionType =>
    module.types[importedTypes[index] ?? module.functions[index - importedTypes.length]!]!;
  const methods = { update: new Set<string>(), query: new Set<string>(), compositeQuery: new Set<string>() };
  const present = new Set<string>();
  const seen = new Set<string>();
  let nameBytes = 0;
  for (const { name, kind, index } of module.exports) {
    if (reservedExports.has(name)) invalid('export section', `Exporting reserved symbol ${name} not allowed.`);
    if (kind !== 'func') continue;
    const space = name.indexOf(' ');
    const prefix = space < 0 ? '' : name.slice(0, space);
    const noParameters: FunctionType = { params: [], results: [] };
    if (prefix in methodKinds) {
      const method = name.slice(space + 1);
      if (seen.has(method)) {
        throw new WasmValidationError(
          `Duplicate function '${method}' exported multiple times with different call types: update, query, or composite_query`,
          suggestions.duplicate(method),
        );
      }
      seen.add(method);
      nameBytes += new TextEncoder().encode(method).length;
      checkSignature(name, noParameters, typeOf(index));
      methods[methodKinds[prefix as keyof typeof methodKinds]].add(method);
    } else if (name.startsWith('canister_')) {
      if (!entryPoints.has(name)) {
        invalid('export section', `Exporting reserved function '${name}' with "canister_" prefix`);
      }
      checkSignature(name, noParameters, typeOf(index));
      present.add(name);
    }
  }
  const called =
    'exported functions called `canister_update <name>`, `canister_query <name>`, or `canister_composite_query <name>`';
  if (seen.size > moduleLimits.exportedMethods) {
    throw new WasmValidationError(
      `The number of ${called} is ${seen.size} which exceeds ${moduleLimits.exportedMethods}`,
      suggestions.exports,
    );
  }
  if (nameBytes > moduleLimits.exportedMethodNameBytes) {
    throw new WasmValidationError(
      `The sum of \`<name>\` lengths in ${called} is ${nameBytes} which exceeds the allowed limit of ${moduleLimits.exportedMethodNameBytes}`,
      suggestions.names,
    );
  }
  return { methods, present };
}
