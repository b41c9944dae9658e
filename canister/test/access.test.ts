import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IDL } from '@icp-sdk/core/candid';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { importDeclarations } from '../scripts/candid/interface.mjs';
import { anonymous, Llama, owner, person } from './llama.js';
import { tinyModel } from './tiny-model.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { service } = await importDeclarations(join(root, 'llama.did'));
const methods = service._fields;

/** Who may call what, as llama.did says: those that are let in, or have a role, or control the canister. */
const everyone = [
  'health',
  'ready',
  'whoami',
  'get_max_tokens',
  'get_instruction_budget',
  'get_quotas',
  'http_request',
];
const named = ['get_memory_status'];
const letIn = [...['new_chat', 'run_update', 'remove_prompt_cache', 'copy_prompt_cache', 'upload_prompt_cache_chunk']];
const letInToAsk = [
  ...['model_info', 'run_query', 'get_chats', 'check_access', 'download_prompt_cache_chunk'],
  ...['uploaded_prompt_cache_details', 'get_usage', 'session_info'],
];
const inspectors = [
  ...['file_download_chunk', 'uploaded_file_details', 'filesystem_file_size', 'get_creation_timestamp_ns'],
  ...['recursive_dir_content_query', 'get_cache_cleanup_stats', 'get_cycle_balance', 'get_access'],
  ...['get_pinned_prefixes', 'get_log_level'],
];
const administrators = [
  ...['load_model', 'set_max_tokens', 'set_instruction_budget', 'chats_pause', 'chats_resume', 'log_pause'],
  ...['log_resume', 'remove_log_file', 'file_upload_chunk', 'filesystem_remove', 'recursive_dir_content_update'],
  ...['cache_cleanup_start_timer', 'cache_cleanup_stop_timer', 'cache_cleanup_now', 'set_cache_cleanup_config'],
  ...['cycle_balance_start_timer', 'cycle_balance_stop_timer', 'set_quotas', 'pin_prefix', 'unpin_prefix'],
  ...['upload_begin', 'upload_chunk', 'upload_status', 'upload_cancel', 'set_log_level'],
];
const controllers = ['set_access', 'assignAdminRole', 'revokeAdminRole', 'getAdminRoles'];

type Who = 'owner' | 'update' | 'query' | 'person' | 'anonymous';

function may(who: Who, name: string, level: number): boolean {
  if (who === 'owner' || everyone.includes(name)) return true;
  if (who === 'anonymous') return false;
  if (named.includes(name)) return true;
  if (level === 1 && (letIn.includes(name) || letInToAsk.includes(name))) return true;
  if (who === 'query') return inspectors.includes(name) || letInToAsk.includes(name);
  return who === 'update' && !controllers.includes(name);
}

/** Whether a method's result is that of a command line. */
const isOutput = (method: IDL.FuncClass) => method.retTypes[0]!.display().includes('prompt_remaining');
const hasErr = (method: IDL.FuncClass) => method.retTypes[0]!.display().startsWith('variant');
const denied = (method: IDL.FuncClass) =>
  isOutput(method)
    ? { Err: { status_code: 401, error: 'Access Denied', output: '', conversation: '', generated_eog: false } }
    : { Err: { Other: 'Access Denied' } };

let llama: Llama;
beforeAll(async () => {
  llama = await Llama.install();
  llama.load('m', tinyModel());
  const assign = (n: number, role: string) =>
    llama.call('assignAdminRole', { principal: person(n).toText(), role: { [role]: null }, note: '' }, owner);
  assign(2, 'AdminQuery');
  assign(3, 'AdminUpdate');
});

describe('access', () => {
  it('is said of every method', () => {
    const known = [everyone, named, letIn, letInToAsk, inspectors, administrators, controllers].flat();
    expect(known.sort()).toEqual(methods.map(([name]) => name).sort());
  });

  it.each(methods)('to %s is for those who have it, and looks at nothing of what others send', (name, method) => {
    const nonsense = Buffer.from('nonsense');
    const isDenied = (caller: typeof owner) => {
      const answer = llama.send(name, nonsense, caller) as { Err?: { status_code?: number; Other?: string } };
      const text = answer.Err?.Other ?? '';
      const refused = answer.Err?.status_code === 401 || text === 'Access Denied';
      if (refused) expect(answer).toMatchObject(denied(method));
      // What comes next is a look at the argument.
      else if (!hasErr(method))
        expect(answer).toMatchObject({ reject: expect.stringMatching(`^${name}: the argument`) });
      else if (isOutput(method)) expect(answer).toMatchObject({ Err: { status_code: 400 } });
      else expect(text).toMatch(`${name}: the argument cannot be decoded: it is not a Candid message`);
      return refused;
    };
    for (const level of [0, 1]) {
      llama.call('set_access', { level }, owner);
      const callers = { owner, update: person(3), query: person(2), person: person(1), anonymous };
      for (const [who, caller] of Object.entries(callers)) {
        expect(isDenied(caller), who).toBe(!may(who as Who, name, level));
      }
    }
  });
});

