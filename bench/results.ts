/** The committed results: bench/results/NAME.json. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Measurement } from './measure.js';

const folder = fileURLToPath(new URL('./results', import.meta.url));
const fileOf = (name: string) => join(folder, `${name}.json`);
/** What to do if a count has become worse for a good reason. */
export const REFRESH =
  '`npm run bench -- --no-wall --save --case NAME` measures anew and writes bench/results/NAME.json';

export function save(measurement: Measurement): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(measurement.name), `${JSON.stringify(measurement, null, 2)}\n`);
}

export function committed(name: string): Measurement | undefined {
  return existsSync(fileOf(name)) ? JSON.parse(readFileSync(fileOf(name), 'utf8')) : undefined;
}
