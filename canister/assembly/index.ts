/**
 * The canister: one exported function per method of llama.did, which asks whether the caller may, decodes the argument,
 * lets `service/` do the work and encodes the answer. scripts/canister-module.mjs gives the exports their names.
 */
import { rejectArgument } from './ic/candid/arguments';
import * as wire from './ic/candid/service.generated';
import { Text } from './ic/candid/values';
import { caller, respond } from './ic/message';
import { trap } from './ic/trap';
import { getAccess, isController, isLetIn, isLetInToAsk, mayAdminister, mayInspect, setAccess } from './service/access';
import { Arguments } from './service/arguments';
import { rearmCleanup } from './service/cache-cleanup';
import { rearmBalance } from './service/cycle-balance';
import { downloadChunk, fileDetails, uploadChunk } from './service/files';
import { certifySite } from './service/http/site';
import { getInstructionBudget, setInstructionBudget } from './service/instruction-budget';
import { getMaxTokens, setMaxTokens } from './service/limits';
import { removeLogFile } from './service/logs';
import { loadModel, ready as isReady, remember } from './service/model';
import { modelInfo } from './service/model-info';
import { downloadPromptCacheChunk, promptCacheDetails, uploadPromptCacheChunk } from './service/prompt-cache-files';
import { getPinnedPrefixes, pinPrefix, unpinPrefix } from './service/pinned-prefixes';
import { copyPromptCache, newChat, removePromptCache } from './service/prompt-caches';
import { getQuotas, getUsage, setQuotas } from './service/quotas';
import { accessDenied, outputDenied, outputUndecodable, statusOk, undecodable } from './service/replies';
import { run } from './service/run';
import { getChats } from './service/saved-chats';
import { pauseChats, pauseLogs } from './service/saving';
import { runDueTask, update } from './service/tasks';
import { rearmUploads } from './service/uploads';
import { mount } from './storage/file-system';

export * from './methods/entries';
export * from './methods/maintenance';
export * from './methods/observation';
export * from './methods/roles';
export * from './methods/uploads';

/** Opens the stable memory; one that is not ours ends the installation or upgrade, which leaves it as it is. */
function start(): void {
  respond(() => {
    const problem = mount();
    if (problem !== null) trap(problem);
    remember();
    rearmCleanup();
    rearmBalance();
    rearmUploads();
    certifySite();
  });
}

export function canister_init(): void {
  start();
}

export function canister_post_upgrade(): void {
  start();
}

export function canister_global_timer(): void {
  respond(runDueTask);
}

export function health(): void {
  respond(() => {
    wire.replyHealth(wire.readHealth() ? statusOk() : wire.StatusCodeRecordResult.Err(undecodable()));
  });
}

export function ready(): void {
  respond(() => {
    wire.replyReady(wire.readReady() ? isReady() : wire.StatusCodeRecordResult.Err(undecodable()));
  });
}

export function whoami(): void {
  respond(() => {
    if (wire.readWhoami()) wire.replyWhoami(Text.of(caller().toString()));
    else rejectArgument();
  });
}

export function load_model(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyLoadModel(outputDenied());
    const input = wire.readLoadModel();
    wire.replyLoadModel(input === null ? outputUndecodable() : loadModel(new Arguments(input)));
  });
}

export function model_info(): void {
  respond(() => {
    if (!isLetInToAsk()) return wire.replyModelInfo(wire.ModelInfoResult.Err(accessDenied()));
    wire.replyModelInfo(wire.readModelInfo() ? modelInfo() : wire.ModelInfoResult.Err(undecodable()));
  });
}

export function set_max_tokens(): void {
  update(() => {
    if (!mayAdminister()) return wire.replySetMaxTokens(wire.StatusCodeRecordResult.Err(accessDenied()));
    const input = wire.readSetMaxTokens();
    wire.replySetMaxTokens(input === null ? wire.StatusCodeRecordResult.Err(undecodable()) : setMaxTokens(input));
  });
}

export function get_max_tokens(): void {
  respond(() => {
    if (wire.readGetMaxTokens()) wire.replyGetMaxTokens(getMaxTokens());
    else rejectArgument();
  });
}

export function set_instruction_budget(): void {
  update(() => {
    if (!mayAdminister()) return wire.replySetInstructionBudget(wire.StatusCodeRecordResult.Err(accessDenied()));
    const input = wire.readSetInstructionBudget();
    wire.replySetInstructionBudget(
      input === null ? wire.StatusCodeRecordResult.Err(undecodable()) : setInstructionBudget(input),
    );
  });
}

export function get_instruction_budget(): void {
  respond(() => {
    if (wire.readGetInstructionBudget()) wire.replyGetInstructionBudget(getInstructionBudget());
    else rejectArgument();
  });
}

export function new_chat(): void {
  update(() => {
    if (!isLetIn()) return wire.replyNewChat(outputDenied());
    const input = wire.readNewChat();
    wire.replyNewChat(input === null ? outputUndecodable() : newChat(new Arguments(input)));
  });
}

