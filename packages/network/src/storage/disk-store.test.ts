/** The store against a plain map, with the process ending (a copy of the folder is opened) at any moment. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Principal } from '@icp-sdk/core/principal';
import { afterAll, describe, expect, it } from 'vitest';
import { DiskStore } from './disk-store.js';
import { pack, unpack } from './packing.js';

const base = mkdtempSync(join(tmpdir(), 'network-store-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

let seed = 1;
function random(below: number): number {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
}

/** The values that a new process finds; `damage` may change the folder first. */
async function found(folder: string, damage: (copy: string) => void = () => {}): Promise<Map<string, unknown>> {
  const copy = mkdtempSync(join(base, 'copy-'));
  cpSync(folder, copy, { recursive: true, filter: (path) => !path.endsWith('/lock') });
  damage(copy);
  const store = new DiskStore(copy);
  const values = new Map(store.restored(''));
  await store.close();
  rmSync(copy, { recursive: true });
  return values;
}

const tick = () => new Promise((resolve) => setImmediate(resolve));
const sizes = (values: Map<string, unknown>) =>
  [...values].map(([key, value]) => [key, (value as Uint8Array).length, (value as Uint8Array)[0]]).sort();

describe('the store on disk', () => {
  it('is found as it was last written, whenever the process ends', async () => {
    const folder = join(base, 'random');
    let store = new DiskStore(folder);
    const model = new Map<string, unknown>();
    let flushed = new Map(model);
    let snapshots = 0;
    for (let step = 0; step < 60; step++) {
      for (let change = 0; change <= random(4); change++) {
        const key = `key/${random(8)}`;
        if (random(4) === 0) {
          model.delete(key);
          store.drop(key);
        } else {
          // Large values, so that the journal becomes long and snapshots are taken.
          const value = new Uint8Array(random(1_000_000)).fill(step);
          model.set(key, value);
          store.put(key, () => value);
        }
      }
      await store.flush();
      const before = flushed;
      flushed = new Map(model);
      for (let ticks = random(4); ticks > 0; ticks--) await tick();
      if (readdirSync(folder).some((name) => name.endsWith('.unfinished'))) snapshots++;
      if (step % 4 === 0) expect(sizes(await found(folder))).toEqual(sizes(flushed));
      if (step % 4 === 2) {
        // The last record is half written: as if the process had ended before it was.
        const cut = await found(folder, (copy) => {
          const journal = readdirSync(copy)
            .filter((name) => name.startsWith('journal-'))
            .sort((a, b) => Number(a.slice(8)) - Number(b.slice(8)))
            .at(-1)!;
          const { length } = readFileSync(join(copy, journal));
          if (length > 25) truncateSync(join(copy, journal), length - 1);
        });
        expect([sizes(before), sizes(flushed)]).toContainEqual(sizes(cut));
      }
      if (step % 20 === 19) {
        await store.close();
        store = new DiskStore(folder);
        expect(sizes(new Map(store.restored('')))).toEqual(sizes(flushed));
      }
    }
    await store.close();
    expect(snapshots).toBeGreaterThan(0);
    // Old generations are gone.
    expect(readdirSync(folder).filter((name) => /^(snapshot|journal)-/.test(name)).length).toBeLessThanOrEqual(2);
  });

  it('keeps changes together that were made together', async () => {
    const folder = join(base, 'together');
    const store = new DiskStore(folder);
    for (let i = 1; i <= 20; i++) {
      store.put('a', () => i);
      await Promise.resolve();
      store.put('b', () => i);
      await tick();
      const values = await found(folder);
      expect(values.get('a')).toBe(values.get('b'));
    }
    await store.close();
  });

  it('says when it cannot write', async () => {
    const folder = join(base, 'gone');
    const store = new DiskStore(folder);
    store.put('a', () => () => {});
    await expect(store.flush()).rejects.toThrow("the network's state cannot be written");
    await expect(store.flush()).rejects.toThrow("the network's state cannot be written");
    await store.close().catch(() => {});
  });

  it('writes down what values are made of', () => {
    const value = {
      bytes: Uint8Array.of(1, 2),
      big: 2n ** 100n,
      list: [1, 'two', [undefined, null]],
      map: new Map<string, unknown>([['a', { id: Principal.anonymous() }]]),
      id: Principal.fromText('rrkah-fqaaa-aaaaa-aaaaq-cai'),
    };
    const copy = unpack(pack(value)) as typeof value;
    expect(copy.id.toText()).toBe(value.id.toText());
    expect((copy.map.get('a') as { id: Principal }).id.isAnonymous()).toBe(true);
    expect({ ...copy, id: 0, map: 0, bytes: [...copy.bytes] }).toEqual({ ...value, id: 0, map: 0, bytes: [1, 2] });
  });
});
