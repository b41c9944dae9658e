// The late chunk of code's colours: Prism's grammars as a list of pieces, never as HTML.
import type { Token, TokenStream } from 'prismjs';
import { Prism } from './prism.js';
import 'prismjs/components/prism-markup.js';
import 'prismjs/components/prism-clike.js';
import 'prismjs/components/prism-javascript.js';
import 'prismjs/components/prism-typescript.js';
import 'prismjs/components/prism-json.js';
import 'prismjs/components/prism-python.js';
import 'prismjs/components/prism-rust.js';

/** Other names, and languages that are close enough for colours. */
const ALIASES: Readonly<Record<string, string>> = {
  ...{
    c: 'clike',
    css: 'clike',
    go: 'clike',
    golang: 'clike',
    cpp: 'clike',
    'c++': 'clike',
    cxx: 'clike',
    java: 'clike',
    cs: 'clike',
    csharp: 'clike',
    kotlin: 'clike',
    swift: 'clike',
  },
  ...{ js: 'javascript', mjs: 'javascript', jsx: 'javascript', ts: 'typescript', mts: 'typescript', tsx: 'typescript' },
  ...{
    rs: 'rust',
    motoko: 'rust',
    mo: 'rust',
    candid: 'rust',
    did: 'rust',
    assemblyscript: 'typescript',
  },
  ...{ html: 'markup', xml: 'markup', svg: 'markup', vue: 'markup', py: 'python' },
};

/** A piece of code with what it is: `keyword`, `string` ... */
export interface Piece {
  text: string;
  kind: string;
}

function* piecesOf(stream: TokenStream, kind: string): Generator<Piece> {
  if (typeof stream === 'string') yield { text: stream, kind };
  else if (Array.isArray(stream)) for (const each of stream) yield* piecesOf(each, kind);
  else yield* piecesOf((stream as Token).content, (stream as Token).type);
}

/** Undefined for a language that is not known. */
export function highlight(code: string, language: string): Piece[] | undefined {
  const name = ALIASES[language] ?? language;
  const grammar = Object.hasOwn(Prism.languages, name) ? Prism.languages[name] : undefined;
  return typeof grammar === 'object' ? [...piecesOf(Prism.tokenize(code, grammar), '')] : undefined;
}
