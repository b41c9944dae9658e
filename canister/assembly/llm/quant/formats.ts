/**
 * The GGUF tensor types that can be multiplied: a file each, and a line here. Numbers and sizes of blocks are in
 * scripts/tensor-types.json.
 */
import { BF16_FORMAT, F16_FORMAT, F32_FORMAT } from './float';
import { Format } from './format';
import { IQ4_NL_FORMAT } from './iq4_nl';
import { IQ4_XS_FORMAT } from './iq4_xs';
import { MXFP4_FORMAT } from './mxfp4';
import { Q2_K_FORMAT } from './q2_k';
import { Q3_K_FORMAT } from './q3_k';
import { Q4_0_FORMAT } from './q4_0';
import { Q4_1_FORMAT } from './q4_1';
import { Q4_K_FORMAT } from './q4_k';
import { Q5_0_FORMAT } from './q5_0';
import { Q5_1_FORMAT } from './q5_1';
import { Q5_K_FORMAT } from './q5_k';
import { Q6_K_FORMAT } from './q6_k';
import { Q8_0_FORMAT } from './q8_0';
import { Q8_K_FORMAT } from './q8_k';
import { TQ1_0_FORMAT } from './tq1_0';
import { TQ2_0_FORMAT } from './tq2_0';

const FORMATS: StaticArray<Format> = [
  F32_FORMAT,
  F16_FORMAT,
  BF16_FORMAT,
  IQ4_NL_FORMAT,
  IQ4_XS_FORMAT,
  MXFP4_FORMAT,
  Q2_K_FORMAT,
  Q3_K_FORMAT,
  Q4_0_FORMAT,
  Q4_1_FORMAT,
  Q4_K_FORMAT,
  Q5_0_FORMAT,
  Q5_1_FORMAT,
  Q5_K_FORMAT,
  Q6_K_FORMAT,
  Q8_0_FORMAT,
  Q8_K_FORMAT,
  TQ1_0_FORMAT,
  TQ2_0_FORMAT,
];

/** The format of ggml type `type`, or null if it cannot be multiplied yet. */
export function formatOf(type: u32): Format | null {
  for (let i = 0; i < FORMATS.length; ++i) if (unchecked(FORMATS[i]).type == type) return FORMATS[i];
  return null;
}
