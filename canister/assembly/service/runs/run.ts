/** run_update and run_query: a command line, the caller's session, and what becomes of both in one call. */
import { OutputRecord, OutputRecordResult, RunCost } from '../../ic/candid/service.generated';
import { Some, Text } from '../../ic/candid/values';
import { isReplicated } from '../../ic/message';
import { instructions } from '../../ic/performance';
import { Sequence } from '../../llm/cache/sequence';
import { SequenceState } from '../../llm/cache/sequence-state';
import { Generation } from '../../llm/generation/generation';
import { Limits } from '../../llm/generation/limits';
import { PreparedRequest } from '../../llm/generation/prepared-request';
import { Request } from '../../llm/generation/request';
import { Stop } from '../../llm/generation/stop';
import { Span } from '../../memory/span';
import { Code } from '../../problem';
import { RUN_RESERVE, RUN_RESERVE_PER_BYTE, RUN_RESERVE_PER_TOKEN } from '../../prices';
import { refusedAllocations } from '../../memory/heap';
import { stat } from '../../storage/file-system';
import { Arguments } from '../flags/arguments';
import { Session } from '../sessions/session';
import { OpenedSession, close, forkSession, keep, openSession, temporarySession } from '../sessions/resident-sessions';
import { readFlagFiles, releaseFlagFiles } from './flag-files';
import { MessageBudget, callLimit } from '../limits/instruction-budget';
import { maxTokens } from '../limits/limits';
import { engine } from '../engine/loaded';
import { log, whyNotLogged } from '../logs/logs';
import { awaitModel } from '../models/model-flag';
import { takePrompt } from './prompt';
import { countTokens, tokensLeft, whyNoRoom, whyNoTokens } from '../quotas/quotas';
import { Reader } from './reading';
import { busy, failed, failedBy, overQuota } from '../replies/replies';
import { sessionText, outputText, remainingText } from './reply-texts';
import { RunWork, noteRun } from '../engine/run-costs';
import { saveChat } from '../sessions/saved-chats';
import { NO_SEED } from '../flags/seed';
import { SessionFile } from '../sessions/session-file';
import { sessionPath } from '../access/session-path';

/** Bytes of text at which a call's output is long enough for its reply. */
const MAX_TEXT: u32 = 256 << 10;

const budget = new MessageBudget();
/** The session's state at the beginning of the call. */
const before = changetype<SequenceState>(memory.data(64, 8));

/** What the command line asks of the generation. */
function requestOf(args: Arguments): Request {
  const request = new Request(args.sampling);
  request.neverEnds = args.ignoreEos;
  if (args.constraint.size > 0) request.constraint = args.constraint;
  request.isSchema = args.isSchema;
  request.constraintName =
    (args.isSchema ? '--json-schema' : '--grammar') + (args.constraintFile.size > 0 ? '-file' : '');
  for (let i = 0; i < args.reversePrompts.length; ++i) request.stops.push(args.reversePrompts[i]);
  if (!args.areBreakersGiven) return request;
  const breakers: Span[] = [];
  for (let i = 0; i < args.breakers.length; ++i) breakers.push(args.breakers[i]);
  request.breakers = breakers;
  return request;
}

/** The session that the command line names, or one that ends with the call. */
function sessionFor(args: Arguments, path: string, isQuery: bool): OpenedSession {
  if (path.length == 0) return temporarySession();
  const opened = openSession(path);
  const session = opened.session;
  // What is not to be kept is done to a copy, also where a query is sent as an update.
  if (session === null || !(args.readOnly || (isQuery && isReplicated()))) return opened;
  const copy = forkSession(session);
  // It is the copy that must not go now to make room; the original may.
  if (copy !== null) engine.useSequence(copy.sequence);
  return new OpenedSession(copy, null);
}

