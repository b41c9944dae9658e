import type { Context } from './context.js';
import { UsageError } from './failure.js';
import { shellWord } from './shell-word.js';

/**
 * The text of a command that takes one; without quotes, the shell splits it into several.
 * @param before  other arguments before it
 *
 * Errors: UsageError, with the correct command.
 */
export function oneText(
  { typed, passthrough }: Context,
  command: string,
  words: readonly string[],
  before: readonly string[] = [],
): string | undefined {
  if (words.length < 2) return words[0];
  const rest = [...typed];
  const start = rest.indexOf(command);
  let at = start;
  for (const word of [...before, ...words]) {
    at = rest.indexOf(word, start + 1);
    rest.splice(at, 1);
  }
  rest.splice(start, 1);
  const behind = passthrough.length === 0 ? [] : ['--', ...passthrough];
  const whole = [command, ...before, words.join(' '), ...rest, ...behind].map(shellWord).join(' ');
  throw new UsageError(
    `the text has ${words.length} words without quotes around it`,
    `Type: \`llama-canister ${whole}\``,
  );
}
