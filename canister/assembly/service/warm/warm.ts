/**
 * Keys and values outlive the heap: a copy of them is in stable memory, in the companion of the sequence's file. They
 * are written at the end of every message that has evaluated something, so that neither leaving the heap nor an upgrade
 * writes anything; they are read again together with their sequence.
 *
 * They are a cache. If they are missing, damaged, or of another model or layout, tokens are evaluated again.
 */
import { instructions } from '../../ic/performance';
import { isReplicated } from '../../ic/message';
import { Principal } from '../../ic/principal';
import { Sequence } from '../../llm/cache/sequence';
import { AFTER_KEEPING, KEPT_PER_BYTE, KEEPING } from '../../prices';
import { Companion } from '../../storage/companion';
import { File } from '../../storage/file';
import { pageBytes } from '../../storage/totals';
import { callLimit } from '../limits/instruction-budget';
import { engine } from '../engine/loaded';
import { WARM_FILES, warmFolderOf } from '../quotas/warm-limits';
import { WarmAllowance } from './warm-allowance';
import { WarmBlocks, blockStride } from './warm-blocks';
import { PINNED, WarmRoom, beginWriting, endWriting } from './warm-room';

/**
 * Bytes of stable memory that a message reads or writes for this: it may touch 2 GiB, a query 1 GiB, and some for other
 * reasons.
 */
const MOST_BYTES: u64 = 1 << 30;
const MOST_BYTES_OF_QUERY: u64 = 384 << 20;

function allowance(end: u64): WarmAllowance {
  return new WarmAllowance(end, isReplicated() ? MOST_BYTES : MOST_BYTES_OF_QUERY);
}

/**
 * Reads the kept keys and values of a sequence's tokens that are not evaluated, from beside the sequence's file. It may
 * use half of the message. Returns the number of tokens.
 */
export function bringBack(sequence: Sequence, file: File): i32 {
  const companion = Companion.of(file);
  if (companion === null) return 0;
  const end = instructions() + (callLimit(!isReplicated()) >> 1);
  return engine.bringBackSequence(sequence, new WarmBlocks(file, '', companion, null), allowance(end));
}

/**
 * Writes the evaluated ones of the first `length` tokens of a sequence beside its file, which has the first `kept`
 * already. Returns how many it has then: all, unless there is no room.
 */
export function keepWarm(sequence: Sequence, length: i32, kept: i32, file: File, owner: Principal): i32 {
  return keepIn(warmFolderOf(owner), owner, sequence, length, kept, file);
}

/** The same for a pinned prefix. */
export function keepPinned(sequence: Sequence, kept: i32, file: File): i32 {
  return keepIn(`${WARM_FILES}/${PINNED}`, null, sequence, sequence.length, kept, file);
}

function keepIn(folder: string, owner: Principal | null, sequence: Sequence, length: i32, kept: i32, file: File): i32 {
  const whole = callLimit(false);
  const able = allowance(whole > AFTER_KEEPING ? whole - AFTER_KEEPING : 0);
  const store = new WarmBlocks(file, folder, Companion.of(file), new WarmRoom(folder, owner, able));
  beginWriting();
  const tokens = engine.keepSequence(sequence, length, kept, store, able);
  store.close();
  endWriting();
  return tokens;
}

/** Gives a file that is a copy of another the same keys and values; returns whether there are any. */
export function copyWarm(from: File, to: File, owner: Principal): bool {
  const source = Companion.of(from);
  const there = Companion.of(to);
  if (there !== null) there.drop();
  if (source === null) return false;
  const folder = warmFolderOf(owner);
  const able = allowance(callLimit(false) >> 1);
  beginWriting();
  const copy = Companion.make(to, folder);
  const isCopied =
    copy !== null &&
    new WarmRoom(folder, owner, able).take(pageBytes(source.size), copy) &&
    Companion.of(from) !== null &&
    copy.copy(source);
  if (copy !== null && !isCopied) copy.drop();
  endWriting();
  return isCopied;
}

/**
 * Instructions that a message with a limit reserves for this if it only evaluates, beyond the `spare` ones reserved for
 * its end anyway.
 */
export function keepingReserve(limit: u64, spare: u64): u64 {
  const block = blockStride() * KEPT_PER_BYTE;
  const perToken = block >> 5;
  // Each of several tokens that are read together costs at least an eighth of a single one with the model's pages.
  const leastPerToken = engine.tokenCostAt(0) >> 3;
  const whole = KEEPING + 2 * block + (limit / (perToken + leastPerToken)) * perToken;
  return whole - min(whole, spare);
}
