import {
  type CallOptions,
  type ChatFormat,
  canisterFile,
  chatFormat,
  type LlamaCanister,
  LlamaError,
  type ModelCard,
  plainFormat,
  readModelCard,
} from '@llama-canister/client';
import { openFile } from '@llama-canister/client/node';
import { knownCard, rememberCard } from '../config/model-cards.js';

/** Where the chat template is looked for. */
export interface FormatChoice {
  /** No template: the text is continued as it is. */
  raw?: boolean | undefined;
  /** A local copy of the model. */
  modelFile?: string | undefined;
  /** The model's name on the canister, if it is known. */
  model?: string | undefined;
}

async function cardOfFile(path: string): Promise<ModelCard> {
  const file = await openFile(path);
  try {
    return await readModelCard(file);
  } finally {
    await file.close();
  }
}

/** The card of a file on the canister: what is known since its upload, else read from its header there. */
async function cardOnCanister(canister: LlamaCanister, name: string, options: CallOptions): Promise<ModelCard> {
  const details = await canister.fileDetails(name, options);
  const known = details && knownCard(details.sha256);
  if (known) return known;
  const card = await readModelCard(await canisterFile(canister, name, options.signal));
  if (details) rememberCard(details.sha256, card);
  return card;
}

/**
 * How messages become prompts for the loaded model. Where it cannot be found out, plain text and the reason why.
 */
export async function findFormat(
  canister: LlamaCanister,
  choice: FormatChoice,
  options: CallOptions,
): Promise<{ format: ChatFormat; remark: string | undefined }> {
  if (choice.raw) return { format: plainFormat, remark: undefined };
  if (choice.modelFile !== undefined) return described(await cardOfFile(choice.modelFile));
  const how = 'Give --model-file FILE.gguf for its chat template, or --raw to have the text continued as it is.';
  if (choice.model === undefined)
    return { format: plainFormat, remark: `Which model is loaded is not known here. ${how}` };
  try {
    return described(await cardOnCanister(canister, choice.model, options));
  } catch (error) {
    if (!(error instanceof LlamaError) || error.kind !== 'refused') throw error;
    return { format: plainFormat, remark: `The model's file cannot be read (${error.message}). ${how}` };
  }
}

function described(card: ModelCard): { format: ChatFormat; remark: string | undefined } {
  const format = chatFormat(card);
  const remark =
    format.origin === 'fallback'
      ? `${card.name} has no chat template; using the one that its vocabulary is made for.`
      : undefined;
  return { format, remark };
}
