// What llama.cpp makes of files that may be wrong: for every NAME.gguf of a folder a line of verdicts.jsonl there,
//
//   { name, isLoaded, top: the five tokens that are likeliest after the prompt, with their log-probabilities }
//
//   node verdicts.mjs FOLDER
//
// It ends its process where an assertion fails, so the files are read by one that is started again behind the one it
// fell over.
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, role] = process.argv.slice(2);
const out = join(folder, 'verdicts.jsonl');
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.gguf'))
  .sort();

/** The first file without a verdict. */
function next() {
  const lines = existsSync(out) ? readFileSync(out, 'utf8').split('\n').filter(Boolean) : [];
  return names[lines.length];
}

const write = (verdict) => appendFileSync(out, `${JSON.stringify(verdict)}\n`);

async function verdict(llama, name) {
  let model;
  try {
    model = await llama.loadModel({ modelPath: join(folder, name) });
    const context = await model.createContext({
      contextSize: 256,
      threads: 1,
      flashAttention: false,
      experimentalKvCacheKeyType: 'F32',
      experimentalKvCacheValueType: 'F32',
    });
    const prompt = Array.from({ length: 20 }, (_, i) => (17 + i * 61 + ((i * i * 7) % 29)) % 300);
    const options = { generateNext: { probabilities: true, options: { temperature: 0 } } };
    const results = await context
      .getSequence()
      .controlledEvaluate(prompt.map((token, i) => (i === prompt.length - 1 ? [token, options] : token)));
    const likely = [...results[prompt.length - 1].next.probabilities].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const top = likely.slice(0, 5).map(([token, p]) => [token, Number(Math.log(Math.max(p, 1e-45)).toFixed(3))]);
    await context.dispose();
    return { name, isLoaded: true, top };
  } catch {
    return { name, isLoaded: false };
  } finally {
    await model?.dispose();
  }
}

if (role === 'reader') {
  const { getLlama, LlamaLogLevel } = await import('node-llama-cpp');
  const llama = await getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.fatal });
  for (let name = next(); name; name = next()) write(await verdict(llama, name));
  await llama.dispose();
} else {
  for (let name = next(); name; name = next()) {
    const { status } = spawnSync(process.execPath, [process.argv[1], folder, 'reader'], {
      stdio: 'ignore',
      // Without a debugger that shows where the assertion failed: it takes seconds.
      env: { ...process.env, GGML_NO_BACKTRACE: '1' },
    });
    const fallen = next();
    if (fallen && status !== 0) write({ name: fallen, isLoaded: false });
    else if (fallen === name) throw new Error(`nothing is read: ${name}`);
  }
}
