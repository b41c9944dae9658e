/** What is loaded, and what it costs. */
import { ModelInfo, ModelInfoResult } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { readBytes } from '../../llm/bytes';
import { Extent } from '../../memory/extent';
import { fileType } from '../../llm/gguf/file-type';
import { templateProblem } from '../../llm/template/file-template';
import { MAX_TEMPLATE } from '../../llm/template/program';
import { NONE } from '../../llm/tokenizer/special-tokens';
import { TextStream, streamRoom } from '../../llm/tokenizer/text-stream';
import { residentCount } from '../sessions/resident-sessions';
import { engine } from '../engine/loaded';
import { loadInstructions, loadMessages, modelFile, whyNotReady } from '../models/model';
import { because } from '../replies/replies';
import { lastRun, perGeneratedToken, perPromptToken } from '../engine/run-costs';

/** An empty one would have clients talk to the model without it. */
const NO_TEMPLATE: string =
  'model_info: the heap is full: there is no room to read the chat template; send the same call again';

/** Bytes of a token's text that are shown. */
const MAX_TOKEN: u32 = 256;

/** What the template is read to; it lasts until the next reply. */
const space = new Extent();
const streamAt: usize = memory.data(8, 8);

/** The chat template as UTF-8, whatever the file has, if it is not too large; null if the heap has no room for it. */
function chatTemplate(): Text | null {
  const entry = engine.file.metadata.find('tokenizer.chat_template');
  if (entry === null || entry.isArray) return new Text(0, 0);
  // What is too large is no template, and not a part of one: chat_template_error says so.
  if (entry.bytes > MAX_TEMPLATE) return new Text(0, 0);
  const size = <u32>entry.bytes;
  const room = (size + 63) & ~63;
  if (!space.reserve(room + streamRoom(size))) return null;
  const given = entry.given;
  if (given !== null) memory.copy(space.ptr, changetype<usize>(given), size);
  else readBytes(modelFile(), entry.offset, space.ptr, size);
  const stream = TextStream.begin(streamAt);
  let length = stream.push(space.ptr, size, space.ptr + room);
  length += stream.flush(space.ptr + room + length);
  return new Text(space.ptr + room, length);
}

/** The text of a token as UTF-8, whatever the file has; empty if there is no such token, or one with an absurd text. */
function tokenText(id: i32): Text {
  const vocabulary = engine.tokenizer.vocabulary;
  if (id < 0 || id >= vocabulary.size || vocabulary.length(id) > MAX_TOKEN) return new Text(0, 0);
  const size = vocabulary.length(id);
  const room = new ArrayBuffer(<i32>streamRoom(size));
  const at = changetype<usize>(room);
  const stream = TextStream.begin(streamAt);
  let length = stream.push(vocabulary.text(id), size, at);
  length += stream.flush(at + length);
  return new Text(at, length, room);
}

export function modelInfo(): ModelInfoResult {
  const why = whyNotReady();
  if (why.length > 0) return ModelInfoResult.Err(because(why));
  const template = chatTemplate();
  if (template === null) return ModelInfoResult.Err(because(NO_TEMPLATE));
  const model = engine.model;
  const file = modelFile();
  const info = new ModelInfo();
  info.filename = Text.of(file.path);
  info.filesize = file.size();
  info.filesha256 = Text.of(file.sha256!);
  info.architecture = Text.of(model.description.architecture);
  info.name = Text.of(model.description.name);
  info.file_type = Text.of(fileType(engine.file));
  info.parameters = model.weights.parameters;
  info.layers = model.description.layers;
  info.vocabulary = model.vocabulary;
  info.context = engine.context;
  info.trained_context = model.description.trainedContext;
  info.chat_template = template;
  const problem = templateProblem(engine.file, file);
  info.chat_template_error = problem.length == 0 ? null : Text.of(problem);
  const special = engine.tokenizer.special;
  info.bos_token = tokenText(special.bos);
  info.eos_token = tokenText(special.eos);
  info.adds_bos_token = special.addBos && special.bos != NONE;
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
