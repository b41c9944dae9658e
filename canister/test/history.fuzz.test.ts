/**
 * Random histories of several callers, with upgrades and other models in between. They are compared with a model that
 * knows what the methods mean and nothing of how they work: a session is a prompt and a number of tokens after it. Each
 * history is run twice: with room for everything, and with more callers in a heap that is always full. More than 300
 * lines: the model and the commands that it is compared by are one thing.
 */

import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limited } from './limited-memory.js';
import { anonymous, Llama, type Output, owner, type Result } from './llama.js';
import { tinyModel } from './tiny-model.js';

const isFullTest = process.env.LLAMA_CANISTER_TEST === 'full';
/** The number of tokens that are known of every answer. */
const KNOWN = 60;
const FLAGS = ['--temp', '0', '--ignore-eos'];
const PROMPTS = ['the cat', 'the cat sat', 'the cat sat on the mat and ', 'a dog', 'once upon a time there was'];
const MODELS = ['a', 'b'] as const;
type ModelName = (typeof MODELS)[number];
const files = { a: tinyModel(), b: tinyModel({ architecture: 'qwen2' }) };

/** The answer of a model: the prompt's text, and the text of each token after it. */
interface Answer {
  prompt: string;
  tokens: string[];
}
const answers = new Map<string, Answer>();
let llama: Llama;
/** How many calls were answered, and how many failed because the heap was full. */
let answered = 0;
let full = 0;

/** Asks the models for their answers, one after the other. */
function prepare(): void {
  for (const name of MODELS) {
    llama.load(name, files[name], '-c', '512');
    for (const prompt of PROMPTS) {
      const args = ['--prompt-cache', `oracle ${name}`, ...FLAGS];
      const text = llama.run([...args, '-n', '0', '-p', prompt]).conversation;
      const tokens: string[] = [];
      // Each call reports two tokens, and the next call reports the second of them again.
      llama.run([...args, '-n', '1', '-p', '']);
      for (let i = 0; i < KNOWN; i++) {
        const before = tokens.join('');
        const { conversation, output } = llama.run([...args, '-n', '2', '-p', '']);
        tokens.push(conversation.slice(text.length + before.length));
        expect(output.startsWith(tokens[i]!)).toBe(true);
      }
      answers.set(`${name} ${prompt}`, { prompt: text, tokens });
    }
  }
  for (const name of MODELS) llama.ok('remove_prompt_cache', ['--prompt-cache', `oracle ${name}`]);
}

interface Session {
  model: ModelName;
  prompt: string;
  /** How many tokens after the prompt were evaluated, and whether one more was reported. */
  done: number;
  pending: boolean;
}

/** What the canister keeps for one caller. */
class Belongings {
  sessions = new Map<string, Session>();
  /** Newest first. */
  chats: { timestamp: string; chat: string }[] = [];
  /** Whether nothing of the newest chat is saved yet, so that the next one replaces it. */
  isBegun = false;

  save(text: string): void {
    if (this.chats[0]) this.chats[0].chat = text;
    this.isBegun = false;
  }
}

const timestamp = (time: bigint) =>
  new Date(Number(time / 1_000_000n)).toISOString().slice(0, 19).replace('T', '_').replaceAll(':', '-');

class Reference {
  level = 0;
  loaded: ModelName = 'a';
  isReady = true;
  areChatsSaved = true;
  pinned = new Map<string, string>();
  limits = { max_tokens_update: 0n, max_tokens_query: 0n };
  readonly #belongings = new Map<string, Belongings>();

  of(who: Principal): Belongings {
    const name = who.toText();
    const belongings = this.#belongings.get(name) ?? new Belongings();
    this.#belongings.set(name, belongings);
    return belongings;
  }

  mayChat(who: Principal): boolean {
    return who === owner || (this.level === 1 && !who.isAnonymous());
  }

  /** The reply's texts, or null for an error. */
  run(who: Principal, name: string, prompt: string, n: number, keep: boolean) {
    if (!this.mayChat(who) || !this.isReady) return null;
    const mine = this.of(who);
    const known = mine.sessions.get(name);
    // A session is never replaced by one of another model.
    if (known && known.model !== this.loaded) return null;
    let session: Session | undefined = known && { ...known };
    if (prompt !== '') session = { model: this.loaded, prompt, done: 0, pending: false };
    if (!session) return null;
    const { prompt: text, tokens } = answers.get(`${session.model} ${session.prompt}`)!;
    const output = tokens.slice(session.done, session.done + n).join('');
    session.done += Math.max(0, n - 1);
    session.pending ||= n > 0;
    const conversation = text + tokens.slice(0, session.done).join('');
    if (keep) {
      mine.sessions.set(name, session);
      if (this.areChatsSaved) mine.save(conversation);
    }
    return { output, conversation, prompt_remaining: '', error: '' };
  }
}

