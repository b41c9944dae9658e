// What llama.cpp makes of GGUF files: for every NAME.gguf of a folder, with the same weights in f32 in NAME.f32 beside it,
// writes NAME.json in the format that test/conformance/reference.ts describes.
//
//   node oracle.mjs FOLDER
//
// Names that a file exact.txt lists are evaluated from their f32 weights only: llama.cpp cannot multiply their type.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getLlama, LlamaLogLevel } from 'node-llama-cpp';

const PROMPT = 20;
const STEPS = 16;
/** llama.cpp rounds contexts up to a multiple of 256, and what it scales may depend on it. */
const CONTEXT = 256;

const folder = process.argv[2];
const listed = join(folder, 'exact.txt');
const exact = existsSync(listed) ? readFileSync(listed, 'utf8').split('\n') : [];
const llama = await getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.error });

/**
 * The next-token log-probabilities after the prompt and after every token: along `forced` tokens, or the most likely
 * ones.
 */
async function run(path, prompt, forced, cache) {
  const model = await llama.loadModel({ modelPath: path });
  const context = await model.createContext({
    contextSize: CONTEXT,
    threads: 1,
    flashAttention: false,
    ...(cache ? { experimentalKvCacheKeyType: cache, experimentalKvCacheValueType: cache } : {}),
  });
  const sequence = context.getSequence();
  const next = { generateNext: { probabilities: true, options: { temperature: 0 } } };
  const steps = [];
  const greedy = [];
  let input = prompt;
  for (let step = 0; step < STEPS; step++) {
    const results = await sequence.controlledEvaluate(
      input.map((token, i) => (i === input.length - 1 ? [token, next] : token)),
    );
    const probabilities = results[input.length - 1].next.probabilities;
    const sorted = [...probabilities].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const logits = new Array(sorted.length);
    for (const [token, probability] of sorted) logits[token] = Math.log(Math.max(probability, 1e-45));
    steps.push({ sorted, logits });
    greedy.push(sorted[0][0]);
    input = [forced ? forced[step] : sorted[0][0]];
  }
  const vocabulary = steps[0].logits.length;
  await context.dispose();
  await model.dispose();
  return { steps, greedy, vocabulary };
}

const round = (value) => Number(value.toFixed(6));
const written = ({ sorted, logits }) => ({
  argmax: sorted[0][0],
  lse: 0,
  top5: sorted.slice(0, 5).map(([token]) => [token, round(logits[token])]),
});

for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.gguf'))
  .sort()) {
  const name = file.slice(0, -5);
  const prompt = Array.from({ length: PROMPT }, (_, i) => (17 + i * 61 + ((i * i * 7) % 29)) % 300);
  const own = exact.includes(name) ? undefined : await run(join(folder, file), prompt, undefined, undefined);
  const f32 = await run(join(folder, `${name}.f32`), prompt, own?.greedy, 'F32');
  const reference = {
    file,
    n_vocab: f32.vocabulary,
    context: CONTEXT,
    prompt,
    greedy: own?.greedy ?? f32.greedy,
    ...(own ? { steps: own.steps.map(written) } : {}),
    f32_steps: f32.steps.map(written),
    f32_first_step_logits: f32.steps[0].logits.map((value) => Number(value.toFixed(5))),
  };
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(reference)}\n`);
  console.log(name);
}
await llama.dispose();
