import { Principal } from '@icp-sdk/core/principal';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { canisterModule } from './canister-module.js';
import { anonymous, Host } from './host.js';

let host: Host;

beforeAll(async () => {
  host = await Host.start(await canisterModule('ic.ts'));
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
    // The text of 30 zero bytes, which core would make, too.
    const text = Principal.fromUint8Array(new Uint8Array(30)).toText();
    expect(asText(send('parse', text))).toBe('null');
  });
});

describe('what a message can ask', () => {
  it('is what the system says', () => {
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

it('a mistake in the program is a trap with its place', () => {
  expect(() => host.call('fail')).toThrow(/^trap: Index out of range at ~lib\/array\.ts:\d+:\d+$/);
});
