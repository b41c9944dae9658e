import type { Generation } from '@llama-canister/client';
import type { Command } from 'commander';
import { administer, advised, parseNumber, withCanister } from '../admin/open.js';
import { formatCycles, formatTime } from '../amounts.js';
import type { Context } from '../context.js';
import type { Run } from '../run.js';
import { facts, table } from '../table.js';

interface JobFlags {
  canister: string;
  all?: boolean;
  before?: string;
}

const time = (date: Date | undefined) => (date === undefined ? '-' : formatTime(date));

function stateOf({ state, reason, end, place }: Generation): string {
  if (state === 'ended') return end ?? 'ended';
  if (reason !== undefined && reason !== '') return `${state}: ${reason}`;
  return place > 0 ? `${state}, ${place} before it` : state;
}

function describe(job: Generation): string {
  const { usage } = job;
  return facts([
    ['job', String(job.id)],
    ['of', job.caller],
    ['state', stateOf(job)],
    ['session', job.session],
    ['prompt', `${usage.promptTokens} tokens, ${usage.cachedTokens} of them evaluated before`],
    ['answer', `${usage.generatedTokens} tokens`],
    ['held', job.held > 0n ? `${formatCycles(job.held)} cycles` : undefined],
    ['seed', job.seed === undefined ? undefined : String(job.seed)],
    ['events', String(job.events)],
    ['started', time(job.started)],
    ['ended', job.ended && time(job.ended)],
    ['forgotten', job.expires && time(job.expires)],
  ]);
}

/** What comes of a job. Errors: those of the canister, with where to look. */
function found<T>(job: Promise<T>): Promise<T> {
  return job.catch((error: unknown) => {
    throw advised(error, 'See which there are: `llama-canister jobs`');
  });
}

async function list(context: Context, flags: JobFlags): Promise<void> {
  const { llama, options } = await administer(context, flags.canister);
  const before = flags.before === undefined ? undefined : parseNumber(flags.before, '--before');
  const jobs = await llama.generations.list({ everybody: flags.all === true, before, ...options });
  const rows = jobs.map((job) => [
    String(job.id),
    stateOf(job),
    String(job.usage.promptTokens),
    String(job.usage.generatedTokens),
    job.session ?? '-',
    time(job.started),
    ...(flags.all ? [job.caller] : []),
  ]);
  const heads = ['JOB', 'STATE', 'PROMPT', 'ANSWER', 'SESSION', 'STARTED', ...(flags.all ? ['OF'] : [])];
  const more = jobs.length === 100 ? `\nOlder ones: \`llama-canister jobs --before ${jobs.at(-1)!.id}\`` : '';
  const none = `There is no job${flags.all ? '' : ' of yours'}. Begin one: \`llama-canister ask --keep "Who are you?"\``;
  context.output.result(jobs, rows.length === 0 ? none : `${table(heads, rows)}${more}`);
}

async function show(context: Context, id: string, flags: JobFlags): Promise<void> {
  const number = parseNumber(id, 'the number of a job');
  const { llama, options } = await administer(context, flags.canister);
  const job = await found(llama.generations.get(number, options));
  const next = job.ended === undefined ? `\nRead along: \`llama-canister ask --attach ${id}\`` : '';
  context.output.result(job, `${describe(job)}${next}`);
}

async function cancel(context: Context, id: string, flags: JobFlags): Promise<void> {
  const number = parseNumber(id, 'the number of a job');
  const { llama, options } = await administer(context, flags.canister);
  const job = await found(llama.generations.cancel(number, options));
  context.output.result(job, `Job ${id} has ended (${stateOf(job)}); its answer stays until you forget it.`);
}

async function forget(context: Context, id: string, flags: JobFlags): Promise<void> {
  const number = parseNumber(id, 'the number of a job');
  const { llama, options } = await administer(context, flags.canister);
  await found(llama.generations.forget(number, options));
  context.output.result({ id: number, forgotten: true }, `Job ${id} is forgotten.`);
}

export function jobsCommand(program: Command, run: Run): void {
  const jobs = program
    .command('jobs')
    .description('list the answers that the canister computes by itself or has stored; show, cancel or forget one')
    .addHelpText(
      'after',
      '\nExamples:\n  llama-canister jobs\n  llama-canister jobs list --all --json\n  llama-canister jobs show 7\n  llama-canister jobs cancel 7',
    );
  withCanister(jobs.command('list', { isDefault: true }).description('list at most 100 jobs, newest first'))
    .option('--all', 'jobs of all callers (needs the role AdminQuery)')
    .option('--before <number>', 'only those with a smaller number')
    .action(run((context, flags: JobFlags) => list(context, flags)));
  withCanister(jobs.command('show').description('show the state of a job'))
    .argument('<job>', 'its number')
    .action(run((context, id: string, flags: JobFlags) => show(context, id, flags)));
  withCanister(jobs.command('cancel').description('cancel a job; its answer so far stays'))
    .argument('<job>', 'its number')
    .action(run((context, id: string, flags: JobFlags) => cancel(context, id, flags)));
  withCanister(jobs.command('forget').description('delete a job that has ended'))
    .argument('<job>', 'its number')
    .action(run((context, id: string, flags: JobFlags) => forget(context, id, flags)));
}
