/** HTTPS outcalls to a server of this machine, and what a network says that does not allow them. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { IDL } from '@icp-sdk/core/candid';
import type { Principal } from '@icp-sdk/core/principal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Network } from '../index.js';
import { wat } from '../wasm/wat.test-support.js';
import { methods } from './interface.js';
import { relay } from './management.test-support.js';

const [argumentType, resultType] = methods.http_request;

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
  const seen: { method: string | undefined; header: unknown; body: string }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => (body += part));
      request.on('end', () => {
        seen.push({ method: request.method, header: request.headers['x-mine'], body });
        response.setHeader('x-theirs', 'yes');
        response.statusCode = request.url === '/teapot' ? 418 : 200;
        response.end(request.url === '/large' ? 'x'.repeat(3000) : 'hello');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    network = await Network.start({ outcalls: ['loopback'] });
    closed = await Network.start();
  });
  afterAll(async () => {
    await network.stop();
    await closed.stop();
    server.close();
  });

  async function outcall(on: Network, more: object, cycles = 50_000_000_000n, wasm = relay): Promise<HttpResponse> {
    const id = on.createCanister();
    await on.install(id, wasm);
    const argument = {
      url,
      max_response_bytes: [1000n],
      method: { get: null },
      headers: [],
      body: [],
      transform: [],
      is_replicated: [],
      ...more,
    };
    const full = 'make' in more ? (more.make as (id: Principal) => object)(id) : argument;
    const amount = Buffer.alloc(8);
    amount.writeBigUInt64LE(cycles);
    const name = 'http_request';
    const arg = Buffer.concat([
      Uint8Array.of(0, name.length),
      Buffer.from(name),
      amount,
      IDL.encode([argumentType], [{ ...argument, ...full }]),
    ]);
    const { reply } = await on
      .agent()
      .update(id, { methodName: 'relay', arg: Uint8Array.from(arg), effectiveCanisterId: id });
    return IDL.decode([resultType], reply)[0] as unknown as HttpResponse;
  }

  it('bring back status, headers and body', async () => {
    const request = {
      url: `${url}/teapot`,
      method: { post: null },
      headers: [{ name: 'x-mine', value: '1' }],
      body: [Buffer.from('sent')],
    };
    const { status, headers, body } = await outcall(network, request);
    expect([status, Buffer.from(body).toString()]).toEqual([418n, 'hello']);
    expect(headers).toContainEqual({ name: 'x-theirs', value: 'yes' });
    expect(seen.at(-1)).toEqual({ method: 'POST', header: '1', body: 'sent' });
  });

  it('go through the transform function of the canister', async () => {
    // Replies with an empty response of status 7, whatever it is given.
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
  ])('fail %s', async (_, work, reason) => {
    await expect(work()).rejects.toThrow(reason);
  });
});
