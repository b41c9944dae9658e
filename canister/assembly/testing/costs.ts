/**
 * A canister of a tokenizer and a sampler alone, to count their instructions with (canister/test/text-cost.test.ts). Every
 * method replies with numbers as text, the first of them what the performance counter says of the work itself.
 */
import { ByteSource } from '../llm/bytes';
import { readGguf } from '../llm/gguf/file';
import { GbnfText } from '../llm/grammar/gbnf-text';
import { Grammar } from '../llm/grammar/grammar';
import { GrammarSource } from '../llm/grammar/grammar-source';
import { TokenTrie } from '../llm/grammar/token-trie';
import { allocate } from '../memory/heap';
import { SamplerChain } from '../llm/sampling/chain';
import { orderFromNames } from '../llm/sampling/order';
import { SamplingParameters } from '../llm/sampling/parameters';
import { JsonSchema } from '../llm/schema/json-schema';
import { Tokenizer } from '../llm/tokenizer/tokenizer';

export { canister_update_prompt, canister_update_render } from './template-cost';

// @ts-ignore: decorator
@external('ic0', 'msg_arg_data_size')
declare function argSize(): usize;
// @ts-ignore: decorator
@external('ic0', 'msg_arg_data_copy')
declare function argCopy(dst: usize, offset: usize, size: usize): void;
// @ts-ignore: decorator
@external('ic0', 'msg_reply_data_append')
declare function replyAppend(src: usize, size: usize): void;
// @ts-ignore: decorator
@external('ic0', 'msg_reply')
declare function reply(): void;
// @ts-ignore: decorator
@external('ic0', 'performance_counter')
declare function performanceCounter(kind: i32): u64;

class ArgumentSource extends ByteSource {
  size(): u64 {
    return argSize();
  }

  read(offset: u64, dst: usize, length: u32): void {
    argCopy(dst, <usize>offset, length);
  }
}

function answer(text: string): void {
  const bytes = String.UTF8.encode(text);
  replyAppend(changetype<usize>(bytes), bytes.byteLength);
  reply();
}

function argument(): usize {
  const ptr = allocate(argSize());
  argCopy(ptr, 0, argSize());
  return ptr;
}

const tokenizer = new Tokenizer();

/** Argument: a GGUF file. Reply: instructions to read its header; to load its tokenizer; the problem. */
export function canister_update_load(): void {
  const before = performanceCounter(0);
  const header = readGguf(new ArgumentSource());
  const read = performanceCounter(0);
  const file = header.value;
  const problem = file === null ? header.problem : tokenizer.load(file);
  const loaded = performanceCounter(0);
  answer(`${read - before} ${loaded - read} ${problem === null ? '' : problem.text}`);
}

/** Argument: text. Reply: instructions, tokens. */
export function canister_update_encode(): void {
  const text = argument();
  const before = performanceCounter(0);
  const problem = tokenizer.encode(text, <u32>argSize(), true, true);
  answer(`${performanceCounter(0) - before} ${problem === null ? tokenizer.count : -1}`);
}

/** Argument: order of the samplers in 256 bytes, padded with spaces, then logits. Reply: instructions, the token. */
export function canister_update_sample(): void {
  const ptr = argument();
  const parameters = new SamplingParameters();
  parameters.order = orderFromNames(String.UTF8.decodeUnsafe(ptr, 256)).value;
  const chain = new SamplerChain(parameters);
  const before = performanceCounter(0);
  chain.sample(ptr + 256, <u32>((argSize() - 256) >> 2), 0, 0);
  answer(`${performanceCounter(0) - before} ${chain.token}`);
}

/** As `sample`, twice in one message: the second time has no page charges. */
export function canister_update_sample_again(): void {
  const ptr = argument();
  const parameters = new SamplingParameters();
  parameters.order = orderFromNames(String.UTF8.decodeUnsafe(ptr, 256)).value;
  const chain = new SamplerChain(parameters);
  const size = <u32>((argSize() - 256) >> 2);
  chain.sample(ptr + 256, size, 0, 0);
  const before = performanceCounter(0);
  chain.sample(ptr + 256, size, 0, 0);
  answer(`${performanceCounter(0) - before} ${chain.token}`);
}

let trie: TokenTrie | null = null;

/** Indexes the vocabulary for grammars. Reply: instructions, nodes. */
export function canister_update_index(): void {
  const before = performanceCounter(0);
  const made = TokenTrie.of(tokenizer).value!;
  trie = made;
  answer(`${performanceCounter(0) - before} ${made.nodeCount}`);
}

/**
 * Argument: a byte, 0 for a grammar in GBNF and 1 for a JSON schema, and its text. Reply: instructions to make the
 * grammar, and whether it succeeded, 1 or 0.
 */
export function canister_update_compile(): void {
  const given = argument();
  const size = <u32>argSize() - 1;
  const before = performanceCounter(0);
  const source: GrammarSource =
    load<u8>(given) == 0 ? new GbnfText(given + 1, size) : (new JsonSchema(given + 1, size) as GrammarSource);
  const made = Grammar.of(trie!, source).value;
  const instructions = performanceCounter(0) - before;
  answer(`${instructions} ${made === null ? 0 : 1}`);
  if (made !== null) made.dispose();
}

/**
 * Argument: bytes of a JSON schema, u32, the schema, and a text that it allows. Reply: instructions to read the schema;
 * the most for a token of the text if the model draws it at once; the most and the mean if the model first draws a
 * forbidden token, so that all tokens are checked; tokens.
 */
export function canister_update_constrain(): void {
  const given = argument();
  const size = load<u32>(given);
  const text = given + 4 + size;
  tokenizer.encode(text, <u32>argSize() - 4 - size, false, false);
  const count = tokenizer.count;
  const tokens = tokenizer.tokens;
  const vocabulary = <u32>tokenizer.size;
  const logits = allocate((<usize>vocabulary) << 2);
  const before = performanceCounter(0);
  const drawn = Grammar.of(trie!, new JsonSchema(given + 4, size)).value!;
  const read = performanceCounter(0) - before;
  const redrawn = Grammar.of(trie!, new JsonSchema(given + 4, size)).value!;
  let most: u64 = 0;
  let mostOfAll: u64 = 0;
  let sum: u64 = 0;
  for (let i = 0; i < count; ++i) {
    const token = load<i32>(tokens + ((<usize>i) << 2));
    const start = performanceCounter(0);
    drawn.follow(tokens, i);
    if (!drawn.allows(token)) return answer(`0 0 0 0 ${i}`);
    const middle = performanceCounter(0);
    redrawn.follow(tokens, i);
    redrawn.allows(vocabulary - 1);
    redrawn.forbid(logits, vocabulary);
    const all = performanceCounter(0) - middle;
    most = max(most, middle - start);
    mostOfAll = max(mostOfAll, all);
    sum += all;
  }
  drawn.dispose();
  redrawn.dispose();
  answer(`${read} ${most} ${mostOfAll} ${sum / count} ${count}`);
}

export function abort(message: string | null, fileName: string | null, line: u32, column: u32): void {
  unreachable();
}
