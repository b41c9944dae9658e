import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isFull } from '../../test/full.js';
import { compileStorage, FileSystem } from './storage-harness.js';

const PAGE = 65536;
const _LAYOUT = 3;
const _golden = (layout: number) =>
  join(dirname(fileURLToPath(import.meta.url)), 'golden', `stable-memory-${layout}.txt`);

let wasm: WebAssembly.Module;
let files: FileSystem;

beforeAll(async () => {
  wasm = await compileStorage();
});

beforeEach(async () => {
  files = await FileSystem.start(wasm);
  expect(files.mount()).toBeNull();
});

describe('paths', () => {
  it.each([
    ['', 'a file has a name'],
    ['.', 'a file has a name'],
    ['/etc/passwd', 'a path is relative, without a / at its start: /etc/passwd'],
    ['..', 'a path cannot have .. in it: ..'],
    ['a/../../b', 'a path cannot have .. in it: a/../../b'],
    ['a\0b', 'a path cannot have a NUL in it'],
    ['x'.repeat(4097), 'a path has at most 4096 bytes'],
    ['é'.repeat(2049), 'a path has at most 4096 bytes'],
    [`${'y'.repeat(256)}`, `a name has at most 255 bytes: ${'y'.repeat(256)}`],
    [`${'é'.repeat(128)}`, `a name has at most 255 bytes: ${'é'.repeat(128)}`],
    [`${'a/'.repeat(32)}b`, `a path has at most 32 names: ${'a/'.repeat(32)}b`],
  ])('%j is refused', (path, problem) => {
    expect(files.create(path)).toBe(problem);
    expect(files.list('')).toEqual([]);
    expect(files.stat(path === '' || path === '.' ? 'a' : path)).toBeNull();
  });

  it('empty parts and dots are ignored', () => {
    files.put('models//./tiny.gguf', 'x');
    expect(files.textOf('./models/tiny.gguf')).toBe('x');
    expect(files.stat('models/')).toMatchObject({ isDirectory: true, size: 1, name: 'models' });
  });

  it('names may be 255 bytes of any text', () => {
    const name = `${'🐂'.repeat(63)} \n`;
    files.put(`d/${name}x`, 'content');
    expect(files.textOf(`d/${name}x`)).toBe('content');
    expect(files.read(`d/${name}y`)).toBe(`File does not exist: d/${name}y`);
  });
});

describe('files and directories', () => {
  it('report errors', () => {
    files.put('a/file', 'x');
    expect(files.create('a')).toBe('a is a directory, and no file: a');
    expect(files.create('a/file/b')).toBe('file is a file, and no directory: a/file/b');
    expect(files.createDirectory('a/file')).toBe('file is a file, and no directory: a/file');
    expect(files.read('a')).toBe('it is a directory, and no file: a');
    expect(files.read('b')).toBe('File does not exist: b');
    expect(files.list('a/file')).toBeNull();
    expect(files.list('b')).toBeNull();
    expect(files.remove('a')).toBe('the directory is not empty: a');
    expect(files.remove('b')).toBe('File does not exist: b');
    expect(files.remove('')).toBe('the root directory cannot be removed');
    expect(files.rename('b', 'c')).toBe('File does not exist: b');
    expect(files.rename('a', 'a/b')).toBe('a directory cannot be moved into itself: a/b');
    expect(files.rename('a', 'no/such')).toBe('there is no directory for it: no/such');
    expect(files.rename('a/file', 'a')).toBe('it is a directory, and no file: a');
    expect(files.rename('a', '')).toBe('the root directory cannot be renamed or replaced');
    expect(files.write('a/file', 2 ** 40, Buffer.from('x'))).toBe('a file has at most 1099511627776 bytes');
    expect(files.write('a/file', 2n ** 64n - 1n, Buffer.from('xx'))).toBe('a file has at most 1099511627776 bytes');
    expect(files.truncate('a/file', 2 ** 40 + 1)).toBe('a file has at most 1099511627776 bytes');
    expect(files.textOf('a/file')).toBe('x');
  });

  it('a handle notices that its file is removed, and follows it through a rename', () => {
    files.put('a', 'one');
    const handle = files.keep('a');
    expect([handle.isLive(), handle.size(), handle.changes(), handle.lastWrite()]).toEqual([true, 3, 2, 0]);
    files.rename('a', 'b');
    expect([handle.isLive(), handle.size()]).toEqual([true, 3]);
    files.remove('b');
    expect([handle.isLive(), handle.size()]).toEqual([false, 0]);
    // The next file has the same inode, but is another file.
    files.create('c');
    expect([handle.isLive(), handle.size()]).toEqual([false, 0]);
  });

  it('keep their times', () => {
    files.host.time = 1_000n;
    files.put('f', 'x');
    files.host.time = 2_000n;
    files.write('f', 1, Buffer.from('y'));
    files.host.time = 3_000n;
    files.rename('f', 'g');
    expect(files.stat('g')).toEqual({ name: 'g', isDirectory: false, size: 2, created: 1_000n, modified: 2_000n });
  });

  it('are listed in the order of their creation, as many as requested', () => {
    for (const name of ['z', 'a', 'm']) files.put(`d/${name}`, name);
    expect(files.list('d')!.map((entry) => entry.name)).toEqual(['z', 'a', 'm']);
    expect(files.list('d', 2)!.map((entry) => entry.name)).toEqual(['z', 'a']);
  });

  it('ten thousand of them are found', () => {
    for (let i = 0; i < 10_000; ++i) expect(files.create(`d${i % 10}/f${i}`)).toBeNull();
    for (let i = 0; i < 10_000; ++i) expect(files.stat(`d${i % 10}/f${i}`)).not.toBeNull();
    expect(files.stat('d0/f1')).toBeNull();
    for (let i = 0; i < 10_000; i += 2) expect(files.remove(`d${i % 10}/f${i}`)).toBeNull();
    for (let i = 0; i < 10_000; ++i) expect(files.stat(`d${i % 10}/f${i}`) === null).toBe(i % 2 === 0);
    expect(files.list('d1')).toHaveLength(1000);
  });
});

