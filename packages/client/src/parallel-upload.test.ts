import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LlamaCanister, type Service } from './canister.js';
import { LlamaError } from './errors.js';
import { FakeLlama } from './fake-llama.test-support.js';
import { sha256 } from './node.js';
import { bytesSource } from './source.js';
import { type UploadOptions, upload } from './upload.js';

const hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

interface Begun {
  id: bigint;
  name: string;
  bytes: Uint8Array;
  sha256: string;
  chunk: number;
  there: Set<number>;
  phase: Record<string, string | null>;
}

/** A canister that takes chunks in any order, some of them late, and some not at all. */
class AnyOrder extends FakeLlama {
  readonly uploads: Begun[] = [];
  atOnce = 0;
  most = 0;
  /** Which of the coming chunks are lost, and whether the canister has got them. */
  losses: ('before' | 'after' | undefined)[] = [];
  /** Ranges that a status has. */
  ranges = 3;
  /** How often it is asked for its status before all is hashed. None: it is, with the last chunk, as small files are. */
  hashingPolls = 0;

  override service(): Service {
    const methods = {
      upload_begin: async (input: { filename: string; filesize: bigint; sha256: string; chunksize: bigint }) => {
        const { filename: name, sha256 } = input;
        const known = this.uploads.find(
          (one) => one.sha256 === sha256 && one.name === name && 'receiving' in one.phase,
        );
        if (known) return this.#status(known);
        const bytes = new Uint8Array(Number(input.filesize));
        const id = BigInt(this.uploads.length + 1);
        const chunk = Number(input.chunksize);
        const begun: Begun = { id, name, bytes, sha256, chunk, there: new Set(), phase: { receiving: null } };
        this.uploads.push(begun);
        return this.#status(begun);
      },
      upload_chunk: async ({ upload, offset, chunk }: { upload: bigint; offset: bigint; chunk: Uint8Array }) => {
        const begun = this.uploads[Number(upload) - 1]!;
        this.most = Math.max(this.most, ++this.atOnce);
        const loss = this.losses.shift();
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
        this.atOnce--;
        if (loss === 'before') throw new Error('line cut');
        begun.bytes.set(chunk, Number(offset));
        begun.there.add(Number(offset));
        if (begun.there.size * begun.chunk >= begun.bytes.length) {
          const isRight = hex(begun.bytes) === begun.sha256;
          begun.phase = isRight ? { hashing: null } : { failed: 'the SHA-256 is another' };
          if (isRight && this.hashingPolls === 0) this.#finish(begun);
        }
        if (loss === 'after') throw new Error('line cut');
        return this.#status(begun);
      },
      upload_status: async ({ upload }: { upload: bigint }) => {
        const begun = this.uploads[Number(upload) - 1];
        if (!begun) return { Err: { Other: 'upload_status: there is no upload 0' } };
        if ('hashing' in begun.phase && --this.hashingPolls <= 0) this.#finish(begun);
        return this.#status(begun);
      },
      upload_cancel: async ({ upload }: { upload: bigint }) => {
        const begun = this.uploads[Number(upload) - 1]!;
        begun.phase = { failed: 'it was cancelled' };
        return this.#status(begun);
      },
    };
    return { ...super.service(), ...methods } as unknown as Service;
  }

  #finish(begun: Begun): void {
    begun.phase = { done: null };
    this.files.set(begun.name, Buffer.from(begun.bytes));
  }

  #status({ id, name, bytes, sha256, chunk, there, phase }: Begun) {
    const missing: { offset: bigint; size: bigint }[] = [];
    let received = 0;
    for (let at = 0; at < bytes.length; at += chunk) {
      const size = Math.min(chunk, bytes.length - at);
      if (there.has(at)) received += size;
      else if (missing.length < this.ranges) missing.push({ offset: BigInt(at), size: BigInt(size) });
    }
    const filesize = BigInt(bytes.length);
    const counts = { received: BigInt(received), hashed: 0n, chunksize: BigInt(chunk) };
    return { Ok: { upload: id, filename: name, filesize, sha256, phase, missing, ...counts } };
  }
}

