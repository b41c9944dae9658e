/** What a wrong command line is told. It is read in this process: test/cli runs some in processes of their own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { main } from './main.js';

const home = mkdtempSync(join(tmpdir(), 'llama-canister-usage-'));
beforeAll(() => {
  vi.stubEnv('HOME', home);
  vi.stubEnv('XDG_CONFIG_HOME', join(home, 'config'));
  vi.stubEnv('XDG_STATE_HOME', join(home, 'state'));
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

async function run(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[stream] += text;
      return true;
    });
  }
  const code = await main(args);
  vi.restoreAllMocks();
  return { code, ...said };
}

test.each([
  [['uplaod', 'x'], 'Did you mean upload?'],
  [['deploy', '--cylces', '2T'], 'Did you mean --cycles?'],
  [['upload'], "missing required argument 'file'"],
  [['upload'], 'upload --help'],
  [['network', 'top', '--once', 'x'], 'network top --help'],
  [['deploy', '--mode', 'sideways'], 'Allowed choices are auto, install, upgrade, reinstall'],
  [['network', 'start', '--port', '99999'], '--port takes a whole number'],
  [['call', 'health', '--network', 'moon'], 'there is no network "moon"'],
  [['deploy', '--', '--x'], 'flags after "--" are for chat and load'],
  [['chat', '--temp', 'hot', 'x'], "'hot' is invalid"],
  [['chat', 'Hi', '--', '--top-k', '5', '--n-predict', '4'], '--n-predict behind -- would be ignored'],
  [['fit', 'x', '--xdr-usd', 'cheap'], '--xdr-usd takes dollars for an XDR'],
  [['fit', 'x', '--xdr-usd', 'cheap'], 'fit --help'],
  [['plan', 'x', '--users', '5'], "required option '--tokens <n>'"],
  [['plan', 'x', '--users', '5', '--tokens', '1', '--hours', '25'], '--hours takes hours of a day'],
  [['network', 'start', '--fees', 'low'], '"low" is no subnet'],
  [['deploy', '--subnet', 'mine'], '"mine" is no subnet'],
  [['deploy', '--cycles', 'some'], '"some" is no amount of cycles'],
  [['init', ''], 'the name of the folder is empty'],
  [['top-up'], "required option '--cycles <amount>' not specified"],
  [['network'], 'network'],
  [['identity', '--network', 'http://'], '"http://" is not a URL'],
])('%j is refused with help', async (args, says) => {
  const { code, stderr, stdout } = await run(args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(says);
});

test.each([
  ['chat What is GGUF -n 5 --temp 0', "chat 'What is GGUF' -n 5 --temp 0"],
  ['chat -n 5 a b --network local -- --top-k 3', "chat 'a b' -n 5 --network local -- --top-k 3"],
  ['demo Tell me more', "demo 'Tell me more'"],
])('a prompt without quotes: %s', async (line, typed) => {
  const { code, stderr } = await run(line.split(' '));
  expect(code).toBe(2);
  expect(stderr).toContain(`llama-canister ${typed}\n`);
});

test('help of a command', async () => {
  const { code, stdout } = await run(['upload', '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('Examples:');
});
