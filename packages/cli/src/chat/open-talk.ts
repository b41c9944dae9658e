// The conversation of a command: by generations, or by calls of run_update where the canister has no generations.
import { type ChatFormat, type LlamaClient, LlamaError, plainFormat } from '@llama-canister/client';
import type { Output } from '../output.js';
import { AnsweredTalk } from './answered-talk.js';
import { generationOptions, type ModelFlags, modelArguments } from './flags.js';
import type { FormatChoice } from './format.js';
import { readOnLater, takeLeave } from './leave.js';
import { RunUpdateTalk } from './run-update-talk.js';
import type { Talk, TalkState } from './talk.js';

export interface TalkOptions {
  /** Whether the answers are generations. */
  answersItself: boolean;
  /** How messages become a prompt; undefined: as the canister's model has it. */
  format: ChatFormat | undefined;
  flags: ModelFlags & { session: string; system?: string };
  /** Flags of llama.cpp. */
  passthrough: readonly string[];
  /** An earlier conversation to go on with. */
  state: TalkState | undefined;
  /** Instructions to aim at in a call of run_update. */
  pace: number | undefined;
  output: Output;
}

/**
 * Whether the canister can answer by itself: it has generations, and they take these flags of llama.cpp. Calls of run_update
 * take more of them, such as grammars in files.
 */
export async function canAnswerItself(
  llama: LlamaClient,
  passthrough: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  if (!(await llama.generations.supported({ signal }))) return false;
  if (passthrough.length === 0) return true;
  try {
    await llama.quote('x', { sampling: passthrough, signal });
    return true;
  } catch (error) {
    // Whatever else is wrong is said of the first message.
    return !(error instanceof LlamaError && error.message.includes('only flags about sampling'));
  }
}

/** Whether messages are sent as they are: the canister makes the prompt, by the template of the model that it has loaded. */
export function isOwnTemplate({ raw, modelFile, model, info }: FormatChoice): boolean {
  const isLoaded = model === undefined || model === info?.filename;
  return !raw && modelFile === undefined && isLoaded && info !== undefined && info.chat_template !== '';
}

export function openTalk(llama: LlamaClient, options: TalkOptions): Talk {
  const { answersItself, format, flags, passthrough, state, pace, output } = options;
  const onWait = (reason: string) => output.note(output.errorColors.dim(`Waiting: ${reason}`));
  const common = { session: flags.session, system: flags.system, state, onWait };
  if (answersItself) {
    return new AnsweredTalk(llama, {
      ...common,
      format,
      ask: generationOptions(flags, passthrough),
      onThinking: (text) => {
        if (!output.json) output.stderr.write(output.errorColors.dim(text));
      },
      onLeave: (answer) => takeLeave(answer, false, output),
      explain: (error, answer) => readOnLater(error, answer, false),
    });
  }
  return new RunUpdateTalk(llama.canister, {
    ...common,
    onWait: (message) => onWait(message.replace(/^run_update: /, '')),
    format: format ?? plainFormat,
    args: [...modelArguments(flags), ...passthrough],
    stop: flags.reversePrompt ?? [],
    maxTokens: flags.nPredict === -1 ? undefined : flags.nPredict,
    pace,
  });
}
