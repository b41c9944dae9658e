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
    .description('print a script by which a shell completes commands, options and their values')
    .addArgument(new Argument('<shell>', 'for which shell').choices(SHELLS))
    .addHelpText(
      'after',
      `
Written where the shell looks for it, it is there in every new one (of zsh: a folder of its fpath):
  llama-canister completion bash > ~/.local/share/bash-completion/completions/llama-canister
  llama-canister completion zsh > ~/.zfunc/_llama_canister
  llama-canister completion fish > ~/.config/fish/completions/llama-canister.fish

Example:
  llama-canister completion bash`,
    )
    .action(run((context, shell: Shell) => completion(context, program, shell)));
}
