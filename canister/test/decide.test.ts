/**
 * Decisions: the probabilities of labels are compared with llama.cpp's, and with what the engine computes token by
 * token.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isFull } from '../../test/full.js';
import { type AskedDecision, choice, type Decision, Decisions, score, yesNo } from './decisions.js';
import { Engine } from './engine.js';
import { Generations, setLimits } from './generations.js';
import { Llama, owner, person } from './llama.js';
import { tinyChatCases, tinyChatPath } from './tiny-chat.js';
import { tinyModel } from './tiny-model.js';

const model = readFileSync(tinyChatPath('tiny-chat-q8_0'));
let llama: Llama;
let engine: Engine;
let mine: Decisions;
beforeAll(async () => {
  llama = await Llama.install();
  llama.load('m', model, '-c', '512');
  llama.letEveryoneIn();
  engine = await Engine.load(model, 512);
  mine = new Decisions(llama, person(1));
});
beforeEach(() => {
  llama.budget(0);
  setLimits(llama);
});

const logSum = (values: Iterable<number>) => Math.log([...values].reduce((sum, x) => sum + Math.exp(x), 0));
const user = (content: string) => [{ role: 'user', content }];
const question = user('What is a canister?');

/** Natural logarithms of the probabilities of all tokens that may follow these. */
function logProbabilities(tokens: readonly number[]): Float64Array {
  const sequence = engine.sequence(tokens);
  const logits = engine.logits(sequence);
  engine.wasm.closeSequence(sequence);
  const all = logSum(logits);
  return Float64Array.from(logits, (logit) => logit - all);
}

/** The scores by definition: products of conditional probabilities, minus the part that goes on to a longer label. */
function scoresOf(prompt: readonly number[], labels: readonly string[]): number[] {
  const tokens = labels.map((label) => engine.tokenize(label, false));
  return tokens.map((own) => {
    const path = own.reduce((sum, token, i) => sum + logProbabilities([...prompt, ...own.slice(0, i)])[token]!, 0);
    const longer = tokens.filter((other) => other.length > own.length && own.every((token, i) => token === other[i]));
    if (longer.length === 0) return path;
    const next = logProbabilities([...prompt, ...own]);
    const onward = [...new Set(longer.map((other) => other[own.length]!))];
    return path + Math.log(1 - onward.reduce((sum, token) => sum + Math.exp(next[token]!), 0));
  });
}

function expectScores({ answers }: Decision, number: number, scores: readonly number[], digits = 4): void {
  const { options, log_coverage } = answers[number]!;
  const all = logSum(scores);
  expect(log_coverage).toBeCloseTo(all, digits);
  for (const [i, { log_probability, probability }] of options.entries()) {
    expect(log_probability).toBeCloseTo(scores[i]! - all, digits);
    expect(probability).toBeCloseTo(Math.exp(log_probability), 12);
  }
}

