/** Methods of prompt caches: the sessions that are kept, their files, and prefixes that stay in the heap. */
import * as wire from '../ic/candid/service.generated';
import { respond } from '../ic/message';
import { isLetIn, isLetInToAsk, mayAdminister, mayInspect } from '../service/access';
import { Arguments } from '../service/arguments';
import { getPinnedPrefixes, pinPrefix, unpinPrefix } from '../service/pinned-prefixes';
import { downloadPromptCacheChunk, promptCacheDetails, uploadPromptCacheChunk } from '../service/prompt-cache-files';
import { copyPromptCache, removePromptCache } from '../service/prompt-caches';
import { accessDenied, outputDenied, outputUndecodable, undecodable } from '../service/replies';
import { sessionInfo } from '../service/session-info';
import { update } from '../service/tasks';

export function remove_prompt_cache(): void {
  update(() => {
    if (!isLetIn()) return wire.replyRemovePromptCache(outputDenied());
    const input = wire.readRemovePromptCache();
    wire.replyRemovePromptCache(input === null ? outputUndecodable() : removePromptCache(new Arguments(input)));
  });
}

export function copy_prompt_cache(): void {
  update(() => {
    if (!isLetIn()) return wire.replyCopyPromptCache(wire.StatusCodeRecordResult.Err(accessDenied()));
    const input = wire.readCopyPromptCache();
    wire.replyCopyPromptCache(input === null ? wire.StatusCodeRecordResult.Err(undecodable()) : copyPromptCache(input));
  });
}

export function download_prompt_cache_chunk(): void {
  respond(() => {
    if (!isLetInToAsk()) return wire.replyDownloadPromptCacheChunk(wire.FileChunkResult.Err(accessDenied()));
    const input = wire.readDownloadPromptCacheChunk();
    wire.replyDownloadPromptCacheChunk(
      input === null ? wire.FileChunkResult.Err(undecodable()) : downloadPromptCacheChunk(input),
    );
  });
}

export function upload_prompt_cache_chunk(): void {
  update(() => {
    if (!isLetIn()) return wire.replyUploadPromptCacheChunk(wire.FileDetailsResult.Err(accessDenied()));
    const input = wire.readUploadPromptCacheChunk();
    wire.replyUploadPromptCacheChunk(
      input === null ? wire.FileDetailsResult.Err(undecodable()) : uploadPromptCacheChunk(input),
    );
  });
}

export function uploaded_prompt_cache_details(): void {
  respond(() => {
    if (!isLetInToAsk()) return wire.replyUploadedPromptCacheDetails(wire.FileDetailsResult.Err(accessDenied()));
    const input = wire.readUploadedPromptCacheDetails();
    wire.replyUploadedPromptCacheDetails(
      input === null ? wire.FileDetailsResult.Err(undecodable()) : promptCacheDetails(input),
    );
  });
}

export function session_info(): void {
  respond(() => {
    if (!isLetInToAsk()) return wire.replySessionInfo(wire.SessionInfoResult.Err(accessDenied()));
    const input = wire.readSessionInfo();
    wire.replySessionInfo(input === null ? wire.SessionInfoResult.Err(undecodable()) : sessionInfo(input));
  });
}

export function pin_prefix(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyPinPrefix(outputDenied());
    const input = wire.readPinPrefix();
    wire.replyPinPrefix(input === null ? outputUndecodable() : pinPrefix(new Arguments(input)));
  });
}

export function unpin_prefix(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyUnpinPrefix(outputDenied());
    const input = wire.readUnpinPrefix();
    wire.replyUnpinPrefix(input === null ? outputUndecodable() : unpinPrefix(new Arguments(input)));
  });
}

export function get_pinned_prefixes(): void {
  respond(() => {
    if (!mayInspect()) return wire.replyGetPinnedPrefixes(wire.PinnedPrefixesResult.Err(accessDenied()));
    wire.replyGetPinnedPrefixes(
      wire.readGetPinnedPrefixes() ? getPinnedPrefixes() : wire.PinnedPrefixesResult.Err(undecodable()),
    );
  });
}
