import type { Command } from 'commander';
import { parseWhole } from '../amounts.js';
import type { Context } from '../context.js';
import { fitOf } from '../inspect/fit.js';
import { describeFit, describeSurvey } from '../inspect/report.js';
import { surveyModel } from '../inspect/survey.js';
import type { Run } from '../program.js';

interface InspectFlags {
  ctxSize?: string;
}

const MAX_CONTEXT = 2 ** 20;

function contextOf(flags: InspectFlags): number {
  return flags.ctxSize === undefined ? 0 : parseWhole(flags.ctxSize, '--ctx-size', 8, MAX_CONTEXT);
}

async function inspect({ output }: Context, path: string): Promise<void> {
  const survey = surveyModel(path);
  output.result(survey, describeSurvey(survey));
}

async function fit({ output }: Context, path: string, flags: InspectFlags): Promise<void> {
  const result = fitOf(surveyModel(path, contextOf(flags)));
  output.result(result, describeFit(result));
}

/** Warns of a file that no canister could run, before any of it is sent. */
export function warnUnlessRuns({ output }: Context, path: string): void {
  const { runs, reason } = fitOf(surveyModel(path));
  if (runs) return;
  output.note(`${output.errorColors.yellow('Warning:')} no canister could run ${path}: ${reason}`);
}

export function inspectCommand(program: Command, run: Run): void {
  program
    .command('inspect')
    .description('say what a GGUF file is, and whether it can be run')
    .argument('<file>', 'the model, or the first part of a split one')
    .action(run(inspect));
}

export function fitCommand(program: Command, run: Run): void {
  program
    .command('fit')
    .description('say what a GGUF file takes of a canister, before anything is uploaded')
    .argument('<file>', 'the model, or the first part of a split one')
    .option('-c, --ctx-size <tokens>', 'most tokens of a session (default: as load_model takes it)')
    .addHelpText(
      'after',
      `
Heap and context are those that load_model computes. Instructions and cycles are estimates from the model's shape: for
models of true shapes those of a generated token were within a tenth of what was measured, of a prompt's and of loading
within a sixth.

Example:
  llama-canister fit qwen2.5-0.5b-instruct-q8_0.gguf --ctx-size 8192`,
    )
    .action(run(fit));
}
