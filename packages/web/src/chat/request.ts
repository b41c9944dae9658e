// Turns a conversation into a request to the model.
import type { AskOptions, ChatMessage } from '@llama-canister/client';
import type { ConversationSettings, Message } from '../conversations/model.js';

function chatMessage({ role, content, thinking, calls, callId }: Message): ChatMessage {
  const message: ChatMessage = { role, content };
  if (thinking) message.thinking = thinking;
  const whole = calls?.filter((call) => call.whole);
  if (whole?.length)
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

/** Turns settings into llama.cpp's flags for sampling. */
export function samplingFlags(settings: ConversationSettings): string[] {
  const named: [string, number | undefined][] = [
    ['--temp', settings.temperature],
    ['--top-k', settings.topK],
    ['--top-p', settings.topP],
    ['--min-p', settings.minP],
    ['--repeat-penalty', settings.repeatPenalty],
  ];
  const given = named.flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)]));
  return [...given, ...splitFlags(settings.flags ?? '')];
}

/**
 * The other options of the request; the answer goes on without readers. `isContinued`: it continues the last message's
 * text.
 */
export function requestOptions(settings: ConversationSettings, seed: number, isContinued = false): AskOptions {
  const { maxTokens, thinking } = settings;
  const sampling = samplingFlags(settings);
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
