// Generated from llama.did by `npm run generate -w canister`: do not edit.

import { begin } from './ic/candid/arguments';
import * as wire from './ic/candid/service.generated';
import { acceptMessage, methodName, reject, respond } from './ic/message';
import * as methods from './methods';
import { ADMINISTER, ANYONE, ASK, CHAT, CONTROL, INSPECT, NAMED } from './service/access/access';
import { mayAsk, mayDo, whyNotAsked, whyNotDone } from './service/access/door';
import { apiError, failed } from './service/replies/replies';
import { update } from './service/settings/tasks';

export function assignAdminRole(): void {
  update(() => {
    const refused = whyNotDone('assignAdminRole', CONTROL, 8192);
    if (refused !== null) return wire.replyAssignAdminRole(wire.AdminRoleAssignmentResult.Err(apiError(refused)));
    const argument = begin('assignAdminRole');
    const input = wire.readAssignAdminRole(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyAssignAdminRole(wire.AdminRoleAssignmentResult.Err(apiError(unread)));
    wire.replyAssignAdminRole(methods.assignAdminRole(input));
  });
}

export function cache_cleanup_now(): void {
  update(() => {
    const refused = whyNotDone('cache_cleanup_now', ADMINISTER, 1024);
    if (refused !== null) return wire.replyCacheCleanupNow(wire.CacheCleanupStatsResult.Err(apiError(refused)));
    const unread = begin('cache_cleanup_now').end();
    if (unread !== null) return wire.replyCacheCleanupNow(wire.CacheCleanupStatsResult.Err(apiError(unread)));
    wire.replyCacheCleanupNow(methods.cache_cleanup_now());
  });
}

export function cache_cleanup_start_timer(): void {
  update(() => {
    const refused = whyNotDone('cache_cleanup_start_timer', ADMINISTER, 1024);
    if (refused !== null) return wire.replyCacheCleanupStartTimer(wire.CacheCleanupResult.Err(apiError(refused)));
    const unread = begin('cache_cleanup_start_timer').end();
    if (unread !== null) return wire.replyCacheCleanupStartTimer(wire.CacheCleanupResult.Err(apiError(unread)));
    wire.replyCacheCleanupStartTimer(methods.cache_cleanup_start_timer());
  });
}

export function cache_cleanup_stop_timer(): void {
  update(() => {
    const refused = whyNotDone('cache_cleanup_stop_timer', ADMINISTER, 1024);
    if (refused !== null) return wire.replyCacheCleanupStopTimer(wire.CacheCleanupResult.Err(apiError(refused)));
    const unread = begin('cache_cleanup_stop_timer').end();
    if (unread !== null) return wire.replyCacheCleanupStopTimer(wire.CacheCleanupResult.Err(apiError(unread)));
    wire.replyCacheCleanupStopTimer(methods.cache_cleanup_stop_timer());
  });
}

export function chats_pause(): void {
  update(() => {
    const refused = whyNotDone('chats_pause', ADMINISTER, 1024);
    if (refused !== null) return wire.replyChatsPause(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const unread = begin('chats_pause').end();
    if (unread !== null) return wire.replyChatsPause(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replyChatsPause(methods.chats_pause());
  });
}

export function chats_resume(): void {
  update(() => {
    const refused = whyNotDone('chats_resume', ADMINISTER, 1024);
    if (refused !== null) return wire.replyChatsResume(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const unread = begin('chats_resume').end();
    if (unread !== null) return wire.replyChatsResume(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replyChatsResume(methods.chats_resume());
  });
}

export function check_access(): void {
  respond(() => {
    const refused = whyNotAsked('check_access', ASK, 1024, true);
    if (refused !== null) return wire.replyCheckAccess(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const unread = begin('check_access').end();
    if (unread !== null) return wire.replyCheckAccess(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replyCheckAccess(methods.check_access());
  });
}

export function copy_prompt_cache(): void {
  update(() => {
    const refused = whyNotDone('copy_prompt_cache', CHAT, 8192);
    if (refused !== null) return wire.replyCopyPromptCache(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const argument = begin('copy_prompt_cache');
    const input = wire.readCopyPromptCache(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyCopyPromptCache(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replyCopyPromptCache(methods.copy_prompt_cache(input));
  });
}

export function cycle_balance_start_timer(): void {
  update(() => {
    const refused = whyNotDone('cycle_balance_start_timer', ADMINISTER, 1024);
    if (refused !== null) return wire.replyCycleBalanceStartTimer(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const unread = begin('cycle_balance_start_timer').end();
    if (unread !== null) return wire.replyCycleBalanceStartTimer(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replyCycleBalanceStartTimer(methods.cycle_balance_start_timer());
  });
}

export function cycle_balance_stop_timer(): void {
  update(() => {
    const refused = whyNotDone('cycle_balance_stop_timer', ADMINISTER, 1024);
    if (refused !== null) return wire.replyCycleBalanceStopTimer(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const unread = begin('cycle_balance_stop_timer').end();
    if (unread !== null) return wire.replyCycleBalanceStopTimer(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replyCycleBalanceStopTimer(methods.cycle_balance_stop_timer());
  });
}

export function decide(): void {
  update(() => {
    const refused = whyNotDone('decide', CHAT, 1048576);
    if (refused !== null) return wire.replyDecide(wire.DecisionResult.Err(apiError(refused)));
    const argument = begin('decide');
    const input = wire.readDecide(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyDecide(wire.DecisionResult.Err(apiError(unread)));
    wire.replyDecide(methods.decide(input));
  });
}

export function decide_poll(): void {
  respond(() => {
    const refused = whyNotAsked('decide_poll', ASK, 8192, true);
    if (refused !== null) return wire.replyDecidePoll(wire.DecisionResult.Err(apiError(refused)));
    const argument = begin('decide_poll');
    const input = wire.readDecidePoll(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyDecidePoll(wire.DecisionResult.Err(apiError(unread)));
    wire.replyDecidePoll(methods.decide_poll(input));
  });
}

export function decide_quote(): void {
  respond(() => {
    const refused = whyNotAsked('decide_quote', ASK, 1048576, true);
    if (refused !== null) return wire.replyDecideQuote(wire.GenerationQuoteResult.Err(apiError(refused)));
    const argument = begin('decide_quote');
    const input = wire.readDecideQuote(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyDecideQuote(wire.GenerationQuoteResult.Err(apiError(unread)));
    wire.replyDecideQuote(methods.decide_quote(input));
  });
}

export function detokenize(): void {
  respond(() => {
    const refused = whyNotAsked('detokenize', ASK, 65536, true);
    if (refused !== null) return wire.replyDetokenize(wire.TextResult.Err(apiError(refused)));
    const argument = begin('detokenize');
    const input = wire.readDetokenize(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyDetokenize(wire.TextResult.Err(apiError(unread)));
    wire.replyDetokenize(methods.detokenize(input));
  });
}

export function document_get(): void {
  respond(() => {
    const refused = whyNotAsked('document_get', ASK, 8192, false);
    if (refused !== null) return wire.replyDocumentGet(wire.DocumentContentResult.Err(apiError(refused)));
    const argument = begin('document_get');
    const input = wire.readDocumentGet(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyDocumentGet(wire.DocumentContentResult.Err(apiError(unread)));
    wire.replyDocumentGet(methods.document_get(input));
  });
}

export function document_list(): void {
  respond(() => {
    const refused = whyNotAsked('document_list', ASK, 1024, false);
    if (refused !== null) return wire.replyDocumentList(wire.DocumentListResult.Err(apiError(refused)));
    const unread = begin('document_list').end();
    if (unread !== null) return wire.replyDocumentList(wire.DocumentListResult.Err(apiError(unread)));
    wire.replyDocumentList(methods.document_list());
  });
}

export function document_put(): void {
  update(() => {
    const refused = whyNotDone('document_put', CHAT, 1048576);
    if (refused !== null) return wire.replyDocumentPut(wire.DocumentDetailsResult.Err(apiError(refused)));
    const argument = begin('document_put');
    const input = wire.readDocumentPut(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyDocumentPut(wire.DocumentDetailsResult.Err(apiError(unread)));
    wire.replyDocumentPut(methods.document_put(input));
  });
}

export function document_remove(): void {
  update(() => {
    const refused = whyNotDone('document_remove', CHAT, 8192);
    if (refused !== null) return wire.replyDocumentRemove(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const argument = begin('document_remove');
    const input = wire.readDocumentRemove(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyDocumentRemove(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replyDocumentRemove(methods.document_remove(input));
  });
}

export function download_kv_cache_chunk(): void {
  respond(() => {
    const refused = whyNotAsked('download_kv_cache_chunk', INSPECT, 8192, false);
    if (refused !== null) return wire.replyDownloadKvCacheChunk(wire.FileChunkResult.Err(apiError(refused)));
    const argument = begin('download_kv_cache_chunk');
    const input = wire.readDownloadKvCacheChunk(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyDownloadKvCacheChunk(wire.FileChunkResult.Err(apiError(unread)));
    wire.replyDownloadKvCacheChunk(methods.download_kv_cache_chunk(input));
  });
}

export function download_prompt_cache_chunk(): void {
  respond(() => {
    const refused = whyNotAsked('download_prompt_cache_chunk', INSPECT, 8192, false);
    if (refused !== null) return wire.replyDownloadPromptCacheChunk(wire.FileChunkResult.Err(apiError(refused)));
    const argument = begin('download_prompt_cache_chunk');
    const input = wire.readDownloadPromptCacheChunk(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyDownloadPromptCacheChunk(wire.FileChunkResult.Err(apiError(unread)));
    wire.replyDownloadPromptCacheChunk(methods.download_prompt_cache_chunk(input));
  });
}

export function file_download_chunk(): void {
  respond(() => {
    const refused = whyNotAsked('file_download_chunk', INSPECT, 8192, false);
    if (refused !== null) return wire.replyFileDownloadChunk(wire.FileChunkResult.Err(apiError(refused)));
    const argument = begin('file_download_chunk');
    const input = wire.readFileDownloadChunk(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyFileDownloadChunk(wire.FileChunkResult.Err(apiError(unread)));
    wire.replyFileDownloadChunk(methods.file_download_chunk(input));
  });
}

export function file_upload_chunk(): void {
  update(() => {
    const refused = whyNotDone('file_upload_chunk', ADMINISTER, 2105344);
    if (refused !== null) return wire.replyFileUploadChunk(wire.FileDetailsResult.Err(apiError(refused)));
    const argument = begin('file_upload_chunk');
    const input = wire.readFileUploadChunk(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyFileUploadChunk(wire.FileDetailsResult.Err(apiError(unread)));
    wire.replyFileUploadChunk(methods.file_upload_chunk(input));
  });
}

export function filesystem_file_size(): void {
  respond(() => {
    const refused = whyNotAsked('filesystem_file_size', INSPECT, 8192, true);
    if (refused !== null) return wire.replyFilesystemFileSize(wire.FilesystemFileSizeResult.Err(apiError(refused)));
    const argument = begin('filesystem_file_size');
    const input = wire.readFilesystemFileSize(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyFilesystemFileSize(wire.FilesystemFileSizeResult.Err(apiError(unread)));
    wire.replyFilesystemFileSize(methods.filesystem_file_size(input));
  });
}

export function filesystem_remove(): void {
  update(() => {
    const refused = whyNotDone('filesystem_remove', ADMINISTER, 8192);
    if (refused !== null) return wire.replyFilesystemRemove(wire.FilesystemRemoveResult.Err(apiError(refused)));
    const argument = begin('filesystem_remove');
    const input = wire.readFilesystemRemove(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyFilesystemRemove(wire.FilesystemRemoveResult.Err(apiError(unread)));
    wire.replyFilesystemRemove(methods.filesystem_remove(input));
  });
}

export function generation_cancel(): void {
  update(() => {
    const refused = whyNotDone('generation_cancel', CHAT, 8192);
    if (refused !== null) return wire.replyGenerationCancel(wire.GenerationStatusResult.Err(apiError(refused)));
    const argument = begin('generation_cancel');
    const input = wire.readGenerationCancel(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyGenerationCancel(wire.GenerationStatusResult.Err(apiError(unread)));
    wire.replyGenerationCancel(methods.generation_cancel(input));
  });
}

export function generation_forget(): void {
  update(() => {
    const refused = whyNotDone('generation_forget', CHAT, 8192);
    if (refused !== null) return wire.replyGenerationForget(wire.GenerationStatusResult.Err(apiError(refused)));
    const argument = begin('generation_forget');
    const input = wire.readGenerationForget(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyGenerationForget(wire.GenerationStatusResult.Err(apiError(unread)));
    wire.replyGenerationForget(methods.generation_forget(input));
  });
}

export function generation_list(): void {
  respond(() => {
    const refused = whyNotAsked('generation_list', ASK, 8192, true);
    if (refused !== null) return wire.replyGenerationList(wire.GenerationListResult.Err(apiError(refused)));
    const argument = begin('generation_list');
    const input = wire.readGenerationList(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyGenerationList(wire.GenerationListResult.Err(apiError(unread)));
    wire.replyGenerationList(methods.generation_list(input));
  });
}

export function generation_poll(): void {
  respond(() => {
    const refused = whyNotAsked('generation_poll', ASK, 8192, true);
    if (refused !== null) return wire.replyGenerationPoll(wire.GenerationPollResult.Err(apiError(refused)));
    const argument = begin('generation_poll');
    const input = wire.readGenerationPoll(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyGenerationPoll(wire.GenerationPollResult.Err(apiError(unread)));
    wire.replyGenerationPoll(methods.generation_poll(input));
  });
}

export function generation_quote(): void {
  respond(() => {
    const refused = whyNotAsked('generation_quote', ASK, 1048576, true);
    if (refused !== null) return wire.replyGenerationQuote(wire.GenerationQuoteResult.Err(apiError(refused)));
    const argument = begin('generation_quote');
    const input = wire.readGenerationQuote(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyGenerationQuote(wire.GenerationQuoteResult.Err(apiError(unread)));
    wire.replyGenerationQuote(methods.generation_quote(input));
  });
}

export function generation_start(): void {
  update(() => {
    const refused = whyNotDone('generation_start', CHAT, 1048576);
    if (refused !== null) return wire.replyGenerationStart(wire.GenerationStatusResult.Err(apiError(refused)));
    const argument = begin('generation_start');
    const input = wire.readGenerationStart(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyGenerationStart(wire.GenerationStatusResult.Err(apiError(unread)));
    wire.replyGenerationStart(methods.generation_start(input));
  });
}

export function generation_stop_thinking(): void {
  update(() => {
    const refused = whyNotDone('generation_stop_thinking', CHAT, 8192);
    if (refused !== null) return wire.replyGenerationStopThinking(wire.GenerationStatusResult.Err(apiError(refused)));
    const argument = begin('generation_stop_thinking');
    const input = wire.readGenerationStopThinking(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyGenerationStopThinking(wire.GenerationStatusResult.Err(apiError(unread)));
    wire.replyGenerationStopThinking(methods.generation_stop_thinking(input));
  });
}

export function getAdminRoles(): void {
  respond(() => {
    const refused = whyNotAsked('getAdminRoles', CONTROL, 1024, true);
    if (refused !== null) return wire.replyGetAdminRoles(wire.AdminRoleAssignmentsResult.Err(apiError(refused)));
    const unread = begin('getAdminRoles').end();
    if (unread !== null) return wire.replyGetAdminRoles(wire.AdminRoleAssignmentsResult.Err(apiError(unread)));
    wire.replyGetAdminRoles(methods.getAdminRoles());
  });
}

export function get_access(): void {
  respond(() => {
    const refused = whyNotAsked('get_access', INSPECT, 1024, true);
    if (refused !== null) return wire.replyGetAccess(wire.AccessRecordResult.Err(apiError(refused)));
    const unread = begin('get_access').end();
    if (unread !== null) return wire.replyGetAccess(wire.AccessRecordResult.Err(apiError(unread)));
    wire.replyGetAccess(methods.get_access());
  });
}

export function get_allowance(): void {
  respond(() => {
    const refused = whyNotAsked('get_allowance', NAMED, 1024, true);
    if (refused !== null) return wire.replyGetAllowance(wire.AllowanceResult.Err(apiError(refused)));
    const unread = begin('get_allowance').end();
    if (unread !== null) return wire.replyGetAllowance(wire.AllowanceResult.Err(apiError(unread)));
    wire.replyGetAllowance(methods.get_allowance());
  });
}

export function get_allowance_of(): void {
  respond(() => {
    const refused = whyNotAsked('get_allowance_of', INSPECT, 8192, true);
    if (refused !== null) return wire.replyGetAllowanceOf(wire.AllowanceResult.Err(apiError(refused)));
    const argument = begin('get_allowance_of');
    const input = wire.readGetAllowanceOf(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyGetAllowanceOf(wire.AllowanceResult.Err(apiError(unread)));
    wire.replyGetAllowanceOf(methods.get_allowance_of(input));
  });
}

export function get_applications(): void {
  respond(() => {
    const refused = whyNotAsked('get_applications', INSPECT, 1024, true);
    if (refused !== null) return wire.replyGetApplications(wire.ApplicationsResult.Err(apiError(refused)));
    const unread = begin('get_applications').end();
    if (unread !== null) return wire.replyGetApplications(wire.ApplicationsResult.Err(apiError(unread)));
    wire.replyGetApplications(methods.get_applications());
  });
}

export function get_cache_cleanup_stats(): void {
  respond(() => {
    const refused = whyNotAsked('get_cache_cleanup_stats', INSPECT, 1024, true);
    if (refused !== null) return wire.replyGetCacheCleanupStats(wire.CacheCleanupStatsResult.Err(apiError(refused)));
    const unread = begin('get_cache_cleanup_stats').end();
    if (unread !== null) return wire.replyGetCacheCleanupStats(wire.CacheCleanupStatsResult.Err(apiError(unread)));
    wire.replyGetCacheCleanupStats(methods.get_cache_cleanup_stats());
  });
}

export function get_chats(): void {
  respond(() => {
    const refused = whyNotAsked('get_chats', ASK, 1024, false);
    if (refused !== null) return wire.replyGetChats(wire.ChatsRecordResult.Err(apiError(refused)));
    const unread = begin('get_chats').end();
    if (unread !== null) return wire.replyGetChats(wire.ChatsRecordResult.Err(apiError(unread)));
    wire.replyGetChats(methods.get_chats());
  });
}

export function get_creation_timestamp_ns(): void {
  respond(() => {
    const refused = whyNotAsked('get_creation_timestamp_ns', INSPECT, 8192, true);
    if (refused !== null) return wire.replyGetCreationTimestampNs(wire.FilesystemTimestampResult.Err(apiError(refused)));
    const argument = begin('get_creation_timestamp_ns');
    const input = wire.readGetCreationTimestampNs(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyGetCreationTimestampNs(wire.FilesystemTimestampResult.Err(apiError(unread)));
    wire.replyGetCreationTimestampNs(methods.get_creation_timestamp_ns(input));
  });
}

export function get_cycle_balance(): void {
  respond(() => {
    const refused = whyNotAsked('get_cycle_balance', INSPECT, 1024, true);
    if (refused !== null) return wire.replyGetCycleBalance(wire.CycleBalanceResult.Err(apiError(refused)));
    const unread = begin('get_cycle_balance').end();
    if (unread !== null) return wire.replyGetCycleBalance(wire.CycleBalanceResult.Err(apiError(unread)));
    wire.replyGetCycleBalance(methods.get_cycle_balance());
  });
}

export function get_free_callers(): void {
  respond(() => {
    const refused = whyNotAsked('get_free_callers', INSPECT, 1024, true);
    if (refused !== null) return wire.replyGetFreeCallers(wire.FreeCallersResult.Err(apiError(refused)));
    const unread = begin('get_free_callers').end();
    if (unread !== null) return wire.replyGetFreeCallers(wire.FreeCallersResult.Err(apiError(unread)));
    wire.replyGetFreeCallers(methods.get_free_callers());
  });
}

export function get_generation_limits(): void {
  respond(() => {
    const refused = whyNotAsked('get_generation_limits', ANYONE, 1024, true);
    if (refused !== null) return reject(refused.text);
    const unread = begin('get_generation_limits').end();
    if (unread !== null) return reject(unread.text);
    wire.replyGetGenerationLimits(methods.get_generation_limits());
  });
}

export function get_instruction_budget(): void {
  respond(() => {
    const refused = whyNotAsked('get_instruction_budget', ANYONE, 1024, true);
    if (refused !== null) return reject(refused.text);
    const unread = begin('get_instruction_budget').end();
    if (unread !== null) return reject(unread.text);
    wire.replyGetInstructionBudget(methods.get_instruction_budget());
  });
}

export function get_llm_settings(): void {
  respond(() => {
    const refused = whyNotAsked('get_llm_settings', ANYONE, 1024, true);
    if (refused !== null) return reject(refused.text);
    const unread = begin('get_llm_settings').end();
    if (unread !== null) return reject(unread.text);
    wire.replyGetLlmSettings(methods.get_llm_settings());
  });
}

export function get_log_level(): void {
  respond(() => {
    const refused = whyNotAsked('get_log_level', INSPECT, 1024, true);
    if (refused !== null) return wire.replyGetLogLevel(wire.LogLevelResult.Err(apiError(refused)));
    const unread = begin('get_log_level').end();
    if (unread !== null) return wire.replyGetLogLevel(wire.LogLevelResult.Err(apiError(unread)));
    wire.replyGetLogLevel(methods.get_log_level());
  });
}

export function get_max_tokens(): void {
  respond(() => {
    const refused = whyNotAsked('get_max_tokens', ANYONE, 1024, true);
    if (refused !== null) return reject(refused.text);
    const unread = begin('get_max_tokens').end();
    if (unread !== null) return reject(unread.text);
    wire.replyGetMaxTokens(methods.get_max_tokens());
  });
}

export function get_memory_status(): void {
  respond(() => {
    const refused = whyNotAsked('get_memory_status', NAMED, 1024, true);
    if (refused !== null) return wire.replyGetMemoryStatus(wire.MemoryStatusResult.Err(apiError(refused)));
    const unread = begin('get_memory_status').end();
    if (unread !== null) return wire.replyGetMemoryStatus(wire.MemoryStatusResult.Err(apiError(unread)));
    wire.replyGetMemoryStatus(methods.get_memory_status());
  });
}

export function get_model_images(): void {
  respond(() => {
    const refused = whyNotAsked('get_model_images', INSPECT, 1024, false);
    if (refused !== null) return reject(refused.text);
    const unread = begin('get_model_images').end();
    if (unread !== null) return reject(unread.text);
    wire.replyGetModelImages(methods.get_model_images());
  });
}

export function get_payment_totals(): void {
  respond(() => {
    const refused = whyNotAsked('get_payment_totals', INSPECT, 1024, true);
    if (refused !== null) return wire.replyGetPaymentTotals(wire.PaymentTotalsResult.Err(apiError(refused)));
    const unread = begin('get_payment_totals').end();
    if (unread !== null) return wire.replyGetPaymentTotals(wire.PaymentTotalsResult.Err(apiError(unread)));
    wire.replyGetPaymentTotals(methods.get_payment_totals());
  });
}

export function get_pinned_prefixes(): void {
  respond(() => {
    const refused = whyNotAsked('get_pinned_prefixes', ASK, 1024, true);
    if (refused !== null) return wire.replyGetPinnedPrefixes(wire.PinnedPrefixesResult.Err(apiError(refused)));
    const unread = begin('get_pinned_prefixes').end();
    if (unread !== null) return wire.replyGetPinnedPrefixes(wire.PinnedPrefixesResult.Err(apiError(unread)));
    wire.replyGetPinnedPrefixes(methods.get_pinned_prefixes());
  });
}

export function get_prices(): void {
  respond(() => {
    const refused = whyNotAsked('get_prices', ANYONE, 1024, true);
    if (refused !== null) return reject(refused.text);
    const unread = begin('get_prices').end();
    if (unread !== null) return reject(unread.text);
    wire.replyGetPrices(methods.get_prices());
  });
}

export function get_quotas(): void {
  respond(() => {
    const refused = whyNotAsked('get_quotas', ANYONE, 1024, true);
    if (refused !== null) return reject(refused.text);
    const unread = begin('get_quotas').end();
    if (unread !== null) return reject(unread.text);
    wire.replyGetQuotas(methods.get_quotas());
  });
}

export function get_storage_limits(): void {
  respond(() => {
    const refused = whyNotAsked('get_storage_limits', ANYONE, 1024, true);
    if (refused !== null) return reject(refused.text);
    const unread = begin('get_storage_limits').end();
    if (unread !== null) return reject(unread.text);
    wire.replyGetStorageLimits(methods.get_storage_limits());
  });
}

export function get_usage(): void {
  respond(() => {
    const refused = whyNotAsked('get_usage', ASK, 1024, true);
    if (refused !== null) return wire.replyGetUsage(wire.UsageResult.Err(apiError(refused)));
    const unread = begin('get_usage').end();
    if (unread !== null) return wire.replyGetUsage(wire.UsageResult.Err(apiError(unread)));
    wire.replyGetUsage(methods.get_usage());
  });
}

export function get_warm_limits(): void {
  respond(() => {
    const refused = whyNotAsked('get_warm_limits', INSPECT, 1024, false);
    if (refused !== null) return reject(refused.text);
    const unread = begin('get_warm_limits').end();
    if (unread !== null) return reject(unread.text);
    wire.replyGetWarmLimits(methods.get_warm_limits());
  });
}

export function grant_allowance(): void {
  update(() => {
    const refused = whyNotDone('grant_allowance', ADMINISTER, 8192);
    if (refused !== null) return wire.replyGrantAllowance(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const argument = begin('grant_allowance');
    const input = wire.readGrantAllowance(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyGrantAllowance(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replyGrantAllowance(methods.grant_allowance(input));
  });
}

export function health(): void {
  respond(() => {
    const refused = whyNotAsked('health', ANYONE, 1024, true);
    if (refused !== null) return wire.replyHealth(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const unread = begin('health').end();
    if (unread !== null) return wire.replyHealth(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replyHealth(methods.health());
  });
}

export function http_request(): void {
  respond(() => {
    const refused = whyNotAsked('http_request', ANYONE, 2105344, false);
    if (refused !== null) return reject(refused.text);
    const argument = begin('http_request');
    const input = wire.readHttpRequest(argument);
    const unread = argument.end();
    if (unread !== null) return reject(unread.text);
    wire.replyHttpRequest(methods.http_request(input));
  });
}

export function load_model(): void {
  update(() => {
    const refused = whyNotDone('load_model', ADMINISTER, 65536);
    if (refused !== null) return wire.replyLoadModel(failed(refused));
    const argument = begin('load_model');
    const input = wire.readLoadModel(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyLoadModel(failed(unread));
    wire.replyLoadModel(methods.load_model(input));
  });
}

export function log_pause(): void {
  update(() => {
    const refused = whyNotDone('log_pause', ADMINISTER, 1024);
    if (refused !== null) return wire.replyLogPause(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const unread = begin('log_pause').end();
    if (unread !== null) return wire.replyLogPause(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replyLogPause(methods.log_pause());
  });
}

export function log_resume(): void {
  update(() => {
    const refused = whyNotDone('log_resume', ADMINISTER, 1024);
    if (refused !== null) return wire.replyLogResume(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const unread = begin('log_resume').end();
    if (unread !== null) return wire.replyLogResume(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replyLogResume(methods.log_resume());
  });
}

export function model_info(): void {
  respond(() => {
    const refused = whyNotAsked('model_info', ASK, 1024, true);
    if (refused !== null) return wire.replyModelInfo(wire.ModelInfoResult.Err(apiError(refused)));
    const unread = begin('model_info').end();
    if (unread !== null) return wire.replyModelInfo(wire.ModelInfoResult.Err(apiError(unread)));
    wire.replyModelInfo(methods.model_info());
  });
}

export function new_chat(): void {
  update(() => {
    const refused = whyNotDone('new_chat', CHAT, 65536);
    if (refused !== null) return wire.replyNewChat(failed(refused));
    const argument = begin('new_chat');
    const input = wire.readNewChat(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyNewChat(failed(unread));
    wire.replyNewChat(methods.new_chat(input));
  });
}

export function pin_prefix(): void {
  update(() => {
    const refused = whyNotDone('pin_prefix', ADMINISTER, 1048576);
    if (refused !== null) return wire.replyPinPrefix(failed(refused));
    const argument = begin('pin_prefix');
    const input = wire.readPinPrefix(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyPinPrefix(failed(unread));
    wire.replyPinPrefix(methods.pin_prefix(input));
  });
}

export function pinned_prefix_text(): void {
  respond(() => {
    const refused = whyNotAsked('pinned_prefix_text', ASK, 8192, true);
    if (refused !== null) return wire.replyPinnedPrefixText(wire.TextResult.Err(apiError(refused)));
    const argument = begin('pinned_prefix_text');
    const input = wire.readPinnedPrefixText(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyPinnedPrefixText(wire.TextResult.Err(apiError(unread)));
    wire.replyPinnedPrefixText(methods.pinned_prefix_text(input));
  });
}

export function ready(): void {
  respond(() => {
    const refused = whyNotAsked('ready', ANYONE, 1024, true);
    if (refused !== null) return wire.replyReady(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const unread = begin('ready').end();
    if (unread !== null) return wire.replyReady(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replyReady(methods.ready());
  });
}

export function recursive_dir_content_query(): void {
  respond(() => {
    const refused = whyNotAsked('recursive_dir_content_query', INSPECT, 8192, false);
    if (refused !== null) return wire.replyRecursiveDirContentQuery(wire.DirContentResult.Err(apiError(refused)));
    const argument = begin('recursive_dir_content_query');
    const input = wire.readRecursiveDirContentQuery(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyRecursiveDirContentQuery(wire.DirContentResult.Err(apiError(unread)));
    wire.replyRecursiveDirContentQuery(methods.recursive_dir_content_query(input));
  });
}

export function recursive_dir_content_update(): void {
  update(() => {
    const refused = whyNotDone('recursive_dir_content_update', ADMINISTER, 8192);
    if (refused !== null) return wire.replyRecursiveDirContentUpdate(wire.DirContentResult.Err(apiError(refused)));
    const argument = begin('recursive_dir_content_update');
    const input = wire.readRecursiveDirContentUpdate(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyRecursiveDirContentUpdate(wire.DirContentResult.Err(apiError(unread)));
    wire.replyRecursiveDirContentUpdate(methods.recursive_dir_content_update(input));
  });
}

export function remove_application(): void {
  update(() => {
    const refused = whyNotDone('remove_application', ADMINISTER, 8192);
    if (refused !== null) return wire.replyRemoveApplication(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const argument = begin('remove_application');
    const input = wire.readRemoveApplication(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyRemoveApplication(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replyRemoveApplication(methods.remove_application(input));
  });
}

export function remove_log_file(): void {
  update(() => {
    const refused = whyNotDone('remove_log_file', ADMINISTER, 65536);
    if (refused !== null) return wire.replyRemoveLogFile(failed(refused));
    const argument = begin('remove_log_file');
    const input = wire.readRemoveLogFile(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyRemoveLogFile(failed(unread));
    wire.replyRemoveLogFile(methods.remove_log_file(input));
  });
}

export function remove_model_weights(): void {
  update(() => {
    const refused = whyNotDone('remove_model_weights', ADMINISTER, 8192);
    if (refused !== null) return wire.replyRemoveModelWeights(wire.RemovedWeightsResult.Err(apiError(refused)));
    const argument = begin('remove_model_weights');
    const input = wire.readRemoveModelWeights(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyRemoveModelWeights(wire.RemovedWeightsResult.Err(apiError(unread)));
    wire.replyRemoveModelWeights(methods.remove_model_weights(input));
  });
}

export function remove_prompt_cache(): void {
  update(() => {
    const refused = whyNotDone('remove_prompt_cache', CHAT, 65536);
    if (refused !== null) return wire.replyRemovePromptCache(failed(refused));
    const argument = begin('remove_prompt_cache');
    const input = wire.readRemovePromptCache(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyRemovePromptCache(failed(unread));
    wire.replyRemovePromptCache(methods.remove_prompt_cache(input));
  });
}

export function revokeAdminRole(): void {
  update(() => {
    const refused = whyNotDone('revokeAdminRole', CONTROL, 8192);
    if (refused !== null) return wire.replyRevokeAdminRole(wire.TextResult.Err(apiError(refused)));
    const argument = begin('revokeAdminRole');
    const input = wire.readRevokeAdminRole(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyRevokeAdminRole(wire.TextResult.Err(apiError(unread)));
    wire.replyRevokeAdminRole(methods.revokeAdminRole(input));
  });
}

export function run_query(): void {
  respond(() => {
    const refused = whyNotAsked('run_query', ASK, 1048576, false);
    if (refused !== null) return wire.replyRunQuery(failed(refused));
    const argument = begin('run_query');
    const input = wire.readRunQuery(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyRunQuery(failed(unread));
    wire.replyRunQuery(methods.run_query(input));
  });
}

export function run_update(): void {
  update(() => {
    const refused = whyNotDone('run_update', CHAT, 1048576);
    if (refused !== null) return wire.replyRunUpdate(failed(refused));
    const argument = begin('run_update');
    const input = wire.readRunUpdate(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyRunUpdate(failed(unread));
    wire.replyRunUpdate(methods.run_update(input));
  });
}

export function session_info(): void {
  respond(() => {
    const refused = whyNotAsked('session_info', ASK, 8192, true);
    if (refused !== null) return wire.replySessionInfo(wire.SessionInfoResult.Err(apiError(refused)));
    const argument = begin('session_info');
    const input = wire.readSessionInfo(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replySessionInfo(wire.SessionInfoResult.Err(apiError(unread)));
    wire.replySessionInfo(methods.session_info(input));
  });
}

export function set_access(): void {
  update(() => {
    const refused = whyNotDone('set_access', CONTROL, 8192);
    if (refused !== null) return wire.replySetAccess(wire.AccessRecordResult.Err(apiError(refused)));
    const argument = begin('set_access');
    const input = wire.readSetAccess(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replySetAccess(wire.AccessRecordResult.Err(apiError(unread)));
    wire.replySetAccess(methods.set_access(input));
  });
}

export function set_application(): void {
  update(() => {
    const refused = whyNotDone('set_application', ADMINISTER, 8192);
    if (refused !== null) return wire.replySetApplication(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const argument = begin('set_application');
    const input = wire.readSetApplication(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replySetApplication(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replySetApplication(methods.set_application(input));
  });
}

export function set_cache_cleanup_config(): void {
  update(() => {
    const refused = whyNotDone('set_cache_cleanup_config', ADMINISTER, 8192);
    if (refused !== null) return wire.replySetCacheCleanupConfig(wire.CacheCleanupConfigResult.Err(apiError(refused)));
    const argument = begin('set_cache_cleanup_config');
    const input = wire.readSetCacheCleanupConfig(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replySetCacheCleanupConfig(wire.CacheCleanupConfigResult.Err(apiError(unread)));
    wire.replySetCacheCleanupConfig(methods.set_cache_cleanup_config(input));
  });
}

export function set_free_caller(): void {
  update(() => {
    const refused = whyNotDone('set_free_caller', ADMINISTER, 8192);
    if (refused !== null) return wire.replySetFreeCaller(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const argument = begin('set_free_caller');
    const input = wire.readSetFreeCaller(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replySetFreeCaller(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replySetFreeCaller(methods.set_free_caller(input));
  });
}

export function set_generation_limits(): void {
  update(() => {
    const refused = whyNotDone('set_generation_limits', ADMINISTER, 8192);
    if (refused !== null) return wire.replySetGenerationLimits(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const argument = begin('set_generation_limits');
    const input = wire.readSetGenerationLimits(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replySetGenerationLimits(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replySetGenerationLimits(methods.set_generation_limits(input));
  });
}

export function set_instruction_budget(): void {
  update(() => {
    const refused = whyNotDone('set_instruction_budget', ADMINISTER, 8192);
    if (refused !== null) return wire.replySetInstructionBudget(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const argument = begin('set_instruction_budget');
    const input = wire.readSetInstructionBudget(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replySetInstructionBudget(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replySetInstructionBudget(methods.set_instruction_budget(input));
  });
}

export function set_llm_settings(): void {
  update(() => {
    const refused = whyNotDone('set_llm_settings', ADMINISTER, 65536);
    if (refused !== null) return wire.replySetLlmSettings(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const argument = begin('set_llm_settings');
    const input = wire.readSetLlmSettings(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replySetLlmSettings(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replySetLlmSettings(methods.set_llm_settings(input));
  });
}

export function set_log_level(): void {
  update(() => {
    const refused = whyNotDone('set_log_level', ADMINISTER, 8192);
    if (refused !== null) return wire.replySetLogLevel(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const argument = begin('set_log_level');
    const input = wire.readSetLogLevel(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replySetLogLevel(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replySetLogLevel(methods.set_log_level(input));
  });
}

export function set_max_tokens(): void {
  update(() => {
    const refused = whyNotDone('set_max_tokens', ADMINISTER, 8192);
    if (refused !== null) return wire.replySetMaxTokens(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const argument = begin('set_max_tokens');
    const input = wire.readSetMaxTokens(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replySetMaxTokens(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replySetMaxTokens(methods.set_max_tokens(input));
  });
}

export function set_model_images(): void {
  update(() => {
    const refused = whyNotDone('set_model_images', ADMINISTER, 8192);
    if (refused !== null) return wire.replySetModelImages(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const argument = begin('set_model_images');
    const input = wire.readSetModelImages(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replySetModelImages(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replySetModelImages(methods.set_model_images(input));
  });
}

export function set_prices(): void {
  update(() => {
    const refused = whyNotDone('set_prices', ADMINISTER, 8192);
    if (refused !== null) return wire.replySetPrices(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const argument = begin('set_prices');
    const input = wire.readSetPrices(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replySetPrices(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replySetPrices(methods.set_prices(input));
  });
}

export function set_quotas(): void {
  update(() => {
    const refused = whyNotDone('set_quotas', ADMINISTER, 8192);
    if (refused !== null) return wire.replySetQuotas(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const argument = begin('set_quotas');
    const input = wire.readSetQuotas(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replySetQuotas(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replySetQuotas(methods.set_quotas(input));
  });
}

export function set_storage_limits(): void {
  update(() => {
    const refused = whyNotDone('set_storage_limits', ADMINISTER, 8192);
    if (refused !== null) return wire.replySetStorageLimits(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const argument = begin('set_storage_limits');
    const input = wire.readSetStorageLimits(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replySetStorageLimits(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replySetStorageLimits(methods.set_storage_limits(input));
  });
}

export function set_warm_limits(): void {
  update(() => {
    const refused = whyNotDone('set_warm_limits', ADMINISTER, 8192);
    if (refused !== null) return wire.replySetWarmLimits(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const argument = begin('set_warm_limits');
    const input = wire.readSetWarmLimits(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replySetWarmLimits(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replySetWarmLimits(methods.set_warm_limits(input));
  });
}

export function tokenize(): void {
  respond(() => {
    const refused = whyNotAsked('tokenize', ASK, 65536, true);
    if (refused !== null) return wire.replyTokenize(wire.TokensResult.Err(apiError(refused)));
    const argument = begin('tokenize');
    const input = wire.readTokenize(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyTokenize(wire.TokensResult.Err(apiError(unread)));
    wire.replyTokenize(methods.tokenize(input));
  });
}

export function top_up_allowance(): void {
  update(() => {
    const refused = whyNotDone('top_up_allowance', NAMED, 8192);
    if (refused !== null) return wire.replyTopUpAllowance(wire.AllowanceResult.Err(apiError(refused)));
    const argument = begin('top_up_allowance');
    const input = wire.readTopUpAllowance(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyTopUpAllowance(wire.AllowanceResult.Err(apiError(unread)));
    wire.replyTopUpAllowance(methods.top_up_allowance(input));
  });
}

export function unpin_prefix(): void {
  update(() => {
    const refused = whyNotDone('unpin_prefix', ADMINISTER, 65536);
    if (refused !== null) return wire.replyUnpinPrefix(failed(refused));
    const argument = begin('unpin_prefix');
    const input = wire.readUnpinPrefix(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyUnpinPrefix(failed(unread));
    wire.replyUnpinPrefix(methods.unpin_prefix(input));
  });
}

export function upload_begin(): void {
  update(() => {
    const refused = whyNotDone('upload_begin', ADMINISTER, 8192);
    if (refused !== null) return wire.replyUploadBegin(wire.UploadResult.Err(apiError(refused)));
    const argument = begin('upload_begin');
    const input = wire.readUploadBegin(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyUploadBegin(wire.UploadResult.Err(apiError(unread)));
    wire.replyUploadBegin(methods.upload_begin(input));
  });
}

export function upload_cancel(): void {
  update(() => {
    const refused = whyNotDone('upload_cancel', ADMINISTER, 8192);
    if (refused !== null) return wire.replyUploadCancel(wire.UploadResult.Err(apiError(refused)));
    const argument = begin('upload_cancel');
    const input = wire.readUploadCancel(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyUploadCancel(wire.UploadResult.Err(apiError(unread)));
    wire.replyUploadCancel(methods.upload_cancel(input));
  });
}

export function upload_chunk(): void {
  update(() => {
    const refused = whyNotDone('upload_chunk', ADMINISTER, 2105344);
    if (refused !== null) return wire.replyUploadChunk(wire.UploadResult.Err(apiError(refused)));
    const argument = begin('upload_chunk');
    const input = wire.readUploadChunk(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyUploadChunk(wire.UploadResult.Err(apiError(unread)));
    wire.replyUploadChunk(methods.upload_chunk(input));
  });
}

export function upload_kv_cache_chunk(): void {
  update(() => {
    const refused = whyNotDone('upload_kv_cache_chunk', ADMINISTER, 2105344);
    if (refused !== null) return wire.replyUploadKvCacheChunk(wire.StatusCodeRecordResult.Err(apiError(refused)));
    const argument = begin('upload_kv_cache_chunk');
    const input = wire.readUploadKvCacheChunk(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyUploadKvCacheChunk(wire.StatusCodeRecordResult.Err(apiError(unread)));
    wire.replyUploadKvCacheChunk(methods.upload_kv_cache_chunk(input));
  });
}

export function upload_prompt_cache_chunk(): void {
  update(() => {
    const refused = whyNotDone('upload_prompt_cache_chunk', ADMINISTER, 2105344);
    if (refused !== null) return wire.replyUploadPromptCacheChunk(wire.FileDetailsResult.Err(apiError(refused)));
    const argument = begin('upload_prompt_cache_chunk');
    const input = wire.readUploadPromptCacheChunk(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyUploadPromptCacheChunk(wire.FileDetailsResult.Err(apiError(unread)));
    wire.replyUploadPromptCacheChunk(methods.upload_prompt_cache_chunk(input));
  });
}

export function upload_status(): void {
  respond(() => {
    const refused = whyNotAsked('upload_status', ADMINISTER, 8192, true);
    if (refused !== null) return wire.replyUploadStatus(wire.UploadResult.Err(apiError(refused)));
    const argument = begin('upload_status');
    const input = wire.readUploadStatus(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyUploadStatus(wire.UploadResult.Err(apiError(unread)));
    wire.replyUploadStatus(methods.upload_status(input));
  });
}

export function uploaded_file_details(): void {
  respond(() => {
    const refused = whyNotAsked('uploaded_file_details', INSPECT, 8192, false);
    if (refused !== null) return wire.replyUploadedFileDetails(wire.FileDetailsResult.Err(apiError(refused)));
    const argument = begin('uploaded_file_details');
    const input = wire.readUploadedFileDetails(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyUploadedFileDetails(wire.FileDetailsResult.Err(apiError(unread)));
    wire.replyUploadedFileDetails(methods.uploaded_file_details(input));
  });
}

export function uploaded_prompt_cache_details(): void {
  respond(() => {
    const refused = whyNotAsked('uploaded_prompt_cache_details', INSPECT, 8192, false);
    if (refused !== null) return wire.replyUploadedPromptCacheDetails(wire.FileDetailsResult.Err(apiError(refused)));
    const argument = begin('uploaded_prompt_cache_details');
    const input = wire.readUploadedPromptCacheDetails(argument);
    const unread = argument.end();
    if (unread !== null) return wire.replyUploadedPromptCacheDetails(wire.FileDetailsResult.Err(apiError(unread)));
    wire.replyUploadedPromptCacheDetails(methods.uploaded_prompt_cache_details(input));
  });
}

export function v0_chat(): void {
  update(() => {
    const refused = whyNotDone('v0_chat', CHAT, 1048576);
    if (refused !== null) return reject(refused.text);
    const argument = begin('v0_chat');
    const input = wire.readV0Chat(argument);
    const unread = argument.endWhole();
    if (unread !== null) return reject(unread.text);
    methods.v0_chat(input);
  });
}

export function v1_chat(): void {
  update(() => {
    const refused = whyNotDone('v1_chat', CHAT, 1048576);
    if (refused !== null) return reject(refused.text);
    const argument = begin('v1_chat');
    const input = wire.readV1Chat(argument);
    const unread = argument.endWhole();
    if (unread !== null) return reject(unread.text);
    methods.v1_chat(input);
  });
}

export function whoami(): void {
  respond(() => {
    const refused = whyNotAsked('whoami', ANYONE, 1024, true);
    if (refused !== null) return reject(refused.text);
    const unread = begin('whoami').end();
    if (unread !== null) return reject(unread.text);
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
  if (method == 'decide') return mayDo(CHAT, 1048576);
  if (method == 'decide_poll') return mayAsk(ASK, 8192, true);
  if (method == 'decide_quote') return mayAsk(ASK, 1048576, true);
  if (method == 'detokenize') return mayAsk(ASK, 65536, true);
  if (method == 'document_get') return mayAsk(ASK, 8192, false);
  if (method == 'document_list') return mayAsk(ASK, 1024, false);
  if (method == 'document_put') return mayDo(CHAT, 1048576);
  if (method == 'document_remove') return mayDo(CHAT, 8192);
  if (method == 'download_kv_cache_chunk') return mayAsk(INSPECT, 8192, false);
  if (method == 'download_prompt_cache_chunk') return mayAsk(INSPECT, 8192, false);
  if (method == 'file_download_chunk') return mayAsk(INSPECT, 8192, false);
  if (method == 'file_upload_chunk') return mayDo(ADMINISTER, 2105344);
  if (method == 'filesystem_file_size') return mayAsk(INSPECT, 8192, true);
  if (method == 'filesystem_remove') return mayDo(ADMINISTER, 8192);
  if (method == 'generation_cancel') return mayDo(CHAT, 8192);
  if (method == 'generation_forget') return mayDo(CHAT, 8192);
  if (method == 'generation_list') return mayAsk(ASK, 8192, true);
  if (method == 'generation_poll') return mayAsk(ASK, 8192, true);
  if (method == 'generation_quote') return mayAsk(ASK, 1048576, true);
  if (method == 'generation_start') return mayDo(CHAT, 1048576);
  if (method == 'generation_stop_thinking') return mayDo(CHAT, 8192);
  if (method == 'getAdminRoles') return mayAsk(CONTROL, 1024, true);
  if (method == 'get_access') return mayAsk(INSPECT, 1024, true);
  if (method == 'get_allowance') return mayAsk(NAMED, 1024, true);
  if (method == 'get_allowance_of') return mayAsk(INSPECT, 8192, true);
  if (method == 'get_applications') return mayAsk(INSPECT, 1024, true);
  if (method == 'get_cache_cleanup_stats') return mayAsk(INSPECT, 1024, true);
  if (method == 'get_chats') return mayAsk(ASK, 1024, false);
  if (method == 'get_creation_timestamp_ns') return mayAsk(INSPECT, 8192, true);
  if (method == 'get_cycle_balance') return mayAsk(INSPECT, 1024, true);
  if (method == 'get_free_callers') return mayAsk(INSPECT, 1024, true);
  if (method == 'get_generation_limits') return mayAsk(ANYONE, 1024, true);
  if (method == 'get_instruction_budget') return mayAsk(ANYONE, 1024, true);
  if (method == 'get_llm_settings') return mayAsk(ANYONE, 1024, true);
  if (method == 'get_log_level') return mayAsk(INSPECT, 1024, true);
  if (method == 'get_max_tokens') return mayAsk(ANYONE, 1024, true);
  if (method == 'get_memory_status') return mayAsk(NAMED, 1024, true);
  if (method == 'get_model_images') return mayAsk(INSPECT, 1024, false);
  if (method == 'get_payment_totals') return mayAsk(INSPECT, 1024, true);
  if (method == 'get_pinned_prefixes') return mayAsk(ASK, 1024, true);
  if (method == 'get_prices') return mayAsk(ANYONE, 1024, true);
  if (method == 'get_quotas') return mayAsk(ANYONE, 1024, true);
  if (method == 'get_storage_limits') return mayAsk(ANYONE, 1024, true);
  if (method == 'get_usage') return mayAsk(ASK, 1024, true);
  if (method == 'get_warm_limits') return mayAsk(INSPECT, 1024, false);
  if (method == 'grant_allowance') return mayDo(ADMINISTER, 8192);
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
  if (method == 'remove_model_weights') return mayDo(ADMINISTER, 8192);
  if (method == 'remove_prompt_cache') return mayDo(CHAT, 65536);
  if (method == 'revokeAdminRole') return mayDo(CONTROL, 8192);
  if (method == 'run_query') return mayAsk(ASK, 1048576, false);
  if (method == 'run_update') return mayDo(CHAT, 1048576);
  if (method == 'session_info') return mayAsk(ASK, 8192, true);
  if (method == 'set_access') return mayDo(CONTROL, 8192);
  if (method == 'set_application') return mayDo(ADMINISTER, 8192);
  if (method == 'set_cache_cleanup_config') return mayDo(ADMINISTER, 8192);
  if (method == 'set_free_caller') return mayDo(ADMINISTER, 8192);
  if (method == 'set_generation_limits') return mayDo(ADMINISTER, 8192);
  if (method == 'set_instruction_budget') return mayDo(ADMINISTER, 8192);
  if (method == 'set_llm_settings') return mayDo(ADMINISTER, 65536);
  if (method == 'set_log_level') return mayDo(ADMINISTER, 8192);
  if (method == 'set_max_tokens') return mayDo(ADMINISTER, 8192);
  if (method == 'set_model_images') return mayDo(ADMINISTER, 8192);
  if (method == 'set_prices') return mayDo(ADMINISTER, 8192);
  if (method == 'set_quotas') return mayDo(ADMINISTER, 8192);
  if (method == 'set_storage_limits') return mayDo(ADMINISTER, 8192);
  if (method == 'set_warm_limits') return mayDo(ADMINISTER, 8192);
  if (method == 'tokenize') return mayAsk(ASK, 65536, true);
  if (method == 'top_up_allowance') return mayDo(NAMED, 8192);
  if (method == 'unpin_prefix') return mayDo(ADMINISTER, 65536);
  if (method == 'upload_begin') return mayDo(ADMINISTER, 8192);
  if (method == 'upload_cancel') return mayDo(ADMINISTER, 8192);
  if (method == 'upload_chunk') return mayDo(ADMINISTER, 2105344);
  if (method == 'upload_kv_cache_chunk') return mayDo(ADMINISTER, 2105344);
  if (method == 'upload_prompt_cache_chunk') return mayDo(ADMINISTER, 2105344);
  if (method == 'upload_status') return mayAsk(ADMINISTER, 8192, true);
  if (method == 'uploaded_file_details') return mayAsk(INSPECT, 8192, false);
  if (method == 'uploaded_prompt_cache_details') return mayAsk(INSPECT, 8192, false);
  if (method == 'v0_chat') return mayDo(CHAT, 1048576);
  if (method == 'v1_chat') return mayDo(CHAT, 1048576);
  if (method == 'whoami') return mayAsk(ANYONE, 1024, true);
  return false;
}

export function canister_inspect_message(): void {
  if (isWelcome(methodName())) acceptMessage();
}
