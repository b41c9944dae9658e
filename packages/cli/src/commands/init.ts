import { existsSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { LlamaError } from '@llama-canister/client';
import type { Command } from 'commander';
import { cannotWrite } from '../config/cannot-write.js';
import { makeFolder } from '../config/folder.js';
import { type Context, DEFAULT_CANISTER } from '../context.js';
import { UsageError } from '../failure.js';
import { nextCommands, projectFiles } from '../init/files.js';
import type { Run } from '../run.js';
import { shellWord } from '../shell-word.js';

interface InitFlags {
  canister: string;
  force?: boolean;
}

/** As icp and dfx take it, too. */
const NAME = /^[a-zA-Z][a-zA-Z0-9_-]{0,62}$/;

function checkFree(folder: string, paths: readonly string[], typed: string): void {
  const there = paths.filter((path) => existsSync(join(folder, path)));
  if (there.length === 0) return;
  throw new LlamaError('input', 'FILES_EXIST', `${folder} has ${there.join(', ')} already; nothing was written`, {
    value: there,
    next: `Choose another folder, or replace what is there: \`llama-canister init${typed === '.' ? '' : ` ${shellWord(typed)}`} --force\``,
  });
}

async function init({ output }: Context, typed: string, { canister, force }: InitFlags): Promise<void> {
  if (!NAME.test(canister)) {
    throw new UsageError(`"${canister}" is no name for a canister`, 'Letters, digits, - and _; a letter first.');
  }
  if (typed === '') throw new UsageError('the name of the folder is empty', 'Leave it out for this folder.');
  const folder = resolve(typed);
  const files = await projectFiles(canister);
  if (!force) checkFree(folder, [...files.keys()], typed);
  for (const [path, content] of files) {
    const target = join(folder, ...path.split('/'));
    try {
      makeFolder(dirname(target));
      writeFileSync(target, content);
    } catch (cause) {
      throw cannotWrite(target, cause, { elsewhere: 'or choose another one' });
    }
  }
  const next = nextCommands(canister);
  const there = relative(process.cwd(), folder);
  const go = there === '' ? [] : [`cd ${shellWord(there)}`];
  const steps = [...go, ...next.map((command) => `\`${command}\``)].map((step) => `  ${step}`);
  output.result(
    { folder, canister, files: [...files.keys()], next },
    `Made the project ${basename(folder)}: ${[...files.keys()].join(', ')}\nNext:\n${steps.join('\n')}`,
  );
}

export function initCommand(program: Command, run: Run): void {
  program
    .command('init')
    .description(
      "write a project: the canister's program, icp.yaml and dfx.json for the official command lines, and a README",
    )
    .argument('[folder]', 'where to write', '.')
    .option('--canister <name>', 'name of the canister', DEFAULT_CANISTER)
    .option('--force', 'replace existing files')
    .addHelpText(
      'after',
      '\nNo command needs a project. Use init to keep a canister in a repository and deploy it with icp or dfx.\n\nExamples:\n  llama-canister init\n  llama-canister init my-model --canister mine',
    )
    .action(run((context, folder: string, flags: InitFlags) => init(context, folder, flags)));
}
