/** The language model's canister with the network's meter and with a second one, compared message by message. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { Llama, owner } from '../canister/test/llama.js';
import { tinyModel } from '../canister/test/tiny-model.js';
import type { Heap } from '../packages/network/src/execution/heap.js';
import type { Message } from '../packages/network/src/execution/message.js';
import type { ProgramInstance } from '../packages/network/src/execution/program.js';
import {
  ReferenceCanister,
  type ReferenceMessage,
} from '../packages/network/src/reference-meter/canister.test-support.js';

const wasm = readFileSync(join(dirname(fileURLToPath(import.meta.url)), '../canister/build/llama.wasm'));

function translated(message: Message, time: bigint, balance: bigint): ReferenceMessage {
  if (message.kind === 'timer') return { kind: 'timer', time, balance };
  if (message.kind === 'update' || message.kind === 'query' || message.kind === 'replicatedQuery') {
    const { kind, method, arg, caller } = message;
    return { kind, method, arg, caller, time, balance };
  }
  throw new Error(`no such message here: ${message.kind}`);
}

it('a model is uploaded, loaded and run with the same count on two meters', async () => {
  const llama = await Llama.install();
  const { canister } = llama;
  const { instance } = canister.runtime as unknown as { instance: ProgramInstance & { heap: Heap } };
  const reference = new ReferenceCanister(wasm, [owner.toUint8Array()]);
  reference.execute({ kind: 'init', caller: owner.toUint8Array(), time: llama.time });
  const counts: [what: string, ours: number, theirs: number][] = [];
  const execute = canister.execute.bind(canister);
  canister.execute = (message, options) => {
    const { balance } = canister.environment;
    const ours = execute(message, options);
    const theirs = reference.execute(translated(message, llama.time, balance));
    const what = 'method' in message ? message.method : message.kind;
    counts.push([what, ours.instructions, theirs.instructions]);
    const reply = ours.result.kind === 'reply' ? Buffer.from(ours.result.data) : undefined;
    expect([what, theirs.reply && Buffer.from(theirs.reply)]).toEqual([what, reply]);
    return ours;
  };

  const shape = { layers: 1, embedding: 32, heads: 2, keyValueHeads: 1, feedForward: 64, vocabulary: 300 };
  llama.load('tiny.gguf', tinyModel(shape));
  const { output } = llama.run(['--prompt', 'Some words', '-n', '3', '--temp', '0']);
  expect(typeof output).toBe('string');
  llama.call('health');

  for (const [what, ours, theirs] of counts) expect([what, ours]).toEqual([what, theirs]);
  expect(counts.length).toBeGreaterThanOrEqual(4);
  const { heap } = instance;
  const { memory, pages } = reference.machine;
  expect(Buffer.from(heap.view(0, heap.size)).equals(Buffer.from(memory.buffer, 0, pages * 65536))).toBe(true);
}, 120_000);