describe('hostile arguments', () => {
  // Without those that change something whatever they are sent.
  const loud = ['set_access', 'load_model', 'cycle_balance_start_timer', 'cache_cleanup_start_timer'];
  const quiet = methods.filter(([name]) => !loud.includes(name));
  const state = () => [
    llama.call('ready'),
    llama.call('get_access'),
    llama.call('get_max_tokens'),
    llama.call('get_instruction_budget'),
    llama.call('getAdminRoles'),
    llama.call('get_cycle_balance'),
    llama.call('recursive_dir_content_query', { dir: '.', max_entries: 0n }),
    llama.canister.memory.stable,
  ];

  it('that are no Candid are no trap and change nothing', () => {
    const before = state();
    const header = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.concat([Buffer.from('DIDL'), bytes]));
    fc.assert(
      fc.property(fc.constantFrom(...quiet), fc.oneof(header, fc.uint8Array()), ([name, method], bytes) => {
        const answer = llama.send(name, bytes) as Record<string, unknown>;
        if (hasErr(method)) expect(Object.keys(answer)).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
    expect(state()).toEqual(before);
  });

  it('of other types are an error', () => {
    const before = state();
    const others: [IDL.Type, unknown][] = [
      [IDL.Text, 'x'],
      [IDL.Record({ args: IDL.Text }), { args: 'x' }],
      [IDL.Record({ args: IDL.Vec(IDL.Nat) }), { args: [1n] }],
      [IDL.Vec(IDL.Nat8), [1, 2, 3]],
      [
        IDL.Record({
          level: IDL.Nat64,
          from: IDL.Bool,
          update: IDL.Int,
          filename: IDL.Nat,
          max_tokens_update: IDL.Text,
        }),
        {
          level: 1n,
          from: true,
          update: 1n,
          filename: 1n,
          max_tokens_update: '',
        },
      ],
    ];
    for (const [name, method] of methods.filter(([, { argTypes }]) => argTypes.length > 0)) {
      for (const [type, value] of others) {
        // What these take: a text, and a record whose fields may all be missing.
        if (name === 'revokeAdminRole' && type === IDL.Text) continue;
        if (name === 'set_cache_cleanup_config' && type instanceof IDL.RecordClass) continue;
        const answer = llama.send(name, IDL.encode([type], [value]));
        if (!hasErr(method)) {
          expect(answer).toEqual({ reject: expect.stringMatching(/the argument cannot be decoded/) });
        } else if (isOutput(method)) {
          expect(answer).toMatchObject({
            Err: { status_code: 400, error: expect.stringMatching(/cannot be decoded/) },
          });
        } else {
          expect(answer).toMatchObject({ Err: { Other: expect.stringMatching(/the argument cannot be decoded/) } });
        }
      }
    }
    expect(state()).toEqual(before);
  });

  it('of very many or very long words are an error', () => {
    const run = (args: string[]) => llama.error('run_update', args);
    expect(run(new Array(9_999).fill(''))).toMatch(/^"": a flag was expected here/);
    expect(run(new Array(10_001).fill('-p'))).toMatch(/it has more than 10000 elements in vecs/);
    expect(run(['x'.repeat(2_000_000)])).toMatch(/^x{64}\.\.\.: a flag was expected/);
    expect(run(['-p', 'x'.repeat(2_000_000)])).toMatch(/^prompt is too long \(at least \d+ tokens, max 4092\)$/);
    expect(run(['-p', 'x'.repeat(2_000_000), '--nothing'])).toBe('--nothing: there is no such flag');
    expect(run(new Array(4_000).fill(['-l', '5+1']).flat().concat('-n', '1', '-p', 'x', '--wrong'))).toBe(
      '--wrong: there is no such flag',
    );
    llama.run(new Array(4_000).fill(['-l', '5+1']).flat().concat('-n', '1', '-p', 'x'));
    expect(run(new Array(65).fill(['-r', 'stop']).flat())).toBe('-r stop: it is one of more than 64');
    expect(run(['-r', 'x'.repeat(1025)])).toMatch(/^-r x{64}\.\.\.: it has more than 1024 bytes$/);
    llama.run(
      new Array(64)
        .fill(['-r', 'x'.repeat(1024)])
        .flat()
        .concat('-n', '3', '-p', 'x'),
    );
    const samplers = new Array(64).fill('typ_p').join(';');
    llama.budget(60_000_000);
    llama.run(['--samplers', samplers, '--typical', '0.99', '-p', 'x'.repeat(50)]);
    expect(llama.spent.instructions).toBeLessThan(60_000_000);
    llama.budget(0);
    expect(llama.canister.memory.heap).toBeLessThan(64 << 20);
  });
});
