/** The replica's limits on functions: operators, size and complexity. */
import { WasmFormatError } from './bytes.js';
import { decodeFunction } from './code.js';
import { opcodeComplexity } from './complexity.js';
import { functionNames, hasMemory64, type WasmModule } from './module.js';
import { op } from './op.js';
import { engineRefusal, moduleLimits, suggestions, tooMany, WasmValidationError } from './refusal.js';

export interface FunctionSize {
  operators: number;
  complexity: number;
  /** The first operator that the replica does not run. */
  unsupported: string | undefined;
}

/** Operators that write tables: the type system accepts them, the replica does not. */
const unsupportedOperators = new Map([
  [op.tableSet, 'table.set'],
  [op.tableInit, 'table.init'],
  [op.tableCopy, 'table.copy'],
  [op.tableGrow, 'table.grow'],
  [op.tableFill, 'table.fill'],
]);

/** Decodes every function, so that operators outside the accepted features are found, and measures it. */
export function measureFunctions(module: WasmModule): FunctionSize[] {
  return module.bodies.map((body) => {
    try {
      const code = decodeFunction(body, hasMemory64(module));
      let complexity = 0;
      let unsupported: string | undefined;
      for (let i = 0; i < code.count; i++) {
        const opcode = code.opcodes[i]!;
        complexity += opcodeComplexity[opcode]!;
        unsupported ??= unsupportedOperators.get(opcode);
      }
      return { operators: code.count, complexity, unsupported };
    } catch (error) {
      if (error instanceof WasmFormatError) engineRefusal(error.message);
      throw error;
    }
  });
}

export function validateFunctions(module: WasmModule, importedFunctions: number): void {
  tooMany('functions', module.functions.length, moduleLimits.functions, suggestions.functions);
  for (const [index, name] of functionNames(module.customs)) {
    const size = new TextEncoder().encode(name).length;
    if (index < importedFunctions || size <= moduleLimits.functionNameBytes) continue;
    throw new WasmValidationError(
      `Wasm module contains a function at index ${index} with a name of size ${size} that exceeds the maximum allowed size of ${moduleLimits.functionNameBytes}: ${name.slice(0, 100)}...`,
    );
  }
}

export function validateCode(sizes: readonly FunctionSize[], importedFunctions: number): void {
  sizes.forEach(({ operators, complexity, unsupported }, i) => {
    const which = `Wasm module contains a function at index ${importedFunctions + i}`;
    if (unsupported !== undefined)
      throw new WasmValidationError(`${which} with unsupported instruction ${unsupported}`);
    if (complexity > moduleLimits.functionComplexity) {
      throw new WasmValidationError(
        `${which} with complexity ${complexity} which exceeds the maximum complexity allowed ${moduleLimits.functionComplexity}`,
        suggestions.complexity,
      );
    }
    if (operators > moduleLimits.functionOperators) {
      throw new WasmValidationError(
        `${which} of size ${operators} that exceeds the maximum allowed size of ${moduleLimits.functionOperators}`,
        suggestions.functionSize,
      );
    }
  });
}