function uploader(fake: FakeLlama, options: Partial<UploadOptions> = {}) {
  const canister = new LlamaCanister(fake.service(), 'aaaaa-aa');
  return (bytes: Uint8Array, more: Partial<UploadOptions> = {}) =>
    upload(canister, 'model.gguf', bytesSource(bytes), { sha256, chunkBytes: 100, ...options, ...more });
}

test('chunks are under way at the same time, and the file is there in the end', async () => {
  const fake = new AnyOrder();
  fake.ranges = 64;
  fake.hashingPolls = 2;
  const bytes = randomBytes(2_050);
  const sent: number[] = [];
  const onProgress = ({ phase, bytes }: { phase: string; bytes: number }) => {
    if (phase === 'sending') sent.push(bytes);
  };
  const result = await uploader(fake)(bytes, { onProgress });
  expect(result).toEqual({ name: 'model.gguf', size: 2_050, sha256: hex(bytes), sent: 2_050, resumed: 0 });
  expect(fake.files.get('model.gguf')).toEqual(bytes);
  expect(fake.most).toBe(6);
  expect(sent[0]).toBe(0);
  expect(sent.at(-1)).toBe(2_050);
  expect(sent).toEqual(sent.toSorted((a, b) => a - b));
  // Again: nothing is sent.
  expect(await uploader(fake)(bytes)).toMatchObject({ sent: 0, resumed: 2_050 });
  expect(fake.uploads).toHaveLength(1);
});

test('an upload that breaks off goes on with what is missing, wherever that is', async () => {
  const loss = fc.constantFrom('before' as const, 'after' as const, undefined, undefined);
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 1500 }),
      fc.array(fc.array(loss, { maxLength: 8 }), { maxLength: 3 }),
      async (bytes, attempts) => {
        const fake = new AnyOrder();
        for (const losses of attempts) {
          fake.losses = [...losses];
          await uploader(fake)(bytes).catch((error) => expect(error.message).toContain('line cut'));
        }
        fake.losses = [];
        const result = await uploader(fake)(bytes);
        expect(result.sent + result.resumed).toBe(bytes.length);
        expect(Buffer.compare(fake.files.get('model.gguf')!, bytes)).toBe(0);
        expect(fake.uploads.length).toBeLessThanOrEqual(attempts.length + 1);
      },
    ),
    { numRuns: 40 },
  );
});

test('a file that the canister does not take is an error, and a restart sends all of it', async () => {
  const fake = new AnyOrder();
  const bytes = randomBytes(500);
  fake.losses = [undefined, undefined, 'before'];
  await expect(uploader(fake)(bytes)).rejects.toThrow('line cut');
  expect(await uploader(fake)(bytes, { restart: true })).toMatchObject({ sent: 500, resumed: 0 });
  expect(fake.uploads.map(({ phase }) => Object.keys(phase)[0])).toEqual(['failed', 'done']);
  const source = { size: 500, read: async (at: number, n: number) => new Uint8Array(n).fill(fake.uploads.length + at) };
  const canister = new LlamaCanister(fake.service(), 'aaaaa-aa');
  await expect(upload(canister, 'other', source, { sha256, chunkBytes: 100 })).rejects.toMatchObject({
    code: 'UPLOAD_FAILED',
  });
});

