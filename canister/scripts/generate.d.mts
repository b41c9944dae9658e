interface Generated {
  module: string;
  source: string;
  make(): string | Promise<string>;
}

/** See generate.mjs. */
export const generated: Generated[];
export function generate(entry: Generated): Promise<{ module: string; file: string; current: string; wanted: string }>;
