import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { Llama, owner, person, type Result } from './llama.js';

interface Assignment {
  principal: string;
  role: Record<string, null>;
  note: string;
  assignedBy: string;
  assignedAt: bigint;
}

const because = (text: string) => ({ Err: { Other: text } });
const denied = because('Access Denied');

let llama: Llama;
beforeEach(async () => {
  llama = await Llama.install();
});

const assign = (principal: string, role: 'AdminQuery' | 'AdminUpdate', note = '') =>
  llama.call('assignAdminRole', { principal, role: { [role]: null }, note }, owner);
const revoke = (principal: string) => llama.call('revokeAdminRole', principal, owner);
const roles = () => (llama.call('getAdminRoles', undefined, owner) as { Ok: Assignment[] }).Ok;

describe('roles', () => {
  it('are given, replaced, listed and taken away', () => {
    expect(roles()).toEqual([]);
    const given = (principal: string, role: string, note: string) => ({
      principal,
      role: { [role]: null },
      note,
      assignedBy: owner.toText(),
      assignedAt: llama.time,
    });
    const first = given('aaaaa-aa', 'AdminQuery', 'Test admin query role');
    expect(assign('aaaaa-aa', 'AdminQuery', 'Test admin query role')).toEqual({ Ok: first });
    llama.time += 1n;
    const second = given('rrkah-fqaaa-aaaaa-aaaaq-cai', 'AdminQuery', '2nd 🦙');
    assign('rrkah-fqaaa-aaaaa-aaaaq-cai', 'AdminQuery', '2nd 🦙');
    expect(roles()).toEqual([first, second]);
    llama.time += 1n;
    const again = given('aaaaa-aa', 'AdminUpdate', 'x'.repeat(8_000));
    assign('aaaaa-aa', 'AdminUpdate', 'x'.repeat(8_000));
    expect(roles()).toEqual([second, again]);
    llama.upgrade();
    expect(roles()).toEqual([second, again]);
    expect(revoke('aaaaa-aa')).toEqual({ Ok: 'Admin role revoked for aaaaa-aa' });
    for (const nobody of ['aaaaa-aa', 'non-existent-principal', '', 'x'.repeat(7_000)]) {
      expect(revoke(nobody)).toEqual(because('Principal not found'));
    }
    expect(roles()).toEqual([second]);
  });

  it('let administrators use the methods of their role, until it is taken away', () => {
    const admin = person(1);
    const set = () => llama.call('set_max_tokens', { max_tokens_update: 1n, max_tokens_query: 1n }, admin);
    const look = () => llama.call('get_access', undefined, admin);
    const enter = () => llama.call('check_access', undefined, admin);
    expect([set(), look(), enter()]).toEqual([denied, denied, denied]);
    assign(admin.toText(), 'AdminQuery');
    expect(set()).toEqual(denied);
    expect([look(), enter()]).toEqual([
      expect.objectContaining({ Ok: expect.anything() }),
      { Ok: { status_code: 200 } },
    ]);
    assign(admin.toText(), 'AdminUpdate');
    expect(set()).toEqual({ Ok: { status_code: 200 } });
    // Methods for controllers stay closed to them.
    expect(llama.call('set_access', { level: 1 }, admin)).toEqual(denied);
    expect(
      llama.call('assignAdminRole', { principal: admin.toText(), role: { AdminUpdate: null }, note: '' }, admin),
    ).toEqual(denied);
    revoke(admin.toText());
    expect([set(), look(), enter()]).toEqual([denied, denied, denied]);
  });

  it('that are invalid are an error', () => {
    const text = because('assignAdminRole: the principal is not the text of one');
    for (const nobody of ['', 'aaaaa-ab', 'AAAAA-AA', 'aaaaaaa', 'x'.repeat(7_000), '🦙']) {
      expect(assign(nobody, 'AdminUpdate')).toEqual(text);
    }
    expect(assign('2vxsx-fae', 'AdminUpdate')).toEqual(
      because('assignAdminRole: the anonymous principal is everybody, and cannot have a role'),
    );
    expect(assign('aaaaa-aa', 'AdminUpdate', 'é'.repeat(4001))).toEqual(
      because('assignAdminRole: the note has 8002 bytes, more than 8000'),
    );
    expect(roles()).toEqual([]);
    for (let i = 0; i < 64; i++) expect(assign(person(i).toText(), 'AdminUpdate')).toHaveProperty('Ok');
    expect(assign(person(64).toText(), 'AdminUpdate')).toEqual(
      because('assignAdminRole: there are 64 roles, as many as there can be'),
    );
    expect(assign(person(0).toText(), 'AdminQuery')).toHaveProperty('Ok');
    expect(roles()).toHaveLength(64);
    expect(llama.call('get_access', undefined, person(63))).toHaveProperty('Ok');
    expect(llama.spent.instructions).toBeLessThan(2_000_000);
  });

  it('behave like a simple list, given and taken in any order', () => {
    const step = fc.record({
      who: fc.integer({ min: 0, max: 5 }),
      role: fc.constantFrom('AdminQuery' as const, 'AdminUpdate' as const, undefined),
      note: fc.string({ maxLength: 300, unit: 'binary' }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let model: { principal: string; role: string; note: string }[] = [];
        for (const { who, role, note } of steps) {
          const principal = person(who).toText();
          const others = model.filter((entry) => entry.principal !== principal);
          if (role === undefined) {
            expect('Ok' in (revoke(principal) as Result<string, unknown>)).toBe(others.length < model.length);
            model = others;
          } else if (Buffer.byteLength(note) <= 8_000) {
            expect(assign(principal, role, note)).toHaveProperty('Ok');
            model = [...others, { principal, role, note }];
          } else {
            expect(assign(principal, role, note)).toHaveProperty('Err');
          }
          const there = roles().map(({ principal, role, note }) => ({ principal, role: Object.keys(role)[0], note }));
          expect(there).toEqual(model);
        }
        for (const { principal } of model) revoke(principal);
      }),
      { numRuns: 60 },
    );
  });
});
