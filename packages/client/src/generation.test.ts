import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { LlamaCanister } from './canister.js';
import { EOG, FakeLlama, type FakeToken, token } from './fake-llama.test-support.js';
import { type GenerationOptions, type GenerationSummary, generate } from './generation.js';

async function collect(
  fake: FakeLlama,
  options: Partial<GenerationOptions> & { prompt: string },
): Promise<{ pieces: string[]; summary: GenerationSummary }> {
  const canister = new LlamaCanister(fake.service(), 'aaaaa-aa');
  const pieces: string[] = [];
  const answer = generate(canister, { session: 's', ...options });
  for (;;) {
    const next = await answer.next();
    if (next.done) return { pieces, summary: next.value };
    pieces.push(next.value);
  }
}

const words = (...texts: string[]) => texts.map(token);

test('ingests a prompt over several calls, then generates, and prints no token twice', async () => {
  // The shape of the reference replies: five tokens per call, three asked for.
  const answer = words('.', ' He', ' li', 'ked', ' to', ' write');
  const fake = new FakeLlama({ maxTokens: 2, answer: () => [...answer, EOG] });
  const { pieces, summary } = await collect(fake, { prompt: 'Joe loves writing stories' });
  expect(pieces.join('')).toBe('. He liked to write');
  expect(pieces.length).toBeGreaterThan(2);
  expect(summary).toMatchObject({ ending: 'eog', promptTokens: 4, cachedTokens: 0, generatedTokens: 7 });
});

test('a call that has to wait for room is sent again, and the caller is told', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const fake = new FakeLlama({ maxTokens: 2, answer: () => [...words(' a', ' b'), EOG] });
    fake.busyCalls = 3;
    const said: string[] = [];
    const answer = collect(fake, { prompt: 'x', onWait: (message) => said.push(message) });
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await answer).summary).toMatchObject({ text: ' a b', ending: 'eog' });
    expect(said).toEqual(Array(3).fill('run_update: the heap is full: this one waits in place 1 of the queue'));
    fake.busyCalls = Infinity;
    const stop = new AbortController();
    const stopped = collect(fake, { prompt: 'y', signal: stop.signal });
    await vi.advanceTimersByTimeAsync(10_000);
    stop.abort();
    expect((await stopped).summary.ending).toBe('aborted');
  } finally {
    vi.useRealTimers();
  }
});

test('stops after maxTokens, the last token included', async () => {
  for (const maxTokens of [1, 2, 3, 4, 5]) {
    const fake = new FakeLlama({ maxTokens: 3, answer: () => words(' a', ' b', ' c', ' d', ' e', ' f') });
    const { summary } = await collect(fake, { prompt: 'x', maxTokens });
    expect(summary.text).toBe(' a b c d e'.slice(0, 2 * maxTokens));
    expect(summary).toMatchObject({ ending: 'length', generatedTokens: maxTokens });
  }
});

test('any split over calls gives the same text', async () => {
  const letters = fc.constantFrom(' a', 'a', ' ab', 'b', ' a b', ' ', '\n');
  const tokens: fc.Arbitrary<FakeToken[]> = fc.array(letters.map(token), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(
      tokens,
      fc.constantFrom('a', 'a b a b', 'b a', ' a a a'),
      fc.integer({ min: 1, max: 6 }),
      fc.option(fc.integer({ min: 1, max: 14 }), { nil: undefined }),
      fc.boolean(),
      async (answer, prompt, maxTokensPerCall, maxTokens, endsAtLimit) => {
        const fake = new FakeLlama({ maxTokens: maxTokensPerCall, endsAtLimit, answer: () => [...answer, EOG] });
        const { pieces, summary } = await collect(fake, { prompt, maxTokens });
        const expected = [...answer, EOG].slice(0, maxTokens);
        const text = Buffer.concat(expected.map(({ bytes }) => bytes)).toString();
        expect(pieces.join('')).toBe(text);
        expect(summary.text).toBe(text);
        expect(summary.generatedTokens).toBe(expected.length);
      },
    ),
    { numRuns: 500 },
  );
});

test('a character split into two tokens is printed once and whole', async () => {
  for (const text of [' café au lait', 'é', ' 😀😀 ok', 'x € €']) {
    const bytes = new TextEncoder().encode(text);
    for (const size of [1, 2, 3, 5]) {
      const answer: FakeToken[] = [];
      for (let at = 0; at < bytes.length; at += size) answer.push({ bytes: bytes.subarray(at, at + size) });
      for (const maxTokens of [1, 2, 3, 4, 5, 6]) {
        const fake = new FakeLlama({ maxTokens, answer: () => [...answer, EOG] });
        expect((await collect(fake, { prompt: 'un' })).summary.text).toBe(text);
      }
    }
  }
});

test('tokens without a text are progress, and counted, however they are cut into calls', async () => {
  const silent = { bytes: new Uint8Array(0) };
  const answer = [token(' a'), ...new Array<FakeToken>(60).fill(silent), token(' b'), silent, EOG];
  for (const endsAtLimit of [true, false]) {
    for (const maxTokens of [1, 2, 3, 7]) {
      const fake = () => new FakeLlama({ maxTokens, endsAtLimit, answer: () => answer });
      const { summary } = await collect(fake(), { prompt: 'x' });
      expect(summary).toMatchObject({ text: ' a b', ending: 'eog', generatedTokens: 64 });
      for (const most of [1, 2, 30, 62]) {
        const { summary } = await collect(fake(), { prompt: 'x', maxTokens: most });
        expect(summary).toMatchObject({ ending: 'length', generatedTokens: most });
      }
      const { summary: paced } = await collect(fake(), { prompt: 'x', pace: 1 });
      expect(paced).toMatchObject({ text: ' a b', generatedTokens: 64 });
    }
  }
});

