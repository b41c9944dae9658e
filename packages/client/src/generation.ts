import type { LlamaCanister } from './canister.js';
import { check, record } from './checks/checked.js';
import { callback, canisterShape, maybe, number, signal, text, texts } from './checks/shapes.js';
import { type Addition, fittingLengths, split, withoutPartialCharacter } from './continuation.js';
import { LlamaError } from './errors.js';
import { Pace } from './pace.js';
import type { RunReply } from './replies.js';
import { delay } from './retry.js';
import { StopTexts } from './stop-texts.js';

export interface GenerationOptions {
  /** Name of the caller's session on the canister. */
  session: string;
  /** Text for the model to continue; a beginning that the session already has is not evaluated again. */
  prompt: string;
  /** More of llama.cpp's flags: samplers, seed and so on. */
  args?: readonly string[];
  /** Most tokens to generate; by default the model ends its answer. */
  maxTokens?: number | undefined;
  /** Texts that end the answer; the answer does not contain them. */
  stop?: readonly string[];
  /** Instructions per call to aim at (see Pace). Default: as many tokens per call as fit. */
  pace?: number | undefined;
  /** Stops between calls; a running call is left to finish on the canister. */
  signal?: AbortSignal | undefined;
  /** Called with the canister's text when it has no room yet and the call will be sent again after a while. */
  onWait?: ((message: string) => void) | undefined;
  /** Called after every call, with its reply and the seconds it took. */
  onReply?: ((reply: RunReply, seconds: number) => void) | undefined;
}

export const generationEntries = {
  session: text,
  prompt: text,
  args: maybe(texts),
  maxTokens: maybe(number),
  stop: maybe(texts),
  pace: maybe(number),
  signal: maybe(signal),
  onWait: maybe(callback),
  onReply: maybe(callback),
};
const generationOptions = record<GenerationOptions>()(generationEntries);

/**
 * Why an answer ended: the model ended it, a stop text came, maxTokens was reached, the context has no room for more, or
 * the caller's signal fired.
 */
export type Ending = 'eog' | 'stop' | 'length' | 'context' | 'aborted';

export interface GenerationSummary {
  text: string;
  ending: Ending;
  /** Tokens of the prompt, and how many of them the session already had. */
  promptTokens: number;
  cachedTokens: number;
  generatedTokens: number;
  calls: number;
  seconds: number;
}

/** Most consecutive calls without a token: a token of a very large model takes several. */
const MOST_IDLE_CALLS = 16;

/** Wait between calls while the queue is full: the canister keeps the caller's place in it for a minute. */
const WAIT_MS = 3_000;
/** Longer than others can hold up the queue. */
const MOST_WAITS = 300;

/** The ingest and generate loop: one object for one answer. */
class Generation {
  readonly #canister: LlamaCanister;
  readonly #options: GenerationOptions;
  readonly #pace: Pace | undefined;
  readonly #started = performance.now();
  /** Text before the next call's tokens, once a reply has shown it. */
  #before: string | undefined;
  #conversation: string | undefined;
  #pending = '';
  /** Unevaluated tokens after the last call, which have to be evaluated first. */
  #remaining = 0;
  /** A token has been sampled that the next call will report again. */
  #hasPending = false;
  /**
   * A call that evaluated all but one of the requested tokens may leave the last one pending; that one may have no
   * text.
   */
  #mayBePending = false;
  #idleCalls = 0;
  /** Tokens evaluated again in calls without progress, since the last call with progress. */
  #evaluatedAgain = 0;
  /** Generated tokens that were evaluated, each counted in one call. */
  #evaluated = 0;
  promptTokens = 0;
  cachedTokens = 0;
  calls = 0;

  constructor(canister: LlamaCanister, options: GenerationOptions) {
    this.#canister = canister;
    this.#options = options;
    this.#pace = options.pace === undefined ? undefined : new Pace(options.pace);
  }

  /** Tokens of the answer so far, including the pending one. */
  get generated(): number {
    return this.#evaluated + (this.#hasPending ? 1 : 0);
  }

