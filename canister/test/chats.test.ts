import { beforeEach, describe, expect, it } from 'vitest';
import { anonymous, Llama, owner, person, type Result } from './llama.js';
import { tinyModel } from './tiny-model.js';

interface Chat {
  timestamp: string;
  chat: string;
}

const ok = { Ok: { status_code: 200 } };
const model = tinyModel();
const SECOND = 1_000_000_000n;

let llama: Llama;
beforeEach(async () => {
  llama = await Llama.install();
  llama.load('m', model);
  llama.letEveryoneIn();
  // 2026-02-28 23:59:58 UTC.
  llama.time = 1_772_323_198n * SECOND;
});

function chats(caller = person(1)): Chat[] {
  const result = llama.call('get_chats', undefined, caller) as Result<{ chats: Chat[] }, { Other: string }>;
  if ('Err' in result) throw new Error(result.Err.Other);
  return result.Ok.chats;
}
const newChat = (caller = person(1)) => llama.ok('new_chat', ['--prompt-cache', 'c'], caller);
const run = (args: string[], caller = person(1)) =>
  llama.run(['--prompt-cache', 'c', '--temp', '0', '--ignore-eos', ...args], caller).conversation;

describe('saved chats', () => {
  it('have the time when they began and the text of the conversation, as it goes on', () => {
    expect(chats()).toEqual([]);
    run(['-n', '2', '-p', 'not in a chat']);
    expect(chats()).toEqual([]);
    newChat();
    expect(chats()).toEqual([{ timestamp: '2026-02-28_23-59-58', chat: '' }]);
    llama.time += 3600n * SECOND;
    for (const args of [
      ['-n', '4', '-p', 'hello'],
      ['-n', '4', '-p', ''],
      ['-n', '4', '-p', '', '-sp'],
      ['-n', '0', '-p', 'hello <|im_end|>', '-sp'],
      ['-n', '4', '-p', 'hello'],
      ['-n', '40', '-p', ''],
      ['-n', '4', '-p', 'hello'],
      ['-n', '1', '-p', 'no'],
    ]) {
      const chat = run(args);
      expect(chats()).toEqual([{ timestamp: '2026-02-28_23-59-58', chat }]);
    }
  });

  it('are three a caller, the latest first', () => {
    const expected: Chat[] = [];
    const times = ['2026-02-28_23-59-58', '2026-02-28_23-59-59', '2026-03-01_00-00-00', '2026-03-01_00-00-01'];
    for (const [i, timestamp] of times.entries()) {
      newChat();
      expected.unshift({ timestamp, chat: run(['-n', '3', '-p', `hello ${i}`]) });
      expect(chats()).toEqual(expected.slice(0, 3));
      llama.time += SECOND;
    }
    // A chat that begins in the same second replaces the first.
    llama.time -= SECOND;
    newChat();
    expect(chats()[0]).toEqual({ timestamp: times[3], chat: '' });
    expect(chats()).toHaveLength(3);
  });

  it("are their caller's alone, and in files of theirs", () => {
    newChat();
    const mine = run(['-n', '3', '-p', 'mine']);
    newChat(person(2));
    const yours = run(['-n', '3', '-p', 'yours'], person(2));
    expect(chats()[0]!.chat).toBe(mine);
    expect(chats(person(2))[0]!.chat).toBe(yours);
    expect(chats(person(3))).toEqual([]);
    const filename = `.canister_cache/${person(1)}/db_chats/2026-02-28_23-59-58`;
    const input = { filename, chunksize: 1000n, offset: 0n };
    const { chunk } = (llama.call('file_download_chunk', input, owner) as { Ok: { chunk: Uint8Array } }).Ok;
    expect(Buffer.from(chunk).toString()).toBe(`${person(1)}\n${mine}`);
    llama.upload(filename, Buffer.from('somebody else\nhello'));
    expect(() => chats()).toThrow(`get_chats: Principal id not correct in file: ${filename}`);
  });

  it('survive upgrades, copies and other sessions', () => {
    newChat();
    const first = run(['-n', '5', '-p', 'hello']);
    llama.upgrade();
    llama.timers();
    expect(chats()[0]!.chat).toBe(first);
    const second = run(['-n', '5', '-p', '']);
    expect(chats()[0]!.chat).toBe(second);
    expect(second.startsWith(first)).toBe(true);
    llama.call('copy_prompt_cache', { from: 'c', to: 'd' }, person(1));
    const other = llama.run(['--prompt-cache', 'd', '-n', '5', '-p', ''], person(1)).conversation;
    expect(chats()[0]!.chat).toBe(other);
    expect(run(['-n', '5', '-p', ''])).toBe(chats()[0]!.chat);
    const alone = llama.run(['-n', '5', '-p', 'without a session'], person(1)).conversation;
    expect(chats()[0]!.chat).toBe(alone);
    expect(run(['-n', '5', '-p', ''])).toBe(chats()[0]!.chat);
  });

  it('are neither saved nor shown while they are paused, which survives an upgrade', () => {
    newChat();
    const saved = run(['-n', '3', '-p', 'saved']);
    expect(llama.call('chats_pause')).toEqual(ok);
    expect(() => chats()).toThrow('get_chats: chats are not saved; chats_resume turns it on');
    llama.upgrade();
    llama.timers();
    expect(() => chats()).toThrow('chats are not saved');
    llama.time += SECOND;
    newChat();
    run(['-n', '3', '-p', 'not saved']);
    expect(llama.call('chats_resume')).toEqual(ok);
    expect(chats()).toEqual([{ timestamp: '2026-02-28_23-59-58', chat: saved }]);
  });

  it('are refused to callers without access', () => {
    expect(llama.call('get_chats', undefined, anonymous)).toEqual({ Err: { Other: 'Access Denied' } });
    for (const method of ['chats_pause', 'chats_resume']) {
      expect(llama.call(method, undefined, person(1))).toEqual({ Err: { Other: 'Access Denied' } });
    }
  });

  it('are not written by queries', () => {
    newChat();
    llama.ok('run_query', ['-n', '3', '-p', 'hello'], person(1));
    expect(chats()[0]!.chat).toBe('');
  });
});

