/** Keys and values that are damaged, belong to something else, come from outside, or were not written completely. */
import { beforeAll, describe, expect, it } from 'vitest';
import { Llama, person } from './llama.js';
import {
  chat,
  converse,
  evaluated,
  kept,
  model,
  PAGE,
  PROMPT,
  put,
  putSession,
  session,
  start,
} from './warm-sessions.js';

let undisturbed: ReturnType<typeof converse>;
beforeAll(async () => {
  undisturbed = converse(await start());
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

  it('from the first wrong byte on', async () => {
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

  it('if the data is cut off, or only noise', async () => {
    const half = await startWith((bytes) => bytes.subarray(0, PAGE + 100));
    expect(half.evaluated).toBe(half.tokens - 32);
    const none = await startWith((bytes) => bytes.fill(0xff));
    expect(none.evaluated).toBe(none.tokens);
  });

  it('if they were made with other options; with the old options, the old ones are used again', async () => {
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

describe('stored data has nothing of other tokens', () => {
  const beginning = PROMPT.slice(0, 70);
  const alone = async (words: string, ...flags: string[]) => {
    const llama = await Llama.install();
    llama.load('m', model, '-c', '512', ...flags);
    llama.run(chat('s', words, '0'));
    return kept(llama, 's');
  };
  const loads: [string, string[]][] = [
    ['int16', []],
    ['int8', ['--cache-type-k', 'q8_0', '--cache-type-v', 'q8_0']],
  ];

  it.each(loads)('of a prefix with the same beginning, as %s', async (_, flags) => {
    const llama = await Llama.install();
    llama.load('m', model, '-c', '512', ...flags);
    llama.ok('pin_prefix', ['--prompt-cache', 'system', '-p', PROMPT]);
    for (const [name, words] of Object.entries({ one: `${beginning}own`, other: `${beginning}another` })) {
      const reply = llama.run(chat(name, words, '0'));
      expect(reply.n_prompt_tokens_cached[0]).toBeGreaterThan(32n);
      expect(kept(llama, name).equals(await alone(words, ...flags)), name).toBe(true);
    }
    // The prefix itself is undamaged.
    expect(llama.run(chat('whole', PROMPT, '0')).n_prompt_tokens_cached[0]).toBeGreaterThan(100n);
    expect(kept(llama, 'whole').equals(await alone(PROMPT, ...flags))).toBe(true);
  });

  it.each(loads)('of an earlier prompt with the same beginning, as %s', async (_, flags) => {
    const llama = await Llama.install();
    llama.load('m', model, '-c', '512', ...flags);
    llama.run(chat('s', PROMPT, '0'));
    llama.call('copy_prompt_cache', { from: 's', to: 'copy' });
    const words = `${beginning}own`;
    llama.run(chat('s', words, '0'));
    const bytes = await alone(words, ...flags);
    expect(kept(llama, 's').subarray(0, bytes.length).equals(bytes)).toBe(true);
    expect(kept(llama, 'copy').equals(await alone(PROMPT, ...flags))).toBe(true);
  });
});

describe('data carried along with a session', () => {
  it('continues it without evaluation, under another name and in another canister', async () => {
    const llama = await start();
    llama.run(chat('s', PROMPT));
    for (const target of [llama, await start()]) {
      putSession(target, 'carried', session(llama, 's'));
      expect(put(target, 'carried', kept(llama, 's'), 50_000)).toHaveProperty('Ok');
      expect(target.run(chat('carried', '', '9')).n_prompt_tokens_decoded).toEqual([0n]);
    }
  });

  it('is not shared with other sessions', async () => {
    const llama = await start();
    llama.run(chat('s', PROMPT, '1'));
    const bytes = kept(llama, 's');
    put(llama, 's', bytes);
    llama.upgrade();
    llama.timers();
    llama.run(chat('s', PROMPT, '2'));
    const before = llama.canister.memory.stable;
    // A copy belongs to the same caller and shares everything; what other callers evaluate is written separately.
    llama.run(chat('s', PROMPT, '2'), person(4));
    expect(llama.canister.memory.stable - before).toBeGreaterThanOrEqual(bytes.length - PAGE);
  });

  it('never keeps the canister from answering, whatever is uploaded', async () => {
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

it('stays as it was if a message traps while it writes', async () => {
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
  // The end of the message writes, so it is cut off at every place there.
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