  get seconds(): number {
    return (performance.now() - this.#started) / 1000;
  }

  /** The first reply with the whole prompt ingested. */
  async ingest(): Promise<RunReply> {
    let last: RunReply | undefined;
    for (;;) {
      const reply = await this.#call(this.#options.prompt);
      const { tokens } = reply;
      if (tokens) {
        // The first call says how many tokens the session had; in later calls the number includes what earlier calls
        // ingested.
        if (this.calls === 1) this.cachedTokens = tokens.cached;
        this.promptTokens = tokens.prompt;
      }
      if (reply.promptRemaining === '' && (tokens?.remaining ?? 0) === 0) return reply;
      this.#countIdle(
        reply.promptRemaining !== last?.promptRemaining || tokens?.remaining !== last.tokens?.remaining,
        reply,
      );
      this.#before = reply.conversation + reply.promptRemaining;
      last = reply;
    }
  }

  continue(): Promise<RunReply> {
    return this.#call('');
  }

  /** The part of a reply that is new to the answer. */
  async add(reply: RunReply): Promise<Addition> {
    const addition = split(reply, this.#before) ?? (await this.#ask(reply));
    this.#before = withoutPartialCharacter(reply.conversation);
    this.#hasPending = !reply.eog && (addition.pending !== '' || (this.#mayBePending && (await this.#leftOne(reply))));
    // Progress is measured in tokens, because some have no text.
    const { generated = 0, remaining = 0 } = reply.tokens ?? {};
    const isNew = reply.conversation !== this.#conversation || this.#pending !== addition.pending;
    this.#countIdle(reply.eog || generated > 0 || remaining !== this.#remaining || isNew, reply);
    this.#remaining = remaining;
    this.#conversation = reply.conversation;
    this.#pending = addition.pending;
    return addition;
  }

  /**
   * Whether a reply's last token is pending, which its text does not show. The canister is asked with a query, which
   * may be one replica behind the reply. Then, and if it does not say, a requested token counts as pending, except
   * after a call without output, which may have had no room for it besides the prompt.
   */
  async #leftOne(reply: RunReply): Promise<boolean> {
    const { session, signal } = this.#options;
    const info = await this.#canister.sessionInfo(session, { signal });
    const { tokens } = reply;
    const isOfReply =
      info !== undefined && tokens !== undefined && Number(info.tokens) === tokens.prompt + tokens.generated;
    return isOfReply ? info.pending : reply.output !== '' || this.#idleCalls > 0;
  }

  /**
   * Resolves a reply with several possible splits: if one token is pending, a call for one token reports it again and
   * evaluates nothing.
   */
  async #ask(reply: RunReply): Promise<Addition> {
    if (!(await this.#leftOne(reply))) return { evaluated: withoutPartialCharacter(reply.output), pending: '' };
    const { session, args = [], signal } = this.#options;
    const flags = ['--prompt-cache', session, '--prompt-cache-all', ...args, '-n', '1', '-p', ''];
    const { output: pending } = await this.#canister.run(flags, { signal });
    this.calls++;
    if (pending.includes('\ufffd')) {
      // Half a character, which the longer output has joined with its other half: take the longest split.
      const end = fittingLengths(reply).at(-1) ?? 0;
      return { evaluated: reply.output.slice(0, end), pending: reply.output.slice(end) };
    }
    if (!reply.output.endsWith(pending)) {
      throw new LlamaError('unknown', 'UNEXPECTED_REPLY', 'the canister changed its mind about a token', {
        value: { output: reply.output, pending },
        next: 'Another client may be using the same session: give this one a name of its own (--session NAME).',
      });
    }
    const evaluated = reply.output.slice(0, reply.output.length - pending.length);
    return { evaluated: withoutPartialCharacter(evaluated), pending };
  }

  /**
   * Calls without progress may be spent on evaluating tokens again that the canister's heap has lost: each token once.
   */
  #countIdle(progress: boolean, { tokens }: RunReply): void {
    this.#evaluatedAgain = progress ? 0 : this.#evaluatedAgain + (tokens?.decoded ?? 0);
    const isEvaluating = tokens !== undefined && tokens.decoded > 0 && this.#evaluatedAgain <= tokens.prompt;
    this.#idleCalls = progress || isEvaluating ? 0 : this.#idleCalls + 1;
    if (this.#idleCalls > MOST_IDLE_CALLS) {
      throw new LlamaError('refused', 'STALLED', `${MOST_IDLE_CALLS} calls went by without a token`, {
        value: MOST_IDLE_CALLS,
        next: 'The context may be full: start a new chat, or load the model with a larger --ctx-size.',
      });
    }
  }

