/**
 * What clients of llama_cpp_canister expect of its administration, called with the official command line and Candid as
 * text: the records, texts and refusals that the interface of that canister has.
 */
import { Network } from '@llama-canister/network';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFull } from '../full.js';
import { missing, Project } from './icp.js';

/** Candid text without its line breaks. */
const flat = (text: string) =>
  text
    .replace(/\s+/g, ' ')
    .replace(/\s*;\s*}/g, ' }')
    .replace(/\s*,?\s*\)\s*$/, ')')
    .replace(/\(\s+/g, '(')
    .replace(/\s+\)/g, ')')
    .trim();

const denied = '(variant { Err = variant { Other = "Access Denied" } })';
const ok = '(variant { Ok = record { status_code = 200 : nat16 } })';

describe.skipIf(missing)(`a client of llama_cpp_canister, through the official command line${missing}`, () => {
  let network: Network;
  let project: Project;
  let me: string;

  beforeAll(async () => {
    network = await Network.start();
    project = new Project(
      `networks:
  - name: here
    mode: connected
    url: ${network.url}
    root-key: ${Buffer.from(network.rootKey).toString('hex')}
environments:
  - { name: here, network: here }
`,
      'here',
    );
    for (const name of ['me', 'other']) await project.icp(`identity new ${name} --storage plaintext`);
    await project.icp('identity default me');
    me = (await project.icp('identity principal')).trim();
    await project.here('deploy llama');
  });
  afterAll(async () => {
    project?.dispose();
    await network?.stop();
  });

  const call = async (method: string, argument = '()', ...more: string[]) =>
    flat(await project.here(`canister call llama ${method}`, argument, ...more));

  /** The message of the command line for an update that the canister refuses before execution. */
  const turnedAway = (method: string, argument: string, identity: string) =>
    project.refusedHere(`canister call llama ${method}`, argument, '--identity', identity);

  it('is refused without access: queries answer with the known texts, updates fail before execution', async () => {
    const queries = [
      ['get_access', '(record { level = 0 : nat16 })'],
      ['getAdminRoles', '()'],
      ['check_access', '()'],
      ['recursive_dir_content_query', '(record { dir = ".canister_cache"; max_entries = 0 : nat64 })'],
    ] as const;
    const updates = [
      ...queries,
      ['set_access', '(record { level = 0 : nat16 })'],
      ['filesystem_remove', '(record { filename = "a" })'],
      ['set_cache_cleanup_config', '(record { period_seconds = null; ttl_seconds = null; max_files_per_run = null })'],
      ['assignAdminRole', '(record { "principal" = "aaaaa-aa"; role = variant { AdminQuery }; note = "test" })'],
      ['load_model', '(record { args = vec { "--help" } })'],
    ] as const;
    for (const identity of isFull ? ['anonymous', 'other'] : ['other']) {
      for (const [method, argument] of queries) {
        expect(await call(method, argument, '--identity', identity, '--query'), method).toBe(denied);
      }
      for (const [method, argument] of isFull ? updates : updates.slice(-3)) {
        expect(await turnedAway(method, argument, identity), method).toContain('Canister rejected the message');
      }
    }
    expect(await call('get_memory_status', '()', '--identity', 'anonymous', '--query')).toBe(denied);
  });

  it('sets the access level, and may send get_access a record', async () => {
    const level = (n: number) => `(record { level = ${n} : nat16 })`;
    for (const [n, text] of ['Only controllers', 'All except anonymous'].entries()) {
      const expected = `(variant { Ok = record { explanation = "${text}"; level = ${n} : nat16 } })`;
      expect(await call('set_access', level(n))).toBe(expected);
      expect(await call('get_access', level(n), '--query')).toBe(expected);
    }
    expect(await call('set_access', level(2))).toBe('(variant { Err = variant { Other = "Invalid access level" } })');
    await call('set_access', level(0));
  });

  it.runIf(isFull)('lists, measures and removes files', async () => {
    const folder = `.canister_cache/${me}/sessions`;
    const upload = (name: string, blob: string) =>
      call(
        'upload_prompt_cache_chunk',
        `(record { promptcache = "${name}"; chunk = blob "${blob}"; chunksize = 5 : nat64; offset = 0 : nat64 })`,
      );
    expect(await upload('prompt.cache', '\\47\\47\\55\\46\\03')).toContain(`filename = "${folder}/prompt.cache"`);
    await upload('another.cache', '\\03\\46\\55\\47\\47');
    const entry = (name: string, type: string) => `record { filename = "${name}"; filetype = "${type}" }`;
    const all = [
      entry(`.canister_cache/${me}`, 'directory'),
      entry(folder, 'directory'),
      entry(`${folder}/prompt.cache`, 'file'),
      entry(`${folder}/another.cache`, 'file'),
    ];
    const dir = (name: string) => `(record { dir = "${name}"; max_entries = 0 : nat64 })`;
    for (const method of ['recursive_dir_content_query', 'recursive_dir_content_update']) {
      expect(await call(method, dir('.canister_cache'))).toBe(`(variant { Ok = vec { ${all.join('; ')} } })`);
      expect(await call(method, dir('none'))).toBe(
        '(variant { Err = variant { Other = "recursive_dir_content_: Directory does not exist: none\\n" } })',
      );
    }
    const file = (name: string) => `(record { filename = "${name}" })`;
    const size = await call('filesystem_file_size', file(`${folder}/prompt.cache`));
    expect(size).toContain(`msg = "File exists: ${folder}/prompt.cache\\nFile size: 5 bytes\\n"`);
    expect(size).toContain('filesize = 5 : nat64');
    expect(await call('get_creation_timestamp_ns', file(`${folder}/prompt.cache`))).toContain(
      `msg = "File exists: ${folder}/prompt.cache\\nFile creation timestamp_ns: `,
    );
    for (const method of ['filesystem_file_size', 'get_creation_timestamp_ns']) {
      expect(await call(method, file('none'))).toBe(
        '(variant { Err = variant { Other = "File does not exist: none" } })',
      );
    }
    const gone = await call('filesystem_remove', file('none'));
    for (const part of ['msg = "Path does not exist: none\\n"', 'exists = false', 'removed = false']) {
      expect(gone).toContain(part);
    }
    expect(await call('filesystem_remove', file(`${folder}/prompt.cache`))).toContain(
      `msg = "Path removed successfully: ${folder}/prompt.cache"`,
    );
    expect(
      await call('file_download_chunk', '(record { filename = "x"; chunksize = 3145728 : nat64; offset = 0 : nat64 })'),
    ).toBe('(variant { Err = variant { Other = "file_download_chunk_: ERROR: failed to open ifstream for file x" } })');
  });

  it('gives roles, which take effect', async () => {
    const other = (await project.icp('identity principal --identity other')).trim();
    const role = (name: string) =>
      `(record { "principal" = "${other}"; role = variant { ${name} }; note = "Test admin" })`;
    expect(await call('getAdminRoles')).toBe('(variant { Ok = vec {} })');
    expect(await call('assignAdminRole', role('AdminQuery'))).toContain('role = variant { AdminQuery }');
    expect(await call('get_access', '()', '--identity', 'other')).toContain('Ok');
    expect(await turnedAway('log_pause', '()', 'other')).toContain('Canister rejected the message');
    await call('assignAdminRole', role('AdminUpdate'));
    const roles = await call('getAdminRoles');
    for (const part of [
      other,
      'role = variant { AdminUpdate }',
      'note = "Test admin"',
      'assignedBy =',
      'assignedAt =',
    ]) {
      expect(roles).toContain(part);
    }
    expect(await call('log_pause', '()', '--identity', 'other')).toBe(ok);
    expect(await call('log_resume', '()', '--identity', 'other')).toBe(ok);
    expect(await call('revokeAdminRole', `("${other}")`)).toBe(`(variant { Ok = "Admin role revoked for ${other}" })`);
    expect(await call('revokeAdminRole', '("non-existent-principal")')).toBe(
      '(variant { Err = variant { Other = "Principal not found" } })',
    );
    expect(await turnedAway('log_pause', '()', 'other')).toContain('Canister rejected the message');
  });

  it.runIf(isFull)('runs the cleanup and the monitor of cycles', async () => {
    const stats = async () => (await call('get_cache_cleanup_stats', '()', '--query')).replaceAll('_', '');
    expect(await call('cache_cleanup_start_timer')).toBe('(variant { Ok = record { ok = true; is_running = true } })');
    expect(await stats()).toContain('isrunning = true');
    expect(await call('cache_cleanup_stop_timer')).toBe('(variant { Ok = record { ok = true; is_running = false } })');
    const config = '(record { period_seconds = null; ttl_seconds = opt (0 : nat64); max_files_per_run = null })';
    expect(await call('set_cache_cleanup_config', config)).toContain('ttl_seconds = 0 : nat64');
    expect(await call('cache_cleanup_now')).toContain('files_deleted = 1 : nat64');
    expect(await stats()).toContain('runs = 1 : nat64');
    const off = 'cycle balance tracking is off — an admin must call cycle_balance_start_timer';
    expect(await call('get_cycle_balance')).toContain(off);
    expect(await call('cycle_balance_start_timer')).toBe(ok);
    expect(await call('get_cycle_balance')).toMatch(/Ok = record \{.*cycle_balance = [\d_]{13,} : nat[ ;]/);
    expect(await call('cycle_balance_stop_timer')).toBe(ok);
    expect(await call('get_cycle_balance')).toContain(off);
    expect(await call('get_memory_status', '()', '--identity', 'other', '--query')).toMatch(
      /wasm_heap_bytes = [\d_]+ : nat64/,
    );
  });
});
