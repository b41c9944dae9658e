/** The canister reports failures in one way: with a `Problem` or a `Result` (canister/assembly/problem.ts). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './cli/model.js';

const folder = join(root, 'canister/assembly');

/** Names of texts that describe a failure: a member, a parameter property or a variable of a module. */
const TEXT =
  /^ *(?:export )?(?:let |(?:public |private |protected |readonly |static )*)(\w+)(?:: string(?: \| null)?(?: =|;|,$)| = '')/gm;
const IS_PROBLEM = /^(?:\w*(?:[eE]rror|[pP]roblem|[fF]ailure|[fF]ault|[mM]ismatch)|whyNot\w*|unusable|obstacle)$/;
/** A function or getter that returns a text, with the comment in front of it. */
const FUNCTION =
  /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?^ *(?:export |private |protected |static |abstract )*(?:function |get )?(\w+)\([^(){}]*\): string( \| null)?(?: \{|;)/gm;
const SAYS_SO = /\bwhat is wrong\b|\bwhy (?:not\b|there|no\b|it|nothing|a |an |the |such|\w+ cannot)|\bor why\b|or ''/i;

/** A problem in a public member, beside what methods return. */
const KEPT = /^ *(?:readonly )?(\w*[pP]roblem): Problem \| null(?: = null)?;/gm;
/** A comment in front of a function that returns a value without meaning and keeps the reason elsewhere. */
const BESIDE =
  /\/\*\*(?:(?!\*\/)[\s\S])*?(?:-1|[fF]alse|null|FAILED)[^.;]*,? (?:and|with) (?:[^.;]*'s )?`(?:this\.|\w+\.)?problem`(?:(?!\*\/)[\s\S])*\*\/\s*^ *(?:\w+ )*?(\w+)\(/gm;
/** An enumeration with a member for a failure. */
const MEMBER = /\benum (\w+) \{[^}]*^ *(?:FAILED|ERROR|REFUSED|HEAP_FULL),$/gm;

/**
 * Classes that go on after a failure and keep the first problem until they are asked at the end (docs/development.md,
 * "Errors").
 */
const readers: Record<string, string> = {
  'ic/candid/reader.ts': 'bytes of an argument',
  'llm/chat-format/argument-rules.ts': 'arguments of one tool after the other',
  'llm/gguf/metadata.ts': 'all that is asked of the metadata',
  'llm/gguf/reader.ts': 'a header',
  'llm/grammar/gbnf-scanner.ts': 'a grammar',
  'llm/grammar/rule-writer.ts': 'rules that are written one after the other',
  'llm/grammar/stacks.ts': 'stacks that are followed',
  'llm/model/tensor-finder.ts': 'all tensors that a model has to have',
  'llm/regular/automata.ts': 'automata that are made of one another',
  'llm/regular/pattern-scanner.ts': 'a pattern',
  'llm/schema/conversion.ts': 'a schema',
  'llm/schema/primitives.ts': 'the rules that every schema has',
  'llm/template/token-stream.ts': 'tokens of a template',
  'llm/tokenizer/family.ts': 'settings of a tokenizer',
  'llm/tokenizer/merges.ts': 'symbols of merges',
  'service/flags/arguments.ts': 'a command line',
  'service/generations/request.ts': 'a file that is written piece by piece',
  'service/models/model-parts.ts': 'the files of a split model',
  'storage/path.ts': 'a path',
  // A generation that stopped for a problem is asked for its reason after its message, like any other.
  'llm/generation/generation.ts': 'a generation',
  'problem.ts': 'a Result, and the codes',
};

/** Functions that return a text or null, where null means that there is no such text, and no failure. */
const values: Record<string, string> = {
  'storage/file.ts: sha256': 'not hashed yet',
  'storage/digest.ts: digest': 'not hashed yet',
  'service/models/model-file.ts: sha256': 'not hashed yet',
  'service/http/asked.ts: headerOf': 'no such header was sent',
  'service/http/raw.ts: certifiedUrl': 'the host is no raw one',
  'service/http/request.ts: pathOf': 'no page can have the path',
};

function offences(file: string, text: string): string[] {
  const found: string[] = [];
  for (const [, name] of text.matchAll(TEXT)) {
    if (IS_PROBLEM.test(name!)) found.push(`${file}: ${name} is a text, and no Problem`);
  }
  for (const [, comment, name, orNull] of text.matchAll(FUNCTION)) {
    if (values[`${file}: ${name}`] !== undefined) continue;
    if (orNull) found.push(`${file}: ${name} gives string | null`);
    else if (IS_PROBLEM.test(name!) || SAYS_SO.test(comment ?? ''))
      found.push(`${file}: ${name} gives a text for a problem`);
  }
  if (readers[file] === undefined) {
    for (const [, name] of text.matchAll(KEPT)) found.push(`${file}: ${name} is kept beside what is answered`);
    for (const [, name] of text.matchAll(BESIDE)) found.push(`${file}: what ${name} answers has its problem elsewhere`);
    for (const [, name] of text.matchAll(MEMBER)) found.push(`${file}: a member of ${name} stands for a problem`);
  }
  return found;
}

/** Sources of the canister, without the generated ones: the functions that generate them are not part of it. */
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.generated.ts'))
  .map((file) => file.replaceAll('\\', '/'));

describe('the canister reports failures in one way', () => {
  it('with a Problem, or a Result that has one', () => {
    expect(files.length).toBeGreaterThan(300);
    expect(files.flatMap((file) => offences(file, readFileSync(join(folder, file), 'utf8')))).toEqual([]);
  });

  it('with the listed exceptions, which exist', () => {
    for (const place of Object.keys(values)) {
      const [file, name] = place.split(': ');
      expect(readFileSync(join(folder, file!), 'utf8')).toMatch(new RegExp(`\\b${name}\\([^)]*\\): string \\| null`));
    }
    for (const file of Object.keys(readers))
      expect(readFileSync(join(folder, file), 'utf8'), file).toMatch(/\w*[pP]roblem: Problem \| null/);
  });

  it.each([
    ['a field', "class A {\n  /** Empty if nothing is. */\n  error: string = '';\n}\n"],
    ['a field of no type', "let problem = '';\n"],
    ['a field that may be null', 'class A {\n  private mismatch: string | null = null;\n}\n'],
    [
      'one half of a pair',
      'class A {\n  constructor(\n    readonly path: string,\n    readonly problem: string,\n  ) {}\n}\n',
    ],
    ['a text or null', 'export function write(size: u32): string | null {\n'],
    ['an empty text', "/** Why there is no room, or ''. */\nexport function room(size: u32): string {\n"],
    ['an empty text of a method', '  /** Takes it. What is wrong; empty if nothing is. */\n  take(): string {\n'],
    ['a name that says it', 'export function whyNotReady(): string {\n'],
    [
      'a problem beside an answer',
      'class A {\n  /** Why the last call failed. */\n  problem: Problem | null = null;\n}\n',
    ],
    ['a number that is none', '/** The token; -1, with `problem` set, if there is none. */\nfunction next(): i32 {\n'],
    ['a truth', '  /** Goes on. False, and `reader.problem` says why, if it cannot. */\n  abstract go(): bool;\n'],
    ['a status', 'export enum Outcome {\n  DONE,\n  /** It cannot be done. */\n  FAILED,\n}\n'],
    ['a getter', "  get obstacle(): string {\n    return '';\n"],
  ])('and another way would be found: %s', (_, text) => {
    expect(offences('service/some.ts', text)).toHaveLength(1);
  });

  it.each([
    ['a value', '/** A path without what means nothing in it. */\nfunction normal(path: Path): string {\n'],
    ['a problem', '  /** Null, or why not. */\n  write(size: u64): Problem | null {\n'],
    ['a parameter', 'function fail(reason: string): void {\n'],
  ])('and %s is not taken for one', (_, text) => {
    expect(offences('service/some.ts', text)).toEqual([]);
  });
});
