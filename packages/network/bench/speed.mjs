// Prints how fast the network is: `node packages/network/bench/speed.mjs` after `npx tsc -b packages/network`.
// Instrumented against plain code (with --loops, nothing else), starting a network, undoing a trap, queries over HTTP, an idle network's CPU.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import wabt from 'wabt';
import { DirectCanister, Network } from '../dist/index.js';
import { encodeCbor } from '../dist/protocol/cbor.js';

const toolkit = await wabt();
const assemble = (text) => toolkit.parseWat('bench.wat', text, { simd: true }).toBinary({}).buffer;
const show = (name, value) => console.log(`${name.padEnd(58)} ${value}`);

/** The shape of an int8 x int16 matrix-vector product: 64 multiply-adds of four rows from one base, `unroll` times. */
function simdKernel(unroll) {
  const lanes = Array.from({ length: 16 }, (_, i) => i);
  const dot = (u, j) =>
    `(i32x4.dot_i16x8_s (v128.load8x8_s offset=${u * 144 + j * 8} (local.get $w)) (local.get $x${j}))`;
  const sum = (u) => lanes.slice(1).reduce((acc, j) => `(i32x4.add ${acc} ${dot(u, j)})`, dot(u, 0));
  const row = (u) => `(v128.store offset=${u * 16} (local.get $y) (f32x4.add (v128.load offset=${u * 16} (local.get $y))
    (f32x4.mul (f32x4.convert_i32x4_s ${sum(u)}) (v128.load offset=${u * 144 + 128} (local.get $w)))))`;
  return `(module (memory 2000) (func (export "canister_update run") (local $k i32) (local $w i32) (local $y i32) (local $n i32)
    ${lanes.map((j) => `(local $x${j} v128)`).join(' ')}
    (local.set $w (i32.const 1048576))
    (loop $outer
      ${lanes.map((j) => `(local.set $x${j} (v128.load offset=${j * 16} (i32.shl (local.get $k) (i32.const 8))))`).join('\n')}
      (local.set $y (i32.const 524288)) (local.set $n (i32.const ${1024 / unroll}))
      (loop $rows ${Array.from({ length: unroll }, (_, u) => row(u)).join('\n')}
        (local.set $w (i32.add (local.get $w) (i32.const ${144 * unroll})))
        (local.set $y (i32.add (local.get $y) (i32.const ${16 * unroll})))
        (br_if $rows (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (br_if $outer (i32.lt_u (local.tee $k (i32.add (local.get $k) (i32.const 1))) (i32.const 800))))))`;
}

/** Dependent 4-byte loads and stores at computed addresses: the worst that page checks can meet. */
const scalarKernel = `(module (memory 300) (func (export "canister_update run") (local $i i32) (local $s i32)
  (loop (local.set $s (i32.xor (local.get $s) (i32.load (i32.add (i32.const 8388608)
      (i32.shl (i32.and (i32.mul (local.get $i) (i32.const 7)) (i32.const 0xfffff)) (i32.const 2))))))
    (i32.store (i32.add (i32.const 1048576) (i32.shl (i32.and (local.get $i) (i32.const 0xfffff)) (i32.const 2))) (local.get $s))
    (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 10000000))))))`;

/**
 * The same loop with as little as exact metering can do, written by hand: the mark of each page is looked up and found,
 * and one counter counts down. What stands where a mark is missing never runs; with a call there, as it must be, the
 * engine neither unrolls the loop nor keeps the memory's start in a register, and that is most of the price.
 */
