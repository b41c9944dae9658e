// The late chunk that colours code. It returns pieces of code with their kinds, never HTML.
import bash from '@speed-highlight/core/languages/bash.js';
import c from '@speed-highlight/core/languages/c.js';
import css from '@speed-highlight/core/languages/css.js';
import html from '@speed-highlight/core/languages/html.js';
import js from '@speed-highlight/core/languages/js.js';
import json from '@speed-highlight/core/languages/json.js';
import py from '@speed-highlight/core/languages/py.js';
import rs from '@speed-highlight/core/languages/rs.js';
import ts from '@speed-highlight/core/languages/ts.js';
import { type ShjLanguageData, tokenizeWith } from '@speed-highlight/core/tokenize';

/** The library's type of a language does not allow undefined fields, which its own declarations have. */
const languages = { bash, c, css, html, js, json, py, rs, ts } as unknown as Record<string, ShjLanguageData>;

/** Other names, and languages that are similar enough for colours. */
const ALIASES: Readonly<Record<string, string>> = {
  ...{ sh: 'bash', shell: 'bash', zsh: 'bash', console: 'bash', python: 'py', rust: 'rs' },
  ...{ cpp: 'c', 'c++': 'c', cxx: 'c', 'objective-c': 'c', go: 'c', golang: 'c' },
  ...{ java: 'c', cs: 'c', csharp: 'c', kotlin: 'c', scala: 'c', dart: 'c' },
  ...{ javascript: 'js', mjs: 'js', jsx: 'js', typescript: 'ts', mts: 'ts', tsx: 'ts', assemblyscript: 'ts' },
  ...{ motoko: 'rs', mo: 'rs', candid: 'rs', did: 'rs', swift: 'rs' },
  ...{ xml: 'html', svg: 'html', vue: 'html', markup: 'html', jsonc: 'json', json5: 'json', scss: 'css', less: 'css' },
};

/** A piece of code with its kind: `kwd`, `str` ... */
export interface Piece {
  text: string;
  kind: string;
}

/** Undefined if the language is unknown. */
export function highlight(code: string, language: string): Piece[] | undefined {
  const name = ALIASES[language] ?? language;
  if (!Object.hasOwn(languages, name)) return undefined;
  const pieces: Piece[] = [];
  tokenizeWith(
    code,
    languages[name]!,
    (text, kind = undefined) => {
      if (text !== '') pieces.push({ text, kind: kind ?? '' });
    },
    { languages },
  );
  return pieces;
}
