/**
 * npm run bench -- --jobs: which part of a generation's instructions is charged for pages of memory, in messages of the
 * length that the canister chooses, and how long the longest of them is compared with its budget.
 */
import { Generations } from '../canister/test/generations.js';
import { Llama, person } from '../canister/test/llama.js';
import type { PageCounts } from '../packages/network/src/execution/message.js';
import { pageAccessCost, pageWriteCost } from '../packages/network/src/wasm/cost.js';
import { cases } from './cases.js';
import { withRandomFile } from './random-file.js';
import { promptOf } from './text.js';

/** Percentage of a job's instructions that may be charged for pages. */
export const PAGE_CHARGES: Readonly<Record<string, number>> = { 'qwen2.5-0.5b-q8_0': 10, 'qwen3-1.7b-q4_k_m': 12 };
const PROMPT = 64;
const TOKENS = 60;
const CONTEXT = '4096';

interface JobsMeasurement {
  messages: number;
  instructions: number;
  /** The part of them that is charged for pages. */
  charges: number;
  longest: number;
  /** Instructions that a message of generations may have. */
  length: number;
}

function chargesOf({ heapAccessed, heapWritten, stableAccessed, stableWritten }: PageCounts): number {
  return (heapAccessed + stableAccessed) * pageAccessCost + (heapWritten + stableWritten) * pageWriteCost;
}

async function measure(pieces: Iterable<Uint8Array>, jobs: number): Promise<JobsMeasurement> {
  const llama = await Llama.install();
  llama.load('models/bench.gguf', pieces, '--ctx-size', CONTEXT);
  llama.timers();
  llama.letEveryoneIn();
  for (let i = 0; i < jobs; i++) {
    const prompt = promptOf(PROMPT + i).slice(i);
    new Generations(llama, person(i)).start({ prompt, max_tokens: TOKENS, sampling: ['--temp', '0', '--ignore-eos'] });
  }
  const limits = llama.call('get_generation_limits') as { message_instructions: bigint };
  const measured = {
    messages: 0,
    instructions: 0,
    charges: 0,
    longest: 0,
    length: Number(limits.message_instructions),
  };
  while (llama.isTimerDue) {
    llama.timer();
    const { instructions, pages } = llama.spent;
    measured.messages++;
    measured.instructions += instructions;
    measured.charges += chargesOf(pages!);
    measured.longest = Math.max(measured.longest, instructions);
  }
  return measured;
}

/** Measures several generations with a case's model, each of a caller of its own. */
export function measureJobs(name: string, count: number): Promise<JobsMeasurement> {
  const { shape } = cases.find((one) => one.name === name)!;
  return withRandomFile(shape, (pieces) => measure(pieces, count));
}

/** The table of docs/performance.md. */
export async function jobs(names: readonly string[] = Object.keys(PAGE_CHARGES)): Promise<string> {
  const rows: string[][] = [];
  for (const name of names) {
    for (const count of [1, 2]) {
      const m = await measureJobs(name, count);
      const share = (100 * m.charges) / m.instructions;
      rows.push([
        name,
        String(count),
        String(m.messages),
        `${share.toFixed(1)} %`,
        `${(m.longest / 1e9).toFixed(2)} B`,
        `${(m.length / 1e9).toFixed(2)} B`,
      ]);
    }
  }
  const head = ['model', 'generations', 'messages', 'page charges', 'longest message', 'its budget'];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
