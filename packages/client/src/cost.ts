// What a model costs in cycles, computed before anything is sent, on a subnet of 13 nodes.

import * as v from 'valibot';
import { check } from './checks/checked.js';
import { bigint, whole } from './checks/shapes.js';
import { FEES, storageCycles } from './fees.js';

/** Bytes of a message beside its chunk. */
const ENVELOPE_BYTES = 500n;
/** Instructions per byte to decode, hash and store a chunk: 81 as metered, rounded up. */
const UPLOAD_INSTRUCTIONS_PER_BYTE = 90n;
/** Instructions per byte to read and lay out a model in the heap, rounded up. */
const LOAD_INSTRUCTIONS_PER_BYTE = 20n;
/** Heap bytes per byte of the file once it is loaded, in percent: weights in int8, caches and tables. */
const HEAP_PERCENT = 130n;

/**
 * A message's instruction limit is charged before it runs, and the unused part is refunded: cycles for 40 B must be
 * available.
 */
const PREPAID = 40_000_000_000n;

export interface ModelCost {
  /** Cycles for the messages that upload the bytes. */
  upload: bigint;
  /** Cycles to load it once. */
  load: bigint;
  /** Additional cycles that the freezing threshold reserves for the used memory. */
  reserve: bigint;
  /** Cycles that must be available for the last message to run, and are refunded. */
  prepaid: bigint;
  /** The sum: cycles that the canister must be able to spend. */
  total: bigint;
}

/**
 * The cycles for uploading the last `toSend` of a file's `size` bytes and loading the file. `freezingSeconds` is the
 * canister's freezing threshold, by default 30 days.
 */
export function modelCost(
  size: number,
  toSend: number,
  chunkBytes: number,
  freezingSeconds: bigint = 2_592_000n,
): ModelCost {
  check('modelCost: size', whole, size);
  check('modelCost: toSend', whole, toSend);
  check('modelCost: chunkBytes', v.pipe(whole, v.minValue(1, 'a whole number from 1 on')), chunkBytes);
  check('modelCost: freezingSeconds', bigint, freezingSeconds);
  const bytes = BigInt(toSend);
  const messages = BigInt(Math.ceil(toSend / chunkBytes));
  const perMessage = FEES.ingressMessage + FEES.message + ENVELOPE_BYTES * FEES.ingressByte;
  const upload = messages * perMessage + bytes * (FEES.ingressByte + UPLOAD_INSTRUCTIONS_PER_BYTE);
  const load = FEES.ingressMessage + FEES.message + BigInt(size) * LOAD_INSTRUCTIONS_PER_BYTE;
  const reserve = storageCycles(bytes + (BigInt(size) * HEAP_PERCENT) / 100n, freezingSeconds);
  return { upload, load, reserve, prepaid: PREPAID, total: upload + load + reserve + PREPAID };
}
