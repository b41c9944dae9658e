import { describe, expect, it } from 'vitest';
import { placesOfAddress } from './address.js';
import { joinPlaces, networkOf, readPlaces } from './places.js';
import { servedPlaces } from './served.js';

const ID = 'uxrrr-q7777-77774-qaaaq-cai';
const OTHER = 'rrkah-fqaaa-aaaaa-aaaaq-cai';
const KEY = 'ab'.repeat(133);
const answering = (body: string, type = 'application/json', status = 200): typeof fetch => {
  return async () => new Response(body, { status, headers: { 'content-type': type } });
};
const served = (address: string, fetcher: typeof fetch) => servedPlaces(new URL(address), '', fetcher);

describe('the file beside the page', () => {
  it('names networks and canisters, with defaults', () => {
    const read = readPlaces({
      version: 1,
      networks: [{ name: 'here', url: '/', rootKey: KEY, local: true }],
      canisters: [
        { id: ID, network: 'here' },
        { id: OTHER, name: 'big' },
      ],
    });
    expect(read).toEqual({
      networks: [{ name: 'here', url: '/', rootKey: KEY, local: true }],
      canisters: [
        { id: ID, name: ID, network: 'here' },
        { id: OTHER, name: 'big', network: 'ic' },
      ],
    });
    expect(networkOf(read, 'ic')?.url).toBe('https://icp-api.io');
    expect(networkOf(read, 'elsewhere')).toBeUndefined();
  });

  it.each([
    [{ version: 2 }, 'version: 2, this page reads version 1'],
    [{ version: 1 }, 'canisters: no list'],
    [{ version: 1, canisters: [{}] }, 'canisters[0].id: no text'],
    [{ version: 1, canisters: [{ id: 'x' }] }, 'canisters[0].id: "x" is no canister id'],
    [{ version: 1, canisters: [{ id: ID, network: 'a' }] }, 'canisters[0].network: there is no network "a"'],
    [{ version: 1, canisters: [], networks: [{ name: 'a' }] }, 'networks[0].url: no text'],
    [{ version: 1, canisters: [], networks: [{ name: 'a', url: '/', rootKey: 'ff' }] }, 'networks[0].rootKey: a root'],
    [{ version: 1, canisters: [], networks: [{ name: 'a', url: '/', local: 1 }] }, 'networks[0].local: neither'],
    [
      { version: 1, canisters: [], networks: [{ name: 'a', url: '/', identityProvider: 'http://example.org/' }] },
      'networks[0].identityProvider: no address of HTTPS',
    ],
    [[], 'llama-canister.json: no object'],
  ])('is refused with an error that says what is wrong: %j', (json, said) => {
    expect(() => readPlaces(json)).toThrow(said);
  });

  it('counts before the address, and need not exist', async () => {
    const file = JSON.stringify({ version: 1, canisters: [{ id: OTHER }] });
    const address = `http://${ID}.localhost:4944/`;
    expect((await served(address, answering(file))).canisters[0]!.id).toBe(OTHER);
    expect((await served(address, answering('<html>', 'text/html'))).canisters[0]!.id).toBe(ID);
    expect((await served(address, answering('', 'application/json', 404))).canisters[0]!.id).toBe(ID);
    expect((await served(address, () => Promise.reject(new TypeError('offline')))).canisters[0]!.id).toBe(ID);
    // A canister that serves the page itself names no others.
    expect((await served(address, answering('{"version":1,"canisters":[]}'))).canisters[0]!.id).toBe(ID);
    await expect(served(address, answering('{'))).rejects.toThrow('llama-canister.json: ');
  });
});

describe('the address of the page', () => {
  const of = (address: string, cookies = '') => placesOfAddress(new URL(address), cookies);

  it('names the canister that serves it', () => {
    expect(of(`https://${ID}.icp0.io/`)).toEqual({
      networks: [{ name: 'ic', url: '/', local: false }],
      canisters: [{ name: ID, id: ID, network: 'ic' }],
    });
    expect(of(`http://${ID}.localhost:4944/a`)?.networks[0]).toEqual({ name: 'local', url: '/', local: true });
    expect(of(`http://127.0.0.1:4944/?canisterId=${ID}`)?.canisters).toMatchObject([{ id: ID }]);
  });

  it('names none if it is any other address', () => {
    for (const each of ['http://localhost:3000/', 'https://my-chat.example.org/', `https://example.org/${ID}`]) {
      expect(of(each)).toBeUndefined();
    }
  });

  it('may be a custom domain, whose gateway names the canister', async () => {
    const headers = { 'content-type': 'application/json', 'x-ic-canister-id': ID };
    const fetcher = async () => new Response('{"version":1,"canisters":[]}', { headers });
    expect(await served('https://chat.example.org/', fetcher)).toEqual({
      networks: [{ name: 'ic', url: '/', local: false }],
      canisters: [{ name: ID, id: ID, network: 'ic' }],
    });
    expect((await served('http://192.168.1.2:4944/', fetcher)).networks).toEqual([
      { name: '192.168.1.2:4944', url: '/', local: true },
    ]);
  });

  it('comes with the root key in a cookie, except on the main network', () => {
    const cookies = `a=b; ic_env=${encodeURIComponent(`ic_root_key=${KEY}&PUBLIC_X=1`)}`;
    expect(of(`https://${ID}.example.org/`, cookies)?.networks[0]).toMatchObject({ rootKey: KEY });
    expect(of(`https://${ID}.icp0.io/`, cookies)?.networks[0]).not.toHaveProperty('rootKey');
    expect(of(`https://${ID}.example.org/`, 'ic_env=%')?.networks[0]).not.toHaveProperty('rootKey');
  });
});

it('joins places, of which the first ones count', () => {
  const here = { networks: [{ name: 'a', url: '/', local: true }], canisters: [{ id: ID, name: 'one', network: 'a' }] };
  const kept = {
    networks: [{ name: 'a', url: '/other', local: true }],
    canisters: [
      { id: ID, name: 'same', network: 'a' },
      { id: ID, name: 'there', network: 'ic' },
    ],
  };
  expect(joinPlaces(here, kept)).toEqual({
    networks: here.networks,
    canisters: [here.canisters[0], kept.canisters[1]],
  });
});
