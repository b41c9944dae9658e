/**
 * npm run bench -- --eviction: callers whose prompts take several calls each, in a heap that has no room for all of them. Each
 * sends its call again until it has an answer. Nobody's tokens may be evaluated twice, and everybody has to get on.
 */
import { limited } from '../canister/test/limited-memory.js';
import { Llama, person } from '../canister/test/llama.js';
import { cases } from './cases.js';
import { withRandomFile } from './random-file.js';
import { type Study, tableOf } from './study.js';
import { promptOf } from './text.js';

const CALLERS = 3;
const ROOM = 2;
const PROMPT = 1000;
const GENERATED = 3;
const PAGE = 65536;
const SECOND = 1_000_000_000n;
const MOST_CALLS = 200;

interface Turns {
  /** Calls until the first and the last caller had an answer, and those among them that were told to wait. */
  first: number;
  last: number;
  waits: number;
  /** Tokens of prompts that were evaluated. */
  evaluated: number;
}
type Eviction = Record<string, { roomForAll: Turns; roomForTwo: Turns }>;

/** Everybody calls in turn, until all have an answer. */
function takeTurns(llama: Llama): Turns {
  const turns: Turns = { first: 0, last: 0, waits: 0, evaluated: 0 };
  const answered = new Set<number>();
  for (let call = 1; answered.size < CALLERS; ) {
    for (let i = 0; i < CALLERS; i++) {
      if (answered.has(i)) continue;
      if (call > MOST_CALLS)
        throw new Error(`after ${MOST_CALLS} calls, ${answered.size} of ${CALLERS} have an answer`);
      llama.time += SECOND;
      const prompt = promptOf(PROMPT + i).slice(i);
      const flags = ['--prompt-cache', 'chat', '--temp', '0', '--ignore-eos', '-n', String(GENERATED), '-p', prompt];
      const reply = llama.command('run_update', flags, person(i));
      if ('Err' in reply) {
        if (!/waits in place \d+ of the queue/.test(reply.Err.error)) throw new Error(reply.Err.error);
        turns.waits++;
      } else {
        turns.evaluated += Number(reply.Ok.n_prompt_tokens_decoded[0]);
        if (reply.Ok.output !== '') answered.add(i);
      }
      if (answered.size === 1 && turns.first === 0) turns.first = call;
      turns.last = call++;
    }
  }
  return turns;
}

async function start(pieces: Iterable<Uint8Array>, wasm?: Uint8Array): Promise<Llama> {
  const llama = await Llama.install({}, wasm);
  llama.load('models/bench.gguf', pieces, '--ctx-size', '2048');
  llama.timers();
  llama.letEveryoneIn();
  return llama;
}

async function measure(pieces: () => Iterable<Uint8Array>): Promise<Eviction[string]> {
  const roomy = await start(pieces());
  const empty = roomy.canister.memory.heap / PAGE;
  const roomForAll = takeTurns(roomy);
  const each = Math.ceil((roomy.canister.memory.heap / PAGE - empty) / CALLERS);
  const roomForTwo = takeTurns(await start(pieces(), limited(empty + Math.ceil((ROOM + 0.5) * each))));
  return { roomForAll, roomForTwo };
}

export const eviction: Study<Eviction> = {
  name: 'eviction',

  async measure(names = ['qwen2.5-0.5b-q8_0']) {
    const result: Eviction = {};
    for (const name of names) {
      const { shape } = cases.find((one) => one.name === name)!;
      result[name] = await withRandomFile(shape, (_, again) => measure(again));
    }
    return result;
  },

  table: (result) =>
    tableOf(
      [
        'model',
        'the heap has room for',
        'calls to the first answer',
        'to the last',
        'of them told to wait',
        'tokens evaluated',
      ],
      Object.entries(result).flatMap(([name, { roomForAll, roomForTwo }]) =>
        (
          [
            ['all three', roomForAll],
            ['two', roomForTwo],
          ] as const
        ).map(([room, turns]) => [name, room, ...Object.values(turns).map((count) => count.toLocaleString('en'))]),
      ),
    ),

  problems(result, before) {
    const problems: string[] = [];
    for (const [name, { roomForAll, roomForTwo }] of Object.entries(result)) {
      if (roomForTwo.waits === 0) problems.push(`${name}: nobody had to wait`);
      if (roomForTwo.evaluated !== roomForAll.evaluated) problems.push(`${name}: tokens were evaluated twice`);
      const was = before[name];
      if (was === undefined) problems.push(`${name}: no committed result; run with --save`);
      else if (roomForTwo.last > was.roomForTwo.last) {
        problems.push(`${name}: the last answer comes with call ${roomForTwo.last}, not ${was.roomForTwo.last}`);
      }
    }
    return problems;
  },
};
