/**
 * A job: a generation that the canister drives itself, as it is written down. All of it that has to outlive a message is in
 * its file, so that an upgrade may come between any two of its messages:
 *
 *     offset  bytes
 *          0      8   magic "LLAMAGN\x1a"
 *          8      4   layout version, 2
 *         12      1   phase
 *         13      1   why it is done
 *         14      1   messages that have trapped while it was advanced
 *         15      1   flags: 1 = its seed is known, 2 = the seed comes from the subnet, 4 = a call waits for its end,
 *                     8 = its thoughts are to end, 16 = a decision
 *         16      4   seed
 *         20      4   most tokens of the answer; -1 = no limit
 *         24      8   when it was started, nanoseconds since 1970
 *         32      8   when it got on last
 *         40      8   when it ended; 0 = it has not
 *         48      8   instructions so far
 *         56      8   cycles so far
 *         64      4   tokens of the prompt, with those of the session that it goes on with
 *         68      4   of them: evaluated before
 *         72      4   tokens of the answer
 *         76      4   bytes of the answer's text that have become events
 *         80      4   unused
 *         84      4   events
 *         88      4   bytes of the request
 *         92      4   tokens of the prompt, as they were given
 *         96      8   where the events end
 *        104     12   the session's file as the job left it: number, generation, changes
 *        120     32   SHA-256 of the model's file
 *        152      4   bytes of the reason
 *        156      4   tokens of the prompt that were evaluated for it
 *        160      8   cycles that are held for it until its end
 *        168      8   what its caller was charged at its end
 *        176    816   the reason: why it is paused or has failed, or the text that it stopped at
 *        992      4   tokens of the answer that have become events, the pending one among them
 *        996      4   of them: tokens of thoughts
 *       1000      4   the token of the answer, and one, from which on its thoughts were ended last; 0 = nowhere
 *       1004      8   of what is held: what was taken of its caller's allowance, where a call waits for the answer
 *       1012     12   unused
 *       1024          the request (request.ts, or decisions/record.ts), the prompt's tokens, i32 each, and the events (events.ts)
 *
 * In version 1 the reason may reach to the header's end; all of an answer was text, and its generated tokens had become
 * events.
 */
import { now } from '../../ic/clock';
import { Principal } from '../../ic/principal';
import { Problem } from '../../problem';
import { File } from '../../storage/file';
import { createFile, openFile } from '../../storage/file-system';
import { Tree } from '../../storage/tree';
import { modelHash } from '../engine/loaded';
import { Saved } from '../sessions/saved';
import { folderOf, pathOf, removeFiles, sessionPathOf } from './job-files';

export const WAITING_FOR_SEED: u8 = 0;
export const QUEUED: u8 = 1;
export const READING: u8 = 2;
export const GENERATING: u8 = 3;
export const DONE: u8 = 4;
export const FAILED: u8 = 5;
export const CANCELLED: u8 = 6;

export const AT_END: u8 = 0;
export const AT_STOP: u8 = 1;
export const AT_MOST_TOKENS: u8 = 2;
export const CONTEXT_FULL: u8 = 3;
export const AT_TOOL_CALLS: u8 = 4;

/** "LLAMAGN" and a byte that ends a text file. */
const MAGIC: u64 = 0x1a_4e_47_41_4d_41_4c_4c;
const VERSION: u32 = 2;
export const HEADER: u32 = 1024;
const SEED_KNOWN: u8 = 1;
const BEACON: u8 = 2;
const AWAITED: u8 = 4;
const ENDS_THOUGHTS: u8 = 8;
const DECISION: u8 = 16;
const HASH: usize = 120;
const REASON_SIZE: usize = 152;
const REASON: usize = 176;
const MOST_REASON: u32 = 816;

const header: usize = memory.data(1024, 8);


