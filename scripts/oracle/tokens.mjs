// How llama.cpp tokenizes texts: for every NAME.gguf of a folder, which has nothing but a vocabulary, NAME.json with
// { bos: whether a text begins with BOS, ids: the tokens of each text of texts.json, special tokens not parsed }.
//
//   node tokens.mjs FOLDER
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getLlama, LlamaLogLevel } from 'node-llama-cpp';

const folder = process.argv[2];
const texts = JSON.parse(readFileSync(join(folder, 'texts.json'), 'utf8'));
const llama = await getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.fatal });
for (const file of readdirSync(folder).filter((name) => name.endsWith('.gguf'))) {
  const model = await llama.loadModel({ modelPath: join(folder, file), vocabOnly: true });
  const ids = texts.map((text) => [...model.tokenize(text, false)]);
  const bos = model.tokens.shouldPrependBosToken;
  writeFileSync(join(folder, file.replace('.gguf', '.json')), JSON.stringify({ bos, ids }));
  await model.dispose();
}
await llama.dispose();
