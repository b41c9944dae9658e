import { createHash } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isFull } from '../../test/full.js';
import { anonymous, Llama, owner, person } from './llama.js';
import { tinyModel } from './tiny-model.js';

const llamaModel = tinyModel();
const qwenModel = tinyModel({ architecture: 'qwen2', layers: 3, embedding: 128, heads: 8, tied: false });
/** Loading takes 330 M instructions, and reading the header may take 178 M of them. */
const larger = () =>
  tinyModel({ layers: 4, embedding: 1024, heads: 16, keyValueHeads: 4, headDim: 64, feedForward: 2816 });
const LOADING_BUDGET = 250_000_000;
const ok = { Ok: { status_code: 200 } };
const because = (text: string | RegExp) => ({
  Err: { Other: typeof text === 'string' ? text : expect.stringMatching(text) },
});

let llama: Llama;
beforeEach(async () => {
  llama = await Llama.install();
});

const say = (text = 'hello') => llama.run(['-n', '8', '--seed', '3', '-p', text]).conversation;

describe('load_model', () => {
  it('makes the canister ready', () => {
    expect(llama.call('ready', undefined, anonymous)).toEqual(because('Model not yet loaded'));
    expect(llama.error('run_update', ['-p', 'hi'])).toBe('Model not yet loaded');
    expect(llama.error('run_query', ['-p', 'hi'])).toBe('Model not yet loaded');
    expect(llama.call('model_info')).toEqual(because('Model not yet loaded'));
    llama.load('models/a.gguf', llamaModel);
    expect(llama.call('ready', undefined, anonymous)).toEqual(ok);
    say();
  });

  it('without --model is an error that says so', () => {
    expect(llama.command('load_model', ['-c', '128'])).toMatchObject({
      Err: { status_code: 500, error: '--model not provided in args. Do not know what model to load.' },
    });
  });

  it('takes the given context, but at least eight tokens; the default of 4096 may be more than the model was trained for', () => {
    const context = () => (llama.call('model_info') as { Ok: { context: bigint } }).Ok.context;
    llama.load('m', llamaModel);
    expect(context()).toBe(4096n);
    for (const [flag, tokens] of [
      ['100', 100n],
      ['1', 8n],
      ['0', 4096n],
    ] as const) {
      llama.ok('load_model', ['-m', 'm', '-c', flag]);
      expect(context()).toBe(tokens);
    }
    expect(llama.error('load_model', ['-m', 'm', '-c', '2000000'])).toMatch(
      /a context of 2000000 tokens is not possible/,
    );
    expect(llama.call('ready')).toEqual(because(/^Model not yet loaded: m: a context of 2000000 tokens/));
  });

  it('takes rope flags', () => {
    llama.load('m', llamaModel);
    const plain = say('the cat sat on the mat');
    llama.ok('load_model', ['-m', 'm', '--rope-freq-base', '50', '--rope-scale', '8']);
    expect(say('the cat sat on the mat')).not.toBe(plain);
    llama.ok('load_model', ['-m', 'm', '--rope-scaling', 'none', '--rope-freq-scale', '1']);
    expect(say('the cat sat on the mat')).toBe(plain);
  });

  const refusals: [string, Uint8Array | undefined, RegExp][] = [
    ['a file that is not there', undefined, /^--model bad: File does not exist: bad$/],
    ['an empty file', new Uint8Array(), /^--model bad: the file is truncated/],
    [
      'a text file',
      Buffer.from('This is no model. '.repeat(100)),
      /^--model bad: not a GGUF file: it starts with "This"/,
    ],
    [
      'a file that is cut off in its header',
      llamaModel.subarray(0, 1000),
      /^--model bad: .*(ends|past the end|more than)/,
    ],
    [
      'a file that is cut off in its weights',
      llamaModel.subarray(0, llamaModel.length - 100_000),
      /^--model bad: tensor ".*" .*end/,
    ],
    [
      'an architecture that is not known',
      tinyModel({ claimed: { architecture: 'unheard' } }),
      /^--model bad: the architecture "unheard" is not supported/,
    ],
  ];
  it.each(refusals)('of %s keeps the model that is loaded', (_, bytes, message) => {
    llama.load('good', llamaModel);
    const before = say();
    if (bytes) llama.upload('bad', bytes);
    expect(llama.error('load_model', ['--model', 'bad'])).toMatch(message);
    expect(say()).toBe(before);
    expect(llama.call('ready')).toEqual(ok);
  });

  it('of a model whose fault only loading finds leaves none loaded, and another can be loaded', () => {
    llama.load('good', llamaModel);
    const before = say();
    llama.upload('bad', tinyModel({ without: 'blk.1.ffn_up.weight' }));
    const error = 'bad: tensor "blk.1.ffn_up.weight" is missing';
    expect(llama.error('load_model', ['--model', 'bad'])).toBe(`--model ${error}`);
    expect(llama.call('ready')).toEqual(because(`Model not yet loaded: ${error}`));
    expect(llama.call('health')).toEqual(ok);
    llama.upgrade();
    expect(llama.timers()).toBe(0);
    llama.ok('load_model', ['--model', 'good']);
    expect(say()).toBe(before);
  });

  it('of a directory, or of a path outside of the file system, is an error', () => {
    llama.upload('models/a', llamaModel);
    expect(llama.error('load_model', ['--model', 'models'])).toBe(
      '--model models: it is a directory, and no file: models',
    );
    expect(llama.error('load_model', ['--model', '../a'])).toBe('--model ../a: a path cannot have .. in it: ../a');
    expect(llama.error('load_model', ['--model', 'x'.repeat(5000)])).toBe('--model: a path has at most 4096 bytes');
  });

  it('again and with other models takes no more memory after the second round', () => {
    llama.upload('a', llamaModel);
    llama.upload('b', qwenModel);
    const heaps: number[] = [];
    for (let i = 0; i < (isFull ? 20 : 5); i++) {
      for (const name of ['a', 'b']) {
        llama.ok('load_model', ['--model', name]);
        for (const cache of ['x', 'y']) {
          // A session belongs to one model, so each model has its own.
          const session = `${cache} of ${name}`;
          llama.run(['--prompt-cache', session, '-n', '4', '-p', `${name} and ${cache}`]);
        }
      }
      heaps.push(llama.canister.memory.heap);
    }
    expect(new Set(heaps.slice(1)).size).toBe(1);
  });

  it('and hundreds of calls take no more memory either', () => {
    llama.load('a', llamaModel);
    llama.letEveryoneIn();
    const turn = (i: number) => {
      const name = ['--prompt-cache', `chat${i % 7}`];
      if (i % 10 === 0) llama.ok('new_chat', name, person(i % 3));
      if (i % 23 === 0) llama.ok('remove_prompt_cache', name, person(i % 3));
      llama.run([...name, '-n', '4', '-p', `hello ${i % 5}`], person(i % 3));
      llama.command('run_update', [...name, '-n', '2', '-p', '', '--top-k', '3'], person(i % 3));
      llama.ok('run_query', ['-n', '2', '-p', 'hello'], person(i % 3));
      llama.command('run_update', ['--nonsense'], person(i % 3));
    };
    for (let i = 0; i < 50; i++) turn(i);
    const heap = llama.canister.memory.heap;
    for (let i = 50; i < (isFull ? 250 : 100); i++) turn(i);
    expect(llama.canister.memory.heap).toBe(heap);
  });
});

