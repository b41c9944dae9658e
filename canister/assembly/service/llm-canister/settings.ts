/** The settings of v0_chat and v1_chat. */
import {
  InputRecord,
  LlmModel,
  LlmSettings,
  LlmSettingsInput,
  StatusCodeRecordResult,
} from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { Code, Problem } from '../../problem';
import { FieldWriter } from '../../storage/values';
import { modelPath } from '../engine/loaded';
import { Arguments } from '../flags/arguments';
import { statusOf } from '../replies/replies';
import { Setting } from '../settings/settings';

const MOST_MODELS: i32 = 64;
const MOST_NAME: u32 = 200;
const MOST_FLAGS: i32 = 64;
/** The limit of the Internet Computer's LLM canister. */
const USUAL_TOKENS: u32 = 1000;
/** Greedy, so the same call has the same answer. */
const USUAL_SAMPLING: string[] = ['--temp', '0'];

/**
 * Version 1: flags, u8 (1 = only names that are listed, 2 = sampling is set); most tokens, u32 (0 = as usual); models, u32,
 * for each its name and its file, texts; sampling, u32, and as many texts.
 */
const setting = new Setting('llm-canister');
const ONLY_LISTED: u8 = 1;
const HAS_SAMPLING: u8 = 2;

function texts(list: string[]): Text[] {
  const all: Text[] = [];
  for (let i = 0; i < list.length; ++i) all.push(Text.of(list[i]));
  return all;
}

export function getLlmSettings(): LlmSettings {
  const fields = setting.read();
  const settings = new LlmSettings();
  const flags = fields.take<u8>();
  const tokens = fields.take<u32>();
  settings.any_name = (flags & ONLY_LISTED) == 0;
  settings.max_tokens = tokens == 0 ? USUAL_TOKENS : tokens;
  for (let left = fields.take<u32>(); left > 0; --left) {
    const model = new LlmModel();
    model.name = Text.of(fields.takeText());
    model.filename = Text.of(fields.takeText());
    settings.models.push(model);
  }
  const sampling: string[] = [];
  for (let left = fields.take<u32>(); left > 0; --left) sampling.push(fields.takeText());
  settings.sampling = texts((flags & HAS_SAMPLING) != 0 ? sampling : USUAL_SAMPLING);
  return settings;
}

export function setLlmSettings(input: LlmSettingsInput): StatusCodeRecordResult {
  const wrong = whyNot(input);
  if (wrong !== null) return statusOf(wrong.of('set_llm_settings'));
  const anyName = input.any_name;
  const most = input.max_tokens;
  const models = input.models;
  const sampling = input.sampling;
  const value = new FieldWriter(1);
  value.put<u8>((anyName !== null && !anyName.value ? ONLY_LISTED : 0) | (sampling !== null ? HAS_SAMPLING : 0));
  value.put<u32>(most === null ? 0 : most.value);
  value.put<u32>(models === null ? 0 : models.length);
  for (let i = 0; models !== null && i < models.length; ++i) {
    putText(value, models[i].name);
    putText(value, models[i].filename);
  }
  value.put<u32>(sampling === null ? 0 : sampling.length);
  for (let i = 0; sampling !== null && i < sampling.length; ++i) putText(value, sampling[i]);
  return statusOf(setting.write(value));
}

function putText(value: FieldWriter, text: Text): void {
  value.put<u32>(text.size);
  value.putBytes(text.ptr, text.size);
}

function whyNot(input: LlmSettingsInput): Problem | null {
  const most = input.max_tokens;
  if (most !== null && most.value == 0) return new Problem('max_tokens: an answer has at least one');
  const models = input.models;
  if (models !== null && models.length > MOST_MODELS) return new Problem(`models: there are more than ${MOST_MODELS}`);
  for (let i = 0; models !== null && i < models.length; ++i) {
    if (max(models[i].name.size, models[i].filename.size) > MOST_NAME) {
      return new Problem(`models: a name has at most ${MOST_NAME} bytes`);
    }
  }
  const flags = input.sampling;
  if (flags === null) return null;
  if (flags.length > MOST_FLAGS) return new Problem(`sampling: there are more than ${MOST_FLAGS} words`);
  const words = new InputRecord();
  words.args = flags;
  const wrong = new Arguments(words, true).problem;
  return wrong === null ? null : wrong.of('sampling');
}

/** Why a call that names a model is not answered; null if it is. */
export function whyNoModel(settings: LlmSettings, name: Text): Problem | null {
  const models = settings.models;
  const wanted = name.toString();
  for (let i = 0; i < models.length; ++i) {
    if (models[i].name.toString() != wanted) continue;
    const file = models[i].filename.toString();
    if (file == modelPath) return null;
    return new Problem(`the model "${wanted}" is ${file}, which is not loaded`, Code.MISSING);
  }
  if (settings.any_name) return null;
  const names: string[] = [];
  for (let i = 0; i < models.length; ++i) names.push(`"${models[i].name.toString()}"`);
  const all = names.length == 0 ? 'there is none to be named' : `there are ${names.join(', ')}`;
  return new Problem(`there is no model "${wanted}": ${all}`, Code.MISSING);
}
