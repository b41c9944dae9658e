// `node scripts/references.mjs [NAME...]`: writes test/conformance/references anew, all or those of some mini models.
// Installs node-llama-cpp (a prebuilt llama.cpp, Linux x64 and others) in a temporary folder; --oracle DIR takes one that
// is installed already. --minis DIR also leaves the GGUF files and references there, for `npm run conformance -- --dir DIR`.
// `--variants` writes test/conformance/variants.json instead (with NAMEs, what is of those architectures), `--tokens`
// canister/test/data/pre-tokenizers.json.
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const { values, positionals } = parseArgs({
  options: {
    oracle: { type: 'string' },
    minis: { type: 'string' },
    variants: { type: 'boolean' },
    tokens: { type: 'boolean' },
  },
  allowPositionals: true,
});

function command(program, args, options = {}) {
  const { status } = spawnSync(program, args, { stdio: 'inherit', ...options });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}`);
}

const work = mkdtempSync(join(tmpdir(), 'llama-canister-references-'));
try {
  const source = values.tokens ? 'canister/test/pre-tokenizer-files.ts' : 'test/conformance/files.ts';
  const { module } = await runnerImport(join(root, source), {
    root,
    configFile: false,
    logLevel: 'error',
  });
  const files = join(work, 'minis');
  mkdirSync(files);
  if (values.tokens) module.writeVocabularies(files);
  else if (values.variants) module.writeVariants(files, positionals);
  else writeFileSync(join(files, 'exact.txt'), module.writeMinis(files, positionals).join('\n'));
  let oracle = values.oracle;
  if (!oracle) {
    oracle = join(work, 'oracle');
    cpSync(join(here, 'oracle'), oracle, { recursive: true });
    command('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: oracle });
  } else {
    for (const script of ['oracle.mjs', 'verdicts.mjs', 'tokens.mjs'])
      copyFileSync(join(here, 'oracle', script), join(oracle, script));
  }
  const script = values.tokens ? 'tokens.mjs' : values.variants ? 'verdicts.mjs' : 'oracle.mjs';
  command(process.execPath, [join(oracle, script), files]);
  if (values.tokens) module.saveTokens(files);
  if (values.variants) module.saveVerdicts(files, positionals);
  const references = join(root, 'test/conformance/references');
  for (const name of values.tokens ? [] : readdirSync(files)) {
    if (name.endsWith('.json')) copyFileSync(join(files, name), join(references, name));
    if (values.minis && /\.(json|gguf)$/.test(name)) {
      mkdirSync(values.minis, { recursive: true });
      copyFileSync(join(files, name), join(values.minis, name));
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
