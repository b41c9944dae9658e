/** How a job begins: what was asked for is looked at, made tokens and written down; the rest is the timer's. */
import {
  ChatMessage,
  GenerationInput,
  GenerationPromptTag,
  GenerationQuote,
  GenerationQuoteResult,
  GenerationSeedTag,
  GenerationStatusResult,
  InputRecord,
  ResponseFormat,
  ResponseFormatTag,
} from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { caller } from '../../ic/message';
import { Principal } from '../../ic/principal';
import { Problem, Result } from '../../problem';
import { stat } from '../../storage/file-system';
import { pageBytes } from '../../storage/totals';
import { sessionPath } from '../access/session-path';
import { messageTokenCount, messageTokens, tokenizeMessages } from '../chat/chat-prompt';
import { engine } from '../engine/loaded';
import { Arguments } from '../flags/arguments';
import { drawSeed } from '../flags/seed';
import { MessageBudget, callLimit } from '../limits/instruction-budget';
import { GENERATIONS_RESERVE } from '../../prices';
import { whyNotReady } from '../models/model';
import { allowanceOf } from '../payment/allowances';
import { hold, pays, settle, whyNotPaid } from '../payment/deposit';
import { Work, priceOf } from '../payment/prices';
import { isExempt, tokensLeft, whyNoRoom, whyNoTokens } from '../quotas/quotas';
import { because } from '../replies/replies';
import { mostWork } from './charges';
import { drive } from './driving';
import { makeRoomFor } from './expiry';
import { Limits } from './generation-limits';
import { HEADER, Job, QUEUED, WAITING_FOR_SEED } from './job';
import { nextNumber, noteNumber } from './job-files';
import { addJob, findJob, openJobs, openJobsOf } from './queue';
import { engineRequest } from './engine-request';
import { GRAMMAR, JobRequest, SCHEMA } from './request';
import { statusOf } from './status';

const MOST_STOPS: i32 = 64;
const MOST_STOP: u32 = 1024;
/** Pages that a job takes beside its file: its session. */
const SESSION_BYTES: u64 = 65_536;
const NO_TEXT = new Text(0, 0);

const budget = new MessageBudget();

/**
 * A generation that somebody asks for.
 * @public for what answers other canisters
 */
export class JobInput {
  readonly request: JobRequest = new JobRequest();
  /** Of the prompt, i32 each, and how many; 0: it goes on with the session. */
  tokensAt: usize = 0;
  tokens: i32 = 0;
  /** Negative: no limit. */
  maxTokens: i32 = -1;
  hasSeed: bool = false;
  /** A call waits for its end, and is answered by then. */
  isAwaited: bool = false;
  seed: u32 = 0;
  /** Tokens that the session has at most, if it goes on with one. */
  sessionTokens: u64 = 0;
  /** The subnet is to draw the seed. */
  isBeacon: bool = false;

  constructor(readonly owner: Principal) {}

  /** What it may come to. */
  get most(): Work {
    return mostWork(this.tokens > 0 ? <u64>this.tokens : min(this.sessionTokens, <u64>engine.context), this.maxTokens);
  }
}

/** Why somebody cannot have another job now, or null. */
function whyNotAnother(owner: Principal): Problem | null {
  const limits = Limits.read();
  if (<u64>openJobs() >= limits.open) {
    return new Problem(`${openJobs()} generations are open, the most that there may be: send the call again later`);
  }
  const own = openJobsOf(owner);
  if (!isExempt(owner) && <u64>own >= limits.openOfCaller) {
    return new Problem(
      `quota: ${own} generations of the caller are open, the most that there may be; one has to end first`,
    );
  }
  return tokensLeft(owner) == 0 ? whyNoTokens(owner) : null;
}

/**
 * Begins a job: its number is given, and it goes on by itself.
 * @public for what answers other canisters
 */
