// The manual page, in roff with the macros of man(7).
import { all, type Described, type DescribedOption } from './tree.js';

/** A text with dashes, backslashes and leading dots escaped for roff. */
const plain = (text: string) =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1');

function option({ short, long, value, description, choices, env, default: usual }: DescribedOption): string {
  const names = [short, long].filter((name) => name !== undefined && name !== '').join(', ');
  const more = [
    choices.length > 0 ? `One of ${choices.join(', ')}.` : '',
    usual === undefined ? '' : `Default: ${usual}.`,
    env === undefined ? '' : `Environment: ${env}.`,
  ].filter((text) => text !== '');
  return `.TP\n.B ${plain(`${names} ${value}`.trim())}\n${plain([description, ...more].join('. ').replace(/\.\. /g, '. '))}`;
}

function block(text: string): string {
  return text === '' ? '' : `.PP\n.nf\n${plain(text)}\n.fi`;
}

function section(command: Described): string {
  return [
    `.SS ${plain(command.usage)}`,
    plain(`${command.description[0]!.toUpperCase()}${command.description.slice(1)}.`),
    command.aliases.length > 0 ? `.PP\nAlso: ${plain(command.aliases.join(', '))}` : '',
    ...command.arguments.map(({ name, description, choices }) => {
      const which = choices.length > 0 ? ` (${choices.join(', ')})` : '';
      return `.TP\n.I ${plain(name)}\n${plain(description + which)}`;
    }),
    ...command.options.map(option),
    block(command.remarks),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

export function manualPage(program: Described, version: string): string {
  const [, ...commands] = all(program);
  return `${[
    `.TH LLAMA\\-CANISTER 1 "" "llama\\-canister ${version}" "User commands"`,
    '.SH NAME',
    'llama\\-canister \\- a GGUF language model inside a canister of the Internet Computer',
    '.SH SYNOPSIS',
    '.B llama\\-canister\n[\\fIoptions\\fR] \\fIcommand\\fR ...',
    '.SH DESCRIPTION',
    plain(program.description),
    block(program.remarks),
    '.SH OPTIONS\nThese hold for every command.',
    ...program.options.map(option),
    '.SH COMMANDS',
    ...commands.map(section),
    '.SH EXIT STATUS',
    '.TP\n.B 0\nDone.\n.TP\n.B 1\nFailed.\n.TP\n.B 2\nWrong usage.\n.TP\n.B 130\nInterrupted.',
  ]
    .filter((part) => part !== '')
    .join('\n')}\n`;
}
