/** Canisters that keep the keys and values of sessions in stable memory, and calls that read and write these. */
import { Llama, type Output, owner, type Result } from './llama.js';
import { tinyModel } from './tiny-model.js';

export const PAGE = 65536;
export const shape = { embedding: 128, headDim: 32, keyValueHeads: 2, layers: 3 };
export const model = tinyModel(shape);
const flags = ['--temp', '0.8', '--seed', '5', '--ignore-eos'];
export const PROMPT = 'once upon a time there was a cat that sat on the mat '.repeat(3);

interface Chunk {
  chunk: Uint8Array;
  filesize: bigint;
  done: boolean;
}

export async function start(wasm?: Uint8Array): Promise<Llama> {
  const llama = await Llama.install({}, wasm);
  llama.load('m', model, '-c', '512');
  llama.letEveryoneIn();
  return llama;
}

export const chat = (name: string, words: string, n = '5') => ['--prompt-cache', name, ...flags, '-n', n, '-p', words];
export function upgrade(llama: Llama): void {
  llama.upgrade();
  llama.timers();
}

/** The keys and values that are kept of one of the owner's sessions. */
export function kept(llama: Llama, promptcache: string): Buffer {
  const parts: Uint8Array[] = [];
  for (let offset = 0; ; ) {
    const input = { promptcache, chunksize: 1_900_000n, offset: BigInt(offset) };
    const answer = llama.call('download_kv_cache_chunk', input) as Result<Chunk, unknown>;
    if ('Err' in answer) throw new Error(JSON.stringify(answer.Err));
    parts.push(answer.Ok.chunk);
    offset += answer.Ok.chunk.length;
    if (answer.Ok.done) return Buffer.concat(parts);
  }
}
export function put(llama: Llama, promptcache: string, bytes: Uint8Array, chunkSize = 1_000_000): unknown {
  let answer: unknown;
  for (let offset = 0; offset === 0 || offset < bytes.length; offset += chunkSize) {
    const chunk = bytes.subarray(offset, offset + chunkSize);
    const input = { promptcache, chunk, chunksize: BigInt(chunkSize), offset: BigInt(offset) };
    answer = llama.call('upload_kv_cache_chunk', input);
    if ('Err' in (answer as object)) break;
  }
  return answer;
}
export const session = (llama: Llama, promptcache: string) =>
  (llama.call('download_prompt_cache_chunk', { promptcache, chunksize: 1_900_000n, offset: 0n }) as { Ok: Chunk }).Ok
    .chunk;
export const putSession = (llama: Llama, promptcache: string, chunk: Uint8Array) =>
  llama.call('upload_prompt_cache_chunk', { promptcache, chunk, chunksize: BigInt(chunk.length), offset: 0n });
export const evaluated = ({ n_prompt_tokens_decoded }: Output) => Number(n_prompt_tokens_decoded[0]);
export const usage = (llama: Llama, caller = owner) =>
  (llama.call('get_usage', undefined, caller) as { Ok: { bytes: bigint; warm_bytes: bigint } }).Ok;
export const limits = (llama: Llama) =>
  llama.call('get_warm_limits') as Record<'bytes' | 'bytes_used' | 'bytes_per_caller', bigint>;
export const setLimits = (llama: Llama, all?: number, each?: number) =>
  llama.call('set_warm_limits', {
    bytes: all === undefined ? [] : [BigInt(all)],
    bytes_per_caller: each === undefined ? [] : [BigInt(each)],
  });

/** The results of a session in five calls, when something happens between two of them. */
export function converse(llama: Llama, between: (turn: number) => void = () => undefined) {
  const replies: Output[] = [llama.run(chat('s', PROMPT))];
  const costs: number[] = [];
  for (let turn = 0; turn < 4; turn++) {
    between(turn);
    replies.push(llama.run(chat('s', '', '9')));
    costs.push(llama.spent.instructions);
  }
  return { replies, costs, texts: replies.map(({ output, conversation }) => output + conversation) };
}
