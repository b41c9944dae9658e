/**
 * Types of tensors: numbers, names and block sizes (ggml's `enum ggml_type`, by which GGUF files name them).
 * A row of a tensor is a whole number of blocks; whether the engine can compute with a type is not decided here.
 */

const F32: u32 = 0;
const F16: u32 = 1;
const Q4_0: u32 = 2;
const Q4_1: u32 = 3;
const Q5_0: u32 = 6;
const Q5_1: u32 = 7;
const Q8_0: u32 = 8;
const Q8_1: u32 = 9;
const Q2_K: u32 = 10;
const Q3_K: u32 = 11;
const Q4_K: u32 = 12;
const Q5_K: u32 = 13;
const Q6_K: u32 = 14;
const Q8_K: u32 = 15;
const IQ2_XXS: u32 = 16;
const IQ2_XS: u32 = 17;
const IQ3_XXS: u32 = 18;
const IQ1_S: u32 = 19;
const IQ4_NL: u32 = 20;
const IQ3_S: u32 = 21;
const IQ2_S: u32 = 22;
const IQ4_XS: u32 = 23;
const I8: u32 = 24;
const I16: u32 = 25;
const I32: u32 = 26;
const I64: u32 = 27;
const F64: u32 = 28;
const IQ1_M: u32 = 29;
const BF16: u32 = 30;
const TQ1_0: u32 = 34;
const TQ2_0: u32 = 35;
const MXFP4: u32 = 39;
const NVFP4: u32 = 40;
const Q1_0: u32 = 41;
const Q2_0: u32 = 42;

const KNOWN: u32 = 43;

/** Names by number; an empty one is a number that no type has any more. */
const NAMES: StaticArray<string> = [
  'F32',
  'F16',
  'Q4_0',
  'Q4_1',
  '',
  '',
  'Q5_0',
  'Q5_1',
  'Q8_0',
  'Q8_1',
  'Q2_K',
  'Q3_K',
  'Q4_K',
  'Q5_K',
  'Q6_K',
  'Q8_K',
  'IQ2_XXS',
  'IQ2_XS',
  'IQ3_XXS',
  'IQ1_S',
  'IQ4_NL',
  'IQ3_S',
  'IQ2_S',
  'IQ4_XS',
  'I8',
  'I16',
  'I32',
  'I64',
  'F64',
  'IQ1_M',
  'BF16',
  '',
  '',
  '',
  'TQ1_0',
  'TQ2_0',
  '',
  '',
  '',
  'MXFP4',
  'NVFP4',
  'Q1_0',
  'Q2_0',
];

// prettier-ignore
const BLOCK_ELEMENTS: StaticArray<u16> = [
  1, 1, 32, 32, 0, 0, 32, 32, 32, 32, // F32 F16 Q4_0 Q4_1 - - Q5_0 Q5_1 Q8_0 Q8_1
  256, 256, 256, 256, 256, 256, // Q2_K Q3_K Q4_K Q5_K Q6_K Q8_K
  256, 256, 256, 256, 32, 256, 256, 256, // IQ2_XXS IQ2_XS IQ3_XXS IQ1_S IQ4_NL IQ3_S IQ2_S IQ4_XS
  1, 1, 1, 1, 1, 256, 1, // I8 I16 I32 I64 F64 IQ1_M BF16
  0, 0, 0, 256, 256, 0, 0, 0, 32, 64, 128, 64, // - - - TQ1_0 TQ2_0 - - - MXFP4 NVFP4 Q1_0 Q2_0
];

// prettier-ignore
const BLOCK_BYTES: StaticArray<u16> = [
  4, 2, 18, 20, 0, 0, 22, 24, 34, 36,
  84, 110, 144, 176, 210, 292,
  66, 74, 98, 50, 18, 110, 82, 136,
  1, 2, 4, 8, 8, 56, 2,
  0, 0, 0, 54, 66, 0, 0, 0, 17, 36, 18, 18,
];

/** Elements in a block of the type (1 for plain numbers); 0 for a type that is not known. */
export function blockElements(type: u32): u32 {
  return type < KNOWN ? unchecked(BLOCK_ELEMENTS[type]) : 0;
}

/** Bytes of a block of the type; 0 for a type that is not known. */
export function blockBytes(type: u32): u32 {
  return type < KNOWN ? unchecked(BLOCK_BYTES[type]) : 0;
}

/** Name of the type as model files call it ("Q4_K"), or "type N" for one that is not known. */
export function tensorTypeName(type: u32): string {
  const name = type < KNOWN ? NAMES[type] : '';
  return name.length > 0 ? name : 'type ' + type.toString();
}
