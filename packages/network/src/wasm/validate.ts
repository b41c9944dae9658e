/**
 * The replica's refusals at install, with its wording (dfinity/ic, embedders: validation.rs and
 * rs/types/wasm_types/src/errors.rs; limits of the interface specification, "Canister module format").
 */
import { ByteReader, WasmFormatError } from './bytes.js';
import { engine } from './engine.js';
import { type CustomSection, hasMemory64, parseModule, type WasmModule } from './module.js';
import { op } from './op.js';
import { operatorTable, ValueType } from './opcodes.js';
import {
  engineRefusal,
  invalid,
  moduleLimits,
  suggestions,
  tooMany,
  typeName,
  WasmLinkError,
  WasmValidationError,
} from './refusal.js';
import { has64BitTable, withNarrowTables } from './tables.js';
import { measureFunctions, validateCode, validateFunctions } from './validate-code.js';
import { type MethodNames, validateExports, validateImports } from './validate-interface.js';

/** A public or private `icp:` section, readable through the state tree. */
interface MetadataSection {
  name: string;
  visibility: 'public' | 'private';
  bytes: Uint8Array;
}

export interface ValidatedModule {
  module: WasmModule;
  metadata: MetadataSection[];
  methods: MethodNames;
  /** Exported entry points: canister_init, canister_heartbeat ... */
  entryPoints: Set<string>;
  /** The ic0 functions that the module imports. */
  systemCalls: Set<string>;
}

/** Validates a module's binary. Throws WasmValidationError, or WasmLinkError. */
export function validateModule(bytes: Uint8Array): ValidatedModule {
  checkCodeSectionSize(bytes);
  const module = parse(bytes);
  const sizes = measureFunctions(module);
  checkConstants(module);
  typeCheck(has64BitTable(module) ? withNarrowTables(module) : bytes);
  const systemCalls = validateImports(module);
  const { methods, present } = validateExports(module);
  validateTables(module);
  validateData(module);
  validateGlobals(module);
  const importedFunctions = module.imports.filter(({ kind }) => kind === 'func').length;
  validateFunctions(module, importedFunctions);
  validateCode(sizes, importedFunctions);
  const metadata = validateCustomSections(module.customs);
  const foreign = module.imports.find(({ kind }) => kind !== 'func');
  if (foreign) throw new WasmLinkError(`unknown import: \`${foreign.module}::${foreign.name}\` has not been defined`);
  return { module, metadata, methods, entryPoints: present, systemCalls };
}

/** Looks for the code section before anything else is read, as the replica does. */
function checkCodeSectionSize(bytes: Uint8Array): void {
  const reader = new ByteReader(bytes, 8);
  try {
    if (bytes[0] !== 0 || bytes[1] !== 0x61 || bytes[2] !== 0x73 || bytes[3] !== 0x6d) {
      throw new WasmFormatError('magic header not detected: bad magic number', 0);
    }
    if (bytes.length < 8 || bytes[4] !== 1 || bytes[5] !== 0 || bytes[6] !== 0 || bytes[7] !== 0) {
      throw new WasmFormatError('unknown binary version', 4);
    }
    while (!reader.done) {
      const id = reader.u8();
      const size = reader.u32();
      if (id === 10) {
        if (size <= moduleLimits.codeSectionBytes) return;
        throw new WasmValidationError(
          `Wasm module code section size of ${size} exceeds the maximum allowed size of ${moduleLimits.codeSectionBytes}`,
          suggestions.codeSection,
        );
      }
      reader.take(size);
    }
  } catch (error) {
    if (!(error instanceof WasmFormatError)) throw error;
    throw new WasmValidationError(`Failed to decode wasm module: Error finding code section: ${error.message}`);
  }
}

function parse(bytes: Uint8Array): WasmModule {
  try {
    return parseModule(bytes);
  } catch (error) {
    if (error instanceof WasmFormatError) engineRefusal(error.message);
    throw error;
  }
}

/** Constants may not depend on the module's own globals; JavaScript engines are more generous. */
function checkConstants(module: WasmModule): void {
  const importedGlobals = module.imports.filter(({ kind }) => kind === 'global').length;
  const expressions = [
    ...module.globals.map(({ init }) => init),
    ...module.elements.flatMap(({ offset, items }) => [offset, ...('expressions' in items ? items.expressions : [])]),
    ...module.data.map(({ offset }) => offset),
  ];
  for (const expression of expressions) {
    if (expression?.opcode !== op.globalGet || expression.value! < importedGlobals) continue;
    engineRefusal('constant expression required: global.get of locally defined global');
  }
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

function validateTables(module: WasmModule): void {
  for (const { element } of module.tables) {
    if (element === ValueType.funcref) continue;
    invalid('table section', `Table element type must be funcref, got ${typeName(element)}`);
  }
}

function validateData(module: WasmModule): void {
  const [bits, constant] = hasMemory64(module) ? [64, op.i64Const] : [32, op.i32Const];
  for (const { mode, offset } of module.data) {
    if (mode === 'passive' || offset?.opcode === constant) continue;
    const operator = operatorTable[offset?.opcode ?? 0]?.name;
    invalid('data section', `Invalid offset expression in data segment for ${bits}bit memory: ${operator}`);
  }
}

const numbersAndVectors: ReadonlySet<number> = new Set([
  ValueType.i32,
  ValueType.i64,
  ValueType.f32,
  ValueType.f64,
  ValueType.v128,
]);

function validateGlobals(module: WasmModule): void {
  tooMany('globals', module.globals.length, moduleLimits.globals, suggestions.globals);
  for (const { type } of module.globals) {
    if (numbersAndVectors.has(type)) continue;
    invalid('global section', `Unsupported global type: Ref(${typeName(type)})`);
  }
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
        `Wasm module defined ${sections.length} custom sections which exceeds the maximum number allowed ${moduleLimits.customSections}`,
      );
    }
  }
  return sections;
}
