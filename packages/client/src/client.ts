import { HttpAgent } from '@icp-sdk/core/agent';
import { Admin } from './admin.js';
import { Answer } from './answers/answer.js';
import { type DecideOptions, type Decision, decide, decisionInput, type Question } from './answers/decision.js';
import { generationAnswer, type ReadOptions, startGeneration, type Ways } from './answers/generation-answer.js';
import { Generations, type Quote, quoteOf } from './answers/generations.js';
import { numberOf } from './answers/number-of.js';
import { type ChatMessage, generationInput, type ModelOptions, type Prompt } from './answers/options.js';
import { checkPrompt } from './answers/options-shape.js';
import { patiently } from './answers/patience.js';
import { refusedAnswer } from './answers/refusals.js';
import { type CallOptions, callOptions, type LlamaCanister, openCanister } from './canister.js';
import type { CallCertificate } from './certified.js';
import { check, shown } from './checks/checked.js';
import { canisterShape, text as someText, texts as someTexts } from './checks/shapes.js';
import {
  type AskOptions,
  type AttachOptions,
  attachOptions,
  type ClientOptions,
  checkAsk,
  clientOptions,
  decideOptions,
  quoteOptions,
  type ReadAnswerOptions,
  questions as someQuestions,
  type TokenizeOptions,
  tokenizeOptions,
  tokenList,
} from './client-options.js';
import { LlamaError, throwIfAborted } from './errors.js';
import { retryingFetch } from './retry.js';

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

/** A canister to which a call is sent again for so many milliseconds. */
type Patiently = (patience: number) => LlamaCanister;

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
  readonly #calls: Patiently;
  readonly #patience: number;
  #hasGenerations = true;

  /** `calls` gives the same canister, with calls that are retried for so many milliseconds. */
  constructor(canister: LlamaCanister, options: ClientOptions = {}, calls: Patiently = () => canister) {
    check('LlamaClient: canister', canisterShape, canister);
    check('LlamaClient: options', clientOptions, options);
    this.canister = canister;
    this.#calls = calls;
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
    return this.#ask('chat', messages, options);
  }

  /** Has a text continued as it is; '' goes on with a session. Errors: those of `chat`. */
  complete(prompt: string, options: AskOptions = {}): Answer {
    return this.#ask('complete', prompt, options);
  }

  #ask(what: 'chat' | 'complete', prompt: Prompt, options: AskOptions): Answer {
    try {
      checkAsk(what, prompt, options);
    } catch (error) {
      return Answer.failed(error);
    }
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
    try {
      check('attach: options', attachOptions, options);
      numberOf(id);
      position(options.from ?? 0);
    } catch (error) {
      return Answer.failed(error);
    }
    const { from = 0, keep = true } = options;
    const onCertificate = (certificate: CallCertificate) => void certificates.push(certificate);
    const begin = async () => {
      const read = this.#readOptions(options, from);
      return generationAnswer(this.#ways(read.patience), numberOf(id), read, onCertificate);
    };
    return new Answer(begin, from, { ...options, keep }, certificates);
  }

  /** What an answer would cost at most; nothing is begun. Errors: those of `chat`. */
  async quote(prompt: Prompt, options: ModelOptions & CallOptions = {}): Promise<Quote> {
    check('quote: options', quoteOptions, options);
    checkPrompt('quote', prompt, options.roles);
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
    check('decide: options', decideOptions, options);
    check('decide: questions', someQuestions, questions);
    checkPrompt('decide', prompt);
    const { signal, patience = this.#patience } = options;
    throwIfAborted(signal);
    return decide(
      this.#ways(patience),
      decisionInput(prompt, questions, options),
      { ...options, patience },
      async (call) => {
        try {
          return await patiently(call, { patience, signal, passes: isAway });
        } catch (error) {
          throw isNoMethod(error) ? unsupported('decisions') : refusedAnswer(error);
        }
      },
    );
  }

  /** What a decision would cost at most; nothing is begun. Errors: those of `decide`. */
  async quoteDecision(
    prompt: Prompt,
    questions: readonly Question[],
    options: Pick<DecideOptions, 'templateArguments' | 'signal'> = {},
  ): Promise<Quote> {
    check('quoteDecision: options', decideOptions, options);
    check('quoteDecision: questions', someQuestions, questions);
    checkPrompt('quoteDecision', prompt);
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
    check('tokenize: options', tokenizeOptions, options);
    check('tokenize: text', someText, text);
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
    check('detokenize: tokens', tokenList, tokens);
    check('detokenize: options', callOptions, options);
    try {
      return await this.canister.ok('detokenize', [{ tokens: Uint32Array.from(tokens) }], { signal: options.signal });
    } catch (error) {
      throw isNoMethod(error) ? unsupported('texts of tokens') : refusedAnswer(error);
    }
  }

  /** Vectors of texts. Errors: always `NOT_SUPPORTED`, since no canister computes them so far. */
  async embed(texts: readonly string[], options: CallOptions = {}): Promise<number[][]> {
    check('embed: texts', someTexts, texts);
    check('embed: options', callOptions, options);
    throw unsupported('embeddings');
  }

  async #begin(
    prompt: Prompt,
    options: AskOptions,
    onCertificate: (certificate: CallCertificate) => void,
  ): Promise<ReturnType<typeof generationAnswer>> {
    const input = generationInput(prompt, options);
    const { signal } = options;
    const read = this.#readOptions(options, 0);
    const ways = this.#ways(read.patience);
    if (this.#hasGenerations) {
      try {
        const start = () => startGeneration(ways, input, onCertificate);
        const status = await patiently(start, { patience: read.patience, signal, passes: isAway });
        return generationAnswer(ways, status.id, read, onCertificate, status);
      } catch (error) {
        this.#hasGenerations = !(await this.#isWithout(error));
        if (this.#hasGenerations) throw refusedAnswer(error);
      }
    }
    const { runUpdateAnswer } = await import('./run-update/answer.js');
    const canister = ways.calls.withCertificates(onCertificate);
    return runUpdateAnswer(canister, prompt, { ...options, ...options.runUpdate });
  }

  /** Whether a call was not taken because the canister has no such methods; some do not say more than that they refuse it. */
  async #isWithout(error: unknown): Promise<boolean> {
    if (isNoMethod(error)) return true;
    if (!(error instanceof LlamaError) || error.code !== 'ACCESS_DENIED') return false;
    return !(await this.generations.supported().catch(() => true));
  }

  #readOptions(options: ReadAnswerOptions, from: number): ReadOptions {
    const { certified = false, usdPerTrillionCycles, patience = this.#patience } = options;
    return { from, patience, certified, usdPerTrillionCycles };
  }

  #ways(patience: number): Ways {
    return { queries: this.canister, calls: this.#calls(patience) };
  }
}

