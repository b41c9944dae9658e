import { basename } from 'node:path';
import { openFile } from '@llama-canister/client/node';
import type { Command } from 'commander';
import { parseWhole } from '../amounts.js';
import { type Context, DEFAULT_CANISTER } from '../context.js';
import { modelFiles } from '../inspect/model-files.js';
import { modelPath } from '../models/local.js';
import { quiet } from '../quiet.js';
import type { Run } from '../run.js';
import { shellWord } from '../shell-word.js';
import { deploy } from './deploy.js';
import { refuseUnlessRuns } from './inspect.js';
import { loadModel } from './load.js';
import { uploadModel } from './upload.js';

interface FleetOptions {
  count: string;
  name: string;
  cycles?: string;
  ctxSize?: string;
}

interface FleetMember {
  name: string;
  canister: string;
  created: boolean;
  /** How the program was installed: install, upgrade, none ... */
  mode: string;
  model: string;
  /** Whether the model had to be loaded. */
  loaded: boolean;
}

/** Brings one canister into service, from any state. */
async function bringUp(context: Context, path: string, name: string, options: FleetOptions): Promise<FleetMember> {
  const { signal } = context;
  const inner = quiet(context);
  const { cycles, ctxSize } = options;
  await deploy(inner, name, { mode: 'auto', for: path, ...(cycles === undefined ? {} : { cycles }) });
  const [deployed] = inner.output.results;
  await uploadModel(inner, path, { canister: name });
  const model = basename(modelFiles(path)[0] ?? path);
  const canister = (await context.connect()).open(name);
  const isLoaded =
    (await canister.ready({ signal })).ready && (await canister.modelInfo({ signal }))?.filename === model;
  if (!isLoaded) await loadModel(inner, model, { canister: name, ...(ctxSize === undefined ? {} : { ctxSize }) });
  return {
    name,
    canister: canister.canisterId,
    created: deployed?.created === true,
    mode: String(deployed?.mode),
    model,
    loaded: !isLoaded,
  };
}

async function fleet(context: Context, model: string, options: FleetOptions): Promise<void> {
  const { output } = context;
  const count = parseWhole(options.count, '--count', 1, 64);
  const path = modelPath(context, model);
  // Checked before anything is created.
  for (const file of modelFiles(path)) await (await openFile(file)).close();
  refuseUnlessRuns(path, `Look at it: \`llama-canister inspect ${shellWord(path)}\``);
  const members: FleetMember[] = [];
  // One after the other, so that the others answer while one is upgraded.
  for (let i = 1; i <= count; i++) {
    const name = `${options.name}-${i}`;
    output.note(`${name} (${i} of ${count}):`);
    members.push(await bringUp(context, path, name, options));
  }
  const names = members.map(({ name }) => shellWord(name)).join(' ');
  output.result(
    { members },
    [
      ...members.map(({ name, canister, mode, loaded }) => {
        const program = mode === 'none' ? 'up to date' : `program: ${mode}`;
        return `${name.padEnd(16)}${canister}  ${program}, ${loaded ? 'model loaded' : 'model was loaded'}`;
      }),
      `Next: \`llama-canister serve ${names}\``,
    ].join('\n'),
  );
}

export function fleetCommand(program: Command, run: Run): void {
  program
    .command('fleet')
    .description(
      'set up several canisters with the same model: create or upgrade them, upload and load, one after the other',
    )
    .argument('<file>', 'the model, or the name of a pulled model')
    .option('--count <n>', 'number of canisters', '2')
    .option('--name <name>', 'name them NAME-1, NAME-2 ...', DEFAULT_CANISTER)
    .option('--cycles <amount>', 'cycles for each new canister (default: 100T locally, what the model needs on ic)')
    .option('-c, --ctx-size <n>', 'tokens that fit into a session')
    .addHelpText(
      'after',
      `
Run it again to do what is missing: canisters with an older program are upgraded, and those without a model load it. The
other canisters answer meanwhile.

Examples:
  llama-canister fleet model.gguf --count 3
  llama-canister serve llama-1 llama-2 llama-3`,
    )
    .action(run((context, path: string, options: FleetOptions) => fleet(context, path, options)));
}
