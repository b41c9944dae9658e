import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { HttpAgent } from '@icp-sdk/core/agent';
import { afterAll, describe, expect, it } from 'vitest';

const isFull = process.env.LLAMA_CANISTER_TEST === 'full';
const main = join(dirname(createRequire(import.meta.url).resolve('@llama-canister/network/worker')), '../main.js');
const folder = mkdtempSync(join(tmpdir(), 'network-'));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function start(...options: string[]) {
  const child = spawn(process.execPath, [main, ...options]);
  children.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part) => {
      text += part;
    });
  }
  const exit = new Promise<{ code: number | null; text: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, text }));
  });
  return { child, exit };
}

describe('the network as a process', () => {
  it.each(isFull ? (['SIGTERM', 'SIGINT'] as const) : (['SIGTERM'] as const))(
    'writes where it is, serves, and goes at %s',
    async (signal) => {
      const statusFile = join(folder, `${signal}.json`);
      const { child, exit } = start('--status-file', statusFile);
      await expect.poll(() => existsSync(statusFile), { timeout: 30_000 }).toBe(true);
      const { url, rootKey, pid } = JSON.parse(readFileSync(statusFile, 'utf8'));
      expect(pid).toBe(child.pid);
      const agent = HttpAgent.createSync({ host: url });
      expect(Buffer.from(await agent.fetchRootKey()).toString('hex')).toBe(rootKey);
      const busy = start('--port', new URL(url).port);
      expect(await busy.exit).toMatchObject({ code: 1, text: expect.stringContaining('in use already') });
      child.kill(signal);
      expect((await exit).code).toBe(0);
      expect(existsSync(statusFile)).toBe(false);
    },
  );

  const refusals: [string[], string][] = [
    [['--port', 'x'], '--port: "x" is no port'],
    [['--metering', 'guess'], 'neither exact nor fast'],
    [['--nonsense'], 'Unknown option'],
  ];
  it.each(isFull ? refusals : refusals.slice(0, 1))('refuses %s', async (options, text) => {
    expect(await start(...options).exit).toMatchObject({ code: 1, text: expect.stringContaining(text) });
  });
});
