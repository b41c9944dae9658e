/** What is loaded, and what it costs. */
import { ModelInfo, ModelInfoResult } from '../ic/candid/service.generated';
import { Text } from '../ic/candid/values';
import { readBytes } from '../llm/bytes';
import { Extent } from '../llm/extent';
import { tensorTypeName } from '../llm/gguf/tensor-types';
import { TextStream, streamRoom } from '../llm/tokenizer/text-stream';
import { residentCount, sweep } from './conversations';
import { engine } from './loaded';
import { loadInstructions, loadMessages, modelFile, whyNotReady } from './model';
import { because } from './replies';
import { lastRun, perGeneratedToken, perPromptToken } from './run-costs';

/** Bytes of a chat template that are shown. */
const MAX_TEMPLATE: u64 = 256 << 10;

/** What the template is read to; it lasts until the next reply. */
const space = new Extent();

/** `general.file_type` as llama.cpp numbers and names it; those that it has given up are empty. */
const FILE_TYPES: Array<string> = (
  'F32 F16 Q4_0 Q4_1 - - - Q8_0 Q5_0 Q5_1 Q2_K Q3_K_S Q3_K_M Q3_K_L Q4_K_S Q4_K_M Q5_K_S Q5_K_M Q6_K IQ2_XXS IQ2_XS ' +
  'Q2_K_S IQ3_XS IQ3_XXS IQ1_S IQ4_NL IQ3_S IQ3_M IQ2_S IQ2_M IQ4_XS IQ1_M BF16 - - - TQ1_0 TQ2_0 MXFP4_MOE'
).split(' ');

/** What the file says that it is, or the type of most of its weights. */
function fileType(): string {
  const number = engine.file.metadata.integer('general.file_type', -1, i64.MIN_VALUE, i64.MAX_VALUE);
  if (number >= 0 && number < FILE_TYPES.length && FILE_TYPES[<i32>number] != '-') return FILE_TYPES[<i32>number];
  const tensors = engine.file.tensors;
  let largest = 0;
  for (let i = 1; i < tensors.count; ++i) if (tensors.at(i).elements > tensors.at(largest).elements) largest = i;
  return tensors.count == 0 ? '' : tensorTypeName(tensors.at(largest).type);
}

/** The chat template as UTF-8, whatever the file has. */
function chatTemplate(): Text {
  const entry = engine.file.metadata.find('tokenizer.chat_template');
  if (entry === null || entry.isArray) return new Text(0, 0);
  const size = <u32>min<u64>(entry.bytes, MAX_TEMPLATE);
  const room = (size + 63) & ~63;
  if (!space.reserve(room + streamRoom(size))) return new Text(0, 0);
  readBytes(modelFile(), entry.offset, space.ptr, size);
  const stream = new TextStream();
  let length = stream.push(space.ptr, size, space.ptr + room);
  length += stream.flush(space.ptr + room + length);
  return new Text(space.ptr + room, length);
}

export function modelInfo(): ModelInfoResult {
  const why = whyNotReady();
  if (why.length > 0) return ModelInfoResult.Err(because(why));
  sweep();
  const model = engine.model;
  const file = modelFile();
  const info = new ModelInfo();
  info.filename = Text.of(file.path);
  info.filesize = file.size();
  info.filesha256 = Text.of(file.sha256!);
  info.architecture = Text.of(model.description.architecture);
  info.name = Text.of(model.description.name);
  info.file_type = Text.of(fileType());
  info.parameters = model.weights.parameters;
  info.layers = model.description.layers;
  info.vocabulary = model.vocabulary;
  info.context = engine.context;
  info.trained_context = model.description.trainedContext;
  info.chat_template = chatTemplate();
  info.model_heap_bytes = engine.heapBytes;
  info.heap_bytes = (<u64>memory.size()) << 16;
  info.resident_sessions = residentCount();
  info.load_instructions = loadInstructions;
  info.load_messages = loadMessages;
  info.instructions_per_prompt_token = perPromptToken;
  info.instructions_per_generated_token = perGeneratedToken;
  info.last_run = lastRun();
  return ModelInfoResult.Ok(info);
}
