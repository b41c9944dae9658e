/** Keys and values that outlive the heap: sessions go on where they were, without being evaluated again, bit for bit. */
import { beforeAll, describe, expect, it } from 'vitest';
import { Program } from './golden-canister.js';
import { limited } from './limited-memory.js';
import { Llama, type Output, owner, person, type Result } from './llama.js';
import { tinyModel } from './tiny-model.js';

const PAGE = 65536;
const shape = { embedding: 128, headDim: 32, keyValueHeads: 2, layers: 3 };
const model = tinyModel(shape);
const flags = ['--temp', '0.8', '--seed', '5', '--ignore-eos'];
const PROMPT = 'once upon a time there was a cat that sat on the mat '.repeat(3);

interface Chunk {
  chunk: Uint8Array;
  filesize: bigint;
  done: boolean;
}

async function start(wasm?: Uint8Array): Promise<Llama> {
  const llama = await Llama.install({}, wasm);
  llama.load('m', model, '-c', '512');
  llama.letEveryoneIn();
  return llama;
}

const chat = (name: string, words: string, n = '5') => ['--prompt-cache', name, ...flags, '-n', n, '-p', words];
function upgrade(llama: Llama): void {
  llama.upgrade();
  llama.timers();
}

/** The keys and values that are kept of a session of the owner's. */
function kept(llama: Llama, promptcache: string): Buffer {
  const parts: Uint8Array[] = [];
  for (let offset = 0; ; ) {
    const input = { promptcache, chunksize: 1_900_000n, offset: BigInt(offset) };
    const answer = llama.call('download_kv_cache_chunk', input) as Result<Chunk, unknown>;
    if ('Err' in answer) throw new Error(JSON.stringify(answer.Err));
    parts.push(answer.Ok.chunk);
    offset += answer.Ok.chunk.length;
    if (answer.Ok.done) return Buffer.concat(parts);
  }
}
function put(llama: Llama, promptcache: string, bytes: Uint8Array, chunkSize = 1_000_000): unknown {
  let answer: unknown;
  for (let offset = 0; offset === 0 || offset < bytes.length; offset += chunkSize) {
    const chunk = bytes.subarray(offset, offset + chunkSize);
    const input = { promptcache, chunk, chunksize: BigInt(chunkSize), offset: BigInt(offset) };
    answer = llama.call('upload_kv_cache_chunk', input);
    if ('Err' in (answer as object)) break;
  }
  return answer;
}
const session = (llama: Llama, promptcache: string) =>
  (llama.call('download_prompt_cache_chunk', { promptcache, chunksize: 1_900_000n, offset: 0n }) as { Ok: Chunk }).Ok
    .chunk;
const putSession = (llama: Llama, promptcache: string, chunk: Uint8Array) =>
  llama.call('upload_prompt_cache_chunk', { promptcache, chunk, chunksize: BigInt(chunk.length), offset: 0n });
const evaluated = ({ n_prompt_tokens_decoded }: Output) => Number(n_prompt_tokens_decoded[0]);
const usage = (llama: Llama, caller = owner) =>
  (llama.call('get_usage', undefined, caller) as { Ok: { bytes: bigint; warm_bytes: bigint } }).Ok;
const limits = (llama: Llama) =>
  llama.call('get_warm_limits') as Record<'bytes' | 'bytes_used' | 'bytes_per_caller', bigint>;
const setLimits = (llama: Llama, all?: number, each?: number) =>
  llama.call('set_warm_limits', {
    bytes: all === undefined ? [] : [BigInt(all)],
    bytes_per_caller: each === undefined ? [] : [BigInt(each)],
  });

/** What a session comes to in five calls, where something happens between two of them. */
function converse(llama: Llama, between: (turn: number) => void = () => undefined) {
  const replies: Output[] = [llama.run(chat('s', PROMPT))];
  const costs: number[] = [];
  for (let turn = 0; turn < 4; turn++) {
    between(turn);
    replies.push(llama.run(chat('s', '', '9')));
    costs.push(llama.spent.instructions);
  }
  return { replies, costs, texts: replies.map(({ output, conversation }) => output + conversation) };
}

let undisturbed: ReturnType<typeof converse>;
let bytes: Buffer;
beforeAll(async () => {
  const llama = await start();
  undisturbed = converse(llama);
  bytes = kept(llama, 's');
  expect(bytes.length).toBeGreaterThan(4 * PAGE);
});

