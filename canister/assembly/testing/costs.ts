/**
 * A canister of a tokenizer and a sampler alone, to count their instructions with (canister/test/costs.test.ts). Every
 * method replies with numbers as text, the first of them what the performance counter says of the work itself.
 */
import { ByteSource } from '../llm/bytes';
import { readGguf } from '../llm/gguf/file';
import { allocate } from '../llm/heap';
import { SamplerChain, SamplingParameters } from '../llm/sampling/chain';
import { orderFromNames } from '../llm/sampling/order';
import { Tokenizer } from '../llm/tokenizer/tokenizer';

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

/** Argument: a GGUF file. Reply: instructions to read its header; to load its tokenizer; what is wrong. */
export function canister_update_load(): void {
  const before = performanceCounter(0);
  const file = readGguf(new ArgumentSource());
  const read = performanceCounter(0);
  if (file.error.length == 0) tokenizer.load(file);
  const loaded = performanceCounter(0);
  answer(`${read - before} ${loaded - read} ${file.error}${tokenizer.error}`);
}

/** Argument: text. Reply: instructions, tokens. */
export function canister_update_encode(): void {
  const text = argument();
  const before = performanceCounter(0);
  const count = tokenizer.encode(text, <u32>argSize(), true, true);
  answer(`${performanceCounter(0) - before} ${count}`);
}

/** Argument: order of the samplers in 256 bytes, padded with spaces, then logits. Reply: instructions, the token. */
export function canister_update_sample(): void {
  const ptr = argument();
  const parameters = new SamplingParameters();
  parameters.order = orderFromNames(String.UTF8.decodeUnsafe(ptr, 256)).samplers;
  const chain = new SamplerChain(parameters);
  const before = performanceCounter(0);
  const id = chain.sample(ptr + 256, <u32>((argSize() - 256) >> 2), 0, 0);
  answer(`${performanceCounter(0) - before} ${id}`);
}

/** As `sample`, twice in one message: the second one's instructions are free of page charges. */
export function canister_update_sample_again(): void {
  const ptr = argument();
  const parameters = new SamplingParameters();
  parameters.order = orderFromNames(String.UTF8.decodeUnsafe(ptr, 256)).samplers;
  const chain = new SamplerChain(parameters);
  const size = <u32>((argSize() - 256) >> 2);
  chain.sample(ptr + 256, size, 0, 0);
  const before = performanceCounter(0);
  const id = chain.sample(ptr + 256, size, 0, 0);
  answer(`${performanceCounter(0) - before} ${id}`);
}

export function abort(message: string | null, fileName: string | null, line: u32, column: u32): void {
  unreachable();
}
