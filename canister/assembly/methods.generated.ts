// Generated from llama.did by `npm run generate -w canister`: do not edit.

import { rejectArgument } from './ic/candid/arguments';
import * as wire from './ic/candid/service.generated';
import { acceptMessage, methodName, reject, respond } from './ic/message';
import * as methods from './methods';
import { ADMINISTER, ANYONE, ASK, CHAT, CONTROL, INSPECT, NAMED } from './service/access/access';
import { mayAsk, mayDo, whyNotAsked, whyNotDone } from './service/access/door';
import { because, outputUndecodable, refusedOutput, undecodable } from './service/replies/replies';
import { update } from './service/settings/tasks';

export function assignAdminRole(): void {
  update(() => {
    const refusal = whyNotDone('assignAdminRole', CONTROL, 8192);
    if (refusal !== null) return wire.replyAssignAdminRole(wire.AdminRoleAssignmentResult.Err(because(refusal.text)));
    const input = wire.readAssignAdminRole();
    if (input === null) return wire.replyAssignAdminRole(wire.AdminRoleAssignmentResult.Err(undecodable()));
    wire.replyAssignAdminRole(methods.assignAdminRole(input));
  });
}

export function cache_cleanup_now(): void {
  update(() => {
    const refusal = whyNotDone('cache_cleanup_now', ADMINISTER, 1024);
    if (refusal !== null) return wire.replyCacheCleanupNow(wire.CacheCleanupStatsResult.Err(because(refusal.text)));
    if (!wire.readCacheCleanupNow()) return wire.replyCacheCleanupNow(wire.CacheCleanupStatsResult.Err(undecodable()));
    wire.replyCacheCleanupNow(methods.cache_cleanup_now());
  });
}

export function cache_cleanup_start_timer(): void {
  update(() => {
    const refusal = whyNotDone('cache_cleanup_start_timer', ADMINISTER, 1024);
    if (refusal !== null) return wire.replyCacheCleanupStartTimer(wire.CacheCleanupResult.Err(because(refusal.text)));
    if (!wire.readCacheCleanupStartTimer()) return wire.replyCacheCleanupStartTimer(wire.CacheCleanupResult.Err(undecodable()));
    wire.replyCacheCleanupStartTimer(methods.cache_cleanup_start_timer());
  });
}

export function cache_cleanup_stop_timer(): void {
  update(() => {
    const refusal = whyNotDone('cache_cleanup_stop_timer', ADMINISTER, 1024);
    if (refusal !== null) return wire.replyCacheCleanupStopTimer(wire.CacheCleanupResult.Err(because(refusal.text)));
    if (!wire.readCacheCleanupStopTimer()) return wire.replyCacheCleanupStopTimer(wire.CacheCleanupResult.Err(undecodable()));
    wire.replyCacheCleanupStopTimer(methods.cache_cleanup_stop_timer());
  });
}

export function chats_pause(): void {
  update(() => {
    const refusal = whyNotDone('chats_pause', ADMINISTER, 1024);
    if (refusal !== null) return wire.replyChatsPause(wire.StatusCodeRecordResult.Err(because(refusal.text)));
    if (!wire.readChatsPause()) return wire.replyChatsPause(wire.StatusCodeRecordResult.Err(undecodable()));
    wire.replyChatsPause(methods.chats_pause());
  });
}

export function chats_resume(): void {
  update(() => {
    const refusal = whyNotDone('chats_resume', ADMINISTER, 1024);
    if (refusal !== null) return wire.replyChatsResume(wire.StatusCodeRecordResult.Err(because(refusal.text)));
    if (!wire.readChatsResume()) return wire.replyChatsResume(wire.StatusCodeRecordResult.Err(undecodable()));
    wire.replyChatsResume(methods.chats_resume());
  });
}

export function check_access(): void {
  respond(() => {
    const refusal = whyNotAsked('check_access', ASK, 1024, true);
    if (refusal !== null) return wire.replyCheckAccess(wire.StatusCodeRecordResult.Err(because(refusal.text)));
    if (!wire.readCheckAccess()) return wire.replyCheckAccess(wire.StatusCodeRecordResult.Err(undecodable()));
    wire.replyCheckAccess(methods.check_access());
  });
}

export function copy_prompt_cache(): void {
  update(() => {
    const refusal = whyNotDone('copy_prompt_cache', CHAT, 8192);
    if (refusal !== null) return wire.replyCopyPromptCache(wire.StatusCodeRecordResult.Err(because(refusal.text)));
    const input = wire.readCopyPromptCache();
    if (input === null) return wire.replyCopyPromptCache(wire.StatusCodeRecordResult.Err(undecodable()));
    wire.replyCopyPromptCache(methods.copy_prompt_cache(input));
  });
}

