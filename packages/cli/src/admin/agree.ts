import { confirm, isCancel } from '@clack/prompts';
import { LlamaError } from '@llama-canister/client';
import type { Context } from '../context.js';
import { UsageError } from '../failure.js';

/** Asks before something is lost; scripts have to say --yes. Errors: UsageError, `ABORTED`. */
export async function agree(context: Context, question: string, yes: boolean): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY || context.output.json)
    throw new UsageError(question, 'Say --yes if that is what you want.');
  const answer = await confirm({ message: `${question} Go on?`, initialValue: false, signal: context.signal });
  if (isCancel(answer) || !answer) throw new LlamaError('aborted', 'ABORTED', 'nothing was changed');
}
