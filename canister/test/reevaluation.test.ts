/**
 * After an upgrade, the step that the last call had not finished is evaluated again. llama_cpp_canister's clients must
 * not see this as a rest of the prompt: they send the prompt until prompt_remaining is empty, and then an empty prompt
 * until the model ends its answer.
 */
import { beforeAll, expect, it } from 'vitest';
import { Llama, type Output } from './llama.js';
import { tinyModel } from './tiny-model.js';

const prompt = 'once upon a time there was a cat that sat on the mat and thought of a dog '.repeat(4);
const flags = ['--prompt-cache', 'p.cache', '--prompt-cache-all', '--temp', '0', '--ignore-eos'];
/** So few that the whole history takes several calls. */
const BUDGET = 30_000_000;

let llama: Llama;
beforeAll(async () => {
  llama = await Llama.install();
  llama.load('m', tinyModel({ embedding: 256, headDim: 64, layers: 8, feedForward: 512 }), '-c', '1000');
});

/** Calls as their scripts do; before call `upgradeAt` the canister is upgraded. */
function answer(upgradeAt: number) {
  llama.ok('remove_prompt_cache', ['--prompt-cache', 'p.cache']);
  llama.ok('new_chat', ['--prompt-cache', 'p.cache']);
  const replies: Output[] = [];
  const call = (text: string) => {
    expect(replies.length).toBeLessThan(300);
    if (replies.length === upgradeAt) {
      llama.budget(0);
      llama.upgrade();
      llama.timers();
      llama.budget(BUDGET);
    }
    const reply = llama.run([...flags, '-n', '3', '-p', text]);
    replies.push(reply);
    const [total, cached, decoded, remaining] = [
      reply.n_prompt_tokens[0]!,
      reply.n_prompt_tokens_cached[0]!,
      reply.n_prompt_tokens_decoded[0]!,
      reply.n_prompt_tokens_remaining[0]!,
    ];
    expect(cached + decoded + remaining).toBe(total);
    expect(remaining === 0n).toBe(reply.prompt_remaining === '');
    return reply;
  };
  let left = prompt.length + 1;
  for (let reply = call(prompt); reply.prompt_remaining !== ''; reply = call(prompt)) {
    // The rest of the prompt never grows.
    expect(reply.prompt_remaining.length).toBeLessThanOrEqual(left);
    left = reply.prompt_remaining.length;
  }
  const ingested = replies.length;
  let conversation = '';
  while (conversation.length < prompt.length + 12) {
    const reply = call('');
    expect(reply.prompt_remaining).toBe('');
    expect(reply.conversation.startsWith(conversation)).toBe(true);
    conversation = reply.conversation;
  }
  return { conversation, ingested, calls: replies.length };
}

it.each([0, 20])('with at most %i tokens per call, with upgrades at any time', (most) => {
  llama.budget(BUDGET);
  llama.maxTokens(most);
  const undisturbed = answer(-1);
  expect(undisturbed.ingested).toBeGreaterThan(2);
  for (const at of [1, undisturbed.ingested - 1, undisturbed.ingested, undisturbed.ingested + 1]) {
    const { conversation, calls } = answer(at);
    const length = Math.min(conversation.length, undisturbed.conversation.length);
    expect(conversation.slice(0, length)).toBe(undisturbed.conversation.slice(0, length));
    // Only tokens in the middle of a step are evaluated again.
    expect(calls).toBeLessThan(undisturbed.calls + 6);
  }
});
