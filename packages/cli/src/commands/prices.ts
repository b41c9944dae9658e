import { LlamaError, type Prices } from '@llama-canister/client';
import type { Command } from 'commander';
import { administer, parsePrincipal, withCanister } from '../admin/open.js';
import { formatCycles, parseCycles, parseWhole } from '../amounts.js';
import type { Context } from '../context.js';
import type { Run } from '../run.js';
import { facts } from '../table.js';

interface PriceFlags {
  canister: string;
  prompt?: string;
  cached?: string;
  generated?: string;
  grant?: string;
}

function describe(prices: Prices): string {
  if (prices.kind === 'free') return 'Answers cost their callers nothing.';
  if (prices.kind === 'work') return `Answers cost ${prices.percent} percent of what the canister pays for them.`;
  const { prompt, cached, generated } = prices;
  return `1000 tokens cost: of a prompt ${formatCycles(prompt)} cycles, of a prompt evaluated before ${formatCycles(cached)}, of an answer ${formatCycles(generated)}.`;
}

async function show(context: Context, flags: PriceFlags): Promise<void> {
  const { llama, options } = await administer(context, flags.canister);
  const prices = await llama.admin.prices(options);
  // Callers without the right to inspect the canister can still see its prices.
  const inside = await Promise.all([llama.admin.paymentTotals(options), llama.admin.freeCallers(options)]).catch(
    (error: unknown) => {
      if (error instanceof LlamaError && error.kind === 'refused') return undefined;
      throw error;
    },
  );
  const lines = [describe(prices)];
  if (inside) {
    const [totals, free] = inside;
    lines.push(
      facts([
        ['received', `${formatCycles(totals.received)} cycles`],
        ['granted', `${formatCycles(totals.granted)} cycles`],
        ['charged', `${formatCycles(totals.charged)} cycles for ${totals.generations} answers`],
        ['free callers', free.length === 0 ? 'none' : free.join(', ')],
      ]),
    );
  }
  context.output.result({ prices, ...(inside ? { totals: inside[0], freeCallers: inside[1] } : {}) }, lines.join('\n'));
}

async function set(context: Context, prices: Prices, flags: PriceFlags): Promise<void> {
  const { llama, options } = await administer(context, flags.canister);
  await llama.admin.setPrices(prices, options);
  context.output.result({ prices }, describe(prices));
}

async function setFree(context: Context, text: string, free: boolean, flags: PriceFlags): Promise<void> {
  const principal = parsePrincipal(text);
  const { llama, options } = await administer(context, flags.canister);
  await llama.admin.setFreeCaller(principal, free, options);
  context.output.result({ principal, free }, `${principal} pays ${free ? 'nothing' : 'as everybody does'}.`);
}

async function allowance(context: Context, text: string | undefined, flags: PriceFlags): Promise<void> {
  const { llama, connection, options } = await administer(context, flags.canister);
  const own = await connection.principal();
  const principal = text === undefined ? own : parsePrincipal(text);
  const cycles =
    flags.grant === undefined
      ? await llama.admin.allowance(principal === own ? undefined : principal, options)
      : await llama.admin.grantAllowance(principal, parseCycles(flags.grant), options);
  context.output.result(
    { principal, allowance: cycles },
    `${principal} may spend ${formatCycles(cycles)} cycles on answers.`,
  );
}

export function pricesCommand(program: Command, run: Run): void {
  const prices = program
    .command('prices')
    .description('show or change what answers cost their callers; allowances, and callers who pay nothing')
    .addHelpText(
      'after',
      '\nExamples:\n  llama-canister prices\n  llama-canister prices work 120\n  llama-canister prices tokens --prompt 1B --generated 10B\n  llama-canister prices allowance rrkah-fqaaa-aaaaa-aaaaq-cai --grant 1T\n  llama-canister prices free',
    );
  withCanister(prices.command('show', { isDefault: true }).description('show the prices')).action(
    run((context, flags: PriceFlags) => show(context, flags)),
  );
  withCanister(prices.command('free').description('make answers free')).action(
    run((context, flags: PriceFlags) => set(context, { kind: 'free' }, flags)),
  );
  withCanister(prices.command('work').description('charge a percentage of what the canister pays for an answer'))
    .argument('<percent>', 'percentage; 100 charges exactly what the canister pays')
    .action(
      run((context, percent: string, flags: PriceFlags) =>
        set(context, { kind: 'work', percent: parseWhole(percent, 'work', 0, 100_000) }, flags),
      ),
    );
  withCanister(prices.command('tokens').description('charge by tokens: cycles for 1000 tokens'))
    .requiredOption('--prompt <cycles>', 'for prompt tokens that are evaluated')
    .option('--cached <cycles>', 'for prompt tokens that were evaluated before', '0')
    .requiredOption('--generated <cycles>', 'for tokens of the answer')
    .action(
      run((context, flags: PriceFlags) =>
        set(
          context,
          {
            kind: 'tokens',
            prompt: parseCycles(flags.prompt!),
            cached: parseCycles(flags.cached!),
            generated: parseCycles(flags.generated!),
          },
          flags,
        ),
      ),
    );
  withCanister(prices.command('exempt').description('let a principal pay nothing'))
    .argument('<principal>', 'who')
    .action(run((context, principal: string, flags: PriceFlags) => setFree(context, principal, true, flags)));
  withCanister(prices.command('charge').description('let an exempt principal pay again'))
    .argument('<principal>', 'who')
    .action(run((context, principal: string, flags: PriceFlags) => setFree(context, principal, false, flags)));
  withCanister(prices.command('allowance').description('show the allowance of a principal, or add to it'))
    .argument('[principal]', 'who (default: you)')
    .option('--grant <cycles>', 'add this amount as a gift; no cycles are transferred')
    .action(run((context, principal: string | undefined, flags: PriceFlags) => allowance(context, principal, flags)));
}
