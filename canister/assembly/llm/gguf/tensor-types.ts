/**
 * The tensor types by their number in GGUF files, from scripts/tensor-types.json. Whether the engine can compute with a
 * type is decided elsewhere.
 */
import { BLOCK_BYTES, BLOCK_ELEMENTS, NAMES } from './tensor-types.generated';

/** Elements in a block of the type (1 for plain numbers); 0 for an unknown type. */
export function blockElements(type: u32): u32 {
  return type < <u32>BLOCK_ELEMENTS.length ? unchecked(BLOCK_ELEMENTS[type]) : 0;
}

/** Bytes of a block of the type; 0 for an unknown type. */
export function blockBytes(type: u32): u32 {
  return type < <u32>BLOCK_BYTES.length ? unchecked(BLOCK_BYTES[type]) : 0;
}

/** Name of the type as model files call it ("Q4_K"), or "type N" for an unknown type. */
export function tensorTypeName(type: u32): string {
  const name = type < <u32>NAMES.length ? NAMES[type] : '';
  return name.length > 0 ? name : 'type ' + type.toString();
}
