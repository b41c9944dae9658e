/** Uploads whose chunks come in any order, several at a time, over any period. */
import {
  UploadBeginInput,
  UploadChunkInput,
  UploadInput,
  UploadPhase,
  UploadRange,
  UploadResult,
  UploadStatus,
} from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { now } from '../../ic/clock';
import { Problem } from '../../problem';
import { File } from '../../storage/file';
import { list } from '../../storage/file-system';
import { MAX_PATH, Path } from '../../storage/path';
import { Tree } from '../../storage/tree';
import { FieldWriter } from '../../storage/values';
import { callLimit } from '../limits/instruction-budget';
import { logDebug, logInfo, logWarning } from '../settings/log-level';
import { because } from '../replies/replies';
import { Setting } from '../settings/settings';
import { Task, schedule } from '../settings/tasks';
import { DONE, FAILED, HASHING, MAX_CHUNK, MAX_CHUNKS, MAX_UPLOAD, RECEIVING, UPLOADS, Upload } from './upload';

/** Uploads in progress, and ended uploads that are remembered. */
const MAX_OPEN: i32 = 16;
const MAX_ENDED: i32 = 16;
/** An upload that has received nothing for this long makes room for another one: 7 days. */
const ABANDONED: u64 = 7 * 86_400_000_000_000;
/** Ranges in a reply. */
const MAX_RANGES: i32 = 64;
/** Bytes that the message of a chunk hashes, beside its own: 330 M instructions. */
const HASHED_WITH_CHUNK: u64 = 4 << 20;
/** Bytes that a step of the timer hashes at most, and instructions that one takes. */
const HASHED_A_STEP: u64 = 256 << 20;
const HASHING_COST: u64 = 80;

/** Version 1: number of the last upload, u64. */
const setting = new Setting('uploads');

class Hashing extends Task {
  run(): void {
    const uploads = all();
    for (let i = 0; i < uploads.length; ++i) {
      if (uploads[i].phase != HASHING) continue;
      const content = uploads[i].content;
      if (content === null) uploads[i].fail('its content was removed');
      else if (content.hash(min(HASHED_A_STEP, callLimit(false) / 2 / HASHING_COST))) end(uploads[i], content);
      else logDebug(`upload ${uploads[i].id}: ${content.unhashed} bytes are still to be hashed`);
      // One step per message; more may be left.
      schedule(this, now());
      return;
    }
  }
}

const task = new Hashing();

function end(upload: Upload, content: File): void {
  upload.finish(content);
  if (upload.phase == DONE) logInfo(`upload ${upload.id} is done`);
  else logWarning(`upload ${upload.id} has failed`);
}

/** Every program calls this before anything else: hashing goes on after an upgrade. */
export function rearmUploads(): void {
  const uploads = all();
  for (let i = 0; i < uploads.length; ++i) if (uploads[i].phase == HASHING) schedule(task, now());
}

/** All remembered uploads, oldest first. With `tidy`, folders that are not uploads are removed. */
function all(tidy: bool = false): Upload[] {
  const uploads: Upload[] = [];
  const entries = list(UPLOADS, 0, Tree.System);
  if (entries === null) return uploads;
  for (let i = 0; i < entries.length; ++i) {
    const name = entries[i].name;
    const id = <u64>parseInt(name, 10);
    const upload: Upload | null = id.toString() == name ? Upload.open(id) : null;
    const isLost = upload !== null && upload.phase < DONE && upload.content === null;
    if (upload !== null && !isLost) uploads.push(upload);
    else if (tidy) Upload.remove(`${UPLOADS}/${name}`);
  }
  return uploads;
}

/** The number of uploads in progress. */
export function openUploads(): i32 {
  return all().filter((upload) => upload.phase < DONE).length;
}

function phaseOf(upload: Upload): UploadPhase {
  if (upload.phase == HASHING) return UploadPhase.hashing();
  if (upload.phase == DONE) return UploadPhase.done();
  if (upload.phase == FAILED) return UploadPhase.failed(Text.of(upload.reason));
  return UploadPhase.receiving();
}

