/**
 * The official `icp` command line starts this network itself, with the launcher that ICP_CLI_NETWORK_LAUNCHER_PATH
 * names.
 */
import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFull } from '../full.js';
import { missing, Project } from './icp.js';

/** Requests a page of a host; the host's name need not be resolved. */
function page(port: number, host: string, path = '/'): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', path, headers: { host: `${host}:${port}` } }, (answer) => {
      let body = '';
      answer.on('data', (part) => {
        body += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode!, body }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe.skipIf(missing)(`the official command line starts the network${missing}`, () => {
  let project: Project;
  const cached = (file: string) => join(project.folder, '.icp/cache/networks/local', file);
  const descriptor = () => JSON.parse(readFileSync(cached('descriptor.json'), 'utf8'));
  const isAlive = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  beforeAll(async () => {
    project = new Project('networks:\n  - { name: local, mode: managed, gateway: { port: 0 } }\n', 'local');
    await project.icp('identity new me --storage plaintext');
    await project.icp('identity default me');
    await project.icp('network start -d');
  });
  afterAll(async () => {
    if (project === undefined) return;
    await project.run('network', 'stop');
    project.dispose();
  });

  it('gives identities their first balances, and installs its own canisters', async () => {
    expect(await project.icp('cycles balance')).toContain('Balance: 1_000_000_000_000_000 cycles');
    expect(await project.icp('token balance')).toContain('1000000.00000000 ICP');
    const status = await project.icp('network status');
    expect(status).toContain(descriptor()['candid-ui-canister-id']);
    expect(status).toContain(descriptor()['proxy-canister-id']);
  });

  it('deploys, calls, deletes', async () => {
    expect(await project.icp('deploy')).toContain(`Created canister llama with ID ${project.id('llama', 'cache')}`);
    expect(await project.icp('canister call llama health () --query')).toContain('status_code = 200');
    expect(await project.icp('canister call counter count ()')).toBe('(1 : nat64)\n');
    expect(await project.icp('deploy')).toContain('All canisters already exist');
    expect(await project.icp('canister call counter get () --query')).toBe('(1 : nat64)\n');
    expect(await project.icp('canister delete counter')).toMatch(/Recovered \d+ cycles/);
  });

  it.runIf(isFull)('calls and creates through a proxy canister', async () => {
    const proxy = descriptor()['proxy-canister-id'];
    expect(await project.icp(`canister call llama whoami () --proxy ${proxy}`)).toBe(`("${proxy}")\n`);
    const created = await project.icp(`canister create --detached --proxy ${proxy} --cycles 1t`);
    const id = /with ID (\S+)/.exec(created)![1]!;
    expect(await project.icp(`canister status ${id} --public -n local`)).toContain(`controller: ${proxy}`);
  });

  it('serves the Candid interface in the browser, verified', async () => {
    const { gateway, 'candid-ui-canister-id': ui } = descriptor();
    const { status, body } = await page(gateway.port, `${ui}.localhost`, `/?id=${project.id('llama', 'cache')}`);
    expect(status).toBe(200);
    expect(body).toContain('<html');
    // The command line has named the canister; the name and the id lead to the same page.
    const byId = await page(gateway.port, `${project.id('llama', 'cache')}.localhost`);
    expect(await page(gateway.port, 'llama.local.localhost')).toEqual(byId);
  });

  it.runIf(isFull)('reports what it does not support', async () => {
    const other = new Project(
      'networks:\n  - { name: local, mode: managed, gateway: { port: 0 }, ii: true }\n',
      'local',
    );
    try {
      expect(await other.refused('network start -d')).toContain('set IC_NETWORK_II_WASM to the file of it');
    } finally {
      other.dispose();
    }
  });

  it('stops', async () => {
    const { pid } = descriptor()['child-locator'];
    expect(isAlive(pid)).toBe(true);
    expect(await project.icp('network stop')).toContain('Network stopped');
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(cached('descriptor.json'))).toBe(false);
  });
});
