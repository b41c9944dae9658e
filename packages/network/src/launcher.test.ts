/** The launcher as a process, with the official command line's options. test/icp tests that command line itself. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpAgent } from '@icp-sdk/core/agent';
import { Principal } from '@icp-sdk/core/principal';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wat } from './wasm/wat.test-support.js';

const launcher = join(import.meta.dirname, '..', 'bin', 'network-launcher.mjs');

describe('the launcher', () => {
  let folder: string;
  let child: ChildProcess | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'launcher-'));
  });
  afterEach(async () => {
    if (child?.exitCode === null) {
      const ended = new Promise((resolve) => child!.once('exit', resolve));
      child.kill('SIGINT');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts it; resolves with its port when it serves, or with its output when it has ended. */
  async function launched(
    args: string[],
    env: Record<string, string> = {},
  ): Promise<{ port?: number; errors: string }> {
    const started = spawn(process.execPath, [launcher, '--status-dir', folder, ...args], {
      env: { ...process.env, ...env },
    });
    child = started;
    let errors = '';
    started.stderr.on('data', (part) => {
      errors += part;
    });
    const status = join(folder, 'status.json');
    while (!existsSync(status) && started.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 50));
    if (!existsSync(status)) return { errors };
    return { port: (JSON.parse(readFileSync(status, 'utf8')) as { gateway_port: number }).gateway_port, errors };
  }

  it('installs Internet Identity from the file that is given', async () => {
    const wasm = join(folder, 'ii.wasm');
    writeFileSync(
      wasm,
      wat(`(module (import "ic0" "msg_reply_data_append" (func $append (param i32 i32))) (import "ic0" "msg_reply" (func $reply))
        (memory 1) (data (i32.const 0) "identity")
        (func (export "canister_query who") (call $append (i32.const 0) (i32.const 8)) (call $reply)))`),
    );
    const { port } = await launched(['--ii'], { IC_NETWORK_II_WASM: wasm });
    const agent = await HttpAgent.create({ host: `http://127.0.0.1:${port}`, shouldFetchRootKey: true });
    const call = { methodName: 'who', arg: new Uint8Array() };
    const answer = await agent.query(Principal.fromText('rdmx6-jaaaa-aaaaa-aaadq-cai'), call);
    expect(answer.status === 'replied' && Buffer.from(answer.reply.arg).toString()).toBe('identity');
  });

  it.each([
    ['without a file', {}, /set IC_NETWORK_II_WASM to the file of it/],
    ['with a file that is not there', { IC_NETWORK_II_WASM: '/nowhere/ii.wasm' }, /IC_NETWORK_II_WASM: .*no such file/],
  ])('says how, %s', async (_, env, reason) => {
    const { port, errors } = await launched(['--ii'], { IC_NETWORK_II_WASM: '', ...env });
    expect(port).toBeUndefined();
    expect(errors).toMatch(reason);
  });

  it('says that several subnets are one', async () => {
    const { port, errors } = await launched(['--subnet', 'application', '--subnet', 'system']);
    expect(port).toBeGreaterThan(0);
    expect(errors).toContain('all 2 that were asked for are that one');
  });
});
