/** Runs the commands of documents that begin with a canister that has a model, in order and unchanged. */
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { textOf } from '../documents.js';
import { isFull } from '../full.js';
import { tinyChat } from './model.js';
import { Cli } from './process.js';

const commandsOf = (document: string) =>
  textOf(document)
    .split('\n')
    .filter((line) => /^ {4}(npx )?llama-canister /.test(line))
    .map((line) => line.replace(/\s+#.*$/, '').replace(/^ {4}(npx )?/, ''));

describe.runIf(isFull).each(['docs/payment.md', 'docs/moving.md', 'docs/llm-canister.md'])('%s', (document) => {
  const cli = new Cli();
  const at = (name: string) => join(cli.folder, name);
  beforeAll(async () => {
    copyFileSync(tinyChat, at('model.gguf'));
    copyFileSync(tinyChat, at('my-model.gguf'));
    await cli.json('network', 'start', '--port', '0');
    await cli.json('deploy');
    await cli.json('upload', 'model.gguf');
    // The file that is fetched from the canister must not be here already.
    if (document === 'docs/moving.md') rmSync(at('model.gguf'));
  }, 120_000);
  afterAll(() => cli.dispose());

  test.each(commandsOf(document))(
    '%s',
    async (line) => {
      const { code, stdout, stderr } = await cli.shell(line);
      expect(code, stdout + stderr).toBe(0);
    },
    120_000,
  );

  test('the downloaded file exists', () => expect(existsSync(at('model.gguf'))).toBe(true));
});