export function cycle_balance_start_timer(): void {
  update(() => {
    const refusal = whyNotDone('cycle_balance_start_timer', ADMINISTER, 1024);
    if (refusal !== null) return wire.replyCycleBalanceStartTimer(wire.StatusCodeRecordResult.Err(because(refusal.text)));
    if (!wire.readCycleBalanceStartTimer()) return wire.replyCycleBalanceStartTimer(wire.StatusCodeRecordResult.Err(undecodable()));
    wire.replyCycleBalanceStartTimer(methods.cycle_balance_start_timer());
  });
}

export function cycle_balance_stop_timer(): void {
  update(() => {
    const refusal = whyNotDone('cycle_balance_stop_timer', ADMINISTER, 1024);
    if (refusal !== null) return wire.replyCycleBalanceStopTimer(wire.StatusCodeRecordResult.Err(because(refusal.text)));
    if (!wire.readCycleBalanceStopTimer()) return wire.replyCycleBalanceStopTimer(wire.StatusCodeRecordResult.Err(undecodable()));
    wire.replyCycleBalanceStopTimer(methods.cycle_balance_stop_timer());
  });
}

export function download_prompt_cache_chunk(): void {
  respond(() => {
    const refusal = whyNotAsked('download_prompt_cache_chunk', INSPECT, 8192, false);
    if (refusal !== null) return wire.replyDownloadPromptCacheChunk(wire.FileChunkResult.Err(because(refusal.text)));
    const input = wire.readDownloadPromptCacheChunk();
    if (input === null) return wire.replyDownloadPromptCacheChunk(wire.FileChunkResult.Err(undecodable()));
    wire.replyDownloadPromptCacheChunk(methods.download_prompt_cache_chunk(input));
  });
}

export function file_download_chunk(): void {
  respond(() => {
    const refusal = whyNotAsked('file_download_chunk', INSPECT, 8192, false);
    if (refusal !== null) return wire.replyFileDownloadChunk(wire.FileChunkResult.Err(because(refusal.text)));
    const input = wire.readFileDownloadChunk();
    if (input === null) return wire.replyFileDownloadChunk(wire.FileChunkResult.Err(undecodable()));
    wire.replyFileDownloadChunk(methods.file_download_chunk(input));
  });
}

export function file_upload_chunk(): void {
  update(() => {
    const refusal = whyNotDone('file_upload_chunk', ADMINISTER, 2105344);
    if (refusal !== null) return wire.replyFileUploadChunk(wire.FileDetailsResult.Err(because(refusal.text)));
    const input = wire.readFileUploadChunk();
    if (input === null) return wire.replyFileUploadChunk(wire.FileDetailsResult.Err(undecodable()));
    wire.replyFileUploadChunk(methods.file_upload_chunk(input));
  });
}

export function filesystem_file_size(): void {
  respond(() => {
    const refusal = whyNotAsked('filesystem_file_size', INSPECT, 8192, true);
    if (refusal !== null) return wire.replyFilesystemFileSize(wire.FilesystemFileSizeResult.Err(because(refusal.text)));
    const input = wire.readFilesystemFileSize();
    if (input === null) return wire.replyFilesystemFileSize(wire.FilesystemFileSizeResult.Err(undecodable()));
    wire.replyFilesystemFileSize(methods.filesystem_file_size(input));
  });
}

export function filesystem_remove(): void {
  update(() => {
    const refusal = whyNotDone('filesystem_remove', ADMINISTER, 8192);
    if (refusal !== null) return wire.replyFilesystemRemove(wire.FilesystemRemoveResult.Err(because(refusal.text)));
    const input = wire.readFilesystemRemove();
    if (input === null) return wire.replyFilesystemRemove(wire.FilesystemRemoveResult.Err(undecodable()));
    wire.replyFilesystemRemove(methods.filesystem_remove(input));
  });
}

export function getAdminRoles(): void {
  respond(() => {
    const refusal = whyNotAsked('getAdminRoles', CONTROL, 1024, true);
    if (refusal !== null) return wire.replyGetAdminRoles(wire.AdminRoleAssignmentsResult.Err(because(refusal.text)));
    if (!wire.readGetAdminRoles()) return wire.replyGetAdminRoles(wire.AdminRoleAssignmentsResult.Err(undecodable()));
    wire.replyGetAdminRoles(methods.getAdminRoles());
  });
}

export function get_access(): void {
  respond(() => {
    const refusal = whyNotAsked('get_access', INSPECT, 1024, true);
    if (refusal !== null) return wire.replyGetAccess(wire.AccessRecordResult.Err(because(refusal.text)));
    if (!wire.readGetAccess()) return wire.replyGetAccess(wire.AccessRecordResult.Err(undecodable()));
    wire.replyGetAccess(methods.get_access());
  });
}

