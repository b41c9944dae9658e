/** What documents name exists: links, files, commands and their flags; and every table of numbers has a source. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Context } from '../packages/cli/src/context.js';
import { createProgram } from '../packages/cli/src/program.js';
import { root } from './cli/model.js';
import { commandsOf, documents, prose, textOf, tracked, words } from './documents.js';

type Command = ReturnType<typeof createProgram>;

/** Files that a build makes. */
const built = ['canister/build/llama.wasm', 'canister/build/engine.wasm', 'canister/build/SHA256SUMS'];
const files = [...tracked, ...built];
const folders = [...new Set(files.flatMap((file) => ancestors(file)))];

function ancestors(file: string): string[] {
  const parts = file.split('/');
  return parts.map((_, i) => parts.slice(0, i).join('/')).filter((folder) => folder !== '');
}

/** Anchors as GitHub makes them from headings. */
const anchorsOf = (document: string) =>
  [...prose(document).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\-_ ]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Whether a document may name a file in this way: from the root, from its own folder, or by the end of its path. */
function isThere(name: string, document: string): boolean {
  const path = name.replace(/\/$/, '').replace(/^\.\//, '');
  const places = name.endsWith('/') ? folders : [...files, ...folders];
  const matches = (text: string, pattern: string) =>
    new RegExp(`(^|/)${pattern.replace(/[.+^$()|[\]\\]/g, '\\$&').replace(/\*\*?\/?/g, '.*')}$`).test(text);
  const own = normalize(join(dirname(document), path));
  const choices = /\{(.*)\}/
    .exec(path)?.[1]
    ?.split(',')
    .map((choice) => path.replace(/\{.*\}/, choice)) ?? [path];
  return choices.every((choice) => places.some((place) => place === own || matches(place, choice)));
}

/** Paths and names of files, without those of users, which contain a placeholder. */
function filesNamed(document: string): string[] {
  return words(document).filter(
    (word) =>
      /^[\w.*{},/-]+$/.test(word) &&
      !/[A-Z]{4}|^[A-Z]+\.|^\.\.\/shared|^\.(?!\/)|^\/|^(model|llama_cpp|dfx\.json)/.test(
        word.replace(/README|SHA256SUMS|CHANGELOG|CONTRIBUTING|LICENSE/, ''),
      ) &&
      (/\.(ts|mjs|mts|json|did|md|wasm|wat|cpp|py|toml)$/.test(word) ||
        (/^(\w[\w.-]*\/)+$/.test(word) && !/^dist/.test(word))),
  );
}

const scriptsOf = (folder: string) =>
  (JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as { scripts?: Record<string, string> })
    .scripts ?? {};

/** Where scripts that take flags are. */
const scriptFolders: Record<string, string> = {
  bench: 'bench/',
  conformance: 'test/conformance/',
  size: 'canister/scripts/size.mjs',
};

/** The sections from heading to heading; the text before the first subheading counts to the higher heading. */
function sectionsOf(document: string): string[] {
  return prose(document).split(/^(?=#)/m);
}

/** Whether a table has a column of numbers: three cells and most of its rows. */
function hasNumbers(section: string): boolean {
  const rows = [...section.matchAll(/^\|(.*)\|$/gm)].map(([, row]) => row!.split('|').map((cell) => cell.trim()));
  const isNumber = (cell: string) => /^[-~<>]*\d[\d.,]*(?: (?:%|[kMGT]i?B|[MBT]|to [\d.]+))?$/.test(cell);
  const columns = rows[0]?.map((_, i) => rows.filter((row) => isNumber(row[i] ?? '')).length) ?? [];
  return columns.some((count) => count >= 3 && count > rows.length / 2);
}

/** A command that prints numbers, a test that compares them, or a stored file. */
function hasSource(section: string): boolean {
  return /`(?:npm |npx |node |llama-canister )[^`]*`|`[^`]*(?:\.test\.ts|\.json|\.mjs|\.wat|bench\/results)`|^ {4}(?:npm|npx|node|llama-canister) /m.test(
    section,
  );
}

describe.each(documents)('%s', (document) => {
  it('has links with existing targets', () => {
    const links = [...prose(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
    const broken = links.filter((link) => {
      if (/^https?:/.test(link)) return false;
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? document : normalize(join(dirname(document), path)).replace(/\/$/, '');
      if (!files.includes(target) && !folders.includes(target)) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names files that exist', () => {
    expect(filesNamed(document).filter((name) => !isThere(name, document))).toEqual([]);
  });

  it('has commands of npm and node that exist', () => {
    const wrong = commandsOf(document).filter((command) => {
      const [, script, workspace] = /^npm (?:run )?([\w:]+)(?: .*?-w (\S+))?/.exec(command) ?? [];
      if (/^npm (run|test)/.test(command) && !(script! in scriptsOf(workspace ?? '.'))) return true;
      const [, program] = /^(?:\w+=\S+ )*node (\S+)/.exec(command) ?? [];
      if (program?.match(/^\w.*\/.*\.mjs$/) && !isThere(program, document)) return true;
      const [, variables = '', tests] = /^((?:\w+=\S+ )*)npx vitest run (\S+)/.exec(command) ?? [];
      if (tests === undefined) return false;
      const found = tracked.filter((file) => file.includes(tests) && file.endsWith('.test.ts'));
      const names = [...variables.matchAll(/(\w+)=/g)].map(([, name]) => name!);
      const known = (name: string) =>
        [...found, 'vitest.config.ts'].some((file) => textOf(file).includes(`env.${name}`));
      return found.length === 0 || !names.every(known);
    });
    expect(wrong).toEqual([]);
  });

  it('gives scripts only flags that they know', () => {
    const wrong = commandsOf(document).filter((command) => {
      const [, script, flags = ''] = /^npm run (\w+)(?: -w \S+)? -- (.*)$/.exec(command) ?? [];
      const folder = scriptFolders[script ?? ''];
      if (folder === undefined) return false;
      const text = tracked
        .filter((file) => file.startsWith(folder))
        .map(textOf)
        .join('');
      const names = [...flags.matchAll(/--([a-z-]+)/g)].map(([, name]) => name!);
      return !names.every((name) => new RegExp(`['"\\s]-*${name}['":]`).test(text));
    });
    expect(wrong).toEqual([]);
  });

  it('has the printing or checking command beside each table of numbers', () => {
    expect(sectionsOf(document).filter((section) => hasNumbers(section) && !hasSource(section))).toEqual([]);
  });

  it('has valid commands of llama-canister', () => {
    const program = createProgram(() => ({}) as Context);
    const wrong = commandsOf(document).filter((command) => {
      const [, typed] =
        /^(?:npx )?llama-canister (.*)$/.exec(command.replace(/^npm run demo --/, 'llama-canister demo')) ?? [];
      return typed !== undefined && !isTaken(program, typed);
    });
    expect(wrong).toEqual([]);
  });
});

/** Whether every word of a command line that is a command or a flag is known. */
function isTaken(program: Command, typed: string): boolean {
  const [own = ''] = typed.replace(/"[^"]*"|'[^']*'/g, 'text').split(' -- ');
  let command = program;
  const wanted = own.split(' ');
  while (wanted[0] && command.commands.length > 0) {
    if (wanted[0].startsWith('-')) break;
    const next = command.commands.find((each) => each.name() === wanted[0]);
    if (!next) return false;
    command = next;
    wanted.shift();
  }
  const options = [...command.options, ...program.options].flatMap(({ long, short }) => [long, short]);
  const flags = wanted.map((word) => word.replace(/[[\]]/g, '')).filter((word) => /^--?[a-z]/.test(word));
  return flags.every((flag) => flag === '--help' || options.includes(flag));
}

describe('the table of commands', () => {
  const program = createProgram(() => ({}) as Context);
  const rows = [...textOf('packages/cli/README.md').matchAll(/^\| ((?:`[^|]*(?:\\\|[^|]*)*`(?:, )?)+) \|/gm)]
    .map(([, cell]) => cell!.replaceAll('\\|', '|'))
    .flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, typed]) => typed!));

  it('has every command, with flags that it accepts', () => {
    const named = rows.map((row) => row.split(' ')[0]!);
    expect(named).toEqual(expect.arrayContaining(program.commands.map((command) => command.name())));
    const each = rows.flatMap((row) => {
      const choice = / (\w+(?:\|\w+)+)/.exec(row)?.[1];
      return choice ? choice.split('|').map((one) => row.replace(choice, one)) : [row];
    });
    expect(each.filter((row) => !isTaken(program, row))).toEqual([]);
  });
});

it('every document is in the menu of the site', () => {
  const menu = textOf('docs-site/.vitepress/groups.mjs');
  const names = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  expect(names.filter((name) => !menu.includes(`'/docs/${name.replace('.md', '')}'`))).toEqual([]);
});

it('every document is in the list of documents', () => {
  const listed = textOf('README.md');
  const missing = readdirSync(join(root, 'docs')).filter((name) => !listed.includes(`docs/${name}`));
  expect(missing).toEqual([]);
});
