/** What the canister says of a model whose chat template cannot be used. */
import { expect, it } from 'vitest';
import { randomModel } from '../../test/gguf/random-model.js';
import { gguf } from '../../test/gguf/writer.js';
import { Llama } from './llama.js';
import { TINY } from './tiny-model.js';

const { metadata, tensors } = randomModel(TINY);

it('load_model logs it, model_info says it, and plain text is completed all the same', async () => {
  const value = 'a\n{% if %}';
  const llama = await Llama.install();
  llama.load('m.gguf', gguf({ ...metadata, 'tokenizer.chat_template': { type: 'string', value } }, tensors));
  const problem = 'the chat template cannot be read: a value is missing, in line 2';
  expect(llama.spent.logs.join('\n')).toContain(`load_model: ${problem}; the model completes plain text`);
  expect(llama.call('model_info')).toMatchObject({ Ok: { chat_template: value, chat_template_error: [problem] } });
  // One that is too large is not shown in part.
  const large = 'x'.repeat((256 << 10) + 1);
  llama.load('l.gguf', gguf({ ...metadata, 'tokenizer.chat_template': { type: 'string', value: large } }, tensors));
  expect(llama.call('model_info')).toMatchObject({
    Ok: { chat_template: '', chat_template_error: [expect.stringMatching(/bytes|long|large/)] },
  });
  expect(llama.ok('run_update', ['-n', '3', '-p', 'hi'])).toBeDefined();
});
