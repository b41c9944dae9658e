import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256 as nodeSha256 } from './node.js';
import { sha256 } from './sha256.js';

test('both ways of hashing agree with SHA-256, piece by piece and in between', () => {
  for (const make of [sha256, nodeSha256]) {
    const hash = make();
    const all = createHash('sha256');
    for (const size of [0, 1, 63, 64, 65, 1000]) {
      const bytes = new Uint8Array(size).map((_, i) => i * 31);
      hash.update(bytes);
      all.update(bytes);
      expect(hash.hex()).toBe(all.copy().digest('hex'));
    }
  }
});
