import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tinyChatCases } from '../../canister/test/tiny-chat.js';
import { isFull } from '../full.js';
import { missing, stories, tinyChat } from './model.js';
import { Cli, commandsIn } from './process.js';

async function deployed(model: string): Promise<Cli> {
  const cli = new Cli();
  await cli.json('network', 'start', '--port', '0');
  await cli.json('deploy');
  await cli.json('upload', model, '--as', 'model.gguf');
  await cli.json('load', 'model.gguf');
  return cli;
}

const runUpdate = (cli: Cli, args: readonly string[]) =>
  cli.json('call', 'run_update', `(record { args = vec { ${args.map((arg) => JSON.stringify(arg)).join('; ')} } })`);

/** Makes update calls stop after this many tokens; 0: when their instructions are used up. */
const maxTokens = (cli: Cli, tokens: number) =>
  cli.json('call', 'set_max_tokens', `(record { max_tokens_update = ${tokens}; max_tokens_query = ${tokens} })`);

/** Instructions of a message, few enough that an answer takes many messages. */
const SHORT = 60_000_000;
const budget = (cli: Cli, update: number) =>
  cli.json('call', 'set_instruction_budget', `(record { update = ${update} : nat64; query = 0 : nat64 })`);

const GREEDY = ['--samplers', 'temperature', '--temp', '0.0'];

describe.runIf(isFull && !missing(stories))(`a story${missing(stories)}`, () => {
  let cli: Cli;
  beforeAll(async () => {
    cli = await deployed(stories);
  });
  afterAll(() => cli?.dispose());

  test('the reference replies come, with five tokens a call', async () => {
    const prompt = 'Joe loves writing stories';
    const args = ['--prompt-cache', 'prompt.cache', '--prompt-cache-all', ...GREEDY, '-n', '3', '-p'];
    await maxTokens(cli, 5);
    await cli.json('call', 'new_chat', '(record { args = vec { "--prompt-cache"; "prompt.cache" } })');
    const replies = [];
    for (const text of [prompt, prompt, prompt, prompt, '']) {
      const { Ok } = await runUpdate(cli, [...args, text]);
      replies.push([Ok.output, Ok.conversation, Ok.prompt_remaining, Ok.generated_eog]);
    }
    expect(replies).toEqual([
      ['', ' Joe', ' loves writing stories', false],
      ['', ' Joe loves wr', 'iting stories', false],
      ['', ' Joe loves writing stori', 'es', false],
      ['. He li', ' Joe loves writing stories. He', '', false],
      [' liked to', ' Joe loves writing stories. He liked', '', false],
    ]);
  });
});

let cli: Cli;
beforeAll(async () => {
  if (!missing(tinyChat)) cli = await deployed(tinyChat);
});
afterAll(() => cli?.dispose());

