import { beforeAll, describe, expect, it } from 'vitest';
import { randomModel } from '../../test/gguf/random-model.js';
import { gguf } from '../../test/gguf/writer.js';
import { Llama } from './llama.js';
import { TINY } from './tiny-model.js';

type Value = { type: 'u32' | 'f32' | 'string'; value: number | string };

/** A model whose file has these rope parameters. */
function model(keys: Record<string, Value>): Uint8Array {
  const { metadata, tensors } = randomModel(TINY);
  for (const [key, value] of Object.entries(keys)) Object.assign(metadata, { [`llama.rope.${key}`]: value });
  return gguf(metadata, tensors);
}

const yarn: Record<string, Value> = {
  'scaling.type': { type: 'string', value: 'yarn' },
  'scaling.factor': { type: 'f32', value: 4 },
  'scaling.original_context_length': { type: 'u32', value: 64 },
};

let llama: Llama;
beforeAll(async () => {
  llama = await Llama.install();
  llama.upload('plain', model({}));
  llama.upload('yarn', model(yarn));
  llama.upload('linear', model({ ...yarn, 'scaling.type': { type: 'string', value: 'linear' } }));
});

const prompt = 'the quick brown fox jumps over the lazy dog '.repeat(3);
/** The next tokens of a model that was loaded with these flags. */
function answer(name: string, ...flags: string[]): string {
  llama.ok('load_model', ['--model', name, '-c', '512', ...flags]);
  return llama.run(['-n', '60', '--temp', '0', '--ignore-eos', '-p', prompt]).output;
}

describe('YaRN', () => {
  const scale = ['--rope-scale', '4'];
  it('by flags is the same as by the file', () => {
    const byFile = answer('yarn');
    expect(answer('plain', '--rope-scaling', 'yarn', ...scale, '--yarn-orig-ctx', '64')).toBe(byFile);
    expect(answer('plain', '--yarn-ext-factor', '1', ...scale, '--yarn-orig-ctx', '64')).toBe(byFile);
    expect(answer('linear', '--rope-scaling', 'yarn')).toBe(byFile);
    expect(answer('yarn', '--yarn-beta-fast', '32', '--yarn-beta-slow', '1', '--yarn-ext-factor', '-1')).toBe(byFile);
    expect(answer('plain')).not.toBe(byFile);
  });

  it('counts turns within the original context', () => {
    const twice = ['--yarn-orig-ctx', '128', '--yarn-beta-fast', '64', '--yarn-beta-slow', '2'];
    expect(answer('yarn', ...twice)).toBe(answer('yarn'));
    expect(answer('yarn', '--yarn-orig-ctx', '4096')).not.toBe(answer('yarn'));
    expect(answer('yarn', '--yarn-beta-fast', '2')).not.toBe(answer('yarn'));
  });

  it('is off if the flags say so', () => {
    const linear = answer('linear');
    expect(answer('yarn', '--rope-scaling', 'linear')).toBe(linear);
    expect(answer('yarn', '--yarn-ext-factor', '0')).toBe(linear);
    expect(answer('yarn', '--rope-scaling', 'none')).toBe(answer('plain'));
    expect(answer('plain', '--rope-scaling', 'linear', ...scale)).toBe(linear);
    expect(answer('yarn', '--yarn-ext-factor', '0.5')).not.toBe(linear);
  });

  it('has an attention factor of its own; others take that of the flag', () => {
    expect(answer('yarn', '--yarn-attn-factor', '2')).toBe(answer('yarn'));
    expect(answer('linear', '--yarn-attn-factor', '1')).toBe(answer('linear'));
    expect(answer('linear', '--yarn-attn-factor', '2')).not.toBe(answer('linear'));
  });

  it('is there after an upgrade', () => {
    const flags = ['--rope-scaling', 'yarn', ...scale, '--yarn-orig-ctx', '100', '--yarn-beta-fast', '20'];
    const before = answer('plain', ...flags, '--yarn-beta-slow', '3', '--yarn-ext-factor', '0.7');
    llama.upgrade();
    llama.timers();
    expect(llama.run(['-n', '60', '--temp', '0', '--ignore-eos', '-p', prompt]).output).toBe(before);
  });

  it('accepts any number', () => {
    for (const value of ['0', '-5', '1e30', '0.001']) {
      for (const flag of ['--yarn-ext-factor', '--yarn-attn-factor', '--yarn-beta-slow', '--yarn-beta-fast']) {
        answer('yarn', flag, value);
      }
    }
    expect(llama.error('load_model', ['--model', 'yarn', '--yarn-orig-ctx', '-1'])).toMatch(/^--yarn-orig-ctx -1: 0/);
    expect(llama.error('load_model', ['--model', 'yarn', '--yarn-ext-factor', '1e39'])).toMatch(/it is too large$/);
  });
});
