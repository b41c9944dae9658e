import { createHash } from 'node:crypto';
import type { Service } from './canister.js';
import type { OutputRecord } from './generated/llama.did.js';

/** A token of the fake model: its bytes, or the end of an answer. */
export interface FakeToken {
  bytes: Uint8Array;
  eog?: boolean;
}

interface Session {
  tokens: FakeToken[];
  pending: FakeToken | undefined;
  /** The prompt whose answer is being generated, and its length in tokens. */
  prompt: string;
  promptLength: number;
}

interface FakeOptions {
  /** The model: the tokens of its answer to a prompt. */
  answer?: (prompt: string) => FakeToken[];
  /** Tokens per update call, ingested and evaluated together; 0 is no limit. */
  maxTokens?: number;
  /** At the limit no token is sampled that could only be pending, and session_info says what is, as in our canister. */
  endsAtLimit?: boolean;
  /** What model_info says that a token takes; without it there is no such method. */
  instructionsPerToken?: bigint | undefined;
  /** As canisters did before they counted tokens. */
  withoutCounts?: boolean;
}

export function token(text: string): FakeToken {
  return { bytes: new TextEncoder().encode(text) };
}

export const EOG: FakeToken = { bytes: new Uint8Array(0), eog: true };

function textOf(tokens: readonly FakeToken[]): string {
  return Buffer.concat(tokens.map(({ bytes }) => bytes)).toString('utf8');
}

/** Words with the space in front of them, and single newlines. */
function tokenize(text: string): FakeToken[] {
  return (text.match(/\n| ?[^ \n]+| /g) ?? []).map(token);
}

function flag(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
}

/**
 * What `service-api.md` says of sessions, prompts and files, in memory: enough of a canister to test a client without
 * one. The real canister stands behind the same client in the end-to-end tests.
 */
export class FakeLlama {
  readonly files = new Map<string, Buffer>();
  readonly sessions = new Map<string, Session>();
  readonly calls: { method: string; args: readonly string[] }[] = [];
  readonly #options: FakeOptions;
  /** Throws in place of the n-th coming chunk, after having stored it or before. */
  failChunk: { after: number; stored: boolean; error: Error } | undefined;

  /** So many coming calls have to wait. */
  busyCalls = 0;

  constructor(options: FakeOptions = {}) {
    this.#options = options;
  }