describe('content', () => {
  it('is zero where it was never written or was cut off, also on pages that are used again', () => {
    files.put('old', new Uint8Array(5 * PAGE).fill(7));
    files.remove('old');
    files.create('new');
    files.write('new', 3 * PAGE + 10, Buffer.from('end'));
    files.write('new', 100, Buffer.from('start'));
    const expected = Buffer.alloc(3 * PAGE + 13);
    expected.write('start', 100);
    expected.write('end', 3 * PAGE + 10);
    expect(Buffer.compare(files.read('new') as Uint8Array, expected)).toBe(0);
    files.truncate('new', 102);
    files.truncate('new', 4 * PAGE);
    expect(
      Buffer.compare(files.read('new') as Uint8Array, Buffer.concat([Buffer.alloc(100), Buffer.from('st')], 4 * PAGE)),
    ).toBe(0);
  });

  it('is stored on pages of removed files', () => {
    const size = 40 * PAGE;
    files.put('a', new Uint8Array(size).fill(1));
    const pages = files.host.stable.pages;
    for (let round = 2; round < (isFull ? 30 : 8); ++round) {
      files.remove('a');
      files.put('a', new Uint8Array(size).fill(round));
    }
    expect(files.host.stable.pages).toBe(pages);
  });

  it('of files that grow in turns has many pieces, and stays whole', () => {
    // More pieces than a page's worth of extents.
    const count = 6000;
    const names = ['f0', 'f1'];
    for (const name of names) files.create(name);
    for (let i = 0; i < count; ++i) {
      for (const name of names) expect(files.write(name, i * PAGE + 100, Buffer.from(`${name} ${i}`))).toBeNull();
    }
    const check = (name: string) => {
      for (let i = 0; i < count; i += 7) {
        const content = `${name} ${i}`;
        expect(Buffer.from(files.read(name, i * PAGE + 99, content.length + 2) as Uint8Array)).toEqual(
          Buffer.from(`\0${content}${i === count - 1 ? '' : '\0'}`),
        );
      }
    };
    names.forEach(check);
    files.truncate('f0', 3000 * PAGE);
    expect(files.stat('f0')!.size).toBe(3000 * PAGE);
    files.remove('f0');
    check('f1');
  });

  it('of many gigabytes, mostly holes', () => {
    const far = 300 * 2 ** 30;
    files.put('big', 'start');
    expect(files.write('big', far, Buffer.from('end'))).toBeNull();
    expect(files.stat('big')!.size).toBe(far + 3);
    expect(Buffer.from(files.read('big', far - 2) as Uint8Array)).toEqual(Buffer.from('\0\0end'));
    expect(files.host.stable.pages).toBeLessThan(20);
  });

  it('may lie on both sides of the bitmap after 32 GiB', () => {
    // As if all pages before it but the last three had been used.
    const superblock = files.host.stable.read(0, 64);
    new DataView(superblock.buffer).setBigUint64(16, 524_286n, true);
    new DataView(superblock.buffer).setBigUint64(32, 524_286n, true);
    files.host.stable.write(0, superblock);
    files.host.stable.grow(524_286 - files.host.stable.pages);
    const bytes = new Uint8Array(6 * PAGE).map((_, i) => i >> 8);
    files.put('a', bytes);
    expect(Buffer.compare(files.read('a') as Uint8Array, bytes)).toBe(0);
    const bitmap = files.host.stable.read(524_289 * PAGE, 8);
    expect(bitmap).toEqual(Uint8Array.of(0b1111, 0, 0, 0, 0, 0, 0, 0));
    files.remove('a');
    files.put('b', bytes);
    expect(Buffer.compare(files.read('b') as Uint8Array, bytes)).toBe(0);
    expect(files.host.stable.read(524_289 * PAGE, 8)).toEqual(bitmap);
  });
});

