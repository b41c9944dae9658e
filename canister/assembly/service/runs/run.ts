/** run_update and run_query: a command line, the caller's session, and what becomes of both in one call. */
import { OutputRecord, OutputRecordResult, RunCost } from '../../ic/candid/service.generated';
import { Some, Text } from '../../ic/candid/values';
import { isReplicated } from '../../ic/message';
import { Sequence } from '../../llm/cache/sequence';
import { RUN_RESERVE, RUN_RESERVE_PER_BYTE, RUN_RESERVE_PER_TOKEN } from '../../prices';
import { refusedAllocations } from '../../memory/heap';
import { SamplerChain } from '../../llm/sampling/chain';
import { stat } from '../../storage/file-system';
import { Arguments } from '../flags/arguments';
import { Constraint } from './constraint';
import { Session } from '../sessions/session';
import { OpenedSession, close, forkSession, keep, openSession, temporarySession } from '../sessions/resident-sessions';
import { readFlagFiles, releaseFlagFiles } from './flag-files';
import { Generation } from './generation';
import { MessageBudget, callLimit } from '../limits/instruction-budget';
import { maxTokens } from '../limits/limits';
import { engine } from '../engine/loaded';
import { log, whyNotLogged } from '../logs/logs';
import { awaitModel } from '../models/model-flag';
import { takePrompt } from './prompt';
import { countTokens, tokensLeft, whyNoRoom, whyNoTokens } from '../quotas/quotas';
import { Reader } from './reading';
import { busy, failed, overQuota } from '../replies/replies';
import { sessionText, outputText, remainingText } from './reply-texts';
import { ReversePrompts } from './reverse-prompts';
import { noteRun } from '../engine/run-costs';
import { saveChat } from '../sessions/saved-chats';
import { NO_SEED } from '../flags/seed';
import { sequenceBreakers } from './sequence-breaking';
import { SessionFile, SessionState } from '../sessions/session-file';
import { sessionPath } from '../access/session-path';

const budget = new MessageBudget();
/** The session's state at the beginning of the call. */
const before: usize = memory.data(64, 8);

