import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { canisterModule } from './canister-module.js';
import { anonymous, Host } from './host.js';

let host: Host;

beforeAll(async () => {
  host = await Host.start(await canisterModule('ic.ts', true));
});

function send(name: string, text = '', caller = anonymous): Uint8Array {
  const answer = host.call(name, new Uint8Array(Buffer.from(text)), caller);
  if (!answer || !('reply' in answer)) throw new Error(`${name} did not reply`);
  return answer.reply;
}

const asText = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe('principals', () => {
  it('have one text, which is read back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 29 }), (bytes) => {
        expect(send('parse', Principal.fromUint8Array(bytes).toText())).toEqual(bytes);
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['no checksum', 'aaaa'],
    ['a wrong checksum', 'aaaaa-ab'],
    ['upper case', '2VXSX-FAE'],
    ['no dash', '2vxsxfae'],
    ['a dash in the wrong place', '2vxs-xfae'],
    ['a dash at the end', '2vxsx-fae-'],
    ['bits left over', '2vxsx-faf'],
    ['other characters', '2vxsx-f1e'],
    ['other alphabets', '2vxsx-faé'],
    ['too long a text', `${'aaaaa-'.repeat(11)}aaa`],
  ])('%s is none', (_what, text) => {
    expect(asText(send('parse', text))).toBe('null');
  });

  it('of more than 29 bytes is none', () => {
    // The text of 30 zero bytes, which core would accept, too.
    const text = Principal.fromUint8Array(new Uint8Array(30)).toText();
    expect(asText(send('parse', text))).toBe('null');
  });
});

describe('the facts that a message can query', () => {
  it('match the system’s values', () => {
    const owner = Principal.fromText('w7x7r-cok77-xa');
    host.time = 123n;
    host.instructions = 2n ** 40n;
    host.cycles = 5n + (7n << 64n);
    host.controllers = [owner];
    expect(asText(send('ask', 'w7x7r-cok77-xa', owner))).toBe('123 1099511627776 5 7 true false true true');
    host.isReplicated = false;
    expect(asText(send('ask', 'w7x7r-cok77-xa', anonymous))).toBe('123 1099511627776 5 7 false true false false');
  });
});

it('timers are set and cleared', () => {
  host.call('timer', new Uint8Array(Buffer.from('1700000000')));
  expect(host.timer).toBe(1_700_000_000n);
  host.call('timer');
  expect(host.timer).toBe(0n);
});

it('certified data and its certificate', () => {
  host.call('certifyArgument', new Uint8Array(Buffer.from('root hash')));
  expect(asText(host.certified)).toBe('root hash');
  expect(asText(send('readCertificate'))).toBe('null');
  host.certificate = Buffer.from('certificate');
  expect(asText(send('readCertificate'))).toBe('certificate');
});

it('the log', () => {
  host.call('log', new Uint8Array(Buffer.from('a line – of any text')));
  expect(host.log).toEqual(['a line – of any text']);
});

describe('a call to another canister', () => {
  const callee = Principal.fromText('w7x7r-cok77-xa');
  const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));
  const relayed = (text: string) => {
    expect(host.call('relay', bytesOf(text), callee)).toBeUndefined();
    return host.calls.pop()!;
  };

  it('has what it was given', () => {
    host.cycles = 1n << 65n;
    const call = relayed('a text');
    expect(call).toMatchObject({ callee, method: 'echo', cycles: (1n << 64n) + 7n, timeout: 300 });
    expect(asText(call.argument)).toBe('a text');
  });

  it('has its callbacks at indices that are the same in every version', () => {
    const { table, call_replied, call_rejected, call_undone } = host.instance.exports;
    const { replied, rejected, undone } = relayed('');
    expect([replied[0], rejected[0], undone![0]]).toEqual([1, 2, 3]);
    const entries = [1, 2, 3].map((index) => (table as WebAssembly.Table).get(index) as unknown);
    expect(entries).toEqual([call_replied, call_rejected, call_undone]);
  });

  it('continues with the reply or the rejection, once', () => {
    const [first, second] = [relayed('1'), relayed('2')];
    expect(asText((host.reply(second, bytesOf('to the second')) as { reply: Uint8Array }).reply)).toBe('to the second');
    const answer = host.reject(first, 4, 'not – now') as { reply: Uint8Array };
    expect(asText(answer.reply)).toBe('rejected (4): not – now');
    for (const again of [host.reply(first, bytesOf('')), host.reject(second, 5, '')]) {
      expect(again).toEqual({ reject: 'the canister was upgraded before it could answer: call again' });
    }
  });

  it('is forgotten when its continuation traps', () => {
    const call = relayed('');
    host.log = [];
    host.undo(call);
    host.undo(call);
    expect(host.log).toEqual(['undone']);
  });

  it('may fail to be made, and then nothing continues', () => {
    host.refusesCalls = true;
    expect(asText(send('relay'))).toBe('cannot be sent');
    expect(host.calls).toEqual([]);
    expect(asText(send('draw'))).toMatch(/cannot be asked/);
    host.refusesCalls = false;
  });

  it('has a number that is not used again after an upgrade', async () => {
    const before = relayed('').replied[1];
    const upgraded = await Host.start(await canisterModule('ic.ts', true));
    upgraded.time = host.time + 1_000_000_000n;
    upgraded.call('relay', bytesOf(''), callee);
    expect(upgraded.calls[0]!.replied[1]).toBeGreaterThan(before);
    expect(upgraded.reply({ ...upgraded.calls[0]!, replied: [1, before] }, bytesOf(''))).toHaveProperty('reject');
  });

  it('draws random bytes, and reports errors of other calls', () => {
    const drawn = (reply: Uint8Array) => {
      expect(host.call('draw')).toBeUndefined();
      const call = host.calls.pop()!;
      expect([call.callee.toText(), call.method, IDL.decode([], call.argument)]).toEqual(['aaaaa-aa', 'raw_rand', []]);
      return (host.reply(call, reply) as { reply: Uint8Array }).reply;
    };
    const blob = (bytes: Uint8Array) => new Uint8Array(IDL.encode([IDL.Vec(IDL.Nat8)], [bytes]));
    const random = Uint8Array.from({ length: 32 }, (_, i) => 255 - i);
    expect(drawn(blob(random))).toEqual(random);
    expect(asText(drawn(blob(random.subarray(1))))).toMatch(/31 bytes/);
    expect(asText(drawn(bytesOf('no Candid')))).toMatch(/cannot be decoded/);
    host.call('draw');
    expect(asText((host.reject(host.calls.pop()!, 2, 'busy') as { reply: Uint8Array }).reply)).toMatch(/busy/);
  });
});

it('a mistake in the program is a trap that names its place', () => {
  expect(() => host.call('fail')).toThrow(/^trap: Index out of range at ~lib\/array\.ts:\d+:\d+$/);
});
