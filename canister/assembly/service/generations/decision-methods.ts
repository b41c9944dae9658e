/** The methods for decisions: requests are checked and tokenized, and a job answers them. */
import {
  Decision,
  DecisionInput,
  DecisionQuestion,
  DecisionResult,
  GenerationIdInput,
  GenerationPromptTag,
  GenerationQuote,
  GenerationQuoteResult,
} from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { instructions } from '../../ic/performance';
import { caller } from '../../ic/message';
import { RawBuffer } from '../../memory/raw-buffer';
import { Code, Problem } from '../../problem';
import { mayInspect } from '../access/access';
import { messageTokenCount, messageTokens, tokenizeMessages } from '../chat/chat-prompt';
import { answersOf } from '../decisions/answers';
import { Question, endComposition, messagesWith, questionOf, textWith, whyNotAsked } from '../decisions/questions';
import { DecisionRecord } from '../decisions/record';
import { engine } from '../engine/loaded';
import { MessageBudget } from '../limits/instruction-budget';
import { because } from '../replies/replies';
import { driveOne } from './driving';
import { findFor, missing, statusWithSession } from './generation-methods';
import { HEADER, Job } from './job';
import { JobInput } from './job-input';
import { whyNoModel } from '../models/model-missing';
import { findJob } from './queue';
import { beginReading } from './reading-input';
import { quoteOf, startJob } from './starting';
import { statusOf } from './status';

/** Positions that are kept free after a prompt, as with generations. */
const KEPT_FREE: i32 = 4;
/** A decision is answered without thinking. */
const NO_THINKING: string = '{"enable_thinking":false}';

/** The tokens of all prompts, each without what it shares with the previous one; and the tokens of the last prompt. */
const packed = changetype<RawBuffer>(memory.data(16, 8));
const last = changetype<RawBuffer>(memory.data(16, 8));

/** Tokens of a prompt. */
let promptTokens: usize = 0;
let promptCount: i32 = 0;

/** Tokenizes the prompt of a question. */
function tokenize(
  input: DecisionInput,
  asked: DecisionQuestion,
  question: Question,
  budget: MessageBudget,
): Problem | null {
  if (input.prompt.tag == GenerationPromptTag.messages) {
    const composed = messagesWith(input.prompt.messages, asked, question);
    const messages = composed.value;
    if (messages === null) return composed.problem;
    const given = input.template_arguments;
    const problem = tokenizeMessages(messages, given === null ? Text.of(NO_THINKING) : given, '', budget);
    promptTokens = messageTokens;
    promptCount = messageTokenCount;
    return problem;
  }
  const composed = textWith(input.prompt.text, asked);
  const text = composed.value;
  if (text === null) return composed.problem;
  const tokenized = engine.tokenize(text, budget);
  const tokens = tokenized.value;
  if (tokens === null) return tokenized.problem;
  promptTokens = tokens.ptr;
  promptCount = tokens.count;
  return promptCount == 0 ? new Problem('prompt: it is empty, and so is the question') : null;
}

/** The prompts of the questions, built one by one. */
class Prompts {
  /** Tokens of their own, and of the last one. */
  count: i32 = 0;
  private lastCount: i32 = 0;
  /** The most instructions that building one prompt took. */
  private dearest: u64 = 0;

  constructor(
    private readonly input: DecisionInput,
    private readonly budget: MessageBudget,
  ) {}

  /** Adds the prompt of a question. Null, or why not. */
  add(asked: DecisionQuestion, question: Question, longest: i32): Problem | null {
    if (this.budget.remaining() < 2 * this.dearest) {
      return new Problem(
        'its prompt cannot be made in this message any more: ask fewer questions at once, or give less text',
      );
    }
    const start = instructions();
    const unmade = tokenize(this.input, asked, question, this.budget);
    if (unmade !== null) return unmade;
    this.dearest = max(this.dearest, instructions() - start);
    const most = engine.context - KEPT_FREE - longest;
    if (promptCount > most) {
      return new Problem(
        `its prompt has ${promptCount} tokens, and the longest label ${longest}: the context of ${engine.context} has room ` +
          `for ${max(0, most)} before that; shorten the state, or load the model with a larger --ctx-size`,
      );
    }
    let common = 0;
    while (common < min(promptCount, this.lastCount) && isSame(common)) ++common;
    question.common = common;
    question.rest = promptCount - common;
    const bytes = (<usize>promptCount) << 2;
    const from = (<usize>this.count) << 2;
    const rest = (<usize>question.rest) << 2;
    if (!last.reserve(bytes, 0) || !packed.reserve(from + rest, from)) {
      return new Problem('the heap is full: there is no room for the tokens', Code.HEAP_FULL);
    }
    memory.copy(last.ptr, promptTokens, bytes);
    memory.copy(packed.ptr + from, promptTokens + ((<usize>common) << 2), rest);
    this.count += question.rest;
    this.lastCount = promptCount;
    return null;
  }
}

