/**
 * npm run bench -- --end-to-end: what a user of a local network waits for: the upload, the loading and the tokens of a file,
 * through client, HTTP, certificates and the network in one process. Seconds are the clock's and, beside them, the
 * processor's, which other work on the machine changes less.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ed25519KeyIdentity } from '@icp-sdk/core/identity';
import {
  connect,
  installCode,
  type LlamaCanister,
  LlamaClient,
  load,
  openCanister,
  provisionalCreate,
  upload,
} from '@llama-canister/client';
import { openFile, sha256 } from '@llama-canister/client/node';
import { Network } from '@llama-canister/network';
import { llamaWasm } from '../packages/cli/src/packages.js';
import { randomModel } from '../test/gguf/random-model.js';
import { writeGguf } from '../test/gguf/writer.js';
import { cases } from './cases.js';
import { observeMachine, whyNotKept } from './machine.js';
import { tableOf } from './study.js';
import { promptOf } from './text.js';

const DEFAULT = 'smollm2-135m-q8_0';
const PROMPT = 16;
const TOKENS = 64;
const CYCLES = 10n ** 16n;

interface Step {
  name: string;
  /** Bytes, or tokens. */
  amount: number;
  unit: 'MB' | 'tokens';
  seconds: number;
  processor: number;
}

async function step(name: string, amount: number, unit: Step['unit'], work: () => Promise<unknown>): Promise<Step> {
  const before = process.cpuUsage();
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { name, amount, unit, seconds, processor: (user + system) / 1e6 };
}

async function newCanister(network: Network): Promise<LlamaCanister> {
  const identity = Ed25519KeyIdentity.generate();
  const agent = await connect({ host: network.url, rootKey: network.rootKey, identity });
  const settings = { controllers: [identity.getPrincipal().toText()] };
  const id = await provisionalCreate(agent, { cycles: CYCLES, settings });
  await installCode(agent, id, llamaWasm(), { mode: 'install' });
  return openCanister(agent, id);
}

async function measure(path: string): Promise<Step[]> {
  const network = await Network.start();
  const source = await openFile(path);
  try {
    const canister = await newCanister(network);
    const megabytes = source.size / 1e6;
    const generate = async () => {
      const options = { maxTokens: TOKENS, sampling: ['--temp', '0', '--ignore-eos'] };
      await new LlamaClient(canister).complete(promptOf(PROMPT), options).result();
    };
    return [
      await step('upload', megabytes, 'MB', () => upload(canister, 'model.gguf', source, { sha256 })),
      await step('load', megabytes, 'MB', () => load(canister, 'model.gguf')),
      await step('first answer', TOKENS, 'tokens', generate),
      await step('second answer', TOKENS, 'tokens', generate),
    ];
  } finally {
    await source.close();
    await network.stop();
  }
}

/** The table, for a case of cases.ts. */
export async function endToEnd([name = DEFAULT]: readonly string[] = []): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'llama-canister-bench-'));
  try {
    const path = join(folder, 'model.gguf');
    const { metadata, tensors } = randomModel(cases.find((one) => one.name === name)!.shape);
    writeGguf(path, metadata, tensors);
    const observed = observeMachine();
    const steps = await measure(path);
    const machine = observed();
    const rows = steps.map(({ name, amount, unit, seconds, processor }) => [
      name,
      `${Math.round(amount)} ${unit}`,
      seconds.toFixed(1),
      `${(amount / seconds).toFixed(1)} ${unit}`,
      processor.toFixed(1),
    ]);
    const peak = Math.round(process.resourceUsage().maxRSS / 1024);
    const table = tableOf(['', 'amount', 'seconds', 'a second', 'seconds of a processor'], rows);
    return `${name}, ${Math.round(statSync(path).size / 1e6)} MB\n${table}\npeak memory of the process: ${peak} MiB\n${machine.processor}, Node ${machine.node}; ${whyNotKept(machine) ?? 'otherwise idle'}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
