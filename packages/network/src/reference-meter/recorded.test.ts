/**
 * Counts of the second meter for the modules in modules/, kept in recorded-counts.json: both meters still get them.
 * RECORD_COUNTS=1 makes the second meter write the file anew, which is necessary when a module or a price changes.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DirectCanister } from '../execution/direct.js';
import { loadProgram } from '../execution/load-program.js';
import type { Message } from '../execution/message.js';
import { wat } from '../wasm/wat.test-support.js';
import { ReferenceCanister, type ReferenceMessage } from './canister.test-support.js';

const folder = new URL('./modules/', import.meta.url);
const file = new URL('./recorded-counts.json', import.meta.url);
const modules = readdirSync(folder).map((name) => ({
  name: name.replace('.wat', ''),
  wasm: wat(readFileSync(new URL(name, folder), 'utf8')),
}));

const owner = Uint8Array.of(1, 2, 3, 4, 5);
const time = 1_800_000_000_000_000_000n;
const arg = Uint8Array.from({ length: 70_000 }, (_, i) => i);

type Counts = Record<string, number>;
type Runner = (message: ReferenceMessage) => { instructions: number; answer: string };

/** Every method, in the order of the module, and the first one again; queries in both kinds of execution. */
function messagesOf(reference: ReferenceCanister): [what: string, message: ReferenceMessage][] {
  const messages: [string, ReferenceMessage][] = [];
  const names = [...reference.machine.binary.exports.keys()];
  for (const name of [...names, names.find((each) => each.startsWith('canister_update '))!]) {
    const [prefix, method] = name.split(' ');
    const common = { ...(method === undefined ? {} : { method }), caller: owner, time, arg };
    const kinds = {
      canister_init: [],
      canister_global_timer: ['timer'],
      canister_update: ['update'],
      canister_query: ['query', 'replicatedQuery'],
    }[prefix!] as ReferenceMessage['kind'][];
    for (const kind of kinds) {
      const again = messages.some(([what]) => what === `${kind} ${method ?? ''}`.trim());
      messages.push([`${kind} ${method ?? ''}${again ? ' again' : ''}`.trim(), { kind, ...common }]);
    }
  }
  return messages;
}

function referenceRunner(reference: ReferenceCanister): Runner {
  return (message) => {
    const { instructions, reply, trap } = reference.execute(message);
    return { instructions, answer: trap ?? Buffer.from(reply ?? []).toString('hex') };
  };
}

function networkRunner(canister: DirectCanister): Runner {
  return ({ kind, method, caller }) => {
    const call = { method, arg, caller, cyclesAvailable: 0n, deadline: 0n };
    const message = (kind === 'timer' ? { kind } : { kind, ...call }) as Message;
    const { instructions, result } = canister.execute(message, { time });
    const answer = result.kind === 'reply' ? Buffer.from(result.data).toString('hex') : '';
    return { instructions, answer: result.kind === 'error' ? result.error.message : answer };
  };
}

function networkCanister(wasm: Uint8Array): { canister: DirectCanister; instructions: number } {
  const canister = new DirectCanister({ environment: { controllers: [owner] } });
  const { result, instructions } = canister.install(wasm, { caller: owner, time });
  expect(result).toEqual({ kind: 'none' });
  // The cost of compilation is no execution, so the second meter does not count it.
  const { compileCost } = loadProgram({ wasm, moduleBytes: canister.runtime.limits.moduleBytes, mode: 'exact' });
  return { canister, instructions: instructions - compileCost };
}

function countsOfReference(wasm: Uint8Array): Counts {
  const reference = new ReferenceCanister(wasm, [owner]);
  const counts: Counts = { install: reference.execute({ kind: 'init', caller: owner, time }).instructions };
  const run = referenceRunner(reference);
  for (const [what, message] of messagesOf(reference)) counts[what] = run(message).instructions;
  return counts;
}

if (process.env.RECORD_COUNTS === '1') {
  const all = Object.fromEntries(modules.map(({ name, wasm }) => [name, countsOfReference(wasm)]));
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`);
}

const recorded: Record<string, Counts> = JSON.parse(readFileSync(file, 'utf8'));

describe('recorded counts', () => {
  it('are of these modules', () => {
    expect(Object.keys(recorded).sort()).toEqual(modules.map(({ name }) => name).sort());
  });

  it.each(modules)('$name: on the second meter', ({ name, wasm }) => {
    expect(countsOfReference(wasm)).toEqual(recorded[name]);
  });

  it.each(modules)('$name: on the network, with the same answers', ({ name, wasm }) => {
    const reference = new ReferenceCanister(wasm, [owner]);
    reference.execute({ kind: 'init', caller: owner, time });
    const { canister, instructions } = networkCanister(wasm);
    const counts: Counts = { install: instructions };
    const [ours, theirs] = [networkRunner(canister), referenceRunner(reference)];
    for (const [what, message] of messagesOf(reference)) {
      const output = ours(message);
      counts[what] = output.instructions;
      expect([what, output.answer]).toEqual([what, theirs(message).answer]);
    }
    expect(counts).toEqual(recorded[name]);
  });
});
