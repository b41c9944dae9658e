import { afterAll, beforeAll, expect, test } from 'vitest';
import { tinyChatCases } from '../../canister/test/tiny-chat.js';
import { isFull } from '../full.js';
import { tinyChat } from './model.js';
import { Cli, commandsIn } from './process.js';
import { slowTo } from './slow-begin.js';

let cli: Cli;
let url: string;
let canisterId: string;
beforeAll(async () => {
  cli = new Cli();
  ({ url } = await cli.json('network', 'start', '--port', '0'));
  ({ canister: canisterId } = await cli.json('deploy'));
  await cli.json('upload', tinyChat, '--as', 'model.gguf');
  await cli.json('load', 'model.gguf');
  // An answer takes many messages of the canister.
  await cli.json('call', 'set_instruction_budget', '(record { update = 60_000_000 : nat64; query = 0 : nat64 })');
});
afterAll(() => cli?.dispose());

const QUESTION = 'What is a canister?';
const ENDLESS = ['--', '--ignore-eos'];

test('the answer goes to stdout, its cost to stderr', async () => {
  const { code, stdout, stderr } = await cli.run(['ask', QUESTION, '--temp', '0']);
  expect([code, stdout]).toEqual([0, `${tinyChatCases.get('tiny-chat-q8_0-canister')!.answer}\n`]);
  expect(stderr).toMatch(/^\d+ tokens in .* s, prompt \d+, [\d.]+ M cycles of the canister's\n$/);
});

test('--json prints JSON, with the subnet’s signature', async () => {
  const answer = await cli.json('ask', QUESTION, '--temp', '0', '-n', '5', '--certified');
  expect(answer).toMatchObject({ reason: 'max-tokens', usage: { generatedTokens: 5 }, thinking: '', toolCalls: [] });
  expect(answer.signed.map(({ method }: { method: string }) => method)).toEqual([
    'generation_start',
    'generation_poll',
  ]);
  const again = await cli.json('ask', '--attach', answer.id);
  expect([again.text, again.usage]).toEqual([answer.text, answer.usage]);
  const raw = await cli.json('ask', QUESTION, '--raw', '--seed', '3', '-n', '4');
  expect(raw.usage.promptTokens).toBeLessThan(answer.usage.promptTokens);
});

test('Ctrl-C cancels the answer; with --keep it goes on, and the printed command reads the rest', async () => {
  for (const keep of [[], ['--keep']]) {
    const asked = cli.start(['ask', QUESTION, '--temp', '0', ...keep, ...ENDLESS]);
    await asked.until('canister');
    asked.process.kill('SIGINT');
    const { code, stdout, stderr } = await asked.ended;
    expect(code).toBe(130);
    const next = commandsIn(stderr).find((command) => command.includes('--from'));
    const listed = '(record { everybody = false; before = null })';
    const [newest] = (await cli.json('call', 'generation_list', listed)).Ok;
    if (keep.length === 0) {
      expect([next, newest.state]).toEqual([undefined, { cancelled: null }]);
      continue;
    }
    // It ends where the context does.
    const rest = await cli.shell(next!);
    expect([rest.code, rest.stderr]).toEqual([0, expect.stringMatching(/^49\d tokens .* \(context-full\)/)]);
    const whole = await cli.json('ask', '--attach', newest.id);
    expect(stdout + rest.stdout.trimEnd()).toBe(whole.text.trimEnd());
  }
});

test.runIf(isFull)(
  'Ctrl-C before the canister has sent the number of the answer: the answer is cancelled all the same, or its number is printed',
  async () => {
    for (const keep of [[], ['--keep']]) {
      const slow = await slowTo('generation_start', 1_500, url);
      const where = ['--network', slow.url, '--canister', canisterId];
      const asked = cli.start(['ask', QUESTION, '--temp', '0', ...keep, ...where, ...ENDLESS]);
      await slow.sent;
      asked.process.kill('SIGINT');
      const { code, stdout, stderr } = await asked.ended;
      slow.close();
      expect([code, stdout]).toEqual([130, '']);
      const listed = '(record { everybody = false; before = null })';
      const [newest] = (await cli.json('call', 'generation_list', listed)).Ok;
      // A fast canister may have completed the answer before; the command still reports that it was to be cancelled.
      expect(slow.hasCalled('generation_cancel')).toBe(keep.length === 0);
      if (keep.length === 0) expect(['cancelled', 'done']).toContain(Object.keys(newest.state)[0]);
      else expect(newest.state).not.toHaveProperty('cancelled');
      const told = commandsIn(stderr).filter((command) => command.includes('--attach'));
      expect(told.some((command) => command.includes(`--attach ${newest.id} --from 0`))).toBe(keep.length > 0);
      await cli.json('call', 'generation_cancel', `(record { id = ${newest.id} : nat64 })`);
      const last = await cli.json('ask', '--attach', 'last');
      expect(String(last.id)).toBe(String(newest.id));
      expect(['cancelled', 'context-full']).toContain(last.reason);
    }
  },
);

test('thoughts can be left out; what the model cannot do about them is reported', async () => {
  const answer = await cli.json('ask', QUESTION, '--temp', '0', '-n', '5', '--thinking', 'off');
  expect(answer).toMatchObject({ thinking: '', usage: { generatedTokens: 5, thinkingTokens: 0 } });
  const unknown = await cli.run(['ask', QUESTION, '--effort', 'high']);
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('effort')]);
  const wrong = await cli.run(['ask', QUESTION, '--thinking', 'much']);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('--thinking takes on, off, or a number')]);
});

test('impossible requests are refused with a reason', async () => {
  expect(await cli.failure('ask')).toMatchObject({ exit: 2 });
  expect(await cli.failure('ask', 'x', '--attach', '1')).toMatchObject({ exit: 2 });
  expect(await cli.failure('ask', 'x', '--from', '1')).toMatchObject({ exit: 2 });
  expect(await cli.failure('ask', '--attach', '99')).toMatchObject({
    exit: 1,
    code: 'NO_SUCH_GENERATION',
    next: expect.stringMatching(/llama-canister jobs$/),
  });
  expect(await cli.failure('ask', '--attach', 'x')).toMatchObject({ exit: 2, code: 'USAGE' });
  expect(await cli.failure('ask', '--attach', '1', '--from', '-2')).toMatchObject({ exit: 2, code: 'USAGE' });
  expect(await cli.failure('ask', 'x', '--canister', 'a b')).toMatchObject({ exit: 1, code: 'UNKNOWN_CANISTER' });
  expect(await cli.failure('ask', 'x', '--', '--model', 'y')).toMatchObject({ exit: 1, code: 'REFUSED' });
});
