/** The official `icp` command line with a network that runs already: everything that it does with canisters. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Principal } from '@icp-sdk/core/principal';
import { Network } from '@llama-canister/network';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withSection } from '../../packages/network/src/wasm/wat.test-support.js';
import { root } from '../cli/model.js';
import { isFull } from '../full.js';
import { counter, missing, Project } from './icp.js';

describe.skipIf(missing)(`the official command line, connected${missing}`, () => {
  let network: Network;
  let project: Project;
  let me: string;
  const info = (name: string) => network.canister(Principal.fromText(project.id(name)));

  beforeAll(async () => {
    network = await Network.start();
    project = new Project(
      `networks:
  - name: here
    mode: connected
    url: ${network.url}
    root-key: ${Buffer.from(network.rootKey).toString('hex')}
environments:
  - { name: here, network: here }
`,
      'here',
    );
    await project.icp('identity new me --storage plaintext');
    await project.icp('identity default me');
    me = (await project.icp('identity principal')).trim();
  });
  afterAll(async () => {
    project?.dispose();
    await network?.stop();
  });

  it('finds the network healthy', async () => {
    const answer = await project.icp(`network ping ${network.url} --wait-healthy`);
    expect(answer).toContain('"replica_health_status": "healthy"');
  });

  it('deploys: creates through the cycles ledger, and installs', async () => {
    const balance = async () => BigInt((await project.icp('cycles balance -n here')).replace(/\D/g, ''));
    const before = await balance();
    const text = await project.here('deploy');
    expect(text).toContain(`Created canister llama with ID ${project.id('llama')}`);
    expect(text).toContain(`Created canister counter with ID ${project.id('counter')}`);
    expect(info('llama')).toMatchObject({ status: 'running', settings: { controllers: [Principal.fromText(me)] } });
    expect(info('llama').moduleHash).toHaveLength(32);
    // Two canisters of 2 T cycles each, and the ledger's fee of 0.1 G.
    expect(before - (await balance())).toBe(2n * (2_000_000_000_000n + 100_000_000n));
  });

  it('calls, with Candid as text and the types of the metadata', async () => {
    expect(await project.here('canister call llama health () --query')).toBe(
      '(variant { Ok = record { status_code = 200 : nat16 } })\n',
    );
    const limits = '(record { max_tokens_update = 7 : nat64; max_tokens_query = 3 : nat64 })';
    expect(await project.here('canister call llama set_max_tokens', limits)).toContain('Ok');
    const kept = '(record { max_tokens_query = 3 : nat64; max_tokens_update = 7 : nat64 })\n';
    expect(await project.here('canister call llama get_max_tokens () --query')).toBe(kept);
    expect(await project.here('canister call llama get_max_tokens ()')).toBe(kept);
    expect(await project.here('canister call llama whoami ()')).toBe(`("${me}")\n`);
    expect(await project.here('canister call llama whoami () --query --identity anonymous')).toBe('("2vxsx-fae")\n');
    expect(await project.here('canister call counter count ()')).toBe('(1 : nat64)\n');
  });

  it('reports errors', async () => {
    const trapped = await project.refusedHere('canister call counter fail ()');
    expect(trapped).toContain('reject code CanisterError');
    expect(trapped).toContain('Canister trapped: unreachable');
    expect(trapped).toContain('IC0502');
    const nobody = Principal.fromUint8Array(Uint8Array.of(0, 0, 0, 0, 9, 0x90, 0, 1, 1, 1)).toText();
    const lost = await project.refused(`canister call ${nobody} get () -n here`);
    expect(lost).toContain('DestinationInvalid');
    expect(lost).toContain('IC0301');
  });

  it('upgrades changed code and keeps its state; reinstalls, and loses it', async () => {
    const before = info('counter').moduleHash;
    project.build('counter', counter(2));
    await project.here('deploy');
    expect(info('counter').moduleHash).not.toEqual(before);
    expect(await project.here('canister call counter get () --query')).toBe('(1 : nat64)\n');
    expect(await project.here('canister call counter version () --query')).toBe('(2 : nat64)\n');
    expect(await project.here('canister call counter count ()')).toBe('(3 : nat64)\n');
    expect(await project.here('canister call llama get_max_tokens () --query')).toContain('max_tokens_update = 7');

    await project.here('canister install counter --mode reinstall --yes');
    expect(await project.here('canister call counter get () --query')).toBe('(0 : nat64)\n');
    await project.here('canister install llama --mode upgrade --yes');
    expect(await project.here('canister call llama get_max_tokens () --query')).toContain('max_tokens_update = 7');
    expect(await project.refusedHere('canister install llama --mode install')).toContain('IC0538');
    expect(info('llama').status).toBe('running');
  });

  it.runIf(isFull)('installs a module in chunks if it is too large for a message', async () => {
    const llama = readFileSync(join(root, 'canister/build/llama.wasm'));
    project.build('llama', withSection(llama, 'padding', '.'.repeat(2_300_000)));
    await project.icp('build llama');
    await project.here('canister install llama --mode upgrade --yes');
    expect(await project.here('canister call llama get_max_tokens () --query')).toContain('max_tokens_update = 7');
    project.build('llama', llama);
  });

  it.runIf(isFull)('checks that an upgrade does not break the interface', async () => {
    project.build('counter', counter(1));
    await project.icp('build counter');
    expect(await project.refusedHere('canister install counter --mode upgrade')).toMatch(/version/);
    await project.here('canister install counter --mode upgrade --yes');
  });

  it.runIf(isFull)('reads metadata; private sections for controllers only', async () => {
    expect(await project.here('canister metadata llama candid:service')).toContain('run_update : (InputRecord)');
    expect(await project.here('canister metadata counter notes')).toContain('for controllers');
    expect(await project.refusedHere('canister metadata counter notes --identity anonymous')).toContain('not found');
  });

  it.runIf(isFull)('shows and changes settings', async () => {
    const update = (...options: string[]) => project.here('canister settings update counter -f', ...options);
    await update('--wasm-memory-limit', '1gib', '--wasm-memory-threshold', '1mib', '--freezing-threshold', '1d');
    await update('--memory-allocation', '64mib', '--reserved-cycles-limit', '1t', '--log-memory-limit', '256kib');
    await update('--compute-allocation', '1', '--add-environment-variable', 'COLOUR=blue');
    await update('--add-controller', '2vxsx-fae');
    await update('--log-visibility', 'public');
    const status = await project.json('canister status counter');
    expect(status.settings).toMatchObject({
      freezing_threshold: '86_400',
      wasm_memory_limit: '1_073_741_824',
      wasm_memory_threshold: '1_048_576',
      memory_allocation: '67_108_864',
      compute_allocation: '1',
      reserved_cycles_limit: '1_000_000_000_000',
    });
    const shown = await project.here('canister settings show counter');
    expect(shown).toContain('Log visibility: Public');
    expect(shown).toContain('COLOUR: blue');
    expect(shown).toContain('controller: 2vxsx-fae');
    await project.here('canister logs counter --identity anonymous');

    await update('--remove-controller', '2vxsx-fae', '--log-visibility', 'controllers', '--compute-allocation', '0');
    expect(await project.refusedHere('canister logs counter --identity anonymous')).toContain('not allowed');
    await update('--add-log-viewer', '2vxsx-fae');
    await project.here('canister logs counter --identity anonymous');
    expect(info('counter').settings.controllers.map((each) => each.toText())).toEqual([me]);
    expect(await project.here('canister settings show counter')).toContain('log viewer: 2vxsx-fae');
    expect(
      await project.refusedHere('canister settings update counter -f --freezing-threshold 1d --identity anonymous'),
    ).toMatch(/IC0512/);
  });

  it.runIf(isFull)('prints the log, also parts of it, and follows it', async () => {
    await project.here('canister call counter count ()');
    await project.refusedHere('canister call counter fail ()');
    const { log_records: records } = await project.json('canister logs counter');
    expect(records.map(({ content }: { content: string }) => content)).toEqual([
      'counted on',
      expect.stringContaining('unreachable'),
    ]);
    const first = Number(records[0].index);
    const last = await project.json(`canister logs counter --since-index ${first + 1}`);
    expect(last.log_records).toHaveLength(1);
    expect((await project.json(`canister logs counter --until-index ${first + 1}`)).log_records).toEqual([records[0]]);
    expect((await project.json('canister logs counter --until 2020-01-01T00:00:00Z')).log_records).toEqual([]);

    const following = project.start('canister logs counter --follow --interval 1 -e here'.split(' '));
    await following.until('counted on');
    await project.here('canister call counter count ()');
    await expect.poll(() => following.stdout.split('counted on').length - 1, { timeout: 10_000 }).toBe(2);
    following.process.kill('SIGINT');
    await following.ended;
  });

  it.runIf(isFull)('tops up, stops, starts, and shows the status', async () => {
    const before = info('llama').cycles;
    await project.here('canister top-up llama --amount 3t');
    expect(info('llama').cycles - before).toBeGreaterThan(2_999_000_000_000n);
    await project.here('canister stop llama');
    expect(await project.json('canister status llama')).toMatchObject({ status: 'Stopped' });
    expect(await project.refusedHere('canister call llama health () --query')).toContain('IC0508');
    expect(await project.refusedHere('canister call llama health ()')).toContain('IC0508');
    await project.here('canister start llama');
    expect(await project.json('canister status llama')).toMatchObject({ id: project.id('llama'), status: 'Running' });
    const open = await project.here('canister status llama --identity anonymous');
    expect(open).toContain(`controller: ${me}`);
    expect(open).not.toContain('Cycles');
    expect(await project.here('canister status llama --public')).toContain('Module hash: 0x');
  });

  it.runIf(isFull)('takes a snapshot, and restores it', async () => {
    const count = async (text: string) =>
      expect(await project.here('canister call counter get () --query')).toBe(`(${text} : nat64)\n`);
    await count('2');
    expect(await project.refusedHere('canister snapshot create counter')).toContain('stop the canister first');
    await project.here('canister stop counter');
    const { snapshot_id: id } = await project.json('canister snapshot create counter');
    await project.here('canister start counter');
    await project.here('canister call counter count ()');
    await count('3');
    await project.here('canister stop counter');
    expect(await project.here('canister snapshot list counter')).toContain(id);
    await project.here('canister snapshot restore counter', id);
    await project.here('canister start counter');
    await count('2');
    const folder = join(project.folder, 'snapshot');
    await project.here('canister snapshot download counter', id, '--output', folder);
    await project.here('canister call counter count ()');
    await project.here('canister stop counter');
    const { snapshot_id: uploaded } = await project.json('canister snapshot upload counter', '--input', folder);
    await project.here('canister snapshot restore counter', uploaded);
    await project.here('canister start counter');
    await count('2');
    await project.here('canister snapshot delete counter', uploaded);
    await project.here('canister snapshot delete counter', id);
    expect(await project.here('canister snapshot list counter')).not.toContain(id);
  });

  it.runIf(isFull)('moves cycles and ICP', async () => {
    const tokens = (line: string) => project.icp(`${line} -n here`);
    expect(await tokens('cycles mint --icp 2')).toContain('Minted');
    expect(await tokens('token transfer 1.5 2vxsx-fae')).toContain('Transferred 1.50000000 ICP');
    expect(await tokens('cycles transfer 1t 2vxsx-fae')).toContain('Transferred');
    expect(await tokens('token balance --identity anonymous')).toContain('1000001.50000000 ICP');
    expect(await tokens('canister create --detached --with-icp 5')).toContain('Created canister with ID');
    expect(await project.refused('token transfer 100000000 2vxsx-fae -n here')).toMatch(/insufficient|balance/i);
  });

  it.runIf(isFull)('deletes, and gets the cycles back', async () => {
    const id = project.id('llama');
    expect(await project.here('canister delete llama')).toMatch(/Recovered \d{13} cycles/);
    expect(await project.refused(`canister status ${id} -n here`)).toContain('was not found');
    expect(() => network.canister(Principal.fromText(id))).toThrow('IC0301');
  });

  it.runIf(isFull)('links a canister that was created in another way', async () => {
    const id = network.createCanister({ controllers: [Principal.fromText(me)] }).toText();
    await project.here(`canister link llama ${id}`);
    await project.here('deploy llama --no-create');
    expect(await project.here('canister call llama health () --query')).toContain('status_code = 200');
  });
});
