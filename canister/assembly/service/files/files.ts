/** Upload and download of files in chunks that fit a message. */
import {
  FileChunk,
  FileChunkResult,
  FileDetails,
  FileDetailsInput,
  FileDetailsResult,
  FileDownloadChunkInput,
  FileUploadChunkInput,
} from '../../ic/candid/service.generated';
import { Blob, Text } from '../../ic/candid/values';
import { isReplicated } from '../../ic/message';
import { Code, Problem, Result } from '../../problem';
import { File } from '../../storage/file';
import { createFile, openFile } from '../../storage/file-system';
import { MAX_PATH } from '../../storage/path';
import { because } from '../replies/replies';

/** The largest chunk that an ingress message has room for. */
export const MAX_CHUNK: u64 = 2 << 20;
/** The largest chunk that a replicated reply has room for; the next call continues after it. */
const MAX_REPLICATED_CHUNK: u64 = MAX_CHUNK - 1024;
/** Bytes that one call hashes if a file was not written from front to back: 2.7 B instructions, within a query's. */
const MAX_HASHED: u64 = 32 << 20;
/** Bytes that are compared at once with what is in a file. */
const PIECE: u64 = 16384;

/** The chunk of a reply, or the paths of a listing, which go to the system from here. */
export const outgoing: usize = memory.data(2 << 20, 16);

/** An existing file. The length of the name is checked before it becomes a string. */
function open(name: Text): Result<File> {
  return name.size > <u32>MAX_PATH ? Result.fail<File>(nameTooLong()) : openFile(name.toString());
}

function nameTooLong(): Problem {
  return new Problem(`a path has at most ${MAX_PATH} bytes`);
}

export function exceeds(chunkSize: u64): Problem {
  return new Problem(`chunksize ${chunkSize} exceeds limit ${MAX_CHUNK}`);
}

/** Why a file's SHA-256 cannot be computed within a call, or null. */
function unhashable(file: File): Problem | null {
  if (file.unhashed <= MAX_HASHED) return null;
  return new Problem(
    `${file.unhashed} bytes of the file are still to be hashed, because they were not written in order`,
  );
}

function describe(name: Text, file: File): FileDetailsResult {
  file.hash(MAX_HASHED);
  const digest = file.sha256;
  const details = new FileDetails();
  details.filename = name;
  details.filesize = file.size;
  if (digest !== null) details.filesha256 = Text.of(digest);
  return FileDetailsResult.Ok(details);
}

/** Whether the file already ends with this chunk at this offset: the last chunk was sent again. */
function isRepeated(file: File, input: FileUploadChunkInput): bool {
  const chunk = input.chunk;
  if (input.offset != file.lastWrite || input.offset + chunk.size != file.size) return false;
  for (let done: u32 = 0; done < chunk.size; done += <u32>PIECE) {
    const part = min<u64>(PIECE, chunk.size - done);
    file.read(input.offset + done, outgoing, part);
    if (memory.compare(outgoing, chunk.ptr + done, <usize>part) != 0) return false;
  }
  return true;
}

/** Takes a chunk. Null, or why not; then nothing has changed. */
function take(input: FileUploadChunkInput): Problem | null {
  const chunk = input.chunk;
  if (input.chunksize > MAX_CHUNK) return exceeds(input.chunksize);
  if (chunk.size > input.chunksize) {
    return new Problem(`the chunk has ${chunk.size} bytes, more than its chunksize ${input.chunksize}`);
  }
  if (input.offset == 0) return begin(input.filename, chunk);
  const opened = open(input.filename);
  const file = opened.value;
  if (file === null) return opened.problem;
  const unhashed = unhashable(file);
  if (unhashed !== null) return unhashed;
  if (input.offset != file.size) {
    if (isRepeated(file, input)) return null;
    return new Problem(`offset ${input.offset} is not where the file ends (it has ${file.size} bytes)`);
  }
  return chunk.size == 0 ? null : file.write(input.offset, chunk.ptr, chunk.size);
}

/** Creates or replaces a file with its first chunk. */
function begin(name: Text, chunk: Blob): Problem | null {
  if (name.size > <u32>MAX_PATH) return nameTooLong();
  const opened = createFile(name.toString(), chunk.size);
  const file = opened.value;
  return file === null ? opened.problem : file.replace(chunk.ptr, chunk.size);
}

export function uploadChunk(input: FileUploadChunkInput): FileDetailsResult {
  const problem = take(input);
  if (problem !== null) return FileDetailsResult.Err(because(`file_upload_chunk_: ${problem.text}`));
  return describe(input.filename, open(input.filename).value!);
}

export function fileDetails(input: FileDetailsInput): FileDetailsResult {
  const opened = open(input.filename);
  const file = opened.value;
  if (file === null) {
    const problem = opened.problem!;
    const isMissing = problem.code == Code.MISSING;
    const why = isMissing ? `Metadata for this file are not found: ${input.filename.toString()}` : problem.text;
    return FileDetailsResult.Err(because(`uploaded_file_details_: ${why}`));
  }
  const unhashed = unhashable(file);
  if (unhashed !== null) return FileDetailsResult.Err(because(`uploaded_file_details_: ${unhashed.text}`));
  const hollow = whyHollow(file);
  if (hollow !== null) return FileDetailsResult.Err(because(`uploaded_file_details_: ${hollow.text}`));
  return describe(input.filename, file);
}

/** Why a file is no longer what was uploaded, or null. */
function whyHollow(file: File): Problem | null {
  if (!file.isHollow) return null;
  return new Problem(
    `the weights were removed from the file (remove_model_weights); as a whole it had the SHA-256 ${file.sha256!}`,
  );
}

function downloadProblem(why: string): FileChunkResult {
  return FileChunkResult.Err(because(`file_download_chunk_: ${why}`));
}

export function downloadChunk(input: FileDownloadChunkInput): FileChunkResult {
  const opened = open(input.filename);
  const file = opened.value;
  if (file === null) {
    const problem = opened.problem!;
    if (problem.code != Code.MISSING) return downloadProblem(problem.text);
    return downloadProblem(`ERROR: failed to open ifstream for file ${input.filename.toString()}`);
  }
  if (input.chunksize > MAX_CHUNK) return downloadProblem(exceeds(input.chunksize).text);
  const hollow = whyHollow(file);
  if (hollow !== null) return downloadProblem(hollow.text);
  const size = file.size;
  return outgoingChunk(input.offset, file.read(input.offset, outgoing, fitting(input.chunksize)), size);
}

/** How much of a chunk a reply has room for. */
export function fitting(chunkSize: u64): u64 {
  return isReplicated() ? min(chunkSize, MAX_REPLICATED_CHUNK) : chunkSize;
}

/** The reply that has the first `count` bytes of `outgoing`, which begin at `offset` of `size`. */
export function outgoingChunk(offset: u64, count: u64, size: u64): FileChunkResult {
  const chunk = new FileChunk();
  chunk.chunk = new Blob(outgoing, <u32>count);
  chunk.chunksize = count;
  chunk.filesize = size;
  chunk.offset = offset;
  chunk.done = offset >= size || offset + count == size;
  return FileChunkResult.Ok(chunk);
}
