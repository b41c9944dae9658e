import type { Command } from 'commander';

/** A command's full name, including its parent commands'. */
function pathOf(command: Command): string {
  return command.parent?.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

/** The command line that shows a command's help. */
export function helpOf(command: Command): string {
  return command.parent ? `${pathOf(command)} --help` : '--help';
}