function isSame(position: i32): bool {
  const at = (<usize>position) << 2;
  return load<i32>(promptTokens + at) == load<i32>(last.ptr + at);
}

/** Checks a request and tokenizes its prompts. */
function read(input: DecisionInput, into: JobInput): Problem | null {
  const unready = whyNoModel();
  if (unready !== null) return unready;
  const unasked = whyNotAsked(input.questions);
  if (unasked !== null) return unasked;
  const prompts = new Prompts(input, beginReading());
  const questions: Question[] = [];
  let places = 0;
  for (let i = 0; i < input.questions.length; ++i) {
    const where = `question ${i + 1}`;
    const asked = input.questions[i];
    const made = questionOf(asked);
    const question = made.value;
    if (question === null) return made.problem!.of(where);
    const read = engine.labels(question.spans);
    const labels = read.value;
    if (labels === null) return read.problem!.of(where);
    const unmade = prompts.add(asked, question, labels.longest);
    if (unmade !== null) return unmade.of(where);
    questions.push(question);
    places += labels.places;
  }
  const record = DecisionRecord.of(questions);
  if (record === null) return new Problem('the heap is full: there is no room for the questions', Code.HEAP_FULL);
  into.decision = record;
  into.tokensAt = packed.ptr;
  into.tokens = prompts.count;
  into.maxTokens = places;
  return null;
}

/** Releases what checking the request has allocated. */
function endReading(wanted: JobInput): void {
  packed.dispose();
  last.dispose();
  endComposition();
  const record = wanted.decision;
  if (record !== null) record.dispose();
}

function refused(method: string, problem: Problem): DecisionResult {
  return DecisionResult.Err(because(`${method}: ${problem.text}`));
}

export function startDecision(input: DecisionInput): DecisionResult {
  const wanted = new JobInput(caller());
  let problem = read(input, wanted);
  let job: Job | null = null;
  if (problem === null) {
    const started = startJob(wanted);
    job = started.value;
    problem = started.problem;
  }
  endReading(wanted);
  if (job === null) return refused('decide', problem!);
  const waiting = findJob(job.id);
  if (waiting !== null) driveOne(waiting);
  return told('decide', job);
}

/** The most that a decision would cost its caller; begins nothing. */
export function quoteDecision(input: DecisionInput): GenerationQuoteResult {
  const wanted = new JobInput(caller());
  const problem = read(input, wanted);
  const quote: GenerationQuote | null = problem === null ? quoteOf(wanted) : null;
  endReading(wanted);
  if (quote === null) return GenerationQuoteResult.Err(because(`decide_quote: ${problem!.text}`));
  return GenerationQuoteResult.Ok(quote);
}

export function pollDecision(input: GenerationIdInput): DecisionResult {
  const method = 'decide_poll';
  const job = findFor(input.id, mayInspect());
  if (job === null) return DecisionResult.Err(because(missing(method, input.id)));
  if (!job.isDecision) {
    return refused(method, new Problem(`generation ${input.id} is no decision: generation_poll reads it`));
  }
  return told(method, job);
}

/** The state of a decision, as a reply. */
function told(method: string, job: Job): DecisionResult {
  const decision = new Decision();
  const open = findJob(job.id);
  decision.status = open === null ? statusWithSession(job) : statusOf(job, open);
  const record = DecisionRecord.read(job.file, HEADER, job.requestSize);
  if (record === null) {
    return refused(
      method,
      new Problem('the heap is full: there is no room for the answers; decide_poll gives them later', Code.HEAP_FULL),
    );
  }
  // The labels stay in place until the next allocation.
  decision.answers = answersOf(record);
  record.dispose();
  return DecisionResult.Ok(decision);
}
