/**
 * npm run bench [-- --json] [-- --case NAME]... [-- --model FILE] [-- --quick] [-- --no-wall] [-- --save] [-- --check] [-- --saved]
 *               [-- --pruning] [-- --sampling] [-- --gateway] [-- --jobs] [-- --forced] [-- --grammar] [-- --growth] [-- --eviction] [-- --warm] [-- --clock] [-- --end-to-end]
 *
 * Measures the cases of cases.ts, or a GGUF file; `--saved` prints what is in bench/results, `--pruning` a study of the
 * output matrix (pruning.ts), `--sampling` what samplers cost (sampling.ts), `--gateway` what the gateway adds (gateway.ts),
 * `--jobs` what generations pay for pages (jobs.ts), `--forced` what an answer in JSON saves (forced.ts),
 * `--grammar` what a token saves of which few are allowed (grammar.ts), `--growth` what calls cost in a full heap (growth.ts),
 * `--eviction` how prompts share a heap that is too small (eviction.ts),
 * `--warm` what sessions cost that come back to a full heap (warm.ts), `--clock` speed by the clock (clock.ts), `--end-to-end`
 * what a user of a local network waits for (end-to-end.ts). Each case runs in a process of its own, which gives its
 * memory back.
 */
import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { disagreements } from './agreement.js';
import { cases } from './cases.js';
import { check } from './check.js';
import { clock } from './clock.js';
import { endToEnd } from './end-to-end.js';
import { SHORT_CONTEXT } from './engine-parts.js';
import { eviction } from './eviction.js';
import { forced } from './forced.js';
import { gateway, gatewayReport } from './gateway.js';
import { grammar } from './grammar.js';
import { growth } from './growth.js';
import { jobs } from './jobs.js';
import { whyNotKept } from './machine.js';
import { type Measurement, measureCase, measureFile, type Options, type PartialMeasurement } from './measure.js';
import { examineModel, Unmeasurable } from './model-file.js';
import { pruning } from './pruning.js';
import { printTable } from './report.js';
import { committed, save } from './results.js';
import { sampling } from './sampling.js';
import { runStudy } from './study.js';
import { checkedTargets } from './targets.js';
import { warm } from './warm.js';

function options(argv: string[]) {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: argv,
    options: {
      json: flag,
      quick: flag,
      save: flag,
      check: flag,
      saved: flag,
      pruning: flag,
      sampling: flag,
      gateway: flag,
      jobs: flag,
      forced: flag,
      grammar: flag,
      growth: flag,
      eviction: flag,
      warm: flag,
      clock: flag,
      'end-to-end': flag,
      worker: flag,
      'no-wall': flag,
      help: { type: 'boolean', short: 'h' },
      case: { type: 'string', multiple: true },
      model: { type: 'string' },
    },
  });
  return values;
}

const quickCases = cases.filter(({ quick }) => quick).map(({ name }) => name);

const USAGE = `npm run bench -- [options]

  --case NAME     one case, may be given several times: ${cases.map(({ name }) => name).join(', ')}
  --model FILE    a GGUF file of your own
  --quick         the cases, and of each what, \`npm test\` measures
  --json          JSON on stdout
  --no-wall       instructions only, not the clock
  --save          keep the results in bench/results
  --check         compare with the kept results and the targets: exit code 1 where one is worse
  --saved         print the kept results, measure nothing
  --pruning       what leaving out rows of the output matrix could save
  --sampling      what samplers cost over whole vocabularies
  --gateway       how late tokens come through the gateway, what streams take, what several canisters give
  --jobs          what part of a generation's instructions pages of memory are (of --case NAME, or of two models)
  --forced        what an answer in JSON saves by its schema, with real vocabularies (installs them)
  --grammar       what a token costs of which a grammar allows few (of --case NAME, or of two models)
  --growth        what calls cost by the number of sessions in the heap
  --eviction      how three callers' prompts are read in a heap with room for two (of --case NAME, or of a model)
                  these three with --json, --save, --check and --saved, too
  --clock         tokens per second beside wllama's, with the processor and its load (of --case NAME, or of two models);
                  --save keeps them only if the machine did nothing else
  --warm          what a call costs where two of ten callers' sessions fit the heap (of --case NAME, or of a model)
  --end-to-end    how fast a file is uploaded, loaded and answers through a local network (of --case NAME, or of a model)`;

/** The last message of a worker. */
type Outcome = { measurement: PartialMeasurement } | { unmeasurable: string };

async function worker(name: string, model: string | undefined, options: Options): Promise<Outcome> {
  try {
    const found = cases.find((one) => one.name === name);
    const measurement = model ? await measureFile(name, model, options) : await measureCase(found!, options);
    return { measurement };
  } catch (error) {
    if (error instanceof Unmeasurable) return { unmeasurable: error.message };
    throw error;
  }
}

