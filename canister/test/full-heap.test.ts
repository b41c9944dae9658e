/** Heaps that are full at any page: what has no room is an error that changes nothing, and no text is lost. */
import { beforeAll, describe, expect, it } from 'vitest';
import { Program } from './golden-canister.js';
import type { StableMemory } from './host.js';
import { limited } from './limited-memory.js';
import type { Output, Result } from './llama.js';
import { tinyModel } from './tiny-model.js';

const PAGE = 65536;
const MINUTE = 60_000_000_000n;
const PROMPT = 'once there was a story '.repeat(3);
const template = '{{ messages }}';
const flags = ['--temp', '0.8', '--seed', '5', '--ignore-eos'];
const chat = ['--prompt-cache', 'chat', ...flags];
type Caller = 'owner' | 'friend' | 'helper';

let before: StableMemory;
let time: bigint;
/** The number of pages of a heap with the model and no session. */
let empty: number;

beforeAll(async () => {
  const program = await Program.start();
  program.host.call('canister_init');
  const model = tinyModel({ embedding: 256, headDim: 64, keyValueHeads: 4, layers: 6 });
  for (let offset = 0; offset < model.length; offset += 1_900_000) {
    const chunk = model.subarray(offset, offset + 1_900_000);
    program.ok('file_upload_chunk', { filename: 'm', chunk, chunksize: 1_900_000n, offset: BigInt(offset) });
  }
  program.ok('load_model', {
    args: ['--model', 'm', '-c', '512', '--override-kv', `tokenizer.chat_template=str:${template}`],
  });
  empty = program.host.memory.length / PAGE;
  program.ok('set_access', { level: 1 });
  program.ok('pin_prefix', { args: ['--prompt-cache', 'pinned', '-p', 'once there was'] });
  program.ok('run_update', { args: [...chat, '-n', '4', '-p', PROMPT] });
  before = program.host.stable;
  time = program.host.time;
});

/** Stable memories as they were once the model was loaded again, which notes when its packed image was last used. */
const loaded = new WeakMap<Program, StableMemory>();

/** The canister after an upgrade, with this many pages beside the model. */
async function start(room: number): Promise<Program> {
  const program = await Program.upgraded(before.copy(), time, limited(empty + room));
  program.timers();
  loaded.set(program, program.host.stable.copy());
  return program;
}

const run = (program: Program, args: string[], caller: Caller = 'owner') =>
  program.call('run_update', { args }, caller) as Result<Output, Output>;

function changed(program: Program): number[] {
  const { stable } = program.host;
  const before = loaded.get(program) as StableMemory;
  const pages = Array.from({ length: stable.pages }, (_, page) => page);
  return pages.filter(
    (page) => page >= before.pages || Buffer.compare(before.read(page * PAGE, PAGE), stable.read(page * PAGE, PAGE)),
  );
}

describe('with little room', () => {
  const goOn = [...chat, '-n', '30', '-p', ''];
  let expected: Output;
  beforeAll(async () => {
    expected = (run(await start(1000), goOn) as { Ok: Output }).Ok;
  });

  it.each([6, 8, 9, 10, 12, 15, 18, 21, 24])(
    '%d pages: an answer is complete, or as long as there is room for',
    async (room) => {
      // What the session has, and what it does not have.
      for (const readOnly of [[], ['--prompt-cache-ro']]) {
        const program = await start(room);
        const answer = run(program, [...goOn, ...readOnly]);
        if ('Err' in answer) {
          expect(answer.Err.error).toMatch(/^the heap is full/);
          expect(changed(program)).toEqual([]);
          continue;
        }
        expect(expected.output.startsWith(answer.Ok.output)).toBe(true);
        expect(expected.conversation.startsWith(answer.Ok.conversation)).toBe(true);
        expect(answer.Ok.conversation.startsWith(PROMPT)).toBe(true);
        expect(answer.Ok.output).not.toBe('');
      }
    },
  );

  it('a grammar or a schema without room is not said to be too large', async () => {
    const properties = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`field ${i}`, { type: 'string', pattern: `^[a-z]{1,${i + 2}}[0-9]*$` }]),
    );
    const schema = JSON.stringify({ type: 'object', properties, required: Object.keys(properties) });
    const constraints = [
      ['--json-schema', schema],
      ['--grammar', 'root ::= ([a-z]{1,40} " "){1,40}'],
    ];
    let full = 0;
    let whole = 0;
    for (let room = 4; room <= 64; room += 4) {
      const program = await start(room);
      for (const constraint of constraints) {
        const answer = run(program, [...chat, ...constraint, '-n', '2', '-p', 'hi']);
        if ('Err' in answer) {
          expect(answer.Err.error).toMatch(/^the heap is full/);
          expect(answer.Err.error).not.toMatch(/too large|too many/);
          expect(changed(program)).toEqual([]);
          full++;
        } else whole++;
      }
    }
    expect(full).toBeGreaterThan(0);
    expect(whole).toBeGreaterThan(0);
  });

  it.each([2, 5, 8, 11, 14, 20])('%d pages: a prefix that cannot be pinned changes nothing', async (room) => {
    const program = await start(room);
    for (const name of ['pinned', 'another']) {
      const answer = program.call('pin_prefix', { args: ['--prompt-cache', name, '-p', PROMPT.repeat(2)] }, 'owner');
      if ('Ok' in (answer as object)) return;
      expect(answer).toMatchObject({ Err: { error: expect.stringMatching(/heap is full/) } });
      expect(changed(program)).toEqual([]);
      program.timers();
      expect(program.call('pinned_prefix_text', { name: 'pinned' }, 'owner')).toEqual({ Ok: 'once there was' });
    }
  });
});

