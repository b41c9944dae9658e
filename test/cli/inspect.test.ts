import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { split, splitName } from '../../canister/test/split.js';
import { isFull } from '../full.js';
import { randomModel } from '../gguf/random-model.js';
import { type Value, writeGguf } from '../gguf/writer.js';
import { Cli, commandsIn } from './process.js';
import { SMALL, writeSmallModel } from './small-model.js';

const cli = new Cli();
const at = (name: string) => join(cli.folder, name);
const parts = split(randomModel(SMALL), 3);

beforeAll(() => {
  writeSmallModel(at('model.gguf'));
  for (const [i, bytes] of parts.entries()) writeFileSync(at(splitName('parts', i, 3)), bytes);
  const { metadata, tensors } = randomModel(SMALL);
  writeGguf(at('mamba.gguf'), { ...metadata, 'general.architecture': { type: 'string', value: 'mamba' } }, tensors);
});
afterAll(() => cli.dispose());

describe('inspect', () => {
  test('describes a file', async () => {
    expect(await cli.json('inspect', 'model.gguf')).toMatchObject({
      error: '',
      parts: 1,
      fileBytes: readFileSync(at('model.gguf')).length,
      architecture: 'qwen2',
      layers: 2,
      embedding: 128,
      trainedContext: 512,
      vocabulary: 4096,
      tokenizer: 'gpt2',
      preTokenizer: 'qwen2',
      fileType: 'Q8_0',
    });
    const { stdout } = await cli.run(['inspect', 'model.gguf']);
    expect(stdout).toMatch(/^architecture {4}qwen2$/m);
    expect(stdout).toMatch(/^runs {12}yes$/m);
  });

  test('prints the sampling that a file suggests, as flags', async () => {
    expect((await cli.json('inspect', 'model.gguf')).samplingFlags).toBe('');
    const { metadata, tensors } = randomModel(SMALL);
    const suggested: Record<string, Value> = {
      'general.sampling.temp': { type: 'f32', value: 0.7 },
      'general.sampling.top_k': { type: 'i32', value: 20 },
      'general.sampling.top_p': { type: 'f32', value: 1 },
      'general.sampling.min_p': { type: 'string', value: 'some' },
      'general.sampling.penalty_last_n': { type: 'i32', value: -1 },
    };
    writeGguf(at('suggests.gguf'), { ...metadata, ...suggested }, tensors);
    const flags = '--temp 0.7 --top-k 20 --top-p 1 --repeat-last-n -1';
    expect(await cli.json('inspect', 'suggests.gguf')).toMatchObject({ error: '', samplingFlags: flags });
    expect((await cli.run(['inspect', 'suggests.gguf'])).stdout).toContain(`${flags} (suggested by the file`);
  });

  test('reports why a chat template cannot be used', async () => {
    const { metadata, tensors } = randomModel(SMALL);
    const template = (value: string) => ({
      ...metadata,
      'tokenizer.chat_template': { type: 'string' as const, value },
    });
    writeGguf(at('chat.gguf'), template('{{ messages }}'), tensors);
    writeGguf(at('bad.gguf'), template('\n{% for %}'), tensors);
    expect(await cli.json('inspect', 'chat.gguf')).toMatchObject({ error: '', chatTemplateError: '' });
    const { error, chatTemplateError } = await cli.json('inspect', 'bad.gguf');
    expect(error).toBe('');
    expect(chatTemplateError).toBe('the chat template cannot be read: the name of a variable is missing, in line 2');
    const { stdout } = await cli.run(['inspect', 'bad.gguf']);
    expect(stdout).toContain(`chat template   10 characters, not usable: ${chatTemplateError}\n`);
  });

  test('describes all parts of a split model together', async () => {
    const whole = await cli.json('inspect', 'model.gguf');
    const split = await cli.json('inspect', splitName('parts', 0, 3));
    // The headers of the parts take some bytes, and their reading some instructions.
    const { fileBytes, loadInstructions, reloadInstructions, ...rest } = whole;
    expect(split).toMatchObject({ ...rest, parts: 3 });
    expect(split.fileBytes).toBeGreaterThan(fileBytes);
    expect(split.loadInstructions / loadInstructions).toBeCloseTo(1, 1);
    expect(split.reloadInstructions / reloadInstructions).toBeCloseTo(1, 1);
    expect(await cli.failure('inspect', splitName('parts', 1, 3))).toMatchObject({ exit: 1, code: 'NOT_FIRST_PART' });
    writeFileSync(at(splitName('lost', 0, 2)), parts[0]!);
    expect(await cli.failure('fit', splitName('lost', 0, 2))).toMatchObject({ exit: 1, code: 'PART_MISSING' });
  });

  test('reports why a file cannot be run, with the error of load_model', async () => {
    const { error } = await cli.json('inspect', 'mamba.gguf');
    expect(error).toMatch(/^the architecture "mamba" is not supported; /);
    expect(await cli.json('fit', 'mamba.gguf')).toMatchObject({ runs: false, reason: error });
  });

  test('reports files other than GGUF with the same error as fit and upload', async () => {
    writeFileSync(at('text.gguf'), 'Hello, I am no model.');
    writeSmallModel(at('torn.gguf'));
    truncateSync(at('torn.gguf'), 300_000);
    writeFileSync(at('empty.gguf'), '');
    writeFileSync(at('header.gguf'), readFileSync(at('model.gguf')).subarray(0, 1000));
    const more = isFull ? ['empty.gguf', 'header.gguf', 'nothing.gguf', '.'] : [];
    for (const file of ['text.gguf', 'torn.gguf', ...more]) {
      const uploaded = await cli.failure('upload', file);
      expect(uploaded.exit).toBe(1);
      for (const command of ['inspect', 'fit']) expect(await cli.failure(command, file)).toEqual(uploaded);
    }
    expect(await cli.failure('inspect', 'nothing.gguf')).toMatchObject({ exit: 1, code: 'NO_SUCH_FILE' });
  });
});

