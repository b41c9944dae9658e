import { HttpAgent } from '@icp-sdk/core/agent';
import { Admin } from './admin.js';
import { Answer, type FollowOptions } from './answers/answer.js';
import { type DecideOptions, type Decision, decide, decisionInput, type Question } from './answers/decision.js';
import { generationAnswer, type ReadOptions, startGeneration, type Ways } from './answers/generation-answer.js';
import { Generations, type Quote, quoteOf } from './answers/generations.js';
import { type ChatMessage, generationInput, type ModelOptions, type Prompt } from './answers/options.js';
import { patiently } from './answers/patience.js';
import { refusedAnswer } from './answers/refusals.js';
import { type CallOptions, type LlamaCanister, openCanister } from './canister.js';
import type { CallCertificate } from './certified.js';
import { LlamaError, throwIfAborted } from './errors.js';
import { retryingFetch } from './retry.js';
import type { RunUpdateOptions } from './run-update/answer.js';

/** Options for reading an answer. */
export interface ReadAnswerOptions extends FollowOptions {
  /** Has the subnet sign the whole answer at its end, and compares; the certificates are in the answer. */
  certified?: boolean | undefined;
  /** US dollars per 10^12 cycles, for costs in dollars. 10^12 cycles are one XDR, about 1.4 dollars. */
  usdPerTrillionCycles?: number | undefined;
}

export interface AskOptions extends ModelOptions, ReadAnswerOptions {
  /** For canisters that have only llama_cpp_canister's methods. */
  runUpdate?: RunUpdateOptions | undefined;
}

export interface AttachOptions extends ReadAnswerOptions {
  /** The number of the first event, as in `position` of an answer; default 0. */
  from?: number | undefined;
}

export interface ClientOptions {
  /**
   * Milliseconds for which the network or the canister may be unreachable while an answer is started or read; default
   * 180_000.
   */
  patience?: number | undefined;
}

/** How a text becomes tokens. */
export interface TokenizeOptions {
  /** Adds the tokens with which the model begins and ends texts (BOS, EOS); default false. */
  addSpecial?: boolean | undefined;
  /** Whether names of control tokens in the text become these tokens; default true. Otherwise they are plain text. */
  parseSpecial?: boolean | undefined;
}

/** The default, and the most for calls: a signed request is valid for less than five minutes. */
const PATIENCE_MS = 180_000;

/** Whether the canister is unreachable in a way that guarantees that a call was not executed. */
function isAway(error: unknown): boolean {
  return (
    error instanceof LlamaError && error.kind === 'rejected' && ['BUSY', 'STOPPED', 'STOPPING'].includes(error.code)
  );
}

function isNoMethod(error: unknown): boolean {
  return error instanceof LlamaError && error.code === 'METHOD_NOT_FOUND';
}

/**
 * A llama canister as its users see it: it is asked, and answers.
 *
 * @example
 * const llama = openLlama(await connect({ host }), canisterId);
 * for await (const delta of llama.chat([{ role: 'user', content: 'Who are you?' }])) {
 *   if (delta.type === 'text') process.stdout.write(delta.text);
 * }
 */
export class LlamaClient {
  /** Its methods as they are. */
  readonly canister: LlamaCanister;
  /** The answers that the canister computes or keeps. */
  readonly generations: Generations;
  readonly admin: Admin;
  readonly #ways: Ways;
  readonly #patience: number;
  #hasGenerations = true;

  /** `calls` is the same canister, with calls that are retried for longer. */
  constructor(canister: LlamaCanister, options: ClientOptions = {}, calls: LlamaCanister = canister) {
    this.canister = canister;
    this.#ways = { queries: canister, calls };
    this.#patience = options.patience ?? PATIENCE_MS;
    this.generations = new Generations(canister);
    this.admin = new Admin(canister);
  }