export function get_applications(): void {
  respond(() => {
    const refusal = whyNotAsked('get_applications', INSPECT, 1024, true);
    if (refusal !== null) return wire.replyGetApplications(wire.ApplicationsResult.Err(because(refusal.text)));
    if (!wire.readGetApplications()) return wire.replyGetApplications(wire.ApplicationsResult.Err(undecodable()));
    wire.replyGetApplications(methods.get_applications());
  });
}

export function get_cache_cleanup_stats(): void {
  respond(() => {
    const refusal = whyNotAsked('get_cache_cleanup_stats', INSPECT, 1024, true);
    if (refusal !== null) return wire.replyGetCacheCleanupStats(wire.CacheCleanupStatsResult.Err(because(refusal.text)));
    if (!wire.readGetCacheCleanupStats()) return wire.replyGetCacheCleanupStats(wire.CacheCleanupStatsResult.Err(undecodable()));
    wire.replyGetCacheCleanupStats(methods.get_cache_cleanup_stats());
  });
}

export function get_chats(): void {
  respond(() => {
    const refusal = whyNotAsked('get_chats', ASK, 1024, false);
    if (refusal !== null) return wire.replyGetChats(wire.ChatsRecordResult.Err(because(refusal.text)));
    if (!wire.readGetChats()) return wire.replyGetChats(wire.ChatsRecordResult.Err(undecodable()));
    wire.replyGetChats(methods.get_chats());
  });
}

export function get_creation_timestamp_ns(): void {
  respond(() => {
    const refusal = whyNotAsked('get_creation_timestamp_ns', INSPECT, 8192, true);
    if (refusal !== null) return wire.replyGetCreationTimestampNs(wire.FilesystemTimestampResult.Err(because(refusal.text)));
    const input = wire.readGetCreationTimestampNs();
    if (input === null) return wire.replyGetCreationTimestampNs(wire.FilesystemTimestampResult.Err(undecodable()));
    wire.replyGetCreationTimestampNs(methods.get_creation_timestamp_ns(input));
  });
}

export function get_cycle_balance(): void {
  respond(() => {
    const refusal = whyNotAsked('get_cycle_balance', INSPECT, 1024, true);
    if (refusal !== null) return wire.replyGetCycleBalance(wire.CycleBalanceResult.Err(because(refusal.text)));
    if (!wire.readGetCycleBalance()) return wire.replyGetCycleBalance(wire.CycleBalanceResult.Err(undecodable()));
    wire.replyGetCycleBalance(methods.get_cycle_balance());
  });
}

export function get_instruction_budget(): void {
  respond(() => {
    const refusal = whyNotAsked('get_instruction_budget', ANYONE, 1024, true);
    if (refusal !== null) return reject(refusal.text);
    if (!wire.readGetInstructionBudget()) return rejectArgument();
    wire.replyGetInstructionBudget(methods.get_instruction_budget());
  });
}

export function get_log_level(): void {
  respond(() => {
    const refusal = whyNotAsked('get_log_level', INSPECT, 1024, true);
    if (refusal !== null) return wire.replyGetLogLevel(wire.LogLevelResult.Err(because(refusal.text)));
    if (!wire.readGetLogLevel()) return wire.replyGetLogLevel(wire.LogLevelResult.Err(undecodable()));
    wire.replyGetLogLevel(methods.get_log_level());
  });
}

export function get_max_tokens(): void {
  respond(() => {
    const refusal = whyNotAsked('get_max_tokens', ANYONE, 1024, true);
    if (refusal !== null) return reject(refusal.text);
    if (!wire.readGetMaxTokens()) return rejectArgument();
    wire.replyGetMaxTokens(methods.get_max_tokens());
  });
}

export function get_memory_status(): void {
  respond(() => {
    const refusal = whyNotAsked('get_memory_status', NAMED, 1024, true);
    if (refusal !== null) return wire.replyGetMemoryStatus(wire.MemoryStatusResult.Err(because(refusal.text)));
    if (!wire.readGetMemoryStatus()) return wire.replyGetMemoryStatus(wire.MemoryStatusResult.Err(undecodable()));
    wire.replyGetMemoryStatus(methods.get_memory_status());
  });
}

export function get_pinned_prefixes(): void {
  respond(() => {
    const refusal = whyNotAsked('get_pinned_prefixes', ASK, 1024, true);
    if (refusal !== null) return wire.replyGetPinnedPrefixes(wire.PinnedPrefixesResult.Err(because(refusal.text)));
    if (!wire.readGetPinnedPrefixes()) return wire.replyGetPinnedPrefixes(wire.PinnedPrefixesResult.Err(undecodable()));
    wire.replyGetPinnedPrefixes(methods.get_pinned_prefixes());
  });
}

