/**
 * A generation has the same text however it is split over calls: by token counts, token limits and instruction budgets,
 * with upgrades, other sessions, other models, copies and queries in between.
 */
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { Llama, type Output } from './llama.js';
import { tinyModel } from './tiny-model.js';

const TOKENS = 25;
const full = process.env.LLAMA_CANISTER_TEST === 'full';

let llama: Llama;
beforeAll(async () => {
  llama = await Llama.install();
  llama.load('a', tinyModel(), '-c', '256');
  llama.upload('b', tinyModel({ architecture: 'qwen2' }));
});

type Action =
  | { kind: 'run'; n: number; maxTokens: number; budget: number; resend: boolean }
  | { kind: 'upgrade' }
  | { kind: 'other session' }
  | { kind: 'other model' }
  | { kind: 'copy' }
  | { kind: 'query' };

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('run' as const),
      n: fc.constantFrom(-1, 0, 1, 2, 3, 7),
      maxTokens: fc.constantFrom(0, 0, 1, 2, 5, 9),
      budget: fc.constantFrom(0, 14e6, 16e6, 20e6, 40e6),
      resend: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('upgrade' as const, 'other session' as const, 'other model' as const, 'copy' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('query' as const) }) },
);

/** The model has no token that ends an answer, so these generations never end by themselves. */
const GRAMMAR = 'root ::= ("a" [b-z ]{1,3} | [A-Z0-9]+ | [^\\x00-\\x7f] | ".")+';

const sampling = fc
  .record({
    temp: fc.constantFrom('0', '0.7', '3'),
    seed: fc.nat(1000).map(String),
    topK: fc.constantFrom('0', '5', '40'),
    penalty: fc.constantFrom('1', '1.3'),
    more: fc.constantFrom(
      [],
      ['-sp'],
      ['--grammar', GRAMMAR],
      ['--dynatemp-range', '0.5'],
      ['--samplers', 'penalties;typ_p;temperature', '--typical', '0.9'],
    ),
  })
  .map(({ temp, seed, topK, penalty, more }) => [
    ...['--temp', temp, '--seed', seed, '--top-k', topK, '--repeat-penalty', penalty, '--ignore-eos', ...more],
  ]);

const prompt = fc
  .array(fc.constantFrom('the', ' cat', ' sat', ' é', '🌙', '\n', '<|im_start|>', ' on the mat'), {
    minLength: 1,
    maxLength: 12,
  })
  .map((words) => words.join(''));

let names = 0;

function split(prompt: string, flags: string[], actions: Action[]): void {
  const whole = llama.run([...flags, '-n', String(TOKENS), '-p', prompt]);
  const promptText = llama.run([...flags, '-n', '0', '-p', prompt]).conversation;
  const expected = promptText + whole.output;
  let name = `s${names++}`;
  /** The text of all tokens that were ever evaluated in the session. */
  let known = '';
  let ingested = false;

  const take = (reply: Output): void => {
    const total = reply.n_prompt_tokens[0]!;
    const [cached, decoded, remaining] = [
      reply.n_prompt_tokens_cached[0]!,
      reply.n_prompt_tokens_decoded[0]!,
      reply.n_prompt_tokens_remaining[0]!,
    ];
    expect(cached + decoded + remaining).toBe(total);
    expect(remaining > 0n).toBe(reply.prompt_remaining !== '');
    if (remaining > 0n) {
      expect(reply).toMatchObject({ output: '', n_tokens_generated: [0n] });
    } else {
      if (!ingested) known = promptText;
      ingested = true;
      agree(known + reply.output);
    }
    agree(reply.conversation);
    if (reply.conversation.length > known.length) known = reply.conversation;
  };
  /** Whether one of the two texts begins with the other. */
  const agree = (text: string): void => {
    const length = Math.min(text.length, expected.length);
    expect(text.slice(0, length)).toBe(expected.slice(0, length));
  };
  const run = (n: number, resend: boolean): string => {
    const sent = resend && !ingested ? prompt : '';
    const args = ['--prompt-cache', name, ...flags, '-n', String(n), '-p', sent];
    const result = llama.command('run_update', args);
    if ('Ok' in result) take(result.Ok);
    return 'Ok' in result ? '' : result.Err.error;
  };

  // The first call has the prompt.
  llama.maxTokens(1);
  take(llama.run(['--prompt-cache', name, ...flags, '-n', '1', '-p', prompt]));
  for (const action of actions) {
    llama.maxTokens(0);
    if (action.kind === 'upgrade') {
      llama.upgrade();
      llama.timers();
    } else if (action.kind === 'other model') {
      llama.ok('load_model', ['--model', 'b']);
      const changed = llama.error('run_update', ['--prompt-cache', name, ...flags, '-n', '2', '-p', prompt]);
      expect(changed).toContain('the session is of the model a (');
      llama.run(['--prompt-cache', 'another', '-n', '2', '-p', 'elsewhere']);
      llama.ok('load_model', ['--model', 'a', '-c', '256']);
    } else if (action.kind === 'other session') {
      llama.run(['--prompt-cache', 'other', '-n', '3', '-p', 'something else']);
    } else if (action.kind === 'copy') {
      expect(llama.call('copy_prompt_cache', { from: name, to: `${name}c` })).toHaveProperty('Ok');
      name += 'c';
    } else if (action.kind === 'query') {
      llama.ok('run_query', ['--prompt-cache', name, ...flags, '-n', '4', '-p', '']);
      llama.ok('run_query', ['--prompt-cache', name, '-n', '4', '-p', 'another']);
    } else {
      llama.maxTokens(action.maxTokens);
      llama.budget(action.budget);
      const error = run(action.n === -1 && action.budget === 0 && action.maxTokens === 0 ? 7 : action.n, action.resend);
      if (error !== '') expect(error).toMatch(/the next step takes at most|to tokenize the prompt/);
      if (action.budget > 0) expect(llama.spent.instructions).toBeLessThan(action.budget);
      llama.budget(0);
    }
  }
  llama.maxTokens(0);
  for (let i = 0; known.length < expected.length && i < TOKENS; i++) expect(run(8, true)).toBe('');
  expect(known.startsWith(expected.slice(0, known.length))).toBe(true);
  expect(known.length).toBeGreaterThanOrEqual(expected.length);
  llama.ok('remove_prompt_cache', ['--prompt-cache', name]);
}

it('a generation does not depend on its calls', () => {
  fc.assert(fc.property(prompt, sampling, fc.array(action, { minLength: 3, maxLength: 14 }), split), {
    numRuns: full ? 1000 : 30,
  });
});
