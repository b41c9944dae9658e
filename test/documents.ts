/** The documents of the repository, and what they name: texts between backticks, and lines to be typed. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './cli/model.js';

/** Every file of the working tree that git does not ignore. */
export const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => existsSync(join(root, file)));

export const documents = tracked.filter(
  (file) => file.endsWith('.md') && !file.startsWith('models/tiny-chat/training/eval/'),
);

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** A document without its blocks of code. */
export const prose = (document: string): string => textOf(document).replace(/^```[\s\S]*?^```$/gm, '');

/** Texts between backticks. */
export const words = (document: string): string[] =>
  [...prose(document).matchAll(/`([^`]+)`/g)].map(([, word]) => word!.replace(/\s+/g, ' '));

/** Indented and fenced blocks that are typed into a shell. */
function blocksOf(document: string): string[] {
  const text = textOf(document);
  const fenced = [...text.matchAll(/^```(?:sh|bash|console)?\n([\s\S]*?)^```$/gm)].map(([, block]) => block!);
  const indented = [...text.matchAll(/^(?: {4}.*\n)+/gm)].map(([block]) => block.replace(/^ {4}/gm, ''));
  return [...fenced, ...indented];
}

/** What a line begins with that is typed into a shell. */
const PROGRAM =
  /^(?:\w+=\S+ )*(?:npx|npm|node|llama-canister|icp|dfx|git|curl|sha256sum|export|cd|apt-get|\/usr\/bin\/python3|python3?|docker) /;

/** Whether a quotation goes on behind this text. */
const isOpen = (text: string) => (text.split("'").length - 1) % 2 === 1;

/** The lines that a document has typed into a shell, without their remarks; what is within quotes may have several lines. */
export function typedIn(document: string): string[] {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of textOf(document).split('\n')) {
    const [, mark] = /^```(\w*)/.exec(line) ?? [];
    if (mark !== undefined) fence = fence === undefined ? mark : undefined;
    else if (fence === undefined ? line.startsWith('    ') : ['', 'sh', 'bash', 'text'].includes(fence)) {
      const open = lines.at(-1);
      if (open !== undefined && isOpen(open)) lines[lines.length - 1] = `${open}\n${line.trim()}`;
      else if (PROGRAM.test(line.trim())) lines.push(line.replace(/\s+#.*$/, '').trim());
    }
  }
  return lines;
}

/** Commands that a document's sentences name, as they would be typed. */
export const namedIn = (document: string): string[] => words(document).filter((word) => PROGRAM.test(word));

/** Blocks of TypeScript and JavaScript, fenced or indented. */
export function examplesOf(document: string): string[] {
  const fenced = [...textOf(document).matchAll(/^```[jt]s\n([\s\S]*?)^```$/gm)].map(([, block]) => block!);
  return [...fenced, ...blocksOf(document).filter((block) => /^(const|import|await) .*;/m.test(block))];
}

/** Lines to be typed, from indented and fenced blocks and from texts between backticks. */
export function commandsOf(document: string): string[] {
  const lines = blocksOf(document).flatMap((block) => block.split('\n'));
  return [...lines, ...words(document)].map((line) => line.replace(/\s+#.*$/, '').trim());
}

/** Arguments in Candid after `llama-canister call METHOD`, on one or several lines. */
export function callsOf(document: string): { method: string; argument: string }[] {
  return blocksOf(document).flatMap((block) =>
    [...block.matchAll(/llama-canister call (\w+) '([^']*)'/g)].map(([, method, argument]) => ({
      method: method!,
      argument: argument!,
    })),
  );
}

/** The rows of the table that begins with that head, as cells. */
export function tableOf(document: string, head: string): string[][] {
  const [, behind] = textOf(document).split(`${head}\n`);
  if (behind === undefined) throw new Error(`${document} has no table "${head}"`);
  return behind
    .split('\n\n')[0]!
    .split('\n')
    .filter((row) => row.startsWith('|') && !row.startsWith('| ---'))
    .map((row) =>
      row
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
}
