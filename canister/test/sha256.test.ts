import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileStorage, FileSystem } from './storage-harness.js';

let files: FileSystem;

beforeAll(async () => {
  files = await FileSystem.start(await compileStorage());
  expect(files.mount()).toBeNull();
});

function node(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('SHA-256', () => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('of the standard\'s example "%s"', (text, digest) => {
    expect(files.digest(Buffer.from(text))).toBe(digest);
  });

  it('of every length up to three blocks', () => {
    const bytes = new Uint8Array(192).map((_, i) => i * 7);
    for (let length = 0; length <= bytes.length; ++length) {
      expect(files.digest(bytes.subarray(0, length))).toBe(node(bytes.subarray(0, length)));
    }
  });

  it('of random bytes, written in pieces of random length, with upgrades in between', async () => {
    const pieces = fc.array(fc.tuple(fc.uint8Array({ maxLength: 300 }), fc.boolean()), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(pieces, async (parts) => {
        let now = files;
        const hash = createHash('sha256');
        let size = 0;
        now.remove('f');
        now.create('f');
        for (const [bytes, upgrade] of parts) {
          expect(now.write('f', size, bytes)).toBeNull();
          size += bytes.length;
          hash.update(bytes);
          expect(now.unhashed('f')).toBe(0);
          expect(now.sha256('f')).toBe(hash.copy().digest('hex'));
          if (upgrade) now = await now.upgrade();
        }
      }),
      { numRuns: 40 },
    );
  });

  it('of a file that was written out of order is computed in steps', () => {
    const bytes = new Uint8Array(500_000).map((_, i) => i * i);
    files.create('out of order');
    files.write('out of order', 300_000, bytes.subarray(300_000));
    files.write('out of order', 0, bytes.subarray(0, 300_000));
    expect(files.unhashed('out of order')).toBe(499_968);
    expect(files.sha256('out of order', 70_001)).toBe(node(bytes));
    expect(files.unhashed('out of order')).toBe(0);
    bytes[123_456]! ^= 1;
    files.write('out of order', 123_456, bytes.subarray(123_456, 123_457));
    expect(files.sha256('out of order')).toBe(node(bytes));
    files.truncate('out of order', 200_001);
    expect(files.sha256('out of order')).toBe(node(bytes.subarray(0, 200_001)));
  });
});
