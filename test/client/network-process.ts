/** A local network as a process of its own, which can be killed and started again with its state. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../cli/model.js';

export class NetworkProcess {
  readonly #folder = mkdtempSync(join(tmpdir(), 'network-process-'));
  #process: ChildProcess | undefined;
  #port = 0;
  url = '';
  rootKey = new Uint8Array(0);

  /** Starts it, from the second time on at the same port; resolves when it listens. */
  async start(): Promise<void> {
    const status = join(this.#folder, 'status.json');
    rmSync(status, { force: true });
    const args = ['--port', String(this.#port), '--state', join(this.#folder, 'state'), '--status-file', status];
    const command = join(root, 'packages/network/bin/network.mjs');
    this.#process = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
    while (!existsSync(status)) await sleep(20);
    const { url, port, rootKey } = JSON.parse(readFileSync(status, 'utf8'));
    this.url = url;
    this.#port = port;
    this.rootKey = Uint8Array.from(Buffer.from(rootKey, 'hex'));
  }

  /** Kills it at once, in the middle of whatever it does. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Asks it to end. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process!;
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  async dispose(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