  /**
   * Asks for the answer to a conversation. It is begun at once; the canister's template makes a prompt of the messages.
   * Errors, when it is read: those of Answer, and where it is not begun `BUSY`, `OVER_QUOTA`, `NOT_READY`, `CONTEXT_FULL`,
   * `PAYMENT_REQUIRED`, `REFUSED` with the canister's words, `NOT_SUPPORTED` by an older canister.
   */
  chat(messages: readonly ChatMessage[], options: AskOptions = {}): Answer {
    return this.#ask(messages, options);
  }

  /** Has a text continued as it is; '' goes on with a session. Errors: those of `chat`. */
  complete(prompt: string, options: AskOptions = {}): Answer {
    return this.#ask(prompt, options);
  }

  #ask(prompt: Prompt, options: AskOptions): Answer {
    const certificates: CallCertificate[] = [];
    const onCertificate = (certificate: CallCertificate) => void certificates.push(certificate);
    return new Answer(() => this.#begin(prompt, options, onCertificate), 0, options, certificates);
  }

  /**
   * Goes on reading an answer, whether it is still coming or has ended: after a lost connection, a reload, or from another
   * device of the same identity. It is not cancelled when the reading ends, unless `keep` is false.
   * Errors, when it is read: those of Answer, `NO_SUCH_GENERATION`, `BEYOND_END`.
   */
  attach(id: bigint | number | string, options: AttachOptions = {}): Answer {
    const certificates: CallCertificate[] = [];
    const { from = 0, keep = true } = options;
    const onCertificate = (certificate: CallCertificate) => void certificates.push(certificate);
    const begin = async () => {
      const read = this.#readOptions(options, position(from));
      return generationAnswer(this.#ways, numberOf(id), read, onCertificate);
    };
    return new Answer(begin, from, { ...options, keep }, certificates);
  }

  /** What an answer would cost at most; nothing is begun. Errors: those of `chat`. */
  async quote(prompt: Prompt, options: ModelOptions & CallOptions = {}): Promise<Quote> {
    const input = generationInput(prompt, options);
    try {
      return quoteOf(await this.canister.ok('generation_quote', [input], { signal: options.signal }));
    } catch (error) {
      throw isNoMethod(error) ? unsupported('quotes') : refusedAnswer(error);
    }
  }

  /**
   * Has questions about a state answered by how probable their options are: at most 32 questions, 256 options each. Nothing is
   * generated, and the same question has the same answer.
   * Errors: those of `chat`, `GENERATION_FAILED`, `CANCELLED`, kind `aborted`.
   */
  async decide(prompt: Prompt, questions: readonly Question[], options: DecideOptions = {}): Promise<Decision> {
    const { signal } = options;
    throwIfAborted(signal);
    const patience = this.#patience;
    return decide(this.#ways, decisionInput(prompt, questions, options), { ...options, patience }, async (call) => {
      try {
        return await patiently(call, { patience, signal, passes: isAway });
      } catch (error) {
        throw isNoMethod(error) ? unsupported('decisions') : refusedAnswer(error);
      }
    });
  }

  /** What a decision would cost at most; nothing is begun. Errors: those of `decide`. */
  async quoteDecision(
    prompt: Prompt,
    questions: readonly Question[],
    options: Pick<DecideOptions, 'templateArguments' | 'signal'> = {},
  ): Promise<Quote> {
    const input = decisionInput(prompt, questions, options);
    try {
      return quoteOf(await this.canister.ok('decide_quote', [input], { signal: options.signal }));
    } catch (error) {
      throw isNoMethod(error) ? unsupported('decisions') : refusedAnswer(error);
    }
  }

  /**
   * The tokens that the model's tokenizer makes of a text of at most 64 KiB.
   * Errors: those of `quote`.
   */
  async tokenize(text: string, options: TokenizeOptions & CallOptions = {}): Promise<number[]> {
    const { addSpecial, parseSpecial, signal } = options;
    const given = (value: boolean | undefined): [] | [boolean] => (value === undefined ? [] : [value]);
    const input = { text, add_special: given(addSpecial), parse_special: given(parseSpecial) };
    try {
      return [...(await this.canister.ok('tokenize', [input], { signal }))];
    } catch (error) {
      throw isNoMethod(error) ? unsupported('tokens of texts') : refusedAnswer(error);
    }
  }