  /** The methods, as an actor has them. */
  service(): Service {
    const methods = {
      health: async () => ({ Ok: { status_code: 200 } }),
      ready: async () => ({ Ok: { status_code: 200 } }),
      whoami: async () => 'aaaaa-aa',
      new_chat: async ({ args }: { args: string[] }) => {
        this.calls.push({ method: 'new_chat', args });
        return { Ok: this.#record({}) };
      },
      run_update: async ({ args }: { args: string[] }) => this.#run(args),
      ...(this.#options.endsAtLimit
        ? { session_info: async (input: { promptcache: string }) => this.#sessionInfo(input.promptcache) }
        : {}),
      ...(this.#options.instructionsPerToken === undefined
        ? {}
        : {
            model_info: async () => ({ Ok: { instructions_per_generated_token: this.#options.instructionsPerToken } }),
          }),
      uploaded_file_details: async ({ filename }: { filename: string }) => {
        const file = this.files.get(filename);
        return file ? { Ok: details(filename, file) } : { Err: { Other: `File does not exist: ${filename}` } };
      },
      file_upload_chunk: async (input: { filename: string; chunk: Uint8Array; chunksize: bigint; offset: bigint }) =>
        this.#upload(input),
      file_download_chunk: async (input: { filename: string; chunksize: bigint; offset: bigint }) => {
        const file = this.files.get(input.filename) ?? Buffer.alloc(0);
        const chunk = file.subarray(Number(input.offset), Number(input.offset + input.chunksize));
        return { Ok: { chunk: Uint8Array.from(chunk) } };
      },
    };
    return methods as unknown as Service;
  }

  #upload(input: { filename: string; chunk: Uint8Array; chunksize: bigint; offset: bigint }) {
    const { filename, chunk } = input;
    const offset = Number(input.offset);
    const file = offset === 0 ? Buffer.alloc(0) : (this.files.get(filename) ?? Buffer.alloc(0));
    const fail = this.failChunk && this.failChunk.after-- === 0 ? this.failChunk : undefined;
    if (fail && !fail.stored) throw fail.error;
    if (offset === file.length) this.files.set(filename, Buffer.concat([file, chunk]));
    else if (offset + chunk.length !== file.length) return { Err: { Other: `offset ${offset} is not the end` } };
    if (fail) throw fail.error;
    return { Ok: details(filename, this.files.get(filename)!) };
  }

  #record(values: Partial<OutputRecord>): OutputRecord {
    return {
      status_code: 200,
      output: '',
      conversation: '',
      error: '',
      prompt_remaining: '',
      generated_eog: false,
      n_prompt_tokens: [],
      n_prompt_tokens_cached: [],
      n_prompt_tokens_decoded: [],
      n_prompt_tokens_remaining: [],
      n_tokens_generated: [],
      ...values,
    };
  }

  #sessionInfo(name: string) {
    const session = this.sessions.get(name);
    if (!session) return { Err: { Other: `session_info: there is no session ${name}` } };
    const tokens = BigInt(session.tokens.length);
    const prompt_tokens = BigInt(session.promptLength);
    return { Ok: { tokens, prompt_tokens, evaluated: tokens, pending: session.pending !== undefined } };
  }

  #run(args: readonly string[]) {
    this.calls.push({ method: 'run_update', args });
    if (this.busyCalls-- > 0) {
      return {
        Err: this.#record({ status_code: 503, error: 'the heap is full: this one waits in place 1 of the queue' }),
      };
    }
    const name = flag(args, '--prompt-cache') ?? '';
    const prompt = flag(args, '-p') ?? '';
    const n = Number(flag(args, '-n') ?? -1);
    const fresh: Session = { tokens: [], pending: undefined, prompt: '', promptLength: 0 };
    const session = this.sessions.get(name) ?? fresh;
    this.sessions.set(name, session);
    let budget = this.#options.maxTokens || Infinity;

    // With an empty prompt, all that the session has counts as one.
    const promptTokens = prompt === '' ? session.tokens.slice() : tokenize(prompt);
    let cached = promptTokens.length;
    let decoded = 0;
    if (prompt !== '') {
      cached = commonPrefix(promptTokens, session.tokens);
      session.tokens.length = cached;
      session.pending = undefined;
      session.prompt = prompt;
      session.promptLength = promptTokens.length;
      while (session.tokens.length < promptTokens.length && budget > 0) {
        session.tokens.push(promptTokens[session.tokens.length]!);
        decoded++;
        budget--;
      }
    }
    const remaining = promptTokens.slice(session.tokens.length);
    const sampled = remaining.length > 0 ? [] : this.#generate(session, n, budget);
    const isPending = session.pending !== undefined && sampled.length > 0;
    const counts = {
      n_prompt_tokens: [BigInt(promptTokens.length)],
      n_prompt_tokens_cached: [BigInt(cached)],
      n_prompt_tokens_decoded: [BigInt(decoded)],
      n_prompt_tokens_remaining: [BigInt(remaining.length)],
      // A pending token counts in the call that evaluates it.
      n_tokens_generated: [BigInt(sampled.length - (isPending ? 1 : 0))],
    } as unknown as Partial<OutputRecord>;
    return {
      Ok: this.#record({
        output: textOf(sampled),
        conversation: textOf(session.tokens),
        prompt_remaining: textOf(remaining),
        generated_eog: sampled.at(-1)?.eog ?? false,
        ...(this.#options.withoutCounts ? {} : counts),
      }),
    };
  }

  #generate(session: Session, n: number, budget: number): FakeToken[] {
    const answer = (this.#options.answer ?? (() => [EOG]))(session.prompt);
    const sampled: FakeToken[] = [];
    let left = budget;
    while (n < 0 || sampled.length < n) {
      if (left <= 0 && this.#options.endsAtLimit) break;
      const next = session.pending ?? answer[session.tokens.length - session.promptLength] ?? EOG;
      sampled.push(next);
      session.pending = next;
      if (!next.eog && (sampled.length === n || left <= 0)) break;
      session.tokens.push(next);
      session.pending = undefined;
      left--;
      if (next.eog) break;
    }
    return sampled;
  }
}

function commonPrefix(a: readonly FakeToken[], b: readonly FakeToken[]): number {
  let length = 0;
  while (length < a.length && length < b.length && Buffer.compare(a[length]!.bytes, b[length]!.bytes) === 0) length++;
  return length;
}

function details(filename: string, file: Buffer) {
  const filesha256 = createHash('sha256').update(file).digest('hex');
  return { filename, filesize: BigInt(file.length), filesha256 };
}
