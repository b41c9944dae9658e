// Every template that llama.cpp keeps. npm's node-llama-cpp has that repository in llama/gitRelease.bundle:
//   npm pack node-llama-cpp && tar xf node-llama-cpp-*.tgz && git clone package/llama/gitRelease.bundle llama.cpp
//   LLAMA_CPP_TEMPLATES=$PWD/llama.cpp/models/templates npx vitest run packages/client/src/template.full.test.ts
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Message } from './messages.js';
import { chatFormat } from './template.js';

const folder = process.env.LLAMA_CPP_TEMPLATES ?? '';
const missing = existsSync(folder) ? '' : ' (skipped: LLAMA_CPP_TEMPLATES is not llama.cpp/models/templates)';
const names = missing ? [] : readdirSync(folder).filter((name) => name.endsWith('.jinja'));

const conversation: readonly Message[] = [
  { role: 'system', content: 'SYSTEM-TEXT' },
  { role: 'user', content: 'FIRST-QUESTION' },
  { role: 'assistant', content: 'FIRST-ANSWER' },
  { role: 'user', content: 'SECOND-QUESTION' },
];

test.skipIf(missing)(`there are some${missing}`, () => {
  expect(names.length).toBeGreaterThan(50);
});

test.each(names)('%s', (name) => {
  const chatTemplate = readFileSync(join(folder, name), 'utf8');
  const card = { name, architecture: '', parameters: 0, contextLength: 0, markers: [] };
  const format = chatFormat({ ...card, chatTemplate, bosToken: '<BOS>', eosToken: '<EOS>', addsBos: true });
  const first = format.prompt(conversation.slice(0, 2));
  expect(first).toContain('SYSTEM-TEXT');
  expect(first).toContain('FIRST-QUESTION');
  expect(format.prompt(conversation.slice(1, 2))).toContain('FIRST-QUESTION');
  const next = format.continuation(conversation);
  expect(next).toContain('SECOND-QUESTION');
  expect(next).not.toContain('FIRST');
});
