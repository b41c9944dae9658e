// `node scripts/template-references.mjs`: writes canister/test/data/template-references.json anew, what llama.cpp makes of
// the templates and conversations that @huggingface/jinja cannot render. Builds llama.cpp's engine with g++.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const load = async (file) =>
  (await runnerImport(join(root, 'canister/test', file), { root, configFile: false, logLevel: 'error' })).module;
const { llamaCppSources, llamaCppTemplates } = await load('llama-cpp-templates.ts');
const { conversations } = await load('template-conversations.ts');
const { huggingFace } = await load('reference/template.ts');

const work = mkdtempSync(join(tmpdir(), 'llama-canister-templates-'));
try {
  const common = join(llamaCppSources(), 'common');
  const parts = ['lexer', 'parser', 'runtime', 'string', 'value', 'caps'].map((name) => `jinja/${name}`);
  const sources = [...parts, 'json', 'unicode'].map((name) => join(common, `${name}.cpp`));
  const folders = ['common', 'vendor', 'include', 'ggml/include'];
  const include = folders.flatMap((folder) => ['-I', join(llamaCppSources(), folder)]);
  const program = join(work, 'jinja');
  const options = ['-std=c++17', '-O1', '-w', ...include, ...sources, join(root, 'scripts/oracle/jinja.cpp')];
  const built = spawnSync('g++', [...options, '-o', program], { stdio: 'inherit' });
  if (built.status !== 0) throw new Error('llama.cpp could not be built');

  const rows = [];
  for (const [name, template] of llamaCppTemplates()) {
    // llama.cpp knows only the present time.
    if (template.includes('strftime_now')) continue;
    for (const [conversation, given] of Object.entries(conversations)) {
      if (huggingFace(template, given) === undefined) rows.push({ name, conversation, template, given });
    }
  }
  const input = rows.map(({ template, given }) =>
    JSON.stringify({ template, vars: { bos_token: '<s>', eos_token: '</s>', ...given } }),
  );
  const { stdout } = spawnSync(program, { input: `${input.join('\n')}\n`, maxBuffer: 1 << 30, env: { TZ: 'UTC' } });
  const references = {};
  let at = 0;
  for (const { name, conversation } of rows) {
    const line = stdout.indexOf('\n', at);
    const head = stdout.subarray(at, line).toString();
    const end = line + 1 + Number(head.slice(1));
    if (head.startsWith('T')) {
      references[name] ??= {};
      const digest = createHash('sha256')
        .update(stdout.subarray(line + 1, end))
        .digest('hex');
      references[name][conversation] = digest.slice(0, 16);
    }
    at = end + 1;
  }
  const target = join(root, 'canister/test/data/template-references.json');
  writeFileSync(target, `${JSON.stringify(references, null, 2)}\n`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
