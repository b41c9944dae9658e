/** Types of metadata values (GGUF specification, "gguf_metadata_value_type"). */

const UINT8: u32 = 0;
const INT8: u32 = 1;
const UINT16: u32 = 2;
const INT16: u32 = 3;
const UINT32: u32 = 4;
export const INT32: u32 = 5;
export const FLOAT32: u32 = 6;
export const BOOL: u32 = 7;
export const STRING: u32 = 8;
export const ARRAY: u32 = 9;
const UINT64: u32 = 10;
export const INT64: u32 = 11;
export const FLOAT64: u32 = 12;

/** Bytes of a value of fixed size; 0 for strings, arrays and unknown types. */
export function valueBytes(type: u32): u32 {
  switch (type) {
    case UINT8:
    case INT8:
    case BOOL:
      return 1;
    case UINT16:
    case INT16:
      return 2;
    case UINT32:
    case INT32:
    case FLOAT32:
      return 4;
    case UINT64:
    case INT64:
    case FLOAT64:
      return 8;
    default:
      return 0;
  }
}

export function isInteger(type: u32): bool {
  return type <= INT32 || type == UINT64 || type == INT64;
}

/** Name of a type for error texts. */
export function valueTypeName(type: u32): string {
  switch (type) {
    case UINT8:
      return 'u8';
    case INT8:
      return 'i8';
    case UINT16:
      return 'u16';
    case INT16:
      return 'i16';
    case UINT32:
      return 'u32';
    case INT32:
      return 'i32';
    case FLOAT32:
      return 'f32';
    case BOOL:
      return 'bool';
    case STRING:
      return 'string';
    case ARRAY:
      return 'array';
    case UINT64:
      return 'u64';
    case INT64:
      return 'i64';
    case FLOAT64:
      return 'f64';
    default:
      return 'type ' + type.toString();
  }
}

/** A stored value of an integer type or BOOL at `ptr`, sign-extended. */
export function loadInteger(type: u32, ptr: usize): i64 {
  switch (type) {
    case UINT8:
    case BOOL:
      return load<u8>(ptr);
    case INT8:
      return load<i8>(ptr);
    case UINT16:
      return load<u16>(ptr);
    case INT16:
      return load<i16>(ptr);
    case UINT32:
      return load<u32>(ptr);
    case INT32:
      return load<i32>(ptr);
    default:
      return load<i64>(ptr);
  }
}
