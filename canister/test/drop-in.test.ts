import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IDL } from '@icp-sdk/core/candid';
import { expect, it } from 'vitest';
import { importDeclarations } from '../scripts/candid/interface.mjs';

const canister = dirname(dirname(fileURLToPath(import.meta.url)));
const ours = new Map((await importDeclarations(join(canister, 'llama.did'))).service._fields);
const shared = (await importDeclarations(join(canister, 'test/data/llama_cpp_canister.did'))).service._fields;

/** A type with its contents in place of names, and fields and cases in the order of their names. */
function shape(type: IDL.Type): unknown {
  const { _fields, _type } = type as unknown as { _fields?: [string, IDL.Type][]; _type?: IDL.Type };
  const kind = type.constructor.name;
  if (_fields) {
    return { [kind]: Object.fromEntries([..._fields].sort().map(([name, field]) => [name, shape(field)])) };
  }
  return _type ? { [kind]: shape(_type) } : type.name;
}

const signature = ({ annotations, argTypes, retTypes }: IDL.FuncClass) => ({
  annotations,
  parameters: argTypes.map(shape),
  results: retTypes.map(shape),
});

// Its clients compare and parse Candid text: one field more in a reply, even an optional one, and they fail.
it.each(shared)('%s has exactly the types that llama_cpp_canister has', (name, method) => {
  expect(signature(ours.get(name)!)).toEqual(signature(method));
});

it('the shapes that are compared differ where types do', () => {
  const [[, health], [, run]] = ['health', 'run_update'].map((name) => shared.find(([other]) => other === name)!) as [
    [string, IDL.FuncClass],
    [string, IDL.FuncClass],
  ];
  expect(shared).toHaveLength(43);
  expect(JSON.stringify(signature(health))).toContain('"status_code":"nat16"');
  expect(JSON.stringify(signature(run))).toContain('"n_tokens_generated":{"OptClass":"nat64"}');
});
