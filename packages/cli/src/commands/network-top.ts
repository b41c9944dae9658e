import { setTimeout as sleep } from 'node:timers/promises';
import { LlamaError } from '@llama-canister/client';
import type { MetricsReport } from '@llama-canister/network';
import { formatCycles, parseWhole } from '../amounts.js';
import { Canisters } from '../config/canisters.js';
import { type NetworkChoice, resolveNetwork } from '../config/networks.js';
import { projectFolder } from '../config/paths.js';
import type { Context } from '../context.js';
import { UsageError } from '../failure.js';

const ANSWERS_WITHIN_MS = 10_000;

type MethodTotals = MetricsReport['methods'][number];

/** Sort orders of the table, each with the largest first. */
const orders = {
  instructions: (a, b) => b.instructions - a.instructions,
  average: (a, b) => b.instructions / b.count - a.instructions / a.count,
  cycles: (a, b) => (BigInt(b.cycles) > BigInt(a.cycles) ? 1 : -1),
  count: (a, b) => b.count - a.count,
} satisfies Record<string, (a: MethodTotals, b: MethodTotals) => number>;

interface Options {
  sort: string;
  lines: string;
  once?: boolean;
}

/** The network's counts so far. */
async function fetchMetrics({ url }: NetworkChoice, signal: AbortSignal): Promise<MetricsReport> {
  let response: Response;
  try {
    response = await fetch(new URL('/_/metrics', url), {
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWERS_WITHIN_MS)]),
    });
  } catch (cause) {
    signal.throwIfAborted();
    throw new LlamaError('transport', 'NO_ANSWER', `${url} does not answer`, {
      cause,
      next: 'See whether it runs: `llama-canister network status`',
    });
  }
  const type = response.headers.get('content-type') ?? '';
  if (response.ok && type.includes('json')) return (await response.json()) as MetricsReport;
  throw new LlamaError('input', 'NO_METRICS', `${url} has no metrics`, {
    value: url,
    next: 'Only networks of this package count what every method takes: `llama-canister network start`',
  });
}

function column(rows: readonly string[][], i: number): number {
  return Math.max(...rows.map((row) => row[i]!.length));
}

/** Rows in columns; the first `text` of them are left-aligned. */
function table(rows: readonly string[][], text: number): string {
  const widths = rows[0]!.map((_, i) => column(rows, i));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i < text ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function tableOf(methods: readonly MethodTotals[], nameOf: (id: string) => string): string {
  const head = [
    'CANISTER',
    'METHOD',
    'KIND',
    'CALLS',
    'FAILED',
    'INSTRUCTIONS',
    'PER CALL',
    'LARGEST',
    'PAGES',
    'CYCLES',
  ];
  const rows = methods.map((totals) => {
    const { canister, method, kind, count, failures, instructions, largest, pages, cycles } = totals;
    const touched = pages.heapAccessed + pages.stableAccessed;
    const amounts = [instructions, Math.round(instructions / count), largest].map((n) => n.toLocaleString('en-US'));
    return [
      nameOf(canister),
      method,
      kind,
      `${count}`,
      `${failures}`,
      ...amounts,
      `${touched}`,
      formatCycles(BigInt(cycles)),
    ];
  });
  return table([head, ...rows], 3);
}

export async function top({ output, options, signal }: Context, { sort, lines, once }: Options): Promise<void> {
  const order = orders[sort as keyof typeof orders];
  if (order === undefined) {
    throw new UsageError(`--sort does not take "${sort}"`, `Choose one of ${Object.keys(orders).join(', ')}.`);
  }
  const most = parseWhole(lines, '--lines', 1, 100_000);
  const network = resolveNetwork(options.network);
  const rootKey = network.rootKey && Buffer.from(network.rootKey).toString('hex');
  const canisters = new Canisters(projectFolder(), network.name, rootKey);
  const live = process.stdout.isTTY === true && !output.json && once !== true;
  for (;;) {
    const { metering, methods, messages } = await fetchMetrics(network, signal);
    const shown = methods.toSorted(order).slice(0, most);
    if (live) output.write('\x1b[H\x1b[2J');
    const human =
      methods.length === 0 ? 'No message has been executed yet.' : tableOf(shown, (id) => canisters.nameOf(id) ?? id);
    output.result({ url: network.url, metering, methods: shown, messages }, human);
    if (metering === 'fast')
      output.note('Counted in the fast mode: without page charges, so less than on the main network.');
    if (!live) return;
    output.line('\nCtrl-C ends.');
    await sleep(2_000, undefined, { signal });
  }
}
