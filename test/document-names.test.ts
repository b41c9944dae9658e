/** Names in documents exist: identifiers of the code, flags, paths of servers, and arguments of methods in Candid. */
import { IDL } from '@icp-sdk/core/candid';
import { describe, expect, it } from 'vitest';
import { coerce } from '../packages/cli/src/candid-text/coerce.js';
import { parseArguments } from '../packages/cli/src/candid-text/parse.js';
import { idlFactory } from '../packages/client/src/index.js';
import { callsOf, commandsOf, documents, examplesOf, textOf, tracked, words } from './documents.js';

/** Programs, tables and data without comments, and without files about documents. */
const code = tracked
  .filter((file) =>
    /\.(ts|mts|mjs|did|py|mo|html|wat|toml|yaml|yml)$|(package|data\/\S+|tensor-types)\.json$/.test(file),
  )
  .filter((file) => !/^test\/document/.test(file))
  .map((file) => textOf(file).replace(/^\s*(\/\*\*?|\*|\/\/) .*$/gm, ''))
  .join('\n');
const identifiers = new Set(code.match(/[A-Za-z_$][\w$]*/g));

/** Names of other people's programs and of invented canisters, which need not exist here. */
const FOREIGN = new Set([
  'BYTE_TRANSMISSION_COST_FACTOR',
  'greet',
  'llama_seq_id',
  'n_probs',
  'no_vocab',
  'sender_info',
]);

const isMissing = (name: string) => !identifiers.has(name) && !FOREIGN.has(name);

/** Names of code in a text between backticks: `a_b`, `aB`, `A_B`, `Class.member`, `name()`. Not placeholders as FILE. */
function namesIn(word: string): string[] {
  const [, name] = /^([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?:\(.*\))?$/.exec(word) ?? [];
  if (name === undefined || /\.(ts|mjs|mts|json|did|md|wasm|wat|cpp|py|toml|gguf|icppfmt|cache)$/.test(name)) return [];
  const parts = name.split('.');
  const isCode = (part: string) => /[a-z]_[a-z]|[a-z][A-Z]|^[A-Z]+_[A-Z_]+$/.test(part) || parts.length > 1;
  return parts.filter(isCode);
}

/** Flags of the canister, of the command line, of scripts, and of programs that are called with them. */
const isFlag = (flag: string) => {
  const bare = flag.replace(/^--?/, '');
  return code.includes(flag) || new RegExp(`['"{,\\s]${bare}['"]?: `).test(code);
};

/** `POST /v1/messages`: paths that are abbreviated after another one begin with `/`, too. */
function pathsIn(word: string): string[] {
  const [, path] = /^(?:(?:GET|POST|DELETE) )?(\/[a-z][\w/.-]*)(?:[?/].*)?$/.exec(word) ?? [];
  return path === undefined ? [] : [path.replace(/\/ID.*$/, '')];
}

describe.each(documents)('%s', (document) => {
  const named = words(document);

  it('uses only names that exist in the code', () => {
    const missing = named.flatMap(namesIn).filter(isMissing);
    expect(missing).toEqual([]);
  });

  it('has examples in TypeScript that use only names of the code', () => {
    const used = examplesOf(document).flatMap((block) =>
      [...block.replace(/\/\/.*$|'[^'\n]*'/gm, '').matchAll(/(?:new |\.)([A-Za-z_]\w*)/g)].map(([, name]) => name!),
    );
    expect(used.filter(isMissing)).toEqual([]);
  });

  it('names only flags that exist', () => {
    const typed = commandsOf(document).filter((command) =>
      /^(npx|npm|node|llama-canister|ic-network|icp|--?[a-z])/.test(command),
    );
    const flags = typed.flatMap((command) =>
      command
        .replace(/"[^"]*"|'[^']*'/g, '')
        .split(/[\s|,=[\]()]+/)
        .filter((word) => /^--?[a-z][\w-]*$/.test(word) && !/^--x.y$/.test(word)),
    );
    expect(flags.filter((flag) => !isFlag(flag))).toEqual([]);
  });

  it('names only paths that a server answers', () => {
    const missing = named.flatMap(pathsIn).filter((path) => !code.includes(path));
    expect(missing).toEqual([]);
  });

  it('has only method arguments that the interface accepts', () => {
    const service = idlFactory({ IDL }) as IDL.ServiceClass;
    for (const { method, argument } of callsOf(document)) {
      const found = service._fields.find(([name]) => name === method);
      expect(found, method).toBeDefined();
      const { argTypes } = found![1];
      const written = parseArguments(argument);
      expect(written.length, method).toBe(argTypes.length);
      expect(() =>
        IDL.encode(
          argTypes,
          argTypes.map((type, i) => coerce(type, written[i]!)),
        ),
      ).not.toThrow();
    }
  });
});

it('the documents have arguments in Candid', () => {
  expect(documents.flatMap(callsOf).length).toBeGreaterThan(4);
});
