import { UsageError } from '../failure.js';

/** A token of Candid's textual form. */
export type Token =
  | { kind: 'punctuation'; text: string; at: number }
  | { kind: 'word'; text: string; at: number }
  | { kind: 'number'; text: string; at: number }
  | { kind: 'text'; bytes: Uint8Array; at: number }
  | { kind: 'end'; at: number };

/** The text is not Candid. */
export function candidError(message: string, at: number): UsageError {
  return new UsageError(
    `the Candid text is wrong at character ${at + 1}: ${message}`,
    `Write it like '("text", 5, record { filename = "model.gguf" })'.`,
  );
}

const SPACE = /^(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/;
const WORD = /^[A-Za-z_][A-Za-z0-9_]*/;
const NUMBER = /^[+-]?(?:0x[0-9a-fA-F][0-9a-fA-F_]*|\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?\d[\d_]*)?)/;
const PUNCTUATION = /^[(){};:,=.]/;
const ESCAPE = /^\\(?:([nrt\\"'])|u\{([0-9a-fA-F_]+)\}|([0-9a-fA-F]{2}))/;
const SIMPLE: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', '"': '"', "'": "'" };

/** Reads a text literal from its opening quote; `\\xx` is one byte. Returns its bytes and the place after it. */
function textLiteral(source: string, start: number): { bytes: Uint8Array; end: number } {
  const parts: Buffer[] = [];
  for (let at = start + 1; at < source.length; ) {
    const char = source[at]!;
    if (char === '"') return { bytes: Uint8Array.from(Buffer.concat(parts)), end: at + 1 };
    if (char !== '\\') {
      const end = source.slice(at).search(/["\\]/);
      const run = source.slice(at, end < 0 ? undefined : at + end);
      parts.push(Buffer.from(run));
      at += run.length;
      continue;
    }
    const match = ESCAPE.exec(source.slice(at, at + 16));
    if (!match) throw candidError('an escape that does not exist', at);
    const [all, simple, unicode, byte] = match;
    if (simple !== undefined) parts.push(Buffer.from(SIMPLE[simple]!));
    else if (byte !== undefined) parts.push(Buffer.from([Number.parseInt(byte, 16)]));
    else {
      const code = Number.parseInt(unicode!.replaceAll('_', ''), 16);
      if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) throw candidError('no such character', at);
      parts.push(Buffer.from(String.fromCodePoint(code)));
    }
    at += all.length;
  }
  throw candidError('a text that does not end', start);
}

/** Source: dfinity/candid, spec/Candid.md, "Textual Format". */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; ; ) {
    at += SPACE.exec(source.slice(at))?.[0].length ?? 0;
    if (at >= source.length) {
      tokens.push({ kind: 'end', at });
      return tokens;
    }
    if (source[at] === '"') {
      const { bytes, end } = textLiteral(source, at);
      tokens.push({ kind: 'text', bytes, at });
      at = end;
      continue;
    }
    const rest = source.slice(at);
    const kinds = [
      ['number', NUMBER],
      ['word', WORD],
      ['punctuation', PUNCTUATION],
    ] as const;
    const found = kinds.map(([kind, form]) => ({ kind, text: form.exec(rest)?.[0] })).find(({ text }) => text);
    if (!found?.text) throw candidError(`"${rest[0]}" means nothing here`, at);
    tokens.push({ kind: found.kind, text: found.text, at });
    at += found.text.length;
  }
}
