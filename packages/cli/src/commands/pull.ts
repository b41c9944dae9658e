import type { Command } from 'commander';
import { formatBytes } from '../amounts.js';
import type { Context } from '../context.js';
import { UsageError } from '../failure.js';
import { shortName, sizeOf } from '../models/cache.js';
import { pull } from '../models/pull.js';
import { isReference } from '../models/reference.js';
import type { Run } from '../run.js';
import { shellWord } from '../shell-word.js';

interface PullFlags {
  token?: string;
  sha256?: string;
}

async function pullModel(context: Context, name: string, flags: PullFlags): Promise<void> {
  const { output } = context;
  if (!isReference(name)) {
    throw new UsageError(
      `"${name}" does not say where to pull from`,
      'Write it like hf:OWNER/REPO, hf:OWNER/REPO:Q4_K_M, ollama:NAME:TAG or a URL. A file that is here is named by its path.',
    );
  }
  const sha256 = flags.sha256?.toLowerCase();
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/.test(sha256))
    throw new UsageError('--sha256 takes 64 hexadecimal digits');
  if (sha256 !== undefined && /^(hf|ollama):/i.test(name)) {
    throw new UsageError('--sha256 is for URLs', 'For other sources the SHA-256 is known and checked.');
  }
  const { model, received } = await pull(context, name, { token: flags.token, sha256 });
  const { path, source, names, files } = model;
  const size = sizeOf(model);
  const what = received === 0 ? 'is here already, as its server has it' : 'is here';
  output.result(
    { name: shortName(model), source, names, path, files, size, received },
    `${shortName(model)} ${what}: ${formatBytes(size)}${files.length > 1 ? ` in ${files.length} parts` : ''}, ${files.length > 1 ? '' : `sha256 ${files[0]!.sha256}, `}${path}\n` +
      `Next: \`llama-canister upload ${shellWord(shortName(model))}\``,
  );
}

export function pullCommand(program: Command, run: Run): void {
  program
    .command('pull')
    .description('download a model from Hugging Face, from the registry of Ollama, or from a URL')
    .argument('<model>', 'hf:OWNER/REPO, hf:OWNER/REPO:Q4_K_M, hf:OWNER/REPO:FILE.gguf, ollama:NAME:TAG, or a URL')
    .option('--token <token>', 'access token for a model that is not public (default: HF_TOKEN, for Hugging Face)')
    .option('--sha256 <hex>', 'expected SHA-256 of the file at a URL')
    .addHelpText(
      'after',
      `
If a repository has several types of weights and the name selects none, Q4_K_M is pulled, or else Q4_0, or else Q8_0. All parts of
a split model are pulled. To resume an interrupted download, run the same command again. The SHA-256 of every file is checked.
HF_ENDPOINT is the address of a mirror of Hugging Face. hf:OWNER/REPO@COMMIT selects a revision.

Examples:
  llama-canister pull hf:Qwen/Qwen2.5-0.5B-Instruct-GGUF:Q8_0
  llama-canister pull hf:bartowski/SmolLM2-135M-Instruct-GGUF
  llama-canister pull ollama:qwen2.5:0.5b`,
    )
    .action(run((context, name: string, flags: PullFlags) => pullModel(context, name, flags)));
}