describe('a prompt of several calls', () => {
  const prompt = (who: string) => ['-n', '3', '-p', `${who} has a long story to tell `.repeat(11)];
  const long = (who: string, name = 'long') => ['--prompt-cache', name, ...flags, ...prompt(who)];
  const place = (answer: Result<Output, Output>) =>
    'Err' in answer ? Number(/waits in place (\d+)/.exec(answer.Err.error)?.[1]) : 0;

  /** A canister whose calls accept few tokens. */
  async function startSlow(room: number): Promise<Program> {
    const program = await start(room);
    program.ok('remove_prompt_cache', { args: ['--prompt-cache', 'chat'] });
    program.ok('set_max_tokens', { max_tokens_update: 60n, max_tokens_query: 0n });
    return program;
  }

  /** One prompt has begun, and there is no room for another. */
  async function begin(): Promise<Program> {
    const program = await startSlow(75);
    expect(run(program, long('friend'), 'friend')).toHaveProperty('Ok');
    expect(place(run(program, long('owner'), 'owner'))).toBe(1);
    return program;
  }

  it('is not dropped, and no place in the queue is lost, because somebody sends a thousand calls', async () => {
    const program = await begin();
    const read = Number((run(program, long('friend'), 'friend') as { Ok: Output }).Ok.n_prompt_tokens_remaining[0]);
    for (let i = 0; i < 1100; i++) {
      expect(place(run(program, long('helper', `${i % 100}`), 'helper'))).toBeGreaterThan(1);
    }
    expect(place(run(program, long('owner'), 'owner'))).toBe(1);
    const next = (run(program, long('friend'), 'friend') as { Ok: Output }).Ok;
    expect(Number(next.n_prompt_tokens_remaining[0])).toBe(read - 60);
  });

  it('leaves no room for the chat template if it takes the last page, and model_info says so', async () => {
    let refused = 0;
    for (let room = 36; room < 75; room++) {
      const program = await startSlow(room);
      if ('Err' in run(program, long('friend'), 'friend')) continue;
      const info = program.call('model_info', undefined, 'owner') as Result<{ chat_template: string }, unknown>;
      if ('Ok' in info) {
        expect(info.Ok.chat_template).toBe(template);
        break;
      }
      expect(info).toMatchObject({ Err: { Other: expect.stringMatching(/^model_info: the heap is full/) } });
      refused++;
    }
    expect(refused).toBeGreaterThan(0);
  });

  it('is counted, and so is what left the heap for it', async () => {
    const program = await begin();
    const url = { method: 'GET', url: '/metrics', headers: [], body: new Uint8Array(), certificate_version: [2] };
    const { body } = program.call('http_request', url, 'owner') as { body: Uint8Array };
    const metrics = Buffer.from(body).toString();
    expect(metrics).toContain('\nllama_prompts_being_read 1\n');
    expect(Number(/\nllama_evictions_total (\d+)\n/.exec(metrics)![1])).toBeGreaterThan(0);
  });

  it('keeps its room as long as its calls take, and two minutes between them at most', async () => {
    const program = await begin();
    const began = program.host.time;
    // A caller who always continues as late as possible.
    for (let i = 1; place(run(program, long('owner'), 'owner')) > 0; i++) {
      program.host.time += 10_000_000_000n;
      if (i % 11 === 0) run(program, long('friend'), 'friend');
      expect(program.host.time - began).toBeLessThan(14n * MINUTE);
    }
    expect(program.host.time - began).toBeGreaterThan(9n * MINUTE);
    // The caller who has waited goes on to the end.
    for (let i = 0; i < 5; i++) run(program, long('owner'), 'owner');
    const goOn = ['--prompt-cache', 'long', ...flags, '-n', '3', '-p', ''];
    expect((run(program, goOn) as { Ok: Output }).Ok.output).not.toBe('');
  });
});