@final
export class Job {
  phase: u8 = QUEUED;
  stop: u8 = AT_END;
  traps: u8 = 0;
  hasSeed: bool = false;
  isBeacon: bool = false;
  /** Whether a call waits for its end. A program that did not receive the call does not continue the job. */
  isAwaited: bool = false;
  /** It answers questions (decision-turn.ts), and its request is a record of these (decisions/record.ts). */
  isDecision: bool = false;
  seed: u32 = 0;
  /** Negative: no limit. */
  maxTokens: i32 = -1;
  started: u64 = 0;
  changed: u64 = 0;
  ended: u64 = 0;
  instructions: u64 = 0;
  cycles: u64 = 0;
  promptTokens: u32 = 0;
  cachedTokens: u32 = 0;
  generated: u32 = 0;
  /** Tokens of the prompt evaluated for the first time; those evaluated again after an eviction do not count. */
  ingested: u32 = 0;
  /** Cycles held until its end, and the price charged then (payment/deposit.ts). */
  held: u64 = 0;
  price: u64 = 0;
  /** If a call waits for the answer: the part of `held` that was taken from its caller's allowance. */
  ofAllowance: u64 = 0;
  /** Bytes of the answer's text that have become events. */
  consumed: u32 = 0;
  /** Tokens of the answer that have become events, with the pending one; and those of thoughts among them. */
  told: u32 = 0;
  thoughts: u32 = 0;
  /** The token of the answer from which on its thoughts were ended last; negative: none. */
  closingAt: i32 = -1;
  /** Whether its thoughts are to end. */
  endsThoughts: bool = false;
  events: u32 = 0;
  requestSize: u32 = 0;
  tokenCount: u32 = 0;
  eventsEnd: u64 = 0;
  sessionIndex: u32 = 0;
  sessionGeneration: u32 = 0;
  sessionChanges: u32 = 0;
  /** Why it is paused or has failed, or its stop text; '' otherwise. */
  reason: string = '';
  private handle: File | null = null;
  readonly folder: string;

  constructor(
    readonly id: u64,
    readonly owner: Principal,
  ) {
    this.folder = folderOf(owner);
  }

  get hasEnded(): bool {
    return this.phase >= DONE;
  }

  /** The path of its own session, if it does not use one of its caller's. */
  get ownSession(): string {
    return sessionPathOf(this.folder, this.id);
  }

  get file(): File {
    return this.handle!;
  }

  get tokensAt(): u64 {
    return HEADER + this.requestSize;
  }

  get eventsAt(): u64 {
    return this.tokensAt + 4 * <u64>this.tokenCount;
  }

  /** Makes its file, with room for a request and tokens. */
  create(requestSize: u32, tokenCount: u32): Problem | null {
    this.requestSize = requestSize;
    this.tokenCount = tokenCount;
    this.eventsEnd = this.eventsAt;
    this.started = this.changed = now();
    const opened = createFile(pathOf(this.folder, this.id), this.eventsEnd, Tree.System);
    this.handle = opened.value;
    return opened.problem;
  }

  /** The job with a number; null if there is none, or its file is invalid. */
  static open(owner: Principal, id: u64): Job | null {
    const job = new Job(id, owner);
    const file = openFile(pathOf(job.folder, id), Tree.System).value;
    if (file === null || file.read(0, header, HEADER) < HEADER) return null;
    const version = load<u32>(header, 8);
    if (load<u64>(header) != MAGIC || version == 0 || version > VERSION) return null;
    job.handle = file;
    job.read();
    return job.phase <= CANCELLED && job.eventsAt <= job.eventsEnd && job.eventsEnd <= file.size ? job : null;
  }

  /** Goes back to the state saved last, but keeps the costs since then. */
  restore(): void {
    const instructions = this.instructions;
    const cycles = this.cycles;
    this.file.read(0, header, HEADER);
    this.read();
    this.instructions = instructions;
    this.cycles = cycles;
  }

  private read(): void {
    this.phase = load<u8>(header, 12);
    this.stop = load<u8>(header, 13);
    this.traps = load<u8>(header, 14);
    this.hasSeed = (load<u8>(header, 15) & SEED_KNOWN) != 0;
    this.isBeacon = (load<u8>(header, 15) & BEACON) != 0;
    this.isAwaited = (load<u8>(header, 15) & AWAITED) != 0;
    this.endsThoughts = (load<u8>(header, 15) & ENDS_THOUGHTS) != 0;
    this.isDecision = (load<u8>(header, 15) & DECISION) != 0;
    this.seed = load<u32>(header, 16);
    this.maxTokens = load<i32>(header, 20);
    this.started = load<u64>(header, 24);
    this.changed = load<u64>(header, 32);
    this.ended = load<u64>(header, 40);
    this.instructions = load<u64>(header, 48);
    this.cycles = load<u64>(header, 56);
    this.promptTokens = load<u32>(header, 64);
    this.cachedTokens = load<u32>(header, 68);
    this.generated = load<u32>(header, 72);
    this.consumed = load<u32>(header, 76);
    this.events = load<u32>(header, 84);
    this.requestSize = load<u32>(header, 88);
    this.tokenCount = load<u32>(header, 92);
    this.eventsEnd = load<u64>(header, 96);
    this.sessionIndex = load<u32>(header, 104);
    this.sessionGeneration = load<u32>(header, 108);
    this.sessionChanges = load<u32>(header, 112);
    this.ingested = load<u32>(header, 156);
    this.held = load<u64>(header, 160);
    this.price = load<u64>(header, 168);
    const isFirst = load<u32>(header, 8) == 1;
    this.told = isFirst ? this.generated : load<u32>(header, 992);
    this.thoughts = isFirst ? 0 : load<u32>(header, 996);
    this.closingAt = isFirst ? -1 : load<i32>(header, 1000) - 1;
    this.ofAllowance = isFirst ? 0 : load<u64>(header, 1004);
    this.reason = String.UTF8.decodeUnsafe(header + REASON, min(load<u32>(header, REASON_SIZE), MOST_REASON));
  }

