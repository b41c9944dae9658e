/** The report about the loaded model, and its costs. */
import { ModelInfo, ModelInfoResult } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { residentCount } from '../sessions/resident-sessions';
import { engine } from '../engine/loaded';
import { loadInstructions, loadMessages, modelFile, whyNotReady } from '../models/model';
import { apiError, because } from '../replies/replies';
import { lastRun, perGeneratedToken, perPromptToken } from '../engine/run-costs';

/** Used in place of an empty template, with which clients would talk to the model without any. */
const NO_TEMPLATE: string =
  'model_info: the heap is full: there is no room to read the chat template; send the same call again';

function textOf(utf8: ArrayBuffer): Text {
  return new Text(changetype<usize>(utf8), utf8.byteLength, utf8);
}

export function modelInfo(): ModelInfoResult {
  const why = whyNotReady();
  if (why !== null) return ModelInfoResult.Err(apiError(why));
  const facts = engine.facts;
  const template = facts.chatTemplate().value;
  if (template === null) return ModelInfoResult.Err(because(NO_TEMPLATE));
  const file = modelFile();
  const info = new ModelInfo();
  info.filename = Text.of(file.path);
  info.filesize = file.size();
  info.filesha256 = Text.of(file.sha256!);
  info.architecture = Text.of(facts.architecture);
  info.name = Text.of(facts.name);
  info.file_type = Text.of(facts.fileType);
  info.parameters = facts.parameters;
  info.layers = facts.layers;
  info.vocabulary = facts.vocabulary;
  info.context = engine.context;
  info.trained_context = facts.trainedContext;
  info.chat_template = new Text(template.ptr, template.size);
  const problem = engine.whyNoTemplate();
  info.chat_template_error = problem === null ? null : Text.of(problem.text);
  info.bos_token = textOf(facts.bosText);
  info.eos_token = textOf(facts.eosText);
  info.adds_bos_token = facts.addsBos;
  const suggested = facts.suggestedSampling;
  info.suggested_sampling = suggested.length == 0 ? null : Text.of(suggested);
  info.model_heap_bytes = facts.heapBytes;
  info.heap_bytes = (<u64>memory.size()) << 16;
  info.resident_sessions = residentCount();
  info.load_instructions = loadInstructions;
  info.load_messages = loadMessages;
  info.instructions_per_prompt_token = perPromptToken;
  info.instructions_per_generated_token = perGeneratedToken;
  info.last_run = lastRun();
  return ModelInfoResult.Ok(info);
}
