/**
 * Stable memories with a generation that has not ended, one of each layout that generations had. `node
 * canister/scripts/golden-canister.mjs` writes the one of this program; golden-generations.test.ts goes on with all of
 * them.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { joined } from './chat-model.js';
import { type Asked, type Event, inputOf, type Status } from './generations.js';
import { Program, plain, restored } from './golden-canister.js';
import { tinyModel } from './tiny-model.js';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'golden', 'generations');
const PAGE = 65536;
/** A job's file begins with a magic number, followed by its version. */
const MAGIC = Buffer.from('LLAMAGN\x1a', 'latin1');

const template =
  '{% for t in tools or [] %}{{ t | tojson }}{% endfor %}{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}' +
  '{% if add_generation_prompt %}<think>\n{% endif %}';
const parameters = { properties: { n: { enum: [1, 2, 3] } }, required: ['n'], additionalProperties: false };
const asked: Asked = {
  prompt: [{ role: 'user', content: 'Hi' }],
  tools: JSON.stringify([{ type: 'function', function: { name: 'f', parameters } }]),
  tool_choice: { required: null },
  parallel_tool_calls: false,
  thinking: { max_tokens: 12 },
  logprobs: 1,
  seed: 7,
  sampling: ['--temp', '1'],
};
/** The number of tokens that the answer has: a part of its thoughts. */
const TOKENS = 7;

interface Poll {
  status: Status;
  events: Event[];
}
interface Golden {
  time: string;
  pages: number;
  content: Record<string, string>;
  /** The result of an earlier poll. */
  status: Record<string, unknown>;
  events: unknown[];
}

function poll(program: Program): Poll {
  const answer = program.call('generation_poll', { id: 1n, from: 0n, bytes: [] }, 'friend') as { Ok: Poll };
  return answer.Ok;
}

function polled(program: Program) {
  const { status, events } = poll(program);
  return { status: plain(status) as Record<string, unknown>, events: plain(joined(events)) as unknown[] };
}

/** A canister with a generation whose caller has used up his quota in the middle of its thoughts. */
async function begun(): Promise<Program> {
  const program = await Program.start();
  program.host.cycles = 5_000_000_000_000n;
  program.host.call('canister_init');
  const shape = { embedding: 32, heads: 2, keyValueHeads: 1, headDim: 16, feedForward: 64, layers: 1, template };
  const chunk = tinyModel(shape);
  program.ok('file_upload_chunk', { filename: 'm', chunk, chunksize: 1_900_000n, offset: 0n });
  program.ok('load_model', { args: ['-m', 'm', '-c', '600'] });
  program.ok('set_access', { level: 1 });
  const quote = program.call('generation_quote', inputOf(asked), 'friend') as { Ok: { prompt_tokens: bigint } };
  program.ok('set_quotas', { sessions: 0n, bytes: 0n, tokens_per_hour: quote.Ok.prompt_tokens + BigInt(TOKENS) });
  program.ok('generation_start', inputOf(asked), 'friend');
  program.timers();
  return program;
}

/** Writes the stable memory of this program with a generation that has begun. */
export async function writeGeneration(): Promise<string> {
  const program = await begun();
  const { stable, time } = program.host;
  const golden: Golden = { time: String(time), pages: stable.pages, content: {}, ...polled(program) };
  let version = 0;
  for (let page = 0; page < stable.pages; page++) {
    const bytes = Buffer.from(stable.read(page * PAGE, PAGE));
    const at = bytes.indexOf(MAGIC);
    if (at >= 0) version = bytes.readUInt32LE(at + MAGIC.length);
    if (bytes.some((byte) => byte !== 0)) golden.content[page] = bytes.toString('base64');
  }
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `version-${version}.json.gz`);
  writeFileSync(file, gzipSync(JSON.stringify(golden), { level: 9 }));
  return file;
}

export function goldenGenerations(): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.json.gz'));
}

/** An earlier stable memory with the current program, and what was known of its generation. */
export async function goOn(name: string) {
  const golden = JSON.parse(gunzipSync(readFileSync(join(folder, name))).toString()) as Golden;
  return { program: await restored(golden), golden, polled };
}