/** The owner, other callers, and sometimes the anonymous one. */
const who = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 6, arbitrary: fc.nat({ max: 999 }).map((i) => 2 + i) },
  { weight: 1, arbitrary: fc.constant(1) },
);
/** The last name is as long as a name may be: 3,840 bytes. */
const NAMES = ['x', 'y', 'z/deep', `${`${'n'.repeat(255)}/`.repeat(14)}${'n'.repeat(255)}/`];
const name = fc.constantFrom('x', 'x', 'x', 'y', 'y', 'y', 'z/deep', 'z/deep', NAMES[3]!);
/** How many copies are made at once. */
const COPIES = 20;
const n = fc.constantFrom(0, 1, 2, 3, 7);
const step = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'run' as const,
        'run' as const,
        'run' as const,
        'query' as const,
        'asked' as const,
        'read' as const,
      ),
      ...{ who, name, n },
      prompt: fc.oneof(fc.constantFrom(...PROMPTS), fc.constant('')),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('copy' as const), who, name, to: name }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('copies' as const), who, name }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('transfer' as const), who, name, to: name, whom: who }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), who, name }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('new chat' as const), who, name }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('level' as const), who, level: fc.constantFrom(1, 1, 1, 0) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('chats' as const), who, on: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pin' as const), who, prompt: fc.constantFrom(...PROMPTS) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unpin' as const), who }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('limits' as const), who, most: fc.bigInt(0n, 2n ** 64n - 1n) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('nonsense' as const), who, name }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('load' as const), who, model: fc.constantFrom(...MODELS) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('upgrade' as const), waits: fc.boolean() }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const isOk = (result: unknown) => 'Ok' in (result as object);
const commandLine = IDL.Record({ args: IDL.Vec(IDL.Text) });

/** Whether a call was refused because the heap was full: then it has changed nothing, and may be sent again. */
function isForWantOfHeap(result: Result<Output, Output>): boolean {
  const isFull = 'Err' in result && result.Err.error.startsWith('the heap is full');
  if (isFull) full++;
  else answered++;
  return isFull;
}

/** A query that is sent as an update. */
function asUpdate(args: string[], caller: Principal): Result<Output, Output> {
  return llama.update('run_query', IDL.encode([commandLine], [{ args }]), caller) as Result<Output, Output>;
}
const NONSENSE = [
  ['--nothing'],
  ['-n', 'many', '-p', 'the cat'],
  ['--grp-attn-n', '4', '-p', 'the cat'],
  ['-p', 'the cat '.repeat(300)],
  ['--model', 'none', '-p', 'the cat'],
  ['--logit-bias', '5000+1', '-p', 'the cat'],
];