const scalarFloor = (miss) => `(module (import "host" "miss" (func $miss (param i32 i32))) (memory 301)
  (func (export "canister_update run") (local $i i32) (local $s i32) (local $a i32) (local $left i64)
  (memory.fill (i32.const 0) (i32.const 3) (i32.const 65536)) (local.set $left (i64.const 40000000000))
  (loop
    (if (i64.lt_s (local.tee $left (i64.sub (local.get $left) (i64.const 30))) (i64.const 0)) (then (unreachable)))
    (local.set $a (i32.add (i32.const 8388608) (i32.shl (i32.and (i32.mul (local.get $i) (i32.const 7)) (i32.const 0xfffff)) (i32.const 2))))
    (if (i32.eqz (i32.load8_u (i32.shr_u (local.get $a) (i32.const 16)))) (then ${miss}))
    (local.set $s (i32.xor (local.get $s) (i32.load offset=65536 (local.get $a))))
    (local.set $a (i32.add (i32.const 1048576) (i32.shl (i32.and (local.get $i) (i32.const 0xfffff)) (i32.const 2))))
    (if (i32.eqz (i32.and (i32.load8_u (i32.shr_u (local.get $a) (i32.const 16))) (i32.const 2))) (then ${miss}))
    (i32.store offset=65536 (local.get $a) (local.get $s))
    (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 10000000))))))`;
const floors = {
  'that loop with the least of metering, if nothing could miss': '(unreachable)',
  'that loop with the least of metering': '(call $miss (local.get $a) (local.get $a))',
};

