// What a number of users costs, and how many canisters they need, by the numbers of `fit`.
import { cyclesOn, idleCycles } from '@llama-canister/client';
import { formatCycles } from '../amounts.js';
import { facts, table } from '../table.js';
import { type Fit, MESSAGE_CYCLES, UPDATE_CALL } from './fit.js';
import {
  cyclesToBegin,
  formatPrice,
  memoryOf,
  nameOfSubnet,
  type Price,
  priceOf,
  priceRemark,
  SUBNETS,
} from './money.js';
import type { CostAt } from './survey.js';

const DAY_SECONDS = 86_400;
const MONTH_DAYS = 30n;

/** Threads of a subnet that execute updates, which all its canisters share. Source: developer-docs, "Resource limits". */
const SUBNET_THREADS = 4;

/** Instructions that a canister executes in a second: one slice a round. Source: developer-docs, "Resource limits". */
export const CANISTER_SPEED = 2_000_000_000;

export interface Demand {
  users: number;
  /** Of each user in a day: generated tokens, and tokens of prompts that are evaluated. */
  tokens: number;
  promptTokens: number;
  /** Generated tokens of an answer. */
  answerTokens: number;
  /** How far in its session a token is on the average. */
  position: number;
  /** Hours of a day in which the users come, all alike. */
  hours: number;
  /** Instructions of a canister in a second. */
  speed: number;
}

interface PlanOnSubnet {
  nodes: number;
  /** What the answers of a day cost. */
  answers: Price;
  /** With the storage of all canisters. */
  day: Price;
  /** 30 days. */
  month: Price;
  /** What the canisters are given before the first answer. */
  toBegin: Price;
}

export interface Plan extends Demand {
  tokensPerUpdate: number;
  /** Of all users in a day. */
  tokensDay: number;
  promptTokensDay: number;
  answersDay: number;
  messagesDay: number;
  instructionsDay: number;
  /** While users come. */
  messagesPerSecond: number;
  /** Messages that one canister executes in a second. */
  messagesPerSecondOfCanister: number;
  tokensPerSecondOfCanister: number;
  canisters: number;
  /** Subnets whose threads suffice for them. */
  subnets: number;
  costs: PlanOnSubnet[];
}

/** The costs at a position, between those that the survey has. */
function costAt(costs: readonly CostAt[], position: number): CostAt {
  const above = costs.findIndex((cost) => cost.position >= position);
  if (above <= 0) return { ...costs.at(above)!, position };
  const [low, high] = [costs[above - 1]!, costs[above]!];
  const share = (position - low.position) / (high.position - low.position);
  const between = (of: (cost: CostAt) => number) => Math.round(of(low) + share * (of(high) - of(low)));
  return {
    position,
    token: between((cost) => cost.token),
    promptToken: between((cost) => cost.promptToken),
    pages: between((cost) => cost.pages),
    tokensPerUpdate: between((cost) => cost.tokensPerUpdate),
    tokensPerQuery: between((cost) => cost.tokensPerQuery),
  };
}

export function planOf(
  fit: Fit,
  demand: Demand,
  { fileBytes, programBytes, xdrUsd }: { fileBytes: number; programBytes: number; xdrUsd: number | undefined },
): Plan {
  const { users, tokens, promptTokens, answerTokens, hours, speed } = demand;
  const { token, promptToken, pages, tokensPerUpdate } = costAt(fit.costs, demand.position);
  const [tokensDay, promptTokensDay] = [users * tokens, users * promptTokens];
  const work = tokensDay * token + promptTokensDay * promptToken;
  // Each answer has messages of its own; each message touches the model's pages, and has the rest for tokens.
  const answersDay = users * Math.ceil(tokens / answerTokens);
  const messagesDay = answersDay * Math.ceil(work / answersDay / (UPDATE_CALL - pages));
  const instructionsDay = work + messagesDay * pages;
  const seconds = hours * 3600;
  const canisters = Math.max(1, Math.ceil(instructionsDay / (speed * seconds)));
  const spent = BigInt(Math.round(instructionsDay)) + BigInt(messagesDay) * BigInt(MESSAGE_CYCLES);
  const storage = BigInt(canisters) * idleCycles(memoryOf(fit, programBytes), BigInt(DAY_SECONDS));
  return {
    ...demand,
    tokensPerUpdate,
    tokensDay,
    promptTokensDay,
    answersDay,
    messagesDay,
    instructionsDay: Math.round(instructionsDay),
    messagesPerSecond: messagesDay / seconds,
    messagesPerSecondOfCanister: speed / (instructionsDay / messagesDay),
    tokensPerSecondOfCanister: speed / (token + pages / tokensPerUpdate),
    canisters,
    subnets: Math.ceil(canisters / SUBNET_THREADS),
    costs: SUBNETS.map((nodes) => {
      const price = (cycles: bigint) => priceOf(cyclesOn(nodes, cycles), xdrUsd);
      return {
        nodes,
        answers: price(spent),
        day: price(spent + storage),
        month: price(MONTH_DAYS * (spent + storage)),
        toBegin: price(BigInt(canisters) * cyclesToBegin(fileBytes)),
      };
    }),
  };
}

const perSecond = (number: number) => `${number < 10 ? Number(number.toPrecision(2)) : Math.round(number)}`;
const count = (number: number) => Math.round(number).toLocaleString('en');

/** The plan, for people. */
export function describePlan(plan: Plan, xdrUsd: number | undefined): string {
  const row = (label: string, of: (cost: PlanOnSubnet) => Price) => [
    label,
    ...plan.costs.map((cost) => formatPrice(of(cost))),
  ];
  const needs = facts([
    ['tokens a day', `${count(plan.tokensDay)} generated, ${count(plan.promptTokensDay)} of prompts`],
    [
      'messages a day',
      `${count(plan.messagesDay)} for ${count(plan.answersDay)} answers; a message has room for ${count(plan.tokensPerUpdate)} tokens`,
    ],
    ['instructions', `${formatCycles(BigInt(plan.instructionsDay))} a day`],
    [
      'messages a second',
      `${perSecond(plan.messagesPerSecond)} in ${plan.hours} hours of the day; a canister executes ${perSecond(plan.messagesPerSecondOfCanister)}`,
    ],
    [
      'a canister writes',
      `${perSecond(plan.tokensPerSecondOfCanister)} tokens a second at ${formatCycles(BigInt(plan.speed))} instructions a second`,
    ],
    [
      'canisters',
      `${plan.canisters}${plan.subnets > 1 ? `, on ${plan.subnets} subnets or more: a subnet has ${SUBNET_THREADS} threads for updates` : ''}`,
    ],
  ]);
  const prices = table(
    ['CYCLES', ...plan.costs.map(({ nodes }) => nameOfSubnet(nodes))],
    [
      row('answers of a day', ({ answers }) => answers),
      row('a day, with storage', ({ day }) => day),
      row('30 days', ({ month }) => month),
      row('to begin with', ({ toBegin }) => toBegin),
    ],
  );
  return `${needs}\n\n${prices}\n${priceRemark(xdrUsd)}`;
}
