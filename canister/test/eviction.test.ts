/**
 * More sessions than the heap has room for: their keys and values leave the heap and come back, and none are computed
 * twice.
 */
import { beforeAll, expect, it } from 'vitest';
import { isFull } from '../../test/full.js';
import { limited } from './limited-memory.js';
import { Llama, type Output, person } from './llama.js';
import { tinyModel } from './tiny-model.js';

const PAGE = 65536;
const model = tinyModel({ embedding: 256, headDim: 64, keyValueHeads: 4, layers: 6 });
const flags = ['--temp', '0.8', '--seed', '5', '--ignore-eos'];
const SESSIONS = 7;

let expected: string[][];
let pages: number;
/** What each session asks in each turn. */
function converse(llama: Llama): { replies: Output[]; texts: string[][] } {
  const replies: Output[] = [];
  const texts = Array.from({ length: SESSIONS }, (): string[] => []);
  for (let turn = 0; turn < 3; turn++) {
    for (let i = 0; i < SESSIONS; i++) {
      const prompt = turn === 0 ? `caller ${i} has something of its own to say `.repeat(3) : '';
      const args = ['--prompt-cache', 'chat', ...flags, '-n', '5', '-p', prompt];
      const reply = llama.run(args, person(i));
      replies.push(reply);
      texts[i]!.push(`${reply.output}|${reply.conversation}`);
    }
  }
  return { replies, texts };
}

beforeAll(async () => {
  const llama = await Llama.install();
  llama.load('m', model, '-c', '256');
  llama.letEveryoneIn();
  pages = llama.canister.memory.heap / PAGE;
  const { replies, texts } = converse(llama);
  expected = texts;
  // With room for all sessions, nothing is evaluated twice.
  for (const reply of replies.slice(SESSIONS)) expect(reply.n_prompt_tokens_decoded).toEqual([0n]);
});

it.each(isFull ? [38, 60, 90] : [38])('%d pages: every answer is as it would be with room for all', async (room) => {
  const llama = await Llama.install({}, limited(pages + room));
  llama.load('m', model, '-c', '256');
  llama.letEveryoneIn();
  const { replies, texts } = converse(llama);
  expect(texts).toEqual(expected);
  // What has left the heap is read back, so nothing is evaluated twice here either.
  for (const reply of replies.slice(SESSIONS)) expect(reply.n_prompt_tokens_decoded).toEqual([0n]);
  expect(llama.canister.memory.heap).toBeLessThanOrEqual((pages + room) * PAGE);
  const { Ok } = llama.call('model_info') as { Ok: { resident_sessions: bigint } };
  expect(Ok.resident_sessions).toBeLessThan(BigInt(SESSIONS));
  expect(Ok.resident_sessions).toBeGreaterThan(0n);
});

it('a session that the heap has no room for is an error, and the canister goes on', async () => {
  const llama = await Llama.install({}, limited(pages + 20));
  llama.load('m', model, '-c', '256');
  const long = ['--prompt-cache', 'long', ...flags, '-n', '1', '-p', 'a long prompt of many words '.repeat(9)];
  expect(llama.error('run_update', long)).toMatch(/^the heap is full/);
  const short = ['--prompt-cache', 'short', ...flags, '-n', '1', '-p', 'hi'];
  expect(llama.run(short).conversation).toContain('hi');
  expect(llama.error('run_update', long)).toMatch(/^the heap is full/);
  expect(llama.call('health')).toEqual({ Ok: { status_code: 200 } });
});

/**
 * The texts of `callers` who each have a prompt that takes several calls. They call in turns until all have an answer.
 */
function takeTurns(llama: Llama, callers: number[], words: number) {
  const texts = new Map<number, string>();
  let calls = 0;
  let waits = 0;
  let decoded = 0;
  while (texts.size < callers.length) {
    for (const i of callers) {
      if (texts.has(i)) continue;
      expect(++calls).toBeLessThan(40 * callers.length);
      llama.time += 1_000_000_000n;
      const prompt = `${i} has a long story `.repeat(words);
      const args = ['--prompt-cache', 'long', ...flags, '-n', '3', '-p', prompt];
      const reply = llama.command('run_update', args, person(i));
      if ('Err' in reply) {
        expect(reply.Err.status_code).toBe(503);
        expect(reply.Err.error).toMatch(
          /^the heap is full, and \d+ prompts? (is|are) being read: this one waits in place \d+ of the queue; send the same/,
        );
        waits++;
      } else {
        decoded += Number(reply.Ok.n_prompt_tokens_decoded[0]);
        if (reply.Ok.output !== '') texts.set(i, reply.Ok.output);
      }
    }
  }
  return { waits, decoded, texts };
}

it('prompts that do not fit the heap together are ingested one after the other, each to its end', async () => {
  const load = (llama: Llama) => {
    llama.load('m', model, '-c', '512');
    llama.letEveryoneIn();
    llama.maxTokens(60);
  };
  const roomy = await Llama.install();
  load(roomy);
  const empty = roomy.canister.memory.heap / PAGE;
  const expected = takeTurns(roomy, [1, 2, 3, 4, 5], 12);
  expect(expected.waits).toBe(0);
  // About two of the five fit at a time.
  for (const room of isFull ? [75, 90, 130] : [90]) {
    const llama = await Llama.install({}, limited(empty + room));
    load(llama);
    const { waits, decoded, texts } = takeTurns(llama, [1, 2, 3, 4, 5], 12);
    expect(texts).toEqual(expected.texts);
    expect(waits).toBeGreaterThan(0);
    // No prompt was ingested twice.
    expect(decoded).toBe(expected.decoded);
  }
});

it('an abandoned prompt does not block the others forever', async () => {
  const llama = await Llama.install();
  llama.load('m', model, '-c', '512');
  const empty = llama.canister.memory.heap / PAGE;
  const small = await Llama.install({}, limited(empty + 75));
  small.load('m', model, '-c', '512');
  small.letEveryoneIn();
  small.maxTokens(60);
  const args = ['--prompt-cache', 'long', ...flags, '-n', '3', '-p', 'somebody has a long story '.repeat(12)];
  small.run(args, person(1));
  expect(small.command('run_update', args, person(2))).toMatchObject({ Err: { status_code: 503 } });
  // Short prompts still get an answer meanwhile, and queries see everything.
  small.run(['--prompt-cache', 'short', ...flags, '-n', '1', '-p', 'hi'], person(3));
  expect(small.command('run_query', args, person(2))).toHaveProperty('Ok');
  small.time += 121_000_000_000n;
  expect(small.run(args, person(2)).prompt_remaining).not.toBe('');
  // The first prompt goes on when its caller comes back.
  expect(small.command('run_update', args, person(1))).toMatchObject({ Err: { status_code: 503 } });
  for (let i = 0; i < 9; i++) small.command('run_update', args, person(2));
  small.maxTokens(0);
  expect(small.run(args, person(1)).output).not.toBe('');
});
