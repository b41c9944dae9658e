import type { Command } from 'commander';
import { parseAmount, parseWhole } from '../amounts.js';
import type { Context } from '../context.js';
import { type Fit, fitOf } from '../inspect/fit.js';
import { costsOf, describeCosts } from '../inspect/money.js';
import { describeFit } from '../inspect/report.js';
import { modelPath } from '../models/local.js';
import { llamaWasm } from '../packages.js';
import type { Run } from '../run.js';
import { survey } from './inspect.js';

export interface FitFlags {
  ctxSize?: string;
  xdrUsd?: string;
}

const MAX_CONTEXT = 2 ** 20;

/** Dollars for an XDR, where they are given. */
export const xdrUsdOf = ({ xdrUsd }: FitFlags) =>
  xdrUsd === undefined ? undefined : parseAmount(xdrUsd, '--xdr-usd', 'dollars for an XDR, such as 1.37');

/** A model's needs, and the bytes of its files and of the program that runs it. */
export async function needsOf(
  context: Context,
  model: string,
  flags: FitFlags,
): Promise<{ fit: Fit; fileBytes: number; programBytes: number }> {
  const ctxSize = flags.ctxSize === undefined ? 0 : parseWhole(flags.ctxSize, '--ctx-size', 8, MAX_CONTEXT);
  const said = await survey(modelPath(context, model), ctxSize);
  return { fit: fitOf(said), fileBytes: said.fileBytes, programBytes: llamaWasm().length };
}

async function fit(context: Context, model: string, flags: FitFlags): Promise<void> {
  const { output } = context;
  const xdrUsd = xdrUsdOf(flags);
  const { fit: needs, fileBytes, programBytes } = await needsOf(context, model, flags);
  if (!needs.runs) return output.result(needs, describeFit(needs));
  const subnets = costsOf(needs, fileBytes, programBytes, xdrUsd);
  output.result({ ...needs, subnets }, `${describeFit(needs)}\n\n${describeCosts(subnets, xdrUsd)}`);
}

/** Adds the options of `fit`, which `plan` has, too. */
export function addFitFlags(command: Command): Command {
  return command
    .option('-c, --ctx-size <tokens>', 'most tokens of a session (default: that of load_model)')
    .option('--xdr-usd <price>', 'dollars for one XDR (a trillion cycles); adds prices in dollars');
}

export function fitCommand(program: Command, run: Run): void {
  const command = program
    .command('fit')
    .description('compute what a model needs in a canister and what that costs, before anything is uploaded')
    .argument('<file>', 'the model, the first part of a split model, or the name of a pulled model');
  addFitFlags(command)
    .addHelpText(
      'after',
      `
Heap and context are those that load_model computes. Instructions and cycles are estimates from the model's shape. Compared
with measurements of models with true shapes, they were within a tenth for a generated token, and within a sixth for a prompt token
and for loading. Prices are those of a subnet of 13 nodes, of the fiduciary subnet (34), and of a cloud engine, where cycles are
free; "to begin with" is what deploy --for gives a new canister.

Examples:
  llama-canister fit qwen2.5-0.5b-instruct-q8_0.gguf --ctx-size 8192
  llama-canister fit qwen2.5-0.5b-instruct-q8_0.gguf --xdr-usd 1.37`,
    )
    .action(run(fit));
}
