// Prints what memory a network takes that is asked much: `node packages/network/bench/memory.mjs` after `npx tsc -b packages/network`.
// 10,000 update calls, then 10,000 queries and as many again (--calls N), to a process of its own: its resident set before,
// between and after, and when it has rested.
// With --state the network is kept on disk; with --watch somebody reads its metrics all the time.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { HttpAgent } from '@icp-sdk/core/agent';
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import wabt from 'wabt';
import { encodeCbor } from '../dist/protocol/cbor.js';

const { values: options } = parseArgs({
  options: {
    calls: { type: 'string', default: '10000' },
    state: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
  },
});
const calls = Number(options.calls);
if (!Number.isSafeInteger(calls) || calls < 1) throw new Error(`--calls ${options.calls} is not a number of calls`);

const folder = mkdtempSync(join(tmpdir(), 'network-memory-'));
const statusFile = join(folder, 'status.json');
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const kept = options.state ? ['--state', join(folder, 'state')] : [];
const child = spawn(process.execPath, [main, '--status-file', statusFile, ...kept], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
process.once('exit', () => child.kill());
await new Promise((resolve) => child.stdout.once('data', resolve));
const { url, rootKey } = JSON.parse(readFileSync(statusFile, 'utf8'));

/** Replies with what it was asked, having written it to its heap. */
const toolkit = await wabt();
const echo = toolkit
  .parseWat(
    'echo.wat',
    `(module (import "ic0" "msg_arg_data_size" (func $size (result i32)))
    (import "ic0" "msg_arg_data_copy" (func $copy (param i32 i32 i32)))
    (import "ic0" "msg_reply_data_append" (func $append (param i32 i32)))
    (import "ic0" "msg_reply" (func $reply)) (memory 16)
    (func $echo (call $copy (i32.const 0) (i32.const 0) (call $size)) (call $append (i32.const 0) (call $size)) (call $reply))
    (func (export "canister_update tell") (call $echo)) (func (export "canister_query ask") (call $echo)))`,
  )
  .toBinary({}).buffer;

const { methods } = await import('../dist/management/interface.js');
const agent = HttpAgent.createSync({ host: url, rootKey: Buffer.from(rootKey, 'hex') });
async function manage(name, argument, effectiveCanisterId) {
  const arg = IDL.encode([methods[name][0]], [argument]);
  const { reply } = await agent.update(Principal.managementCanister(), { methodName: name, arg, effectiveCanisterId });
  return methods[name][1] && IDL.decode([methods[name][1]], reply)[0];
}
const { canister_id: id } = await manage(
  'provisional_create_canister_with_cycles',
  { amount: [10n ** 18n], settings: [], specified_id: [], sender_canister_version: [] },
  Principal.fromText('rwlgt-iiaaa-aaaaa-aaaaa-cai'),
);
const installation = { mode: { install: null }, canister_id: id, arg: new Uint8Array(), sender_canister_version: [] };
await manage('install_code', { ...installation, wasm_module: echo }, id);

/** Requests of nobody, as small as they can be: what is measured is the network. */
async function send(kind, number) {
  const endpoint = kind === 'call' ? 'v4' : 'v3';
  const body = encodeCbor({
    content: {
      request_type: kind,
      canister_id: id.toUint8Array(),
      method_name: kind === 'call' ? 'tell' : 'ask',
      arg: Buffer.from(`number ${number}`.padEnd(200, '.')),
      sender: Uint8Array.of(4),
      nonce: Buffer.from(String(number)),
      ingress_expiry: BigInt(Date.now() + 240_000) * 1_000_000n,
    },
  });
  const response = await fetch(`${url}/api/${endpoint}/canister/${id.toText()}/${kind}`, { method: 'POST', body });
  const answer = Buffer.from(await response.arrayBuffer());
  if (!response.ok || !answer.includes('replied')) throw new Error(`${response.status} ${answer}`);
}

async function all(kind) {
  const lanes = 8;
  const lane = async (first) => {
    for (let i = first; i < calls; i += lanes) await send(kind, i);
  };
  await Promise.all(Array.from({ length: lanes }, (_, i) => lane(i)));
}

const resident = () => {
  const pages = Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]);
  return Math.round(pages / 1024);
};
const show = (what) => console.log(`${what.padEnd(40)} ${resident()} MiB`);

let isOver = false;
const watching = options.watch
  ? (async () => {
      while (!isOver) await (await fetch(`${url}/_/metrics`)).arrayBuffer();
    })()
  : undefined;

for (let i = 0; i < 100; i++) {
  await send('call', `warm-up ${i}`);
  await send('query', `warm-up ${i}`);
}
show('before');
await all('call');
show(`after ${calls} update calls`);
await all('query');
show(`after ${calls} queries`);
await all('query');
show(`after ${calls} queries more`);
await new Promise((resolve) => setTimeout(resolve, 30_000));
show('half a minute later');
isOver = true;
await watching;
child.kill('SIGTERM');
await new Promise((resolve) => child.once('exit', resolve));
rmSync(folder, { recursive: true });
