/** An answer in a session, in one call: takes the prompt, generates tokens, and saves the session. */
import { OutputRecord, OutputRecordResult, RunCost } from '../../ic/candid/service.generated';
import { Some } from '../../ic/candid/values';
import { caller } from '../../ic/message';
import { instructions } from '../../ic/performance';
import { SequenceState } from '../../llm/cache/sequence-state';
import { Generation } from '../../llm/generation/generation';
import { PreparedRequest } from '../../llm/generation/prepared-request';
import { Stop } from '../../llm/generation/stop';
import { Problem } from '../../problem';
import { RUN_RESERVE, RUN_RESERVE_PER_BYTE, RUN_RESERVE_PER_TOKEN, SPARE_OF_RUN } from '../../prices';
import { engine } from '../engine/loaded';
import { RunWork, noteRun } from '../engine/run-costs';
import { Arguments } from '../flags/arguments';
import { NO_SEED } from '../flags/seed';
import { MessageBudget, callLimit } from '../limits/instruction-budget';
import { log } from '../logs/logs';
import { countTokens } from '../quotas/quotas';
import { failed, fillIn } from '../replies/replies';
import { close, keep } from '../sessions/resident-sessions';
import { saveChat } from '../sessions/saved-chats';
import { Session } from '../sessions/session';
import { SessionFile } from '../sessions/session-file';
import { keepingReserve } from '../warm/warm';
import { limitsOf } from './generation-request';
import { whyFull, whyNoQuery, whyStuck } from './no-answer';
import { takePrompt } from './prompt';
import { Reader } from './reading';
import { outputText, remainingText, sessionText } from './reply-texts';

const budget = new MessageBudget();
/** The session's state at the beginning of the call. */
const before = changetype<SequenceState>(memory.data(64, 8));

/** Answers in a session, which is saved to the file if there is one. */
export function answer(
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
  if (refused !== null) {
    if (file === null || reader.hasSpoiled || state.length == 0) close(session);
    return failed(refused);
  }
  const sequence = session.sequence;
  if (args.sampling.seed == NO_SEED) args.sampling.seed = state.seed;
  engine.showText(sequence, args.special);
  const promptTokens = state.length;
  const cached = sequence.evaluated;
  const remaining = <u64>(promptTokens - cached);
  const keeping = isQuery || file === null ? 0 : keepingReserve(limit, SPARE_OF_RUN);
  const reserve =
    keeping + RUN_RESERVE + <u64>sequence.text.size * RUN_RESERVE_PER_BYTE + remaining * RUN_RESERVE_PER_TOKEN;
  budget.begin(limit > reserve ? limit - reserve : 0);
  const generation = prepared.generation(sequence, budget);
  generation.begin(limitsOf(args, isQuery));
  const work = workOf(generation);
  if (!isQuery) countTokens(<u64>work.ingested + <u64>work.evaluated);

  let problem = generation.problem;
  if (problem !== null) problem = reader.toldOf(problem);
  else problem = isQuery ? whyNoQuery(generation, sequence, limit) : whyStuck(generation, limit);
  // A call with an error changes nothing: the file stays, and the session is read from it again.
  const saves = !isQuery && problem === null;
  if (saves && file !== null) {
    const unsaved = file.save(state, session.saved, sequence.tokens);
    if (unsaved !== null) problem = unsaved.of('the session could not be saved');
  }
  const isKept = file !== null && problem === null;
  // A full context is an error, too, but the tokens evaluated before it are kept.
  if (problem === null) problem = whyFull(generation, args, promptTokens);
  if (problem === null && saves) saveChat(session);

  if (isKept && !isQuery) session.keepWarm(file!, caller());

  const record = recordOf(generation, session, promptTokens, problem);
  if (isKept && !isQuery) {
    keep(session);
    const isAnswered = generation.reported > 0 || args.predict == 0 || isAtEnd(generation.stop);
    reader.end(session, sequence.evaluated < promptTokens || !isAnswered);
  }
  // The texts of the reply stay in place until the next allocation.
  if (!isKept && (file === null || !before.equals(state))) close(session);
  if (problem !== null) return OutputRecordResult.Err(record);
  if (!isQuery) log(args, line(noteRun(work, args.sampling.seed), promptTokens, cached));
  return OutputRecordResult.Ok(record);
}

/** Does the work of a generation in this call. Returns the costs of each kind of token. */
function workOf(generation: Generation): RunWork {
  const work = new RunWork();
  const begun = instructions();
  generation.ingest();
  const between = instructions();
  generation.generate();
  work.ingested = generation.ingested;
  work.evaluated = generation.evaluated;
  work.ingestInstructions = between - begun;
  work.generateInstructions = instructions() - between;
  return work;
}

/** Whether the generation is over, even if it reports nothing. */
function isAtEnd(stop: Stop): bool {
  return stop == Stop.CONTEXT_FULL || stop == Stop.PROMPT;
}

/** The reply; counts are included only if there is no error. */
function recordOf(generation: Generation, session: Session, promptTokens: i32, problem: Problem | null): OutputRecord {
  const sequence = session.sequence;
  const record = new OutputRecord();
  fillIn(record, problem);
  record.conversation = sessionText(sequence);
  record.output = outputText(sequence, generation.outputFrom);
  record.prompt_remaining = remainingText(sequence, promptTokens);
  record.generated_eog = generation.stop == Stop.END;
  if (problem !== null) return record;
  // Tokens that were evaluated before an eviction do not count as remaining prompt.
  const left = max(0, promptTokens - sequence.shown);
  record.n_prompt_tokens = new Some<u64>(<u64>promptTokens);
  record.n_prompt_tokens_cached = new Some<u64>(<u64>(promptTokens - left - generation.ingested));
  record.n_prompt_tokens_decoded = new Some<u64>(<u64>generation.ingested);
  record.n_prompt_tokens_remaining = new Some<u64>(<u64>left);
  record.n_tokens_generated = new Some<u64>(<u64>generation.evaluated);
  return record;
}

/** The line in the log about a run. */
function line(cost: RunCost, tokens: i32, cached: i32): string {
  const decoded = cost.n_prompt_tokens_decoded;
  return (
    `run_update: ${tokens} prompt tokens (${cached} cached, ${decoded} decoded, ${tokens - cached - decoded} remaining), ` +
    `${cost.n_tokens_generated} generated, seed ${cost.seed}, ${cost.instructions} instructions, ${cost.cycles} cycles`
  );
}
