/**
 * Packed images: the weights of a model as they are multiplied, in stable memory. A model is loaded again from its image, with the
 * same answers; whatever is wrong with an image is noticed, and made from the file again.
 */
import { describe, expect, it } from 'vitest';
import { Program } from './golden-canister.js';
import type { StableMemory } from './host.js';
import { Llama } from './llama.js';
import { tinyModel } from './tiny-model.js';

const PAGE = 65536;
const DAY = 86_400_000_000_000n;
const small = tinyModel({ layers: 3 });
/** Its image is made in several messages of a small budget. */
const large = tinyModel({ layers: 3, embedding: 1024, heads: 16, keyValueHeads: 4, headDim: 64, feedForward: 2816 });

interface Image {
  filename: string;
  bytes: bigint;
  bytes_kept: bigint;
  used_ns: bigint;
}
interface Images {
  are_kept: boolean;
  bytes_used: bigint;
  images: Image[];
}

const imagesOf = (llama: Llama) => llama.call('get_model_images') as Images;
const say = (llama: Llama) => llama.run(['-n', '6', '--seed', '3', '--ignore-eos', '-p', 'hello']).conversation;
const loadInstructions = (llama: Llama) =>
  Number((llama.call('model_info') as { Ok: { load_instructions: bigint } }).Ok.load_instructions);

function isWhole({ images }: Images, count = 1): boolean {
  return images.length === count && images.every(({ bytes, bytes_kept }) => bytes > 0n && bytes === bytes_kept);
}

describe('a packed image', () => {
  it('is made when a model is loaded, and the model is loaded again by copying it', async () => {
    const llama = await Llama.install();
    llama.load('m', large, '-c', '512');
    const converted = loadInstructions(llama);
    llama.timers();
    const [image] = imagesOf(llama).images;
    expect(image).toMatchObject({ filename: 'm', bytes_kept: image!.bytes });
    const said = say(llama);
    // After an upgrade, and when it is asked for again.
    llama.upgrade();
    llama.timers();
    expect(say(llama)).toBe(said);
    const copied = loadInstructions(llama);
    expect(copied).toBeLessThan(converted);
    llama.ok('load_model', ['--model', 'm', '-c', '256']);
    expect(say(llama)).toBe(said);
    expect(imagesOf(llama).images).toEqual([image]);
    // 5 instructions a byte, and the header with the vocabulary of 400 tokens.
    expect(copied / Number(image!.bytes)).toBeLessThan(5.2);
    if (process.env.PRICES)
      console.log({ converted, copied, bytes: image!.bytes, perByte: copied / Number(image!.bytes) });
  });

  it('is made in messages of the timer, while the model answers, and goes on after an upgrade', async () => {
    const llama = await Llama.install();
    const load = () => {
      llama.budget(250e6);
      while ('Err' in (llama.call('ready') as object)) llama.timer();
    };
    llama.upload('m', large);
    llama.budget(250e6);
    llama.ok('load_model', ['--model', 'm', '-c', '512']);
    load();
    llama.budget(0);
    const said = say(llama);
    llama.budget(250e6);
    const kept: bigint[] = [];
    for (let step = 0; !isWhole(imagesOf(llama)); step++) {
      expect(step).toBeLessThan(40);
      llama.timer();
      const [image] = imagesOf(llama).images;
      kept.push(image!.bytes_kept);
      if (step === 1) {
        llama.budget(0);
        expect(say(llama)).toBe(said);
        llama.upgrade();
        load();
      }
    }
    expect(kept.length).toBeGreaterThan(2);
    expect([...kept].sort((a, b) => Number(a - b))).toEqual(kept);
    expect(kept[0]).toBeGreaterThan(0n);
    llama.budget(0);
    llama.upgrade();
    llama.timers();
    expect(say(llama)).toBe(said);
  });

  it('goes with its file, and belongs to its content', async () => {
    const llama = await Llama.install();
    llama.load('m', small);
    llama.load('n', tinyModel({ architecture: 'qwen2' }));
    expect(isWhole(imagesOf(llama), 2)).toBe(true);
    llama.call('filesystem_remove', { filename: 'n' });
    expect(imagesOf(llama).images.map(({ filename }) => filename)).toEqual(['m']);
    // Another file of the same shape under the same path: the old image would give other answers.
    const other = small.slice();
    other.subarray(other.length - 20_000).reverse();
    llama.upload('m', other);
    llama.ok('load_model', ['--model', 'm']);
    const said = say(llama);
    const fresh = await Llama.install();
    fresh.load('m', other);
    expect(say(fresh)).toBe(said);
    expect(isWhole(imagesOf(llama))).toBe(true);
  });

  it('is removed by the cleanup once no model was loaded from it for a month, and with all others on request', async () => {
    const llama = await Llama.install();
    llama.load('m', small);
    llama.load('n', tinyModel({ architecture: 'qwen2' }));
    const said = say(llama);
    llama.time += 29n * DAY;
    llama.call('cache_cleanup_now');
    expect(imagesOf(llama).images).toHaveLength(2);
    llama.time += 2n * DAY;
    llama.call('cache_cleanup_now');
    // That of the loaded model stays.
    expect(imagesOf(llama).images.map(({ filename }) => filename)).toEqual(['n']);
    expect(llama.call('set_model_images', { are_kept: false })).toEqual({ Ok: { status_code: 200 } });
    expect(imagesOf(llama)).toEqual({ are_kept: false, bytes_used: 0n, images: [] });
    llama.ok('load_model', ['--model', 'n']);
    expect(llama.timers()).toBe(0);
    expect(say(llama)).toBe(said);
    expect(imagesOf(llama).images).toEqual([]);
    llama.call('set_model_images', { are_kept: true });
    llama.ok('load_model', ['--model', 'n']);
    expect(isWhole(imagesOf(llama))).toBe(true);
  });

  it('is read by administrators only, and is in no list of files', async () => {
    const llama = await Llama.install();
    llama.load('m', small);
    expect(() => imagesOf(llama)).not.toThrow();
    const listed = JSON.stringify(
      llama.call('recursive_dir_content_query', { dir: '.', max_entries: 100n }),
      (_, value) => (typeof value === 'bigint' ? String(value) : value),
    );
    expect(listed).toContain('"./m"');
    expect(listed).not.toContain('image');
  });
});

