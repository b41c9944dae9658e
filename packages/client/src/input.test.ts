// Whatever the public functions are given: what they throw is a LlamaError that names what is wrong.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FakeGenerations } from './answers/fake-generations.test-support.js';
import * as all from './index.js';
import { LlamaCanister, LlamaClient, LlamaError } from './index.js';
import * as node from './node.js';

const canister = new LlamaCanister(new FakeGenerations({ contents: [] }).service(), 'aaaaa-aa');
const llama = new LlamaClient(canister, { patience: 0 });
const hello = [{ role: 'user', content: 'Hello' }];

/** What comes of an answer or a promise, or of an iterator; or what was thrown at once. */
async function outcome(work: () => unknown): Promise<unknown> {
  try {
    const made = work();
    if (made instanceof all.Answer) return await made.id;
    if (typeof made === 'object' && made !== null && Symbol.asyncIterator in made) {
      return await (made as AsyncGenerator<unknown>).next();
    }
    return await made;
  } catch (error) {
    return error;
  }
}

async function refusal(work: () => unknown): Promise<LlamaError> {
  const error = await outcome(work);
  expect(error).toBeInstanceOf(LlamaError);
  expect(error).toMatchObject({ kind: 'input' });
  return error as LlamaError;
}

describe('problems are reported in one sentence', () => {
  test.each<[() => unknown, string, string]>([
    [() => llama.chat(null as never), 'BAD_ARGUMENT', 'chat: messages: expected a list of messages, got null'],
    [() => llama.chat('Hello' as never), 'BAD_ARGUMENT', 'chat: messages: expected a list of messages, got "Hello"'],
    [() => llama.chat([]), 'BAD_ARGUMENT', 'chat: messages: expected at least one message, got a list'],
    [
      () => llama.chat([{ role: 'user', content: 5 as never }]),
      'BAD_ARGUMENT',
      'chat: messages[0].content: expected a text, got 5',
    ],
    [
      () => llama.chat([{ role: 'user' } as never]),
      'BAD_ARGUMENT',
      'chat: messages[0].content: expected a value, got undefined',
    ],
    [
      () => llama.chat([...hello, { role: 'assistant', content: '', tool_calls: [] } as never]),
      'UNKNOWN_OPTION',
      'chat: messages[1]: there is no "tool_calls"; "toolCalls" comes nearest',
    ],
    [
      () => llama.chat([{ role: 'asistant', content: '' }]),
      'UNKNOWN_ROLE',
      'chat: messages[0].role: "asistant" is none of system, developer, user, assistant, tool',
    ],
    [
      () => llama.chat(hello, { max_tokens: 5 } as never),
      'UNKNOWN_OPTION',
      'chat: options: there is no "max_tokens"; "maxTokens" comes nearest',
    ],
    [() => llama.chat(hello, null as never), 'BAD_ARGUMENT', 'chat: options: expected an object, got null'],
    [
      () => llama.chat(hello, { maxTokens: '5' as never }),
      'BAD_ARGUMENT',
      'chat: options.maxTokens: expected a number, got "5"',
    ],
    [() => llama.chat(hello, { maxTokens: -1 }), 'BAD_NUMBER', 'maxTokens: -1 is no whole number from 0 to 2^32 - 1'],
    [
      () => llama.chat(hello, { toolChoice: 'any' as never }),
      'BAD_ARGUMENT',
      'chat: options.toolChoice: expected "auto", "none", "required" or { function }, got "any"',
    ],
    [
      () => llama.chat(hello, { templateArguments: { a: 1n } }),
      'BAD_ARGUMENT',
      'templateArguments: expected what can be written as JSON',
    ],
    [() => llama.complete(null as never), 'BAD_ARGUMENT', 'complete: prompt: expected a text, got null'],
    [() => llama.attach({} as never), 'BAD_GENERATION', 'an object is no number of a generation'],
    [() => llama.attach(1n, { from: -1 }), 'BAD_POSITION', '-1 is no position in an answer'],
    [
      () => (llama.decide as unknown as (prompt: string) => unknown)('?'),
      'BAD_ARGUMENT',
      'decide: questions: expected a list of questions, got undefined',
    ],
    [
      () => llama.decide('?', [{ text: 'a', kind: { choices: ['b'] } as never }]),
      'BAD_ARGUMENT',
      'decide: questions[0].kind: expected "yes-no", { choice } or { score: { least, greatest } }, got an object',
    ],
    [
      () => llama.detokenize([-1]),
      'BAD_ARGUMENT',
      'detokenize: tokens: expected a list of tokens, whole numbers from 0 on, got a list',
    ],
    [() => llama.generations.get('x'), 'BAD_GENERATION', '"x" is no number of a generation'],
    [
      () => llama.admin.assignRole('aaaaa-aa', 'admin' as never),
      'BAD_ARGUMENT',
      'assignRole: role: expected one of "AdminQuery", "AdminUpdate", got "admin"',
    ],
    [
      () => llama.admin.setGenerationLimits({ opens: 5n } as never),
      'UNKNOWN_OPTION',
      'setGenerationLimits: limits: there is no "opens"; "open" comes nearest',
    ],
    [
      () => new all.Conversation(llama, { sytem: 'x' } as never),
      'UNKNOWN_OPTION',
      'Conversation: options: there is no "sytem"; "system" comes nearest',
    ],
    [
      () => all.connect({ hosts: 'x' } as never),
      'UNKNOWN_OPTION',
      'connect: options: there is no "hosts"; "host" comes nearest',
    ],
    [
      () => all.openLlama(null as never, 'aaaaa-aa'),
      'BAD_ARGUMENT',
      'openCanister: agent: expected an agent, as connect gives it, got null',
    ],
    [
      () => all.canisterStatus({ call() {}, query() {} } as never, 'x'),
      'BAD_PRINCIPAL',
      'canisterId: "x" is no principal',
    ],
  ])('%s', async (work, code, message) => {
    expect(await refusal(work)).toMatchObject({ code, message });
  });
});

