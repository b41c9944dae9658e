/**
 * The canister's methods: the function behind each, under its name in llama.did. methods.generated.ts, which is made
 * from the .did, checks the guards of the method's mark, calls the function with the decoded argument, and replies with
 * its result. To add a method: a line in llama.did with a mark, a function, and a line here.
 */
import { InputRecord, OutputRecordResult } from './ic/candid/service.generated';
import { Arguments } from './service/flags/arguments';
import { removeLogFile } from './service/logs/logs';
import { loadModel } from './service/models/model';
import { pinPrefix, unpinPrefix } from './service/sessions/pinned-prefixes';
import { newChat, removePromptCache } from './service/sessions/prompt-caches';
import { run } from './service/runs/run';

// The model and its output.
export function load_model(input: InputRecord): OutputRecordResult {
  return loadModel(new Arguments(input));
}
export function new_chat(input: InputRecord): OutputRecordResult {
  return newChat(new Arguments(input));
}
export function run_update(input: InputRecord): OutputRecordResult {
  return run(new Arguments(input), false);
}
export function run_query(input: InputRecord): OutputRecordResult {
  return run(new Arguments(input), true);
}
export { statusOk as health } from './service/replies/replies';
export { ready } from './service/models/readiness';
export { modelInfo as model_info } from './service/reports/model-info';
export { setMaxTokens as set_max_tokens, getMaxTokens as get_max_tokens } from './service/limits/limits';
export {
  setInstructionBudget as set_instruction_budget,
  getInstructionBudget as get_instruction_budget,
} from './service/limits/instruction-budget';
export { setQuotas as set_quotas, getQuotas as get_quotas } from './service/limits/quota-settings';
export { getUsage as get_usage } from './service/quotas/quotas';
export {
  setStorageLimits as set_storage_limits,
  getStorageLimits as get_storage_limits,
} from './service/quotas/storage-limits';
export { setWarmLimits as set_warm_limits, getWarmLimits as get_warm_limits } from './service/quotas/warm-limits';
export { removeModelWeights as remove_model_weights } from './service/models/weight-removal';
export {
  setModelImages as set_model_images,
  getModelImages as get_model_images,
} from './service/images/image-settings';
export {
  setApplication as set_application,
  removeApplication as remove_application,
  getApplications as get_applications,
} from './service/quotas/applications';

export { setPrices as set_prices, getPrices as get_prices } from './service/payment/prices';
export { setFreeCaller as set_free_caller, getFreeCallers as get_free_callers } from './service/payment/free-callers';
export {
  topUpAllowance as top_up_allowance,
  grantAllowance as grant_allowance,
  getAllowance as get_allowance,
  getAllowanceOf as get_allowance_of,
} from './service/payment/payment-methods';
export { getPaymentTotals as get_payment_totals } from './service/payment/ledger';

// Sessions, prefixes and chats.
export function remove_prompt_cache(input: InputRecord): OutputRecordResult {
  return removePromptCache(new Arguments(input));
}
export function pin_prefix(input: InputRecord): OutputRecordResult {
  return pinPrefix(new Arguments(input));
}
export function unpin_prefix(input: InputRecord): OutputRecordResult {
  return unpinPrefix(new Arguments(input));
}
export { copyPromptCache as copy_prompt_cache } from './service/sessions/prompt-caches';
export { sessionInfo as session_info } from './service/sessions/session-info';
export {
  downloadPromptCacheChunk as download_prompt_cache_chunk,
  uploadPromptCacheChunk as upload_prompt_cache_chunk,
  promptCacheDetails as uploaded_prompt_cache_details,
} from './service/files/prompt-cache-files';
export {
  downloadKvCacheChunk as download_kv_cache_chunk,
  uploadKvCacheChunk as upload_kv_cache_chunk,
} from './service/files/kv-cache-files';
export {
  getPinnedPrefixes as get_pinned_prefixes,
  pinnedPrefixText as pinned_prefix_text,
} from './service/sessions/pinned-prefixes';
export { getChats as get_chats } from './service/sessions/saved-chats';
export {
  putDocument as document_put,
  getDocument as document_get,
  listDocuments as document_list,
  removeDocument as document_remove,
} from './service/files/documents';
export {
  pauseChats as chats_pause,
  resumeChats as chats_resume,
  pauseLogs as log_pause,
  resumeLogs as log_resume,
} from './service/settings/saving';

export { tokenize, detokenize } from './service/tokens/tokens';

// Generations that the canister runs by itself.
export {
  startGeneration as generation_start,
  quoteGeneration as generation_quote,
} from './service/generations/starting';
export {
  pollGeneration as generation_poll,
  cancelGeneration as generation_cancel,
  stopThinking as generation_stop_thinking,
  forgetGeneration as generation_forget,
  listGenerations as generation_list,
  limitGenerations as set_generation_limits,
} from './service/generations/generation-methods';
export {
  startDecision as decide,
  quoteDecision as decide_quote,
  pollDecision as decide_poll,
} from './service/generations/decision-methods';
export { getGenerationLimits as get_generation_limits } from './service/generations/generation-limits';

export { v0Chat as v0_chat, v1Chat as v1_chat } from './service/llm-canister/chat-methods';
export {
  setLlmSettings as set_llm_settings,
  getLlmSettings as get_llm_settings,
} from './service/llm-canister/settings';

// Files.
export {
  uploadChunk as file_upload_chunk,
  downloadChunk as file_download_chunk,
  fileDetails as uploaded_file_details,
} from './service/files/files';
export {
  beginUpload as upload_begin,
  takeChunk as upload_chunk,
  uploadStatus as upload_status,
  cancelUpload as upload_cancel,
} from './service/files/uploads';
export {
  removeEntry as filesystem_remove,
  fileSize as filesystem_file_size,
  creationTime as get_creation_timestamp_ns,
  listDirectory as recursive_dir_content_query,
  listDirectory as recursive_dir_content_update,
} from './service/files/entries';

// Maintenance that runs by itself, and its monitoring.
export function remove_log_file(input: InputRecord): OutputRecordResult {
  return removeLogFile(new Arguments(input));
}
export {
  startCleanup as cache_cleanup_start_timer,
  stopCleanup as cache_cleanup_stop_timer,
  cleanUpNow as cache_cleanup_now,
  cleanupStats as get_cache_cleanup_stats,
  configureCleanup as set_cache_cleanup_config,
} from './service/maintenance/cache-cleanup';
export {
  startBalance as cycle_balance_start_timer,
  stopBalance as cycle_balance_stop_timer,
  lastBalance as get_cycle_balance,
} from './service/maintenance/cycle-balance';
export { memoryStatus as get_memory_status } from './service/reports/memory-status';
export { setLogLevel as set_log_level, getLogLevel as get_log_level } from './service/settings/log-level';
export { answer as http_request } from './service/http/request';

// Access rights.
export { whoami, setAccess as set_access, getAccess as get_access } from './service/access/access';
export { statusOk as check_access } from './service/replies/replies';
export { assignAdminRole, revokeAdminRole, getAdminRoles } from './service/access/roles';