describe('probabilities', () => {
  it('of labels of one token are llama.cpp’s', () => {
    const { text, prompt, f32_first_step_logits: logits } = tinyChatCases.get('tiny-chat-q8_0-plain')!;
    const best = [...logits.keys()].sort((a, b) => logits[b]! - logits[a]!);
    const labels = new Map<string, number>();
    for (const token of best.slice(0, 60)) {
      const label = engine.detokenize([token]);
      if (engine.tokenize(label, false).join() === String(token)) labels.set(label, token);
    }
    expect(labels.size).toBeGreaterThan(20);
    const all = logSum(logits);
    const decision = mine.decide({ prompt: text, questions: [choice('', ...labels.keys())] });
    expect(decision.status).toMatchObject({ state: { done: { end: null } }, prompt_tokens: prompt.length });
    expectScores(
      decision,
      0,
      [...labels.values()].map((token) => logits[token]! - all),
      1,
    );
    for (const [i, token] of [...labels.values()].entries()) {
      const { options, log_coverage } = decision.answers[0]!;
      expect(Math.abs(options[i]!.log_probability + log_coverage - (logits[token]! - all))).toBeLessThan(0.05);
    }
  });

  it('of labels of several tokens are products of llama.cpp’s', () => {
    let compared = 0;
    for (const [name, { prompt, text, greedy, f32_steps }] of tinyChatCases) {
      if (!name.startsWith('tiny-chat-q8_0-')) continue;
      for (const count of isFull ? [2, 3, 5, 8, 13] : [2, 8]) {
        const label = engine.detokenize(greedy.slice(0, count));
        if (engine.tokenize(label, false).join() !== greedy.slice(0, count).join()) continue;
        if (engine.tokenize(text, true, true).join() !== prompt.join()) continue;
        const steps = f32_steps.slice(0, count);
        const expected = steps.reduce((sum, { top5, lse }, i) => {
          const found = top5.find(([token]) => token === greedy[i]);
          return sum + found![1] - lse;
        }, 0);
        const { answers } = mine.decide({ prompt: text, questions: [choice('', label, 'Zebra')] });
        const { options, log_coverage } = answers[0]!;
        expect(Math.abs(options[0]!.log_probability + log_coverage - expected)).toBeLessThan(0.02 * count + 0.03);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(isFull ? 10 : 3);
  });

  it('match their definition, also if a label begins another', () => {
    const prompt = 'The number of the day is ';
    const tokens = engine.tokenize(prompt, true, true);
    const numbers = Array.from({ length: 25 }, (_, i) => String(i - 3));
    const labels = ['a', 'ab', 'abc', 'a fox', 'a fox and a', 'the', 'The', 'é', '日本'];
    const decision = mine.decide({ prompt, questions: [choice('', ...labels), score('', -3, 21), yesNo('')] });
    expectScores(decision, 0, scoresOf(tokens, labels));
    expectScores(decision, 1, scoresOf(tokens, numbers));
    expectScores(decision, 2, scoresOf(tokens, ['yes', 'no']));
    const { options, expected } = decision.answers[1]!;
    expect(options.map(({ label }) => label)).toEqual(numbers);
    expect(expected[0]).toBeCloseTo(
      options.reduce((sum, { label, probability }) => sum + Number(label) * probability, 0),
      9,
    );
    for (const { options, log_coverage } of decision.answers) {
      expect(options.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
      expect(log_coverage).toBeLessThanOrEqual(1e-6);
    }
    expect(decision.answers.map(({ expected }) => expected.length)).toEqual([0, 1, 0]);
  });

  it('do not depend on the order of labels or questions', () => {
    const labels = ['a', 'ab', 'abc', 'the fox', 'the', 'no'];
    const forward = mine.decide({ prompt: 'I saw ', questions: [choice('', ...labels), yesNo('x')] });
    const backward = mine.decide({ prompt: 'I saw ', questions: [yesNo('x'), choice('', ...labels.reverse())] });
    expect([...backward.answers[1]!.options].reverse()).toEqual(
      forward.answers[0]!.options.map((option) => ({
        ...option,
        log_probability: expect.closeTo(option.log_probability, 12),
        probability: expect.closeTo(option.probability, 12),
      })),
    );
    expect(backward.answers[0]).toEqual(forward.answers[1]);
  });
});

describe('a question after messages', () => {
  const chatML = (content: string) => `<|im_start|>user\n${content}<|im_end|>\n<|im_start|>assistant\n`;

  it('is written by the chat template with its options, at the end of the user’s message', () => {
    const questions = [choice('Which?', 'red', 'blue'), score('How many?', 1, 9), yesNo('Is it?')];
    const asked = mine.decide({ prompt: user('Look.'), questions });
    const texts = [
      'Look.\n\nWhich?\n\nAnswer with one of these, and with nothing else:\n- red\n- blue',
      'Look.\n\nHow many?\n\nAnswer with a whole number from 1 to 9, and with nothing else.',
      'Look.\n\nIs it?\n\nAnswer with yes or no, and with nothing else.',
    ];
    const numbers = Array.from({ length: 9 }, (_, i) => String(i + 1));
    for (const [i, labels] of [['red', 'blue'], numbers, ['yes', 'no']].entries()) {
      expectScores(asked, i, scoresOf(engine.tokenize(chatML(texts[i]!), true, true), labels));
    }
    const behind = mine.decide({
      prompt: [...user('Look.'), { role: 'assistant', content: 'I do.' }],
      questions: [questions[2]!],
    });
    const turns = `<|im_start|>user\nLook.<|im_end|>\n<|im_start|>assistant\nI do.<|im_end|>\n${chatML(
      'Is it?\n\nAnswer with yes or no, and with nothing else.',
    )}`;
    expectScores(behind, 0, scoresOf(engine.tokenize(turns, true, true), ['yes', 'no']));
  });

  it('shares the evaluation of the messages with the others', () => {
    const long = user(`Here is a story. ${'The fox went to the river and saw a fish. '.repeat(12)}`);
    const fresh = new Decisions(llama, person(50));
    const { status: one } = fresh.decide({ prompt: long, questions: [yesNo('Is there a fox?')] });
    const other = new Decisions(llama, person(51));
    const eight = Array.from({ length: 8 }, (_, i) => yesNo(`Are there ${i} foxes?`));
    const { status: many } = other.decide({ prompt: long, questions: eight });
    expect(many.prompt_tokens).toBeLessThan(2 * one.prompt_tokens);
    expect(many.generated_tokens).toBeGreaterThanOrEqual(8);
    expect(many.instructions).toBeLessThan(3n * one.instructions);
    // What was evaluated before is shared, too, but only for the same caller.
    const again = fresh.decide({ prompt: long, questions: [yesNo('Is there a dog?')] }).status;
    expect(again.cached_tokens).toBeGreaterThan(0.7 * again.prompt_tokens);
    expect(
      new Decisions(llama, person(52)).decide({ prompt: long, questions: [yesNo('A fox?')] }).status,
    ).toMatchObject({ cached_tokens: 0 });
  });
});

describe('a decision', () => {
  const asked: AskedDecision = {
    prompt: question,
    questions: [
      choice('What is it?', 'a program', 'a program on chain', 'a fox', 'a number'),
      score('How sure?', 0, 12),
      yesNo('Really?'),
    ],
  };

  it('is made in one message if it has room, and otherwise in several, with the same bits', () => {
    const whole = mine.begin(asked);
    expect(whole.status.state).toEqual({ done: { end: null } });
    expect(llama.timers()).toBeGreaterThanOrEqual(0);
    const { instructions } = whole.status;
    let most = 0;
    for (const part of isFull ? [3, 9, 27] : [27]) {
      llama.budget(Number(instructions) / part + 40e6);
      const caller = new Decisions(llama, person(60 + part));
      const begun = caller.begin(asked);
      expect(Object.keys(begun.status.state)).not.toEqual(['done']);
      expect(begun.answers.length).toBeLessThan(3);
      let messages = 0;
      for (; llama.isTimerDue && messages < 1000; messages++) {
        llama.timer();
        expect(llama.spent.instructions).toBeLessThanOrEqual(Number(instructions) / part + 40e6);
        const { answers } = caller.poll(begun.status.id);
        expect(answers).toEqual(whole.answers.slice(0, answers.length));
      }
      most = Math.max(most, messages);
      expect(caller.poll(begun.status.id).answers).toEqual(whole.answers);
    }
    expect(most).toBeGreaterThan(8);
  });

  it('goes on after upgrades, evictions and beside other work with the same bits', () => {
    const { answers, status } = mine.begin(asked);
    const short = Number(status.instructions) / 12 + 40e6;
    llama.budget(short);
    const caller = new Decisions(llama, person(70));
    const begun = caller.begin(asked);
    const others = [71, 72].map((n) => new Generations(llama, person(n)));
    const started = others.map((other) => other.start({ prompt: question, max_tokens: 20 }).id);
    let upgrades = 0;
    for (let message = 0; message < 500 && llama.isTimerDue; message++) {
      llama.timer();
      if (message % 5 !== 2 || upgrades > (isFull ? 5 : 2)) continue;
      // The model is loaded again, in messages of its own, and all keys and values are lost.
      llama.upgrade();
      llama.budget(0);
      llama.timer();
      llama.budget(short);
      upgrades++;
    }
    expect(upgrades).toBeGreaterThan(2);
    expect(caller.poll(begun.status.id)).toMatchObject({ answers, status: { state: { done: { end: null } } } });
    for (const [i, id] of started.entries()) expect(others[i]!.poll(id).status.state).toHaveProperty('done');
  });

  it('is numbered, listed, cancelled and forgotten as generations are', () => {
    const caller = new Decisions(llama, person(80));
    const generations = new Generations(llama, person(80));
    llama.budget(120e6);
    const { status } = caller.begin(asked);
    expect(generations.list().map(({ id }) => id)).toEqual([status.id]);
    expect(generations.poll(status.id).events).toEqual([]);
    expect(() => generations.stopThinking(status.id)).toThrow('nothing is thought in a decision');
    expect(generations.cancel(status.id).state).toEqual({ cancelled: null });
    expect(caller.poll(status.id).status.state).toEqual({ cancelled: null });
    generations.forget(status.id);
    expect(() => caller.poll(status.id)).toThrow(`there is no generation ${status.id} of the caller's`);
    llama.budget(0);
    const { id } = generations.start({ prompt: 'x', max_tokens: 1 });
    expect(() => caller.poll(id)).toThrow(`decide_poll: generation ${id} is no decision: generation_poll reads it`);
    expect(() => new Decisions(llama, person(81)).poll(id)).toThrow('there is no generation');
    llama.timers();
  });

  it('ends when the model is changed, and says so', () => {
    llama.budget(120e6);
    const { status } = mine.begin(asked);
    llama.budget(0);
    llama.load('other', tinyModel(), '-c', '512');
    llama.timers();
    expect(mine.poll(status.id).status.state).toEqual({ failed: expect.stringContaining('the model was changed') });
    llama.load('m', model, '-c', '512');
  });

  it('waits when the caller’s tokens are used up', () => {
    llama.call('set_quotas', { sessions: 0n, bytes: 0n, tokens_per_hour: 30n }, owner);
    const caller = new Decisions(llama, person(90));
    const { status } = caller.begin(asked);
    expect(status.state).toEqual({ paused: expect.stringContaining('a caller may have 30 tokens evaluated an hour') });
    llama.call('set_quotas', { sessions: 0n, bytes: 0n, tokens_per_hour: 0n }, owner);
    for (let i = 0; i < 100 && 'paused' in caller.poll(status.id).status.state; i++) {
      llama.time += 60_000_000_000n;
      llama.timers();
    }
    expect(caller.poll(status.id).answers).toEqual(mine.decide(asked).answers);
  });

  it('is paid for as a generation is: quoted, held, charged by its tokens, and free if it fails', () => {
    const caller = new Decisions(llama, person(95));
    const allowance = () => (llama.call('get_allowance', undefined, caller.caller) as { Ok: bigint }).Ok;
    llama.call('set_prices', { tokens: { prompt: 1_000_000n, cached: 10_000n, generated: 7_000_000n } });
    expect(caller.error(asked)).toMatch(/^decide: payment: this may cost \d+ cycles, and there are 0 of an allowance/);
    llama.call('grant_allowance', { principal: caller.caller.toText(), cycles: 10n ** 9n });
    const quote = caller.quote(asked);
    const { status } = caller.decide(asked);
    const price = BigInt(status.prompt_tokens) * 1000n + BigInt(status.generated_tokens) * 7000n;
    expect(status).toMatchObject({ price, held: 0n });
    expect(quote).toMatchObject({ price, generated_tokens: BigInt(status.generated_tokens), allowance: 10n ** 9n });
    expect(allowance()).toBe(10n ** 9n - price);
    llama.budget(120e6);
    const begun = caller.begin({ ...asked, prompt: user('Something else.') });
    expect(begun.status.held).toBeGreaterThan(0n);
    llama.budget(0);
    llama.load('other', tinyModel(), '-c', '512');
    llama.timers();
    expect(caller.poll(begun.status.id).status).toMatchObject({ price: 0n, held: 0n });
    expect(allowance()).toBe(10n ** 9n - price);
    llama.load('m', model, '-c', '512');
    llama.call('set_prices', { free: null });
  });
});

describe('a decision that is not possible', () => {
  const ask = (...questions: AskedDecision['questions']) => mine.error({ prompt: question, questions });

  it('is refused with advice what to do instead', () => {
    expect(ask()).toBe('decide: questions: there are none');
    expect(ask(...Array.from({ length: 33 }, () => yesNo('x')))).toBe(
      'decide: questions: there are 33, and at most 32 may be asked at once; ask the others in another call',
    );
    expect(ask(yesNo('Is it?'), yesNo(''))).toBe('decide: question 2: its text is empty');
    expect(ask(choice('x', 'one'))).toBe('decide: question 1: choice: it has 1 labels, and a choice needs 2 at least');
    expect(ask(choice('x', 'a', ''))).toBe('decide: question 1: label 2: it is empty');
    expect(ask(choice('x', 'a', 'b', 'c', 'b'))).toBe('decide: question 1: labels 2 and 4 are equal: name each once');
    expect(ask(choice('x', 'a', 'b'.repeat(1025)))).toBe(
      'decide: question 1: label 2: it has 1025 bytes, and may have 1024',
    );
    expect(ask(choice('x', 'a', 'ö'.repeat(400)))).toMatch(
      /^decide: question 1: label 2: it has \d+ tokens, and may have 256$/,
    );
    expect(ask(choice('x', ...Array.from({ length: 257 }, (_, i) => `${i}`)))).toBe(
      'decide: question 1: choice: it has 257 labels, and may have 256',
    );
    expect(ask(score('x', 5, 5))).toBe(
      'decide: question 1: score: 5 is not above 5, so there is nothing to choose from',
    );
    expect(ask(score('x', -2147483648, 2147483647))).toBe(
      'decide: question 1: score: -2147483648 to 2147483647 are 4294967296 numbers, and there may be 256; ask for a coarser one',
    );
    expect(mine.error({ prompt: '', questions: [yesNo('')] })).toBe(
      'decide: question 1: prompt: it is empty, and so is the question',
    );
    expect(mine.error({ prompt: user('tell me more '.repeat(400)), questions: [yesNo('x')] })).toMatch(
      /^decide: question 1: prompt is too long \(\d+ tokens, max 508\)$/,
    );
    const label = 'the fox '.repeat(70).trim();
    expect(mine.error({ prompt: 'tell me more '.repeat(100), questions: [choice('x', 'a', label)] })).toMatch(
      /^decide: question 1: its prompt has \d+ tokens, and the longest label \d+: the context of 512 has room for \d+ before that; shorten the state, or load the model with a larger --ctx-size$/,
    );
    expect(mine.error({ prompt: user('x'), questions: [yesNo('x')], template_arguments: '[' })).toContain(
      'template_arguments: ',
    );
    // A prompt that is a text is used as it is.
    expect(mine.decide({ prompt: 'x', questions: [yesNo('')] }).answers).toHaveLength(1);
  });

  it('needs a model', async () => {
    const bare = await Llama.install();
    const asked = { prompt: 'x', questions: [yesNo('')] };
    expect(new Decisions(bare, owner).error(asked)).toBe('decide: Model not yet loaded; load_model loads one');
  });
});
