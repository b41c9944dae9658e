import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { main } from '../bench/main.js';
import { tinyModel } from '../canister/test/tiny-model.js';

const folder = mkdtempSync(join(tmpdir(), 'llama-canister-bench-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

const model = tinyModel();
const files: [what: string, bytes: Uint8Array | undefined, reason: string][] = [
  ['that is not there', undefined, 'there is no such file'],
  ['that is empty', new Uint8Array(), 'the file is truncated'],
  ['that is none', new TextEncoder().encode('<!doctype html><title>404</title>'), 'not a GGUF file'],
  ['whose header is cut off', model.subarray(0, 1000), 'the file has'],
  ['whose tensors are cut off', model.subarray(0, model.length - 1000), 'reaches past the end of the file'],
  ['of an unknown architecture', tinyModel({ claimed: { architecture: 'mamba' } }), 'mamba'],
];

describe('npm run bench -- --model', () => {
  it.each(files)('reports the problem of a file %s in one line', async (what, bytes, reason) => {
    const path = join(folder, `${what}.gguf`);
    if (bytes) writeFileSync(path, bytes);
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    expect(await main(['--no-wall', '--model', path])).toBe(1);
    expect(said.mock.calls).toEqual([[expect.stringContaining(`${path}: `)]]);
    expect(said.mock.calls[0]![0]).toContain(reason);
    expect(said.mock.calls[0]![0]).not.toContain('\n');
    expect(printed).not.toHaveBeenCalled();
  });

  it('reports that a folder is no file', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await main(['--no-wall', '--model', folder])).toBe(1);
    expect(said.mock.calls).toEqual([[`${folder}: it is no file`]]);
  });
});
