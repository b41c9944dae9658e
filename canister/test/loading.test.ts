/** A model whose loading takes several messages, and what may happen between two of them. */
import { createHash } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isFull } from '../../test/full.js';
import { Llama, owner, person } from './llama.js';
import { tinyModel } from './tiny-model.js';

/** Loading it takes 330 M instructions, and one step of it up to 178 M. */
const large = tinyModel({ layers: 4, embedding: 1024, heads: 16, keyValueHeads: 4, headDim: 64, feedForward: 2816 });
const small = tinyModel();
const STEP_BUDGET = 250_000_000;
const HOUR = 3_600_000_000_000n;

const ok = { Ok: { status_code: 200 } };
const because = (text: string | RegExp) => ({
  Err: { Other: typeof text === 'string' ? text : expect.stringMatching(text) },
});

let llama: Llama;
async function install(): Promise<void> {
  llama = await Llama.install();
  llama.upload('m', large);
  llama.upload('small', small);
  llama.budget(STEP_BUDGET);
}

function beginLoading(): void {
  expect(llama.ok('load_model', ['--model', 'm', '-c', '512']).status_code).toBe(202);
  expect(llama.call('ready')).toEqual(because(/^loading \d+ % \(m\)$/));
}

function say(): string {
  llama.budget(0);
  const { conversation } = llama.run(['-n', '8', '--seed', '3', '-p', 'hello']);
  llama.budget(STEP_BUDGET);
  return conversation;
}

/** The answer of the model after loading without interruption. */
let said: string | undefined;
function expectLoaded(): void {
  expect(llama.timers()).toBeGreaterThan(0);
  expect(llama.call('ready')).toEqual(ok);
  const text = say();
  said ??= text;
  expect(text).toBe(said);
}

function expectSmallLoads(): void {
  expect(llama.ok('load_model', ['--model', 'small']).status_code).toBe(200);
  expect(llama.timers()).toBe(0);
  expect(llama.call('ready')).toEqual(ok);
  say();
}

const remove = () =>
  expect(llama.call('filesystem_remove', { filename: 'm' })).toMatchObject({ Ok: { removed: true } });

const chunk = (offset: number, bytes: Uint8Array, caller = owner) =>
  llama.call(
    'file_upload_chunk',
    { filename: 'm', chunk: bytes, chunksize: BigInt(bytes.length), offset: BigInt(offset) },
    caller,
  );

/** Begins an upload of another file with the same name, and sends all of its chunks or only the first. */
function replace(chunks: number): void {
  const size = Math.ceil(small.length / 2);
  const { Ok } = llama.call('upload_begin', {
    filename: 'm',
    filesize: BigInt(small.length),
    sha256: createHash('sha256').update(small).digest('hex'),
    chunksize: BigInt(size),
  }) as { Ok: { upload: bigint } };
  for (let i = 0; i < chunks; i++) {
    const part = small.subarray(i * size, (i + 1) * size);
    const answer = llama.call('upload_chunk', { upload: Ok.upload, offset: BigInt(i * size), chunk: part });
    const phase = i === 1 ? { done: null } : { receiving: null };
    expect(answer).toMatchObject({ Ok: { phase } });
  }
}

describe('a file that changes while it is being loaded', () => {
  beforeEach(install);

  const changes: [string, () => void][] = [
    ['removed', remove],
    ['written from its beginning', () => expect(chunk(0, small)).toHaveProperty('Ok')],
    ['written at its end', () => expect(chunk(large.length, Uint8Array.of(0))).toHaveProperty('Ok')],
    ['replaced by an upload in any order', () => replace(2)],
  ];
  it.each(isFull ? changes : [changes[0]!, changes[3]!])('loading ends when %s', (_, change) => {
    beginLoading();
    change();
    const changed = 'the file of the model was changed or removed since: load it again (m)';
    expect(llama.call('ready')).toEqual(because(changed));
    expect(llama.error('run_update', ['-p', 'hi'])).toBe(changed);
    expect(llama.call('model_info')).toEqual(because(changed));
    expect(llama.timers()).toBe(1);
    const ended = 'Model not yet loaded: m: the file was changed or removed while it was being loaded';
    expect(llama.call('ready')).toEqual(because(ended));
    expect(llama.error('run_update', ['-p', 'hi'])).toBe(ended);
    llama.upgrade();
    expect(llama.timers()).toBe(0);
    expect(llama.call('ready')).toEqual(because('Model not yet loaded'));
    expectSmallLoads();
  });

  it('loading ends, too, when the file is removed between an upgrade and the first step after it', () => {
    beginLoading();
    llama.upgrade();
    remove();
    expect(llama.timers()).toBe(1);
    expect(llama.call('ready')).toEqual(because('Model not yet loaded: m: File does not exist: m'));
    expectSmallLoads();
  });

  it('frees its memory every time', () => {
    const sizes: object[] = [];
    for (let i = 0; i < (isFull ? 4 : 3); i++) {
      beginLoading();
      remove();
      llama.timers();
      llama.upload('m', large);
      sizes.push({ ...llama.canister.memory });
    }
    expect(sizes.slice(2)).toEqual(Array(sizes.length - 2).fill(sizes[1]));
    beginLoading();
    expectLoaded();
  });
});

