/**
 * Keys and values that survive in stable memory: sessions go on from there bit for bit, and nothing is evaluated again.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { Program } from './golden-canister.js';
import { limited } from './limited-memory.js';
import { Llama, type Output, owner, person } from './llama.js';
import { tinyModel } from './tiny-model.js';
import {
  chat,
  converse,
  evaluated,
  kept,
  limits,
  model,
  PAGE,
  PROMPT,
  setLimits,
  shape,
  start,
  upgrade,
  usage,
} from './warm-sessions.js';

let undisturbed: ReturnType<typeof converse>;
let bytes: Buffer;
beforeAll(async () => {
  const llama = await start();
  undisturbed = converse(llama);
  bytes = kept(llama, 's');
  expect(bytes.length).toBeGreaterThan(4 * PAGE);
});

describe('a session continues as if it had never left the heap', () => {
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
    // Reading it back costs a few pages, and no evaluation.
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

  it('in a query', async () => {
    const llama = await start();
    llama.run(chat('s', PROMPT));
    const ask = () => llama.ok('run_query', chat('s', '', '3'));
    const before = ask();
    llama.upgrade();
    llama.timers();
    expect(ask()).toEqual(before);
    expect(evaluated(ask())).toBe(0);
  });

  it('with a state beside its keys and values, and with int8 keys and values', async () => {
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
  it('is stored once if sessions share it, and counts for each', async () => {
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

  it('for a pinned prefix belongs to no caller, and is restored before the first call', async () => {
    const llama = await start();
    llama.ok('pin_prefix', ['--prompt-cache', 'system', '-p', PROMPT]);
    const tokens = (llama.call('get_pinned_prefixes') as { Ok: { tokens: bigint }[] }).Ok[0]!.tokens;
    const empty = llama.canister.memory.stable;
    for (let i = 0; i < 10; i++) llama.run(chat('s', `${PROMPT} ${i}`, '1'), person(i));
    const each = usage(llama, person(0)).warm_bytes;
    const grown = llama.canister.memory.stable - empty;
    // All its blocks but the last one are those of the prefix.
    expect(grown).toBeLessThan(Number(each) * 10 - 10 * PAGE * Math.floor(Number(tokens) / 32) + 40 * PAGE);
    llama.upgrade();
    llama.timers();
    const prefix = (llama.call('get_pinned_prefixes') as { Ok: { evaluated: bigint }[] }).Ok[0]!;
    expect(prefix.evaluated).toBe(tokens);
    // The timer's last message has restored it, by reading it back.
    expect(llama.spent.instructions).toBeLessThan(20_000_000);
    for (let i = 0; i < 10; i++) expect(evaluated(llama.run(chat('s', '', '2'), person(i)))).toBe(0);
    // The sessions keep it if the prefix is not pinned any more.
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
    // Its room is used again.
    const before = llama.canister.memory.stable;
    for (const name of ['a', 'b', 'c', 'd']) llama.run(chat(name, PROMPT, '1'));
    expect(llama.canister.memory.stable - before).toBeLessThanOrEqual(2 * PAGE);
  });

  it('is limited for each caller and in all: the least recently used is dropped', async () => {
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
    // The one that was removed had been used before the others.
    expect(run('a')).toBe(0);
    expect(run('c')).toBe(0);
    expect(run('b')).toBe(all);
    // In all: the data of the caller who came longest ago is removed.
    setLimits(llama, 3 * one, 2 * one);
    run('a', person(2));
    run('a', person(3));
    expect(Number(limits(llama).bytes_used)).toBeLessThanOrEqual(3 * one);
    expect(limits(llama)).toMatchObject({ bytes: BigInt(3 * one), bytes_per_caller: BigInt(2 * one) });
    llama.upgrade();
    llama.timers();
    expect(run('a', person(2))).toBe(0);
    expect(run('a', person(3))).toBe(0);
    // 0 means that none are kept.
    setLimits(llama, 0);
    llama.call('cache_cleanup_now');
    expect(limits(llama).bytes_used).toBe(0n);
    run('d');
    expect(limits(llama).bytes_used).toBe(0n);
    llama.upgrade();
    llama.timers();
    expect(run('d')).toBe(all);
  });

  it('is dropped for files if stable memory is full, and sessions go on without it', async () => {
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
    // A file without room takes that of keys and values.
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

it('a heap with room for two sessions serves ten with the same answers as one with room for all', async () => {
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
