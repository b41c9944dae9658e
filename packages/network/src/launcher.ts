/**
 * The network as the official command line starts it: `icp network start` with ICP_CLI_NETWORK_LAUNCHER_PATH set to
 * this package's bin/network-launcher. The options are those of dfinity/icp-cli-network-launcher, interface version 1;
 * a ready network writes one line to `status.json` in the folder of `--status-dir`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { Network } from './network.js';
import type { Endowment } from './system-canisters/index.js';

/** The anonymous account; the command line funds each of its identities from it. */
const treasury: Endowment = { cycles: 2n ** 120n, e8s: 10n ** 18n };
const nothing: Endowment = { cycles: 0n, e8s: 0n };

/** Options that this network cannot honour; it refuses to start with them. */
const missing: Record<string, string> = {
  'bitcoind-addr': 'this network has no Bitcoin integration: remove `bitcoind-addr`',
  'dogecoind-addr': 'this network has no Dogecoin integration: remove `dogecoind-addr`',
};

function options() {
  const { values } = parseArgs({
    options: {
      'interface-version': { type: 'string', default: '1.0.0' },
      'state-dir': { type: 'string' },
      'status-dir': { type: 'string' },
      bind: { type: 'string', default: '127.0.0.1' },
      'gateway-port': { type: 'string', default: '0' },
      'config-port': { type: 'string' },
      domain: { type: 'string', multiple: true, default: [] },
      subnet: { type: 'string', multiple: true, default: [] },
      'artificial-delay-ms': { type: 'string', default: '0' },
      'bitcoind-addr': { type: 'string', multiple: true },
      'dogecoind-addr': { type: 'string', multiple: true },
      ii: { type: 'boolean' },
      nns: { type: 'boolean' },
      verbose: { type: 'boolean', default: false },
    },
  });
  const number = (name: 'gateway-port' | 'artificial-delay-ms', max: number) => {
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < 0 || value > max)
      throw new Error(`--${name}: "${values[name]}" is no number up to ${max}`);
    return value;
  };
  const version = values['interface-version'];
  if (!version.startsWith('1.')) throw new Error(`--interface-version: ${version} is not known here, only 1`);
  for (const [name, text] of Object.entries(missing)) if (values[name as keyof typeof values]) throw new Error(text);
  return {
    statusFolder: values['status-dir'],
    host: values.bind,
    port: number('gateway-port', 65_535),
    artificialDelayMilliseconds: number('artificial-delay-ms', 3_600_000),
    domains: values.domain,
    subnets: values.subnet,
    nns: values.nns ?? false,
    verbose: values.verbose,
    identity: values.ii ? internetIdentityModule() : undefined,
  };
}

/** The usual id of Internet Identity, and the file with its module, which is not part of this package. */
const internetIdentityId = 'rdmx6-jaaaa-aaaaa-aaadq-cai';
const moduleVariable = 'IC_NETWORK_II_WASM';

function internetIdentityModule(): Uint8Array {
  const path = process.env[moduleVariable];
  if (path === undefined || path === '') {
    throw new Error(
      `Internet Identity's module is not part of this network: set ${moduleVariable} to the file of it ` +
        '(internet_identity_dev.wasm.gz of its releases), or remove `ii: true`',
    );
  }
  try {
    return Uint8Array.from(readFileSync(path));
  } catch (error) {
    throw new Error(`${moduleVariable}: ${(error as Error).message}`);
  }
}

/** Installs Internet Identity; its argument is optional, and nothing is said in it. */
async function installIdentity(network: Network, wasm: Uint8Array): Promise<void> {
  const canisterId = Principal.fromText(internetIdentityId);
  network.createCanister({ canisterId, cycles: 10n ** 15n });
  const arg = Uint8Array.from(IDL.encode([IDL.Opt(IDL.Null)], [[]]));
  await network.install(canisterId, wasm, { arg });
}

async function main(): Promise<void> {
  const { statusFolder, subnets, nns, verbose, identity, ...rest } = options();
  if (nns)
    console.error(
      'Of the NNS, this network has the ICP ledger, the cycles minting canister and a stand-in for the registry only.',
    );
  if (subnets.length > 1)
    console.error(
      `This network has one subnet; all ${subnets.length} that were asked for are that one, and all canisters are created there.`,
    );
  if (statusFolder !== undefined) mkdirSync(statusFolder, { recursive: true });
  const network = await Network.start({
    ...rest,
    endowment: (owner: Principal) => (owner.isAnonymous() ? treasury : nothing),
    ...(statusFolder === undefined ? {} : { customDomains: join(statusFolder, 'custom-domains.txt') }),
  });
  if (identity !== undefined) await installIdentity(network, identity);
  if (verbose) {
    network.metrics.subscribe(({ canister, kind, method, instructions, error }) =>
      console.log(`${canister} ${kind} ${method}: ${instructions} instructions${error ? `, ${error}` : ''}`),
    );
  }
  const stop = async () => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    await network.stop();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  console.log(`The network listens at ${network.url}`);
  if (statusFolder === undefined) return;
  const status = {
    v: '1',
    gateway_port: network.port,
    root_key: Buffer.from(network.rootKey).toString('hex'),
    default_effective_canister_id: network.firstCanisterId.toText(),
    supported_features: ['custom-domains'],
  };
  writeFileSync(join(statusFolder, 'status.json'), `${JSON.stringify(status)}\n`);
}

main().catch((error: NodeJS.ErrnoException) => {
  const inUse = error.code === 'EADDRINUSE';
  console.error(inUse ? `The address is in use already: ${error.message}` : error.message);
  process.exitCode = 1;
});