export function startJob(input: JobInput): Result<Job> {
  const unready = whyNotReady();
  if (unready !== null) return Result.fail<Job>(unready);
  const refused = whyNotAnother(input.owner);
  if (refused !== null) return Result.fail<Job>(refused);
  const most = pays(input.owner) ? priceOf(input.most) : 0;
  const unpaid = most > 0 ? whyNotPaid(input.owner, most) : null;
  if (unpaid !== null) return Result.fail<Job>(unpaid);
  const size = <u64>HEADER + input.request.size + 4 * <u64>input.tokens;
  if (!makeRoomFor(input.owner, pageBytes(size) + SESSION_BYTES)) {
    return Result.fail<Job>(
      new Problem('the generations that are open take all the stable memory that they may: send the call again later'),
    );
  }
  const job = new Job(nextNumber(), input.owner);
  job.maxTokens = input.maxTokens;
  job.isAwaited = input.isAwaited;
  job.isBeacon = input.isBeacon;
  job.hasSeed = !input.isBeacon;
  job.phase = input.isBeacon ? WAITING_FOR_SEED : QUEUED;
  job.seed = input.isBeacon ? 0 : input.hasSeed ? input.seed : drawSeed(input.request.session.toString());
  let problem = write(job, input);
  if (problem === null && most > 0) {
    // What waits for its answer pays with that.
    if (!input.isAwaited) problem = hold(input.owner, most);
    if (problem === null) {
      job.held = most;
      problem = job.save();
      if (problem !== null && !input.isAwaited) settle(input.owner, most, 0);
    }
  }
  if (problem !== null) {
    job.remove();
    return Result.fail<Job>(problem);
  }
  addJob(job, input.request.session.toString());
  drive();
  return Result.ok<Job>(job);
}

function write(job: Job, input: JobInput): Problem | null {
  const request = input.request;
  let problem = job.create(request.size, input.tokens);
  if (problem !== null) return problem;
  // The header last: a file that is written from front to back is hashed on the way, which nobody asks for here.
  problem = request.write(job.file);
  if (problem === null && input.tokens > 0) {
    problem = job.file.write(job.tokensAt, input.tokensAt, (<u64>input.tokens) << 2);
  }
  if (problem === null) problem = job.save(true);
  return problem === null ? noteNumber(job.id) : problem;
}

/** What cannot be asked for yet. */
function whyNotYet(input: GenerationInput): Problem | null {
  const isOfTools = input.tools !== null || input.tool_choice !== null || input.parallel_tool_calls !== null;
  if (isOfTools) return new Problem('tools: a generation cannot have any yet');
  if (input.thinking !== null) return new Problem('thinking: a generation cannot be told how to think yet');
  return input.logprobs === null ? null : new Problem('logprobs: a generation cannot tell them yet');
}

/** Looks at what a caller has asked for. */
function read(input: GenerationInput, into: JobInput): Problem | null {
  const unready = whyNotReady();
  if (unready !== null) return unready;
  const unknown = whyNotYet(input);
  if (unknown !== null) return unknown;
  const request = into.request;
  const name = input.session;
  if (name !== null) {
    const own = sessionPath(name);
    const path = own.value;
    if (path === null) return own.problem!.of('session');
    const entry = stat(path);
    const full = entry === null ? whyNoRoom(-1, 1) : whyNoRoom(<i64>entry.size, entry.size);
    if (full !== null) return full;
    request.session = Text.of(path);
    if (entry !== null) into.sessionTokens = entry.size >> 2;
  }
  const most = input.max_tokens;
  if (most !== null) into.maxTokens = <i32>min<u32>(most.value, i32.MAX_VALUE);
  const seed = input.seed;
  into.isBeacon = seed !== null && seed.tag == GenerationSeedTag.beacon;
  if (seed !== null && seed.tag == GenerationSeedTag.number) {
    into.hasSeed = true;
    into.seed = seed.number;
  }
  const flags = input.sampling;
  if (flags !== null) request.sampling = flags;
  const format = input.response_format;
  if (format !== null) takeFormat(format, request);
  const stop = input.stop;
  if (stop !== null) request.stop = stop;
  const unstopped = whyNotStopped(request.stop);
  if (unstopped !== null) return unstopped;
  const wrong = whyNotGenerated(request);
  return wrong === null ? readPrompt(input, into) : wrong;
}

