import { expect, test } from 'vitest';
import type { Fit } from './fit.js';
import { costsOf, describeCosts } from './money.js';
import { describePlan, planOf } from './plan.js';

const cost = (position: number, token: number, tokensPerUpdate: number) => ({
  position,
  token,
  promptToken: token / 2,
  pages: 1_000_000_000,
  tokensPerUpdate,
  tokensPerQuery: 1,
  cyclesPer1000Tokens: 1000 * token + 40_000_000,
});
/** Of a GiB in all, without the program. */
const fit: Fit = {
  runs: true,
  reason: '',
  heapBytes: 2 ** 29,
  stableBytes: 2 ** 29,
  uploadCycles: 1_000_000_000_000n,
  loadCycles: 10_000_000_000n,
  costs: [cost(128, 300_000_000, 130), cost(1024, 400_000_000, 97)],
};
const of = { fileBytes: 2 ** 29, programBytes: 0, xdrUsd: 2 };
const demand = { users: 10, tokens: 400, promptTokens: 400, answerTokens: 200, position: 576, hours: 10, speed: 2e9 };

test('costs by subnet: in proportion to the nodes, and none on a cloud engine', () => {
  const [usual, fiduciary, engine] = costsOf(fit, 2 ** 29, 0, 2);
  expect(usual).toMatchObject({
    nodes: 13,
    creation: { cycles: 500_000_000_000n, usd: 1 },
    upload: { cycles: 1_000_000_000_000n, usd: 2 },
    // 317,500 for the GiB and 10,000 for the canister, a second.
    storageMonth: { cycles: 327_500n * 2_592_000n },
  });
  expect(usual!.tokens1000).toMatchObject([{ position: 128, cycles: 300_040_000_000n }, { position: 1024 }]);
  expect(fiduciary).toMatchObject({ nodes: 34, creation: { cycles: 1_307_692_307_692n } });
  expect(engine).toMatchObject({ nodes: 0, creation: { cycles: 0n, usd: 0 }, toBegin: { cycles: 0n } });
  expect(describeCosts(costsOf(fit, 1, 0, 2), 2)).toMatch(/^upload +1\.00 T \(\$2\.00\) +2\.62 T \(\$5\.23\) +free$/m);
  expect(describeCosts(costsOf(fit, 1, 0, undefined), undefined)).toMatch(/^upload +1\.00 T +2\.62 T +free$/m);
});

test('a plan: messages, instructions, canisters and cycles of a day', () => {
  const plan = planOf(fit, demand, of);
  // Between the two positions a token takes 350 M, one of a prompt 175 M.
  const work = 4000 * 350e6 + 4000 * 175e6;
  // An answer takes 105 B: three messages, each of which touches the model once.
  expect(plan).toMatchObject({ answersDay: 20, messagesDay: 60, instructionsDay: work + 60e9 });
  expect(plan.canisters).toBe(1);
  expect(plan.messagesPerSecond).toBeCloseTo(60 / 36_000);
  const storage = 327_500n * 86_400n;
  const answers = BigInt(work + 60e9) + 60n * 6_200_000n;
  expect(plan.costs[0]!.day.cycles).toBe(answers + storage);
  expect(plan.costs[0]!.month.cycles).toBe(30n * (answers + storage));
  expect(plan.costs[1]!.day.cycles).toBe(((answers + storage) * 34n) / 13n);
  expect(plan.costs[2]!.month).toEqual({ cycles: 0n, usd: 0 });
});

test('more users need more canisters, and more than four of them more subnets', () => {
  const plan = planOf(fit, { ...demand, users: 1_000_000, hours: 24 }, of);
  expect(plan.canisters).toBe(Math.ceil(plan.instructionsDay / (2e9 * 86_400)));
  expect(plan.subnets).toBe(Math.ceil(plan.canisters / 4));
  expect(describePlan(plan, 2)).toContain(`${plan.canisters}, on ${plan.subnets} subnets or more`);
});
