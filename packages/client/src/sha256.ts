import { sha256 as noble } from '@noble/hashes/sha2.js';
import { check } from './checks/checked.js';
import { bytes } from './checks/shapes.js';
import type { IncrementalHash } from './source.js';

/** An incremental SHA-256 that works in browsers, too: Web Crypto only takes a file as a whole. */
export function sha256(): IncrementalHash {
  const hash = noble.create();
  return {
    update: (piece) => {
      check('update: bytes', bytes, piece);
      hash.update(piece);
    },
    hex: () => Array.from(hash.clone().digest(), (byte) => byte.toString(16).padStart(2, '0')).join(''),
  };
}