export function get_quotas(): void {
  respond(() => {
    const refusal = whyNotAsked('get_quotas', ANYONE, 1024, true);
    if (refusal !== null) return reject(refusal.text);
    if (!wire.readGetQuotas()) return rejectArgument();
    wire.replyGetQuotas(methods.get_quotas());
  });
}

export function get_storage_limits(): void {
  respond(() => {
    const refusal = whyNotAsked('get_storage_limits', ANYONE, 1024, true);
    if (refusal !== null) return reject(refusal.text);
    if (!wire.readGetStorageLimits()) return rejectArgument();
    wire.replyGetStorageLimits(methods.get_storage_limits());
  });
}

export function get_usage(): void {
  respond(() => {
    const refusal = whyNotAsked('get_usage', ASK, 1024, true);
    if (refusal !== null) return wire.replyGetUsage(wire.UsageResult.Err(because(refusal.text)));
    if (!wire.readGetUsage()) return wire.replyGetUsage(wire.UsageResult.Err(undecodable()));
    wire.replyGetUsage(methods.get_usage());
  });
}

export function health(): void {
  respond(() => {
    const refusal = whyNotAsked('health', ANYONE, 1024, true);
    if (refusal !== null) return wire.replyHealth(wire.StatusCodeRecordResult.Err(because(refusal.text)));
    if (!wire.readHealth()) return wire.replyHealth(wire.StatusCodeRecordResult.Err(undecodable()));
    wire.replyHealth(methods.health());
  });
}

export function http_request(): void {
  respond(() => {
    const refusal = whyNotAsked('http_request', ANYONE, 2105344, false);
    if (refusal !== null) return reject(refusal.text);
    const input = wire.readHttpRequest();
    if (input === null) return rejectArgument();
    wire.replyHttpRequest(methods.http_request(input));
  });
}

export function load_model(): void {
  update(() => {
    const refusal = whyNotDone('load_model', ADMINISTER, 65536);
    if (refusal !== null) return wire.replyLoadModel(refusedOutput(refusal));
    const input = wire.readLoadModel();
    if (input === null) return wire.replyLoadModel(outputUndecodable());
    wire.replyLoadModel(methods.load_model(input));
  });
}

export function log_pause(): void {
  update(() => {
    const refusal = whyNotDone('log_pause', ADMINISTER, 1024);
    if (refusal !== null) return wire.replyLogPause(wire.StatusCodeRecordResult.Err(because(refusal.text)));
    if (!wire.readLogPause()) return wire.replyLogPause(wire.StatusCodeRecordResult.Err(undecodable()));
    wire.replyLogPause(methods.log_pause());
  });
}

export function log_resume(): void {
  update(() => {
    const refusal = whyNotDone('log_resume', ADMINISTER, 1024);
    if (refusal !== null) return wire.replyLogResume(wire.StatusCodeRecordResult.Err(because(refusal.text)));
    if (!wire.readLogResume()) return wire.replyLogResume(wire.StatusCodeRecordResult.Err(undecodable()));
    wire.replyLogResume(methods.log_resume());
  });
}

export function model_info(): void {
  respond(() => {
    const refusal = whyNotAsked('model_info', ASK, 1024, true);
    if (refusal !== null) return wire.replyModelInfo(wire.ModelInfoResult.Err(because(refusal.text)));
    if (!wire.readModelInfo()) return wire.replyModelInfo(wire.ModelInfoResult.Err(undecodable()));
    wire.replyModelInfo(methods.model_info());
  });
}

export function new_chat(): void {
  update(() => {
    const refusal = whyNotDone('new_chat', CHAT, 65536);
    if (refusal !== null) return wire.replyNewChat(refusedOutput(refusal));
    const input = wire.readNewChat();
    if (input === null) return wire.replyNewChat(outputUndecodable());
    wire.replyNewChat(methods.new_chat(input));
  });
}

export function pin_prefix(): void {
  update(() => {
    const refusal = whyNotDone('pin_prefix', ADMINISTER, 1048576);
    if (refusal !== null) return wire.replyPinPrefix(refusedOutput(refusal));
    const input = wire.readPinPrefix();
    if (input === null) return wire.replyPinPrefix(outputUndecodable());
    wire.replyPinPrefix(methods.pin_prefix(input));
  });
}

export function pinned_prefix_text(): void {
  respond(() => {
    const refusal = whyNotAsked('pinned_prefix_text', ASK, 8192, true);
    if (refusal !== null) return wire.replyPinnedPrefixText(wire.TextResult.Err(because(refusal.text)));
    const input = wire.readPinnedPrefixText();
    if (input === null) return wire.replyPinnedPrefixText(wire.TextResult.Err(undecodable()));
    wire.replyPinnedPrefixText(methods.pinned_prefix_text(input));
  });
}

