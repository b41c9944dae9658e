/** The parts of the GGUF format (version 3, little-endian) that tests and benchmarks use: ggml/docs/gguf.md. */
import tensorTypes from '../../canister/scripts/tensor-types.json' with { type: 'json' };

/** Numbers of the metadata value types. */
export const VALUE = {
  u8: 0,
  i8: 1,
  u16: 2,
  i16: 3,
  u32: 4,
  i32: 5,
  f32: 6,
  bool: 7,
  string: 8,
  array: 9,
  u64: 10,
  i64: 11,
  f64: 12,
} as const;

export type ValueType = keyof typeof VALUE;

/** The tensor types by ggml's names: number, and elements and bytes of a block. */
export const TENSOR_TYPES = tensorTypes;

export type TensorType = keyof typeof TENSOR_TYPES;

export const ALIGNMENT = 32;
