import type { AskOptions } from '@llama-canister/client';
import { type Command, InvalidArgumentError, Option } from 'commander';

/** Flags of llama.cpp that `chat` knows; all others go after `--`. */
export interface ModelFlags {
  nPredict?: number;
  temp?: number;
  topK?: number;
  topP?: number;
  minP?: number;
  repeatPenalty?: number;
  seed?: number;
  reversePrompt?: string[];
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It is to be a number.');
  return value;
}

function whole(text: string): number {
  const value = number(text);
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError('It is to be a whole number.');
  return value;
}

/** Adds the flags to a command, under llama.cpp's names. */
export function addModelFlags(command: Command): Command {
  return command
    .addOption(
      new Option('-n, --n-predict <n>', 'generate at most n tokens (default: until the model ends)').argParser(whole),
    )
    .addOption(new Option('--temp <t>', 'temperature; 0 always chooses the most likely token').argParser(number))
    .addOption(new Option('--top-k <k>', 'choose among the k most likely tokens').argParser(whole))
    .addOption(
      new Option('--top-p <p>', 'choose among the most likely tokens that together have this probability').argParser(
        number,
      ),
    )
    .addOption(
      new Option('--min-p <p>', "leave out tokens below this share of the most likely one's probability").argParser(
        number,
      ),
    )
    .addOption(new Option('--repeat-penalty <x>', 'make repetition less likely').argParser(number))
    .addOption(new Option('--seed <n>', 'the same seed gives the same answer').argParser(whole))
    .addOption(
      new Option(
        '-r, --reverse-prompt <text>',
        'end the answer before this text; may be given several times',
      ).argParser((text: string, earlier: string[] = []) => [...earlier, text]),
    );
}

/** The flags in llama.cpp's notation. */
export function modelArguments(flags: ModelFlags): string[] {
  const args: string[] = [];
  const add = (name: string, value: number | undefined) => {
    if (value !== undefined) args.push(name, String(value));
  };
  add('--temp', flags.temp);
  add('--top-k', flags.topK);
  add('--top-p', flags.topP);
  add('--min-p', flags.minP);
  add('--repeat-penalty', flags.repeatPenalty);
  add('--seed', flags.seed);
  for (const text of flags.reversePrompt ?? []) args.push('-r', text);
  return args;
}

/** The flags as options of an answer that the canister computes by itself. */
export function generationOptions(flags: ModelFlags, passthrough: readonly string[]): AskOptions {
  const { temp, topK, topP, minP, repeatPenalty, seed, nPredict, reversePrompt } = flags;
  const sampling = modelArguments({ temp, topK, topP, minP, repeatPenalty } as ModelFlags);
  return {
    ...{ seed, stop: reversePrompt, sampling: [...sampling, ...passthrough] },
    maxTokens: nPredict === -1 ? undefined : nPredict,
  };
}
