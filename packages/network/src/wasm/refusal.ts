/** How a module is refused: the replica's limits, wording and advice (dfinity/ic: rs/types/wasm_types/src/errors.rs). */
import { ValueType } from './opcodes.js';

/** The developer's remedy for a refusal, and the anchor of its documentation; undefined: the compiler is to blame. */
export type Suggestion = { text: string; anchor: string } | undefined;

/** Why a module is refused. */
export class WasmValidationError extends Error {
  readonly suggestion: Suggestion;
  constructor(message: string, suggestion?: Suggestion) {
    super(message);
    this.name = 'WasmValidationError';
    this.suggestion = suggestion;
  }
}

/** A valid module with an import that nothing exports: it fails when it is instantiated. */
export class WasmLinkError extends Error {}

export const moduleLimits = {
  codeSectionBytes: 11 * 1024 * 1024,
  functions: 50_000,
  globals: 1000,
  customSections: 16,
  customSectionBytes: 1024 * 1024,
  exportedMethods: 1000,
  exportedMethodNameBytes: 20_000,
  functionOperators: 1_000_000,
  functionComplexity: 1_000_000,
  functionNameBytes: 1024 * 1024,
} as const;

export const suggestions = {
  duplicate: (name: string) => ({
    text: `Try defining different versions of the function for each call type, e.g. \`${name}_update\`, \`${name}_query\`, etc.`,
    anchor: 'wasm-module-duplicate-exports',
  }),
  exports: {
    text: 'Try combining multiple endpoints into a single endpoint.',
    anchor: 'wasm-module-exports-too-many-methods',
  },
  names: {
    text: 'Try using shorter method names.',
    anchor: 'wasm-module-sum-of-exported-name-lengths-too-large',
  },
  functions: {
    text: 'Try spliting this canister into multiple canisters.',
    anchor: 'wasm-module-too-many-functions',
  },
  globals: {
    text: 'Try collecting multiple globals into a single structured which can be stored on the heap.',
    anchor: 'wasm-module-too-many-globals',
  },
  complexity: {
    text: 'Try breaking large functions up into multiple smaller functions.',
    anchor: 'wasm-module-function-complexity-too-high',
  },
  functionSize: {
    text: 'Try breaking large functions up into multiple smaller functions.',
    anchor: 'wasm-module-function-too-large',
  },
  codeSection: {
    text: 'Try shrinking the module code section using tools like `ic-wasm` or splitting the logic across multiple canisters.',
    anchor: 'wasm-module-code-section-too-large',
  },
} as const;

export function invalid(section: string, text: string): never {
  throw new WasmValidationError(`Wasm module has an invalid ${section}. ${text}`);
}

export function engineRefusal(text: string): never {
  throw new WasmValidationError(
    `Wasmtime failed to validate wasm module wasmtime::Module::validate() failed with ${text}`,
  );
}

const names = new Map(Object.entries(ValueType).map(([name, type]) => [type as number, name]));

/** The name of a value type: i32 ... */
export function typeName(type: number): string | undefined {
  return names.get(type);
}

export function tooMany(what: string, defined: number, allowed: number, suggestion?: Suggestion): void {
  if (defined <= allowed) return;
  throw new WasmValidationError(
    `Wasm module defined ${defined} ${what} which exceeds the maximum number allowed ${allowed}`,
    suggestion,
  );
}
