import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { compileStorage, type Entry, FileSystem } from './storage-harness.js';

const full = process.env.LLAMA_CANISTER_TEST === 'full';

let wasm: WebAssembly.Module;

beforeAll(async () => {
  wasm = await compileStorage();
});

/** Bytes for writes, far from zero and long enough for several pages. */
const noise = new Uint8Array(1 << 20).map((_, i) => ((i * 2654435761) >>> 13) | 1);

interface Node {
  created: bigint;
  modified: bigint;
  /** A file's bytes. */
  bytes?: Buffer;
  /** A directory's entries, in the order in which they came. */
  entries?: Map<string, Node>;
}

/** A plain file system in memory. It returns true or false where the real one returns a text. */
class Model {
  time = 0n;
  /** Values are in a tree of their own, which no path leads to. */
  readonly values = new Map<string, Buffer>();
  root: Node = { created: 0n, modified: 0n, entries: new Map() };

  find(path: string[]): Node | undefined {
    return path.reduce<Node | undefined>((node, name) => node?.entries?.get(name), this.root);
  }

  #make(path: string[], isFile: boolean): boolean {
    let node = this.root;
    for (const [i, name] of path.entries()) {
      if (!node.entries) return false;
      const wantsFile = isFile && i === path.length - 1;
      const next = node.entries.get(name);
      if (next && (next.bytes !== undefined) !== wantsFile) return false;
      if (!next) return this.#add(node, path.slice(i), isFile);
      node = next;
    }
    return true;
  }

  #add(directory: Node, path: string[], isFile: boolean): boolean {
    let node = directory;
    for (const [i, name] of path.entries()) {
      const times = { created: this.time, modified: this.time };
      const added =
        isFile && i === path.length - 1 ? { ...times, bytes: Buffer.alloc(0) } : { ...times, entries: new Map() };
      node.entries!.set(name, added);
      node.modified = this.time;
      node = added;
    }
    return true;
  }

  create(path: string[]): boolean {
    return path.length > 0 && this.#make(path, true);
  }

  createDirectory(path: string[]): boolean {
    return this.#make(path, false);
  }

  write(path: string[], offset: number, bytes: Uint8Array): boolean {
    const file = this.find(path);
    if (!file?.bytes) return false;
    const size =
      bytes.length === 0 && offset <= file.bytes.length
        ? file.bytes.length
        : Math.max(file.bytes.length, offset + bytes.length);
    const content = Buffer.alloc(size);
    file.bytes.copy(content);
    content.set(bytes, offset);
    file.bytes = content;
    file.modified = this.time;
    return true;
  }

  copy(from: string[], to: string[]): boolean {
    const source = this.find(from);
    if (!source?.bytes || !this.create(to)) return false;
    const file = this.find(to)!;
    if (file === source) return true;
    file.bytes = source.bytes;
    file.modified = this.time;
    return true;
  }

  truncate(path: string[], size: number): boolean {
    const file = this.find(path);
    if (!file?.bytes) return false;
    file.bytes = Buffer.concat([file.bytes.subarray(0, size), Buffer.alloc(Math.max(0, size - file.bytes.length))]);
    file.modified = this.time;
    return true;
  }

  remove(path: string[]): boolean {
    const node = this.find(path);
    if (!node || path.length === 0 || (node.entries && node.entries.size > 0)) return false;
    const parent = this.find(path.slice(0, -1))!;
    parent.entries!.delete(path.at(-1)!);
    parent.modified = this.time;
    return true;
  }

  rename(from: string[], to: string[]): boolean {
    const node = this.find(from);
    const directory = this.find(to.slice(0, -1));
    if (!node || from.length === 0 || to.length === 0 || !directory?.entries) return false;
    if (node.entries && from.every((name, i) => to[i] === name) && to.length > from.length) return false;
    const there = this.find(to);
    if (there === node) return true;
    if (there && (there.bytes === undefined) !== (node.bytes === undefined)) return false;
    if (there?.entries && there.entries.size > 0) return false;
    const source = this.find(from.slice(0, -1))!;
    source.entries!.delete(from.at(-1)!);
    directory.entries!.delete(to.at(-1)!);
    directory.entries!.set(to.at(-1)!, node);
    source.modified = this.time;
    directory.modified = this.time;
    return true;
  }
}

