import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isFull } from '../full.js';
import { randomModel } from '../gguf/random-model.js';
import { ggufPieces, tensorBytes } from '../gguf/writer.js';
import { root } from './model.js';
import { Cli, commandsIn } from './process.js';
import { SMALL, writeSmallModel } from './small-model.js';

const cli = new Cli();
const at = (name: string) => join(cli.folder, name);
let model: Buffer;

beforeAll(async () => {
  writeSmallModel(at('model.gguf'));
  model = readFileSync(at('model.gguf'));
  await cli.json('network', 'start', '--port', '0');
});
afterAll(() => cli.dispose());

describe('deploy', () => {
  test('nothing is deployed at first', async () => {
    const { code, stderr } = await cli.run(['call', 'health']);
    expect(code).toBe(1);
    expect(stderr).toContain('Made an identity for you');
    expect(stderr).toContain('no canister "llama" is known on the local network\nNames are stored by folder, here in ');
    expect(stderr).toMatch(/or deploy it:\nllama-canister deploy\n$/);
  });

  test('pays for nothing if the name of the canister cannot be stored', async () => {
    const elsewhere = new Cli({ XDG_STATE_HOME: at('state') });
    symlinkSync('/nowhere/at/all', join(elsewhere.folder, '.llama-canister'));
    expect(await elsewhere.failure('deploy')).toMatchObject({ exit: 1, code: 'CANNOT_WRITE' });
    rmSync(elsewhere.folder, { recursive: true });
    const { methods } = await cli.json('network', 'top');
    expect(methods).toEqual([]);
  });

  test('creates and installs; a second run changes nothing', async () => {
    // The id is kept before the program is installed, with --json too.
    const { code, stdout, stderr } = await cli.run(['deploy', '--json']);
    const { canister } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(stderr).toMatch(new RegExp(`^Created canister ${canister} for llama on local\\.\nInstalling llama`, 'm'));
    expect(statSync(at('config/llama-canister/identity.pem')).mode & 0o777).toBe(0o600);
    expect(await cli.json('deploy')).toMatchObject({ created: false, mode: 'none', network: 'local' });
    const health = await cli.run(['call', 'health']);
    expect(health.stdout).toBe('(variant { Ok = record { status_code = 200 : nat16 } })\n');
  });

  test.runIf(isFull)('a program of more than two megabytes is installed in chunks', async () => {
    const wasm = readFileSync(join(root, 'canister/build/llama.wasm'));
    // A custom section changes only the size: id 0, its length in LEB128, a name and bytes.
    const body = Buffer.concat([Buffer.from([7]), Buffer.from('padding'), Buffer.alloc(2_500_000, 1)]);
    const length = [0, 7, 14, 21].map((shift) => ((body.length >> shift) & 127) | (shift < 21 ? 128 : 0));
    writeFileSync(at('padded.wasm'), Buffer.concat([wasm, Buffer.from([0, ...length]), body]));
    expect(await cli.json('deploy', '--wasm', 'padded.wasm')).toMatchObject({ mode: 'upgrade' });
    expect(await cli.json('deploy')).toMatchObject({ mode: 'upgrade' });
  });

  test('the canister knows its caller', async () => {
    const { principal } = await cli.json('identity');
    expect(await cli.json('call', 'whoami')).toBe(principal);
    expect(await cli.json('call', 'whoami', '--identity', 'anonymous')).toBe('2vxsx-fae');
    expect(await cli.json('call', 'whoami', '--update')).toBe(principal);
  });

  test('and the network knows the cost of every method', async () => {
    const { methods, messages, url } = await cli.json('network', 'top', '--sort', 'average');
    const of = (method: string, kind: string) =>
      methods.find((totals: { method: string; kind: string }) => totals.method === method && totals.kind === kind);
    expect(of('whoami', 'query')).toMatchObject({
      count: 2,
      failures: 0,
      cycles: '0',
      instructions: expect.any(Number),
    });
    const update = of('whoami', 'update') ?? of('whoami', 'replicatedQuery');
    expect(update.count).toBe(1);
    expect(BigInt(update.cycles)).toBe(5_000_000n + BigInt(update.instructions));
    expect(update.largest).toBe(update.instructions);
    const averages = methods.map(
      ({ instructions, count }: { instructions: number; count: number }) => instructions / count,
    );
    expect(averages).toEqual(averages.toSorted((a: number, b: number) => b - a));
    expect(messages.at(-1)).toMatchObject({ method: 'whoami', pages: { heapAccessed: expect.any(Number) } });

    const { stdout } = await cli.run(['network', 'top', '--lines', '1', '--network', url]);
    const [head, first] = stdout.split('\n');
    expect(head).toMatch(/^CANISTER +METHOD +KIND +CALLS +FAILED +INSTRUCTIONS +PER CALL +LARGEST +PAGES +CYCLES$/);
    expect(first).toContain('install_code');
    expect((await cli.run(['network', 'top', '--lines', '2'])).stdout).toMatch(/\nllama +/);
    expect(await cli.failure('network', 'top', '--sort', 'size')).toMatchObject({ exit: 2, code: 'USAGE' });
    const other = createServer((_, response) => response.end('something else')).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const elsewhere = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    expect(await cli.failure('network', 'top', '--network', elsewhere)).toMatchObject({ exit: 1, code: 'NO_METRICS' });
    other.close();
    expect(await cli.failure('network', 'top', '--network', elsewhere)).toMatchObject({ exit: 1, code: 'NO_ANSWER' });
  });
});