export function run_update(): void {
  update(() => {
    if (!isLetIn()) return wire.replyRunUpdate(outputDenied());
    const input = wire.readRunUpdate();
    wire.replyRunUpdate(input === null ? outputUndecodable() : run(new Arguments(input), false));
  });
}

export function run_query(): void {
  respond(() => {
    if (!isLetInToAsk()) return wire.replyRunQuery(outputDenied());
    const input = wire.readRunQuery();
    wire.replyRunQuery(input === null ? outputUndecodable() : run(new Arguments(input), true));
  });
}

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

export function set_quotas(): void {
  update(() => {
    if (!mayAdminister()) return wire.replySetQuotas(wire.StatusCodeRecordResult.Err(accessDenied()));
    const input = wire.readSetQuotas();
    wire.replySetQuotas(input === null ? wire.StatusCodeRecordResult.Err(undecodable()) : setQuotas(input));
  });
}

export function get_quotas(): void {
  respond(() => {
    if (wire.readGetQuotas()) wire.replyGetQuotas(getQuotas());
    else rejectArgument();
  });
}

export function get_usage(): void {
  respond(() => {
    if (!isLetInToAsk()) return wire.replyGetUsage(wire.UsageResult.Err(accessDenied()));
    wire.replyGetUsage(wire.readGetUsage() ? getUsage() : wire.UsageResult.Err(undecodable()));
  });
}

export function get_chats(): void {
  respond(() => {
    if (!isLetInToAsk()) return wire.replyGetChats(wire.ChatsRecordResult.Err(accessDenied()));
    wire.replyGetChats(wire.readGetChats() ? getChats() : wire.ChatsRecordResult.Err(undecodable()));
  });
}

export function chats_pause(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyChatsPause(wire.StatusCodeRecordResult.Err(accessDenied()));
    wire.replyChatsPause(wire.readChatsPause() ? pauseChats(true) : wire.StatusCodeRecordResult.Err(undecodable()));
  });
}

export function chats_resume(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyChatsResume(wire.StatusCodeRecordResult.Err(accessDenied()));
    wire.replyChatsResume(wire.readChatsResume() ? pauseChats(false) : wire.StatusCodeRecordResult.Err(undecodable()));
  });
}

export function log_pause(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyLogPause(wire.StatusCodeRecordResult.Err(accessDenied()));
    wire.replyLogPause(wire.readLogPause() ? pauseLogs(true) : wire.StatusCodeRecordResult.Err(undecodable()));
  });
}

export function log_resume(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyLogResume(wire.StatusCodeRecordResult.Err(accessDenied()));
    wire.replyLogResume(wire.readLogResume() ? pauseLogs(false) : wire.StatusCodeRecordResult.Err(undecodable()));
  });
}

export function remove_log_file(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyRemoveLogFile(outputDenied());
    const input = wire.readRemoveLogFile();
    wire.replyRemoveLogFile(input === null ? outputUndecodable() : removeLogFile(new Arguments(input)));
  });
}

export function file_upload_chunk(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyFileUploadChunk(wire.FileDetailsResult.Err(accessDenied()));
    const input = wire.readFileUploadChunk();
    wire.replyFileUploadChunk(input === null ? wire.FileDetailsResult.Err(undecodable()) : uploadChunk(input));
  });
}

export function file_download_chunk(): void {
  respond(() => {
    if (!mayInspect()) return wire.replyFileDownloadChunk(wire.FileChunkResult.Err(accessDenied()));
    const input = wire.readFileDownloadChunk();
    wire.replyFileDownloadChunk(input === null ? wire.FileChunkResult.Err(undecodable()) : downloadChunk(input));
  });
}

export function uploaded_file_details(): void {
  respond(() => {
    if (!mayInspect()) return wire.replyUploadedFileDetails(wire.FileDetailsResult.Err(accessDenied()));
    const input = wire.readUploadedFileDetails();
    wire.replyUploadedFileDetails(input === null ? wire.FileDetailsResult.Err(undecodable()) : fileDetails(input));
  });
}

export function set_access(): void {
  update(() => {
    if (!isController()) return wire.replySetAccess(wire.AccessRecordResult.Err(accessDenied()));
    const input = wire.readSetAccess();
    wire.replySetAccess(input === null ? wire.AccessRecordResult.Err(undecodable()) : setAccess(input));
  });
}

export function get_access(): void {
  respond(() => {
    if (!mayInspect()) return wire.replyGetAccess(wire.AccessRecordResult.Err(accessDenied()));
    wire.replyGetAccess(wire.readGetAccess() ? getAccess() : wire.AccessRecordResult.Err(undecodable()));
  });
}

export function check_access(): void {
  respond(() => {
    if (!isLetInToAsk()) return wire.replyCheckAccess(wire.StatusCodeRecordResult.Err(accessDenied()));
    wire.replyCheckAccess(wire.readCheckAccess() ? statusOk() : wire.StatusCodeRecordResult.Err(undecodable()));
  });
}
