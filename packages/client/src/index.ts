export {
  type Access,
  Admin,
  type LogLevelName,
  type Prices,
  type Role,
  type Settings,
} from './admin.js';
export { Answer, type FollowOptions, type Left } from './answers/answer.js';
export type { DecideOptions, Decision, DecisionAnswer, DecisionOption, Question } from './answers/decision.js';
export type {
  AnswerEnd,
  AnswerResult,
  AnswerUsage,
  Delta,
  Progress,
  ProgressState,
  SaidSoFar,
  TokenAlternative,
  ToolCall,
} from './answers/deltas.js';
export { type Generation, Generations, type ListOptions, type Quote } from './answers/generations.js';
export type {
  ChatMessage,
  ModelOptions,
  Prompt,
  ResponseFormat,
  Thinking,
  Tool,
  ToolChoice,
} from './answers/options.js';
export {
  type CallOptions,
  type FileDetails,
  LlamaCanister,
  type OkOf,
  openCanister,
  type Service,
} from './canister.js';
export type { CallCertificate } from './certified.js';
export { Chat, type ChatOptions, type ChatState } from './chat.js';
export { LlamaClient, openLlama } from './client.js';
export type {
  AskOptions,
  AttachOptions,
  ClientOptions,
  ReadAnswerOptions,
  TokenizeOptions,
} from './client-options.js';
export { type ConnectOptions, connect, fetchRootKey, isLoopback, isMainnet, MAINNET_HOST } from './connect.js';
export { Conversation, type ConversationOptions, type ConversationState } from './conversation.js';
export { type ModelCost, modelCost } from './cost.js';
export { type ErrorKind, LlamaError } from './errors.js';
export { cyclesOn, FEE_NODES, FEES, idleCycles, storageCycles } from './fees.js';
export { canisterFile } from './file-source.js';
export { idlFactory, type ModelInfo } from './generated/llama.did.js';
export { type Ending, type GenerationOptions, type GenerationSummary, generate } from './generation.js';
export { checkGguf, type GgufHeader, readGgufHeader } from './gguf/header.js';
export { type LoadOptions, load } from './load.js';
export { loadedChatFormat } from './loaded-format.js';
export { provisionalCreate, provisionalTopUp } from './management/create.js';
export { createFromLedger, cyclesBalance, ledgerTime, topUpFromLedger } from './management/cycles-ledger.js';
export { type InstallMode, type InstallOptions, installCode, moduleHash } from './management/install.js';
export { canisterLogs, type LogRecord } from './management/logs.js';
export {
  type CanisterSettings,
  type CanisterStatus,
  canisterStatus,
  startCanister,
  stopCanister,
  updateSettings,
} from './management/management.js';
export { certifiedModuleHash } from './management/module-hash.js';
export {
  deleteSnapshot,
  listSnapshots,
  loadSnapshot,
  type Snapshot,
  takeSnapshot,
} from './management/snapshots.js';
export { subnetOf } from './management/subnets.js';
export type { Message, TemplateMessage } from './messages.js';
export { loadedModelCard, type ModelCard, modelCard, readModelCard } from './model-card.js';
export { fromAgentError, rejection } from './rejects.js';
export type { RunReply } from './replies.js';
export type { RunUpdateOptions } from './run-update/answer.js';
export { sha256 } from './sha256.js';
export { type ByteSource, blobSource, bytesSource, type IncrementalHash } from './source.js';
export { type ChatFormat, chatFormat, plainFormat } from './template.js';
export { CHUNK_BYTES, type UploadOptions, type UploadResult, upload } from './upload.js';
export type { UploadProgress } from './upload-progress.js';