describe('upload', () => {
  test('a wrong file is refused before anything is sent', async () => {
    writeFileSync(at('text.gguf'), 'This is a text that somebody named .gguf.');
    writeFileSync(at('cut.gguf'), model.subarray(0, model.length - 1000));
    writeFileSync(at('header.gguf'), model.subarray(0, 1000));
    const cases = [
      ['none.gguf', 'NO_SUCH_FILE', 'there is no file none.gguf'],
      ['.', 'NOT_A_FILE', '. is no file'],
      ['text.gguf', 'NOT_GGUF', 'it does not begin with "GGUF"'],
      ['cut.gguf', 'TRUNCATED_GGUF', 'the file is cut off'],
      ['header.gguf', 'TRUNCATED_GGUF', 'ends inside its header'],
    ] as const;
    for (const [file, code, message] of cases) {
      expect(await cli.failure('upload', file)).toMatchObject({
        exit: 1,
        code,
        message: expect.stringContaining(message),
      });
    }
    expect((await cli.run(['call', 'health'])).code).toBe(0);
  });

  test('an interrupted upload continues', async () => {
    const args = ['upload', 'model.gguf', '--as', 'big.gguf', '--chunk-bytes', '20000'];
    const first = cli.start(args);
    await first.until('Uploading big.gguf');
    const received = async () => {
      const { stdout } = await cli.run(['call', 'upload_status', '(record { upload = 1 : nat64 })', '--json']);
      return Number(JSON.parse(stdout).Ok?.received ?? 0);
    };
    while ((await received()) === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    first.process.kill('SIGINT');
    const stopped = await first.ended;
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain('run the same command again to go on');

    const { sent, resumed, size, sha256 } = await cli.json(...args);
    expect(resumed).toBeGreaterThan(0);
    expect(sent).toBeGreaterThan(0);
    expect([sent + resumed, size]).toEqual([model.length, model.length]);
    expect(sha256).toBe(createHash('sha256').update(model).digest('hex'));
    expect(await cli.json(...args)).toMatchObject({ sent: 0, resumed: model.length });
  });

  test('files survive an upgrade, and a reinstall asks for confirmation', async () => {
    expect(await cli.json('deploy', '--mode', 'upgrade')).toMatchObject({ mode: 'upgrade' });
    const details = '(record { filename = "big.gguf" })';
    expect(await cli.json('call', 'uploaded_file_details', details)).toMatchObject({
      Ok: { filesize: String(model.length) },
    });
    const refused = await cli.failure('deploy', '--mode', 'reinstall');
    expect([refused.exit, refused.next]).toEqual([2, 'Say --yes if that is what you want.']);
    expect(await cli.json('deploy', '--mode', 'reinstall', '--yes')).toMatchObject({ mode: 'reinstall' });
    // The reply is printed as it is, and the exit code tells that it is an Err, with the interface's names and without
    // them.
    for (const untyped of [[], ['--untyped', '--query']]) {
      const { code, stdout } = await cli.run(['call', 'uploaded_file_details', details, ...untyped, '--json']);
      expect([code, Object.keys(JSON.parse(stdout))]).toEqual([1, [expect.stringMatching(/^(Err|_\d+_)$/)]]);
    }
  });

  test.runIf(isFull)('too few cycles are reported before anything is done, with the missing amount', async () => {
    // A model of 400 MB whose weights are a hole in the file after its header.
    const { metadata, tensors } = randomModel({ ...SMALL, embedding: 1024, feedForward: 60_000, heads: 32 });
    const [header = new Uint8Array(0)] = ggufPieces(metadata, tensors);
    writeFileSync(at('large.gguf'), header);
    truncateSync(
      at('large.gguf'),
      header.length + tensors.reduce((sum, t) => sum + tensorBytes(t.type, t.shape), 32_768),
    );
    await cli.json('deploy', 'poor', '--cycles', '400B');
    const { exit, code, message, next } = await cli.failure('upload', 'large.gguf', '--canister', 'poor');
    expect([exit, code]).toEqual([1, 'CYCLES_SHORT']);
    expect(message).toMatch(/takes about 1\.\d+ T cycles, and canister .* can spend 3[89]\d B before it freezes/);
    // The command that is shown works, and concerns the same canister.
    const [topUp = ''] = commandsIn(next ?? '');
    expect(topUp).toMatch(/^llama-canister top-up poor --cycles /);
    expect((await cli.shell(topUp)).code).toBe(0);
    const enough = cli.start(['upload', 'large.gguf', '--canister', 'poor']);
    await enough.until('Uploading large.gguf');
    enough.process.kill('SIGINT');
    expect((await enough.ended).code).toBe(130);
    expect(await cli.json('upload', 'model.gguf', '--canister', 'poor')).toMatchObject({ sent: model.length });
  });

  test.runIf(isFull)('a stranger has no access, and the model of a neighbour is not disturbed', async () => {
    const stranger = new Cli();
    try {
      await stranger.run(['identity']);
      const key = join(stranger.folder, 'config/llama-canister/identity.pem');
      copyFileSync(key, at('stranger.pem'));
      const { code } = await cli.failure('upload', 'model.gguf', '--identity', 'stranger.pem');
      expect(code).toBe('ACCESS_DENIED');
      const poor = await cli.json(
        'call',
        'uploaded_file_details',
        '(record { filename = "model.gguf" })',
        '--canister',
        'poor',
      );
      expect(poor.Ok.filesize).toBe(String(model.length));
    } finally {
      await stranger.dispose();
    }
  });

  test('names with special characters of the shell are quoted, and an empty one is refused', async () => {
    copyFileSync(at('model.gguf'), at('my model.gguf'));
    const { stdout } = await cli.run(['upload', 'my model.gguf']);
    expect(stdout).toContain("Next: llama-canister load 'my model.gguf'");
    expect(await cli.failure('upload', 'model.gguf', '--as', '')).toMatchObject({
      exit: 2,
      message: '--as needs a name',
    });
  });

  test('a missing or incomplete file cannot be loaded, and the error says what to do', async () => {
    const missing = await cli.failure('load', 'none.gguf');
    expect(missing).toMatchObject({ exit: 1, next: 'Upload it first: llama-canister upload none.gguf' });
    writeFileSync(at('half.gguf'), model.subarray(0, model.length >> 1));
    await cli.json('upload', 'half.gguf', '--force');
    expect((await cli.failure('load', 'half.gguf')).next).toMatch(/If its upload was interrupted, run it again/);
  });
});

// More tests of usage are in packages/cli/src/usage.test.ts, in one process.
describe('usage', () => {
  test.each([
    [['uplaod', 'x'], 'Did you mean upload?'],
    [['deploy', '--cycles', 'lots'], '"lots" is no amount of cycles'],
    [['call', 'whoami', '(5)'], 'the method takes no arguments'],
    [['call', 'set_access', '(record { levle = 1 })'], 'lacks the field level'],
    [['call', 'health', '(record {'], 'the Candid text is wrong at character'],
    [['upload'], 'See: llama-canister upload --help'],
    [['--json'], 'no command was given'],
  ])('%j is refused with help', async (args, says) => {
    const { code, stderr, stdout } = await cli.run(args);
    if (args[0] === '--json') {
      expect([code, JSON.parse(stdout).error]).toEqual([2, expect.objectContaining({ code: 'USAGE', message: says })]);
      return;
    }
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(says);
  });

  test('a prompt without quotes is printed with them', async () => {
    const { exit, code, next } = await cli.failure('chat', 'What', 'is', 'GGUF', '-n', '5');
    expect([exit, code]).toEqual([2, 'USAGE']);
    expect(commandsIn(next ?? '').map((shown) => shown.replace(' --json', ''))).toEqual([
      "llama-canister chat 'What is GGUF' -n 5",
    ]);
  });

  test('help and version', async () => {
    const { code, stdout } = await cli.run(['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Exit codes:');
    expect((await cli.run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
