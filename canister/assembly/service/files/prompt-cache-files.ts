/**
 * Upload and download of the callers' sessions. An uploaded file is checked when the session is used next; if it cannot
 * be continued, every use is an error until it is replaced or removed (session-file.ts).
 */
import {
  DownloadPromptCacheChunkInput,
  FileChunkResult,
  FileDetailsInput,
  FileDetailsResult,
  FileDownloadChunkInput,
  FileUploadChunkInput,
  PromptCacheDetailsInput,
  UploadPromptCacheChunkInput,
} from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { stat } from '../../storage/file-system';
import { downloadChunk, fileDetails, uploadChunk } from './files';
import { whyNoRoom } from '../quotas/quotas';
import { apiError } from '../replies/replies';
import { sessionPath } from '../access/session-path';

export function downloadPromptCacheChunk(input: DownloadPromptCacheChunkInput): FileChunkResult {
  const own = sessionPath(input.promptcache);
  const path = own.value;
  if (path === null) return FileChunkResult.Err(apiError(own.problem!.of('download_prompt_cache_chunk')));
  const chunk = new FileDownloadChunkInput();
  chunk.filename = Text.of(path);
  chunk.chunksize = input.chunksize;
  chunk.offset = input.offset;
  return downloadChunk(chunk);
}

export function uploadPromptCacheChunk(input: UploadPromptCacheChunkInput): FileDetailsResult {
  const own = sessionPath(input.promptcache);
  const path = own.value;
  if (path === null) return FileDetailsResult.Err(apiError(own.problem!.of('upload_prompt_cache_chunk')));
  const entry = stat(path);
  const before: i64 = entry === null || entry.isDirectory ? -1 : <i64>entry.size;
  // Offset 0 starts the file anew; any other chunk ends at the new end of the file.
  const after = input.offset == 0 ? <u64>input.chunk.size : <u64>max<i64>(before, 0) + input.chunk.size;
  const full = whyNoRoom(before, after);
  if (full !== null) return FileDetailsResult.Err(apiError(full.of('upload_prompt_cache_chunk')));
  const chunk = new FileUploadChunkInput();
  chunk.filename = Text.of(path);
  chunk.chunk = input.chunk;
  chunk.chunksize = input.chunksize;
  chunk.offset = input.offset;
  return uploadChunk(chunk);
}

export function promptCacheDetails(input: PromptCacheDetailsInput): FileDetailsResult {
  const own = sessionPath(input.promptcache);
  const path = own.value;
  if (path === null) return FileDetailsResult.Err(apiError(own.problem!.of('uploaded_prompt_cache_details')));
  const details = new FileDetailsInput();
  details.filename = Text.of(path);
  return fileDetails(details);
}