describe('logs', () => {
  const text = (filename: string) => {
    const answer = llama.call('file_download_chunk', { filename, chunksize: 2_000_000n, offset: 0n });
    return Buffer.from((answer as { Ok: { chunk: Uint8Array } }).Ok.chunk).toString();
  };

  it('have one line for each call, in the file that --log-file names, and nothing of the prompt or the answer', () => {
    llama.ok('new_chat', ['--log-file', 'logs/main.log', '--prompt-cache', 'c']);
    llama.time += SECOND;
    const reply = llama.run(['--log-file', 'logs/main.log', '-n', '3', '-p', 'a secret']);
    llama.ok('load_model', ['--log-file', 'logs/main.log', '--model', 'm']);
    const tokens = Number(reply.n_prompt_tokens[0]);
    const log = text('logs/main.log');
    expect(log.split('\n')).toEqual([
      'llama canister log',
      '2026-02-28T23:59:58Z new_chat',
      expect.stringMatching(
        new RegExp(
          `^2026-02-28T23:59:59Z run_update: ${tokens} prompt tokens \\(0 cached, ${tokens} decoded, 0 remaining\\), ` +
            '2 generated, seed \\d+, \\d+ instructions, \\d+ cycles$',
        ),
      ),
      expect.stringMatching(/^2026-02-28T23:59:59Z load_model: 100 %, \d+ instructions$/),
      '',
    ]);
    expect(log).not.toContain('secret');
    expect(log).not.toContain(owner.toText());
    const [instructions, cycles] = /(\d+) instructions, (\d+) cycles/.exec(log)!.slice(1).map(Number);
    expect(cycles! - instructions!).toBe(5_000_000);
  });

  it("go to the canister's log, too, unless they are paused, which survives an upgrade", () => {
    const logged = () => {
      llama.run(['--log-file', 'main.log', '-n', '1', '-p', 'hello']);
      return { printed: llama.spent.logs.length, file: llama.call('uploaded_file_details', { filename: 'main.log' }) };
    };
    const first = logged();
    expect(first.printed).toBe(1);
    expect(llama.call('log_pause')).toEqual(ok);
    expect(logged()).toEqual({ ...first, printed: 0 });
    llama.upgrade();
    llama.timers();
    expect(logged()).toEqual({ ...first, printed: 0 });
    expect(llama.call('log_resume')).toEqual(ok);
    const last = logged();
    expect(last.printed).toBe(1);
    expect(last.file).not.toEqual(first.file);
  });

  it('are removed by name, and nothing else is', () => {
    llama.ok('new_chat', ['--log-file', 'main.log', '--prompt-cache', 'c']);
    const remove = (...args: string[]) => llama.command('remove_log_file', args);
    expect(remove('--log-file', 'main.log')).toMatchObject({
      Ok: { output: 'Successfully removed log file: main.log' },
    });
    expect(remove('--log-file', 'main.log')).toMatchObject({
      Ok: { output: 'Successfully removed log file: main.log' },
    });
    expect(remove()).toMatchObject({
      Ok: { output: 'No log file to remove.' },
    });
    expect(remove('--log-file', 'm')).toMatchObject({
      Err: { error: '--log-file m: there is such a file, and it is no log' },
    });
    llama.run(['--prompt-cache', 'c', '-n', '1', '-p', 'hello']);
    for (const path of [`.canister_cache/${owner}/sessions/c`, './.canister_cache/x']) {
      expect(remove('--log-file', path)).toMatchObject({
        Err: { error: `--log-file ${path}: the callers' own files are there` },
      });
    }
    expect(llama.call('ready')).toEqual(ok);
  });

  it('are for administrators, and overwrite no other file', () => {
    for (const method of ['new_chat', 'run_update', 'remove_prompt_cache']) {
      // Other callers may use the flag, but no file is written, and the canister's own log says so.
      const args = ['--log-file', 'l', '--prompt-cache', 'c', '-n', '1', '-p', 'hello'];
      llama.ok(method, args, person(1));
      if (method === 'run_update') {
        expect(llama.spent.logs.join()).toMatch(/ignored --log-file: files for logs are written for administrators/);
      }
      expect(llama.call('filesystem_file_size', { filename: 'l' })).toHaveProperty('Err');
    }
    expect(llama.error('run_update', ['--log-file', 'm', '-p', 'hello'])).toBe(
      '--log-file m: there is such a file, and it is no log',
    );
    expect(llama.error('run_update', ['--log-file', 'x'.repeat(5000), '-p', 'hello'])).toBe(
      '--log-file: a path has at most 4096 bytes',
    );
    for (const [name, why] of [
      ['../l', ': a path cannot have .. in it: ../l'],
      ['.', ' .: a file has a name'],
      ['.canister_cache', " .canister_cache: the callers' own files are there"],
    ]) {
      expect(llama.error('run_update', ['--log-file', name!, '-p', 'hello'])).toBe(`--log-file${why}`);
    }
    llama.upload('logs/x', Buffer.from('x'));
    expect(llama.error('new_chat', ['--log-file', 'logs', '--prompt-cache', 'c'])).toBe(
      '--log-file logs: it is a directory',
    );
    for (const method of ['log_pause', 'log_resume']) {
      expect(llama.call(method, undefined, person(1))).toEqual({ Err: { Other: 'Access Denied' } });
    }
  });

  it('begin anew when they are full', () => {
    llama.upload('main.log', Buffer.from(`llama canister log\n${'x'.repeat((1 << 20) - 40)}`));
    llama.ok('new_chat', ['--log-file', 'main.log', '--prompt-cache', 'c']);
    expect(text('main.log')).toBe('llama canister log\n2026-02-28T23:59:58Z new_chat\n');
  });
});