describe('a session goes on as if it had never left the heap', () => {
  const happens: [string, (llama: Llama) => void][] = [
    ['an upgrade', upgrade],
    ['its model is loaded again, with more context', (llama) => llama.ok('load_model', ['--model', 'm', '-c', '600'])],
    [
      'another model was loaded in between',
      (llama) => {
        for (const name of ['other', 'm']) llama.ok('load_model', ['--model', name, '-c', '512']);
      },
    ],
    [
      'the same file has another path',
      (llama) => {
        llama.upload('elsewhere', model);
        llama.ok('load_model', ['--model', 'elsewhere', '-c', '512']);
      },
    ],
  ];
  it.each(happens)('after %s', async (_, happen) => {
    const llama = await start();
    llama.upload('other', tinyModel({ architecture: 'qwen2' }));
    const { replies, texts, costs } = converse(llama, () => happen(llama));
    expect(texts).toEqual(undisturbed.texts);
    expect(replies.map(evaluated)).toEqual(undisturbed.replies.map(evaluated));
    expect(replies.slice(1).map(({ n_prompt_tokens_cached }) => n_prompt_tokens_cached)).toEqual(
      replies.slice(1).map(({ n_prompt_tokens }) => n_prompt_tokens),
    );
    expect(kept(llama, 's').equals(bytes)).toBe(true);
    // To bring it back costs a few pages, not tokens.
    for (const [i, cost] of costs.entries()) expect(cost).toBeLessThan(undisturbed.costs[i]! + 6_000_000);
  });

  it('after an upgrade in the middle of its prompt, and at the end of one, where only logits are missing', async () => {
    const run = (disturb: (llama: Llama) => void) => async () => {
      const llama = await start();
      llama.maxTokens(40);
      const replies: Output[] = [];
      for (const [words, n] of [
        [PROMPT, '0'],
        [PROMPT, '0'],
        [PROMPT, '0'],
        [PROMPT, '0'],
        ['', '4'],
      ] as const) {
        replies.push(llama.run(chat('s', words, n)));
        disturb(llama);
      }
      return replies;
    };
    const plain = await run(() => undefined)();
    const upgraded = await run((llama) => {
      llama.upgrade();
      llama.timers();
    })();
    expect(upgraded).toEqual(plain);
    expect(plain.some(({ prompt_remaining }) => prompt_remaining !== '')).toBe(true);
  });

  it('in a query too', async () => {
    const llama = await start();
    llama.run(chat('s', PROMPT));
    const ask = () => llama.ok('run_query', chat('s', '', '3'));
    const before = ask();
    llama.upgrade();
    llama.timers();
    expect(ask()).toEqual(before);
    expect(evaluated(ask())).toBe(0);
  });

  it('with a state beside its keys and values, and with int8 ones', async () => {
    for (const [options, flagsOfLoad] of [
      [{ architecture: 'lfm2', convolutions: { taps: 3, attends: [1] } }, []],
      [{}, ['--cache-type-k', 'q8_0', '--cache-type-v', 'q8_0']],
    ] as const) {
      const results = [];
      for (const disturb of [false, true]) {
        const llama = await Llama.install();
        llama.load('m', tinyModel({ ...shape, ...options }), '-c', '512', ...flagsOfLoad);
        const { texts, replies } = converse(llama, () => {
          if (!disturb) return;
          llama.upgrade();
          llama.timers();
        });
        results.push([texts, replies.map(evaluated), kept(llama, 's').toString('base64')]);
      }
      expect(results[1]).toEqual(results[0]);
    }
  });
});

