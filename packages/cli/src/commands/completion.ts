import { Argument, type Command } from 'commander';
import type { Context } from '../context.js';
import { completionOf, SHELLS, type Shell } from '../manual/completion.js';
import { describe } from '../manual/tree.js';
import type { Run } from '../run.js';

async function completion({ output }: Context, program: Command, shell: Shell): Promise<void> {
  const script = completionOf(describe(program), shell);
  output.result({ shell, script }, script.trimEnd());
}

export function completionCommand(program: Command, run: Run): void {
  program
    .command('completion')
    .description('print a completion script for commands, options and their values')
    .addArgument(new Argument('<shell>', 'shell').choices(SHELLS))
    .addHelpText(
      'after',
      `
Write it where the shell looks for completions, to have it in every new shell (zsh: in a folder of its fpath):
  llama-canister completion bash > ~/.local/share/bash-completion/completions/llama-canister
  llama-canister completion zsh > ~/.zfunc/_llama_canister
  llama-canister completion fish > ~/.config/fish/completions/llama-canister.fish

Example:
  llama-canister completion bash`,
    )
    .action(run((context, shell: Shell) => completion(context, program, shell)));
}
