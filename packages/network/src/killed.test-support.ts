/** For tests: a network as a process of its own that is killed again and again while it is being used. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HttpAgent } from '@icp-sdk/core/agent';
import type { Principal } from '@icp-sdk/core/principal';
import { type Call, send } from './anonymous-call.test-support.js';
import { wat } from './wasm/wat.test-support.js';

const main = join(dirname(createRequire(import.meta.url).resolve('@llama-canister/network/worker')), '../main.js');

/**
 * `write` adds one to a global, and leaves the new number in 40 pages of the heap and 40 of stable memory; `relay` lets the
 * canister that its argument names do so, counting before and after; `check` replies with the global, the least and the
 * greatest of all these numbers, and the two counts, as u64 each.
 */
export const witness = wat(`(module
  (import "ic0" "msg_arg_data_copy" (func $arg_copy (param i32 i32 i32)))
  (import "ic0" "msg_reply_data_append" (func $append (param i32 i32)))
  (import "ic0" "msg_reply" (func $reply))
  (import "ic0" "call_new" (func $call_new (param i32 i32 i32 i32 i32 i32 i32 i32)))
  (import "ic0" "call_perform" (func $perform (result i32)))
  (import "ic0" "stable64_grow" (func $grow (param i64) (result i64)))
  (import "ic0" "stable64_read" (func $read (param i64 i64 i64)))
  (import "ic0" "stable64_write" (func $stable_write (param i64 i64 i64)))
  (memory 64) (table funcref (elem $back $failed))
  (global $count (mut i64) (i64.const 0)) (global $sent (mut i64) (i64.const 0)) (global $received (mut i64) (i64.const 0))
  (global $least (mut i64) (i64.const -1)) (global $greatest (mut i64) (i64.const 0))
  (data (i32.const 100) "write")
  (func $see (param i64)
    (if (i64.lt_u (local.get 0) (global.get $least)) (then (global.set $least (local.get 0))))
    (if (i64.gt_u (local.get 0) (global.get $greatest)) (then (global.set $greatest (local.get 0)))))
  (func $number (call $append (i32.const 0) (i32.const 8)) (call $reply))
  (func (export "canister_init") (drop (call $grow (i64.const 64))))
  (func (export "canister_update write") (local $i i32)
    (global.set $count (i64.add (global.get $count) (i64.const 1)))
    (i64.store (i32.const 0) (global.get $count))
    (loop
      (i64.store (i32.add (i32.const 65536) (i32.mul (local.get $i) (i32.const 65544))) (global.get $count))
      (call $stable_write (i64.extend_i32_u (i32.mul (local.get $i) (i32.const 65544))) (i64.const 0) (i64.const 8))
      (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 40))))
    (call $number))
  (func (export "canister_update relay")
    (global.set $sent (i64.add (global.get $sent) (i64.const 1)))
    (call $arg_copy (i32.const 200) (i32.const 0) (i32.const 10))
    (call $call_new (i32.const 200) (i32.const 10) (i32.const 100) (i32.const 5) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0))
    (if (call $perform) (then (unreachable))))
  (func $back (param i32)
    (global.set $received (i64.add (global.get $received) (i64.const 1)))
    (call $arg_copy (i32.const 0) (i32.const 0) (i32.const 8)) (call $number))
  (func $failed (param i32) (unreachable))
  (func (export "canister_query check") (local $i i32)
    (loop
      (call $see (i64.load (i32.add (i32.const 65536) (i32.mul (local.get $i) (i32.const 65544)))))
      (call $read (i64.const 16) (i64.extend_i32_u (i32.mul (local.get $i) (i32.const 65544))) (i64.const 8))
      (call $see (i64.load (i32.const 16)))
      (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 40))))
    (i64.store (i32.const 0) (global.get $count)) (i64.store (i32.const 8) (global.get $least))
    (i64.store (i32.const 16) (global.get $greatest)) (i64.store (i32.const 24) (global.get $sent))
    (i64.store (i32.const 32) (global.get $received)) (call $append (i32.const 0) (i32.const 40)) (call $reply)))`);

export interface Testimony {
  count: number;
  least: number;
  greatest: number;
  sent: number;
  received: number;
}

const nothing = new Uint8Array();

/** One life of the network's process. */
export class Life {
  readonly child: ChildProcess;
  private readonly statusFile: string;
  private readonly ended: Promise<void>;
  private text = '';
  private url = '';
  agent!: HttpAgent;

  /** `largestFile`: bytes that a file may have; beyond them writing fails, as it does on a full disk. */
  constructor(folder: string, largestFile?: number) {
    this.statusFile = join(folder, 'status.json');
    rmSync(this.statusFile, { force: true });
    const command = [process.execPath, main, '--state', join(folder, 'state'), '--status-file', this.statusFile];
    // POSIX: blocks of 512 bytes.
    const limited = `trap '' XFSZ; ulimit -f ${(largestFile ?? 0) / 512}; exec "$@"`;
    const [program, ...args] = largestFile === undefined ? command : ['sh', '-c', limited, 'sh', ...command];
    this.child = spawn(program!, args);
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.on('data', (part) => {
        this.text += part;
      });
    }
    this.ended = new Promise((resolve) => this.child.once('close', () => resolve()));
  }

  /** Resolves when the network listens. */
  async ready(): Promise<this> {
    for (const end = Date.now() + 60_000; !existsSync(this.statusFile); await sleep(5)) {
      if (this.child.exitCode !== null || Date.now() > end) throw new Error(`the network did not start: ${this.text}`);
    }
    const { url, rootKey } = JSON.parse(readFileSync(this.statusFile, 'utf8'));
    this.url = url;
    this.agent = HttpAgent.createSync({
      host: url,
      rootKey: Uint8Array.from(Buffer.from(rootKey, 'hex')),
      retryTimes: 0,
    });
    return this;
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.child.kill(signal);
    await this.ended;
  }

  async check(canisterId: Principal): Promise<Testimony> {
    const answer = await this.agent.query(canisterId, { methodName: 'check', arg: nothing });
    if (answer.status !== 'replied') throw new Error(answer.reject_message);
    const bytes = Buffer.from(answer.reply.arg);
    const [count, least, greatest, sent, received] = [0, 8, 16, 24, 32].map((at) => Number(bytes.readBigInt64LE(at)));
    return { count: count!, least: least!, greatest: greatest!, sent: sent!, received: received! };
  }

  /** The certificate or the refusal that answers an update call. */
  answer(canisterId: Principal, call: Call): Promise<Uint8Array> {
    return send(this.url, canisterId, call);
  }

  /** Sends an update call, anonymously, and returns whether it was answered with a reply. */
  async call(canisterId: Principal, call: Call): Promise<boolean> {
    try {
      return statusIn(await this.answer(canisterId, call)) === 'replied';
    } catch {
      return false;
    }
  }

  /** The state of a call: undefined if it is unknown. */
  async fate(canisterId: Principal, { id }: Call): Promise<string | undefined> {
    const paths = [[new TextEncoder().encode('request_status'), id]];
    return statusIn((await this.agent.readState(canisterId, { paths })).certificate);
  }
}

/** The status in a certificate of one request's. */
function statusIn(certificate: Uint8Array): string | undefined {
  const bytes = Buffer.from(certificate);
  return ['replied', 'rejected', 'processing', 'received'].find((status) => bytes.includes(status));
}
