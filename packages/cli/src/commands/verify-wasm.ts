import { certifiedModuleHash, LlamaError, moduleHash } from '@llama-canister/client';
import type { Command } from 'commander';
import { type Context, DEFAULT_CANISTER } from '../context.js';
import { ownHash, type Release, releaseOf, table } from '../deploy/releases.js';
import { readWasm, version } from '../packages.js';
import type { Run } from '../run.js';
import { shellWord } from '../shell-word.js';

interface VerifyFlags {
  wasm?: string;
}

/** What a program was found to be. */
type Match = { release: Release } | { file: string } | { own: string } | undefined;

async function matchOf(hash: string, file: string | undefined): Promise<Match> {
  if (file !== undefined) {
    return (await moduleHash(readWasm(file))) === hash ? { file } : undefined;
  }
  const release = releaseOf(hash);
  if (release) return { release };
  return hash === (await ownHash()) ? { own: version() } : undefined;
}

function told(match: Match, file: string | undefined): string {
  if (match === undefined) {
    if (file !== undefined) return `another program than ${file}.`;
    const count = table.releases().length;
    return `a program that is in none of the ${count} releases that llama-canister ${version()} knows, and not the one that comes with it.`;
  }
  if ('file' in match) return `the program of ${match.file}.`;
  if ('own' in match) return `the program included in this llama-canister ${match.own}, which is not a release.`;
  const { version: released, commit, date } = match.release;
  return `the program of release ${released} (${date}), built of commit ${commit}.`;
}

async function verify(context: Context, name: string, { wasm }: VerifyFlags): Promise<void> {
  const { output, signal } = context;
  const connection = await context.connect();
  const canister = connection.idOf(name);
  const hash = await certifiedModuleHash(connection.agent, canister, signal);
  if (hash === undefined) {
    throw new LlamaError('rejected', 'NOTHING_INSTALLED', `canister ${canister} has no program installed`, {
      value: canister,
      next: `Install one: \`llama-canister deploy ${shellWord(name)}\``,
    });
  }
  const match = await matchOf(hash, wasm);
  output.failed = match === undefined;
  output.result(
    { canister, moduleHash: hash, known: match !== undefined, ...match },
    `Canister ${canister} has ${told(match, wasm)}\nsha256 ${hash}, certified by its subnet`,
  );
}

export function verifyWasmCommand(program: Command, run: Run): void {
  program
    .command('verify-wasm')
    .description('compare the program of a canister with the releases, and print its release and commit')
    .argument('[canister]', 'name or id', DEFAULT_CANISTER)
    .option('--wasm <file>', 'compare with this file instead')
    .addHelpText(
      'after',
      '\nThe hash is read from the state that the subnet certifies, so everybody can do this. Exit code 1 if the program is unknown.\nTo build a release yourself: git clone, then npm run reproduce -- vVERSION\n\nExamples:\n  llama-canister verify-wasm\n  llama-canister verify-wasm qwen --network ic --json',
    )
    .action(run((context, name: string, flags: VerifyFlags) => verify(context, name, flags)));
}
