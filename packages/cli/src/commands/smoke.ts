import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { administer } from '../admin/open.js';
import { type Context, DEFAULT_CANISTER } from '../context.js';
import { Waiting } from '../progress.js';
import type { Run } from '../run.js';
import { type Outcome, runSmoke } from '../smoke/smoke.js';
import { table } from '../table.js';

function describe(context: Context, outcomes: readonly Outcome[]): string {
  const { green, red, dim } = context.output.colors;
  const paint = { passed: green, failed: red, skipped: dim };
  // Colours have no width, so they are added afterwards.
  const rows = outcomes.map(({ test, about, result, why, took }) => [
    result,
    test,
    about,
    took > 0 ? `${took} ms` : '',
    why,
  ]);
  const lines = table(['RESULT', 'TEST', 'WITH', 'TOOK', 'WHY'], rows).split('\n');
  return [lines[0], ...outcomes.map(({ result }, i) => lines[i + 1]!.replace(result, paint[result](result)))].join(
    '\n',
  );
}

async function smoke(context: Context, name: string): Promise<void> {
  const { output, signal } = context;
  const { llama, connection } = await administer(context, name);
  const { ready } = await llama.canister.ready({ signal });
  const principal = await connection.principal();
  const own = `smoke-${randomBytes(4).toString('hex')}`;
  const waiting = new Waiting(output, `Trying ${name}`);
  const setting = { canister: llama.canister, agent: connection.agent, signal, principal, name: own, ready };
  const outcomes = await runSmoke(setting).finally(() => waiting.end());
  const count = (result: Outcome['result']) => outcomes.filter((each) => each.result === result).length;
  const [passed, failed, skipped] = [count('passed'), count('failed'), count('skipped')];
  const sum = `${passed} passed, ${failed} failed, ${skipped} skipped.`;
  const advice = skipped > 0 ? ' The skipped tests need a model: `llama-canister load NAME`' : '';
  output.failed = failed > 0;
  output.result(
    { canister: llama.canister.canisterId, passed, failed, skipped, outcomes },
    `${describe(context, outcomes)}\n${sum}${advice}`,
  );
}

export function smokeCommand(program: Command, run: Run): void {
  program
    .command('smoke')
    .description('test a deployed canister: every method, a greedy text, a file uploaded and downloaded')
    .argument('[canister]', 'name or id', DEFAULT_CANISTER)
    .addHelpText(
      'after',
      '\nAdministrators of the canister can run it. It leaves the canister as it was: it sets only values that are set already, and removes what\nit has made. Exit code 1 if anything fails.\n\nExamples:\n  llama-canister smoke\n  llama-canister smoke qwen --network ic --json',
    )
    .action(run((context, name: string) => smoke(context, name)));
}
