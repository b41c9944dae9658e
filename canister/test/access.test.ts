import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IDL } from '@icp-sdk/core/candid';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { importDeclarations, readInterface } from '../scripts/candid/interface.mjs';
import { audiences, readMarks } from '../scripts/candid/marks.mjs';
import { anonymous, Llama, owner, person } from './llama.js';
import { tinyModel } from './tiny-model.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { service } = await importDeclarations(join(root, 'llama.did'));
const methods = service._fields;

/** What llama.did says of every method. */
const marks = readMarks(await readInterface(join(root, 'llama.did')));

type Who = 'owner' | 'update' | 'query' | 'person' | 'anonymous';

/** The words of the marks, as the top of llama.did explains them. */
const means: Record<string, (who: Who, level: number) => boolean> = {
  anyone: () => true,
  named: (who) => who !== 'anonymous',
  chat: (who, level) => ['owner', 'update'].includes(who) || (level === 1 && who !== 'anonymous'),
  ask: (who, level) => ['owner', 'update', 'query'].includes(who) || (level === 1 && who !== 'anonymous'),
  inspect: (who) => ['owner', 'update', 'query'].includes(who),
  administer: (who) => ['owner', 'update'].includes(who),
  control: (who) => who === 'owner',
};
const may = (who: Who, name: string, level: number) => means[marks.get(name)!.who]!(who, level);
const isQuery = (name: string) => service._fields.find(([other]) => other === name)![1].annotations.includes('query');

/** Whether a message from outside is let in as an update. */
function enters(who: Who, name: string, level: number): boolean {
  if (!may(who, name, level)) return false;
  if (!isQuery(name) || means.administer!(who, level)) return true;
  return marks.get(name)!.certified && means.ask!(who, level);
}

/** Whether a method's result is that of a command line. */
const isOutput = (method: IDL.FuncClass) => method.retTypes[0]!.display().includes('prompt_remaining');
const hasErr = (method: IDL.FuncClass) => method.retTypes[0]!.display().startsWith('variant');
const denied = (method: IDL.FuncClass) =>
  !hasErr(method)
    ? { reject: expect.stringContaining('Access Denied') }
    : isOutput(method)
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

const callers = { owner, update: person(3), query: person(2), person: person(1), anonymous };
const everyCase = () =>
  [0, 1].flatMap((level) => Object.entries(callers).map(([who, caller]) => ({ level, who: who as Who, caller })));

/** Calls the function for every access level and kind of caller. */
function forEveryCase(check: (given: { level: number; who: Who; caller: typeof owner; is: string }) => void): void {
  for (const level of [0, 1]) {
    llama.call('set_access', { level }, owner);
    for (const given of everyCase().filter((other) => other.level === level)) {
      check({ ...given, is: `${given.who} at level ${level}` });
    }
  }
}

/** The text of an answer that refuses. */
function refusal(answer: unknown): string {
  const { Err, reject } = answer as { Err?: { Other?: string; error?: string }; reject?: string };
  return reject ?? Err?.Other ?? Err?.error ?? '';
}

const nonsense = Buffer.from('nonsense');

describe('access', () => {
  it('is marked for every method, with words that mean something', () => {
    expect([...marks.keys()].sort()).toEqual(methods.map(([name]) => name).sort());
    expect(Object.keys(means)).toEqual(audiences);
  });

  it.each(methods)('to %s is for callers who have it, and other callers’ arguments are not read', (name, method) => {
    forEveryCase(({ level, who, caller, is }) => {
      const answer = llama.send(name, nonsense, caller);
      if (!may(who, name, level)) {
        expect(answer, is).toMatchObject(denied(method));
        return;
      }
      // The next refusal is about the argument.
      expect(refusal(answer), is).toMatch(`${name}: the argument cannot be decoded: it is not a Candid message`);
      if (isOutput(method)) expect(answer).toMatchObject({ Err: { status_code: 400 } });
      if (!hasErr(method)) expect(answer).toHaveProperty('reject');
    });
  });
});

describe('at the door', () => {
  it.each(methods)('%s accepts callers with access, and no argument that is too long', (name) => {
    const { most } = marks.get(name)!;
    forEveryCase(({ level, who, caller, is }) => {
      const isIn = enters(who, name, level);
      expect(llama.inspect(name, nonsense, caller), is).toBe(isIn);
      expect(llama.inspect(name, new Uint8Array(most), caller), is).toBe(isIn);
      expect(llama.inspect(name, new Uint8Array(most + 1), caller), is).toBe(false);
    });
  });

  it('nothing else is let in from outside', () => {
    const others = ['', 'nothing', 'healt', 'healthy', 'Health', ' health', 'canister_init', 'canister_global_timer'];
    for (const name of [...others, '__get_candid_interface_tmp_hack', 'x'.repeat(20_000), 'ä', 'run_update\0']) {
      for (const caller of [owner, person(1)]) expect(llama.inspect(name, new Uint8Array(0), caller), name).toBe(false);
    }
  });

  // Calls of other canisters do not pass the check at the door, and a dishonest node may let anything through.
  it.each(methods)('and behind the door, %s refuses the same callers before reading the argument', (name, method) => {
    const { most, certified } = marks.get(name)!;
    forEveryCase(({ level, who, caller, is }) => {
      // The garbage of one message is collected by the next.
      llama.call('health');
      const large = llama.update(name, new Uint8Array(most + 1), caller);
      const spent = llama.spent.instructions;
      if (!may(who, name, level)) {
        expect(large, is).toMatchObject(denied(method));
      } else {
        expect(refusal(large), is).toBe(
          `${name}: the argument has ${most + 1} bytes, and at most ${most} are looked at`,
        );
        const answer = refusal(llama.update(name, nonsense, caller));
        const isRefused = isQuery(name) && !certified && !means.administer!(who, level);
        expect(answer, is).toMatch(isRefused ? /sent as an update; send it as a query/ : /cannot be decoded/);
      }
      // Thirteen pages of the heap are written, three of stable memory are read, and little else happens. The compiler
      // decides which static values share a page, so any change of the program may add or remove a page.
      expect(spent, is).toBeLessThan(2_600_000);
    });
  });
});

describe('hostile arguments', () => {
  // Without the methods that change something whatever argument they get.
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

  it('that are not Candid are no trap and change nothing', () => {
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
        // The arguments of these methods are a text, and a record whose fields may all be missing.
        const texts = ['revokeAdminRole', 'remove_application', 'get_allowance_of'];
        if (texts.includes(name) && type === IDL.Text) continue;
        const optional = [
          'set_cache_cleanup_config',
          'set_storage_limits',
          'set_generation_limits',
          'top_up_allowance',
          'set_llm_settings',
          'set_warm_limits',
        ];
        if (optional.includes(name) && type instanceof IDL.RecordClass) continue;
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
    expect(run(['x'.repeat(1_000_000)])).toMatch(/^x{64}\.\.\.: a flag was expected/);
    expect(run(['-p', 'x'.repeat(1_000_000)])).toMatch(
      /^main_: error: prompt is too long \(at least \d+ tokens, max 4092\)$/,
    );
    expect(run(['-p', 'x'.repeat(1_000_000), '--nothing'])).toBe('--nothing: there is no such flag');
    expect(run(['-p', 'x'.repeat(1 << 20)])).toBe(
      'run_update: the argument has 1048600 bytes, and at most 1048576 are looked at',
    );
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