function apply(reference: Reference, callers: Principal[], step: Step): void {
  const of = (i: number) => callers[i < 2 ? i : 2 + ((i - 2) % (callers.length - 2))]!;
  switch (step.kind) {
    case 'run':
    case 'query':
    case 'asked':
    case 'read': {
      const caller = of(step.who);
      const session = reference.of(caller).sessions.get(step.name);
      // Only as far as the answers are known.
      const n = step.prompt === '' && (session?.done ?? 0) + step.n > KNOWN ? 0 : step.n;
      const args = ['--prompt-cache', step.name, ...FLAGS, '-n', String(n), '-p', step.prompt];
      if (step.kind === 'read') args.push('--prompt-cache-ro');
      const isQuery = step.kind === 'query' || step.kind === 'asked';
      const method = isQuery ? 'run_query' : 'run_update';
      const result = step.kind === 'asked' ? asUpdate(args, caller) : llama.command(method, args, caller);
      if (isForWantOfHeap(result)) break;
      // As an update, a query is only for administrators: all nodes execute it, and no quota counts it.
      if (step.kind === 'asked' && caller !== owner) {
        expect(result).toHaveProperty('Err');
        break;
      }
      const expected = reference.run(caller, step.name, step.prompt, n, step.kind === 'run');
      if (expected) expect(result).toMatchObject({ Ok: expected });
      else expect(result).toHaveProperty('Err');
      if (expected && step.kind === 'read' && reference.areChatsSaved) {
        reference.of(caller).save(expected.conversation);
      }
      break;
    }
    case 'copy': {
      const caller = of(step.who);
      const { sessions } = reference.of(caller);
      const session = sessions.get(step.name);
      const works = reference.mayChat(caller) && session !== undefined;
      expect(isOk(llama.call('copy_prompt_cache', { from: step.name, to: step.to }, caller))).toBe(works);
      if (works) sessions.set(step.to, { ...session });
      break;
    }
    case 'copies': {
      const caller = of(step.who);
      const { sessions } = reference.of(caller);
      const session = sessions.get(step.name);
      const works = reference.mayChat(caller) && session !== undefined;
      for (let i = 0; i < COPIES; i++) {
        const input = { from: step.name, to: `copy ${i}` };
        expect(isOk(llama.call('copy_prompt_cache', input, caller))).toBe(works);
        if (works) sessions.set(input.to, { ...session });
      }
      break;
    }
    case 'transfer': {
      const [caller, receiver] = [of(step.who), of(step.whom)];
      const session = reference.of(caller).sessions.get(step.name);
      const input = { promptcache: step.name, chunksize: 1_000_000n, offset: 0n };
      const got = llama.call('download_prompt_cache_chunk', input, caller) as Result<{ chunk: Uint8Array }, unknown>;
      // Only administrators may use sessions as files.
      expect(isOk(got)).toBe(caller === owner && session !== undefined);
      if (!('Ok' in got)) break;
      const sent = { ...input, promptcache: step.to, chunk: got.Ok.chunk };
      const works = receiver === owner;
      expect(isOk(llama.call('upload_prompt_cache_chunk', sent, receiver))).toBe(works);
      if (works) reference.of(receiver).sessions.set(step.to, { ...session! });
      break;
    }
    case 'remove': {
      const caller = of(step.who);
      const result = llama.command('remove_prompt_cache', ['--prompt-cache', step.name], caller);
      expect(isOk(result)).toBe(reference.mayChat(caller));
      if ('Ok' in result) {
        const existed = reference.of(caller).sessions.delete(step.name);
        expect(result.Ok.output).toContain(existed ? 'deleted successfully' : 'Nothing to delete');
      }
      break;
    }
    case 'new chat': {
      const caller = of(step.who);
      const works = reference.mayChat(caller);
      expect(isOk(llama.command('new_chat', ['--prompt-cache', step.name], caller))).toBe(works);
      const mine = reference.of(caller);
      if (works && reference.areChatsSaved) {
        if (mine.isBegun) mine.chats.shift();
        mine.chats.unshift({ timestamp: timestamp(llama.time), chat: '' });
        mine.chats.splice(3);
        mine.isBegun = true;
      }
      break;
    }
    case 'level':
      expect(isOk(llama.call('set_access', { level: step.level }, of(step.who)))).toBe(of(step.who) === owner);
      if (of(step.who) === owner) reference.level = step.level;
      break;
    case 'chats':
      expect(isOk(llama.call(step.on ? 'chats_resume' : 'chats_pause', undefined, of(step.who)))).toBe(
        of(step.who) === owner,
      );
      if (of(step.who) === owner) reference.areChatsSaved = step.on;
      break;
    case 'pin': {
      const works = of(step.who) === owner && reference.isReady;
      const result = llama.command('pin_prefix', ['--prompt-cache', 'p', '-p', step.prompt], of(step.who));
      expect(isOk(result)).toBe(works);
      if (works) reference.pinned.set('p', step.prompt);
      break;
    }
    case 'unpin':
      expect(isOk(llama.command('unpin_prefix', ['--prompt-cache', 'p'], of(step.who)))).toBe(of(step.who) === owner);
      if (of(step.who) === owner) reference.pinned.delete('p');
      break;
    case 'limits': {
      // A limit that is never reached, so that every call ends as it would without one.
      const limits = { max_tokens_update: (step.most % 1000n) + 1000n, max_tokens_query: 0n };
      expect(isOk(llama.call('set_max_tokens', limits, of(step.who)))).toBe(of(step.who) === owner);
      if (of(step.who) === owner) reference.limits = limits;
      break;
    }
    case 'nonsense':
      for (const args of NONSENSE) {
        const result = llama.command('run_update', ['--prompt-cache', step.name, ...args], of(step.who));
        expect(result).toHaveProperty('Err');
      }
      break;
    case 'load': {
      const works = of(step.who) === owner;
      expect(isOk(llama.command('load_model', ['-m', step.model, '-c', '512'], of(step.who)))).toBe(works);
      if (works) {
        reference.loaded = step.model;
        reference.isReady = true;
      }
      break;
    }
    default:
      llama.upgrade();
      reference.isReady = step.waits;
      if (step.waits) llama.timers();
  }
}

