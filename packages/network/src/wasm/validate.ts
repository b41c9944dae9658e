/**
 * What the replica refuses at install, with its wording (dfinity/ic, embedders: validation.rs and
 * rs/types/wasm_types/src/errors.rs; limits of the interface specification, "Canister module format").
 */
import { WasmFormatError } from './bytes.js';
import { decodeFunction } from './code.js';
import { opcodeComplexity } from './complexity.js';
import { engine } from './engine.js';
import { type CustomSection, type FunctionType, parseModule, type WasmModule } from './module.js';
import { ValueType } from './opcodes.js';
import { systemApi } from './system-api.js';

/** Why a module is refused. `toolchain` tells whether the replica blames the compiler rather than the developer. */
export class WasmValidationError extends Error {
  readonly toolchain: boolean;
  constructor(message: string, toolchain: boolean) {
    super(message);
    this.name = 'WasmValidationError';
    this.toolchain = toolchain;
  }
}

export const moduleLimits = {
  codeSectionBytes: 10 * 1024 * 1024,
  functions: 50_000,
  globals: 1000,
  customSections: 16,
  customSectionBytes: 1024 * 1024,
  exportedMethods: 1000,
  exportedMethodNameBytes: 20_000,
  functionOperators: 1_000_000,
  functionComplexity: 1_000_000,
} as const;

/** A public or private `icp:` section, readable through the state tree. */
export interface MetadataSection {
  name: string;
  visibility: 'public' | 'private';
  bytes: Uint8Array;
}

export interface ValidatedModule {
  module: WasmModule;
  metadata: MetadataSection[];
  /** Exported method names by how they may be called. */
  methods: { update: Set<string>; query: Set<string>; compositeQuery: Set<string> };
  /** Exported entry points: canister_init, canister_heartbeat ... */
  entryPoints: Set<string>;
  /** The ic0 functions that the module imports. */
  systemCalls: Set<string>;
}

