import { LlamaError, type ModelInfo } from '@llama-canister/client';
import type { Command } from 'commander';
import { formatBytes, formatCycles } from '../amounts.js';
import { checkReady } from '../chat/ready.js';
import { type Context, DEFAULT_CANISTER } from '../context.js';
import { describeSurvey } from '../inspect/report.js';
import { cachedModel, modelPath } from '../models/local.js';
import type { Run } from '../run.js';
import { facts } from '../table.js';
import { survey } from './inspect.js';

/** The canister's description of its loaded model. */
function describeInfo(canister: string, info: ModelInfo): string {
  const { chat_template, chat_template_error, context, trained_context } = info;
  const template = chat_template === '' ? 'none' : `${chat_template.length} characters`;
  return facts([
    ['canister', canister],
    ['file', `${info.filename}, ${formatBytes(Number(info.filesize))}`],
    ['sha256', info.filesha256],
    ['name', info.name],
    ['architecture', info.architecture],
    ['parameters', formatCycles(info.parameters)],
    ['type', info.file_type],
    ['layers', String(info.layers)],
    ['vocabulary', `${info.vocabulary} tokens`],
    ['context', `${context} tokens, of ${trained_context} as trained`],
    ['chat template', chat_template_error.length > 0 ? `not usable: ${chat_template_error[0]}` : template],
    ['heap', `${formatBytes(Number(info.model_heap_bytes))} of ${formatBytes(Number(info.heap_bytes))}`],
    ['sessions', `${info.resident_sessions} in the heap`],
    [
      'a token',
      info.instructions_per_generated_token > 0n
        ? `${formatCycles(info.instructions_per_generated_token)} instructions`
        : undefined,
    ],
  ]);
}

async function showLoaded(context: Context, name: string): Promise<void> {
  const { output, signal } = context;
  const canister = (await context.connect()).open(name);
  await checkReady(canister, signal);
  const info = await canister.modelInfo({ signal });
  if (!info) {
    throw new LlamaError('refused', 'NOT_TOLD', 'the canister does not say which model it has loaded', {
      next: 'An administrator can give you access: `llama-canister access everybody`',
    });
  }
  output.result({ canister: canister.canisterId, ...info }, describeInfo(canister.canisterId, info));
}

async function show(context: Context, model: string | undefined, flags: { canister: string }): Promise<void> {
  if (model === undefined) return showLoaded(context, flags.canister);
  const { output } = context;
  const cached = cachedModel(context, model);
  const said = await survey(modelPath(context, model));
  const about = cached && {
    source: cached.source,
    names: cached.names,
    pulled: cached.pulled,
    path: cached.path,
    files: cached.files,
  };
  const lines = cached
    ? `\n${facts([
        ['source        ', cached.source],
        ['goes by       ', cached.names.join(', ')],
        ['pulled        ', cached.pulled],
        ['sha256        ', cached.files.map(({ sha256 }) => sha256).join(', ')],
        ['path          ', cached.path],
      ])}`
    : '';
  output.result({ ...said, ...about }, `${describeSurvey(said)}${lines}`);
}

export function showCommand(program: Command, run: Run): void {
  program
    .command('show')
    .description('describe a model: a pulled one, a file, or the one that a canister has loaded')
    .argument('[model]', 'a name or a file (default: the model that the canister has loaded)')
    .option('--canister <canister>', 'name or id', DEFAULT_CANISTER)
    .addHelpText(
      'after',
      '\nExamples:\n  llama-canister show\n  llama-canister show tiny-chat-q8_0\n  llama-canister show --canister qwen --json',
    )
    .action(run((context, model: string | undefined, flags: { canister: string }) => show(context, model, flags)));
}