describe.skipIf(missing(tinyChat))(`a text that is continued${missing(tinyChat)}`, () => {
  /** The beginning of a story, and flags with which it goes on after its end. */
  const START = 'Once upon a time there was a small fox named Mia, who lived by the river.';
  const ENDLESS = ['--', '--ignore-eos'];
  /** The continuation in one update call. */
  let story = '';
  beforeAll(async () => {
    const args = ['--prompt-cache', 'whole', ...GREEDY, '--ignore-eos', '-n', '120', '-p', START];
    story = (await runUpdate(cli, args)).Ok.output;
  });

  test('the text is the same however it is cut into messages', async () => {
    const args = ['--raw', '-n', '120', '--temp', '0'];
    const whole = await cli.json('chat', START, '--session', 'whole', ...args, ...ENDLESS);
    expect(whole).toMatchObject({ text: story, ending: 'length', generatedTokens: 120, calls: 1 });
    await budget(cli, SHORT);
    const small = await cli.json('chat', START, '--session', 'small', ...args, ...ENDLESS);
    await budget(cli, 0);
    expect([small.text, small.calls]).toEqual([story, 1]);
  });

  test('flags that generations do not take are given to run_update, in as many calls as it takes', async () => {
    await maxTokens(cli, 2);
    const grammar = ['--', '--grammar', 'root ::= "yes" [a-z]+', '--ignore-eos'];
    const held = await cli.json('chat', START, '--raw', '--session', 'held', '-n', '9', '--temp', '0', ...grammar);
    await maxTokens(cli, 0);
    expect([held.text, held.ending]).toEqual([expect.stringMatching(/^yes[a-z]+$/), 'length']);
    expect(held.calls).toBeGreaterThan(4);
  });

  test.runIf(isFull)('a full context ends the answer with the text so far', async () => {
    const args = ['--raw', '--session', 'full', '--temp', '0'];
    const { code, stdout, stderr } = await cli.run(['chat', START, '--json', ...args, ...ENDLESS]);
    const { ending, text, generatedTokens } = JSON.parse(stdout);
    expect([code, ending]).toEqual([0, 'context']);
    // As many as the model was trained for, because load sets no other context.
    expect(generatedTokens).toBeGreaterThan(400);
    expect(generatedTokens).toBeLessThan(512);
    expect(text.startsWith(story)).toBe(true);
    expect(stderr).toContain('The answer ends here because the context is full, which is 512 tokens.');
    expect(stderr).toContain('Begin a new conversation');
    const long = await cli.failure('chat', 'the sea '.repeat(400), ...args);
    expect(long).toMatchObject({ exit: 1, code: 'CONTEXT_FULL', next: expect.stringContaining('no more than 512') });

    await cli.json('load', 'model.gguf', '--ctx-size', '64');
    // The session does not fit any more; the command that is shown makes room.
    const { code: why, next } = await cli.failure('chat', START, ...args);
    expect(why).toBe('SESSION_TOO_LONG');
    const [remove = ''] = commandsIn(next ?? '');
    expect((await cli.shell(remove)).code).toBe(0);
    const short = await cli.run(['chat', START, ...args, ...ENDLESS]);
    const [load = ''] = commandsIn(short.stderr);
    expect(load).toBe('llama-canister load model.gguf --ctx-size 128');
    expect((await cli.shell(load)).stdout).toContain('A session has room for 128 tokens.');
    expect(await cli.json('load', 'model.gguf')).toMatchObject({ context: 512, trainedContext: 512 });
  });

  test('a stop text ends the answer', async () => {
    const stop = story.slice(30, 36);
    const { text, ending } = await cli.json('chat', START, '--raw', '-n', '80', '--temp', '0', '-r', stop);
    expect(ending).toBe('stop');
    expect(text).toBe(story.slice(0, story.indexOf(stop)));
    expect(text).not.toBe('');
  });

  // A quick machine may have the whole answer before the signal; ask.test.ts has Ctrl-C on every one.
  test.runIf(isFull)('Ctrl-C stops an answer at once', async () => {
    await budget(cli, SHORT);
    const answer = cli.start(['chat', START, '--raw', '-n', '400', '--temp', '0', ...ENDLESS]);
    await answer.until(story.slice(0, 20));
    answer.process.kill('SIGINT');
    const started = performance.now();
    expect((await answer.ended).code).toBe(130);
    expect(performance.now() - started).toBeLessThan(10_000);
    await budget(cli, 0);
    const newest = async () => {
      const { Ok } = await cli.json('call', 'generation_list', '(record { everybody = false; before = null })');
      return Ok[0].state;
    };
    await expect.poll(newest, { timeout: 20_000 }).toEqual({ cancelled: null });
  });

  test('the answer goes to stdout, its cost to stderr', async () => {
    const { code, stdout, stderr } = await cli.run(
      ['chat', '-', '-n', '5', '--temp', '0', '--cost'],
      'Once upon a time',
    );
    expect(code).toBe(0);
    expect(stdout.trim().length).toBeGreaterThan(5);
    expect(stderr).toMatch(/5 tokens in .* s .*, prompt \d+.*, 1 call, .* cycles/);
    expect((await cli.run(['chat', '', '--raw'])).code).toBe(2);
  });

  test('without a loaded model the chat says what to do', async () => {
    await cli.json('deploy', 'empty');
    const { code, next } = await cli.failure('chat', 'Hi', '--canister', 'empty');
    expect(code).toBe('NOT_READY');
    expect(next).toMatch(/^Upload one first: llama-canister upload \S+tiny-chat-q8_0\.gguf --canister empty$/);
    const missing = await cli.failure('load', 'none.gguf', '--canister', 'empty');
    expect(missing.message).toContain('none.gguf');
    const { principal } = await cli.json('identity');
    expect(await cli.json('status', 'empty')).toMatchObject({
      ready: false,
      status: 'running',
      controllers: [principal],
      wasmMemoryLimit: String(3.75 * 2 ** 30),
    });
    expect(await cli.json('status')).toMatchObject({ ready: true, model: 'model.gguf' });
  });
});