/** Measures a case, or a file, in a process of its own. */
export function inProcess(
  name: string,
  { model, quick, wall }: { model?: string | undefined; quick?: boolean; wall?: boolean } = {},
): Promise<PartialMeasurement> {
  const run = fileURLToPath(new URL('./run.mjs', import.meta.url));
  const flags = [...(model ? ['--model', model] : []), ...(quick ? ['--quick'] : []), ...(wall ? [] : ['--no-wall'])];
  const child = spawn(process.execPath, [run, '--worker', '--case', name, ...flags], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    let outcome: Outcome | undefined;
    child.on('message', (message) => {
      outcome = message as Outcome;
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (!outcome) reject(new Unmeasurable(`measuring ${name} ended with ${signal ?? `exit code ${code}`}`));
      else if ('measurement' in outcome) resolve(outcome.measurement);
      else reject(new Unmeasurable(outcome.unmeasurable));
    });
  });
}

export async function main(argv: string[]): Promise<number> {
  let given: ReturnType<typeof options>;
  try {
    given = options(argv);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  if (given.help) {
    console.log(USAGE);
    return 0;
  }
  const { json, quick, model, 'no-wall': noWall, ...rest } = given;
  if (rest.worker) {
    const name = rest.case![0]!;
    const scope = quick ? cases.find((one) => one.name === name)?.quick : undefined;
    const outcome = await worker(name, model, { ...scope, wall: !noWall });
    await new Promise<void>((sent) => process.send!(outcome, () => sent()));
    return 0;
  }
  if (rest.pruning) {
    console.log(pruning());
    return 0;
  }
  if (rest.sampling) {
    console.log(await sampling());
    return 0;
  }
  if (rest.gateway) {
    const measured = await gateway();
    console.log(json ? JSON.stringify(measured, null, 2) : gatewayReport(measured));
    return 0;
  }
  if (rest.forced) {
    console.log(await forced());
    return 0;
  }
  const unknown = (rest.case ?? []).filter((name) => !cases.some((one) => one.name === name));
  if (unknown.length > 0) {
    console.error(
      `no case is named ${unknown.join(', ')}; there are:\n  ${cases.map(({ name }) => name).join('\n  ')}`,
    );
    return 2;
  }
  if (rest.clock) return runStudy(clock, { ...rest, json });
  if (rest.grammar) return runStudy(grammar, { ...rest, json });
  if (rest.growth) return runStudy(growth, { ...rest, json });
  if (rest.eviction) return runStudy(eviction, { ...rest, json });
  if (rest.warm) {
    const [table, problems] = await warm(rest.case);
    console.log(table);
    for (const problem of problems) console.error(problem);
    return problems.length > 0 ? 1 : 0;
  }
  if (rest['end-to-end']) {
    console.log(await endToEnd(rest.case));
    return 0;
  }
  if (rest.jobs) {
    console.log(await jobs(rest.case));
    return 0;
  }
  const names = model ? [basename(model)] : (rest.case ?? (quick ? quickCases : cases.map(({ name }) => name)));
  if (rest.saved) {
    printTable(names.map(committed).filter((measurement) => measurement !== undefined));
    return 0;
  }
  if (quick && (model || rest.save || names.some((name) => !cases.find((one) => one.name === name)?.quick))) {
    console.error(`--quick is for ${quickCases.join(', ')}, and measures too little of them to be kept`);
    return 2;
  }
  const measurements: PartialMeasurement[] = [];
  const problems: string[] = [];
  for (const name of names) {
    try {
      if (model) await examineModel(model, SHORT_CONTEXT);
      if (!json) console.error(`measuring ${name} ...`);
      const measurement = await inProcess(name, { model, quick, wall: !noWall && !quick });
      measurements.push(measurement);
      if (rest.check) problems.push(...check(measurement, { partial: quick }), ...disagreements(measurement));
      if (rest.check && quick) console.error(`${name}: targets checked: ${checkedTargets(measurement).join(', ')}`);
      const busy = measurement.wall && whyNotKept(measurement.wall.machine);
      if (busy && rest.save) problems.push(`${name}: the speeds are not saved: ${busy}`);
      const { wall: _, ...counts } = measurement;
      if (rest.save && !model) save((busy ? counts : measurement) as Measurement);
    } catch (error) {
      if (!(error instanceof Unmeasurable)) throw error;
      problems.push(error.message);
    }
  }
  if (json) console.log(JSON.stringify(measurements, null, 2));
  else if (measurements.length > 0) printTable(measurements);
  for (const problem of problems) console.error(problem);
  return problems.length > 0 ? 1 : 0;
}