describe('fit', () => {
  test('refuses a context that the heap has no room for, with the numbers', async () => {
    const fits = await cli.json('fit', 'model.gguf', '--ctx-size', '512');
    expect(fits).toMatchObject({ runs: true, reason: '', context: 512, loadMessages: 1 });
    expect(fits.imageBytes).toBeGreaterThan(0);
    expect(fits.imageInstructions).toBeGreaterThan(4 * fits.imageBytes);
    expect(fits.reloadInstructions).toBeLessThan(fits.loadInstructions);
    expect(fits.subnets.map(({ nodes, creation }: { nodes: number; creation: object }) => [nodes, creation])).toEqual([
      [13, { cycles: '500000000000' }],
      [34, { cycles: '1307692307692' }],
      [0, { cycles: '0' }],
    ]);
    const large = await cli.json('fit', 'mamba.gguf');
    expect(large.runs).toBe(false);
    expect((await cli.run(['fit', 'model.gguf', '--ctx-size', '3'])).code).toBe(2);
  });
});

describe('upload', () => {
  test.runIf(isFull)(
    'refuses a file that cannot be run, except with --force, and sends the parts of a split model',
    async () => {
      await cli.json('network', 'start', '--port', '0');
      await cli.json('deploy');
      const { exit, code, message, next } = await cli.failure('upload', 'mamba.gguf');
      expect([exit, code]).toEqual([1, 'CANNOT_RUN']);
      expect(message).toMatch(/^no canister could run mamba\.gguf: the architecture "mamba" is not supported/);
      expect((await cli.run(['call', 'uploaded_file_details', '(record { filename = "mamba.gguf" })'])).code).toBe(1);
      const [forced = ''] = commandsIn(next ?? '');
      expect((await cli.shell(forced)).code).toBe(0);
      for (const args of [
        ['deploy', 'other', '--for', 'mamba.gguf'],
        ['demo', '--model', 'mamba.gguf'],
      ]) {
        expect(await cli.failure(...args)).toMatchObject({ exit: 1, code: 'CANNOT_RUN', message });
      }
      const first = splitName('parts', 0, 3);
      expect((await cli.run(['upload', first])).code).toBe(0);
      const { code: usage } = await cli.run(['upload', first, '--as', 'x.gguf']);
      expect(usage).toBe(2);
      expect((await cli.run(['load', first])).code).toBe(0);
    },
    120_000,
  );
});