const name = fc.constantFrom('a', 'b', 'c', 'ü', 'long name '.repeat(20));
/** Mostly from a few choices, so that steps affect the same things. */
const path = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<string[]>(['a'], ['b'], ['d', 'a'], ['d', 'b'], ['d'], ['d', 'd', 'a']) },
  { weight: 1, arbitrary: fc.array(name, { minLength: 1, maxLength: 3 }) },
);
const offset = fc.oneof(fc.nat({ max: 200_000 }), fc.constantFrom(0, 65_535, 65_536, 131_072, 1_000_000));
const length = fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 200_000 }), fc.constantFrom(65_536, 131_072, 700_000));

/** Sizes near what an inode has room for, and near a page. */
const valueLength = fc.oneof(fc.nat({ max: 300 }), fc.constantFrom(114, 115, 4096, 65_530, 65_531, 140_000));

const operation = fc.oneof(
  { weight: 4, arbitrary: fc.record({ op: fc.constant('create' as const), path }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('createDirectory' as const), path }) },
  { weight: 8, arbitrary: fc.record({ op: fc.constant('write' as const), path, offset, length }) },
  { weight: 8, arbitrary: fc.record({ op: fc.constant('append' as const), path, length }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('truncate' as const), path, length }) },
  { weight: 4, arbitrary: fc.record({ op: fc.constant('remove' as const), path }) },
  { weight: 4, arbitrary: fc.record({ op: fc.constant('rename' as const), path, to: path }) },
  { weight: 5, arbitrary: fc.record({ op: fc.constant('copy' as const), path, to: path }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('setValue' as const), key: name, length: valueLength }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('removeValue' as const), key: name }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('upgrade' as const) }) },
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** Does a step in both. If stable memory is full, the step is skipped in the model and counted in `refused`. */
async function apply(files: FileSystem, model: Model, step: Operation, refused = { count: 0 }): Promise<FileSystem> {
  model.time += 1n;
  files.host.time = model.time;
  const at = 'path' in step ? step.path.join('/') : '';
  const check = (problem: string | null, works: () => boolean) => {
    if (problem?.startsWith('stable memory is full')) ++refused.count;
    else expect(problem === null, `${step.op}: ${problem}`).toBe(works());
  };
  switch (step.op) {
    case 'create':
      check(files.create(at), () => model.create(step.path));
      break;
    case 'createDirectory':
      check(files.createDirectory(at), () => model.createDirectory(step.path));
      break;
    case 'write':
      check(files.write(at, step.offset, noise.subarray(0, step.length)), () =>
        model.write(step.path, step.offset, noise.subarray(0, step.length)),
      );
      break;
    case 'append': {
      const end = model.find(step.path)?.bytes?.length ?? 0;
      check(files.write(at, end, noise.subarray(0, step.length)), () =>
        model.write(step.path, end, noise.subarray(0, step.length)),
      );
      break;
    }
    case 'truncate':
      check(files.truncate(at, step.length), () => model.truncate(step.path, step.length));
      break;
    case 'remove':
      check(files.remove(at), () => model.remove(step.path));
      break;
    case 'rename':
      check(files.rename(at, step.to.join('/')), () => model.rename(step.path, step.to));
      break;
    case 'copy':
      check(files.copy(at, step.to.join('/')), () => model.copy(step.path, step.to));
      break;
    case 'setValue':
      check(files.setValue(step.key, noise.subarray(0, step.length)), () => {
        model.values.set(step.key, Buffer.from(noise.subarray(0, step.length)));
        return true;
      });
      break;
    case 'removeValue':
      expect(files.removeValue(step.key)).toBe(model.values.delete(step.key));
      break;
    default: {
      const next = await files.upgrade();
      expect(next.mount()).toBeNull();
      return next;
    }
  }
  return files;
}

