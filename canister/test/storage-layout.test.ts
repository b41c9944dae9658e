/** The layout of stable memory: one that is not ours is left alone, and one that an older program wrote can be read. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StableMemory } from './host.js';
import { compileStorage, FileSystem } from './storage-harness.js';

const PAGE = 65536;
const LAYOUT = 3;
const golden = (layout: number) =>
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

describe('a stable memory that already has data', () => {
  const start = async (bytes: number[], pages = 3) => {
    const stable = new StableMemory();
    stable.grow(pages);
    stable.write(0, Uint8Array.from(bytes));
    const before = stable.copy();
    const other = await FileSystem.start(wasm, stable);
    const problem = other.mount();
    expect(stable.pages).toBe(pages);
    expect(Buffer.compare(stable.read(0, pages * PAGE), before.read(0, pages * PAGE))).toBe(0);
    return problem;
  };
  it('of another program is refused with the possible remedies, and stays untouched, even if it is empty', async () => {
    const problem =
      'the stable memory holds the data of another program, which this one would destroy: to keep the data, go back ' +
      'to that program and export it; to drop it, install with mode reinstall';
    expect(await start([1, 2, 3])).toBe(problem);
    expect(await start([])).toBe(problem);
  });
  it('of a later version, or too short, is refused', async () => {
    const magic = [...Buffer.from('LLAMAFS\x1a')];
    expect(await start([...magic, LAYOUT + 1])).toMatch(
      /written by a newer version of this program \(layout 4, this one knows 3\)/,
    );
    expect(await start([...magic, 1, 0, 0, 0, 0, 0, 0, 0, 9])).toMatch(/damaged: it is shorter than it says/);
  });
  it('of ours is used as it is', async () => {
    files.put('f', 'content');
    files = await files.upgrade();
    expect(files.mount()).toBeNull();
    expect(files.textOf('f')).toBe('content');
  });
});

describe('the layout never changes', () => {
  /** The pages as text: a line for every 32 bytes that are not all zero. */
  const dump = (stable: StableMemory) => {
    const lines = [`${stable.pages} pages`];
    for (let page = 0; page < stable.pages; ++page) {
      const bytes = Buffer.from(stable.read(page * PAGE, PAGE));
      for (let at = 0; at < PAGE; at += 32) {
        const row = bytes.subarray(at, at + 32);
        if (row.some((byte) => byte !== 0))
          lines.push(`${page}:${at.toString(16).padStart(4, '0')} ${row.toString('hex')}`);
      }
    }
    return `${lines.join('\n')}\n`;
  };
  const load = (content: string) => {
    const [pages, ...lines] = content.trimEnd().split('\n');
    const stable = new StableMemory();
    stable.grow(Number.parseInt(pages!, 10));
    for (const line of lines) {
      const [, page, at, hex] = /^(\d+):([0-9a-f]{4}) ([0-9a-f]{64})$/.exec(line)!;
      stable.write(Number(page) * PAGE + Number.parseInt(at!, 16), Buffer.from(hex!, 'hex'));
    }
    return stable;
  };

  it('the same operations leave the same bytes as ever', () => {
    files.host.time = 1_700_000_000_000_000_001n;
    files.put('models/tiny.gguf', 'GGUF and more than one block of SHA-256, which is 64 bytes long; '.repeat(3));
    files.host.time += 10n ** 9n;
    for (const name of ['a', 'b']) files.create(`.canister_cache/${name}`);
    for (let i = 0; i < 12; ++i)
      for (const name of ['a', 'b']) files.write(`.canister_cache/${name}`, i * PAGE, Buffer.from(name));
    files.host.time += 10n ** 9n;
    files.rename('models/tiny.gguf', 'models/renamed.gguf');
    files.write('models/renamed.gguf', 70_000, Buffer.from('tail'));
    files.remove('.canister_cache/b');
    files.put('logs/üñí.log', 'x');
    files.setValue('small', Buffer.from('seven'));
    files.setValue('large', Buffer.alloc(200, 'seven'));
    files.copy('.canister_cache/a', '.canister_cache/copy');
    files.write('.canister_cache/copy', PAGE, Buffer.from('changed'));
    const bytes = dump(files.host.stable);
    if (process.env.UPDATE_GOLDEN) writeFileSync(golden(LAYOUT), bytes);
    expect(bytes).toBe(readFileSync(golden(LAYOUT), 'utf8'));
  });

  it.each([1, 2, LAYOUT])('layout %i can still be read', async (layout) => {
    files = await FileSystem.start(wasm, load(readFileSync(golden(layout), 'utf8')));
    expect(files.mount()).toBeNull();
    const content = Buffer.alloc(70_004);
    content.write('GGUF and more than one block of SHA-256, which is 64 bytes long; '.repeat(3));
    content.write('tail', 70_000);
    expect(Buffer.compare(files.read('models/renamed.gguf') as Uint8Array, content)).toBe(0);
    expect(files.sha256('models/renamed.gguf')).toBe(createHash('sha256').update(content).digest('hex'));
    expect(files.stat('.canister_cache/a')).toEqual({
      ...{ name: 'a', isDirectory: false, size: 11 * PAGE + 1 },
      ...{ created: 1_700_000_001_000_000_001n, modified: 1_700_000_001_000_000_001n },
    });
    if (layout > 1) {
      expect(Buffer.from(files.read('.canister_cache/copy', PAGE, 8) as Uint8Array).toString()).toBe('changed\0');
      expect(files.stat('.canister_cache/copy')!.size).toBe(11 * PAGE + 1);
    }
    expect(files.list('logs')!.map((entry) => entry.name)).toEqual(['üñí.log']);
    if (layout < 3) expect(files.record(7)).toEqual(new Uint8Array(Buffer.from('seven')));
    else
      expect([files.value('small'), files.value('large')]).toEqual([Buffer.from('seven'), Buffer.alloc(200, 'seven')]);
    // Directories of layouts 1 and 2 did not have this.
    const copies = layout > 1 ? 2 : 1;
    expect(files.usage('.canister_cache')).toEqual({ files: copies, bytes: copies * 12 * PAGE });
    expect(files.usage('')).toEqual({ files: copies + 2, bytes: (copies * 12 + 3) * PAGE });
    files.put('new', 'after all');
    expect(files.textOf('new')).toBe('after all');
  });
});
