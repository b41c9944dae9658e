interface Generated {
  did: string;
  module: string;
  candid: string;
}

/** See generate.mjs. */
export const generated: Generated[];
export function generate(entry: Generated): Promise<{ file: string; current: string; wanted: string }>;