function statusOf(upload: Upload): UploadResult {
  const content = upload.content;
  const status = new UploadStatus();
  status.upload = upload.id;
  status.filename = Text.of(upload.path);
  status.filesize = upload.size;
  status.sha256 = Text.of(upload.sha256);
  status.chunksize = upload.chunkSize;
  status.phase = phaseOf(upload);
  status.received = upload.received;
  status.hashed = upload.phase == DONE ? upload.size : content === null ? 0 : min(content.hashed, upload.received);
  if (upload.phase == RECEIVING) {
    const ranges = upload.missing(MAX_RANGES);
    for (let i = 0; i < ranges.length; ++i) {
      const range = new UploadRange();
      range.offset = ranges[i].offset;
      range.size = ranges[i].size;
      status.missing.push(range);
    }
  }
  return UploadResult.Ok(status);
}

function refused(method: string, why: string): UploadResult {
  return UploadResult.Err(because(`${method}: ${why}`));
}

/** 64 hexadecimal digits in lower case; '' if the text is not a digest. */
function digestOf(text: Text): string {
  if (text.size != 64) return '';
  const digits = text.toString().toLowerCase();
  for (let i = 0; i < digits.length; ++i) {
    const code = digits.charCodeAt(i);
    if (!((code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66))) return '';
  }
  return digits;
}

/** A path without its meaningless parts. */
function normal(path: Path): string {
  let text = '';
  for (let i = 0; i < path.parts.length; ++i) text += (i > 0 ? '/' : '') + String.UTF8.decode(path.parts[i]);
  return text;
}

/** Why an upload cannot begin, or null. */
function whyNot(input: UploadBeginInput): Problem | null {
  if (input.filename.size > <u32>MAX_PATH) return new Problem(`a path has at most ${MAX_PATH} bytes`);
  const path = new Path(input.filename.toString());
  const problem = path.problem;
  if (problem !== null) return problem;
  if (path.isRoot) return new Problem('a file has a name');
  if (digestOf(input.sha256).length == 0) return new Problem('sha256: 64 hexadecimal digits were expected');
  if (input.filesize > MAX_UPLOAD) {
    return new Problem(`filesize ${input.filesize} is more than stable memory can hold (${MAX_UPLOAD})`);
  }
  if (input.chunksize == 0 || input.chunksize > MAX_CHUNK) {
    return new Problem(`chunksize ${input.chunksize} is not from 1 to ${MAX_CHUNK}`);
  }
  if (input.filesize / input.chunksize >= MAX_CHUNKS) {
    return new Problem(`chunksize ${input.chunksize} makes more than ${MAX_CHUNKS} chunks`);
  }
  return null;
}

/** Whether an upload may be removed to make room. */
function isAbandoned(upload: Upload): bool {
  return now() - min(now(), upload.changed) >= ABANDONED;
}

/** The upload that has waited longest for a chunk, or null. */
function oldestOf(uploads: Upload[]): Upload | null {
  let oldest: Upload | null = null;
  for (let i = 0; i < uploads.length; ++i) {
    if (oldest === null || uploads[i].changed < oldest.changed) oldest = uploads[i];
  }
  return oldest;
}

/** Removes abandoned uploads. Returns how many. */
export function dropAbandoned(): i32 {
  const abandoned = all().filter((upload) => upload.phase < DONE && isAbandoned(upload));
  for (let i = 0; i < abandoned.length; ++i) abandoned[i].drop();
  return abandoned.length;
}

/** Creates an upload with the next number. Null, or why not; then nothing has changed. */
function make(upload: Upload): Problem | null {
  const problem = upload.create();
  if (problem !== null) return problem;
  const value = new FieldWriter(1);
  value.put<u64>(upload.id);
  const uncounted = setting.write(value);
  if (uncounted !== null) upload.drop();
  return uncounted;
}