describe('data kept for a session', () => {
  it('is stored once where sessions share it, and counts for each', async () => {
    const llama = await start();
    const size = () => llama.canister.memory.stable;
    llama.run(chat('s', PROMPT, '1'));
    const one = usage(llama).warm_bytes;
    expect(one).toBe(limits(llama).bytes_used);
    const before = size();
    for (let i = 0; i < 20; i++) llama.call('copy_prompt_cache', { from: 's', to: `copy ${i}` });
    expect(usage(llama).warm_bytes).toBe(21n * one);
    expect(size() - before).toBeLessThanOrEqual(5 * PAGE);
    // A copy goes on by itself, after an upgrade too.
    llama.upgrade();
    llama.timers();
    const original = llama.run(chat('s', '', '9'));
    for (const name of ['copy 3', 'copy 19']) {
      expect(evaluated(llama.run(chat(name, '', '9')))).toBe(0);
      expect(llama.run(chat(name, '', '0')).conversation).toBe(original.conversation);
      expect(kept(llama, name).equals(kept(llama, 's'))).toBe(true);
    }
  });

  it('of a pinned prefix is everybody’s, and comes back before anybody asks', async () => {
    const llama = await start();
    llama.ok('pin_prefix', ['--prompt-cache', 'system', '-p', PROMPT]);
    const tokens = (llama.call('get_pinned_prefixes') as { Ok: { tokens: bigint }[] }).Ok[0]!.tokens;
    const empty = llama.canister.memory.stable;
    for (let i = 0; i < 10; i++) llama.run(chat('s', `${PROMPT} ${i}`, '1'), person(i));
    const each = usage(llama, person(0)).warm_bytes;
    const grown = llama.canister.memory.stable - empty;
    // Its blocks but the last one are those of the prefix.
    expect(grown).toBeLessThan(Number(each) * 10 - 10 * PAGE * Math.floor(Number(tokens) / 32) + 40 * PAGE);
    llama.upgrade();
    llama.timers();
    const prefix = (llama.call('get_pinned_prefixes') as { Ok: { evaluated: bigint }[] }).Ok[0]!;
    expect(prefix.evaluated).toBe(tokens);
    // The last message of the timer has evaluated it: by a read.
    expect(llama.spent.instructions).toBeLessThan(20_000_000);
    for (let i = 0; i < 10; i++) expect(evaluated(llama.run(chat('s', '', '2'), person(i)))).toBe(0);
    // It is theirs where the prefix is not pinned any more.
    llama.ok('unpin_prefix', ['--prompt-cache', 'system']);
    llama.upgrade();
    llama.timers();
    for (let i = 0; i < 10; i++) expect(evaluated(llama.run(chat('s', '', '2'), person(i)))).toBe(0);
  });

  it('is removed with its session in every case', async () => {
    const llama = await start();
    for (const name of ['a', 'b', 'c', 'd']) llama.run(chat(name, PROMPT, '1'));
    const used = () => limits(llama).bytes_used;
    const one = used() / 4n;
    llama.ok('remove_prompt_cache', ['--prompt-cache', 'a']);
    expect(used()).toBe(3n * one);
    llama.call('filesystem_remove', { filename: `.canister_cache/${owner.toText()}/sessions/b` });
    expect(used()).toBe(2n * one);
    llama.call('copy_prompt_cache', { from: 'c', to: 'd' });
    expect(used()).toBe(2n * one);
    llama.time += 7n * 3_600_000_000_000n;
    llama.call('cache_cleanup_now');
    expect(used()).toBe(0n);
    // And its room is used again.
    const before = llama.canister.memory.stable;
    for (const name of ['a', 'b', 'c', 'd']) llama.run(chat(name, PROMPT, '1'));
    expect(llama.canister.memory.stable - before).toBeLessThanOrEqual(2 * PAGE);
  });

  it('is limited for a caller and in all: the least recently used makes room', async () => {
    const llama = await start();
    const run = (name: string, caller = person(1)) => evaluated(llama.run(chat(name, PROMPT, '2'), caller));
    run('probe');
    const one = Number(usage(llama, person(1)).warm_bytes);
    llama.ok('remove_prompt_cache', ['--prompt-cache', 'probe'], person(1));
    setLimits(llama, undefined, 2 * one);
    const all = run('a');
    expect(run('b')).toBe(all);
    run('a');
    run('c');
    expect(Number(usage(llama, person(1)).warm_bytes)).toBeLessThanOrEqual(2 * one);
    llama.upgrade();
    llama.timers();
    // The one that went was used before the others.
    expect(run('a')).toBe(0);
    expect(run('c')).toBe(0);
    expect(run('b')).toBe(all);
    // In all: those of the caller who came longest ago.
    setLimits(llama, 3 * one, 2 * one);
    run('a', person(2));
    run('a', person(3));
    expect(Number(limits(llama).bytes_used)).toBeLessThanOrEqual(3 * one);
    expect(limits(llama)).toMatchObject({ bytes: BigInt(3 * one), bytes_per_caller: BigInt(2 * one) });
    llama.upgrade();
    llama.timers();
    expect(run('a', person(2))).toBe(0);
    expect(run('a', person(3))).toBe(0);
    // 0 is none at all.
    setLimits(llama, 0);
    llama.call('cache_cleanup_now');
    expect(limits(llama).bytes_used).toBe(0n);
    run('d');
    expect(limits(llama).bytes_used).toBe(0n);
    llama.upgrade();
    llama.timers();
    expect(run('d')).toBe(all);
  });

  it('gives way to files where stable memory is full, and sessions go on without it', async () => {
    const program = await Program.start();
    const { stable } = program.host;
    program.host.call('canister_init');
    program.host.cycles = 10n ** 13n;
    const upload = (filename: string, chunk: Uint8Array) =>
      program.call('file_upload_chunk', { filename, chunk, chunksize: 1_900_000n, offset: 0n }, 'owner') as object;
    expect(upload('m', model)).toHaveProperty('Ok');
    program.ok('load_model', { args: ['--model', 'm', '-c', '512'] });
    const run = (words: string, n = '9') => {
      const { Ok } = program.call('run_update', { args: chat('s', words, n) }, 'owner') as { Ok: Output };
      return Ok.output + Ok.conversation;
    };
    const used = () => (program.call('get_warm_limits', undefined, 'owner') as { bytes_used: bigint }).bytes_used;
    const texts = [run(PROMPT, '5')];
    expect(used()).toBeGreaterThan(0n);
    stable.limit = stable.pages;
    // A file that has no room has that of the keys and values.
    let files = 0;
    for (; used() > 0n; files++) {
      expect(files).toBeLessThan(50);
      expect(upload(`f${files}`, new Uint8Array(PAGE))).toHaveProperty('Ok');
    }
    expect(files).toBeGreaterThan(0);
    while ('Ok' in upload(`f${files}`, new Uint8Array(PAGE))) expect(++files).toBeLessThan(99);
    for (let turn = 0; turn < 4; turn++) texts.push(run(''));
    expect(texts).toEqual(undisturbed.texts);
  });
});

