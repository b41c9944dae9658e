/** Beginnings of prompts that are evaluated once for all callers. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anonymous, Llama, owner, person } from './llama.js';
import { tinyModel } from './tiny-model.js';

const SYSTEM = 'You are a helpful assistant who lives in a canister and answers in verse. '.repeat(3);
const greedy = ['--temp', '0', '--ignore-eos'];

let llama: Llama;
beforeAll(async () => {
  llama = await Llama.install();
  llama.load('m', tinyModel(), '-c', '1024');
  llama.upload('other', tinyModel({ architecture: 'qwen2' }));
  llama.letEveryoneIn();
});
beforeEach(() => {
  for (const { name } of pinned()) llama.ok('unpin_prefix', ['--prompt-cache', name]);
  llama.budget(0);
});

interface Pinned {
  name: string;
  bytes: bigint;
  tokens: bigint;
  evaluated: bigint;
}
const pinned = () => (llama.call('get_pinned_prefixes') as { Ok: Pinned[] }).Ok;
const pin = (name: string, text: string) => llama.ok('pin_prefix', ['--prompt-cache', name, '-p', text]);
let sessions = 0;
/** A fresh session's answer, and its cost. */
const ask = (prompt: string, caller = person(1)) => {
  const name = `s${sessions++ % 20}`;
  llama.ok('remove_prompt_cache', ['--prompt-cache', name], caller);
  const reply = llama.run(['--prompt-cache', name, ...greedy, '-n', '12', '-p', prompt], caller);
  return { reply, name, instructions: llama.spent.instructions };
};
const text = (prompt: string, caller = person(1)) => {
  const { output, conversation } = ask(prompt, caller).reply;
  return { output, conversation };
};

