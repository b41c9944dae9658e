import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Llama, owner, person } from './llama.js';
import { generated, greedy, PROMPT } from './run-replies.js';
import { tinyModel } from './tiny-model.js';

const model = tinyModel();

/** A canister with a small random model. It is slow to make, so every test has to leave it as it was. */
let llama: Llama;
beforeAll(async () => {
  llama = await Llama.install();
  llama.load('models/tiny.gguf', model);
  llama.call('chats_pause');
});
beforeEach(() => {
  llama.maxTokens(0);
  llama.budget(0);
});

describe('a session', () => {
  it('shows control tokens of the prompt with -sp only, and remembers both texts', () => {
    const prompt = '<|im_start|>hi<|im_end|>';
    const run = (...args: string[]) => llama.run(['--prompt-cache', 'special', '-n', '0', ...args]);
    expect(run('-p', prompt).conversation).toBe('hi');
    expect(run('-p', prompt, '-sp').conversation).toBe(prompt);
    expect(run('-p', '').conversation).toBe('hi');
    llama.maxTokens(1);
    expect(llama.run(['-p', prompt]).prompt_remaining).toBe('hi<|im_end|>');
  });

  it('is described by session_info, which says whether the last token of an output is pending', () => {
    const run = (session: string, ...args: string[]) => {
      const reply = llama.run(['--prompt-cache', session, ...greedy, '--ignore-eos', ...args]);
      const { Ok: info } = llama.call('session_info', { promptcache: session }) as { Ok: { tokens: bigint } };
      expect(info.tokens).toBe(reply.n_prompt_tokens[0]! + reply.n_tokens_generated[0]!);
      return { reply, info };
    };
    const [tokens] = llama.run(['-n', '0', '-p', PROMPT]).n_prompt_tokens;
    const found = (generated: bigint, pending: boolean) => ({
      reply: { n_tokens_generated: [generated] },
      info: { prompt_tokens: tokens, pending },
    });
    // First all that was asked for; then nothing, so that the token is still pending; then the pending one again; then
    // two more.
    expect(run('left', '-n', '4', '-p', PROMPT)).toMatchObject(found(3n, true));
    expect(run('left', '-n', '0', '-p', '')).toMatchObject(found(0n, true));
    expect(run('left', '-n', '1', '-p', '')).toMatchObject(found(0n, true));
    expect(run('left', '-n', '3', '-p', '')).toMatchObject(found(2n, true));
    // A call that ends at the canister's limit leaves no pending token, however many were asked for.
    run('limited', '-n', '0', '-p', PROMPT);
    llama.maxTokens(3);
    for (const n of ['4', '9', '-1']) {
      const { reply, info } = run('limited', '-n', n, '-p', '');
      expect({ reply, info }).toMatchObject(found(3n, false));
      expect(reply.conversation.endsWith(reply.output)).toBe(true);
    }
    // What is left of a prompt is not evaluated.
    llama.maxTokens(1);
    llama.run(['--prompt-cache', 'half', '-p', PROMPT]);
    const half = llama.call('session_info', { promptcache: 'half' });
    expect(half).toMatchObject({ Ok: { tokens, evaluated: 1n, pending: false } });
  });

  it('that does not exist is an error of session_info', () => {
    const info = (promptcache: string) => (llama.call('session_info', { promptcache }) as { Err: object }).Err;
    expect(info('none')).toMatchObject({ Other: expect.stringMatching(/^session_info: there is no session/) });
    expect(info('..')).toMatchObject({ Other: expect.stringMatching(/^session_info: a path cannot have \.\./) });
    llama.letEveryoneIn();
    const other = llama.call('session_info', { promptcache: 'left' }, person(9));
    expect(other).toMatchObject({ Err: { Other: expect.stringMatching(/^session_info: there is no session/) } });
  });

  it('reports the same pending token until it is evaluated', () => {
    const args = ['--prompt-cache', 'pending', '--temp', '1.5', '--top-k', '0', '--top-p', '1', '--min-p', '0'];
    const first = llama.run([...args, '--seed', '1', '-n', '4', '-p', PROMPT]);
    const pending = first.output.slice(first.conversation.length - PROMPT.length);
    for (const seed of ['2', '3', '4']) {
      const again = llama.run([...args, '--seed', seed, '-n', '1', '-p', '']);
      expect(again).toMatchObject({ output: pending, conversation: first.conversation });
      expect(generated(again)).toBe(0);
    }
    llama.upgrade();
    llama.timers();
    expect(llama.run([...args, '--seed', '5', '-n', '1', '-p', ''])).toMatchObject({
      output: pending,
      conversation: first.conversation,
    });
    const next = llama.run([...args, '--seed', '5', '-n', '2', '-p', '']);
    expect(next.output.startsWith(pending)).toBe(true);
    expect(next.conversation).toBe(first.conversation + pending);
  });

  it('goes on with its own prompt if the next call has none', () => {
    llama.maxTokens(3);
    const args = ['--prompt-cache', 'rest', ...greedy, '-n', '2'];
    let reply = llama.run([...args, '-p', PROMPT]);
    const whole = reply.conversation + reply.prompt_remaining;
    expect(whole).toBe(PROMPT);
    while (reply.prompt_remaining !== '') {
      reply = llama.run([...args, '-p', '']);
      expect((reply.conversation + reply.prompt_remaining).startsWith(whole)).toBe(true);
    }
    llama.maxTokens(0);
    const expected = llama.run([...greedy, '-n', '6', '-p', PROMPT]);
    llama.run([...args, '-n', '6', '-p', '']);
    expect(llama.run([...args, '-n', '6', '-p', '']).conversation.startsWith(expected.conversation)).toBe(true);
  });

  it('without a name ends with the call', () => {
    const reply = llama.run([...greedy, '-n', '3', '-p', PROMPT]);
    expect(reply.conversation).toContain(PROMPT);
    expect(llama.error('run_update', [...greedy, '-p', ''])).toBe(
      'the prompt is empty, and the session has no token to go on from',
    );
    const { Ok } = llama.call('model_info') as { Ok: { resident_sessions: bigint } };
    llama.run([...greedy, '-n', '3', '-p', PROMPT]);
    expect(llama.call('model_info')).toMatchObject({ Ok: { resident_sessions: Ok.resident_sessions } });
  });

  it('is read and not written with --prompt-cache-ro', () => {
    const args = ['--prompt-cache', 'ro', ...greedy, '-n', '3'];
    const before = llama.run([...args, '-p', PROMPT]);
    const read = llama.run([...args, '--prompt-cache-ro', '-p', '']);
    expect(read.conversation.startsWith(before.conversation)).toBe(true);
    expect(llama.run([...args, '--prompt-cache-ro', '-p', ''])).toEqual(read);
    expect(llama.run([...args, '-p', ''])).toEqual(read);
  });

  it('has one name for different spellings of it, in the folder of its caller', () => {
    const args = [...greedy, '-n', '1'];
    llama.run(['--prompt-cache', 'a/b', ...args, '-p', PROMPT]);
    for (const name of ['/a/b', 'a//b', './a/./b', '///a/b/']) {
      expect(llama.run(['--prompt-cache', name, '-n', '0', '-p', '']).conversation).toBe(PROMPT);
    }
    const path = `.canister_cache/${owner}/sessions/a/b`;
    expect(llama.call('uploaded_file_details', { filename: path })).toHaveProperty('Ok');
  });

  it("is its caller's alone", () => {
    llama.letEveryoneIn();
    const args = ['--prompt-cache', 'mine', ...greedy, '-n', '1'];
    const prompts = new Map([1, 2, 3].map((n) => [n, `${PROMPT} ${n}`]));
    for (const [n, prompt] of prompts) llama.run([...args, '-p', prompt], person(n));
    for (const [n, prompt] of prompts) expect(llama.run([...args, '-p', ''], person(n)).conversation).toBe(prompt);
    expect(llama.error('run_update', [...args, '-p', ''], person(4))).toContain('the session has no token');
    expect(llama.call('copy_prompt_cache', { from: 'mine', to: 'stolen' }, person(4))).toMatchObject({
      Err: { Other: expect.stringContaining('does not exist') },
    });
    const theirs = `../../${person(1)}/sessions/mine`;
    for (const method of ['run_update', 'remove_prompt_cache', 'new_chat']) {
      expect(llama.error(method, ['--prompt-cache', theirs, '-p', ''], person(4))).toMatch(/cannot have \.\. in it/);
    }
    expect(llama.ok('remove_prompt_cache', ['--prompt-cache', 'mine'], person(4)).output).toMatch(/Nothing to delete/);
    expect(llama.run([...args, '-p', ''], person(1)).conversation).toBe(prompts.get(1));
  });

  it('can be copied, and both continue independently', () => {
    const run = (name: string, ...args: string[]) => llama.run(['--prompt-cache', name, ...greedy, ...args]);
    run('one', '-n', '9', '-p', PROMPT);
    expect(llama.call('copy_prompt_cache', { from: 'one', to: 'two' })).toEqual({ Ok: { status_code: 200 } });
    const cached = Number(run('two', '-n', '0', '-p', '').n_prompt_tokens_cached[0]);
    expect(cached).toBeGreaterThan(8);
    run('one', '-n', '3', '-p', 'something else');
    llama.call('copy_prompt_cache', { from: 'two', to: 'three' });
    const expected = run('two', '-n', '12', '-p', '');
    expect(run('three', '-n', '12', '-p', '')).toEqual(expected);
    // A copy of a session that is not in the heap replaces one that is.
    llama.upgrade();
    llama.timers();
    run('one', '-n', '1', '-p', PROMPT);
    llama.call('copy_prompt_cache', { from: 'three', to: 'one' });
    expect(run('one', '-n', '0', '-p', '').conversation).toBe(expected.conversation);
    expect(llama.call('copy_prompt_cache', { from: 'one', to: 'one' })).toEqual({ Ok: { status_code: 200 } });
    expect(run('one', '-n', '0', '-p', '').conversation).toBe(expected.conversation);
  });

  it('is gone when it is removed', () => {
    const args = ['--prompt-cache', 'gone', '-n', '1'];
    llama.run([...args, '-p', PROMPT]);
    const path = `.canister_cache/${owner}/sessions/gone`;
    const remove = () => llama.ok('remove_prompt_cache', ['--prompt-cache', 'gone']).output;
    expect(remove()).toBe(`Cache file ${path} deleted successfully`);
    expect(remove()).toBe(`Cache file ${path} not found. Nothing to delete.`);
    expect(llama.error('run_update', [...args, '-p', ''])).toContain('the session has no token');
    expect(llama.error('remove_prompt_cache', [])).toBe('ERROR: path_session is empty ');
  });

  it('survives the loading of another model, without being mistaken for one of its own', async () => {
    const other = await Llama.install();
    other.load('a', model);
    other.load('b', tinyModel({ layers: 3, architecture: 'qwen2' }));
    const args = ['--prompt-cache', 's', ...greedy, '-n', '4'];
    const first = other.run([...args, '-p', PROMPT]);
    other.ok('load_model', ['--model', 'a']);
    // The session belongs to another model: it does not go on, whatever the prompt, and stays as it is.
    for (const prompt of ['', PROMPT, 'something else']) {
      for (const method of ['run_update', 'run_query']) {
        const error = other.error(method, [...args, '-p', prompt]);
        expect(error).toMatch(/^--prompt-cache: the session is of the model b \(SHA-256 [0-9a-f]{16}\.\.\.\), and the/);
        expect(error).toMatch(/loaded is a \(SHA-256 .*remove_prompt_cache deletes the session/);
      }
    }
    other.ok('new_chat', ['--prompt-cache', 's']);
    expect(other.call('copy_prompt_cache', { from: 's', to: 'copy' })).toHaveProperty('Ok');
    other.run(['--prompt-cache', 't', ...greedy, '-n', '1', '-p', PROMPT]);
    other.ok('load_model', ['--model', 'b']);
    const second = other.run([...args, '-p', '']);
    expect(second.conversation.startsWith(first.conversation)).toBe(true);
    expect(other.run(['--prompt-cache', 'copy', ...greedy, '-n', '4', '-p', '']).output).toBe(second.output);
    expect(other.error('run_update', ['--prompt-cache', 't', '-p', ''])).toContain('is of the model a (');
    other.ok('remove_prompt_cache', ['--prompt-cache', 't']);
    other.run(['--prompt-cache', 't', ...greedy, '-n', '1', '-p', PROMPT]);
  });

  it('answers for its stamp under the name that llama_cpp_canister gives it', () => {
    const path = `.canister_cache/${owner}/sessions/stamped`;
    const stamp = (name = path) => llama.call('filesystem_file_size', { filename: `${name}.icppfmt` });
    const missing = { Err: { Other: `File does not exist: ${path}.icppfmt` } };
    const upload = (text: string) => {
      const chunk = Buffer.from(text);
      const input = { promptcache: 'stamped', chunk, chunksize: BigInt(chunk.length), offset: 0n };
      expect(llama.call('upload_prompt_cache_chunk', input)).toHaveProperty('Ok');
    };
    expect(stamp()).toEqual(missing);
    upload('no session');
    expect(stamp()).toEqual(missing);
    llama.ok('remove_prompt_cache', ['--prompt-cache', 'stamped']);
    llama.run(['--prompt-cache', 'stamped', '-n', '1', '-p', PROMPT]);
    expect(stamp()).toMatchObject({ Ok: { exists: true, filename: `${path}.icppfmt` } });
    expect(llama.call('get_creation_timestamp_ns', { filename: `${path}.icppfmt` })).toHaveProperty('Ok');
    upload('LLAMASN');
    expect(stamp()).toEqual(missing);
    expect(stamp('models/model.gguf')).toHaveProperty('Err');
  });

  it('is not replaced if its file cannot be continued, and continues if it can', () => {
    const path = `.canister_cache/${owner}/sessions/file`;
    const args = ['--prompt-cache', 'file', ...greedy];
    const fresh = llama.run([...args, '-n', '5', '-p', PROMPT]);
    const download = () => {
      const input = { filename: path, chunksize: 1_000_000n, offset: 0n };
      return (llama.call('file_download_chunk', input) as { Ok: { chunk: Uint8Array } }).Ok.chunk;
    };
    const good = download();
    expect(good.length).toBe(320 + 4 * (Number(fresh.n_prompt_tokens[0]) + 4));
    const changed = (at: number, value: number) => {
      const bytes = good.slice();
      new DataView(bytes.buffer).setUint32(at, value, true);
      return bytes;
    };
    const bad = [
      new Uint8Array(),
      good.slice(0, 63),
      good.slice(0, 319),
      good.slice(0, good.length - 1),
      changed(0, 0),
      changed(8, 1),
      changed(8, 3),
      changed(12, 5),
      changed(12, 0x80000000),
      changed(16, 1000),
      changed(20, 0xffffffff),
      changed(24, 401),
      changed(24, 0xfffffff0),
      changed(40, 0),
      changed(320, 400),
      changed(320, 0xffffffff),
      Buffer.from('not a session at all '.repeat(20)),
    ];
    for (const bytes of bad) {
      llama.upload(path, bytes);
      for (const prompt of [PROMPT, '', 'other']) {
        const error = llama.error('run_update', [...args, '-n', '5', '-p', prompt]);
        expect(error).toMatch(/^--prompt-cache: the (session|file)/);
        expect(error).toMatch(bytes[8] === 3 ? /of layout 3, and/ : /remove_prompt_cache deletes the session/);
      }
      expect(download()).toEqual(new Uint8Array(bytes));
    }
    llama.ok('remove_prompt_cache', ['--prompt-cache', 'file']);
    expect(llama.run([...args, '-n', '5', '-p', PROMPT])).toEqual(fresh);
    // A valid file is continued, whoever wrote it.
    llama.run([...args, '-n', '1', '-p', 'other words']);
    llama.upload(path, good);
    expect(llama.run([...args, '-n', '0', '-p', '']).conversation).toBe(fresh.conversation);
  });
});