  /** The text of at most 10,000 tokens, control tokens shown. Errors: those of `quote`. */
  async detokenize(tokens: readonly number[], options: CallOptions = {}): Promise<string> {
    try {
      return await this.canister.ok('detokenize', [{ tokens: Uint32Array.from(tokens) }], { signal: options.signal });
    } catch (error) {
      throw isNoMethod(error) ? unsupported('texts of tokens') : refusedAnswer(error);
    }
  }

  /** Vectors of texts. Errors: always `NOT_SUPPORTED`, since no canister computes them so far. */
  async embed(_texts: readonly string[], _options?: CallOptions): Promise<number[][]> {
    throw unsupported('embeddings');
  }

  async #begin(
    prompt: Prompt,
    options: AskOptions,
    onCertificate: (certificate: CallCertificate) => void,
  ): Promise<ReturnType<typeof generationAnswer>> {
    const input = generationInput(prompt, options);
    const { signal } = options;
    if (this.#hasGenerations) {
      try {
        const start = () => startGeneration(this.#ways, input, onCertificate);
        const status = await patiently(start, { patience: this.#patience, signal, passes: isAway });
        return generationAnswer(this.#ways, status.id, this.#readOptions(options, 0), onCertificate, status);
      } catch (error) {
        this.#hasGenerations = !(await this.#isWithout(error));
        if (this.#hasGenerations) throw refusedAnswer(error);
      }
    }
    const { runUpdateAnswer } = await import('./run-update/answer.js');
    const canister = this.#ways.calls.withCertificates(onCertificate);
    return runUpdateAnswer(canister, prompt, { ...options, ...options.runUpdate });
  }

  /** Whether a call was not taken because the canister has no such methods; some do not say more than that they refuse it. */
  async #isWithout(error: unknown): Promise<boolean> {
    if (isNoMethod(error)) return true;
    if (!(error instanceof LlamaError) || error.code !== 'ACCESS_DENIED') return false;
    return this.canister.call('get_generation_limits', []).then(() => false, isNoMethod);
  }

  #readOptions({ certified = false, usdPerTrillionCycles }: ReadAnswerOptions, from: number): ReadOptions {
    return { from, patience: this.#patience, certified, usdPerTrillionCycles };
  }
}

function unsupported(what: string): LlamaError {
  return new LlamaError('refused', 'NOT_SUPPORTED', `${what}: not supported by this canister`, {
    value: what,
    next: 'Do without, or upgrade the canister: `llama-canister deploy --mode upgrade`',
  });
}

/** Errors: `BAD_GENERATION`. */
function numberOf(id: bigint | number | string): bigint {
  if (/^\d{1,20}$/.test(String(id))) return BigInt(id);
  throw new LlamaError('input', 'BAD_GENERATION', `"${id}" is no number of a generation`, {
    value: id,
    next: 'Give what `id` of an answer says.',
  });
}

/** Errors: `BAD_POSITION`. */
function position(from: number): number {
  if (Number.isSafeInteger(from) && from >= 0) return from;
  throw new LlamaError('input', 'BAD_POSITION', `${from} is no position in an answer`, {
    value: from,
    next: 'Give what `position` of an answer says, or 0.',
  });
}

/**
 * The canister with this id, called through the agent as it is now: a later change of the agent's identity does not count.
 * Errors: `BAD_CANISTER_ID`.
 */
export function openLlama(agent: HttpAgent, canisterId: string, options: ClientOptions = {}): LlamaClient {
  const { patience = PATIENCE_MS } = options;
  const { config, rootKey } = agent;
  const patient = HttpAgent.createSync({
    ...config,
    ...(rootKey ? { rootKey } : {}),
    // The same signed request, so that it is executed once however often it is sent.
    fetch: retryingFetch(config.fetch ?? fetch, { patience: Math.min(patience, PATIENCE_MS) }),
    retryTimes: 0,
  });
  return new LlamaClient(openCanister(agent, canisterId), options, openCanister(patient, canisterId));
}