const reservedExports = new Set([
  'canister counter_instructions',
  'canister_start',
  'canister counter_dirty_pages',
  'canister counter_accessed_pages',
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

const typeNames = new Map(
  Object.entries(ValueType).map(([name, type]) => [type as number, name.replace(/^./, (c) => c.toUpperCase())]),
);
const showTypes = (types: readonly number[]) => `[${types.map((type) => typeNames.get(type)).join(', ')}]`;

function invalid(section: string, text: string, toolchain = true): never {
  throw new WasmValidationError(`Wasm module has an invalid ${section}. ${text}`, toolchain);
}

function engineRefusal(text: string): never {
  throw new WasmValidationError(
    `Wasmtime failed to validate wasm module wasmtime::Module::validate() failed with ${text}`,
    true,
  );
}

/** Validates a module's binary. Throws WasmValidationError. */
export function validateModule(bytes: Uint8Array): ValidatedModule {
  const module = parse(bytes);
  if (module.codeSectionSize > moduleLimits.codeSectionBytes) {
    throw new WasmValidationError(
      `Wasm module code section size of ${module.codeSectionSize} exceeds the maximum allowed size of ${moduleLimits.codeSectionBytes}`,
      false,
    );
  }
  const sizes = measureFunctions(module);
  typeCheck(bytes);
  const systemCalls = validateImports(module);
  const { methods, present } = validateExports(module);
  for (const segment of module.data) {
    if (segment.mode === 'active' && segment.offset?.opcode !== 0x41) {
      invalid('data section', 'Invalid offset expression in data segment.');
    }
  }
  validateCounts(module, sizes);
  return { module, metadata: validateCustomSections(module.customs), methods, entryPoints: present, systemCalls };
}

function parse(bytes: Uint8Array): WasmModule {
  try {
    return parseModule(bytes);
  } catch (error) {
    if (error instanceof WasmFormatError) engineRefusal(error.message);
    throw error;
  }
}

/** Decodes every function, so that operators outside the accepted features are found, and measures it. */
function measureFunctions(module: WasmModule): { operators: number; complexity: number }[] {
  return module.bodies.map((body) => {
    try {
      const code = decodeFunction(body);
      let complexity = 0;
      for (let i = 0; i < code.count; i++) complexity += opcodeComplexity[code.opcodes[i]!]!;
      return { operators: code.count, complexity };
    } catch (error) {
      if (error instanceof WasmFormatError) engineRefusal(error.message);
      throw error;
    }
  });
}

function typeCheck(bytes: Uint8Array): void {
  if (engine.validate(bytes)) return;
  try {
    new engine.Module(bytes);
  } catch (error) {
    engineRefusal((error as Error).message.replace(/^WebAssembly\.Module\(\): /, ''));
  }
  engineRefusal('an unknown reason');
}

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

function validateImports(module: WasmModule): Set<string> {
  const used = new Set<string>();
  for (const entry of module.imports) {
    if (entry.kind === 'global') invalid('import section', 'Importing globals is not allowed.');
    if (entry.kind === 'table') invalid('import section', 'Only tables imported from env.table are allowed.');
    if (entry.kind === 'memory') invalid('import section', 'Only memory imported from env.memory is allowed.');
    const known = systemApi.get(entry.name);
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
    if (type !== undefined) checkSignature(entry.name, known.type, type);
    used.add(entry.name);
  }
  return used;
}

function validateExports(module: WasmModule): { methods: ValidatedModule['methods']; present: Set<string> } {
  const importedTypes = module.imports.flatMap((entry) => (entry.kind === 'func' ? [entry.type] : []));
  const typeOf = (index: number): FunctionType =>
    module.types[importedTypes[index] ?? module.functions[index - importedTypes.length]!]!;
  const methods = { update: new Set<string>(), query: new Set<string>(), compositeQuery: new Set<string>() };
  const present = new Set<string>();
  const seen = new Set<string>();
  let nameBytes = 0;
  for (const { name, kind, index } of module.exports) {
    if (reservedExports.has(name)) invalid('export section', `Exporting reserved symbol ${name} not allowed.`, false);
    if (kind !== 'func') continue;
    const space = name.indexOf(' ');
    const prefix = space < 0 ? '' : name.slice(0, space);
    const noParameters: FunctionType = { params: [], results: [] };
    if (prefix in methodKinds) {
      const method = name.slice(space + 1);
      if (seen.has(method)) {
        invalid(
          'export section',
          `Duplicate function '${method}' exported multiple times with different call types: update, query, or composite_query.`,
          false,
        );
      }
      seen.add(method);
      nameBytes += new TextEncoder().encode(method).length;
      checkSignature(name, noParameters, typeOf(index));
      methods[methodKinds[prefix as keyof typeof methodKinds]].add(method);
    } else if (name.startsWith('canister_')) {
      if (!entryPoints.has(name)) {
        invalid('export section', `Exporting reserved function '${name}' with "canister_" prefix`, false);
      }
      checkSignature(name, noParameters, typeOf(index));
      present.add(name);
    }
  }
  const called = 'called `canister_update <name>`, `canister_query <name>`, or `canister_composite_query <name>`';
  if (seen.size > moduleLimits.exportedMethods) {
    invalid(
      'export section',
      `The number of exported functions ${called} exceeds ${moduleLimits.exportedMethods}.`,
      false,
    );
  }
  if (nameBytes > moduleLimits.exportedMethodNameBytes) {
    invalid(
      'export section',
      `The sum of \`<name>\` lengths in exported functions ${called} exceeds ${moduleLimits.exportedMethodNameBytes}.`,
      false,
    );
  }
  return { methods, present };
}

function validateCounts(module: WasmModule, sizes: { operators: number; complexity: number }[]): void {
  const tooMany = (what: string, defined: number, allowed: number, toolchain: boolean) => {
    if (defined > allowed) {
      throw new WasmValidationError(
        `Wasm module defined ${defined} ${what} which exceeds the maximum number allowed ${allowed}.`,
        toolchain,
      );
    }
  };
  tooMany('globals', module.globals.length, moduleLimits.globals, true);
  for (const { type } of module.globals) {
    if (type !== ValueType.i32 && type !== ValueType.i64 && type !== ValueType.f32 && type !== ValueType.f64) {
      invalid('global section', `Unsupported global type: ${typeNames.get(type)}`);
    }
  }
  tooMany('functions', module.functions.length, moduleLimits.functions, false);
  sizes.forEach(({ operators, complexity }, index) => {
    if (complexity > moduleLimits.functionComplexity) {
      throw new WasmValidationError(
        `Wasm module contains a function at index ${index} with complexity ${complexity} which exceeds the maximum complexity allowed ${moduleLimits.functionComplexity}`,
        false,
      );
    }
    if (operators > moduleLimits.functionOperators) {
      throw new WasmValidationError(
        `Wasm module contains a function at index ${index} of size ${operators} that exceeds the maximum allowed size of ${moduleLimits.functionOperators}`,
        false,
      );
    }
  });
}

function validateCustomSections(customs: readonly CustomSection[]): MetadataSection[] {
  const sections: MetadataSection[] = [];
  let total = 0;
  for (const { name: full, bytes } of customs) {
    if (!full.startsWith('icp:')) continue;
    const refuse = (text: string) => invalid('custom section', text);
    if (full === 'icp:public' || full === 'icp:private') {
      refuse("'icp:' section names must have a space after the public/private scope");
    }
    const match = /^icp:(public|private) ([\s\S]*)$/.exec(full);
    if (match === null) {
      refuse(`Invalid custom section: Custom section '${full}' has no public/private scope defined.`);
    }
    const visibility = match![1] as 'public' | 'private';
    const name = match![2]!;
    if (sections.some((section) => section.name === name))
      refuse(`Invalid custom section: name ${name} already exists`);
    total += bytes.length + new TextEncoder().encode(name).length;
    if (total > moduleLimits.customSectionBytes) {
      refuse(
        `Invalid custom sections: total size of the custom sections exceeds the maximum allowed: size ${total} bytes, allowed ${moduleLimits.customSectionBytes} bytes`,
      );
    }
    sections.push({ name, visibility, bytes: bytes.slice() });
    if (sections.length > moduleLimits.customSections) {
      throw new WasmValidationError(
        `Wasm module defined ${sections.length} custom sections which exceeds the maximum number allowed ${moduleLimits.customSections}.`,
        true,
      );
    }
  }
  return sections;
}
