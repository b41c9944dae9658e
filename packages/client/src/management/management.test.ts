import { CertifiedRejectErrorCode, type HttpAgent, RejectError } from '@icp-sdk/core/agent';
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { expect, test } from 'vitest';
import { METHODS, type Method } from './candid.js';
import { provisionalCreate } from './create.js';
import { installCode, moduleHash } from './install.js';
import { canisterStatus } from './management.js';

const id = 'uxrrr-q7777-77774-qaaaq-cai';
const canister = Principal.fromText(id);

interface Call {
  method: string;
  // biome-ignore lint/suspicious/noExplicitAny: what the method's type says
  arg: any;
  effective: string;
}

/** An agent that notes the management calls and answers them. */
function fakeAgent(answers: Partial<Record<Method, unknown>> = {}) {
  const calls: Call[] = [];
  const agent = {
    host: new URL('http://127.0.0.1:1'),
    async update(_: Principal, fields: { methodName: string; arg: Uint8Array; effectiveCanisterId: Principal }) {
      const method = fields.methodName as Method;
      const [argTypes, resultTypes] = METHODS[method];
      const [arg] = IDL.decode([...argTypes], fields.arg);
      calls.push({ method, arg, effective: fields.effectiveCanisterId.toText() });
      const answer = answers[method];
      if (answer instanceof Error) throw answer;
      return { reply: IDL.encode([...resultTypes], resultTypes.length === 0 ? [] : [answer]) };
    },
  };
  return { agent: agent as unknown as HttpAgent, calls };
}

const noTopology = (async () => new Response('', { status: 404 })) as typeof fetch;

test('a canister is created where the network says that one is to be', async () => {
  const { agent, calls } = fakeAgent({ provisional_create_canister_with_cycles: { canister_id: canister } });
  const options = { cycles: 5n, settings: { controllers: [id], wasmMemoryLimit: 7n } };
  expect(await provisionalCreate(agent, { ...options, fetch: noTopology })).toBe(id);
  expect(calls[0]).toMatchObject({ effective: 'rwlgt-iiaaa-aaaaa-aaaaa-cai', arg: { amount: [5n] } });
  expect(calls[0]?.arg.settings[0].wasm_memory_limit).toEqual([7n]);

  // PocketIC names the canister id to route by.
  const bytes = Buffer.from(canister.toUint8Array()).toString('base64');
  const topology = (async () =>
    new Response(JSON.stringify({ default_effective_canister_id: { canister_id: bytes } }))) as typeof fetch;
  await provisionalCreate(agent, { ...options, fetch: topology });
  expect(calls[1]?.effective).toBe(id);
});

test('a small module goes in one message, a large one in chunks', async () => {
  const small = fakeAgent();
  await installCode(small.agent, id, new Uint8Array(1000), { mode: 'install' });
  expect(small.calls.map(({ method }) => method)).toEqual(['install_code']);

  const wasm = new Uint8Array(2_500_000).fill(3);
  const large = fakeAgent({ upload_chunk: { hash: new Uint8Array(32) } });
  await installCode(large.agent, id, wasm, { mode: 'upgrade' });
  expect(large.calls.map(({ method }) => method)).toEqual([
    'stop_canister',
    'clear_chunk_store',
    'upload_chunk',
    'upload_chunk',
    'upload_chunk',
    'install_chunked_code',
    'clear_chunk_store',
    'start_canister',
  ]);
  const sent = large.calls.filter(({ method }) => method === 'upload_chunk').map(({ arg }) => arg.chunk.length);
  expect(sent).toEqual([1_048_576, 1_048_576, 402_848]);
  const { wasm_module_hash: hash, chunk_hashes_list: list } = large.calls[5]?.arg ?? {};
  expect(Buffer.from(hash).toString('hex')).toBe(await moduleHash(wasm));
  expect(list.length).toBe(3);
});

test('a canister is started again when its upgrade failed', async () => {
  const trap = RejectError.fromCode(new CertifiedRejectErrorCode(new Uint8Array(32) as never, 5, 'boo', 'IC0503'));
  const { agent, calls } = fakeAgent({ install_code: trap });
  await expect(installCode(agent, id, new Uint8Array(10), { mode: 'reinstall' })).rejects.toMatchObject({
    code: 'TRAPPED',
  });
  expect(calls.map(({ method }) => method)).toEqual(['stop_canister', 'install_code', 'start_canister']);
});

test('what can be spent is what the freezing threshold leaves', async () => {
  const status = (cycles: bigint) => ({
    status: { running: null },
    settings: { controllers: [canister], freezing_threshold: 2_592_000n, wasm_memory_limit: 0n },
    module_hash: [],
    memory_size: 12n,
    cycles,
    idle_cycles_burned_per_day: 1_000n,
  });
  const rich = await canisterStatus(fakeAgent({ canister_status: status(50_000n) }).agent, id);
  expect(rich).toMatchObject({ status: 'running', spendable: 20_000n, moduleHash: undefined, controllers: [id] });
  const frozen = await canisterStatus(fakeAgent({ canister_status: status(10_000n) }).agent, id);
  expect(frozen.spendable).toBe(0n);
});
