import { copyFileSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { root, tinyChat } from './model.js';
import { Cli } from './process.js';

/** The commands in a README's indented blocks, in order, without their comments. */
function commandsOf(readme: string): string[] {
  return readFileSync(join(root, readme), 'utf8')
    .split('\n')
    .filter((line) => /^ {4}(npx )?llama-canister /.test(line))
    .map((line) => line.replace(/\s+#.*$/, '').trim());
}

describe.each(['README.md', 'packages/cli/README.md'])('every command of %s works as it is printed', (readme) => {
  const cli = new Cli();
  afterAll(() => cli.dispose());

  const commands = commandsOf(readme);
  const stop = commands.find((command) => command.endsWith('llama-canister network stop'))!;
  const inOrder = [...commands.filter((command) => command !== stop), stop];

  test('the document has commands', () => {
    expect(inOrder.length).toBeGreaterThan(5);
    copyFileSync(tinyChat, join(cli.folder, 'model.gguf'));
    symlinkSync(join(root, 'models'), join(cli.folder, 'models'));
  });

  test.each(inOrder)('%s', async (command) => {
    const { code, stdout, stderr } = await cli.shell(command.replace(/^npx /, ''));
    expect(code, stdout + stderr).toBe(0);
  });
});
