import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = dirname(fileURLToPath(import.meta.url));

/** From the ground up. A room may import from those before it, and from its own. */
const floors = [
  'wasm',
  'protocol',
  'storage',
  'execution',
  'state',
  'scheduling',
  'management',
  'system-canisters',
  'gateway',
  'http',
];

const sources = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(test|test-support)\.ts$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)));

/** Files that a file imports from this package; with the word `type`, only if asked for. */
function imports(file: string, types: boolean): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/^(?:import|export) (type )?[^;]*?from '(\.[^']+)\.js';/gm)]
    .filter(([, type]) => types || type === undefined)
    .map(([, , path]) => `${relative(root, resolve(root, dirname(file), path!))}.ts`);
}

const floorOf = (file: string) => (file.includes('/') ? floors.indexOf(file.split('/')[0]!) : floors.length);

describe('the rooms of the network', () => {
  it('are those that are listed', () => {
    for (const file of sources.filter((each) => each.includes('/')))
      expect([file, floorOf(file) >= 0]).toEqual([file, true]);
  });

  it('import downwards only', () => {
    const climbing = sources.flatMap((file) =>
      imports(file, true)
        .filter((target) => target !== 'clock.ts' && floorOf(target) > floorOf(file))
        .map((target) => `${file} imports ${target}`),
    );
    expect(climbing).toEqual([]);
  });

  it('nothing goes round', () => {
    const done = new Set<string>();
    const visit = (file: string, way: string[]): void => {
      expect(way.includes(file) ? [...way, file] : []).toEqual([]);
      if (done.has(file)) return;
      for (const target of imports(file, false)) visit(target, [...way, file]);
      done.add(file);
    };
    for (const file of sources) visit(file, []);
  });
});
