/**
 * The keys and values of the callers' sessions as bytes, out and in: what is kept beside a session's file (service/warm). A
 * session that is carried to another name, caller or canister goes on there without being evaluated again if these are
 * carried, too.
 *
 * What comes in is believed as far as it says of itself that it is whole and of these tokens, this model and these options:
 * whoever uploads it may make his own session say anything. So it is used for that session and its copies, and shared with
 * no other caller.
 */
import {
  DownloadPromptCacheChunkInput,
  FileChunkResult,
  StatusCodeRecordResult,
  UploadPromptCacheChunkInput,
} from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { caller } from '../../ic/message';
import { Code, Problem, Result } from '../../problem';
import { sessionPath } from '../access/session-path';
import { whyNotReady } from '../models/model';
import { apiError, statusOf } from '../replies/replies';
import { findResident } from '../sessions/resident-sessions';
import { SessionFile, stateOf } from '../sessions/session-file';
import { keptBytes, readKept, writeKept } from '../warm/warm-files';
import { MAX_CHUNK, exceeds, fitting, outgoing, outgoingChunk } from './files';

/** The file of the caller's session of a name, if it can be continued with the model that is loaded. */
function sessionOf(name: Text): Result<SessionFile> {
  const own = sessionPath(name);
  const path = own.value;
  if (path === null) return Result.fail<SessionFile>(own.problem!);
  const why = whyNotReady();
  if (why !== null) return Result.fail<SessionFile>(why);
  const unread = stateOf(path).problem;
  if (unread !== null) {
    const isMissing = unread.code == Code.MISSING;
    return Result.fail<SessionFile>(isMissing ? new Problem('there is no session of this name', Code.MISSING) : unread);
  }
  return Result.ok<SessionFile>(new SessionFile(path));
}

/** Bytes of a session whose keys and values are not kept are none, and no error: who carries them there has nothing to carry. */
export function downloadKvCacheChunk(input: DownloadPromptCacheChunkInput): FileChunkResult {
  const found = sessionOf(input.promptcache);
  const session = found.value;
  let problem = found.problem;
  if (problem === null && input.chunksize > MAX_CHUNK) problem = exceeds(input.chunksize);
  if (session === null || problem !== null)
    return FileChunkResult.Err(apiError(problem!.of('download_kv_cache_chunk')));
  const file = session.opened!;
  const count = readKept(file, input.offset, outgoing, fitting(input.chunksize));
  return outgoingChunk(input.offset, count, keptBytes(file));
}

/** Takes a chunk: offset 0 begins anew, any other is where what is there ends. */
export function uploadKvCacheChunk(input: UploadPromptCacheChunkInput): StatusCodeRecordResult {
  const problem = take(input);
  return problem === null ? statusOf(null) : StatusCodeRecordResult.Err(apiError(problem.of('upload_kv_cache_chunk')));
}

function take(input: UploadPromptCacheChunkInput): Problem | null {
  const chunk = input.chunk;
  if (input.chunksize > MAX_CHUNK) return exceeds(input.chunksize);
  if (chunk.size > input.chunksize) {
    return new Problem(`the chunk has ${chunk.size} bytes, more than its chunksize ${input.chunksize}`);
  }
  const found = sessionOf(input.promptcache);
  const session = found.value;
  if (session === null) return found.problem;
  const tokens = stateOf(session.path).value!.length;
  const resident = findResident(session);
  if (resident !== null) resident.saved.warm = 0;
  return writeKept(session.opened!, caller(), tokens, input.offset, chunk.ptr, chunk.size);
}