/** Forbids the tokens that end a generation, and checks those that were named. What is wrong, or ''. */
function biasTokens(args: Arguments): string {
  const bias = args.sampling.bias;
  if (bias.greatest >= <i32>engine.model.vocabulary) {
    return `--logit-bias: ${bias.greatest} is not a token of the model, which has ${engine.model.vocabulary}`;
  }
  if (!args.ignoreEos) return '';
  const ends = engine.tokenizer.special.endOfGeneration;
  for (let i = 0; i < ends.length; ++i) bias.add(ends[i], -Infinity);
  return '';
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
  if (args.error.length > 0) return failed(args.error);
  const waiting = awaitModel(args, isQuery);
  if (waiting !== null) return waiting;
  const biased = biasTokens(args);
  if (biased.length > 0) return failed(biased);
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
  const constraint = new Constraint(args);
  if (constraint.isForWantOfMemory) return full(reader, constraint.error);
  if (constraint.error.length > 0) return failed(constraint.error);
  const chain = new SamplerChain(args.sampling);
  chain.mask = constraint.grammar;
  chain.breakers = sequenceBreakers(args);
  if (engine.error.length > 0) {
    chain.dispose();
    return full(reader, engine.error);
  }
  const opened = sessionFor(args, path, isQuery);
  const session = opened.session;
  const result =
    session === null
      ? opened.problem.length > 0
        ? failed(opened.problem)
        : full(reader, 'there is no room for another session')
      : answer(session, opened.file, chain, args, reader, isQuery);
  chain.dispose();
  engine.sequences.leave();
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
  chain: SamplerChain,
  args: Arguments,
  reader: Reader,
  isQuery: bool,
): OutputRecordResult {
  const limit = callLimit(isQuery);
  budget.begin(limit > RUN_RESERVE ? limit - RUN_RESERVE : 0);
  const stops = new ReversePrompts(args.reversePrompts, engine.tokenizer);
  if (stops.error.length > 0) {
    if (file === null || session.state.length == 0) close(session);
    return full(reader, 'there is no room to look for reverse prompts');
  }
  const state = session.state;
  memory.copy(before, changetype<usize>(state), offsetof<SessionState>());
  const refused = takePrompt(session, args.prompt, budget, reader);
  if (refused.length > 0) {
    if (file === null || reader.hasSpoiled || state.length == 0) close(session);
    return reader.isWaiting ? busy(refused) : failed(refused);
  }
  const sequence = session.sequence;
  if (args.sampling.seed == NO_SEED) args.sampling.seed = state.seed;
  const text = session.text;
  text.show(args.special);
  text.extend(engine.tokenizer, sequence.tokens, session.shown);
  const promptTokens = state.length;
  const cached = sequence.evaluated;
  const steps = engine.steps;
  const remaining = <u64>(promptTokens - cached);
  const reserve = RUN_RESERVE + <u64>text.size * RUN_RESERVE_PER_BYTE + remaining * RUN_RESERVE_PER_TOKEN;
  budget.begin(limit > reserve ? limit - reserve : 0);

  const sampling = state.sampling;
  chain.state = sampling;
  const mask = chain.mask;
  if (mask !== null) mask.begin(state.promptTokens);
  const allowance = isQuery ? u64.MAX_VALUE : tokensLeft();
  const most = maxTokens(isQuery);
  const generation = new Generation(session, sequence, chain, stops, budget, most, allowance, args.predict);
  generation.run();
  state.sampling = sampling;
  if (!isQuery) countTokens(<u64>generation.ingested + <u64>generation.evaluated);

  const stuck = isQuery ? whyNoQuery(generation, sequence, limit) : whyStuck(generation, engine.steps - steps, limit);
  let error = generation.isFull ? reader.noRoom(generation.error) : generation.error;
  if (error.length == 0) error = stuck;
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
  record.conversation = sessionText(text);
  record.output = outputText(text, generation.outputFrom);
  record.prompt_remaining = remainingText(text, sequence, session.shown, promptTokens);
  record.generated_eog = generation.ended;
  // What is evaluated again, because the heap has lost it, is no prompt that remains: only what never was evaluated.
  const left = max(0, promptTokens - session.shown);
  if (isKept && !isQuery) {
    keep(session);
    const isAnswered = generation.reported > 0 || args.predict == 0 || generation.full || generation.stopped;
    reader.end(session, sequence.evaluated < promptTokens || !isAnswered);
  }
  const isAsBefore = memory.compare(before, changetype<usize>(state), offsetof<SessionState>()) == 0;
  // The texts of the reply stay where they are until the next allocation.
  if (!isKept && (file === null || !isAsBefore)) close(session);
  if (error.length > 0) return OutputRecordResult.Err(record);
  record.n_prompt_tokens = new Some<u64>(<u64>promptTokens);
  record.n_prompt_tokens_cached = new Some<u64>(<u64>(promptTokens - left - generation.ingested));
  record.n_prompt_tokens_decoded = new Some<u64>(<u64>generation.ingested);
  record.n_prompt_tokens_remaining = new Some<u64>(<u64>left);
  record.n_tokens_generated = new Some<u64>(<u64>generation.evaluated);
  if (!isQuery) log(args, line(noteRun(generation, args.sampling.seed), promptTokens, cached));
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
  if (!generation.paused || generation.reported > 0) return '';
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
function whyStuck(generation: Generation, steps: u64, limit: u64): string {
  if (!generation.paused || steps > 0 || generation.reported > 0) return '';
  return (
    `the call may execute ${limit} instructions, and the next step takes at most ${engine.needed} ` +
    'of what its other work leaves: raise the limit with set_instruction_budget'
  );
}

/** Why a call could not go on, unless the caller asked for a full context. */
function whyFull(generation: Generation, args: Arguments, tokens: i32): string {
  if (!generation.full || generation.reported > 0 || args.predict == -2) return '';
  return (
    `the context is full: the session has ${tokens} of ${engine.context} tokens; ` +
    'start a new session, or load the model with a larger --ctx-size'
  );
}