test('a role that only the template knows is named, and options that are undefined are none', async () => {
  const given = [{ role: 'wizard', content: 'Hi' }];
  await refusal(() => llama.chat(given));
  expect(await outcome(() => llama.chat(given, { roles: ['wizard'], session: undefined }))).toBe(7n);
});

/** Public functions, and methods of what they make, that send nothing by themselves. */
const client = new Map<string, (...args: never[]) => unknown>();
const skipped = new Set(['constructor']);
function add(name: string, of: object): void {
  for (let proto = of; proto !== Object.prototype; proto = Object.getPrototypeOf(proto)) {
    for (const key of Object.getOwnPropertyNames(proto)) {
      const value = Object.getOwnPropertyDescriptor(proto, key)?.value as unknown;
      if (typeof value === 'function' && !skipped.has(key)) {
        client.set(`${name}.${key}`, (...args) => value.apply(of, args) as unknown);
      }
    }
  }
}
add('llama', llama);
add('canister', canister);
add('generations', llama.generations);
add('admin', llama.admin);
add('conversation', new all.Conversation(llama));
add('chat', new all.Chat(canister));
for (const [name, value] of [...Object.entries(all), ...Object.entries(node)]) {
  if (typeof value !== 'function') continue;
  const isClass = /^[A-Z]/.test(name);
  // Those who make an error, or give arguments as they are.
  if (['LlamaError', 'idlFactory', 'Answer', 'badPem', 'unopened'].includes(name)) continue;
  client.set(name, isClass ? (...args) => new (value as new (...args: never[]) => unknown)(...args) : (value as never));
}

const anything = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withTypedArray: true, withNullPrototype: true, maxDepth: 2 }),
  fc.constantFrom(...[null, undefined, hello, llama, canister, {}, [], '', 'aaaaa-aa', 5, -1, 7n, new Uint8Array(3)]),
  fc.constant(() => {}),
);

test.each([...client.keys()])('%s throws nothing else', async (name) => {
  const called = client.get(name)!;
  await fc.assert(
    fc.asyncProperty(fc.array(anything, { maxLength: 4 }), async (args) => {
      const came = await outcome(() => called(...(args as never[])));
      if (came instanceof Error && !(came instanceof LlamaError)) throw came;
      if (came instanceof LlamaError) expect(came).not.toMatchObject({ kind: 'unknown' });
    }),
    {
      numRuns: 40,
      // Beside what is drawn: a first argument that is wrong, before others that are right.
      examples: [null, {}, () => {}, 5].map((first): [unknown[]] => [[first, 'aaaaa-aa', {}]]),
    },
  );
});
