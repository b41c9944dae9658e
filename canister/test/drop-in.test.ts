import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IDL } from '@icp-sdk/core/candid';
import { expect, it } from 'vitest';
import { importDeclarations, readInterface } from '../scripts/candid/interface.mjs';
import { readMarks } from '../scripts/candid/marks.mjs';

const canister = dirname(dirname(fileURLToPath(import.meta.url)));
const ours = new Map((await importDeclarations(join(canister, 'llama.did'))).service._fields);
const shared = (await importDeclarations(join(canister, 'test/data/llama_cpp_canister.did'))).service._fields;

/** A type with its definition in place of names, and with its fields and cases sorted by name. */
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

// Its clients compare and parse Candid text, so one more field in a reply, even an optional one, breaks them.
it.each(shared)('%s has exactly the types that llama_cpp_canister has', (name, method) => {
  expect(signature(ours.get(name)!)).toEqual(signature(method));
});

it('this comparison notices when types differ', () => {
  const [[, health], [, run]] = ['health', 'run_update'].map((name) => shared.find(([other]) => other === name)!) as [
    [string, IDL.FuncClass],
    [string, IDL.FuncClass],
  ];
  expect(shared).toHaveLength(43);
  expect(JSON.stringify(signature(health))).toContain('"status_code":"nat16"');
  expect(JSON.stringify(signature(run))).toContain('"n_tokens_generated":{"OptClass":"nat64"}');
});

/** Who may call llama_cpp_canister's methods: what src/*.cpp checks first, in the words of our marks. */
const there = {
  anyone: ['health', 'ready', 'whoami', 'get_max_tokens'],
  named: ['get_memory_status'],
  chat: ['new_chat', 'run_update', 'remove_prompt_cache', 'copy_prompt_cache', 'chats_pause', 'chats_resume'],
  ask: ['run_query', 'get_chats', 'check_access'],
  inspect: [
    ...['file_download_chunk', 'uploaded_file_details', 'filesystem_file_size', 'get_creation_timestamp_ns'],
    ...['recursive_dir_content_query', 'get_cache_cleanup_stats', 'get_cycle_balance', 'get_access'],
    ...['download_prompt_cache_chunk', 'uploaded_prompt_cache_details'],
  ],
  administer: [
    ...['load_model', 'set_max_tokens', 'log_pause', 'log_resume', 'remove_log_file', 'file_upload_chunk'],
    ...['filesystem_remove', 'recursive_dir_content_update', 'cache_cleanup_start_timer', 'cache_cleanup_stop_timer'],
    ...['cache_cleanup_now', 'set_cache_cleanup_config', 'cycle_balance_start_timer', 'cycle_balance_stop_timer'],
    ...['upload_prompt_cache_chunk'],
  ],
  control: ['set_access', 'assignAdminRole', 'revokeAdminRole', 'getAdminRoles'],
};
/** docs/administration.md has the reasons. */
const different = { chats_pause: 'administer', chats_resume: 'administer' };

it('every shared method has the same callers as there, except those that docs/administration.md lists', async () => {
  const marks = readMarks(await readInterface(join(canister, 'llama.did')));
  const expected = Object.entries(there).flatMap(([who, names]) => names.map((name) => [name, who] as const));
  expect(expected.map(([name]) => name).sort()).toEqual(shared.map(([name]) => name).sort());
  const documented = readFileSync(join(canister, '../docs/administration.md'), 'utf8');
  for (const [name, who] of expected) {
    expect(marks.get(name)!.who, name).toBe((different as Record<string, string>)[name] ?? who);
    if (name in different) expect(documented).toContain(`\`${name}\``);
  }
});
