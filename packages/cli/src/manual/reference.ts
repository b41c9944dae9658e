// The reference of all commands, in Markdown.
import { all, type Described, type DescribedOption } from './tree.js';

const cell = (text: string) =>
  text
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/<(?=[a-z])/g, '\\<');

function row({ short, long, value, description, choices, env, default: usual }: DescribedOption): string {
  const names = [short, long].filter((name) => name !== undefined && name !== '').join(', ');
  const more = [
    choices.length > 0 ? `one of ${choices.join(', ')}` : '',
    usual === undefined ? '' : `default ${usual}`,
    env === undefined ? '' : `\`${env}\``,
  ].filter((text) => text !== '');
  return `| \`${cell(`${names} ${value}`.trim()).replaceAll('\\<', '<')}\` | ${cell(description)}${more.length > 0 ? ` (${more.join('; ')})` : ''} |`;
}

const table = (head: string, rows: readonly string[]) =>
  rows.length === 0 ? '' : `| ${head} | |\n| --- | --- |\n${rows.join('\n')}`;

/** Remarks as they are in the help, the examples as code. */
function remarks(text: string): string {
  return text === '' ? '' : `\`\`\`text\n${text}\n\`\`\``;
}

function section(command: Described): string {
  const also = command.aliases.length > 0 ? ` Also: ${command.aliases.map((alias) => `\`${alias}\``).join(', ')}.` : '';
  const rows = command.arguments.map(({ name, description, choices }) => {
    const which = choices.length > 0 ? ` (one of ${choices.join(', ')})` : '';
    return `| \`${name}\` | ${cell(description)}${which} |`;
  });
  return [
    `${command.path.length > 1 ? '###' : '##'} ${command.path.join(' ')}`,
    `\`${command.usage}\``,
    `${cell(command.description[0]!.toUpperCase() + command.description.slice(1))}.${also}`,
    table('argument', rows),
    table('option', command.options.map(row)),
    remarks(command.remarks),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

export function reference(program: Described): string {
  const [, ...commands] = all(program);
  return `${[
    '# Commands',
    'All commands of `llama-canister` with their arguments and options. This file is generated from the program:\n`npm run generate -w packages/cli` writes it, and a test compares. An introduction is in [the README](../packages/cli/README.md).',
    '## Options of every command',
    table('option', program.options.map(row)),
    remarks(program.remarks),
    ...commands.map(section),
  ].join('\n\n')}\n`;
}