/** The best of many, in milliseconds: the machine may be busy with other things. */
function best(work, times = 60) {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Of each, the median of how fast it was compared with `plain` in the same turn: what else the machine does meets both.
 * The first third of the turns is for the engine to warm up.
 */
function relativeSpeeds(runners, turns = 90) {
  const ratios = Object.fromEntries(Object.keys(runners).map((name) => [name, []]));
  const plain = [];
  for (let i = 0; i < turns; i++) {
    const times = Object.fromEntries(Object.entries(runners).map(([name, run]) => [name, best(run, 1)]));
    if (i < turns / 3) continue;
    plain.push(times.plain);
    for (const name of Object.keys(runners)) ratios[name].push(times.plain / times[name]);
  }
  return { speed: (name) => median(ratios[name]), plain: median(plain) };
}

for (const [name, text] of [
  ['SIMD loop', simdKernel(1)],
  ['SIMD loop, four row groups a turn', simdKernel(4)],
  ['scalar loop at computed addresses', scalarKernel],
]) {
  const wasm = assemble(text);
  const plain = new WebAssembly.Instance(new WebAssembly.Module(wasm)).exports['canister_update run'];
  const runners = { plain };
  for (const mode of ['exact', 'fast']) {
    const canister = new DirectCanister({ mode });
    canister.install(wasm);
    runners[mode] = () => canister.update('run');
  }
  if (text === scalarKernel) {
    for (const [floor, miss] of Object.entries(floors)) {
      const instance = new WebAssembly.Instance(new WebAssembly.Module(assemble(scalarFloor(miss))), {
        host: { miss() {} },
      });
      runners[floor] = instance.exports['canister_update run'];
    }
  }
  const { speed, plain: milliseconds } = relativeSpeeds(runners);
  const ratio = (mode) => `${mode} ${speed(mode).toFixed(2)} x`;
  show(
    `${name}: speed of the uninstrumented code`,
    `${ratio('exact')}, ${ratio('fast')} (plain ${milliseconds.toFixed(1)} ms)`,
  );
  for (const floor of Object.keys(floors)) if (floor in runners) show(floor, `${speed(floor).toFixed(2)} x`);
}

if (process.argv.includes('--loops')) process.exit(0);
await Network.start().then((network) => network.stop());
let started;
const startTimes = [];
for (let i = 0; i < 5; i++) {
  const start = performance.now();
  const network = await Network.start();
  startTimes.push(performance.now() - start);
  await network.stop();
  started = Math.min(...startTimes);
}
show('a fresh embedded network', `${started.toFixed(0)} ms`);

const large = new DirectCanister();
large.install(
  assemble(`(module (memory 65535) (func (export "canister_update trap") (local $p i32) (local $n i32)
  (loop (i32.store (local.get $p) (i32.const 1)) (local.set $p (i32.add (local.get $p) (i32.const 65536)))
    (br_if 0 (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 10)))) (unreachable)))`),
);
show('a trap after ten pages of a 4 GiB heap, undone', `${best(() => large.update('trap'), 50).toFixed(2)} ms`);

// Over HTTP, against a process of its own.
const folder = mkdtempSync(join(tmpdir(), 'network-bench-'));
const statusFile = join(folder, 'status.json');
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const child = spawn(process.execPath, [main, '--status-file', statusFile], { stdio: ['ignore', 'pipe', 'inherit'] });
process.once('exit', () => child.kill());
await new Promise((resolve) => child.stdout.once('data', resolve));
const { url, rootKey } = JSON.parse(readFileSync(statusFile, 'utf8'));
const { HttpAgent } = await import('@icp-sdk/core/agent');
const { IDL } = await import('@icp-sdk/core/candid');
const { Principal } = await import('@icp-sdk/core/principal');
const { methods } = await import('../dist/management/interface.js');
const agent = HttpAgent.createSync({ host: url, rootKey: Buffer.from(rootKey, 'hex') });
const someone = Principal.fromText('rwlgt-iiaaa-aaaaa-aaaaa-cai');
const manage = async (name, argument, effectiveCanisterId) => {
  const arg = IDL.encode([methods[name][0]], [argument]);
  const { reply } = await agent.update(Principal.managementCanister(), { methodName: name, arg, effectiveCanisterId });
  return methods[name][1] && IDL.decode([methods[name][1]], reply)[0];
};
const { canister_id: id } = await manage(
  'provisional_create_canister_with_cycles',
  { amount: [], settings: [], specified_id: [], sender_canister_version: [] },
  someone,
);
const trivial = assemble(`(module (import "ic0" "msg_reply" (func $reply)) (memory 1)
  (func (export "canister_query ask") (call $reply)) (func (export "canister_update tell") (call $reply)))`);
await manage(
  'install_code',
  {
    mode: { install: null },
    canister_id: id,
    wasm_module: trivial,
    arg: new Uint8Array(),
    sender_canister_version: [],
  },
  id,
);
const body = encodeCbor({
  content: {
    request_type: 'query',
    canister_id: id.toUint8Array(),
    method_name: 'ask',
    arg: new Uint8Array(),
    sender: Uint8Array.of(4),
    ingress_expiry: 0,
  },
});
const ask = async () => {
  const response = await fetch(`${url}/api/v3/canister/${id.toText()}/query`, { method: 'POST', body });
  if (!response.ok) throw new Error(await response.text());
  await response.arrayBuffer();
};
const cpuOf = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
};
const perSecond = async (count, work, lanes = 8) => {
  const cpu = process.platform === 'linux' ? cpuOf(child.pid) : undefined;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let i = 0; i < count / lanes; i++) await work();
    }),
  );
  const wall = count / ((performance.now() - start) / 1000);
  const used = cpu === undefined ? '' : `, ${(count / (cpuOf(child.pid) - cpu)).toFixed(0)}/s by its CPU time`;
  return `${wall.toFixed(0)}/s by the clock${used}`;
};
await perSecond(400, ask);
show('queries over HTTP, one trivial canister', await perSecond(2000, ask));
const tell = () => agent.call(id, { methodName: 'tell', arg: new Uint8Array(), effectiveCanisterId: id });
await perSecond(40, tell);
show('update calls over HTTP, certified (client not verifying)', await perSecond(200, tell));
if (process.platform === 'linux') {
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const before = cpuOf(child.pid);
  await new Promise((resolve) => setTimeout(resolve, 5000));
  show('CPU time of an idle network in 5 s', `${((cpuOf(child.pid) - before) * 1000).toFixed(0)} ms`);
}
child.kill('SIGTERM');
await new Promise((resolve) => child.once('exit', resolve));
rmSync(folder, { recursive: true });