describe('a file that takes more than a message to load', () => {
  let expected: string;
  let large: Llama;

  beforeAll(async () => {
    large = await Llama.install();
    large.load('m', larger(), '-c', '512');
    llama = large;
    expected = say();
  });
  beforeEach(() => {
    llama = large;
    llama.budget(LOADING_BUDGET);
  });

  function beginLoading(): void {
    const reply = llama.ok('load_model', ['--model', 'm', '-c', '512']);
    expect(reply.status_code).toBe(202);
    expect(reply.output).toMatch(/^The model is being loaded, [1-9]\d? % so far; ready says when it is done\.$/);
  }

  it('goes on by itself, and reports its progress', () => {
    beginLoading();
    const { Err } = llama.call('ready') as { Err: { Other: string } };
    expect(Err.Other).toMatch(/^loading [1-9]\d? % \(m\)$/);
    expect(llama.error('run_update', ['-p', 'hi'])).toBe(Err.Other);
    expect(llama.call('model_info')).toEqual(because(Err.Other));
    const steps = llama.timers();
    expect(steps).toBeGreaterThan(0);
    expect(llama.call('ready')).toEqual(ok);
    llama.budget(0);
    expect(say()).toBe(expected);
    expect(llama.call('model_info')).toMatchObject({ Ok: { load_messages: BigInt(steps + 1) } });
  });

  it('starts again after an upgrade in the middle of it', () => {
    beginLoading();
    llama.upgrade();
    expect(llama.call('ready')).toEqual(because('loading 0 % (m)'));
    expect(llama.timers()).toBeGreaterThan(1);
    llama.budget(0);
    expect(say()).toBe(expected);
  });

  it('goes on when load_model is called for a file that does not exist', () => {
    beginLoading();
    expect(llama.error('load_model', ['--model', 'nothing'])).toBe('--model nothing: File does not exist: nothing');
    expect(llama.timers()).toBeGreaterThan(0);
    expect(llama.call('ready')).toEqual(ok);
  });

  it('is replaced by another one', () => {
    beginLoading();
    llama.load('other', llamaModel);
    expect(llama.timers()).toBe(0);
    expect(llama.call('model_info')).toMatchObject({ Ok: { filename: 'other' } });
  });

  it('pauses while the canister is stopped, and goes on afterwards', () => {
    beginLoading();
    // A stopped canister is not called; afterwards the timer is overdue.
    llama.time += 3_600_000_000_000n;
    expect(llama.call('ready')).toEqual(
      because(/^loading has come to a halt at [1-9]\d? % \(m\): the canister was stopped/),
    );
    llama.budget(0);
    expect(llama.timers()).toBeGreaterThan(0);
    expect(llama.call('ready')).toEqual(ok);
    expect(say()).toBe(expected);
  });

  it('reports a step that traps, and can be started again', () => {
    beginLoading();
    // The state after a trap: the heap as it was before, and no timer.
    const due = llama.canister.environment.globalTimer;
    llama.canister.environment.globalTimer = 0n;
    expect(due).toBeGreaterThan(0n);
    llama.time += 700_000_000_000n;
    expect(llama.call('ready')).toEqual(because(/^loading has come to a halt at [1-9]/));
    llama.budget(0);
    llama.ok('load_model', ['--model', 'm', '-c', '512']);
    expect(say()).toBe(expected);
  });

  it('with a budget too small for any step is an error', () => {
    llama.budget(60_000_000);
    expect(llama.error('load_model', ['--model', 'm'])).toMatch(
      /^--model m: a step of loading takes \d+ instructions, and a call may execute 60000000$/,
    );
  });

  it('ends when the file changes', () => {
    beginLoading();
    llama.upload('m', llamaModel);
    expect(llama.call('ready')).toEqual(
      because('the file of the model was changed or removed since: load it again (m)'),
    );
    llama.timers();
    expect(llama.call('ready')).toEqual(
      because('Model not yet loaded: m: the file was changed or removed while it was being loaded'),
    );
    llama.upgrade();
    expect(llama.timers()).toBe(0);
  });
});