test('a repeated text is told apart by asking for the pending token', async () => {
  const answer = [...words(' the', ' the', ' the', ' the', ' the'), EOG];
  const fake = new FakeLlama({ maxTokens: 3, answer: () => answer });
  const { summary } = await collect(fake, { prompt: 'the the' });
  expect(summary.text).toBe(' the the the the the');
  expect(fake.calls.some(({ args }) => args[args.indexOf('-n') + 1] === '1')).toBe(true);
});

test('a stop text ends the answer and is not part of it', async () => {
  const answer = words(' well', '.\n', 'Us', 'er:', ' and');
  const fake = new FakeLlama({ maxTokens: 1, answer: () => answer });
  const { pieces, summary } = await collect(fake, { prompt: 'Bot:', stop: ['\nUser:'] });
  expect(pieces.join('')).toBe(' well.');
  expect(summary).toMatchObject({ text: ' well.', ending: 'stop' });
});

test('a beginning of a stop text that goes on otherwise is printed', async () => {
  const fake = new FakeLlama({ maxTokens: 1, answer: () => [...words(' a', ' S', 'TO', 'NE'), EOG] });
  expect((await collect(fake, { prompt: 'x', stop: ['STOP'] })).summary.text).toBe(' a STONE');
  const cut = new FakeLlama({ maxTokens: 1, answer: () => [...words(' a', ' S', 'TO'), EOG] });
  expect((await collect(cut, { prompt: 'x', stop: ['STOP'] })).summary.text).toBe(' a STO');
});

test('tokens that the session already has are reported as cached', async () => {
  const fake = new FakeLlama({ answer: () => [token(' yes'), EOG] });
  await collect(fake, { prompt: 'is it so' });
  const { summary } = await collect(fake, { prompt: 'is it so yes and now' });
  expect(summary).toMatchObject({ promptTokens: 6, cachedTokens: 4 });
});

test('the signal stops between calls, with what there is so far', async () => {
  const fake = new FakeLlama({ maxTokens: 1, answer: () => words(' a', ' b', ' c', ' d', ' e') });
  const stop = new AbortController();
  let calls = 0;
  const onReply = () => {
    if (++calls === 4) stop.abort();
  };
  const { summary } = await collect(fake, { prompt: 'x', signal: stop.signal, onReply });
  expect(summary.ending).toBe('aborted');
  expect(' a b c d'.startsWith(summary.text)).toBe(true);
  expect(calls).toBe(4);
});

test('a pace asks for as many tokens as the instructions of a call are enough for, whatever time they take', async () => {
  const answer = Array.from({ length: 40 }, (_, i) => token(` ${i}`));
  const asked = async (instructionsPerToken: bigint | undefined) => {
    const fake = new FakeLlama({ answer: () => [...answer, EOG], instructionsPerToken });
    const { summary } = await collect(fake, { prompt: 'count', pace: 1000 });
    expect(summary.generatedTokens).toBe(41);
    const runs = fake.calls.filter(({ method }) => method === 'run_update');
    return runs.map(({ args }) => Number(args[args.indexOf('-n') + 1]));
  };
  // One more where a token is reported again.
  expect(await asked(50n)).toEqual([8, 21, 21]);
  expect(await asked(3n)).toEqual([8, 334]);
  expect((await asked(5_000n)).slice(0, 3)).toEqual([8, 2, 2]);
  // Where the canister says nothing, it stays as it is.
  expect((await asked(undefined)).slice(0, 3)).toEqual([8, 9, 9]);
});

test('canisters that count no tokens work too', async () => {
  const answer = [...words(' a', ' b', ' c'), EOG];
  const fake = new FakeLlama({ withoutCounts: true, maxTokens: 2, answer: () => answer });
  expect((await collect(fake, { prompt: 'x y z' })).summary.text).toBe(' a b c');
});

test('a canister that makes no progress is an error, not an endless loop', async () => {
  const fake = new FakeLlama({ answer: () => [token(' a')] });
  const service = fake.service();
  const stuck = { ...service, run_update: async () => stalledReply } as unknown as typeof service;
  const stalledReply = await service.run_update({ args: ['-p', 'x', '-n', '1'] });
  const canister = new LlamaCanister(stuck, 'aaaaa-aa');
  const run = async () => {
    for await (const _ of generate(canister, { session: 's', prompt: 'x' }));
  };
  await expect(run()).rejects.toMatchObject({ code: 'STALLED' });
});

test('an empty prompt and a token count of nought are refused', async () => {
  const fake = new FakeLlama();
  await expect(collect(fake, { prompt: '' })).rejects.toMatchObject({ code: 'EMPTY_PROMPT' });
  await expect(collect(fake, { prompt: 'x', maxTokens: 0 })).rejects.toMatchObject({ code: 'BAD_MAX_TOKENS' });
  expect(fake.calls).toEqual([]);
});
