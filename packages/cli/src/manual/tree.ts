// The program's commands as plain data, the source of completion, manual page and reference.
import type { Command, Option } from 'commander';

export interface DescribedOption {
  short?: string;
  long: string;
  /** The value that follows, as in the help: `<file>`, `[n]`; '' if there is none. */
  value: string;
  description: string;
  choices: readonly string[];
  env?: string;
  default?: string;
}

interface DescribedArgument {
  name: string;
  description: string;
  choices: readonly string[];
}

export interface Described {
  /** Words behind the program's name; none for the program itself. */
  path: readonly string[];
  aliases: readonly string[];
  /** As it is typed, with its arguments. */
  usage: string;
  description: string;
  arguments: readonly DescribedArgument[];
  /** Its own options; the program's options apply to every command. */
  options: readonly DescribedOption[];
  commands: readonly Described[];
  /** The rest of its help: remarks and examples. */
  remarks: string;
}

function describedOption(option: Option): DescribedOption {
  const value = /[<[].*$/.exec(option.flags)?.[0] ?? '';
  const isWorthSaying = ['string', 'number'].includes(typeof option.defaultValue);
  return {
    ...(option.short ? { short: option.short } : {}),
    long: option.long ?? option.short ?? '',
    value,
    description: option.description,
    choices: option.argChoices ?? [],
    ...(option.envVar ? { env: option.envVar } : {}),
    ...(isWorthSaying ? { default: String(option.defaultValue) } : {}),
  };
}

/** The part of a command's help after commander's own. */
function remarksOf(command: Command): string {
  let text = '';
  const before = command.configureOutput();
  command.configureOutput({
    ...before,
    writeOut: (part) => {
      text += part;
    },
    getOutHasColors: () => false,
  });
  command.outputHelp();
  command.configureOutput(before);
  return text.slice(command.helpInformation().length).trim();
}

/** A command and those below it. */
export function describe(command: Command, above: readonly string[] = [], isRoot = true): Described {
  const path = isRoot ? [] : [...above, command.name()];
  const help = command.createHelp();
  const names = command.registeredArguments.map((argument) => {
    const dots = argument.variadic ? '...' : '';
    return argument.required ? `<${argument.name()}${dots}>` : `[${argument.name()}${dots}]`;
  });
  const commands = help.visibleCommands(command).filter((each) => each.name() !== 'help');
  return {
    path,
    aliases: command.aliases(),
    usage: ['llama-canister', ...path, ...names].join(' '),
    description: command.description(),
    arguments: command.registeredArguments.map((argument) => ({
      name: argument.name(),
      description: argument.description,
      choices: argument.argChoices ?? [],
    })),
    options: help
      .visibleOptions(command)
      .filter((option) => isRoot || option.long !== '--help')
      .map(describedOption),
    commands: commands.map((each) => describe(each, path, false)),
    remarks: remarksOf(command),
  };
}

/** A command and all below it, one after the other. */
export const all = (command: Described): Described[] => [command, ...command.commands.flatMap(all)];