function unsupported(what: string): LlamaError {
  return new LlamaError('refused', 'NOT_SUPPORTED', `${what}: not supported by this canister`, {
    value: what,
    next: 'Do without, or upgrade the canister: `llama-canister upgrade`',
  });
}

/** Errors: `BAD_POSITION`. */
function position(from: number): number {
  if (Number.isSafeInteger(from) && from >= 0) return from;
  throw new LlamaError('input', 'BAD_POSITION', `${shown(from)} is no position in an answer`, {
    value: from,
    next: 'Give what `position` of an answer says, or 0.',
  });
}

/**
 * The canister with this id, called through the agent as it is now: a later change of the agent's identity does not count.
 * Errors: `BAD_CANISTER_ID`.
 */
export function openLlama(agent: HttpAgent, canisterId: string, options: ClientOptions = {}): LlamaClient {
  const canister = openCanister(agent, canisterId);
  const { config, rootKey } = agent;
  /** Whoever asks with a patience of his own mostly has one. */
  let last: { patience: number; canister: LlamaCanister } | undefined;
  const calls = (patience: number) => {
    if (last?.patience === patience) return last.canister;
    const patient = HttpAgent.createSync({
      ...config,
      ...(rootKey ? { rootKey } : {}),
      // The same signed request, so that it is executed once however often it is sent.
      fetch: retryingFetch(config.fetch ?? fetch, { patience: Math.min(patience, PATIENCE_MS) }),
      retryTimes: 0,
    });
    last = { patience, canister: openCanister(patient, canisterId) };
    return last.canister;
  };
  return new LlamaClient(canister, options, calls);
}
