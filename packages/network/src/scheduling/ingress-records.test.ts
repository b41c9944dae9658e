import { Principal } from '@icp-sdk/core/principal';
import { describe, expect, it } from 'vitest';
import { IngressRecords } from './ingress-records.js';

const canister = Principal.fromText('rwlgt-iiaaa-aaaaa-aaaaa-cai');
const second = 1_000_000_000n;
const fresh = (request: string, expiry = 100n * second) => ({
  request,
  sender: Uint8Array.of(4),
  canister: canister.toUint8Array(),
  effectiveCanister: canister,
  expiry,
  status: { kind: 'processing' as const },
});
const reply = (bytes: number) => ({ kind: 'reply' as const, data: new Uint8Array(bytes) });

describe('answers', () => {
  it('make room for later ones; that they were given stays known', () => {
    const records = new IngressRecords(1000);
    for (const request of ['a', 'b', 'c', 'd']) records.remember(fresh(request));
    records.answered('b', reply(400));
    records.answered('a', { kind: 'reject', code: 4, message: 'x'.repeat(400) });
    expect(records.answered('c', reply(200)).map(({ request }) => request)).toEqual(['c']);
    expect(records.answered('d', reply(300)).map(({ request, status }) => [request, status.kind])).toEqual([
      ['d', 'reply'],
      ['b', 'done'],
    ]);
    expect(['a', 'b', 'c', 'd'].map((request) => records.find(request)!.status.kind)).toEqual([
      'reject',
      'done',
      'reply',
      'reply',
    ]);
  });

  it('are there when they come, however long they are', () => {
    const records = new IngressRecords(1000);
    for (const request of ['a', 'b', 'c']) records.remember(fresh(request));
    records.answered('a', reply(10));
    expect(records.answered('b', reply(5000)).map(({ status }) => status.kind)).toEqual(['reply', 'done']);
    expect(records.answered('c', reply(0)).map(({ status }) => status.kind)).toEqual(['reply', 'done']);
    expect(records.find('b')!.status.kind).toBe('done');
    expect(records.answered('nobody', reply(1))).toEqual([]);
  });

  it('end the waiting for them', async () => {
    const records = new IngressRecords();
    const { finished } = records.remember(fresh('a'));
    records.answered('a', reply(1));
    await finished;
    await records.remember({ ...fresh('b'), status: reply(2) }).finished;
  });
});

describe('calls', () => {
  it('are forgotten five minutes after they have expired, unless they are being worked on', () => {
    const records = new IngressRecords(1000);
    for (const request of ['a', 'b', 'c']) records.remember(fresh(request));
    records.remember(fresh('d', 200n * second));
    for (const request of ['a', 'c', 'd']) records.answered(request, reply(300));
    expect(records.forget(400n * second)).toEqual([]);
    expect(records.forget(401n * second)).toEqual(['a', 'c']);
    expect(records.find('a')).toBeUndefined();
    expect(records.find('b')).toBeDefined();
    // Room that was given up is there for others.
    for (const request of ['e', 'f']) records.remember(fresh(request, 900n * second));
    expect(records.answered('e', reply(300))).toHaveLength(1);
    expect(records.answered('f', reply(300))).toHaveLength(1);
  });

  it('share the names that occur in them', () => {
    const records = new IngressRecords();
    const [a, b] = [records.remember(fresh('a')), records.remember(fresh('b'))];
    expect(a.sender).toBe(b.sender);
    expect(a.canister).toBe(b.canister);
    expect(a.effectiveCanister).toBe(b.effectiveCanister);
    expect(a.effectiveCanister.toText()).toBe(canister.toText());
  });
});
