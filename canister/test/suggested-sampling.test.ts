/** Sampling parameters that a file suggests have no effect without flags, as in llama_cpp_canister; model_info returns them. */
import { expect, it } from 'vitest';
import { randomModel } from '../../test/gguf/random-model.js';
import { gguf, type Value } from '../../test/gguf/writer.js';
import { Llama } from './llama.js';
import { TINY } from './tiny-model.js';

it('the text of a model is the same with and without general.sampling keys', async () => {
  const run = async (saying: string[], model: Uint8Array, ...flags: string[]) => {
    const llama = await Llama.install();
    llama.load('m', model, '-c', '512');
    expect(llama.call('model_info')).toMatchObject({ Ok: { suggested_sampling: saying } });
    return llama.run(['--seed', '5', '-n', '24', '--ignore-eos', '-p', 'the cat sat on the mat', ...flags]).output;
  };
  const { metadata, tensors } = randomModel(TINY);
  const keys: Record<string, Value> = {
    'general.sampling.temp': { type: 'f32', value: 9 },
    'general.sampling.top_k': { type: 'i32', value: 0 },
    'general.sampling.min_p': { type: 'f32', value: 0 },
  };
  const suggested = gguf({ ...metadata, ...keys }, tensors);
  const text = await run([], gguf(metadata, tensors));
  const saying = ['--temp 9 --top-k 0 --min-p 0'];
  expect(await run(saying, suggested)).toBe(text);
  expect(await run(saying, suggested, '--temp', '9', '--top-k', '0', '--min-p', '0')).not.toBe(text);
});