/** A canister without a meter, with an image of the model in its stable memory. */
async function withImage(): Promise<{ stable: StableMemory; time: bigint; said: unknown; image: Image }> {
  const program = await Program.start();
  program.host.call('canister_init');
  program.host.cycles = 10n ** 14n;
  for (let offset = 0; offset < small.length; offset += 1_900_000) {
    const chunk = small.subarray(offset, offset + 1_900_000);
    program.ok('file_upload_chunk', { filename: 'm', chunk, chunksize: 1_900_000n, offset: BigInt(offset) });
  }
  program.ok('load_model', { args: ['--model', 'm'] });
  program.timers();
  const { images } = program.call('get_model_images', undefined, 'owner') as Images;
  return { stable: program.host.stable, time: program.host.time, said: answer(program), image: images[0]! };
}

function answer(program: Program): unknown {
  const args = ['-n', '6', '--seed', '3', '--ignore-eos', '-p', 'hello'];
  return (program.call('run_query', { args }, 'owner') as { Ok: { conversation: string } }).Ok.conversation;
}

/** Upgrades a canister with this stable memory, and lets it load its model; the answer, and its image. */
async function afterUpgrade(stable: StableMemory, time: bigint): Promise<{ said: unknown; images: Image[] }> {
  const program = await Program.upgraded(stable, time);
  program.host.cycles = 10n ** 14n;
  program.timers();
  return { said: answer(program), images: (program.call('get_model_images', undefined, 'owner') as Images).images };
}

/** Where the image begins: its version, and the number of its parts. */
function pagesOf(stable: StableMemory, image: Image): number[] {
  const first = [...Array(stable.pages).keys()].find((page) => {
    const header = new DataView(stable.read(page * PAGE, 128).buffer);
    return header.getUint32(0, true) === 0x49570001 && header.getBigUint64(16, true) === image.bytes;
  })!;
  return Array.from({ length: 1 + Math.ceil(Number(image.bytes) / PAGE) }, (_, i) => first + i);
}

describe('an image that is not as it was', () => {
  it.each([
    ['in its header', (page: number) => page * PAGE + 40],
    ['in its version', (page: number) => page * PAGE],
    ['in the checksums of its parts', (page: number) => page * PAGE + 128 + 3],
    ['in its weights', (_: number, pages: number[]) => pages[1]! * PAGE + 777],
    ['in its last weights', (_: number, pages: number[]) => pages.at(-1)! * PAGE + 5],
  ])('%s is made again', async (_, place) => {
    const { stable, time, said, image } = await withImage();
    const pages = pagesOf(stable, image);
    const at = place(pages[0]!, pages);
    stable.write(
      at,
      stable.read(at, 1).map((byte) => byte ^ 0x10),
    );
    const after = await afterUpgrade(stable, time);
    expect(after.said).toEqual(said);
    expect(after.images).toMatchObject([{ bytes: image.bytes, bytes_kept: image.bytes }]);
    const again = await afterUpgrade(stable, time);
    expect(again.said).toEqual(said);
  });
});