describe.skipIf(missing(tinyChat))(`a conversation${missing(tinyChat)}`, () => {
  test('turns follow the model’s own template', async () => {
    const lines = 'What is a canister?\nThank you!\n/new\nWhat is a canister?\n/nonsense\n/exit\nnever said\n';
    const { code, stdout, stderr } = await cli.run(['chat', '--json', '--temp', '0', '-n', '60'], lines);
    expect(stderr).toContain('There is no /nonsense.');
    const [first, second, third, ...rest] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect([code, rest]).toEqual([0, []]);
    expect(first.text).toBe(tinyChatCases.get('tiny-chat-q8_0-canister')!.answer);
    // The second turn finds the first one, answer included, in the session.
    expect(second.cachedTokens).toBeGreaterThanOrEqual(first.promptTokens);
    expect(second.promptTokens).toBeGreaterThan(second.cachedTokens);
    expect(third.text).toBe(first.text);
  });

  test('a conversation continues in another process, and only new tokens are evaluated', async () => {
    const flags = ['--temp', '0', '-n', '60', '--session', 'later'];
    const nothing = await cli.failure('chat', 'And?', '--continue', '--session', 'nobody');
    expect(nothing).toMatchObject({ exit: 1, code: 'NO_CHAT' });
    const first = await cli.json('chat', 'What is a canister?', ...flags, '--system', 'Be brief.');
    const second = await cli.json('chat', 'Thank you!', ...flags, '--continue');
    expect(second.cachedTokens).toBeGreaterThanOrEqual(first.promptTokens + first.generatedTokens - 1);
    // The same as two lines of one process.
    const args = ['chat', '--json', ...flags, '--system', 'Be brief.'];
    const { stdout } = await cli.run(args, 'What is a canister?\nThank you!\n');
    const [, there] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(second.text).toBe(there.text);
    const later = cli.chats().filter(({ session }) => session === 'later');
    expect(later.map(({ messages }) => messages.length)).toEqual([5]);
    expect(await cli.failure('chat', 'x', '--continue', '--system', 'y')).toMatchObject({ exit: 2 });
    // Without it the conversation begins anew.
    expect((await cli.json('chat', 'Thank you!', ...flags)).promptTokens).toBeLessThan(second.promptTokens / 2);
  });

  test.runIf(isFull)('a guest uses the same template, without access to the file', async () => {
    await cli.json('call', 'set_access', '(record { level = 1 })');
    const guest = new Cli({ XDG_STATE_HOME: join(cli.folder, 'state') });
    try {
      const { canister } = await cli.json('status');
      // Nothing is known of the model here: neither its file nor what its upload remembered.
      rmSync(join(cli.folder, 'state/llama-canister/models'), { recursive: true, force: true });
      const flags = ['--canister', canister, '--temp', '0', '-n', '60'];
      const details = '(record { filename = "model.gguf" })';
      const refused = await guest.run(['call', 'uploaded_file_details', details, '--canister', canister]);
      expect([refused.code, refused.stdout]).toEqual([1, '(variant { Err = variant { Other = "Access Denied" } })\n']);
      const { stdout, stderr } = await guest.run(['chat', 'What is a canister?', ...flags]);
      expect(stdout.trim()).toBe(tinyChatCases.get('tiny-chat-q8_0-canister')!.answer);
      expect(stderr).not.toContain('template');
    } finally {
      rmSync(guest.folder, { recursive: true, force: true });
    }
  });

  test.runIf(isFull)('a system message is part of the prompt', async () => {
    const plain = await cli.json('chat', 'Hello', '--temp', '0', '-n', '8');
    const told = await cli.json('chat', 'Hello', '--temp', '0', '-n', '8', '--system', 'You are a pirate.');
    expect(told.promptTokens).toBeGreaterThan(plain.promptTokens);
    const raw = await cli.json('chat', 'Hello', '--temp', '0', '-n', '8', '--raw');
    expect(raw.promptTokens).toBeLessThan(plain.promptTokens);
  });
});
