/**
 * npm run bench [-- --json] [-- --case NAME]... [-- --model FILE] [-- --quick] [-- --no-wall] [-- --save] [-- --check] [-- --saved]
 *               [-- --pruning] [-- --sampling]
 *
 * Measures the cases of cases.ts, or a GGUF file; `--saved` prints what is in bench/results, `--pruning` a study of the
 * output matrix (pruning.ts), `--sampling` what samplers cost (sampling.ts). Each case runs in a process of its own, which gives its memory back.
 */
import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cases } from './cases.js';
import { type Measurement, measureCase, measureFile } from './measure.js';
import { pruning } from './pruning.js';
import { printTable } from './report.js';
import { check, committed, save } from './results.js';
import { sampling } from './sampling.js';

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
      worker: flag,
      'no-wall': flag,
      help: { type: 'boolean', short: 'h' },
      case: { type: 'string', multiple: true },
      model: { type: 'string' },
    },
  });
  return values;
}

const USAGE = `npm run bench -- [options]

  --case NAME     one case, may be given several times: ${cases.map(({ name }) => name).join(', ')}
  --model FILE    a GGUF file of your own
  --quick         the cases that \`npm test\` measures
  --json          JSON on stdout
  --no-wall       instructions only, not the clock
  --save          keep the results in bench/results
  --check         compare with the kept results and the targets: exit code 1 where one is worse
  --saved         print the kept results, measure nothing
  --pruning       what leaving out rows of the output matrix could save
  --sampling      what samplers cost over whole vocabularies`;

async function worker(name: string, model: string | undefined, wall: boolean): Promise<void> {
  const found = cases.find((one) => one.name === name);
  process.send!(model ? await measureFile(name, model, { wall }) : await measureCase(found!, { wall }));
}

/** Measures one case in a process of its own. */
export function inProcess(name: string, model: string | undefined, wall: boolean): Promise<Measurement> {
  const run = fileURLToPath(new URL('./run.mjs', import.meta.url));
  const args = [run, '--worker', '--case', name, ...(model ? ['--model', model] : []), ...(wall ? [] : ['--no-wall'])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    let measurement: Measurement | undefined;
    child.on('message', (message) => {
      measurement = message as Measurement;
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (measurement && code === 0) resolve(measurement);
      else reject(new Error(`measuring ${name} ended with ${signal ?? `exit code ${code}`}`));
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
    await worker(rest.case![0]!, model, !noWall);
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
  const unknown = (rest.case ?? []).filter((name) => !cases.some((one) => one.name === name));
  if (unknown.length > 0) {
    console.error(
      `no case is named ${unknown.join(', ')}; there are:\n  ${cases.map(({ name }) => name).join('\n  ')}`,
    );
    return 2;
  }
  const names = model
    ? [basename(model)]
    : (rest.case ?? cases.filter((one) => one.quick || !quick).map(({ name }) => name));
  if (rest.saved) {
    printTable(names.map(committed).filter((measurement) => measurement !== undefined));
    return 0;
  }
  const measurements: Measurement[] = [];
  const problems: string[] = [];
  for (const name of names) {
    if (!json) console.error(`measuring ${name} ...`);
    const measurement = await inProcess(name, model, !noWall && !quick);
    measurements.push(measurement);
    problems.push(...(rest.check ? check(measurement) : []));
    if (rest.save && !model) save(measurement);
  }
  if (json) console.log(JSON.stringify(measurements, null, 2));
  else printTable(measurements);
  for (const problem of problems) console.error(problem);
  return problems.length > 0 ? 1 : 0;
}
