/** The longest names, and many of them. Nothing is collected within a message, which has 10 MB for texts. */
import { beforeAll, describe, expect, it } from 'vitest';
import { Llama, owner, person } from './llama.js';
import { tinyModel } from './tiny-model.js';

/** A path of `bytes` bytes, in parts of at most 255. */
const longPath = (bytes: number, name = '') =>
  `${`${`${'d'.repeat(250)}/`.repeat(16)}`.slice(0, bytes - name.length - 1).replace(/\/$/, 'x')}/${name}`;

let llama: Llama;
beforeAll(async () => {
  llama = await Llama.install();
  llama.letEveryoneIn();
});

describe('a model', () => {
  it.each([221, 255, 1000, 4000])('with a path of %i bytes is loaded again after an upgrade', (bytes) => {
    const path = longPath(bytes, 'm.gguf');
    expect(path).toHaveLength(bytes);
    llama.load(path, tinyModel(), '-c', '200');
    llama.upgrade();
    llama.timers();
    expect(llama.call('ready')).toEqual({ Ok: { status_code: 200 } });
    expect(JSON.stringify(llama.call('model_info'), (_, v) => (typeof v === 'bigint' ? `${v}` : v))).toContain('200');
  });

  it('in 256 parts, with a path of 4,000 bytes, is searched for all parts', () => {
    const path = longPath(4000, 'm-00001-of-00256.gguf');
    for (let i = 1; i <= 255; i++) {
      llama.upload(path.replace('-00001-', `-${`${i}`.padStart(5, '0')}-`), Buffer.from('GGUF'));
    }
    expect(llama.error('load_model', ['--model', path])).toMatch(/its part .*-00256-of-00256\.gguf is missing/);
  });
});

describe('sessions', () => {
  it('with the longest names are removed by the cleanup, however many there are', () => {
    const name = (i: number) => longPath(3840, `${i}`.padStart(4, '0'));
    for (let i = 0; i < 300; i++) {
      const input = { filename: `.canister_cache/${person(1)}/sessions/${name(i)}`, chunksize: 1n, offset: 0n };
      expect(llama.call('file_upload_chunk', { ...input, chunk: new Uint8Array() }, owner)).toHaveProperty('Ok');
    }
    const listing = { dir: '.canister_cache', max_entries: 0n };
    expect(llama.call('recursive_dir_content_query', listing)).toHaveProperty('Ok');
    llama.time += 7n * 3_600_000_000_000n;
    expect(llama.call('cache_cleanup_now')).toMatchObject({ Ok: { files_deleted: 256n, files_failed: 0n } });
    expect(llama.call('cache_cleanup_now')).toMatchObject({ Ok: { files_deleted: 44n } });
    expect(llama.call('recursive_dir_content_query', listing)).toEqual({ Ok: [] });
  });

  it('with names of only slashes, or of the most slashes, get an answer', () => {
    for (const name of ['/'.repeat(3840), `${'/'.repeat(3839)}s`, 'a/'.repeat(1920), `${`./`.repeat(1919)}s`]) {
      for (const method of ['new_chat', 'remove_prompt_cache', 'run_update']) {
        const answer = llama.command(method, ['--prompt-cache', name, '-p', 'x'], person(1));
        expect('Ok' in answer || answer.Err.error.length > 0).toBe(true);
      }
      const copy = llama.call('copy_prompt_cache', { from: name, to: name }, person(1)) as object;
      expect('Ok' in copy || 'Err' in copy).toBe(true);
    }
  });

  it('are listed until the reply is full, and then an error says so', () => {
    const big = Array.from({ length: 520 }, (_, i) => `deep/${longPath(3900, `${i}`)}`);
    for (const filename of big) {
      llama.call('file_upload_chunk', { filename, chunk: new Uint8Array(), chunksize: 1n, offset: 0n });
    }
    expect(llama.call('recursive_dir_content_query', { dir: 'deep', max_entries: 0n })).toMatchObject({
      Err: { Other: expect.stringMatching(/a reply has no room for more than \d+ entries of deep/) },
    });
    expect(llama.call('recursive_dir_content_query', { dir: 'deep', max_entries: 400n })).toHaveProperty('Ok');
  });
});
