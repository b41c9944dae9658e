/** Brings a canister module to the bytes of a wasm binary, as the replica does (dfinity/ic, embedders: decoding.rs). */
import { gunzipSync } from 'node:zlib';
import { WasmValidationError } from './refusal.js';

const startsWith = (bytes: Uint8Array, ...prefix: number[]) => prefix.every((byte, i) => bytes[i] === byte);

function refuse(reason: string): never {
  throw new WasmValidationError(`Failed to decode wasm module: ${reason}`);
}

/** The module's bytes, decompressed when they are gzipped. Throws WasmValidationError. */
export function decodeModule(bytes: Uint8Array, limit: number): Uint8Array {
  const gzipped = startsWith(bytes, 0x1f, 0x8b, 0x08);
  if (!gzipped && !startsWith(bytes, 0x00, 0x61, 0x73, 0x6d)) refuse('unsupported canister module format');
  if (gzipped && bytes.length < 16) refuse('invalid Wasm module: gzip stream is too short');
  const size = gzipped
    ? new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true)
    : bytes.length;
  if (size > limit) {
    throw new WasmValidationError(`Wasm module size of ${size} exceeds the maximum allowed size of ${limit}`, {
      text: 'Try shrinking the module using tools like `ic-wasm` or splitting the logic across multiple canisters.',
      anchor: 'wasm-module-too-large',
    });
  }
  if (!gzipped) return bytes;
  try {
    const module = gunzipSync(bytes, { maxOutputLength: size + 1 });
    if (module.length === size) return module;
    return refuse(`specified uncompressed size ${size} does not match extracted size ${module.length}`);
  } catch (error) {
    if (error instanceof WasmValidationError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      refuse(`specified uncompressed size ${size} does not match extracted size ${size + 1}`);
    }
    return refuse(`failed to decode compressed Wasm module: ${(error as Error).message}`);
  }
}
