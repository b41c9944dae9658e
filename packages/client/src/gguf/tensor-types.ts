import { TENSOR_TYPES } from './tensor-types.generated.js';

/** Bytes of a tensor, or undefined for an unknown type. */
export function tensorBytes(type: number, elements: number): number | undefined {
  const known = TENSOR_TYPES.get(type);
  return known && Math.ceil(elements / known.block) * known.bytes;
}