describe('tokens with damaged or foreign keys and values are evaluated', () => {
  const text = () => undisturbed.replies[0]!;
  async function startWith(damage: (bytes: Buffer) => Uint8Array) {
    const llama = await start();
    const first = llama.run(chat('s', PROMPT));
    expect(first).toEqual(text());
    const before = kept(llama, 's');
    expect(put(llama, 's', damage(before))).toHaveProperty('Ok');
    llama.upgrade();
    llama.timers();
    const reply = llama.run(chat('s', '', '9'));
    expect(reply.output + reply.conversation).toBe(undisturbed.texts[1]);
    return { llama, evaluated: evaluated(reply), tokens: Number(reply.n_prompt_tokens[0]) };
  }

  it('from the first byte that is wrong on', async () => {
    const whole = await startWith((bytes) => bytes);
    expect(whole.evaluated).toBe(0);
    for (const [at, block] of [
      [0, 0],
      [5, 1],
      [9, 0],
      [20, 1],
      [30, 0],
      [3000, 1],
    ] as const) {
      const damaged = await startWith((bytes) => {
        bytes[block * PAGE + at]! ^= 4;
        return bytes;
      });
      expect([at, block, damaged.evaluated]).toEqual([at, block, damaged.tokens - 32 * block]);
    }
  });

  it('cut off, or only noise', async () => {
    const half = await startWith((bytes) => bytes.subarray(0, PAGE + 100));
    expect(half.evaluated).toBe(half.tokens - 32);
    const none = await startWith((bytes) => bytes.fill(0xff));
    expect(none.evaluated).toBe(none.tokens);
  });

  it('what is of other options: they go on by themselves, and come back to what is theirs then', async () => {
    const llama = await start();
    llama.run(chat('s', PROMPT));
    llama.ok('load_model', ['--model', 'm', '-c', '512', '--cache-type-k', 'q8_0', '--cache-type-v', 'q8_0']);
    const first = llama.run(chat('s', '', '0'));
    expect(evaluated(first)).toBe(Number(first.n_prompt_tokens[0]));
    llama.upgrade();
    llama.timers();
    expect(evaluated(llama.run(chat('s', '', '0')))).toBe(0);
  });
});

