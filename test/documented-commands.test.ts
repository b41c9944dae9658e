/** Every command that a document has is run by a test, or it is said in test/repository-commands.ts why not. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Context } from '../packages/cli/src/context.js';
import { all, describe as described } from '../packages/cli/src/manual/tree.js';
import { createProgram } from '../packages/cli/src/program.js';
import { root } from './cli/model.js';
import { linesOf, scenarios } from './cli/scenarios.js';
import { documents, namedIn, textOf, typedIn } from './documents.js';
import { ranByNobody, ranElsewhere, ranHere } from './repository-commands.js';

const commands = all(described(createProgram(() => undefined as unknown as Context)));
const paths = new Set(commands.map(({ path }) => path.join(' ')));

/** The line as it is typed where the command line is installed. */
const bare = (line: string) =>
  line.replace(/^npx (?=llama-canister|ic-network)/, '').replace(/^npm run demo --/, 'llama-canister demo');
const isOurs = (line: string) => /^(llama-canister|ic-network)( |$)/.test(bare(line));
const typed = new Set(scenarios.flatMap(linesOf).map(bare));

interface Shape {
  path: string;
  options: string[];
}

/** The command and the options of a line, without what they are given. */
function shapeOf(line: string): Shape {
  const [own = ''] = bare(line)
    .replace(/"[^"]*"|'[^']*'/g, 'text')
    .split(' -- ');
  const words = own.split(/\s+/).slice(1);
  let path = '';
  for (const word of words) {
    const longer = `${path} ${word}`.trim();
    if (!paths.has(longer)) break;
    path = longer;
  }
  return { path, options: words.map((word) => word.replace(/[[\]]/g, '')).filter((word) => /^--[a-z]/.test(word)) };
}

const shapes = [...typed].map(shapeOf);
const isTyped = ({ path, options }: Shape) =>
  shapes.some((each) => each.path === path && options.every((option) => each.options.includes(option)));

/** Whether somebody runs a line that is not for the command line, or is said to be run by nobody. */
const isAccounted = (line: string) =>
  ranHere.some((each) => each.line === line) ||
  [...ranElsewhere, ...ranByNobody].some(({ command }) => command.test(line));

const current = documents.filter((document) => document !== 'CHANGELOG.md');

describe.each(current)('%s', (document) => {
  it('has nothing typed that nobody runs: test/cli/scenarios.ts, test/repository-commands.ts', () => {
    const lines = typedIn(document);
    const missing = lines
      .flatMap((line) => line.split(' && '))
      .filter((line) => !(isOurs(line) ? typed.has(bare(line)) : isAccounted(line)));
    expect(missing).toEqual([]);
  });

  it('names commands that are run somewhere, with the same options', () => {
    // The headings of the reference have every command.
    const names = document === 'docs/cli.md' ? [] : namedIn(document).flatMap((line) => line.split(' && '));
    const missing = names.filter((line) => !(isOurs(line) ? isTyped(shapeOf(line)) : isAccounted(line)));
    expect(missing).toEqual([]);
  });
});

it('every command has an example, which is run', () => {
  const leaves = commands.filter((command) => command.commands.length === 0).map(({ path }) => path.join(' '));
  expect(leaves.filter((path) => !isTyped({ path, options: [] }))).toEqual([]);
});

it('whoever is said to run a command is there', () => {
  const missing = ranElsewhere.filter(({ by, text }) => !existsSync(join(root, by)) || !textOf(by).includes(text));
  expect(missing).toEqual([]);
});

it('nothing is accounted for that no document has', () => {
  const lines = current
    .flatMap((document) => [...typedIn(document), ...namedIn(document)])
    .flatMap((line) => line.split(' && '));
  expect(ranHere.filter(({ line }) => !lines.includes(line))).toEqual([]);
  expect([...ranElsewhere, ...ranByNobody].filter(({ command }) => !lines.some((line) => command.test(line)))).toEqual(
    [],
  );
});
