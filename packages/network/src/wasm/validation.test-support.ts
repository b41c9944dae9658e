/** Modules of hand-made bytes, and their validation results. */
import { ByteWriter } from './bytes.js';
import { decodeModule } from './decode.js';
import { WasmLinkError, WasmValidationError } from './refusal.js';
import { validateModule } from './validate.js';

/** A module of hand-made sections: [id, content]. */
export function sections(...parts: (readonly [id: number, content: number[] | Uint8Array])[]): Uint8Array {
  const out = new ByteWriter().u8(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  for (const [id, content] of parts) out.u8(id).sized(Uint8Array.from(content));
  return out.finish();
}

export function custom(name: string, content: Uint8Array = new Uint8Array()): readonly [number, Uint8Array] {
  return [0, new ByteWriter().name(name).bytes(content).finish()];
}

/** A module with one function, which has this body. */
export function body(...code: (number | Uint8Array)[]): Uint8Array {
  const parts = code.map((part) => (typeof part === 'number' ? Uint8Array.of(part) : part));
  const function_ = new ByteWriter()
    .u8(1)
    .sized(Buffer.concat([Uint8Array.of(0), ...parts, Uint8Array.of(0x0b)]))
    .finish();
  return sections([1, [1, 0x60, 0, 0]], [3, [1, 0]], [5, [1, 0, 1]], [10, function_]);
}

/** The text of a module's refusal, or that it is accepted. */
export function refusal(wasm: Uint8Array): string {
  try {
    validateModule(decodeModule(wasm, 100 * 2 ** 20));
  } catch (error) {
    if (error instanceof WasmValidationError || error instanceof WasmLinkError) return error.message;
    throw error;
  }
  return 'accepted';
}

/** The beginning of a refusal by the engine's validator. */
export const engine = 'Wasmtime failed to validate wasm module wasmtime::Module::validate() failed with ';

/** So many texts, one behind the other. */
export const many = (count: number, text: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');
