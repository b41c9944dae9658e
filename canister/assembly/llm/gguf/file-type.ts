import { GgufFile } from './file';
import { tensorTypeName } from './tensor-types';

/** `general.file_type` as llama.cpp numbers and names it; removed types are empty. */
const FILE_TYPES: Array<string> = (
  'F32 F16 Q4_0 Q4_1 - - - Q8_0 Q5_0 Q5_1 Q2_K Q3_K_S Q3_K_M Q3_K_L Q4_K_S Q4_K_M Q5_K_S Q5_K_M Q6_K IQ2_XXS IQ2_XS ' +
  'Q2_K_S IQ3_XS IQ3_XXS IQ1_S IQ4_NL IQ3_S IQ3_M IQ2_S IQ2_M IQ4_XS IQ1_M BF16 - - - TQ1_0 TQ2_0 MXFP4_MOE'
).split(' ');

/** The file's declared type, or the type of most of its weights. */
export function fileType(file: GgufFile): string {
  const number = file.metadata.integer('general.file_type', -1, i64.MIN_VALUE, i64.MAX_VALUE);
  if (number >= 0 && number < FILE_TYPES.length && FILE_TYPES[<i32>number] != '-') return FILE_TYPES[<i32>number];
  const tensors = file.tensors;
  let largest = 0;
  for (let i = 1; i < tensors.count; ++i) if (tensors.at(i).elements > tensors.at(largest).elements) largest = i;
  return tensors.count == 0 ? '' : tensorTypeName(tensors.at(largest).type);
}
