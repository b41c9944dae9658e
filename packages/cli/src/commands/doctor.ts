import type { Command } from 'commander';
import type { Context } from '../context.js';
import { examine } from '../doctor/checks.js';
import type { Run } from '../run.js';

const SIGN = { fine: '✓', warning: '!', wrong: '✗' } as const;

async function doctor(context: Context): Promise<void> {
  const { output } = context;
  const findings = await examine(context);
  const { green, yellow, red } = output.colors;
  const paint = { fine: green, warning: yellow, wrong: red };
  const width = Math.max(...findings.map(({ check }) => check.length)) + 2;
  const lines = findings.map(
    ({ check, state, says, next }) =>
      `${paint[state](SIGN[state])} ${check.padEnd(width)}${says}${next === '' ? '' : `\n${' '.repeat(width + 2)}${next}`}`,
  );
  const count = findings.filter(({ state }) => state === 'wrong').length;
  output.failed = count > 0;
  const sum = count === 0 ? 'Nothing is wrong.' : count === 1 ? 'One thing is wrong.' : `${count} things are wrong.`;
  output.result({ healthy: count === 0, findings }, `${lines.join('\n')}\n${sum}`);
}

export function doctorCommand(program: Command, run: Run): void {
  program
    .command('doctor')
    .description('check this set-up and say how to fix problems: Node, folders, identity, network, canisters')
    .addHelpText(
      'after',
      '\nIt changes nothing. Exit code 1 if it finds a problem.\n\nExamples:\n  llama-canister doctor\n  llama-canister doctor --network ic --json',
    )
    .action(run((context) => doctor(context)));
}
