import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './cli/model.js';

/** What a user catches: `LlamaError`, whose `kind` and `code` stay the same. Commander turns its own into `UsageError`. */
const allowed = ['LlamaError', 'UsageError', 'InvalidArgumentError'];

it.each(['packages/client/src', 'packages/cli/src'])('%s reports failures in one way', (folder) => {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  const others = files
    .filter((file) => file.endsWith('.ts') && !/\.test(-support)?\.ts$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(root, folder, file), 'utf8');
      return [...text.matchAll(/\bthrow new (\w+)\(/g)].map(([, name]) => `${file}: ${name}`);
    })
    .filter((found) => !allowed.includes(found.split(': ')[1]!));
  expect(others).toEqual([]);
});
