import { checkGguf, LlamaError, readGgufHeader } from '@llama-canister/client';
import { openFile } from '@llama-canister/client/node';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { fitOf } from '../inspect/fit.js';
import { modelFiles } from '../inspect/model-files.js';
import { describeSurvey } from '../inspect/report.js';
import { type Survey, surveyModel } from '../inspect/survey.js';
import { modelPath } from '../models/local.js';
import type { Run } from '../run.js';

/**
 * What the engine says about a model. Of what is no whole GGUF file there is nothing to say: the errors are those of
 * `upload`.
 */
export async function survey(path: string, context = 0): Promise<Survey> {
  const files = modelFiles(path);
  const source = await openFile(files[0]!);
  try {
    // Parts of a split model are complete only together.
    if (files.length === 1) await checkGguf(source);
    else await readGgufHeader(source);
  } finally {
    await source.close();
  }
  return surveyModel(path, context);
}

async function inspect(context: Context, model: string): Promise<void> {
  const { output } = context;
  const said = await survey(modelPath(context, model));
  output.result(said, describeSurvey(said));
}

/**
 * Refuses a file that no canister could run, before any of it is sent or paid for. Errors: `CANNOT_RUN`.
 * @param next  how to do it all the same
 */
export function refuseUnlessRuns(path: string, next: string): void {
  const { runs, reason } = fitOf(surveyModel(path));
  if (runs) return;
  throw new LlamaError('input', 'CANNOT_RUN', `no canister could run ${path}: ${reason}`, { value: path, next });
}

export function inspectCommand(program: Command, run: Run): void {
  program
    .command('inspect')
    .description('describe a GGUF file, and say whether a canister can run it')
    .argument('<file>', 'the model, the first part of a split model, or the name of a pulled model')
    .action(run(inspect));
}
