import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { missing, root, tinyChat } from './model.js';
import { Cli } from './process.js';

/** The commands of a README's indented blocks, in order, without their remarks. */
function commandsOf(readme: string): string[] {
  return readFileSync(join(root, readme), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('    llama-canister '))
    .map((line) => line.replace(/\s+#.*$/, '').trim());
}

const why = missing(tinyChat);

describe.skipIf(why)(`every command of packages/cli/README.md works as it stands${why}`, () => {
  const cli = new Cli();
  afterAll(() => cli.dispose());

  const commands = commandsOf('packages/cli/README.md');
  const stop = 'llama-canister network stop';
  const inOrder = [...commands.filter((command) => command !== stop), stop];

  test('there are some', () => {
    expect(inOrder.length).toBeGreaterThan(7);
    copyFileSync(tinyChat, join(cli.folder, 'model.gguf'));
  });

  test.each(inOrder)('%s', async (command) => {
    const { code, stdout, stderr } = await cli.shell(command);
    expect(code, stdout + stderr).toBe(0);
  });
});
