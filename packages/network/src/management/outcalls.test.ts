/** HTTPS outcalls to a server of this machine, and the error of a network that does not allow them. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { IDL } from '@icp-sdk/core/candid';
import type { Principal } from '@icp-sdk/core/principal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { update } from '../anonymous-call.test-support.js';
import { Network } from '../index.js';
import { wat } from '../wasm/wat.test-support.js';
import { methods } from './interface.js';
import { relay } from './management.test-support.js';

const [argumentType, resultType] = methods.http_request;
const [flexibleArgument, flexibleResult] = methods.flexible_http_request;

interface HttpResponse {
  status: bigint;
  headers: { name: string; value: string }[];
  body: Uint8Array;
}

describe('HTTPS outcalls', () => {
  let server: Server;
  let url: string;
  let network: Network;
  let closed: Network;
  const seen: { method: string | undefined; header: unknown; agent: unknown; body: string }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => (body += part));
      request.on('end', () => {
        seen.push({
          method: request.method,
          header: request.headers['x-mine'],
          agent: request.headers['user-agent'],
          body,
        });
        response.setHeader('x-theirs', 'yes');
        response.statusCode = request.url === '/teapot' ? 418 : 200;
        const size = request.url === '/large' ? 3000 : request.url === '/huge' ? 200_000 : 0;
        response.end(size > 0 ? 'x'.repeat(size) : 'hello');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    network = await Network.start({ outcalls: ['loopback'], systemCanisters: false });
    closed = await Network.start({ systemCanisters: false });
  });
  afterAll(async () => {
    await network.stop();
    await closed.stop();
    server.close();
  });

  const request = () => ({
    url,
    max_response_bytes: [1000n],
    method: { get: null },
    headers: [],
    body: [],
    transform: [],
    is_replicated: [],
    pricing_version: [],
    replication: [],
  });

  /** Has a canister call a method of the management canister. */
  async function throughRelay(
    on: Network,
    name: string,
    arg: Uint8Array,
    cycles: bigint,
    id: Principal,
  ): Promise<Uint8Array> {
    const amount = Buffer.alloc(8);
    amount.writeBigUInt64LE(cycles);
    const call = Buffer.concat([Uint8Array.of(0, name.length), Buffer.from(name), amount, arg]);
    return update(on, id, 'relay', Uint8Array.from(call));
  }

  async function outcall(on: Network, more: object, cycles = 50_000_000_000n, wasm = relay): Promise<HttpResponse> {
    const id = on.createCanister();
    await on.install(id, wasm);
    const full = 'make' in more ? (more.make as (id: Principal) => object)(id) : more;
    const arg = IDL.encode([argumentType], [{ ...request(), ...full }]);
    const reply = await throughRelay(on, 'http_request', arg, cycles, id);
    return IDL.decode([resultType], reply)[0] as unknown as HttpResponse;
  }

  interface FlexibleOutcome {
    ok?: HttpResponse[];
    err?: { global_error: [Record<string, null>]; node_details: { error: [{ code: string }] }[]; message: string };
  }

  async function flexible(counts: [number, number, number] | undefined, more: object = {}, cycles = 50_000_000_000n) {
    const id = network.createCanister();
    await network.install(id, relay);
    const [total_requests, min_responses, max_responses] = counts ?? [];
    const replication = counts ? [{ total_requests, min_responses, max_responses }] : [];
    const arg = IDL.encode([flexibleArgument], [{ ...request(), replication, ...more }]);
    const reply = await throughRelay(network, 'flexible_http_request', arg, cycles, id);
    return IDL.decode([flexibleResult], reply)[0] as unknown as FlexibleOutcome;
  }

  it('bring back status, headers and body', async () => {
    const teapot = {
      url: `${url}/teapot`,
      method: { post: null },
      headers: [{ name: 'x-mine', value: '1' }],
      body: [Buffer.from('sent')],
    };
    const { status, headers, body } = await outcall(network, teapot);
    expect([status, Buffer.from(body).toString()]).toEqual([418n, 'hello']);
    expect(headers).toContainEqual({ name: 'x-theirs', value: 'yes' });
    expect(seen.at(-1)).toMatchObject({ method: 'POST', header: '1', body: 'sent' });
  });

  it('go through the transform function of the canister', async () => {
    // Replies to everything with an empty response of status 7.
    const reply = Buffer.from(IDL.encode([resultType], [{ status: 7n, headers: [], body: new Uint8Array() }]));
    const data = [...reply].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
    const transforming = wat(`(module
      (import "ic0" "msg_arg_data_size" (func $arg_size (result i32)))
      (import "ic0" "msg_arg_data_copy" (func $arg_copy (param i32 i32 i32)))
      (import "ic0" "msg_reply_data_append" (func $append (param i32 i32)))
      (import "ic0" "msg_reply" (func $reply))
      (import "ic0" "call_new" (func $call_new (param i32 i32 i32 i32 i32 i32 i32 i32)))
      (import "ic0" "call_data_append" (func $call_append (param i32 i32)))
      (import "ic0" "call_cycles_add" (func $add_cycles (param i64)))
      (import "ic0" "call_perform" (func $perform (result i32)))
      (memory 4) (table funcref (elem $on_reply))
      (data (i32.const 0) "${data}") (data (i32.const 900) "http_request")
      (func $on_reply (param i32) (call $arg_copy (i32.const 1000) (i32.const 0) (call $arg_size)) (call $append (i32.const 1000) (call $arg_size)) (call $reply))
      (func (export "canister_update relay")
        (call $arg_copy (i32.const 1000) (i32.const 0) (call $arg_size))
        (call $call_new (i32.const 0) (i32.const 0) (i32.const 900) (i32.const 12) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0))
        (call $add_cycles (i64.const 50000000000))
        (call $call_append (i32.const 1022) (i32.sub (call $arg_size) (i32.const 22)))
        (drop (call $perform)))
      (func (export "canister_query clean") (call $append (i32.const 0) (i32.const ${reply.length})) (call $reply)))`);
    const make = (id: Principal) => ({ transform: [{ function: [id, 'clean'], context: new Uint8Array() }] });
    expect((await outcall(network, { make }, 50_000_000_000n, transforming)).status).toBe(7n);
  });

  it.each([
    [
      'that answer with more than was allowed',
      () => outcall(network, { url: `${url}/large` }),
      /exceeds size limit of 1000 bytes/,
    ],
    ['to nobody', () => outcall(network, { url: 'http://127.0.0.1:1/' }), /Failed to connect to 127.0.0.1:1/],
    [
      'elsewhere',
      () => outcall(network, { url: 'https://example.com/' }),
      /not allowed on this network.*loopback,example.com/,
    ],
    ['without TLS elsewhere', () => outcall(network, { url: 'http://example.com/' }), /must be https/],
    ['to what is no url', () => outcall(network, { url: 'nonsense' }), /Failed to parse URL/],
    ['without the cycles', () => outcall(network, {}, 1n), /sent with 1 cycles, but \d+ cycles are required/],
    [
      'on a network that does not allow them',
      () => outcall(closed, {}),
      /are off on this network; start it with --outcalls loopback/,
    ],
    [
      'by methods that only one node may use',
      () => outcall(network, { method: { put: null } }),
      /PUT is allowed only with is_replicated = opt false/,
    ],
    [
      'with headers beyond measure',
      () => outcall(network, { headers: [{ name: 'a', value: 'x'.repeat(9000) }] }),
      /longer than 8192 bytes/,
    ],
    [
      'whose headers alone are too much',
      () => outcall(network, { max_response_bytes: [10n] }),
      /Headers of \d+ bytes exceed the size limit of 10 bytes/,
    ],
  ])('fail %s', async (_, work, reason) => {
    await expect(work()).rejects.toThrow(reason);
  });

  it('say who asks, unless the canister does', async () => {
    await outcall(network, {});
    expect(seen.at(-1)!.agent).toBe('ic/1.0');
    await outcall(network, { headers: [{ name: 'User-Agent', value: 'me' }] });
    expect(seen.at(-1)!.agent).toBe('me');
    await outcall(network, { method: { put: null }, is_replicated: [false], body: [Buffer.from('x')] });
    expect(seen.at(-1)).toMatchObject({ method: 'PUT', body: 'x' });
  });

  it('of version 2 cost what they take, and are limited by what they were paid with', async () => {
    const spent = () => network.canisters.map((id) => network.canister(id));
    const paid = async (more: object, cycles: bigint) => {
      const result = await outcall(network, { pricing_version: [2], ...more }, cycles).catch((error: Error) => error);
      const { cycles: left } = spent().at(-1)!;
      return { result, cost: 100_000_000_000_000n - left };
    };
    const all = await paid({}, 50_000_000_000n);
    expect((all.result as HttpResponse).status).toBe(200n);
    // A base fee of some 38 million, the bytes and milliseconds, 9,490 for each byte of the answer; and the call itself.
    expect(all.cost).toBeGreaterThan(38_000_000n);
    expect(all.cost).toBeLessThan(200_000_000n);
    const one = await paid({ is_replicated: [false] }, 50_000_000_000n);
    expect((one.result as HttpResponse).status).toBe(200n);
    expect(one.cost).toBeLessThan(all.cost);
    expect((await paid({}, 1000n)).result.toString()).toMatch(/sent with 1000 cycles, but \d+ cycles are required/);
    const poor = await paid({}, 38_600_000n);
    expect(poor.result.toString()).toMatch(
      /Insufficient cycles|exceeds? (the )?size limit|Timeout expired|Out of cycles/,
    );
    expect(poor.cost).toBeGreaterThan(38_000_000n);
    expect(poor.cost).toBeLessThan(80_000_000n);
  });

  it('that fail are paid for', async () => {
    await outcall(network, { url: 'http://127.0.0.1:1/' }).catch(() => {});
    const id = network.canisters.at(-1)!;
    // Version 1: the price of 1000 bytes.
    expect(100_000_000_000_000n - network.canister(id).cycles).toBeGreaterThan(59_000_000n);
  });

  it('of a committee bring as many answers as are wanted', async () => {
    const before = seen.length;
    const usual = await flexible(undefined);
    expect(usual.ok).toHaveLength(13);
    expect(Buffer.from(usual.ok![12]!.body).toString()).toBe('hello');
    // There is one node.
    expect(seen.length).toBe(before + 1);
    expect((await flexible([5, 2, 4])).ok).toHaveLength(4);
    expect((await flexible([5, 0, 0])).ok).toHaveLength(0);
    expect((await flexible([2, 2, 2], { method: { delete: null } })).ok).toHaveLength(2);
    await expect(flexible([3, 2, 2], { method: { delete: null } })).rejects.toThrow(/DELETE is allowed only where/);
    await expect(flexible([14, 2, 2])).rejects.toThrow(/1 <= total_requests <= 13/);
    await expect(flexible([3, 2, 3], {}, 5n)).rejects.toThrow(/sent with 5 cycles/);
  });

  it('of a committee reply with their errors', async () => {
    const nobody = await flexible([3, 2, 3], { url: 'http://127.0.0.1:1/' });
    expect(nobody.err!.global_error).toEqual([{ too_many_rejects: null }]);
    expect(nobody.err!.message).toMatch(/All 3 nodes failed, 2 responses were required: Failed to connect/);
    expect(nobody.err!.node_details[0]!.error[0].code).toBe('IC0299');
    expect((await flexible([3, 0, 3], { url: 'http://127.0.0.1:1/' })).ok).toEqual([]);
    const large = { url: `${url}/huge`, max_response_bytes: [250_000n] };
    const tooLarge = await flexible([13, 11, 13], large, 900_000_000_000n);
    expect(tooLarge.err!.global_error).toEqual([{ responses_too_large: null }]);
    expect((await flexible([13, 1, 1], large, 900_000_000_000n)).ok).toHaveLength(1);
    const poor = await flexible([1, 1, 1], {}, 31_000_000n);
    expect(Object.keys(poor.err!.global_error[0])[0]).toMatch(/out_of_cycles|too_many_rejects/);
  });
});