export function beginUpload(input: UploadBeginInput): UploadResult {
  const why = whyNot(input);
  if (why !== null) return refused('upload_begin', why.text);
  const path = normal(new Path(input.filename.toString()));
  const sha256 = digestOf(input.sha256);
  const draft = new Upload(0, path, input.filesize, input.chunksize, sha256);
  const obstacle = draft.obstacle;
  if (obstacle !== null) return refused('upload_begin', obstacle.text);
  const uploads = all(true);
  const open: Upload[] = [];
  const ended: Upload[] = [];
  let replaced: Upload | null = null;
  for (let i = 0; i < uploads.length; ++i) {
    const upload = uploads[i];
    if (upload.phase >= DONE) {
      ended.push(upload);
    } else if (upload.path == path) {
      if (upload.size == input.filesize && upload.sha256 == sha256) return statusOf(upload);
      replaced = upload;
    } else {
      open.push(upload);
    }
  }
  const outdated: Upload | null = open.length < MAX_OPEN ? null : oldestOf(open);
  if (outdated !== null && !isAbandoned(outdated)) {
    return refused('upload_begin', `${MAX_OPEN.toString()} uploads are not done yet; upload_cancel ends one`);
  }
  const upload = new Upload(setting.read().take<u64>() + 1, path, input.filesize, input.chunksize, sha256);
  const problem = make(upload);
  if (problem !== null) return refused('upload_begin', problem.text);
  // The abandoned upload is removed only once the new one exists.
  if (outdated !== null) outdated.drop();
  if (replaced !== null) replaced.drop();
  const forgotten: Upload | null = ended.length < MAX_ENDED ? null : oldestOf(ended);
  if (forgotten !== null) forgotten.drop();
  if (upload.size == 0) end(upload, upload.content!);
  return statusOf(upload);
}

/** Hashes bytes that follow the hashed ones without a gap. */
function hashAlong(upload: Upload, content: File): void {
  const gaps = upload.missing(1);
  const end = gaps.length == 0 ? upload.size : gaps[0].offset;
  const hashed = content.hashed;
  if (end > hashed) content.hash(min(end - hashed, HASHED_WITH_CHUNK));
}

export function takeChunk(input: UploadChunkInput): UploadResult {
  const method = 'upload_chunk';
  const upload = Upload.open(input.upload);
  if (upload === null) return refused(method, `there is no upload ${input.upload.toString()}`);
  if (upload.phase == FAILED) return refused(method, upload.reason);
  const offset = input.offset;
  const chunk = input.chunk;
  if (offset >= upload.size || offset % upload.chunkSize != 0) {
    return refused(method, `offset ${offset.toString()}: no chunk of the file begins there`);
  }
  const size = upload.sizeAt(offset);
  if (chunk.size != size) {
    return refused(
      method,
      `the chunk has ${chunk.size.toString()} bytes, and there are ${size.toString()} at its offset`,
    );
  }
  // A chunk that is sent again after the upload was done.
  if (upload.phase == DONE) return statusOf(upload);
  const content = upload.content;
  if (content === null) return refused(method, 'what had come of the upload was removed: begin it again');
  if (upload.has(offset / upload.chunkSize)) {
    if (upload.isSame(content, offset, chunk.ptr, chunk.size)) return statusOf(upload);
    return refused(method, `the chunk at ${offset.toString()} has come already, with other bytes`);
  }
  const problem = upload.take(content, offset, chunk.ptr, chunk.size);
  if (problem !== null) return refused(method, problem.text);
  hashAlong(upload, content);
  if (upload.received >= upload.size) {
    upload.phase = HASHING;
    if (content.unhashed == 0) {
      end(upload, content);
    } else {
      upload.save();
      schedule(task, now());
    }
  }
  return statusOf(upload);
}

export function uploadStatus(input: UploadInput): UploadResult {
  const upload = Upload.open(input.upload);
  if (upload === null) return refused('upload_status', `there is no upload ${input.upload.toString()}`);
  return statusOf(upload);
}

export function cancelUpload(input: UploadInput): UploadResult {
  const upload = Upload.open(input.upload);
  if (upload === null) return refused('upload_cancel', `there is no upload ${input.upload.toString()}`);
  if (upload.phase >= DONE) return refused('upload_cancel', 'the upload has ended already');
  upload.fail('it was cancelled');
  return statusOf(upload);
}
