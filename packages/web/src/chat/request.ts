// Turns a conversation into a request to the model.
import type { AskOptions, ChatMessage, ModelInfo } from '@llama-canister/client';
import { type ConversationSettings, type Message, wholeCalls } from '../conversations/model.js';

function chatMessage(said: Message): ChatMessage {
  const { role, content, thinking, callId } = said;
  const message: ChatMessage = { role, content };
  if (thinking) message.thinking = thinking;
  const whole = wholeCalls(said);
  if (whole.length > 0)
    message.toolCalls = whole.map(({ id, name, arguments: given }) => ({ id, name, arguments: given }));
  if (callId !== undefined) message.toolCallId = callId;
  return message;
}

/**
 * The messages before an answer. With `continued`, the answer itself is the last message, and its text is continued.
 */
export function requestMessages(
  path: readonly Message[],
  { system }: ConversationSettings,
  continued?: Message,
): ChatMessage[] {
  const said = path.filter(({ role, content, calls }) => role !== 'assistant' || content !== '' || calls?.length);
  const messages = said.map(chatMessage);
  if (continued) messages.push(chatMessage(continued));
  return system?.trim() ? [{ role: 'system', content: system }, ...messages] : messages;
}

/** Splits flags that were typed into words; a word in quotation marks may contain spaces. */
export function splitFlags(text: string): string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double?.replace(/\\(.)/g, '$1') ?? single ?? bare!,
  );
}

/** Settings with their flags of llama.cpp, and what counts where neither people nor the model say anything. */
const FLAGS = {
  temperature: ['--temp', '0.8'],
  topK: ['--top-k', '40'],
  topP: ['--top-p', '0.95'],
  minP: ['--min-p', '0.05'],
  repeatPenalty: ['--repeat-penalty', '1'],
} as const;
type Named = keyof typeof FLAGS;

/** The sampling that a model suggests, as flags; '' where it suggests none, and of canisters that do not say so. */
export const suggestedBy = (model: ModelInfo | undefined): string => model?.suggested_sampling[0] ?? '';

/** What a setting is where it is left empty; undefined where it has no value then. */
export function defaultOf(setting: string, suggested: string): string | undefined {
  const [flag, value] = FLAGS[setting as Named] ?? [];
  const words = splitFlags(suggested);
  const at = words.indexOf(flag ?? '');
  return at < 0 ? value : words[at + 1];
}

/** Turns settings into llama.cpp's flags for sampling, behind those that the model suggests: the last of a kind counts. */
export function samplingFlags(settings: ConversationSettings, suggested = ''): string[] {
  const named = Object.entries(FLAGS) as [Named, readonly [string, string]][];
  const given = named.flatMap(([name, [flag]]) => (settings[name] === undefined ? [] : [flag, String(settings[name])]));
  return [...splitFlags(suggested), ...given, ...splitFlags(settings.flags ?? '')];
}

/**
 * The other options of the request; the answer goes on without readers. `isContinued`: it continues the last message's
 * text.
 */
export function requestOptions(
  settings: ConversationSettings,
  seed: number,
  suggested?: string,
  isContinued = false,
): AskOptions {
  const { maxTokens, thinking } = settings;
  const sampling = samplingFlags(settings, suggested);
  return {
    keep: true,
    seed,
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(sampling.length > 0 ? { sampling } : {}),
    ...(isContinued ? { continueFinalMessage: true } : {}),
    ...(thinking === undefined
      ? {}
      : { thinking: thinking === 'on' || thinking === 'off' ? { enabled: thinking === 'on' } : { effort: thinking } }),
  };
}

/** A random seed, by which an answer can be found if its number was lost. */
export function newSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]!;
}