  /** Saves the job; a new one belongs to the loaded model. */
  save(isNew: bool = false): Problem | null {
    if (isNew) memory.copy(header + HASH, modelHash, 32);
    else this.file.read(HASH, header + HASH, 32);
    memory.fill(header, 0, HASH);
    memory.fill(header + HASH + 32, 0, HEADER - HASH - 32);
    store<u64>(header, MAGIC);
    store<u32>(header, VERSION, 8);
    store<u8>(header, this.phase, 12);
    store<u8>(header, this.stop, 13);
    store<u8>(header, this.traps, 14);
    const seed = (this.hasSeed ? SEED_KNOWN : 0) | (this.isBeacon ? BEACON : 0);
    const asked = (this.isAwaited ? AWAITED : 0) | (this.endsThoughts ? ENDS_THOUGHTS : 0);
    store<u8>(header, seed | asked | (this.isDecision ? DECISION : 0), 15);
    store<u32>(header, this.seed, 16);
    store<i32>(header, this.maxTokens, 20);
    store<u64>(header, this.started, 24);
    store<u64>(header, this.changed, 32);
    store<u64>(header, this.ended, 40);
    store<u64>(header, this.instructions, 48);
    store<u64>(header, this.cycles, 56);
    store<u32>(header, this.promptTokens, 64);
    store<u32>(header, this.cachedTokens, 68);
    store<u32>(header, this.generated, 72);
    store<u32>(header, this.consumed, 76);
    store<u32>(header, this.events, 84);
    store<u32>(header, this.requestSize, 88);
    store<u32>(header, this.tokenCount, 92);
    store<u64>(header, this.eventsEnd, 96);
    store<u32>(header, this.sessionIndex, 104);
    store<u32>(header, this.sessionGeneration, 108);
    store<u32>(header, this.sessionChanges, 112);
    store<u32>(header, this.ingested, 156);
    store<u64>(header, this.held, 160);
    store<u64>(header, this.price, 168);
    store<u32>(header, this.told, 992);
    store<u32>(header, this.thoughts, 996);
    store<i32>(header, this.closingAt + 1, 1000);
    store<u64>(header, this.ofAllowance, 1004);
    const reason = String.UTF8.encode(this.reason, false, String.UTF8.ErrorMode.REPLACE);
    const size = wholeCharacters(
      changetype<usize>(reason),
      min(<u32>reason.byteLength, MOST_REASON),
      reason.byteLength,
    );
    store<u32>(header, size, REASON_SIZE);
    memory.copy(header + REASON, changetype<usize>(reason), size);
    return this.file.write(0, header, HEADER);
  }

  /** Whether it belongs to the loaded model. */
  get isOfModel(): bool {
    return this.file.read(HASH, header, 32) == 32 && memory.compare(header, modelHash, 32) == 0;
  }

  /** Records the present state of its session's file. */
  noteSession(saved: Saved): void {
    this.sessionIndex = saved.index;
    this.sessionGeneration = saved.generation;
    this.sessionChanges = saved.changes;
  }

  /** Whether the session's file is as the job left it. */
  isSession(saved: Saved): bool {
    return (
      this.sessionIndex == saved.index &&
      this.sessionGeneration == saved.generation &&
      this.sessionChanges == saved.changes
    );
  }

  /** Removes its files. */
  remove(): void {
    removeFiles(this.folder, this.id);
  }
}

/** How many of the first `size` bytes of a text are whole characters. */
function wholeCharacters(ptr: usize, size: u32, whole: u32): u32 {
  while (size > 0 && size < whole && (load<u8>(ptr + size) & 0xc0) == 0x80) --size;
  return size;
}
