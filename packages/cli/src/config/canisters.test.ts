import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Canisters, isCanisterId } from './canisters.js';
import { configFolder, projectFolder, stateFolder } from './paths.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'canisters-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('canisters are remembered by name, one file a network', () => {
  new Canisters(folder, 'local', 'aa').set('llama', { id: 'x-1' });
  new Canisters(folder, 'ic', undefined).set('llama', { id: 'x-2' });
  new Canisters(folder, 'local', 'aa').set('qwen', { id: 'x-3', model: 'q.gguf' });
  expect(new Canisters(folder, 'local', 'aa').get('llama')).toEqual({ id: 'x-1' });
  expect(new Canisters(folder, 'local', 'aa').get('qwen')).toEqual({ id: 'x-3', model: 'q.gguf' });
  expect(new Canisters(folder, 'ic', undefined).get('llama')).toEqual({ id: 'x-2' });
  expect(new Canisters(folder, 'ic', undefined).get('other')).toBeUndefined();
});

test('a local network that started anew does not know the canisters of the old one', () => {
  new Canisters(folder, 'local', 'aa').set('llama', { id: 'x-1' });
  const anew = new Canisters(folder, 'local', 'bb');
  expect(anew.get('llama')).toBeUndefined();
  anew.set('llama', { id: 'x-9' });
  expect(new Canisters(folder, 'local', 'bb').get('llama')).toEqual({ id: 'x-9' });
});

test.each(['{', '[]', '{"canisters": {"llama": 5}}', 'null'])('a file that holds %s is an error, not lost', (text) => {
  writeFileSync(join(folder, 'ic.json'), text);
  expect(() => new Canisters(folder, 'ic', undefined).get('llama')).toThrow(join(folder, 'ic.json'));
});

test('an order is kept until its answer is, or until it is taken back', () => {
  const creation = { createdAt: '1767225600000000000', cycles: '2000000000000', owner: '2vxsx-fae' };
  const ic = () => new Canisters(folder, 'ic', undefined);
  ic().set('other', { id: 'x-0' });
  ic().setCreation('llama', creation);
  expect(ic().creation('llama')).toEqual(creation);
  expect(ic().creation('other')).toBeUndefined();
  ic().set('llama', { id: 'x-1' });
  expect([ic().creation('llama'), ic().get('llama')?.id, ic().get('other')?.id]).toEqual([undefined, 'x-1', 'x-0']);
  ic().setCreation('qwen', creation);
  ic().setCreation('qwen', undefined);
  expect(ic().creation('qwen')).toBeUndefined();
  writeFileSync(join(folder, 'ic.json'), '{"canisters": {}, "creations": {"llama": {"createdAt": "soon"}}}');
  expect(() => ic().creation('llama')).toThrow('is not a list of canisters');
});

test('whether names can be kept is tried without touching what is there', () => {
  new Canisters(folder, 'local', 'aa').set('llama', { id: 'x-1' });
  new Canisters(folder, 'local', 'bb').checkWritable();
  expect(new Canisters(folder, 'local', 'aa').get('llama')).toEqual({ id: 'x-1' });
  writeFileSync(join(folder, 'file'), '');
  expect(() => new Canisters(join(folder, 'file'), 'local', 'aa').checkWritable()).toThrow('cannot be');
});

test('ids and names are told apart', () => {
  for (const id of ['uxrrr-q7777-77774-qaaaq-cai', 'aaaaa-aa']) expect(isCanisterId(id)).toBe(true);
  for (const name of ['llama', 'my-model', 'Llama', 'a-b', '']) expect(isCanisterId(name)).toBe(false);
});

test('the project folder is the nearest one upwards', () => {
  const deep = join(folder, 'a/b/c');
  mkdirSync(deep, { recursive: true });
  expect(projectFolder(deep)).toBe(join(deep, '.llama-canister'));
  mkdirSync(join(folder, 'a/.llama-canister'));
  expect(projectFolder(deep)).toBe(join(folder, 'a/.llama-canister'));
});

test('the folders of the user follow the XDG specification', () => {
  expect(configFolder({ XDG_CONFIG_HOME: '/x' })).toBe('/x/llama-canister');
  expect(stateFolder({ XDG_STATE_HOME: '/y' })).toBe('/y/llama-canister');
  expect(configFolder({ XDG_CONFIG_HOME: 'relative' })).toMatch(/llama-canister$/);
  expect(configFolder({ XDG_CONFIG_HOME: 'relative' })).not.toMatch(/^relative/);
});
