import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { callbacks } from '../scripts/callbacks.mjs';
import { importDeclarations, readInterface } from '../scripts/candid/interface.mjs';
import { canisterModule } from '../scripts/canister-module.mjs';
import { compile } from '../scripts/compile.mjs';
import { generate, generated } from '../scripts/generate.mjs';
import { Host } from './host.js';

const canister = dirname(dirname(fileURLToPath(import.meta.url)));
const did = join(canister, 'llama.did');

describe('llama.wasm', () => {
  const module = new WebAssembly.Module(readFileSync(join(canister, 'build/llama.wasm')));

  it('imports nothing but the system API', () => {
    expect(WebAssembly.Module.imports(module).filter((entry) => entry.module !== 'ic0')).toEqual([]);
  });

  it('exports the methods of the interface as the interface declares them, other entry points, memory and table', async () => {
    const { service } = await importDeclarations(did);
    const methods = service._fields.map(([name, func]) => {
      return `canister_${func.annotations.includes('query') ? 'query' : 'update'} ${name}`;
    });
    const entryPoints = [
      ...['canister_init', 'canister_post_upgrade', 'canister_global_timer', 'canister_inspect_message'],
      ...callbacks.values(),
    ];
    for (const { name, kind } of WebAssembly.Module.exports(module)) {
      if (kind === 'function') expect([...methods, ...entryPoints]).toContain(name);
      else expect(name).toBe(kind);
    }
  });

  it('has the callbacks of its calls at the same table indices in every version', async () => {
    // An answer may arrive after an upgrade, so these numbers and names never change; new ones are added after them.
    const always = { 1: 'call_replied', 2: 'call_rejected', 3: 'call_undone' };
    const { instance } = await Host.start(module);
    for (const [index, name] of Object.entries(always)) {
      expect((instance.exports.table as WebAssembly.Table).get(Number(index))).toBe(instance.exports[name]);
    }
  });

  it('carries its interface as public metadata', () => {
    const [section] = WebAssembly.Module.customSections(module, 'icp:public candid:service');
    expect(new TextDecoder().decode(section)).toBe(readFileSync(did, 'utf8'));
  });
});

describe('generated code', () => {
  it.each(generated)('$module matches $source', async (entry) => {
    const { current, wanted } = await generate(entry);
    expect(current).toBe(wanted);
  });
});

describe('a module that does not match its interface is not built', () => {
  it('names exports without a method, methods without an export, and pending ones that are not', async () => {
    const service = await readInterface(join(canister, 'test/candid.did'));
    const [, ...others] = service.methods;
    const added = { name: 'added', mode: 'update' as const };
    const built = compile({
      entry: 'assembly/testing/candid.ts',
      out: 'build/testing/disagrees.wasm',
      abort: 'assembly/ic/trap/abort',
      transforms: [canisterModule({ ...service, methods: [...others, added] }, ['things', 'unheard_of'])],
    });
    await expect(built).rejects.toThrow(
      [
        'the module and its interface disagree:',
        'unheard_of is listed as pending, but the interface has no such method',
        `${service.methods[0]!.name} is exported, but the interface has no such method`,
        'things is listed as pending, but exported',
        'added is a method, but not exported',
      ].join('\n  '),
    );
  });
});
