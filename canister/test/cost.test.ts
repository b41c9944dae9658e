import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IDL } from '@icp-sdk/core/candid';
import { beforeEach, describe, expect, it } from 'vitest';
import { DirectCanister } from '../../packages/network/src/execution/direct.js';

const canister = dirname(dirname(fileURLToPath(import.meta.url)));
const wasm = readFileSync(join(canister, 'build/llama.wasm'));

let direct: DirectCanister;

beforeEach(() => {
  direct = new DirectCanister();
  expect(direct.install(wasm).result.kind).toBe('none');
});

function upload(size: number, offset: number) {
  const type = IDL.Record({ filename: IDL.Text, chunk: IDL.Vec(IDL.Nat8), chunksize: IDL.Nat64, offset: IDL.Nat64 });
  const chunk = new Uint8Array(size).fill(7);
  const input = { filename: 'models/model.gguf', chunk, chunksize: BigInt(size), offset: BigInt(offset) };
  const output = direct.update('file_upload_chunk', IDL.encode([type], [input]));
  expect(output.result.kind).toBe('reply');
  return output;
}

/** Metered as the replica does, page charges included. Bounds are a little above what was measured. */
describe('instructions', () => {
  it('of an upload: 82 a byte, of which SHA-256 has 73.5', () => {
    const size = 1_900_000;
    for (let i = 0; i < 5; ++i) expect(upload(size, i * size).instructions / size).toBeLessThan(82);
  });

  it('of an upload: four pages of stable memory beside the data', () => {
    upload(65_536, 0);
    const { pages } = upload(65_536 * 10, 65_536);
    expect(pages.stableWritten).toBeLessThanOrEqual(10 + 4);
  });

  it('of small calls: about a million, most of it for pages of the heap', () => {
    for (const method of ['health', 'whoami', 'get_max_tokens', 'check_access']) {
      expect(direct.query(method).instructions, method).toBeLessThan(1_500_000);
    }
  });

  it('of a Candid bomb: bounded', () => {
    // A vec of a billion nulls, for a method that expects no argument.
    const bomb = Buffer.from('4449444c016d7f01008094ebdc03', 'hex');
    for (const [method, kind] of [
      ['health', 'reply'],
      ['whoami', 'reject'],
    ] as const) {
      const output = direct.query(method, bomb);
      expect(output.result.kind, method).toBe(kind);
      expect(output.instructions, method).toBeLessThan(2_500_000);
    }
  });

  it('of an upgrade: the same however much stable memory is in use', () => {
    const empty = direct.install(wasm, { mode: 'upgrade' }).instructions;
    for (let i = 0; i < 5; ++i) upload(1_900_000, i * 1_900_000);
    expect(direct.install(wasm, { mode: 'upgrade' }).instructions).toBe(empty);
  });
});
