// Answers of a canister that only has llama_cpp_canister's methods: consecutive calls of run_update. Loaded on demand,
// because it brings the chat templates that are rendered here.
import type { BegunAnswer } from '../answers/answer.js';
import type { AnswerEnd, Delta, Progress, ProgressState } from '../answers/deltas.js';
import type { ChatMessage, ModelOptions, Prompt, ResponseFormat } from '../answers/options.js';
import type { LlamaCanister } from '../canister.js';
import { aborted, LlamaError } from '../errors.js';
import { type Ending, type GenerationSummary, generate } from '../generation.js';
import { loadedChatFormat } from '../loaded-format.js';
import type { Message } from '../messages.js';
import type { ChatFormat } from '../template.js';

/** Additional options for such a canister. */
export interface RunUpdateOptions {
  /** How messages become a prompt. Default: the template from `model_info`, else plain text. */
  format?: ChatFormat | undefined;
  /** Instructions per call to aim at. Default: as many tokens as fit. */
  pace?: number | undefined;
}

const ROLES: readonly string[] = ['system', 'developer', 'user', 'assistant'];

const ENDS: Readonly<Record<Exclude<Ending, 'aborted'>, AnswerEnd>> = {
  eog: 'end',
  stop: 'stop',
  length: 'max-tokens',
  context: 'context-full',
};

function unsupported(what: string): LlamaError {
  return new LlamaError('refused', 'NOT_SUPPORTED', `this canister has only llama_cpp_canister's methods: no ${what}`, {
    value: what,
    next: 'Leave it out, or upgrade the canister: `llama-canister upgrade`',
  });
}

/** Errors: `NOT_SUPPORTED` for an option that run_update has no flag for. */
function checkSupported(options: ModelOptions): void {
  const { tools, toolChoice, parallelToolCalls, thinking, logprobs, templateArguments, seed, continueFinalMessage } =
    options;
  const asked: [unknown, string][] = [
    [tools ?? toolChoice ?? parallelToolCalls, 'tools'],
    [thinking, 'control of thinking'],
    [logprobs, 'logprobs'],
    [templateArguments, 'variables for the chat template'],
    [continueFinalMessage || undefined, 'way to go on with a message'],
    [seed === 'beacon' ? seed : undefined, 'seed of the subnet'],
  ];
  for (const [value, what] of asked) if (value !== undefined) throw unsupported(what);
}

function plainMessages(messages: readonly ChatMessage[]): Message[] {
  return messages.map(({ role, content, toolCalls }) => {
    if (!ROLES.includes(role) || toolCalls?.length) throw unsupported(`messages of ${toolCalls ? 'tool calls' : role}`);
    return { role: role as Message['role'], content };
  });
}

function formatFlags(format: ResponseFormat | undefined): string[] {
  if (format === undefined || format === 'text') return [];
  if (format === 'json') return ['--json-schema', '{"type":"object"}'];
  if ('gbnf' in format) return ['--grammar', format.gbnf];
  const { jsonSchema } = format;
  return ['--json-schema', typeof jsonSchema === 'string' ? jsonSchema : JSON.stringify(jsonSchema)];
}

function endOf({ ending, promptTokens, cachedTokens, generatedTokens }: GenerationSummary): Delta {
  const counts = { promptTokens, cachedTokens, generatedTokens, thinkingTokens: 0 };
  const reason = ending === 'aborted' ? 'cancelled' : ENDS[ending];
  return { type: 'end', reason, usage: { ...counts, instructions: 0, cycles: 0n, price: 0n } };
}

function progress(state: ProgressState, counts: Partial<Progress> = {}): Progress {
  const nothing = { place: 0, instructionsLeft: 0, messagesLeft: 0, promptTokens: 0, cachedTokens: 0 };
  return { type: 'progress', state, ...nothing, ...counts };
}

/** A session name that nothing else uses. */
function ownName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `answer-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Starts an answer. Errors: `NOT_SUPPORTED`, those of the template and the canister. */
export async function runUpdateAnswer(
  canister: LlamaCanister,
  prompt: Prompt,
  options: ModelOptions & RunUpdateOptions,
): Promise<BegunAnswer> {
  checkSupported(options);
  const { seed, sampling = [], maxTokens, stop = [], responseFormat, pace } = options;
  const messages = typeof prompt === 'string' ? undefined : plainMessages(prompt);
  const text = messages ? (options.format ?? (await loadedChatFormat(canister))).prompt(messages) : String(prompt);
  const session = options.session ?? ownName();
  await canister.newChat(['--prompt-cache', session]);
  const args = [...sampling, ...(seed === undefined ? [] : ['--seed', String(seed)]), ...formatFlags(responseFormat)];
  const cancelled = new AbortController();

  async function* read(signal: AbortSignal): AsyncGenerator<{ delta: Delta; position: number }, void, void> {
    let position = 0;
    const said: Progress[] = [progress('reading')];
    let tell = () => {};
    const say = (what: Progress) => {
      said.push(what);
      tell();
    };
    const pieces = generate(canister, {
      ...{ session, prompt: text, args, maxTokens, stop, pace },
      signal: AbortSignal.any([signal, cancelled.signal]),
      onWait: (reason) => say(progress('paused', { reason })),
      onReply: ({ promptRemaining, tokens }) => {
        const state = promptRemaining === '' && !tokens?.remaining ? 'generating' : 'reading';
        say(progress(state, { promptTokens: tokens?.prompt ?? 0, cachedTokens: tokens?.cached ?? 0 }));
      },
    });
    try {
      for (let next = pieces.next(); ; ) {
        const heard = new Promise<undefined>((resolve) => {
          tell = () => resolve(undefined);
        });
        const piece = said.length > 0 ? undefined : await Promise.race([next, heard]);
        for (const delta of said.splice(0)) yield { delta, position };
        if (piece === undefined) continue;
        if (piece.done) {
          if (signal.aborted) throw aborted(signal);
          yield { delta: endOf(piece.value), position };
          return;
        }
        yield { delta: { type: 'text', text: piece.value }, position: ++position };
        next = pieces.next();
      }
    } finally {
      cancelled.abort();
      // The session was only for this answer.
      if (options.session === undefined) await canister.removePromptCache(session).catch(() => {});
    }
  }

  return {
    id: undefined,
    read,
    cancel: async () => cancelled.abort(),
    stopThinking: async () => {
      throw unsupported('control of thinking');
    },
  };
}