describe('values', () => {
  const bytes = (size: number, seed = 1) => Buffer.from(new Uint8Array(size).map((_, i) => (i * 7 + seed) & 0xff));

  it('have any size, and are in the order of their creation', async () => {
    expect(files.value('none')).toBeNull();
    expect(files.keys()).toEqual([]);
    const sizes = [0, 113, 114, 115, 252, 4096, 2 * PAGE + 5];
    for (const size of sizes) expect(files.setValue(`${size}`, bytes(size))).toBeNull();
    files = await files.upgrade();
    expect(files.mount()).toBeNull();
    expect(files.keys()).toEqual(sizes.map(String));
    const isSame = (key: string, expected: Buffer) => files.value(key)?.equals(expected) === true;
    for (const size of sizes) expect(isSame(`${size}`, bytes(size))).toBe(true);
    // Every size replaces every other size.
    for (const [i, from] of sizes.entries()) {
      for (const to of sizes) {
        files.setValue('v', bytes(from));
        expect(files.setValue('v', bytes(to, i))).toBeNull();
        expect(isSame('v', bytes(to, i))).toBe(true);
      }
    }
    expect(files.removeValue('0')).toBe(true);
    expect(files.removeValue('0')).toBe(false);
    expect(files.value('0')).toBeNull();
  });

  it('are in a tree of their own, which no path reaches', () => {
    files.put('mine', 'x');
    files.setValue('settings', bytes(5000));
    expect(files.list('')!.map(({ name }) => name)).toEqual(['mine']);
    for (const path of ['values', 'values/settings', './values']) expect(files.stat(path)).toBeNull();
    files.put('values/settings', 'mine, too');
    expect(files.value('settings')).toEqual(bytes(5000));
    expect(files.usage('')).toEqual({ files: 2, bytes: 2 * PAGE });
  });

  it('take no page if they are small', () => {
    files.setValue('first', bytes(100));
    const { pages } = files.host.stable;
    for (let i = 0; i < 100; i++) files.setValue(`${i}`, bytes(100));
    expect(files.host.stable.pages).toBe(pages);
  });

  it('stay as they are if there is no room for more', () => {
    files.setValue('small', bytes(100));
    files.setValue('large', bytes(1000));
    files.host.stable.limit = files.host.stable.pages;
    let size = 1000;
    while (files.setValue('large', bytes(size + PAGE, 2)) === null) size += PAGE;
    expect(files.setValue('large', bytes(size + PAGE, 3))).toMatch(/^stable memory is full/);
    expect(files.value('large')).toEqual(bytes(size, size === 1000 ? 1 : 2));
    expect(files.setValue('small', bytes(1000))).toMatch(/^stable memory is full/);
    expect(files.value('small')).toEqual(bytes(100));
    expect(files.setValue('small', bytes(114, 5))).toBeNull();
    expect(files.value('small')).toEqual(bytes(114, 5));
  });
});

describe('a copy', () => {
  const free = () => {
    const superblock = new DataView(files.host.stable.read(0, 64).buffer);
    const unused = files.host.stable.pages - Number(superblock.getBigUint64(16, true));
    return unused + Number(superblock.getBigUint64(24, true));
  };
  const used = () => files.host.stable.pages - free();

  it('takes no page of its own until it is written to, and then one for each page written', () => {
    files.put('f', new Uint8Array(20 * PAGE).fill(7));
    // The first copy makes the table of shared pages; others make entries and names.
    expect(files.copy('f', 'first')).toBeNull();
    const before = used();
    for (let i = 0; i < 50; i++) expect(files.copy(i % 2 === 0 ? 'f' : 'first', `copy${i}`)).toBeNull();
    expect(used() - before).toBeLessThan(3);
    const copied = used();
    expect(files.write('copy9', 5 * PAGE + 100, Buffer.from('mine'))).toBeNull();
    expect(files.write('f', 19 * PAGE, new Uint8Array(PAGE).fill(8))).toBeNull();
    expect(used() - copied).toBe(2);
    const content = Buffer.alloc(20 * PAGE, 7);
    expect(Buffer.compare(files.read('copy10') as Uint8Array, content)).toBe(0);
    content.write('mine', 5 * PAGE + 100);
    expect(Buffer.compare(files.read('copy9') as Uint8Array, content)).toBe(0);
    expect(files.sha256('copy9')).toBe(createHash('sha256').update(content).digest('hex'));
    // The last user of a page gives it back.
    for (const name of ['f', 'first', ...Array.from({ length: 50 }, (_, i) => `copy${i}`)]) files.remove(name);
    expect(before - used()).toBe(20);
  });

  it('of a missing file, to an impossible path or of a directory is refused', () => {
    expect(files.copy('nothing', 'x')).toBe('File does not exist: nothing');
    files.put('f', 'x');
    expect(files.copy('f', 'f')).toBeNull();
    expect(files.copy('f', '../g')).toBe('a path cannot have .. in it: ../g');
    expect(files.createDirectory('d')).toBeNull();
    expect(files.copy('d', 'e')).toBe('it is a directory, and no file: d');
    expect(files.copy('f', 'd')).toBe('d is a directory, and no file: d');
    expect(files.list('')!.map(({ name }) => name)).toEqual(['f', 'd']);
  });
});