describe('carried with a session', () => {
  it('it goes on without being evaluated, at another name and in another canister', async () => {
    const llama = await start();
    llama.run(chat('s', PROMPT));
    for (const target of [llama, await start()]) {
      putSession(target, 'carried', session(llama, 's'));
      expect(put(target, 'carried', kept(llama, 's'), 50_000)).toHaveProperty('Ok');
      expect(target.run(chat('carried', '', '9')).n_prompt_tokens_decoded).toEqual([0n]);
    }
  });

  it('is shared with nobody else’s', async () => {
    const llama = await start();
    llama.run(chat('s', PROMPT, '1'));
    const bytes = kept(llama, 's');
    put(llama, 's', bytes);
    llama.upgrade();
    llama.timers();
    llama.run(chat('s', PROMPT, '2'));
    const before = llama.canister.memory.stable;
    // A copy is the same caller's, and has what he has; what others evaluate is written anew.
    llama.run(chat('s', PROMPT, '2'), person(4));
    expect(llama.canister.memory.stable - before).toBeGreaterThanOrEqual(bytes.length - PAGE);
  });

  it('whatever is uploaded, there is an answer', async () => {
    const llama = await start();
    llama.run(chat('s', PROMPT, '1'));
    const bytes = kept(llama, 's');
    const error = (answer: unknown) => (answer as { Err: { Other: string } }).Err.Other;
    const upload = (input: object) =>
      llama.call('upload_kv_cache_chunk', {
        promptcache: 's',
        chunk: bytes.subarray(0, 10),
        chunksize: 10n,
        offset: 0n,
        ...input,
      });
    expect(error(upload({ promptcache: 'none' }))).toBe('upload_kv_cache_chunk: there is no session of this name');
    expect(error(upload({ promptcache: '../x' }))).toMatch(/^upload_kv_cache_chunk: .*cannot have \.\./);
    expect(error(upload({ offset: 3n }))).toMatch(/offset 3 is not where it ends/);
    expect(error(upload({ chunksize: 9n }))).toMatch(/more than its chunksize/);
    expect(error(upload({ chunksize: 3n << 20n }))).toMatch(/exceeds limit/);
    expect(error(put(llama, 's', Buffer.alloc(bytes.length + PAGE)))).toMatch(/take at most \d+ bytes/);
    expect(put(llama, 's', new Uint8Array())).toHaveProperty('Ok');
    expect(kept(llama, 's')).toHaveLength(0);
    expect(
      llama.call('download_kv_cache_chunk', { promptcache: 's', chunksize: 1n, offset: 1n << 63n }),
    ).toHaveProperty('Ok');
  });
});

it('a message that traps while it writes leaves what was there before', async () => {
  const llama = await start();
  llama.run(chat('s', PROMPT));
  const before = kept(llama, 's');
  const next = () => llama.run(chat('s', '', '9'));
  const limits = llama.canister.runtime.limits;
  const file = session(llama, 's');
  next();
  const whole = llama.spent.instructions;
  const after = kept(llama, 's');
  putSession(llama, 's', file);
  put(llama, 's', before);
  // The end of the message writes: it is cut off everywhere there.
  for (let left = 40_000; left < 4_000_000; left += 330_000) {
    limits.updateInstructions = whole - left;
    expect(next).toThrow();
    expect(kept(llama, 's').equals(before)).toBe(true);
  }
  limits.updateInstructions = 40e9;
  llama.upgrade();
  llama.timers();
  expect(evaluated(next())).toBe(0);
  expect(kept(llama, 's').equals(after)).toBe(true);
});

it('a heap with room for two sessions serves ten as one with room for all', async () => {
  const roomy = await start();
  const empty = roomy.canister.memory.heap / PAGE;
  const turns = (llama: Llama) => {
    const costs: number[] = [];
    const texts: string[] = [];
    for (let turn = 0; turn < 3; turn++) {
      for (let i = 0; i < 10; i++) {
        const reply = llama.run(chat('s', turn === 0 ? `${i} ${PROMPT}` : '', '5'), person(i));
        texts.push(reply.output + reply.conversation);
        if (turn > 0) {
          expect(evaluated(reply)).toBe(0);
          costs.push(llama.spent.instructions);
        }
      }
    }
    return { costs, texts };
  };
  const expected = turns(roomy);
  const small = await start(limited(empty + 34));
  const { costs, texts } = turns(small);
  expect(texts).toEqual(expected.texts);
  const { resident_sessions } = (small.call('model_info') as { Ok: { resident_sessions: bigint } }).Ok;
  expect(resident_sessions).toBeLessThan(6n);
  for (const [i, cost] of costs.entries()) expect(cost).toBeLessThan(expected.costs[i]! + 6_000_000);
});
