import type { Command } from 'commander';
import type { Context } from '../context.js';
import { ownHash, releaseOf } from '../deploy/releases.js';
import { version } from '../packages.js';
import type { Run } from '../run.js';
import { facts } from '../table.js';

async function tellVersion({ output }: Context): Promise<void> {
  const sha256 = await ownHash();
  const release = releaseOf(sha256);
  const { platform, arch } = process;
  output.result(
    { version: version(), wasm: { sha256, release: release ?? null }, node: process.versions.node, platform, arch },
    facts([
      ['llama-canister', version()],
      ['llama.wasm', `sha256 ${sha256}`],
      ['', release ? `release ${release.version}, commit ${release.commit}` : 'not a release: it was built here'],
      ['Node', `${process.versions.node}, ${platform}-${arch}`],
    ]),
  );
}

export function versionCommand(program: Command, run: Run): void {
  program
    .command('version')
    .description('print the version, and the SHA-256 of the included canister’s program')
    .addHelpText('after', '\nExamples:\n  llama-canister version\n  llama-canister version --json')
    .action(run((context) => tellVersion(context)));
}