/** Files at or below a node, and the bytes of their pages. */
function totals({ bytes, entries }: Node): { files: number; bytes: number } {
  if (bytes) return { files: 1, bytes: Math.ceil(bytes.length / 65_536) * 65_536 };
  const sum = { files: 0, bytes: 0 };
  for (const inner of [...entries!.values()].map(totals)) {
    sum.files += inner.files;
    sum.bytes += inner.bytes;
  }
  return sum;
}

function agreeInValues(files: FileSystem, model: Model): void {
  for (const key of ['a', 'b', 'c', 'ü', 'long name '.repeat(20)]) {
    expect(files.value(key)).toEqual(model.values.get(key) ?? null);
  }
  expect(files.keys().sort()).toEqual([...model.values.keys()].sort());
}

function agree(files: FileSystem, node: Node, at: string[]): void {
  const text = at.join('/');
  if (node.bytes) {
    expect(Buffer.compare(files.read(text) as Uint8Array, node.bytes)).toBe(0);
    expect(files.sha256(text)).toBe(createHash('sha256').update(node.bytes).digest('hex'));
    return;
  }
  const entries = [...node.entries!].map(([entryName, entry]): Entry => {
    return {
      name: entryName,
      isDirectory: entry.entries !== undefined,
      size: entry.bytes?.length ?? entry.entries!.size,
      created: entry.created,
      modified: entry.modified,
    };
  });
  expect(files.list(text)).toEqual(entries);
  expect(files.usage(text)).toEqual(totals(node));
  for (const [entryName, entry] of node.entries!) agree(files, entry, [...at, entryName]);
}

/** Pages that are free, and those of the table of shared pages; after everything was removed, none may be missing. */
function freePages(files: FileSystem): number {
  const superblock = new DataView(files.host.stable.read(0, 448).buffer);
  let table = 0;
  for (let k = 0; k < 32; k++) if (superblock.getUint32(320 + 4 * k, true) !== 0) table += 2 ** k;
  const unused = files.host.stable.pages - Number(superblock.getBigUint64(16, true));
  return unused + Number(superblock.getBigUint64(24, true)) + table;
}

function removeAll(files: FileSystem, at: string): void {
  for (const entry of files.list(at)!) {
    const inner = at === '' ? entry.name : `${at}/${entry.name}`;
    if (entry.isDirectory) removeAll(files, inner);
    expect(files.remove(inner)).toBeNull();
  }
}

it('random histories, with upgrades, leave the same files as a plain file system', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 60 }), async (steps) => {
      let files = await FileSystem.start(wasm);
      const model = new Model();
      files.host.time = 0n;
      expect(files.mount()).toBeNull();
      const usedAtStart = files.host.stable.pages - freePages(files);
      for (const step of steps) files = await apply(files, model, step);
      agree(files, model.root, []);
      agreeInValues(files, model);
      removeAll(files, '');
      for (const key of model.values.keys()) files.removeValue(key);
      expect(files.usage('')).toEqual({ files: 0, bytes: 0 });
      expect(files.host.stable.pages - freePages(files)).toBe(usedAtStart);
    }),
    { numRuns: full ? 3000 : 15 },
  );
});

it('a full stable memory refuses, and nothing has changed', async () => {
  const refused = { count: 0 };
  const histories = fc.tuple(fc.array(operation, { minLength: 30, maxLength: 80 }), fc.integer({ min: 6, max: 16 }));
  await fc.assert(
    fc.asyncProperty(histories, async ([steps, limit]) => {
      let files = await FileSystem.start(wasm);
      const model = new Model();
      files.host.time = 0n;
      files.host.stable.limit = limit;
      expect(files.mount()).toBeNull();
      for (const step of steps) files = await apply(files, model, step, refused);
      agree(files, model.root, []);
      agreeInValues(files, model);
    }),
    { numRuns: full ? 1000 : 12 },
  );
  expect(refused.count).toBeGreaterThan(full ? 20 : 5);
});