describe('loading goes on', () => {
  beforeAll(install);

  const events: [string, () => void][] = [
    ['a chunk is refused', () => expect(chunk(large.length + 1, Uint8Array.of(0))).toHaveProperty('Err')],
    ['a chunk comes from somebody', () => expect(chunk(0, small, person(1))).toHaveProperty('Err')],
    ['an upload to the same name has begun', () => replace(1)],
    ['another file is removed', () => void llama.call('filesystem_remove', { filename: 'small' })],
    ['somebody asks for another model', () => void llama.command('load_model', ['--model', 'small'], person(1))],
  ];
  it.each(isFull ? events : [events[0]!, events[2]!])('when %s', (_, event) => {
    beginLoading();
    event();
    expect(llama.call('ready')).toEqual(because(/^loading \d+ % \(m\)$/));
    expectLoaded();
  });

  it('from the beginning when the same file is asked for again', () => {
    beginLoading();
    beginLoading();
    expectLoaded();
  });

  it('from the beginning after an upgrade, whichever step it follows', () => {
    for (let after = isFull ? 0 : 1, isReady = false; !isReady; after += isFull ? 1 : 2) {
      beginLoading();
      for (let i = 0; i < after; i++) llama.canister.timer({ time: llama.time });
      isReady = 'Ok' in (llama.call('ready') as object);
      llama.upgrade();
      expect(llama.call('ready')).toEqual(because('loading 0 % (m)'));
      expectLoaded();
    }
  });

  it('not when a model is requested whose fault only loading finds: then no model is loaded', () => {
    llama.upload('bad', tinyModel({ without: 'blk.1.ffn_up.weight' }));
    beginLoading();
    const error = 'bad: tensor "blk.1.ffn_up.weight" is missing';
    expect(llama.error('load_model', ['--model', 'bad'])).toBe(`--model ${error}`);
    expect(llama.timers()).toBe(0);
    expect(llama.call('ready')).toEqual(because(`Model not yet loaded: ${error}`));
    beginLoading();
    expectLoaded();
  });
});

describe('a step that traps', () => {
  const trap = () => {
    const { result } = llama.canister.timer({ time: llama.time });
    expect(result).toMatchObject({ kind: 'error', error: { message: expect.stringContaining('cycles') } });
    expect(llama.isTimerDue).toBe(false);
  };
  /** The model has to be loaded again, and the canister cannot pay for more memory. */
  const beginInVain = () => {
    beginLoading();
    llama.upgrade();
    llama.canister.environment.balance = 1_000_000_000n;
  };
  const topUp = () => {
    llama.canister.environment.balance = 100_000_000_000_000n;
  };
  const halted = /^loading has come to a halt at \d+ % \(m\): its steps trap, .*cycles.*; load_model begins anew$/;
  /** Any update call of any caller. */
  const anyCall = () => expect(llama.command('new_chat', [], person(1))).toHaveProperty('Err');
  beforeEach(install);

  it('is tried again with the next call, and loading goes on if it does not trap then', () => {
    beginInVain();
    trap();
    topUp();
    anyCall();
    expectLoaded();
  });

  it('twice is tried again after longer and longer waits, which ready reports', () => {
    beginInVain();
    trap();
    anyCall();
    expect(llama.isTimerDue).toBe(true);
    expect(llama.call('ready')).toEqual(because(/^loading \d+ %/));
    trap();
    for (const hours of [1n, 2n, 4n, 8n, 16n, 16n]) {
      anyCall();
      expect(llama.call('ready')).toEqual(because(halted));
      llama.time += hours * HOUR - 1n;
      anyCall();
      expect(llama.timers()).toBe(0);
      llama.time += 1n;
      trap();
    }
    topUp();
    anyCall();
    llama.time += 16n * HOUR;
    expectLoaded();
  });

  it('does not keep load_model from starting again', () => {
    beginInVain();
    trap();
    anyCall();
    trap();
    anyCall();
    expect(llama.call('ready')).toEqual(because(halted));
    topUp();
    beginLoading();
    expectLoaded();
  });

  it('delays neither the cleanup nor the check of the cycles', () => {
    const cycles = () => (llama.call('get_cycle_balance') as { Ok: { updated_at_ns: bigint } }).Ok.updated_at_ns;
    const runs = () => (llama.call('get_cache_cleanup_stats') as { Ok: { runs: bigint } }).Ok.runs;
    llama.call('cache_cleanup_start_timer');
    llama.call('cycle_balance_start_timer');
    beginInVain();
    const before = runs();
    trap();
    llama.time += 3n * HOUR;
    anyCall();
    while (llama.isTimerDue) llama.canister.timer({ time: llama.time });
    expect(cycles()).toBe(llama.time);
    expect(runs()).toBe(before + 1n);
    // The loader's step was the last one, and trapped again.
    expect(llama.canister.environment.globalTimer).toBe(0n);
    anyCall();
    for (let i = 0; i < 5; i++) {
      llama.time += 600_000_000_000n;
      llama.timers();
    }
    expect(runs()).toBeGreaterThanOrEqual(before + 5n);
  });
});
