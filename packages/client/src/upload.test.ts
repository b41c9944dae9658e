import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LlamaCanister } from './canister.js';
import { FakeLlama } from './fake-llama.test-support.js';
import { sha256 } from './node.js';
import { bytesSource } from './source.js';
import { type UploadOptions, upload } from './upload.js';
import { Rate, type UploadProgress } from './upload-progress.js';

const hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function uploader(fake: FakeLlama, options: Partial<UploadOptions> = {}) {
  const canister = new LlamaCanister(fake.service(), 'aaaaa-aa');
  return (bytes: Uint8Array, more: Partial<UploadOptions> = {}) =>
    upload(canister, 'model.gguf', bytesSource(bytes), { sha256, chunkBytes: 100, ...options, ...more });
}

test('a file goes in chunks, in order, and is checked', async () => {
  const fake = new FakeLlama();
  const bytes = randomBytes(1_050);
  const progress: UploadProgress[] = [];
  const result = await uploader(fake)(bytes, { onProgress: (p) => progress.push(p) });
  expect(result).toEqual({ name: 'model.gguf', size: 1_050, sha256: hex(bytes), sent: 1_050, resumed: 0 });
  expect(fake.files.get('model.gguf')).toEqual(bytes);
  expect(progress.map(({ bytes: sent }) => sent)).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1050]);
  expect(progress.at(-1)).toMatchObject({ phase: 'sending', total: 1_050, eta: 0 });
});

test('uploading again does nothing', async () => {
  const fake = new FakeLlama();
  const bytes = randomBytes(250);
  await uploader(fake)(bytes);
  expect(await uploader(fake)(bytes)).toMatchObject({ sent: 0, resumed: 250, sha256: hex(bytes) });
  expect(await uploader(fake)(bytes, { restart: true })).toMatchObject({ sent: 250, resumed: 0 });
});

test('an upload that broke off goes on where it stopped, whether the last chunk arrived or not', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 900 }),
      fc.array(fc.record({ after: fc.nat(9), stored: fc.boolean(), chunkBytes: fc.integer({ min: 30, max: 200 }) }), {
        maxLength: 4,
      }),
      async (bytes, breaks) => {
        const fake = new FakeLlama();
        for (const { after, stored, chunkBytes } of breaks) {
          fake.failChunk = { after, stored, error: new Error('line cut') };
          await uploader(fake)(bytes, { chunkBytes }).catch((error) => expect(error.message).toContain('line cut'));
        }
        fake.failChunk = undefined;
        const there = fake.files.get('model.gguf')?.length ?? 0;
        const result = await uploader(fake)(bytes);
        expect(result).toMatchObject({ sha256: hex(bytes), resumed: there, sent: bytes.length - there });
        expect(Buffer.compare(fake.files.get('model.gguf')!, bytes)).toBe(0);
      },
    ),
    { numRuns: 200 },
  );
});

test('other content under the same name is replaced, not continued', async () => {
  const fake = new FakeLlama();
  const bytes = randomBytes(500);
  fake.files.set('model.gguf', randomBytes(300));
  expect(await uploader(fake)(bytes)).toMatchObject({ sent: 500, resumed: 0 });
  fake.files.set('model.gguf', randomBytes(800));
  expect(await uploader(fake)(bytes)).toMatchObject({ sent: 500, resumed: 0 });
  expect(fake.files.get('model.gguf')).toEqual(bytes);
});

test('an aborted upload can be resumed', async () => {
  const fake = new FakeLlama();
  const bytes = randomBytes(500);
  const stop = new AbortController();
  const onProgress = ({ bytes: sent }: UploadProgress) => {
    if (sent === 200) stop.abort();
  };
  await expect(uploader(fake)(bytes, { signal: stop.signal, onProgress })).rejects.toMatchObject({ kind: 'aborted' });
  expect(fake.files.get('model.gguf')!.length).toBe(200);
  expect(await uploader(fake)(bytes)).toMatchObject({ sent: 300, resumed: 200 });
});

test('a canister that ends up with other bytes is found out', async () => {
  const fake = new FakeLlama();
  const service = fake.service();
  const lying = {
    ...service,
    file_upload_chunk: async (input: { chunk: Uint8Array }) => {
      input.chunk[0]! ^= 1;
      return service.file_upload_chunk(input as never);
    },
  } as unknown as typeof service;
  const canister = new LlamaCanister(lying, 'aaaaa-aa');
  const source = { size: 10, read: async (at: number, n: number) => new Uint8Array(n).fill(at) };
  const options = { sha256, chunkBytes: 5 };
  await expect(upload(canister, 'x', source, options)).rejects.toMatchObject({ code: 'UPLOAD_MISMATCH' });
});

test('a file that shrinks while it is read, an empty one and absurd chunks are refused', async () => {
  const canister = new LlamaCanister(new FakeLlama().service(), 'aaaaa-aa');
  const shrinking = { size: 10, read: async () => new Uint8Array(3) };
  await expect(upload(canister, 'x', shrinking, { sha256 })).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
  await expect(upload(canister, 'x', bytesSource(new Uint8Array(0)), { sha256 })).rejects.toMatchObject({
    code: 'EMPTY_FILE',
  });
  for (const chunkBytes of [0, -1, 1.5, 3_000_000]) {
    const options = { sha256, chunkBytes };
    await expect(upload(canister, 'x', bytesSource(new Uint8Array(5)), options)).rejects.toMatchObject({
      code: 'BAD_CHUNK_BYTES',
    });
  }
});

test('the rate is that of the last seconds', () => {
  let now = 0;
  const rate = new Rate(0, () => now);
  for (let i = 1; i <= 20; i++) {
    now = i;
    expect(rate.add(100 * i)).toBe(100);
  }
  for (let i = 1; i <= 12; i++) {
    now = 20 + i;
    rate.add(2000 + 10 * i);
  }
  now = 33;
  expect(rate.add(2130)).toBeCloseTo(10, 5);
});