export function run(args: Arguments, isQuery: bool): OutputRecordResult {
  if (args.problem !== null) return failedBy(args.problem!);
  const waiting = awaitModel(args, isQuery);
  if (waiting !== null) return waiting;
  const unlogged = whyNotLogged(args);
  if (unlogged.length > 0) return failed(unlogged);
  let path = '';
  if (args.promptCache.size > 0) {
    const own = sessionPath(args.promptCache);
    if (own.problem.length > 0) return failed(`--prompt-cache: ${own.problem}`);
    path = own.path;
  }
  if (!isQuery) {
    if (tokensLeft() == 0) return overQuota(whyNoTokens());
    const full = path.length == 0 || args.readOnly ? '' : whyNotKept(path);
    if (full.length > 0) return overQuota(full);
  }
  const result = runIn(path, args, isQuery);
  releaseFlagFiles();
  return result;
}

/** Runs in the session of a path; '': in one that ends with the call. */
function runIn(path: string, args: Arguments, isQuery: bool): OutputRecordResult {
  const reader = new Reader(path, isQuery, isQuery && !isReplicated());
  const refused = refusedAllocations();
  const unread = readFlagFiles(args);
  if (unread.length > 0) return refusedAllocations() > refused ? full(reader, unread) : failed(unread);
  const made = engine.prepare(requestOf(args));
  const prepared = made.value;
  if (prepared === null) {
    const problem = made.problem!;
    return problem.code == Code.HEAP_FULL ? full(reader, problem.text) : failed(problem.text);
  }
  const opened = sessionFor(args, path, isQuery);
  const session = opened.session;
  const result =
    session === null
      ? opened.problem.length > 0
        ? failed(opened.problem)
        : full(reader, 'there is no room for another session')
      : answer(session, opened.file, prepared, args, reader, isQuery);
  prepared.dispose();
  engine.endMessage();
  return result;
}

/** What a call is told that the heap has no room for. */
function full(reader: Reader, what: string): OutputRecordResult {
  const error = reader.noRoom(what);
  return reader.isWaiting ? busy(error) : failed(error);
}

/** Why the caller's session cannot be kept; '' if it can. How far it grows is known only afterwards. */
function whyNotKept(path: string): string {
  const entry = stat(path);
  return entry === null ? whyNoRoom(-1, 1) : whyNoRoom(<i64>entry.size, entry.size);
}

