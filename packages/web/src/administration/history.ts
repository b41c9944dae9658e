// What this browser has seen of a canister over time: the network keeps no such record.
import type { Generation } from '@llama-canister/client';

export interface Sample {
  /** Milliseconds since 1970. */
  time: number;
  cycles?: number | undefined;
  /** Bytes. */
  heap: number;
  stable: number;
  /** Tokens a second, in prompts and answers together. */
  rate?: number | undefined;
}

const MOST = 600;

/** Adds a sample. If there are too many, the older half is thinned, so that fewer samples remain of longer ago. */
export function withSample(samples: readonly Sample[], sample: Sample): Sample[] {
  const all = [...samples, sample];
  if (all.length <= MOST) return all;
  return all.filter((_, i) => i >= MOST / 2 || i % 2 === 0);
}

/** Counts the tokens that generations have evaluated between two looks. */
export class Throughput {
  #known: ReadonlyMap<bigint, number> | undefined;
  #time = 0;

  /** Tokens a second since the last look; undefined at the first. */
  look(jobs: readonly Generation[], time: number): number | undefined {
    const known = this.#known;
    const seconds = (time - this.#time) / 1000;
    const now = new Map(
      jobs.map(({ id, usage }) => [id, usage.promptTokens - usage.cachedTokens + usage.generatedTokens]),
    );
    this.#known = now;
    this.#time = time;
    if (!known || seconds <= 0) return undefined;
    let tokens = 0;
    for (const [id, count] of now) tokens += Math.max(0, count - (known.get(id) ?? 0));
    return tokens / seconds;
  }
}
