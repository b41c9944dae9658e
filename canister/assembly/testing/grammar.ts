/** A grammar over the vocabulary of a file of the host's. */
import { readGguf } from '../llm/gguf/file';
import { GbnfText } from '../llm/grammar/gbnf-text';
import { Grammar } from '../llm/grammar/grammar';
import { GrammarSource } from '../llm/grammar/grammar-source';
import { TokenTrie } from '../llm/grammar/token-trie';
import { JsonSchema } from '../llm/schema/json-schema';
import { Tokenizer } from '../llm/tokenizer/tokenizer';
import { HostSource, say, sayProblem } from './host';

export { give, said_length, said_ptr, take, taken } from './host';

export let tokenizer: Tokenizer = new Tokenizer();
let trie: TokenTrie | null = null;
let grammar: Grammar | null = null;

/** Reads the vocabulary; says the problem. */
export function grammar_vocabulary(size: f64): void {
  grammar_dispose();
  const read = readGguf(new HostSource(<u64>size));
  tokenizer = new Tokenizer();
  const file = read.value;
  if (!sayProblem(file === null ? read.problem : tokenizer.load(file))) return;
  const built = TokenTrie.of(tokenizer);
  trie = built.value;
  sayProblem(built.problem);
}

export function grammar_dispose(): void {
  grammar_close();
  const built = trie;
  if (built != null) built.dispose();
  trie = null;
  tokenizer.dispose();
  __collect();
}

/** Reads a grammar for sequences whose first `from` tokens are not held to it; says the problem. */
export function grammar_open(text: usize, bytes: u32, from: u32): void {
  grammar_close();
  open(new GbnfText(text, bytes), from);
}

/** Reads a JSON schema; says the problem. */
export function grammar_open_schema(text: usize, bytes: u32): void {
  grammar_close();
  open(new JsonSchema(text, bytes), 0);
}

/** Opens a grammar from a source, if none is open; says the problem. */
export function open(source: GrammarSource, from: u32): void {
  const made = Grammar.of(trie!, source);
  const opened = made.value;
  sayProblem(made.problem);
  if (opened === null) return;
  opened.begin(from);
  grammar = opened;
}

export function grammar_close(): void {
  const opened = grammar;
  if (opened != null) opened.dispose();
  grammar = null;
  __collect();
}

/** Follows the sequence; says its problem. */
export function grammar_follow(tokens: usize, count: u32): void {
  sayProblem(grammar!.follow(tokens, count));
}

/** 1 if the token may come next. */
export function grammar_allows(id: u32): i32 {
  return i32(grammar!.allows(id));
}

/** Forbids logits; says the problem. */
export function grammar_forbid(logits: usize, size: u32): void {
  sayProblem(grammar!.forbid(logits, size));
}

export function grammar_nodes(): u32 {
  return trie!.nodeCount;
}

export function grammar_encode(text: usize, bytes: u32): i32 {
  return tokenizer.encode(text, bytes, false, true) === null ? tokenizer.count : -1;
}

export function grammar_tokens(): usize {
  return tokenizer.tokens;
}

export function grammar_decode(id: i32, dst: usize): u32 {
  return tokenizer.decode(id, false, dst);
}

export function grammar_size(): i32 {
  return tokenizer.size;
}