export function ready(): void {
  respond(() => {
    const refusal = whyNotAsked('ready', ANYONE, 1024, true);
    if (refusal !== null) return wire.replyReady(wire.StatusCodeRecordResult.Err(because(refusal.text)));
    if (!wire.readReady()) return wire.replyReady(wire.StatusCodeRecordResult.Err(undecodable()));
    wire.replyReady(methods.ready());
  });
}

export function recursive_dir_content_query(): void {
  respond(() => {
    const refusal = whyNotAsked('recursive_dir_content_query', INSPECT, 8192, false);
    if (refusal !== null) return wire.replyRecursiveDirContentQuery(wire.DirContentResult.Err(because(refusal.text)));
    const input = wire.readRecursiveDirContentQuery();
    if (input === null) return wire.replyRecursiveDirContentQuery(wire.DirContentResult.Err(undecodable()));
    wire.replyRecursiveDirContentQuery(methods.recursive_dir_content_query(input));
  });
}

export function recursive_dir_content_update(): void {
  update(() => {
    const refusal = whyNotDone('recursive_dir_content_update', ADMINISTER, 8192);
    if (refusal !== null) return wire.replyRecursiveDirContentUpdate(wire.DirContentResult.Err(because(refusal.text)));
    const input = wire.readRecursiveDirContentUpdate();
    if (input === null) return wire.replyRecursiveDirContentUpdate(wire.DirContentResult.Err(undecodable()));
    wire.replyRecursiveDirContentUpdate(methods.recursive_dir_content_update(input));
  });
}

export function remove_application(): void {
  update(() => {
    const refusal = whyNotDone('remove_application', ADMINISTER, 8192);
    if (refusal !== null) return wire.replyRemoveApplication(wire.StatusCodeRecordResult.Err(because(refusal.text)));
    const input = wire.readRemoveApplication();
    if (input === null) return wire.replyRemoveApplication(wire.StatusCodeRecordResult.Err(undecodable()));
    wire.replyRemoveApplication(methods.remove_application(input));
  });
}

export function remove_log_file(): void {
  update(() => {
    const refusal = whyNotDone('remove_log_file', ADMINISTER, 65536);
    if (refusal !== null) return wire.replyRemoveLogFile(refusedOutput(refusal));
    const input = wire.readRemoveLogFile();
    if (input === null) return wire.replyRemoveLogFile(outputUndecodable());
    wire.replyRemoveLogFile(methods.remove_log_file(input));
  });
}

export function remove_prompt_cache(): void {
  update(() => {
    const refusal = whyNotDone('remove_prompt_cache', CHAT, 65536);
    if (refusal !== null) return wire.replyRemovePromptCache(refusedOutput(refusal));
    const input = wire.readRemovePromptCache();
    if (input === null) return wire.replyRemovePromptCache(outputUndecodable());
    wire.replyRemovePromptCache(methods.remove_prompt_cache(input));
  });
}

export function revokeAdminRole(): void {
  update(() => {
    const refusal = whyNotDone('revokeAdminRole', CONTROL, 8192);
    if (refusal !== null) return wire.replyRevokeAdminRole(wire.TextResult.Err(because(refusal.text)));
    const input = wire.readRevokeAdminRole();
    if (input === null) return wire.replyRevokeAdminRole(wire.TextResult.Err(undecodable()));
    wire.replyRevokeAdminRole(methods.revokeAdminRole(input));
  });
}

export function run_query(): void {
  respond(() => {
    const refusal = whyNotAsked('run_query', ASK, 1048576, false);
    if (refusal !== null) return wire.replyRunQuery(refusedOutput(refusal));
    const input = wire.readRunQuery();
    if (input === null) return wire.replyRunQuery(outputUndecodable());
    wire.replyRunQuery(methods.run_query(input));
  });
}

export function run_update(): void {
  update(() => {
    const refusal = whyNotDone('run_update', CHAT, 1048576);
    if (refusal !== null) return wire.replyRunUpdate(refusedOutput(refusal));
    const input = wire.readRunUpdate();
    if (input === null) return wire.replyRunUpdate(outputUndecodable());
    wire.replyRunUpdate(methods.run_update(input));
  });
}

export function session_info(): void {
  respond(() => {
    const refusal = whyNotAsked('session_info', ASK, 8192, true);
    if (refusal !== null) return wire.replySessionInfo(wire.SessionInfoResult.Err(because(refusal.text)));
    const input = wire.readSessionInfo();
    if (input === null) return wire.replySessionInfo(wire.SessionInfoResult.Err(undecodable()));
    wire.replySessionInfo(methods.session_info(input));
  });
}