/** Checks everything that can be asked. */
function agree(reference: Reference, callers: Principal[]): void {
  expect(llama.call('get_access')).toMatchObject({ Ok: { level: reference.level } });
  expect(llama.call('get_max_tokens')).toEqual(reference.limits);
  expect(isOk(llama.call('ready'))).toBe(reference.isReady);
  llama.timers();
  reference.isReady = true;
  const { Ok } = llama.call('get_pinned_prefixes') as { Ok: Record<string, unknown>[] };
  expect(Ok.map((prefix) => prefix.name)).toEqual([...reference.pinned.keys()]);
  for (const { tokens, evaluated } of Ok) expect([tokens, evaluated]).toEqual([tokens, tokens]);
  for (const caller of callers) {
    if (!reference.mayChat(caller)) continue;
    const { chats, sessions } = reference.of(caller);
    if (reference.areChatsSaved) expect(llama.call('get_chats', undefined, caller)).toEqual({ Ok: { chats } });
    for (const name of new Set([...NAMES, ...sessions.keys()])) {
      const filename = `.canister_cache/${caller}/sessions/${name}`;
      expect(isOk(llama.call('filesystem_file_size', { filename }, owner))).toBe(sessions.has(name));
      const args = ['--prompt-cache', name, ...FLAGS, '-n', '1', '-p', ''];
      const expected = reference.run(caller, name, '', 1, false);
      const result: Result<Output, Output> = llama.command('run_query', args, caller);
      expect(isForWantOfHeap(result)).toBe(false);
      if (expected) expect(result).toMatchObject({ Ok: expected });
      else expect(result).toHaveProperty('Err');
    }
  }
}

let histories = 0;

function live(strangers: number, steps: Step[]): void {
  histories++;
  const callers = [owner, anonymous];
  for (let i = 1; i <= strangers; i++)
    callers.push(Principal.selfAuthenticating(Uint8Array.of(i, histories, histories >> 8)));
  // The owner takes part in all histories, so his data is removed between them.
  for (const cache of [...NAMES, ...Array.from({ length: COPIES }, (_, i) => `copy ${i}`)])
    llama.ok('remove_prompt_cache', ['--prompt-cache', cache]);
  llama.call('set_access', { level: 1 });
  llama.call('chats_resume');
  llama.maxTokens(0);
  llama.ok('unpin_prefix', ['--prompt-cache', 'p']);
  llama.ok('load_model', ['-m', 'a', '-c', '512']);
  const reference = new Reference();
  reference.level = 1;
  const { Ok: kept } = llama.call('get_chats') as { Ok: { chats: { timestamp: string; chat: string }[] } };
  reference.of(owner).chats = kept.chats;
  reference.of(owner).isBegun = kept.chats[0]?.chat === '';
  for (const step of steps) {
    llama.time += 2_000_000_000n;
    apply(reference, callers, step);
  }
  agree(reference, callers);
}

const lives = (strangers: number, runs: number, seed?: number) =>
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), (steps) => live(strangers, steps)),
    isFullTest ? { numRuns: 250 } : { numRuns: runs, ...(seed !== undefined && { seed }) },
  );
/** Few histories fill the heap. Ten of this seed do, and one of them once read what a copy in use had lost. */
const FILLS = 42;

describe('histories have the results that the methods promise', () => {
  it('with room for everything', async () => {
    llama = await Llama.install();
    prepare();
    lives(2, 10);
    expect(full).toBe(0);
  });

  it('by many callers, in a heap that is always full', async () => {
    const roomy = await Llama.install();
    roomy.load('a', files.a, '-c', '512');
    const pages = roomy.canister.memory.heap / 65536;
    llama = await Llama.install({}, limited(pages + 12));
    prepare();
    lives(12, 10, FILLS);
    expect(llama.canister.memory.heap / 65536).toBe(pages + 12);
    // Nobody's prompt takes several calls here, so that hardly anybody has to wait.
    expect(full).toBeLessThan(answered / 50);
  });
});
