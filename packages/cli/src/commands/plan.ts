import { LlamaError } from '@llama-canister/client';
import type { Command } from 'commander';
import { parseAmount, parseCycles, parseWhole } from '../amounts.js';
import type { Context } from '../context.js';
import { CANISTER_SPEED, describePlan, planOf } from '../inspect/plan.js';
import type { Run } from '../run.js';
import { shellWord } from '../shell-word.js';
import { addFitFlags, type FitFlags, needsOf, xdrUsdOf } from './fit.js';

interface PlanFlags extends FitFlags {
  users: string;
  tokens: string;
  promptTokens?: string;
  answerTokens: string;
  at: string;
  hours: string;
  speed: string;
}

const MANY = 1_000_000_000;

async function plan(context: Context, model: string, flags: PlanFlags): Promise<void> {
  const xdrUsd = xdrUsdOf(flags);
  const tokens = parseWhole(flags.tokens, '--tokens', 1, MANY);
  const demand = {
    users: parseWhole(flags.users, '--users', 1, MANY),
    tokens,
    promptTokens:
      flags.promptTokens === undefined ? tokens : parseWhole(flags.promptTokens, '--prompt-tokens', 0, MANY),
    answerTokens: parseWhole(flags.answerTokens, '--answer-tokens', 1, MANY),
    position: parseWhole(flags.at, '--at', 1, 2 ** 20),
    hours: parseAmount(flags.hours, '--hours', 'hours of a day, such as 8', 24),
    speed: Number(parseCycles(flags.speed)),
  };
  if (demand.speed < 1_000_000) {
    throw new LlamaError('input', 'BAD_SPEED', `a canister executes more than ${flags.speed} instructions a second`, {
      value: flags.speed,
      next: 'Give the number with --speed, such as 2B.',
    });
  }
  const needs = await needsOf(context, model, flags);
  if (!needs.fit.runs) {
    throw new LlamaError('input', 'CANNOT_RUN', `no canister could run ${model}: ${needs.fit.reason}`, {
      value: model,
      next: `Look at it: \`llama-canister fit ${shellWord(model)}\``,
    });
  }
  const planned = planOf(needs.fit, demand, { ...needs, xdrUsd });
  context.output.result(planned, describePlan(planned, xdrUsd));
}

export function planCommand(program: Command, run: Run): void {
  const command = program
    .command('plan')
    .description('compute what a number of users costs, and how many canisters they need')
    .argument('<file>', 'the model, the first part of a split model, or the name of a pulled model')
    .requiredOption('--users <n>', 'users per day')
    .requiredOption('--tokens <n>', 'generated tokens for each of them per day')
    .option('--prompt-tokens <n>', 'evaluated prompt tokens for each of them per day (default: the same number)')
    .option('--answer-tokens <n>', 'tokens of an answer; each answer has messages of its own', '200')
    .option('--at <position>', 'average position of a token in its session', '512')
    .option('--hours <n>', 'hours of the day that the users are spread over', '8')
    .option('--speed <instructions>', 'instructions that a canister executes in a second', `${CANISTER_SPEED / 1e9}B`);
  addFitFlags(command)
    .addHelpText(
      'after',
      `
The numbers are those of fit. A canister executes one message after the other, at best 2 B instructions a second, and fewer if
other canisters of its subnet are busy. Keys and values of sessions that come back are taken as stored; tokens that are evaluated
again count as prompt tokens.

Examples:
  llama-canister plan qwen2.5-0.5b-instruct-q8_0.gguf --users 1000 --tokens 2000
  llama-canister plan qwen2.5-0.5b-instruct-q8_0.gguf --users 50 --tokens 500 --hours 24 --xdr-usd 1.37 --json`,
    )
    .action(run(plan));
}
