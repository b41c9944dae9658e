/** How likely tokens were: against llama.cpp's numbers for the same model, and against all logits. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { Engine } from './engine.js';
import { type Event, Generations } from './generations.js';
import { Llama, person } from './llama.js';
import { certainTokens, NOISE, tinyChatCases, tinyChatPath } from './tiny-chat.js';

const model = readFileSync(tinyChatPath('tiny-chat-q8_0'));
let llama: Llama;
let mine: Generations;
beforeAll(async () => {
  llama = await Llama.install();
  llama.load('m', model, '-c', '512');
  llama.letEveryoneIn();
  mine = new Generations(llama, person(1));
});

const tokensOf = (events: Event[]) => events.flatMap(({ content }) => ('token' in content ? [content.token] : []));

const answer = tinyChatCases.get('tiny-chat-q8_0-canister')!;
const { text: prompt } = answer;

it('is llama.cpp’s for the drawn token and for the others', () => {
  const { id } = mine.finish({ prompt, logprobs: 5 }).status;
  const tokens = tokensOf(mine.poll(id).events);
  expect(tokens.length).toBe(answer.greedy.length);
  expect(certainTokens(answer)).toBe(answer.greedy.length);
  for (const [i, token] of tokens.entries()) {
    const { lse, top5 } = answer.steps[i]!;
    expect(token.alternatives.length).toBe(5);
    expect(token.alternatives[0]).toEqual({ bytes: token.bytes, logprob: token.logprob });
    for (const [k, [, logit]] of top5.entries()) {
      const theirs = Math.exp(logit - lse);
      expect(Math.abs(Math.exp(token.alternatives[k]!.logprob) - theirs)).toBeLessThan(NOISE);
    }
    const falling = token.alternatives.map(({ logprob }) => logprob);
    expect(falling).toEqual([...falling].sort((a, b) => b - a));
  }
  const bytes = Buffer.concat(tokens.slice(0, -1).map((token) => Buffer.from(token.bytes)));
  expect(bytes.toString()).toBe(answer.answer);
  expect(Buffer.from(tokens.at(-1)!.bytes).toString()).toBe('<|im_end|>');
});

it('is the softmax of all logits, also for a token that a grammar or a sampler has drawn', async () => {
  const engine = await Engine.load(model);
  const logits = engine.logits(engine.sequence(answer.prompt));
  const most = Math.max(...logits);
  const sum = Math.log(logits.reduce((all, logit) => all + Math.exp(logit - most), 0)) + most;
  const order = [...logits.keys()].sort((a, b) => logits[b]! - logits[a]! || a - b);
  const asks = [
    {},
    { response_format: { gbnf: 'root ::= "zebra"' } },
    { sampling: ['--temp', '9', '--top-k', '0'], seed: 4 },
  ];
  const drawn = asks.map((asked) => {
    const { id } = mine.finish({ prompt, logprobs: 20, max_tokens: 1, ...asked }).status;
    const [token] = tokensOf(mine.poll(id).events);
    for (const [k, other] of token!.alternatives.entries()) {
      expect(other.logprob).toBeCloseTo(logits[order[k]!]! - sum, 4);
    }
    return token!;
  });
  expect(drawn[1]!.logprob).toBeLessThan(drawn[0]!.logprob - 1);
  expect(Buffer.from(drawn[1]!.bytes).toString()).toMatch(/^z/);
  const none = mine.finish({ prompt, logprobs: 0, max_tokens: 1 }).status;
  expect(tokensOf(mine.poll(none.id).events)).toEqual([{ ...drawn[0]!, alternatives: [] }]);
});
