import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { Llama, type Result } from './llama.js';

interface FileEntry {
  filename: string;
  filetype: string;
}
type Failure = { Other: string };

const SECOND = 1_000_000_000n;

let llama: Llama;
beforeEach(async () => {
  llama = await Llama.install();
});

const size = (filename: string) => llama.call('filesystem_file_size', { filename });
const age = (filename: string) => llama.call('get_creation_timestamp_ns', { filename });
const remove = (filename: string) => llama.call('filesystem_remove', { filename });
const because = (text: string) => ({ Err: { Other: text } });

function list(dir: string, most = 0n, method = 'recursive_dir_content_query'): string[] {
  const result = llama.call(method, { dir, max_entries: most }) as Result<FileEntry[], Failure>;
  if ('Err' in result) throw new Error(result.Err.Other);
  return result.Ok.map(({ filename, filetype }) => (filetype === 'directory' ? `${filename}/` : filename));
}

const wrong = ['', '/x', 'a/../b', 'a\0b', 'x'.repeat(5000), '/'.repeat(4096), `${'d/'.repeat(40)}x`, 'y'.repeat(256)];

describe('files and directories', () => {
  it('have sizes and ages, in the words that clients look for', () => {
    llama.upload('models/a.gguf', Buffer.from('hello'));
    const created = llama.time;
    llama.time += 90n * SECOND + 1n;
    expect(size('models/a.gguf')).toEqual({
      Ok: {
        exists: true,
        filename: 'models/a.gguf',
        filesize: 5n,
        msg: 'File exists: models/a.gguf\nFile size: 5 bytes\n',
      },
    });
    expect(age('models/a.gguf')).toEqual({
      Ok: {
        exists: true,
        filename: 'models/a.gguf',
        timestamp_ns: created,
        age_seconds: 90n,
        msg: `File exists: models/a.gguf\nFile creation timestamp_ns: ${created} ns\nFile creation age: 90 seconds\n`,
      },
    });
    expect(size('models')).toEqual(because('File exists: models\nError: Is a directory\n'));
    expect(age('models')).toMatchObject({ Ok: { exists: true, timestamp_ns: created } });
    for (const ask of [size, age]) expect(ask('none.bin')).toEqual(because('File does not exist: none.bin'));
  });

  it('are removed, a directory only when it is empty', () => {
    llama.upload('models/a.gguf', Buffer.from('hello'));
    expect(remove('none.bin')).toEqual({
      Ok: { exists: false, removed: false, filename: 'none.bin', msg: 'Path does not exist: none.bin\n' },
    });
    expect(remove('models')).toEqual(because('filesystem_remove_: Failed to remove: models: Directory not empty'));
    for (const filename of ['models/a.gguf', 'models']) {
      const msg = `Path removed successfully: ${filename}`;
      expect(remove(filename)).toEqual({ Ok: { exists: true, removed: true, filename, msg } });
    }
    expect(list('.')).toEqual([]);
  });

  it('are listed, directories before their content', () => {
    for (const name of ['b/c/1', 'b/2', 'a', 'b/c/3']) llama.upload(name, Buffer.from(name));
    const all = ['./b/', './b/c/', './b/c/1', './b/c/3', './b/2', './a'];
    for (const method of ['recursive_dir_content_query', 'recursive_dir_content_update']) {
      expect(list('.', 0n, method)).toEqual(all);
      for (let most = 1; most < 8; most++) expect(list('.', BigInt(most), method)).toEqual(all.slice(0, most));
    }
    expect(list('b')).toEqual(['b/c/', 'b/c/1', 'b/c/3', 'b/2']);
    expect(list('b/c/')).toEqual(['b/c/1', 'b/c/3']);
    const missing = (dir: string) => because(`recursive_dir_content_: Directory does not exist: ${dir}\n`);
    for (const dir of ['none', 'a', '']) {
      expect(llama.call('recursive_dir_content_query', { dir, max_entries: 0n })).toEqual(missing(dir));
    }
  });

  it('that do not fit a reply are an error, and can be had in parts', () => {
    const deep = `${'d'.repeat(250)}/`.repeat(15);
    const name = (i: number) => `${deep}${i}`;
    for (let i = 0; i < 550; i++) llama.upload(name(i), Buffer.from(''));
    const answer = llama.call('recursive_dir_content_update', { dir: '.', max_entries: 0n }) as { Err: Failure };
    expect(answer.Err.Other).toMatch(
      /^recursive_dir_content_: a reply has no room for more than 5\d\d entries of \.: /,
    );
    expect(llama.spent.instructions).toBeLessThan(500_000_000);
    expect(list(deep, 500n).at(-1)).toBe(name(499));
  });

  it('with impossible names are an error, and nothing changes', () => {
    llama.upload('a', Buffer.from('hello'));
    const before = llama.canister.memory.stable;
    for (const name of wrong) {
      for (const ask of [size, age, remove]) {
        const answer = ask(name) as { Ok?: object; Err?: Failure };
        if (name !== '') expect(answer).toMatchObject({ Err: { Other: expect.stringMatching(/path|name/) } });
      }
      expect(llama.call('recursive_dir_content_query', { dir: name, max_entries: 0n })).toHaveProperty('Err');
    }
    expect(remove('')).toMatchObject({ Err: { Other: expect.stringContaining('root') } });
    expect(list('.')).toEqual(['./a']);
    expect(llama.canister.memory.stable).toBe(before);
  });

  it('are created and removed as in a simple list', () => {
    const part = fc.constantFrom('a', 'b', 'c');
    const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    const step = fc.record({ path, isUpload: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const files = new Map<string, boolean>();
        const within = (dir: string) => [...files.keys()].filter((name) => name.startsWith(`${dir}/`));
        for (const { path, isUpload } of steps) {
          if (isUpload) {
            const input = { filename: path, chunk: Buffer.from(path), chunksize: 9n, offset: 0n };
            const parents = path.split('/').map((_, i, parts) => parts.slice(0, i).join('/'));
            const fits = files.get(path) !== true && parents.every((parent) => files.get(parent) !== false);
            expect('Ok' in (llama.call('file_upload_chunk', input) as object)).toBe(fits);
            if (fits) for (const parent of parents) if (parent !== '') files.set(parent, true);
            if (fits) files.set(path, false);
          } else {
            const exists = files.has(path);
            const removed = exists && within(path).length === 0;
            const answer = remove(path);
            if (removed || !exists) expect(answer).toMatchObject({ Ok: { exists, removed } });
            else expect(answer).toHaveProperty('Err');
            if (removed) files.delete(path);
          }
          const expected = [...files].map(([name, isDirectory]) => `./${name}${isDirectory ? '/' : ''}`);
          expect(list('.').sort()).toEqual(expected.sort());
        }
        for (const name of [...files.keys()].sort().reverse()) remove(name);
        expect(list('.')).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
