import { byteAlphabet, spell, type TokenizerFile } from '../reference/tokenizer.js';

/** A tokenizer's cases with only as much of its vocabulary as they need. */
export interface Sample {
  file: TokenizerFile;
  cases: { text: string; ids: number[] }[];
}

/** Keeps the tokens that are a part of one of the texts, and their merges; no other token can affect the result. */
export function trimmed(file: TokenizerFile, cases: Sample['cases']): Sample {
  const texts = cases.map(({ text }) => (file.model === 'gpt2' ? spell(text) : ` ${text}`.replaceAll(' ', '▁')));
  const plain = cases.map(({ text }) => text);
  const isMet = (text: string) =>
    texts.some((each) => each.includes(text)) || plain.some((each) => each.includes(text));
  const kept = file.tokens.flatMap(({ text, type }, id) =>
    (file.model === 'gpt2' && byteAlphabet.includes(text)) || type === 'byte' || type === 'unknown' || isMet(text)
      ? [id]
      : [],
  );
  const numbers = new Map(kept.map((id, number) => [id, number]));
  const known = new Set(kept.map((id) => file.tokens[id]!.text));
  const merges = file.merges?.filter((pair) => pair.every((part) => known.has(part)) && known.has(pair.join('')));
  return {
    file: { ...file, tokens: kept.map((id) => file.tokens[id]!), ...(merges ? { merges } : {}) },
    cases: cases.map(({ text, ids }) => ({ text, ids: ids.map((id) => numbers.get(id)!) })),
  };
}