test('an upload is gone on with in chunks that are good now, else begun anew', async () => {
  const cases = [
    // begun with, now, sent again
    [100, 100, false],
    // A line that takes less now than then.
    [200, 100, true],
    // So small that the rest takes more messages than the whole.
    [10, 400, true],
    [50, 100, false],
  ] as const;
  for (const [then, now, anew] of cases) {
    const fake = new AnyOrder();
    const bytes = randomBytes(2_000);
    // Most of it comes through, then the line is cut.
    fake.losses = [...new Array(Math.ceil(1_200 / then)).fill(undefined), 'before'];
    await expect(uploader(fake)(bytes, { chunkBytes: then })).rejects.toThrow('line cut');
    fake.losses = [];
    const { sent, resumed } = await uploader(fake)(bytes, { chunkBytes: now });
    expect([then, now, resumed === 0]).toEqual([then, now, anew]);
    expect(sent + resumed).toBe(2_000);
    expect(fake.files.get('model.gguf')).toEqual(bytes);
  }
});

test('a source whose SHA-256 is known is read once', async () => {
  const fake = new AnyOrder();
  const bytes = randomBytes(500);
  const canister = new LlamaCanister(fake.service(), 'aaaaa-aa');
  let read = 0;
  const source = {
    size: 500,
    read: async (at: number, n: number) => {
      read += n;
      return bytes.subarray(at, at + n);
    },
  };
  const options = { sha256, chunkBytes: 100, sha256Hex: hex(bytes).toUpperCase() };
  expect(await upload(canister, 'model.gguf', source, options)).toMatchObject({ sent: 500, sha256: hex(bytes) });
  expect(read).toBe(500);
  const wrong = { ...options, sha256Hex: hex(randomBytes(1)) };
  await expect(upload(canister, 'other', source, wrong)).rejects.toMatchObject({ code: 'UPLOAD_FAILED' });
  await expect(upload(canister, 'other', source, { ...wrong, sha256Hex: 'ab' })).rejects.toMatchObject({
    code: 'BAD_SHA256',
  });
});

/** On this machine: chunks are delivered without waiting for their answers. Of some, nothing is heard again. */
class OnThisMachine extends LlamaCanister {
  readonly #service: Service;
  readonly asked: number[] = [];
  delivered = 0;
  /** Numbers of the deliveries that are lost. */
  lost = new Set<number>();
  isTaken = true;

  constructor(service: Service) {
    super(service, 'aaaaa-aa');
    this.#service = service;
  }

  override get canDeliver(): boolean {
    return true;
  }

  override async deliverPart(upload: bigint, offset: number, chunk: Uint8Array): Promise<void> {
    if (!this.isTaken) throw new LlamaError('transport', 'NOT_TAKEN', 'the network did not take the call');
    if (this.lost.has(++this.delivered)) return;
    await this.#service.upload_chunk({ upload, offset: BigInt(offset), chunk });
  }

  override uploadStatus(upload: bigint, options?: { certified?: boolean | undefined }) {
    if (options?.certified) this.asked.push(this.delivered);
    return super.uploadStatus(upload);
  }
}

const deliver = (canister: LlamaCanister, bytes: Uint8Array) =>
  upload(canister, 'model.gguf', bytesSource(bytes), { sha256, chunkBytes: 100 });

test('on this machine one certified status is asked for every 16 chunks', async () => {
  const fake = new AnyOrder();
  fake.ranges = 64;
  const canister = new OnThisMachine(fake.service());
  const bytes = randomBytes(4_010);
  await deliver(canister, bytes);
  expect(fake.files.get('model.gguf')).toEqual(bytes);
  expect(canister.asked).toEqual([16, 32, 41]);
});

test('delivered chunks that are lost are sent again, and then with a call for each', async () => {
  const fake = new AnyOrder();
  fake.ranges = 64;
  const canister = new OnThisMachine(fake.service());
  canister.lost = new Set([3, 20, 41]);
  const bytes = randomBytes(4_010);
  await deliver(canister, bytes);
  expect(fake.files.get('model.gguf')).toEqual(bytes);

  const refusing = new OnThisMachine(new AnyOrder().service());
  refusing.isTaken = false;
  expect(await deliver(refusing, bytes)).toMatchObject({ sent: 4_010 });
  expect(refusing.delivered).toBe(0);
});
