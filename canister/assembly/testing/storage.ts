/**
 * The file system's functions as exports, for canister/test/{storage,values,sha256}*.test.ts. Texts and bytes go
 * through one buffer: a call finds its text at the start of it and leaves its result there; `size` is the result's
 * length, or -1 for null.
 */
import '../ic/trap';
import { Problem, Result } from '../problem';
import { File } from '../storage/file';
import * as files from '../storage/file-system';
import { readRecord } from '../storage/records';
import * as sha from '../storage/sha256';
import { usageOf } from '../storage/usage';
import { FieldWriter, Fields, NO_VALUE, ValueSet, keyOf } from '../storage/values';

const BUFFER: usize = memory.data(4 << 20, 16);
const state: usize = memory.data(32, 16);
let opened: File | null = null;
/** A second file, which stays open while others are opened. */
let kept: File | null = null;
let size: i32 = -1;

export function buffer(): usize {
  return BUFFER;
}

export function answerSize(): i32 {
  return size;
}

export function collect(): void {
  __collect();
}

function text(at: usize, length: u32): string {
  return String.UTF8.decodeUnsafe(BUFFER + at, length);
}

function answer(value: string | null): void {
  size = -1;
  if (value !== null) size = <i32>String.UTF8.encodeUnsafe(changetype<usize>(value), value.length, BUFFER);
}

function outcome(problem: Problem | null): void {
  answer(problem === null ? null : problem.text);
}

export function mount(): void {
  outcome(files.mount());
}

function show(result: Result<File>): void {
  if (result.value !== null) opened = result.value;
  outcome(result.problem);
}

export function open(length: u32): void {
  show(files.openFile(text(0, length)));
}

export function create(length: u32): void {
  show(files.createFile(text(0, length)));
}

export function createDirectory(length: u32): void {
  outcome(files.createDirectory(text(0, length)));
}

export function remove(length: u32): void {
  outcome(files.remove(text(0, length)));
}

export function rename(fromLength: u32, toLength: u32): void {
  outcome(files.rename(text(0, fromLength), text(fromLength, toLength)));
}

export function copy(fromLength: u32, toLength: u32): void {
  outcome(files.copyFile(text(0, fromLength), text(fromLength, toLength)));
}

function line(entry: files.Entry): string {
  return `${entry.isDirectory ? 'd' : 'f'} ${entry.size} ${entry.created} ${entry.modified} ${entry.name}\n`;
}

export function stat(length: u32): void {
  const entry = files.stat(text(0, length));
  answer(entry === null ? null : line(entry));
}

export function list(length: u32, limit: u32): void {
  const entries = files.list(text(0, length), limit);
  answer(entries === null ? null : entries.map<string>((entry) => line(entry)).join(''));
}

export function keep(): void {
  kept = opened;
}

export function isLive(): bool {
  return kept!.isLive;
}

export function fileSize(): u64 {
  return kept!.size;
}

export function lastWrite(): u64 {
  return kept!.lastWrite;
}

export function changes(): u32 {
  return kept!.changes;
}

export function read(offset: u64, length: u64): u64 {
  return opened!.read(offset, BUFFER, length);
}

export function write(offset: u64, length: u64): void {
  outcome(opened!.write(offset, BUFFER, length));
}

export function replace(length: u64): void {
  outcome(opened!.replace(BUFFER, length));
}

export function truncate(length: u64): void {
  outcome(opened!.truncate(length));
}

export function sha256(): void {
  answer(opened!.sha256);
}

export function unhashed(): u64 {
  return opened!.unhashed;
}

export function hash(bytes: u64): bool {
  return opened!.hash(bytes);
}

/** Copies the bytes of a record of layouts 1 and 2 to the buffer; returns their number. */
export function record(number: u32): u32 {
  return readRecord(number, BUFFER);
}

const values = new ValueSet('values');

/**
 * Copies the value of a key, its bytes after the version, to the buffer; returns their number, or -1 if there is none.
 */
export function value(length: u32): i32 {
  const index = values.find(BUFFER, length);
  if (index == NO_VALUE) return -1;
  const fields = Fields.of(index);
  const size = fields.take<u32>();
  fields.takeBytes(BUFFER, size);
  return size;
}

export function setValue(keyLength: u32, length: u32): void {
  const writer = new FieldWriter(1);
  writer.put<u32>(length);
  writer.putBytes(BUFFER + keyLength, length);
  outcome(values.write(BUFFER, keyLength, writer));
}

export function removeValue(length: u32): bool {
  return values.remove(BUFFER, length);
}

/** The keys in order, one per line. */
export function keys(): void {
  let text = '';
  for (let index = values.first; index != NO_VALUE; index = values.next(index)) {
    text += String.UTF8.decodeUnsafe(BUFFER, keyOf(index, BUFFER)) + '\n';
  }
  answer(text);
}

/** Files and bytes below a directory. */
export function usage(length: u32): void {
  const usage = usageOf(text(0, length));
  answer(`${usage.files} ${usage.bytes}`);
}

/** SHA-256 of the buffer's first bytes, without a file. */
export function digest(length: u32): void {
  const blocks = length / sha.BLOCK;
  sha.start(state);
  sha.update(state, BUFFER, blocks);
  answer(sha.finish(state, BUFFER + blocks * sha.BLOCK, length));
}