describe('a pinned prefix', () => {
  it('can be read by all callers with access, because their prompts could reveal them anyway', () => {
    const prefix = (name: string, caller = person(1)) => llama.call('pinned_prefix_text', { name }, caller);
    pin('system', SYSTEM);
    pin('long', '\u00e4'.repeat(500));
    expect((llama.call('get_pinned_prefixes', undefined, person(1)) as { Ok: Pinned[] }).Ok).toEqual(pinned());
    expect(prefix('system')).toEqual({ Ok: SYSTEM });
    expect(prefix('long')).toEqual({ Ok: '\u00e4'.repeat(500) });
    expect(prefix('system', anonymous)).toEqual({ Err: { Other: 'Access Denied' } });
    for (const name of ['none', '', '..', '../m', 'a/b', '.', 'n'.repeat(256)]) {
      expect(prefix(name), name).toMatchObject({ Err: { Other: expect.stringMatching(/^pinned_prefix_text: /) } });
    }
  });

  it('costs no caller its tokens, and changes no answer', () => {
    const prompts = ['Who are you?', '', ' ', SYSTEM].map((rest) => SYSTEM + rest);
    const expected = prompts.map((prompt) => text(prompt));
    const alone = ask(prompts[0]!);
    const total = pin('system', SYSTEM).n_prompt_tokens[0]!;
    expect(total).toBeGreaterThan(100n);
    expect(pinned()).toEqual([{ name: 'system', bytes: BigInt(SYSTEM.length), tokens: total, evaluated: total }]);
    for (const [i, prompt] of prompts.entries()) {
      for (const caller of [person(1), person(2), owner]) expect(text(prompt, caller)).toEqual(expected[i]);
    }
    const shared = ask(prompts[0]!, person(3));
    const counts = shared.reply;
    // The last tokens of the prefix and the first ones after it may merge into others.
    expect(counts.n_prompt_tokens_cached[0]!).toBeGreaterThanOrEqual(total - 2n);
    expect(counts.n_prompt_tokens_cached[0]! + counts.n_prompt_tokens_decoded[0]!).toBe(counts.n_prompt_tokens[0]!);
    expect(shared.instructions).toBeLessThan(alone.instructions / 2);
  });

  it('is read and never written by the sessions that share it', () => {
    pin('system', SYSTEM);
    const expected = text(`${SYSTEM}first`);
    for (let i = 0; i < 5; i++) ask(`${SYSTEM}${'other words '.repeat(i + 1)}`, person(i));
    expect(text(`${SYSTEM}first`, person(9))).toEqual(expected);
    llama.ok('unpin_prefix', ['--prompt-cache', 'system']);
    expect(text(`${SYSTEM}first`)).toEqual(expected);
  });

  it('is shared as far as a prompt begins with it', () => {
    const half = SYSTEM.slice(0, SYSTEM.length / 2);
    const expected = text(half);
    pin('system', SYSTEM);
    const { reply } = ask(half);
    expect({ output: reply.output, conversation: reply.conversation }).toEqual(expected);
    expect(reply.n_prompt_tokens_cached[0]!).toBeGreaterThan(50n);
    // The longest prefix counts.
    pin('half', half);
    pin('longer', `${SYSTEM}You like cats.`);
    const longer = ask(`${SYSTEM}You like cats. And dogs?`).reply;
    expect(longer.n_prompt_tokens_cached[0]!).toBeGreaterThan(pinned()[0]!.tokens);
  });

  it('is set by administrators only: prompts of callers are not shared', () => {
    ask(SYSTEM, person(1));
    expect(ask(SYSTEM, person(2)).reply.n_prompt_tokens_cached).toEqual([0n]);
  });

  it('is evaluated by itself in as many messages as it needs', () => {
    const expected = text(`${SYSTEM}Hi`);
    llama.budget(45_000_000);
    const reply = pin('system', SYSTEM);
    expect(reply.status_code).toBe(202);
    const [{ tokens, evaluated }] = pinned() as [Pinned];
    expect(reply.n_prompt_tokens_remaining).toEqual([tokens - evaluated]);
    expect(evaluated).toBeLessThan(tokens);
    // A caller who asks meanwhile shares what is evaluated so far.
    llama.budget(0);
    expect(text(`${SYSTEM}Hi`)).toEqual(expected);
    expect(llama.timers()).toBeGreaterThan(0);
    expect(pinned()[0]!.evaluated).toBe(tokens);
    expect(pin('system', SYSTEM)).toMatchObject({ status_code: 200, n_prompt_tokens_decoded: [0n] });
  });

  it('survives upgrades, other models, and calls before it is evaluated again', () => {
    const expected = text(`${SYSTEM}Hi`);
    pin('system', SYSTEM);
    const before = pinned();
    llama.upgrade();
    expect(pinned()).toEqual([{ ...before[0]!, tokens: 0n, evaluated: 0n }]);
    llama.timers();
    expect(pinned()).toEqual(before);
    expect(text(`${SYSTEM}Hi`)).toEqual(expected);
    llama.ok('load_model', ['--model', 'other', '-c', '1024']);
    ask(SYSTEM);
    llama.timers();
    expect(pinned()[0]!.evaluated).toBe(pinned()[0]!.tokens);
    llama.ok('load_model', ['--model', 'm', '-c', '1024']);
    expect(text(`${SYSTEM}Hi`)).toEqual(expected);
    llama.timers();
    expect(pinned()).toEqual(before);
    // A session that comes back from its file shares it, too.
    const { name } = ask(`${SYSTEM}Hi`);
    llama.upgrade();
    llama.timers();
    const next = llama.run(['--prompt-cache', name, ...greedy, '-n', '1', '-p', ''], person(1));
    expect(next.n_prompt_tokens_cached[0]!).toBeGreaterThanOrEqual(before[0]!.tokens - 2n);
  });

  it('that is not possible is refused, and nothing changes', () => {
    const error = (...args: string[]) => llama.error('pin_prefix', args);
    pin('system', SYSTEM);
    const before = pinned();
    expect(error('-p', 'x')).toBe('--prompt-cache: the name of the prefix is missing');
    expect(error('--prompt-cache', 'x')).toBe('--prompt: the text to pin is missing');
    expect(error('--prompt-cache', 'a/b', '-p', 'x')).toContain('without folders');
    expect(error('--prompt-cache', '..', '-p', 'x')).toContain('cannot have ..');
    expect(error('--prompt-cache', 'x'.repeat(300), '-p', 'x')).toContain('at most 255 bytes');
    expect(error('--prompt-cache', 'system', '-p', 'cat '.repeat(2000))).toMatch(/^main_: error: prompt is too long/);
    expect(llama.ok('unpin_prefix', ['--prompt-cache', 'x']).output).toBe(
      'Pinned prefix x not found. Nothing to unpin.',
    );
    expect(pinned()).toEqual(before);
    for (let i = 1; i < 16; i++) pin(`p${i}`, `prefix ${i}`);
    expect(error('--prompt-cache', 'p16', '-p', 'x')).toMatch(/^--prompt-cache: 16 prefixes are pinned/);
    pin('p15', 'another text');
    expect(pinned()).toHaveLength(16);
  });
});