export function set_access(): void {
  update(() => {
    const refusal = whyNotDone('set_access', CONTROL, 8192);
    if (refusal !== null) return wire.replySetAccess(wire.AccessRecordResult.Err(because(refusal.text)));
    const input = wire.readSetAccess();
    if (input === null) return wire.replySetAccess(wire.AccessRecordResult.Err(undecodable()));
    wire.replySetAccess(methods.set_access(input));
  });
}

export function set_application(): void {
  update(() => {
    const refusal = whyNotDone('set_application', ADMINISTER, 8192);
    if (refusal !== null) return wire.replySetApplication(wire.StatusCodeRecordResult.Err(because(refusal.text)));
    const input = wire.readSetApplication();
    if (input === null) return wire.replySetApplication(wire.StatusCodeRecordResult.Err(undecodable()));
    wire.replySetApplication(methods.set_application(input));
  });
}

export function set_cache_cleanup_config(): void {
  update(() => {
    const refusal = whyNotDone('set_cache_cleanup_config', ADMINISTER, 8192);
    if (refusal !== null) return wire.replySetCacheCleanupConfig(wire.CacheCleanupConfigResult.Err(because(refusal.text)));
    const input = wire.readSetCacheCleanupConfig();
    if (input === null) return wire.replySetCacheCleanupConfig(wire.CacheCleanupConfigResult.Err(undecodable()));
    wire.replySetCacheCleanupConfig(methods.set_cache_cleanup_config(input));
  });
}

export function set_instruction_budget(): void {
  update(() => {
    const refusal = whyNotDone('set_instruction_budget', ADMINISTER, 8192);
    if (refusal !== null) return wire.replySetInstructionBudget(wire.StatusCodeRecordResult.Err(because(refusal.text)));
    const input = wire.readSetInstructionBudget();
    if (input === null) return wire.replySetInstructionBudget(wire.StatusCodeRecordResult.Err(undecodable()));
    wire.replySetInstructionBudget(methods.set_instruction_budget(input));
  });
}

export function set_log_level(): void {
  update(() => {
    const refusal = whyNotDone('set_log_level', ADMINISTER, 8192);
    if (refusal !== null) return wire.replySetLogLevel(wire.StatusCodeRecordResult.Err(because(refusal.text)));
    const input = wire.readSetLogLevel();
    if (input === null) return wire.replySetLogLevel(wire.StatusCodeRecordResult.Err(undecodable()));
    wire.replySetLogLevel(methods.set_log_level(input));
  });
}

export function set_max_tokens(): void {
  update(() => {
    const refusal = whyNotDone('set_max_tokens', ADMINISTER, 8192);
    if (refusal !== null) return wire.replySetMaxTokens(wire.StatusCodeRecordResult.Err(because(refusal.text)));
    const input = wire.readSetMaxTokens();
    if (input === null) return wire.replySetMaxTokens(wire.StatusCodeRecordResult.Err(undecodable()));
    wire.replySetMaxTokens(methods.set_max_tokens(input));
  });
}

export function set_quotas(): void {
  update(() => {
    const refusal = whyNotDone('set_quotas', ADMINISTER, 8192);
    if (refusal !== null) return wire.replySetQuotas(wire.StatusCodeRecordResult.Err(because(refusal.text)));
    const input = wire.readSetQuotas();
    if (input === null) return wire.replySetQuotas(wire.StatusCodeRecordResult.Err(undecodable()));
    wire.replySetQuotas(methods.set_quotas(input));
  });
}

export function set_storage_limits(): void {
  update(() => {
    const refusal = whyNotDone('set_storage_limits', ADMINISTER, 8192);
    if (refusal !== null) return wire.replySetStorageLimits(wire.StatusCodeRecordResult.Err(because(refusal.text)));
    const input = wire.readSetStorageLimits();
    if (input === null) return wire.replySetStorageLimits(wire.StatusCodeRecordResult.Err(undecodable()));
    wire.replySetStorageLimits(methods.set_storage_limits(input));
  });
}

export function unpin_prefix(): void {
  update(() => {
    const refusal = whyNotDone('unpin_prefix', ADMINISTER, 65536);
    if (refusal !== null) return wire.replyUnpinPrefix(refusedOutput(refusal));
    const input = wire.readUnpinPrefix();
    if (input === null) return wire.replyUnpinPrefix(outputUndecodable());
    wire.replyUnpinPrefix(methods.unpin_prefix(input));
  });
}

export function upload_begin(): void {
  update(() => {
    const refusal = whyNotDone('upload_begin', ADMINISTER, 8192);
    if (refusal !== null) return wire.replyUploadBegin(wire.UploadResult.Err(because(refusal.text)));
    const input = wire.readUploadBegin();
    if (input === null) return wire.replyUploadBegin(wire.UploadResult.Err(undecodable()));
    wire.replyUploadBegin(methods.upload_begin(input));
  });
}