describe('the loaded model', () => {
  it('is loaded again after an upgrade, as it was', () => {
    llama.load('models/a.gguf', llamaModel, '-c', '200', '--rope-scale', '2');
    const before = say();
    llama.upgrade();
    expect(llama.call('ready')).toEqual(because('loading 0 % (models/a.gguf)'));
    expect(llama.error('run_update', ['-p', 'hi'])).toBe('loading 0 % (models/a.gguf)');
    expect(llama.timers()).toBe(1);
    expect(say()).toBe(before);
    expect(llama.call('model_info')).toMatchObject({ Ok: { context: 200n } });
    // The answer does not wait for the timer.
    llama.upgrade();
    llama.ok('load_model', ['-m', 'models/a.gguf', '-c', '200', '--rope-scale', '2']);
    expect(llama.timers()).toBe(0);
    expect(say()).toBe(before);
  });

  it('keeps keys and values in 8 bits on request, also after an upgrade', () => {
    llama.upload('a', tinyModel({ embedding: 256, headDim: 64, keyValueHeads: 4, layers: 6 }));
    /** The heap that the keys and values of 600 tokens take in a fresh program. */
    const heap = () => {
      llama.timers();
      llama.run(['-n', '0', '-p', 'a'.repeat(600)]);
      return llama.canister.memory.heap;
    };
    llama.ok('load_model', ['-m', 'a', '-c', '1024']);
    llama.upgrade();
    const wide = heap();
    llama.ok('load_model', ['-m', 'a', '-c', '1024', '-ctk', 'q8_0', '--cache-type-v', 'q4_0']);
    llama.upgrade();
    expect(wide - heap()).toBeGreaterThan(1_500_000);
    llama.ok('load_model', ['-m', 'a', '-c', '1024', '-ctk', 'f16']);
    llama.upgrade();
    expect(heap()).toBe(wide);
  });

  it('is not ready any more after its file changes', () => {
    llama.load('a', llamaModel);
    const before = say();
    llama.upload('a', qwenModel);
    const changed = 'the file of the model was changed or removed since: load it again (a)';
    expect(llama.call('ready')).toEqual(because(changed));
    expect(llama.error('run_update', ['-p', 'hi'])).toBe(changed);
    llama.load('a', llamaModel);
    expect(say()).toBe(before);
  });

  it('is described by model_info', () => {
    llama.load('models/q.gguf', qwenModel, '-c', '300');
    const reply = llama.run(['--prompt-cache', 'c', '-n', '3', '-p', 'hello there']);
    const spent = BigInt(llama.spent.instructions);
    const { Ok } = llama.call('model_info') as { Ok: Record<string, unknown> };
    expect(Ok).toMatchObject({
      filename: 'models/q.gguf',
      filesize: BigInt(qwenModel.length),
      filesha256: createHash('sha256').update(qwenModel).digest('hex'),
      architecture: 'qwen2',
      file_type: 'Q8_0',
      layers: 3n,
      vocabulary: 400n,
      context: 300n,
      trained_context: 2048n,
      resident_sessions: 1n,
      load_messages: 1n,
      heap_bytes: BigInt(llama.canister.memory.heap),
      chat_template: '',
      chat_template_error: [],
    });
    const [run] = Ok.last_run as [Record<string, bigint>];
    expect(run).toMatchObject({ n_prompt_tokens_decoded: reply.n_prompt_tokens[0]!, n_tokens_generated: 2n });
    // The canister's own count lacks only the end of the message.
    expect(run.instructions!).toBeGreaterThan(spent - 3_000_000n);
    expect(run.instructions!).toBeLessThanOrEqual(spent);
    expect(run.cycles!).toBe(run.instructions! + 5_000_000n);
    expect(Ok.instructions_per_prompt_token).toBeGreaterThan(10_000n);
    expect(Ok.instructions_per_generated_token).toBeGreaterThan(10_000n);
    // A query measures nothing, and the caller is not disclosed to everybody.
    llama.ok('run_query', ['-n', '3', '-p', 'hi']);
    expect((llama.call('model_info') as { Ok: typeof Ok }).Ok.last_run).toEqual([run]);
    llama.letEveryoneIn();
    expect((llama.call('model_info', undefined, person(1)) as { Ok: typeof Ok }).Ok.last_run).toEqual([]);
    expect(llama.call('model_info', undefined, anonymous)).toEqual(because('Access Denied'));
    llama.run(['-n', '1', '-p', 'hi'], person(1));
    expect((llama.call('model_info', undefined, person(1)) as { Ok: typeof Ok }).Ok.last_run).toHaveLength(1);
    expect((llama.call('model_info', undefined, person(2)) as { Ok: typeof Ok }).Ok.last_run).toEqual([]);
    expect((llama.call('model_info', undefined, owner) as { Ok: typeof Ok }).Ok.last_run).toHaveLength(1);
  });
});