function answer(
  session: Session,
  file: SessionFile | null,
  prepared: PreparedRequest,
  args: Arguments,
  reader: Reader,
  isQuery: bool,
): OutputRecordResult {
  const limit = callLimit(isQuery);
  budget.begin(limit > RUN_RESERVE ? limit - RUN_RESERVE : 0);
  const state = session.state;
  before.copy(state);
  const refused = takePrompt(session, args.prompt, budget, reader);
  if (refused.length > 0) {
    if (file === null || reader.hasSpoiled || state.length == 0) close(session);
    return reader.isWaiting ? busy(refused) : failed(refused);
  }
  const sequence = session.sequence;
  if (args.sampling.seed == NO_SEED) args.sampling.seed = state.seed;
  engine.showText(sequence, args.special);
  const promptTokens = state.length;
  const cached = sequence.evaluated;
  const remaining = <u64>(promptTokens - cached);
  const reserve = RUN_RESERVE + <u64>sequence.text.size * RUN_RESERVE_PER_BYTE + remaining * RUN_RESERVE_PER_TOKEN;
  budget.begin(limit > reserve ? limit - reserve : 0);

  const limits = new Limits();
  limits.predict = args.predict;
  limits.tokens = maxTokens(isQuery);
  limits.text = MAX_TEXT;
  if (!isQuery) limits.allowance = tokensLeft();
  const generation = prepared.generation(sequence, budget);
  const work = new RunWork();
  generation.begin(limits);
  const begun = instructions();
  generation.ingest();
  const between = instructions();
  generation.generate();
  work.ingested = generation.ingested;
  work.evaluated = generation.evaluated;
  work.ingestInstructions = between - begun;
  work.generateInstructions = instructions() - between;
  if (!isQuery) countTokens(<u64>work.ingested + <u64>work.evaluated);

  const stuck = isQuery ? whyNoQuery(generation, sequence, limit) : whyStuck(generation, limit);
  const problem = generation.problem;
  let error = problem === null ? stuck : generation.stop == Stop.HEAP_FULL ? reader.noRoom(problem.text) : problem.text;
  // A call that is an error has changed nothing: the file is as it was, and the session comes from there again.
  const saves = !isQuery && error.length == 0;
  if (saves && file !== null) {
    const unsaved = file.save(state, session.saved, sequence.tokens);
    if (unsaved !== null) error = `the session could not be saved: ${unsaved.text}`;
  }
  const isKept = file !== null && error.length == 0;
  // A full context is an error, too, but what was evaluated before it is the session's.
  if (error.length == 0) error = whyFull(generation, args, promptTokens);
  if (error.length == 0 && saves) saveChat(session);

  const record = new OutputRecord();
  record.status_code = error.length == 0 ? 200 : reader.isWaiting ? 503 : 500;
  record.error = Text.of(error);
  record.conversation = sessionText(sequence);
  record.output = outputText(sequence, generation.outputFrom);
  record.prompt_remaining = remainingText(sequence, promptTokens);
  record.generated_eog = generation.stop == Stop.END;
  // What is evaluated again, because the heap has lost it, is no prompt that remains: only what never was evaluated.
  const left = max(0, promptTokens - sequence.shown);
  if (isKept && !isQuery) {
    keep(session);
    const isAnswered =
      generation.reported > 0 ||
      args.predict == 0 ||
      generation.stop == Stop.CONTEXT_FULL ||
      generation.stop == Stop.PROMPT;
    reader.end(session, sequence.evaluated < promptTokens || !isAnswered);
  }
  const isAsBefore = before.equals(state);
  // The texts of the reply stay where they are until the next allocation.
  if (!isKept && (file === null || !isAsBefore)) close(session);
  if (error.length > 0) return OutputRecordResult.Err(record);
  record.n_prompt_tokens = new Some<u64>(<u64>promptTokens);
  record.n_prompt_tokens_cached = new Some<u64>(<u64>(promptTokens - left - generation.ingested));
  record.n_prompt_tokens_decoded = new Some<u64>(<u64>generation.ingested);
  record.n_prompt_tokens_remaining = new Some<u64>(<u64>left);
  record.n_tokens_generated = new Some<u64>(<u64>generation.evaluated);
  if (!isQuery) log(args, line(noteRun(work, args.sampling.seed), promptTokens, cached));
  return OutputRecordResult.Ok(record);
}

/** The log's line about a run. */
function line(cost: RunCost, tokens: i32, cached: i32): string {
  const decoded = cost.n_prompt_tokens_decoded;
  return (
    `run_update: ${tokens} prompt tokens (${cached} cached, ${decoded} decoded, ${tokens - cached - decoded} remaining), ` +
    `${cost.n_tokens_generated} generated, seed ${cost.seed}, ${cost.instructions} instructions, ${cost.cycles} cycles`
  );
}

/** Why a query has no answer, although nothing else is wrong: what it did is lost, so another would come no further. */
function whyNoQuery(generation: Generation, sequence: Sequence, limit: u64): string {
  if (generation.stop != Stop.PAUSED || generation.reported > 0) return '';
  const cost = engine.tokenCost(sequence);
  const left = generation.remaining;
  if (left > 0) {
    return (
      `a query may execute ${limit} instructions, and ${left} of the prompt's tokens did not fit, ` +
      `each of which takes at most ${cost}: use run_update`
    );
  }
  return `a query may execute ${limit} instructions, and one token takes at most ${cost}: use run_update`;
}

/** Why a call came to nothing: then the next would, too. */
function whyStuck(generation: Generation, limit: u64): string {
  if (generation.stop != Stop.PAUSED || generation.hasMoved) return '';
  return (
    `the call may execute ${limit} instructions, and the next step takes at most ${generation.needed} ` +
    'of what its other work leaves: raise the limit with set_instruction_budget'
  );
}

/** Why a call could not go on, unless the caller asked for a full context. */
function whyFull(generation: Generation, args: Arguments, tokens: i32): string {
  if (generation.stop != Stop.CONTEXT_FULL || generation.reported > 0 || args.predict == -2) return '';
  return (
    `the context is full: the session has ${tokens} of ${engine.context} tokens; ` +
    'start a new session, or load the model with a larger --ctx-size'
  );
}