/** Why an answer cannot be generated in this way, or null. */
function whyNotGenerated(request: JobRequest): Problem | null {
  const input = new InputRecord();
  input.args = request.sampling;
  const args = new Arguments(input, true);
  const wrong = args.problem;
  if (wrong !== null) return wrong.of('sampling');
  const made = engine.prepare(engineRequest(args, request));
  const prepared = made.value;
  if (prepared === null) return made.problem;
  prepared.dispose();
  return null;
}

/** Notes what the answer has to fit. */
function takeFormat(format: ResponseFormat, into: JobRequest): void {
  if (format.tag == ResponseFormatTag.text) return;
  into.format = format.tag == ResponseFormatTag.gbnf ? GRAMMAR : SCHEMA;
  if (format.tag == ResponseFormatTag.gbnf) into.constraint = format.gbnf;
  else into.constraint = format.tag == ResponseFormatTag.json ? Text.of('{"type":"object"}') : format.json_schema;
}

function whyNotStopped(stops: Text[]): Problem | null {
  if (stops.length > MOST_STOPS) return new Problem(`stop: there are more than ${MOST_STOPS}`);
  for (let i = 0; i < stops.length; ++i) {
    if (stops[i].size == 0 || stops[i].size > MOST_STOP) return new Problem(`stop: a text has 1 to ${MOST_STOP} bytes`);
  }
  return null;
}

/** What a message may spend on making tokens of a prompt. */
function beginReading(): void {
  const whole = callLimit(false);
  budget.begin(whole > GENERATIONS_RESERVE ? whole - GENERATIONS_RESERVE : 0);
}

/** Makes tokens of messages; `given` are variables of the chat template, a JSON object, or empty. */
export function readMessages(messages: ChatMessage[], given: Text, into: JobInput): Problem | null {
  beginReading();
  const problem = tokenizeMessages(messages, given, budget);
  into.tokensAt = messageTokens;
  into.tokens = messageTokenCount;
  return problem;
}

/** Makes tokens of the prompt. */
function readPrompt(input: GenerationInput, into: JobInput): Problem | null {
  if (input.prompt.tag == GenerationPromptTag.messages) {
    const given = input.template_arguments;
    return readMessages(input.prompt.messages, given === null ? NO_TEXT : given, into);
  }
  beginReading();
  const text = input.prompt.text;
  if (text.size == 0 && into.request.session.size > 0) return null;
  const tokenized = engine.tokenize(text, budget);
  const tokens = tokenized.value;
  if (tokens === null) return tokenized.problem;
  into.tokensAt = tokens.ptr;
  into.tokens = tokens.count;
  return tokens.count == 0 ? new Problem('the prompt is empty, and there is no session to go on from') : null;
}

export function startGeneration(input: GenerationInput): GenerationStatusResult {
  const wanted = new JobInput(caller());
  const wrong = read(input, wanted);
  if (wrong !== null) return GenerationStatusResult.Err(because(`generation_start: ${wrong.text}`));
  const started = startJob(wanted);
  const job = started.value;
  if (job === null) return GenerationStatusResult.Err(because(`generation_start: ${started.problem!.text}`));
  return GenerationStatusResult.Ok(statusOf(job, findJob(job.id)));
}

/** What a generation would cost its caller, without anything being begun. */
export function quoteGeneration(input: GenerationInput): GenerationQuoteResult {
  const wanted = new JobInput(caller());
  const wrong = read(input, wanted);
  if (wrong !== null) return GenerationQuoteResult.Err(because(`generation_quote: ${wrong.text}`));
  const most = wanted.most;
  const quote = new GenerationQuote();
  quote.prompt_tokens = most.prompt;
  quote.generated_tokens = most.generated;
  quote.cycles = most.cycles;
  quote.price = pays(wanted.owner) ? priceOf(most) : 0;
  quote.allowance = allowanceOf(wanted.owner);
  return GenerationQuoteResult.Ok(quote);
}