  /** Sends a call, and repeats it while the canister says that others come first. */
  async #runWhenThereIsRoom(flags: string[]): Promise<RunReply> {
    const { signal, onWait } = this.#options;
    for (let waits = 0; ; waits++) {
      try {
        return await this.#canister.run(flags, { signal });
      } catch (error) {
        if (!(error instanceof LlamaError && error.code === 'BUSY') || waits === MOST_WAITS) throw error;
        onWait?.(error.message);
        await delay(WAIT_MS, signal ?? undefined);
      }
    }
  }

  async #call(prompt: string): Promise<RunReply> {
    const { session, args = [], maxTokens, signal, onReply } = this.#options;
    // A pending token is reported again and counts towards -n.
    const repeated = this.#hasPending ? 1 : 0;
    const wanted = Math.min(
      maxTokens === undefined ? Infinity : maxTokens - this.generated,
      this.#pace?.tokens ?? Infinity,
    );
    const n = wanted === Infinity ? -1 : wanted + repeated;
    const flags = ['--prompt-cache', session, '--prompt-cache-all', ...args, '-n', String(n), '-p', prompt];
    const started = performance.now();
    const reply = await this.#runWhenThereIsRoom(flags);
    const seconds = (performance.now() - started) / 1000;
    this.calls++;
    // Without token counts, a call with output counts as having generated all requested tokens.
    const evaluated = reply.tokens?.generated ?? (reply.output === '' ? 0 : Math.max(n - (reply.eog ? 0 : 1), 0));
    this.#evaluated += evaluated;
    this.#mayBePending = n > 0 && evaluated === n - 1;
    if (this.#pace) {
      const info = await this.#canister.modelInfo({ signal });
      this.#pace.note(Number(info?.instructions_per_generated_token ?? 0n));
    }
    onReply?.(reply, seconds);
    return reply;
  }
}

/** The text of our canister; others stop silently, or say something else, which the caller sees. */
function isContextFull(error: unknown): boolean {
  return error instanceof LlamaError && error.kind === 'refused' && error.message.includes('the context is full');
}

/**
 * Runs the model on a prompt: yields the answer's text in pieces as it comes, and returns a summary.
 * The answer does not depend on how it was split over calls.
 *
 * @example
 * for await (const piece of generate(canister, { session: 'chat', prompt: 'Once upon a time' })) write(piece);
 */
export async function* generate(
  canister: LlamaCanister,
  options: GenerationOptions,
): AsyncGenerator<string, GenerationSummary, void> {
  check('generate: canister', canisterShape, canister);
  check('generate: options', generationOptions, options);
  if (options.prompt === '') {
    throw new LlamaError('input', 'EMPTY_PROMPT', 'the prompt is empty', { next: 'Say something for it to continue.' });
  }
  const { maxTokens } = options;
  if (maxTokens !== undefined && (!Number.isInteger(maxTokens) || maxTokens < 1)) {
    throw new LlamaError('input', 'BAD_MAX_TOKENS', `${maxTokens} is no number of tokens`, { value: maxTokens });
  }
  const generation = new Generation(canister, options);
  const stops = new StopTexts(options.stop ?? []);
  let text = '';
  let held = '';
  const summary = (ending: Ending): GenerationSummary => ({
    text,
    ending,
    promptTokens: generation.promptTokens,
    cachedTokens: generation.cachedTokens,
    generatedTokens: generation.generated,
    calls: generation.calls,
    seconds: generation.seconds,
  });
  const pass = (piece: string): string => {
    text += piece;
    return piece;
  };

  try {
    let reply = await generation.ingest();
    for (;;) {
      const { evaluated, pending } = await generation.add(reply);
      held = pending;
      const shown = pass(stops.push(evaluated));
      if (shown !== '') yield shown;
      const full = maxTokens !== undefined && generation.generated >= maxTokens;
      // The canister stops at a stop text, too, and its last token is still pending then.
      const done = reply.eog || full || stops.wouldStop(pending);
      if (done && !stops.stopped) {
        const rest = pass(stops.push(pending) + (stops.stopped ? '' : stops.flush()));
        if (rest !== '') yield rest;
      }
      if (stops.stopped) return summary('stop');
      if (done) return summary(reply.eog ? 'eog' : 'length');
      if (options.signal?.aborted) return summary('aborted');
      reply = await generation.continue();
    }
  } catch (error) {
    if (error instanceof LlamaError && error.kind === 'aborted') return summary('aborted');
    if (generation.generated > 0 && isContextFull(error)) {
      const rest = pass(stops.push(held) + (stops.stopped ? '' : stops.flush()));
      if (rest !== '') yield rest;
      return summary(stops.stopped ? 'stop' : 'context');
    }
    throw error;
  }
}