describe('with stable memory full', () => {
  it('the model is loaded without an image, and what there was of one makes room', async () => {
    const { stable, time, said } = await withImage();
    const program = await Program.upgraded(stable, time);
    program.host.cycles = 10n ** 14n;
    program.timers();
    stable.limit = stable.pages;
    // Files take what is free, and then the image's room.
    let size = 0;
    const put = (): object =>
      program.call(
        'file_upload_chunk',
        { filename: 'f', chunk: new Uint8Array(PAGE), chunksize: BigInt(PAGE), offset: BigInt(size) },
        'owner',
      ) as object;
    for (; 'Ok' in put(); size += PAGE) expect(size).toBeLessThan(100 * PAGE);
    expect((program.call('get_model_images', undefined, 'owner') as Images).images).toEqual([]);
    expect(answer(program)).toEqual(said);
    const after = await afterUpgrade(stable, time);
    expect(after).toEqual({ said, images: [] });
  });
});

describe('a file whose weights were removed', () => {
  /** Untied, so that the file keeps the embeddings between its weights. */
  const model = tinyModel({ layers: 3, tied: false, feedForward: 320, vocabulary: 1200, embedding: 128, headDim: 32 });
  const removeWeights = (llama: Llama, filename = 'm') =>
    llama.call('remove_model_weights', { filename }) as { Ok?: { bytes: bigint }; Err?: { Other: string } };

  it('still loads from its image, and says what it is', async () => {
    const llama = await Llama.install();
    expect(removeWeights(llama).Err!.Other).toBe('Model not yet loaded');
    llama.load('m', model);
    const said = say(llama);
    const info = llama.call('model_info');
    expect(removeWeights(llama, 'n').Err!.Other).toBe('the loaded model is m');
    const { Ok } = removeWeights(llama);
    expect(Number(Ok!.bytes)).toBeGreaterThan(5 * PAGE);
    expect(say(llama)).toBe(said);
    expect(llama.call('model_info')).toMatchObject({
      Ok: { filesha256: (info as { Ok: { filesha256: string } }).Ok.filesha256 },
    });
    llama.upgrade();
    llama.timers();
    expect(say(llama)).toBe(said);
    // Other contexts are no other image, but other values of the file may be.
    llama.ok('load_model', ['--model', 'm', '-c', '256']);
    expect(say(llama)).toBe(said);
    const text =
      /the weights were removed from the file \(remove_model_weights\); as a whole it had the SHA-256 [0-9a-f]{64}$/;
    const chunk = { filename: 'm', chunksize: 1000n, offset: 0n };
    for (const [method, input] of [
      ['file_download_chunk', chunk],
      ['uploaded_file_details', { filename: 'm' }],
    ] as const) {
      expect(llama.call(method, input)).toEqual({ Err: { Other: expect.stringMatching(text) } });
    }
    expect(llama.error('load_model', ['--model', 'm', '--check-tensors'])).toMatch(
      /the weights were removed from the file$/,
    );
    expect(
      llama.call('file_upload_chunk', { ...chunk, chunk: new Uint8Array(9), offset: BigInt(model.length) }),
    ).toEqual({
      Err: { Other: expect.stringContaining('it can only be replaced as a whole') },
    });
    // The image is the only copy: nothing removes it without the file.
    llama.call('set_model_images', { are_kept: false });
    llama.load('n', small);
    llama.time += 40n * DAY;
    llama.call('cache_cleanup_now');
    expect(imagesOf(llama).images).toMatchObject([{ filename: 'm', is_only_copy: true }]);
    llama.ok('load_model', ['--model', 'm']);
    expect(say(llama)).toBe(said);
    llama.call('filesystem_remove', { filename: 'm' });
    expect(imagesOf(llama).images).toEqual([]);
    // Uploaded again, it is a whole file.
    llama.load('m', model);
    expect(say(llama)).toBe(said);
    expect(llama.call('file_download_chunk', chunk)).toHaveProperty('Ok');
  });

  it('is not loaded with a damaged image, and nothing wrong is said', async () => {
    const { stable, time, said, image } = await withImage();
    const program = await Program.upgraded(stable, time);
    program.host.cycles = 10n ** 14n;
    program.timers();
    program.ok('remove_model_weights', { filename: 'm' });
    expect(answer(program)).toEqual(said);
    expect((await afterUpgrade(stable.copy(), time)).said).toEqual(said);
    const pages = pagesOf(stable, image);
    stable.write(
      pages.at(-1)! * PAGE + 5,
      stable.read(pages.at(-1)! * PAGE + 5, 1).map((byte) => byte ^ 1),
    );
    const after = await Program.upgraded(stable, time);
    after.timers();
    expect(after.call('ready', undefined, 'owner')).toEqual({
      Err: {
        Other: expect.stringMatching(/m: the packed image of tensor ".*" is damaged, .*: upload the file again$/),
      },
    });
  });
});
