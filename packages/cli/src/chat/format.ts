import {
  type CallOptions,
  type ChatFormat,
  canisterFile,
  chatFormat,
  type LlamaCanister,
  LlamaError,
  loadedModelCard,
  type ModelCard,
  type ModelInfo,
  plainFormat,
  readModelCard,
} from '@llama-canister/client';
import { openFile } from '@llama-canister/client/node';
import { knownCard, rememberCard } from '../config/model-cards.js';

/** Where to find the chat template. */
export interface FormatChoice {
  /** No template: continue plain text. */
  raw?: boolean | undefined;
  /** A local copy of the model. */
  modelFile?: string | undefined;
  /** The model's name on the canister, if it is known. */
  model?: string | undefined;
  /** The canister's report of the loaded model, if there is one. */
  info?: ModelInfo | undefined;
}

async function cardOfFile(path: string): Promise<ModelCard> {
  const file = await openFile(path);
  try {
    return await readModelCard(file);
  } finally {
    await file.close();
  }
}

/** The card of a file on the canister: from the cache of its upload, else read from its header there. */
export async function cardOnCanister(canister: LlamaCanister, name: string, options: CallOptions): Promise<ModelCard> {
  const details = await canister.fileDetails(name, options);
  const known = details && knownCard(details.sha256);
  if (known) return known;
  const card = await readModelCard(await canisterFile(canister, name, options.signal));
  if (details) rememberCard(details.sha256, card);
  return card;
}

/**
 * The card of the loaded model. The canister reports it to everybody who may chat; administrators can read more in its
 * file.
 */
async function cardOfLoaded(canister: LlamaCanister, info: ModelInfo, options: CallOptions): Promise<ModelCard> {
  if (info.chat_template !== '') return loadedModelCard(info);
  // The vocabulary shows which format a model without a template was made for.
  const known = knownCard(info.filesha256);
  if (known) return known;
  try {
    return await cardOnCanister(canister, info.filename, options);
  } catch (error) {
    if (error instanceof LlamaError && error.kind !== 'aborted') return loadedModelCard(info);
    throw error;
  }
}

/** How messages become prompts for the loaded model; plain text with the reason, if that cannot be found out. */
export async function findFormat(
  canister: LlamaCanister,
  choice: FormatChoice,
  options: CallOptions,
): Promise<{ format: ChatFormat; remark: string | undefined }> {
  const { raw, modelFile, info } = choice;
  if (raw) return { format: plainFormat, remark: undefined };
  if (modelFile !== undefined) return described(await cardOfFile(modelFile));
  if (info && (choice.model === undefined || choice.model === info.filename)) {
    return described(await cardOfLoaded(canister, info, options));
  }
  if (choice.model === undefined) return unknown('The loaded model is not known here.');
  try {
    return described(await cardOnCanister(canister, choice.model, options));
  } catch (error) {
    if (!(error instanceof LlamaError) || error.kind !== 'refused') throw error;
    return unknown(`The model's file cannot be read (${error.message}).`);
  }
}

function unknown(why: string): { format: ChatFormat; remark: string } {
  const how = 'give --model-file FILE.gguf for its chat template, or --raw to hide this note.';
  return { format: plainFormat, remark: `${why} The text is continued as it is; ${how}` };
}

function described(card: ModelCard): { format: ChatFormat; remark: string | undefined } {
  const format = chatFormat(card);
  const remarks: Readonly<Record<ChatFormat['origin'], string | undefined>> = {
    model: undefined,
    fallback: `${card.name} has no chat template; using the one that fits its vocabulary.`,
    plain: `${card.name} has no chat template, so it continues the text as it is (--raw hides this note).`,
  };
  return { format, remark: remarks[format.origin] };
}
