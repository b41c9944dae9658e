/** Sampling without --seed: every new prompt gets a fresh seed, which is kept with the session. */
import { beforeAll, expect, it } from 'vitest';
import { Llama, person } from './llama.js';
import { tinyModel } from './tiny-model.js';

const PROMPT = 'the cat sat on the mat';
const free = ['--temp', '1', '--top-k', '0', '--top-p', '1', '--min-p', '0', '--ignore-eos'];
let llama: Llama;
let names = 0;

beforeAll(async () => {
  llama = await Llama.install();
  llama.load('m', tinyModel(), '-c', '512');
  llama.letEveryoneIn();
});

const run = (name: string, n: number, prompt: string, ...more: string[]) =>
  llama.run(['--prompt-cache', name, ...free, '-n', String(n), '-p', prompt, ...more]);
const fresh = () => `s${names++}`;
const seedOf = (promptcache: string) =>
  (llama.call('session_info', { promptcache }) as { Ok: { seed: number } }).Ok.seed;
const lastSeed = () => (llama.call('model_info') as { Ok: { last_run: [{ seed: number }] } }).Ok.last_run[0].seed;

it('is different for every session, for every caller, and when a prompt is answered again', () => {
  const name = fresh();
  const texts = new Set<string>();
  const note = (text: string) => texts.add(text);
  note(run(name, 20, PROMPT).output);
  note(run(name, 20, PROMPT).output);
  note(run(fresh(), 20, PROMPT).output);
  llama.ok('remove_prompt_cache', ['--prompt-cache', name]);
  note(run(name, 20, PROMPT).output);
  for (const n of [1, 2])
    note(llama.run(['--prompt-cache', name, ...free, '-n', '20', '-p', PROMPT], person(n)).output);
  note(llama.run([...free, '-n', '20', '-p', PROMPT]).output);
  note(llama.run([...free, '-n', '20', '-p', PROMPT]).output);
  // A query has another seed, and so has one at a later time.
  note(llama.ok('run_query', ['--prompt-cache', fresh(), ...free, '-n', '20', '-p', PROMPT]).output);
  llama.time += 1_000_000_000n;
  note(llama.ok('run_query', ['--prompt-cache', fresh(), ...free, '-n', '20', '-p', PROMPT]).output);
  // -1 is llama.cpp's word for a random seed.
  note(run(fresh(), 20, PROMPT, '--seed', '-1').output);
  expect(texts.size).toBe(11);
});

it('is reported, and --seed with it gives the same text', () => {
  const name = fresh();
  const { output } = run(name, 20, PROMPT);
  const seed = seedOf(name);
  expect(lastSeed()).toBe(seed);
  expect(llama.spent.logs.join()).not.toContain('trap');
  expect(run(fresh(), 20, PROMPT, '--seed', String(seed)).output).toBe(output);
  expect(lastSeed()).toBe(seed);
  run(fresh(), 1, PROMPT, '--seed', '7');
  expect(lastSeed()).toBe(7);
});

it('stays the same for a session, however its text is split: prompts sent again, copies, upgrades, queries', () => {
  const name = fresh();
  llama.maxTokens(2);
  let reply = run(name, 5, PROMPT);
  const seed = seedOf(name);
  while (reply.prompt_remaining !== '') {
    llama.time += 1_000_000_000n;
    reply = run(name, 5, PROMPT);
    expect(seedOf(name)).toBe(seed);
  }
  llama.maxTokens(0);
  const whole = run(fresh(), 30, PROMPT, '--seed', String(seed)).output;
  const text = () => run(name, 0, '').conversation;
  run(name, 4, '');
  llama.upgrade();
  llama.timers();
  llama.time += 1_000_000_000n;
  expect(llama.call('copy_prompt_cache', { from: name, to: `${name} copy` })).toHaveProperty('Ok');
  expect(seedOf(`${name} copy`)).toBe(seed);
  const before = text();
  const next = llama.ok('run_query', ['--prompt-cache', name, ...free, '-n', '8', '-p', '']).output;
  expect(run(`${name} copy`, 8, '').output).toBe(next);
  expect(run(name, 8, '').output).toBe(next);
  expect((PROMPT + whole).startsWith(before + next)).toBe(true);
});

it('stays the same for a prompt that was only read so far', () => {
  const name = fresh();
  run(name, 0, PROMPT);
  const seed = seedOf(name);
  run(name, 3, PROMPT);
  expect(seedOf(name)).toBe(seed);
  run(name, 3, PROMPT);
  expect(seedOf(name)).not.toBe(seed);
});
