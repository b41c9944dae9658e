// Computes the reference logits in this folder with llama.cpp, through node-llama-cpp, once; the results are committed.
//
//   mkdir /some/empty/folder && cd /some/empty/folder && npm init -y && npm install --ignore-scripts node-llama-cpp@3.22.1
//   node models/tiny-chat/reference/make.mjs /some/empty/folder && npx biome format --write models/tiny-chat/reference
//
// For each case: the prompt's token ids, the greedy continuation, and along it the five best logits of every step, as
// llama.cpp computes them from the file (steps: 8-bit activations, f16 cache) and from the same weights as F32 with an F32
// cache (f32_steps, forced along the same ids); the first step's logits in full. lse: the log of the sum of exp(logit).

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeF32 } from './f32.mjs';

const here = import.meta.dirname;
const installed = process.argv[2];
if (!installed) throw new Error('usage: node make.mjs FOLDER_WITH_NODE_LLAMA_CPP');
const entry = createRequire(join(resolve(installed), 'x.js')).resolve('node-llama-cpp');
const { getLlama } = await import(pathToFileURL(entry).href);
const library = JSON.parse(readFileSync(join(resolve(installed), 'node_modules/node-llama-cpp/package.json'), 'utf8'));

const user = (content) => ({ role: 'user', content });
const assistant = (content) => ({ role: 'assistant', content });
const system = (content) => ({ role: 'system', content });
/** The prompts: chats, or plain text that is simply continued. */
const CASES = {
  canister: { messages: [user('What is a canister?')] },
  sum: { messages: [user('what is 7 plus 5?')] },
  story: { messages: [user('Tell me a short story about a fox.')] },
  system: { messages: [system('You are a helpful assistant.'), user('how do i upload a model')] },
  turns: {
    messages: [
      user('hello'),
      assistant(
        'Hello! I am tiny-chat, a very small language model. Ask me about canisters, cycles or GGUF, a small sum, or a story.',
      ),
      user('What is GGUF?'),
      assistant(
        'GGUF is the file format of llama.cpp for language models. One file holds the weights, the vocabulary and all settings.',
      ),
      user('tell me more'),
      assistant(
        'The weights in a GGUF file are often quantized, for example as Q8_0 or Q4_K, to make the file smaller.',
      ),
      user('thanks! and what are cycles'),
      assistant(
        'Cycles are what a canister pays with: instructions, memory and messages all cost cycles. One trillion cycles cost about as much as one XDR.',
      ),
      user('who was Napoleon?'),
    ],
  },
  plain: { text: 'Once upon a time there was a small fox named Mia, who lived by the river.' },
};
const FILES = { 'tiny-chat-q8_0': Object.keys(CASES), 'tiny-chat-f16': ['canister', 'story'] };
const LONGEST = 120;

const chatml = (messages) =>
  `${messages.map((m) => `<|im_start|>${m.role}\n${m.content}<|im_end|>\n`).join('')}<|im_start|>assistant\n`;
const rounded = (x) => Number(x.toFixed(5));

/** Logits of every vocabulary entry after the last of ids, in the order of the vocabulary. */
async function logitsAfter(sequence, ids) {
  const input = ids.map((id, i) => (i === ids.length - 1 ? [id, { generateNext: { logits: true } }] : id));
  const output = await sequence.controlledEvaluate(input);
  const byId = [...output[ids.length - 1].next.logits.entries()].sort((a, b) => a[0] - b[0]);
  return byId.map(([, logit]) => logit);
}

function summary(logits) {
  const order = logits.map((logit, id) => [id, logit]).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const top = order[0][1];
  const lse = top + Math.log(logits.reduce((sum, x) => sum + Math.exp(x - top), 0));
  return { argmax: order[0][0], lse: rounded(lse), top5: order.slice(0, 5).map(([id, x]) => [id, rounded(x)]) };
}

const gap = ({ top5 }) => top5[0][1] - top5[1][1];
const smallest = (numbers) => rounded(Math.min(...numbers));

/** Steps along a given path, or along the greedy one where none is given. */
async function walk(model, cacheType, prompt, path) {
  const context = await model.createContext({
    contextSize: 512,
    threads: 1,
    flashAttention: false,
    experimentalKvCacheKeyType: cacheType,
    experimentalKvCacheValueType: cacheType,
  });
  const sequence = context.getSequence();
  const steps = [];
  const ids = [];
  let first;
  let next = prompt;
  while (ids.length < (path?.length ?? LONGEST)) {
    const logits = await logitsAfter(sequence, next);
    first ??= logits;
    steps.push(summary(logits));
    const chosen = path ? path[ids.length] : steps.at(-1).argmax;
    ids.push(chosen);
    next = [chosen];
    if (!path && model.isEogToken(chosen)) break;
  }
  await context.dispose();
  return { ids, steps, first };
}

const llama = await getLlama({ gpu: false, build: 'never', logLevel: 'error' });
const scratch = mkdtempSync(join(tmpdir(), 'tiny-chat-'));
for (const [name, cases] of Object.entries(FILES)) {
  const file = join(here, '..', `${name}.gguf`);
  const plain = join(scratch, `${name}-f32.gguf`);
  writeF32(file, plain);
  const model = await llama.loadModel({ modelPath: file });
  const exact = await llama.loadModel({ modelPath: plain });
  for (const key of cases) {
    const { messages, text = chatml(messages) } = CASES[key];
    const prompt = model.tokenize(text, true);
    const own = await walk(model, 'F16', prompt);
    const reference = await walk(exact, 'F32', prompt, own.ids);
    const forced = reference.steps.map((step) => step.argmax);
    const worst = Math.max(...own.first.map((x, i) => Math.abs(x - reference.first[i])));
    const result = {
      file: `${name}.gguf`,
      arch: 'llama',
      type: name.split('-').at(-1),
      llama_cpp: `node-llama-cpp ${library.version}, its prebuilt llama.cpp, CPU`,
      n_vocab: own.first.length,
      ...(messages ? { messages } : {}),
      text,
      prompt: [...prompt],
      n_new: own.ids.length,
      greedy: own.ids,
      answer: model.detokenize(own.ids, false),
      f32_argmax_forced: forced,
      agree: own.ids.every((id, i) => id === forced[i]),
      min_gap_ref: smallest(own.steps.map(gap)),
      min_gap_f32: smallest(reference.steps.map(gap)),
      max_abs_diff_first_step: rounded(worst),
      steps: own.steps,
      f32_steps: reference.steps,
      first_step_logits: own.first.map(rounded),
      f32_first_step_logits: reference.first.map(rounded),
    };
    writeFileSync(join(here, `${name}-${key}.json`), `${JSON.stringify(result)}\n`);
    console.log(
      `${name} ${key}: ${result.n_new} tokens, smallest gap ${result.min_gap_f32}, worst difference ${result.max_abs_diff_first_step}, f32 agrees: ${result.agree}`,
    );
    console.log(`  ${result.answer}`);
  }
  await model.dispose();
  await exact.dispose();
}
rmSync(scratch, { recursive: true });
await llama.dispose();
