// Prints what the built page weighs, gzipped as it comes over the wire: each file, and all of them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const sizes = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ name, parentPath }) => [name, gzipSync(readFileSync(join(parentPath, name)), { level: 9 }).length])
  .sort(([, one], [, other]) => other - one);
for (const [name, size] of sizes) console.log(`${String(size).padStart(8)}  ${name}`);
console.log(`${String(sizes.reduce((sum, [, size]) => sum + size, 0)).padStart(8)}  in all`);