export function upload_cancel(): void {
  update(() => {
    const refusal = whyNotDone('upload_cancel', ADMINISTER, 8192);
    if (refusal !== null) return wire.replyUploadCancel(wire.UploadResult.Err(because(refusal.text)));
    const input = wire.readUploadCancel();
    if (input === null) return wire.replyUploadCancel(wire.UploadResult.Err(undecodable()));
    wire.replyUploadCancel(methods.upload_cancel(input));
  });
}

export function upload_chunk(): void {
  update(() => {
    const refusal = whyNotDone('upload_chunk', ADMINISTER, 2105344);
    if (refusal !== null) return wire.replyUploadChunk(wire.UploadResult.Err(because(refusal.text)));
    const input = wire.readUploadChunk();
    if (input === null) return wire.replyUploadChunk(wire.UploadResult.Err(undecodable()));
    wire.replyUploadChunk(methods.upload_chunk(input));
  });
}

export function upload_prompt_cache_chunk(): void {
  update(() => {
    const refusal = whyNotDone('upload_prompt_cache_chunk', ADMINISTER, 2105344);
    if (refusal !== null) return wire.replyUploadPromptCacheChunk(wire.FileDetailsResult.Err(because(refusal.text)));
    const input = wire.readUploadPromptCacheChunk();
    if (input === null) return wire.replyUploadPromptCacheChunk(wire.FileDetailsResult.Err(undecodable()));
    wire.replyUploadPromptCacheChunk(methods.upload_prompt_cache_chunk(input));
  });
}

export function upload_status(): void {
  respond(() => {
    const refusal = whyNotAsked('upload_status', ADMINISTER, 8192, true);
    if (refusal !== null) return wire.replyUploadStatus(wire.UploadResult.Err(because(refusal.text)));
    const input = wire.readUploadStatus();
    if (input === null) return wire.replyUploadStatus(wire.UploadResult.Err(undecodable()));
    wire.replyUploadStatus(methods.upload_status(input));
  });
}

export function uploaded_file_details(): void {
  respond(() => {
    const refusal = whyNotAsked('uploaded_file_details', INSPECT, 8192, false);
    if (refusal !== null) return wire.replyUploadedFileDetails(wire.FileDetailsResult.Err(because(refusal.text)));
    const input = wire.readUploadedFileDetails();
    if (input === null) return wire.replyUploadedFileDetails(wire.FileDetailsResult.Err(undecodable()));
    wire.replyUploadedFileDetails(methods.uploaded_file_details(input));
  });
}

export function uploaded_prompt_cache_details(): void {
  respond(() => {
    const refusal = whyNotAsked('uploaded_prompt_cache_details', INSPECT, 8192, false);
    if (refusal !== null) return wire.replyUploadedPromptCacheDetails(wire.FileDetailsResult.Err(because(refusal.text)));
    const input = wire.readUploadedPromptCacheDetails();
    if (input === null) return wire.replyUploadedPromptCacheDetails(wire.FileDetailsResult.Err(undecodable()));
    wire.replyUploadedPromptCacheDetails(methods.uploaded_prompt_cache_details(input));
  });
}

export function whoami(): void {
  respond(() => {
    const refusal = whyNotAsked('whoami', ANYONE, 1024, true);
    if (refusal !== null) return reject(refusal.text);
    if (!wire.readWhoami()) return rejectArgument();
    wire.replyWhoami(methods.whoami());
  });
}

