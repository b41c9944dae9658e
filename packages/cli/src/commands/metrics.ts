import { LlamaError } from '@llama-canister/client';
import type { Command } from 'commander';
import { administer } from '../admin/open.js';
import { type Context, DEFAULT_CANISTER } from '../context.js';
import type { Run } from '../run.js';

interface Metric {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** The samples of Prometheus' text format. */
function samples(text: string): Metric[] {
  const metrics: Metric[] = [];
  for (const each of text.split('\n')) {
    const [, name, labels = '', value] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)(?: \d+)?$/.exec(each) ?? [];
    if (name === undefined) continue;
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, text]) => [key!, text!] as const);
    metrics.push({ name, labels: Object.fromEntries(pairs), value: Number(value) });
  }
  return metrics;
}

async function metrics(context: Context, name: string): Promise<void> {
  const { llama, options } = await administer(context, name);
  const request = {
    method: 'GET',
    url: '/metrics',
    headers: [],
    body: new Uint8Array(),
    certificate_version: [] as [],
  };
  const { status_code, body } = await llama.canister.call('http_request', [request], options);
  const text = new TextDecoder().decode(Uint8Array.from(body));
  if (status_code !== 200) {
    throw new LlamaError(
      'refused',
      'NO_METRICS',
      `the canister answers /metrics with status ${status_code}: ${text.slice(0, 200)}`,
      {
        value: status_code,
      },
    );
  }
  context.output.result(samples(text), text.trimEnd());
}

export function metricsCommand(program: Command, run: Run): void {
  program
    .command('metrics')
    .description("print the canister's metrics in Prometheus' format")
    .argument('[canister]', 'name or id', DEFAULT_CANISTER)
    .addHelpText(
      'after',
      '\nPrometheus reads them at https://CANISTER.raw.icp0.io/metrics.\n\nExamples:\n  llama-canister metrics\n  llama-canister metrics --json',
    )
    .action(run((context, name: string) => metrics(context, name)));
}