/** Whether a message that is sent to a method as an update may come in. Nothing of it is charged unless it may. */
function isWelcome(method: string): bool {
  if (method == 'assignAdminRole') return mayDo(CONTROL, 8192);
  if (method == 'cache_cleanup_now') return mayDo(ADMINISTER, 1024);
  if (method == 'cache_cleanup_start_timer') return mayDo(ADMINISTER, 1024);
  if (method == 'cache_cleanup_stop_timer') return mayDo(ADMINISTER, 1024);
  if (method == 'chats_pause') return mayDo(ADMINISTER, 1024);
  if (method == 'chats_resume') return mayDo(ADMINISTER, 1024);
  if (method == 'check_access') return mayAsk(ASK, 1024, true);
  if (method == 'copy_prompt_cache') return mayDo(CHAT, 8192);
  if (method == 'cycle_balance_start_timer') return mayDo(ADMINISTER, 1024);
  if (method == 'cycle_balance_stop_timer') return mayDo(ADMINISTER, 1024);
  if (method == 'download_prompt_cache_chunk') return mayAsk(INSPECT, 8192, false);
  if (method == 'file_download_chunk') return mayAsk(INSPECT, 8192, false);
  if (method == 'file_upload_chunk') return mayDo(ADMINISTER, 2105344);
  if (method == 'filesystem_file_size') return mayAsk(INSPECT, 8192, true);
  if (method == 'filesystem_remove') return mayDo(ADMINISTER, 8192);
  if (method == 'getAdminRoles') return mayAsk(CONTROL, 1024, true);
  if (method == 'get_access') return mayAsk(INSPECT, 1024, true);
  if (method == 'get_applications') return mayAsk(INSPECT, 1024, true);
  if (method == 'get_cache_cleanup_stats') return mayAsk(INSPECT, 1024, true);
  if (method == 'get_chats') return mayAsk(ASK, 1024, false);
  if (method == 'get_creation_timestamp_ns') return mayAsk(INSPECT, 8192, true);
  if (method == 'get_cycle_balance') return mayAsk(INSPECT, 1024, true);
  if (method == 'get_instruction_budget') return mayAsk(ANYONE, 1024, true);
  if (method == 'get_log_level') return mayAsk(INSPECT, 1024, true);
  if (method == 'get_max_tokens') return mayAsk(ANYONE, 1024, true);
  if (method == 'get_memory_status') return mayAsk(NAMED, 1024, true);
  if (method == 'get_pinned_prefixes') return mayAsk(ASK, 1024, true);
  if (method == 'get_quotas') return mayAsk(ANYONE, 1024, true);
  if (method == 'get_storage_limits') return mayAsk(ANYONE, 1024, true);
  if (method == 'get_usage') return mayAsk(ASK, 1024, true);
  if (method == 'health') return mayAsk(ANYONE, 1024, true);
  if (method == 'http_request') return mayAsk(ANYONE, 2105344, false);
  if (method == 'load_model') return mayDo(ADMINISTER, 65536);
  if (method == 'log_pause') return mayDo(ADMINISTER, 1024);
  if (method == 'log_resume') return mayDo(ADMINISTER, 1024);
  if (method == 'model_info') return mayAsk(ASK, 1024, true);
  if (method == 'new_chat') return mayDo(CHAT, 65536);
  if (method == 'pin_prefix') return mayDo(ADMINISTER, 1048576);
  if (method == 'pinned_prefix_text') return mayAsk(ASK, 8192, true);
  if (method == 'ready') return mayAsk(ANYONE, 1024, true);
  if (method == 'recursive_dir_content_query') return mayAsk(INSPECT, 8192, false);
  if (method == 'recursive_dir_content_update') return mayDo(ADMINISTER, 8192);
  if (method == 'remove_application') return mayDo(ADMINISTER, 8192);
  if (method == 'remove_log_file') return mayDo(ADMINISTER, 65536);
  if (method == 'remove_prompt_cache') return mayDo(CHAT, 65536);
  if (method == 'revokeAdminRole') return mayDo(CONTROL, 8192);
  if (method == 'run_query') return mayAsk(ASK, 1048576, false);
  if (method == 'run_update') return mayDo(CHAT, 1048576);
  if (method == 'session_info') return mayAsk(ASK, 8192, true);
  if (method == 'set_access') return mayDo(CONTROL, 8192);
  if (method == 'set_application') return mayDo(ADMINISTER, 8192);
  if (method == 'set_cache_cleanup_config') return mayDo(ADMINISTER, 8192);
  if (method == 'set_instruction_budget') return mayDo(ADMINISTER, 8192);
  if (method == 'set_log_level') return mayDo(ADMINISTER, 8192);
  if (method == 'set_max_tokens') return mayDo(ADMINISTER, 8192);
  if (method == 'set_quotas') return mayDo(ADMINISTER, 8192);
  if (method == 'set_storage_limits') return mayDo(ADMINISTER, 8192);
  if (method == 'unpin_prefix') return mayDo(ADMINISTER, 65536);
  if (method == 'upload_begin') return mayDo(ADMINISTER, 8192);
  if (method == 'upload_cancel') return mayDo(ADMINISTER, 8192);
  if (method == 'upload_chunk') return mayDo(ADMINISTER, 2105344);
  if (method == 'upload_prompt_cache_chunk') return mayDo(ADMINISTER, 2105344);
  if (method == 'upload_status') return mayAsk(ADMINISTER, 8192, true);
  if (method == 'uploaded_file_details') return mayAsk(INSPECT, 8192, false);
  if (method == 'uploaded_prompt_cache_details') return mayAsk(INSPECT, 8192, false);
  if (method == 'whoami') return mayAsk(ANYONE, 1024, true);
  return false;
}

export function canister_inspect_message(): void {
  if (isWelcome(methodName())) acceptMessage();
}
