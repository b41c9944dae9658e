// Generated from llama.did by `npm run generate -w canister`: do not edit.

import { Principal } from '../principal';
import { Decoder } from './decoder';
import { Encoder } from './encoder';
import { Int, Nat } from './integers';
import { Blob, Some, Text } from './values';
import { NOTHING } from './wire';

const EMPTY_TEXT = new Text(0, 0);
const EMPTY_BLOB = new Blob(0, 0);
const EMPTY_PRINCIPAL = Principal.fromBytes(0, 0);
const ZERO_NAT = new Nat(0, 0);
const ZERO_INT = new Int(0, 0);

export enum AdminRoleTag {
  AdminQuery,
  AdminUpdate,
}

@final
export class AdminRole {
  tag: AdminRoleTag = AdminRoleTag.AdminQuery;

  static AdminQuery(): AdminRole {
    const made = new AdminRole();
    made.tag = AdminRoleTag.AdminQuery;
    return made;
  }

  static AdminUpdate(): AdminRole {
    const made = new AdminRole();
    made.tag = AdminRoleTag.AdminUpdate;
    return made;
  }
}

@final
export class AssignAdminRoleInput {
  principal: Text = EMPTY_TEXT;
  note: Text = EMPTY_TEXT;
  role: AdminRole = new AdminRole();
}

@final
export class CopyPromptCacheInput {
  to: Text = EMPTY_TEXT;
  from: Text = EMPTY_TEXT;
}

@final
export class DecisionRange {
  greatest: i32 = 0;
  least: i32 = 0;
}

export enum DecisionKindTag {
  score,
  choice,
  yes_no,
}

@final
export class DecisionKind {
  tag: DecisionKindTag = DecisionKindTag.score;
  score: DecisionRange | null = null;
  choice: Array<Text> = [];

  static score(value: DecisionRange): DecisionKind {
    const made = new DecisionKind();
    made.tag = DecisionKindTag.score;
    made.score = value;
    return made;
  }

  static choice(value: Array<Text>): DecisionKind {
    const made = new DecisionKind();
    made.tag = DecisionKindTag.choice;
    made.choice = value;
    return made;
  }

  static yes_no(): DecisionKind {
    const made = new DecisionKind();
    made.tag = DecisionKindTag.yes_no;
    return made;
  }
}

@final
export class DecisionQuestion {
  kind: DecisionKind = new DecisionKind();
  text: Text = EMPTY_TEXT;
}

@final
export class ToolCall {
  id: Text = EMPTY_TEXT;
  name: Text = EMPTY_TEXT;
  arguments: Text = EMPTY_TEXT;
}

@final
export class ChatMessage {
  content: Text = EMPTY_TEXT;
  tool_calls: Array<ToolCall> | null = null;
  name: Text | null = null;
  role: Text = EMPTY_TEXT;
  reasoning: Text | null = null;
  tool_call_id: Text | null = null;
}

export enum GenerationPromptTag {
  messages,
  text,
}

@final
export class GenerationPrompt {
  tag: GenerationPromptTag = GenerationPromptTag.messages;
  messages: Array<ChatMessage> = [];
  text: Text = EMPTY_TEXT;

  static messages(value: Array<ChatMessage>): GenerationPrompt {
    const made = new GenerationPrompt();
    made.tag = GenerationPromptTag.messages;
    made.messages = value;
    return made;
  }

  static text(value: Text): GenerationPrompt {
    const made = new GenerationPrompt();
    made.tag = GenerationPromptTag.text;
    made.text = value;
    return made;
  }
}

@final
export class DecisionInput {
  template_arguments: Text | null = null;
  questions: Array<DecisionQuestion> = [];
  prompt: GenerationPrompt = new GenerationPrompt();
}

@final
export class GenerationIdInput {
  id: u64 = 0;
}

@final
export class DetokenizeInput {
  tokens: Array<u32> = [];
}

@final
export class DocumentInput {
  name: Text = EMPTY_TEXT;
}

@final
export class DocumentPutInput {
  replaces: Some<u64> | null = null;
  content: Blob = EMPTY_BLOB;
  name: Text = EMPTY_TEXT;
}

@final
export class DownloadPromptCacheChunkInput {
  offset: u64 = 0;
  promptcache: Text = EMPTY_TEXT;
  chunksize: u64 = 0;
}

@final
export class FileDownloadChunkInput {
  offset: u64 = 0;
  filename: Text = EMPTY_TEXT;
  chunksize: u64 = 0;
}

@final
export class FileUploadChunkInput {
  chunk: Blob = EMPTY_BLOB;
  offset: u64 = 0;
  filename: Text = EMPTY_TEXT;
  chunksize: u64 = 0;
}

@final
export class FilesystemFileSizeInput {
  filename: Text = EMPTY_TEXT;
}

@final
export class FilesystemRemoveInput {
  filename: Text = EMPTY_TEXT;
}

@final
export class GenerationListInput {
  everybody: bool = false;
  before: Some<u64> | null = null;
}

@final
export class GenerationPollInput {
  id: u64 = 0;
  from: u64 = 0;
  bytes: Some<u64> | null = null;
}

export enum GenerationSeedTag {
  beacon,
  number,
}

@final
export class GenerationSeed {
  tag: GenerationSeedTag = GenerationSeedTag.beacon;
  number: u32 = 0;

  static beacon(): GenerationSeed {
    const made = new GenerationSeed();
    made.tag = GenerationSeedTag.beacon;
    return made;
  }

  static number(value: u32): GenerationSeed {
    const made = new GenerationSeed();
    made.tag = GenerationSeedTag.number;
    made.number = value;
    return made;
  }
}

@final
export class ThinkingInput {
  effort: Text | null = null;
  enabled: Some<bool> | null = null;
  max_tokens: Some<u32> | null = null;
}

export enum ResponseFormatTag {
  gbnf,
  json,
  text,
  json_schema,
}

@final
export class ResponseFormat {
  tag: ResponseFormatTag = ResponseFormatTag.gbnf;
  gbnf: Text = EMPTY_TEXT;
  json_schema: Text = EMPTY_TEXT;

  static gbnf(value: Text): ResponseFormat {
    const made = new ResponseFormat();
    made.tag = ResponseFormatTag.gbnf;
    made.gbnf = value;
    return made;
  }

  static json(): ResponseFormat {
    const made = new ResponseFormat();
    made.tag = ResponseFormatTag.json;
    return made;
  }

  static text(): ResponseFormat {
    const made = new ResponseFormat();
    made.tag = ResponseFormatTag.text;
    return made;
  }

  static json_schema(value: Text): ResponseFormat {
    const made = new ResponseFormat();
    made.tag = ResponseFormatTag.json_schema;
    made.json_schema = value;
    return made;
  }
}

export enum ToolChoiceTag {
  function_,
  auto,
  none,
  required,
}

@final
export class ToolChoice {
  tag: ToolChoiceTag = ToolChoiceTag.function_;
  function_: Text = EMPTY_TEXT;

  static function_(value: Text): ToolChoice {
    const made = new ToolChoice();
    made.tag = ToolChoiceTag.function_;
    made.function_ = value;
    return made;
  }

  static auto(): ToolChoice {
    const made = new ToolChoice();
    made.tag = ToolChoiceTag.auto;
    return made;
  }

  static none(): ToolChoice {
    const made = new ToolChoice();
    made.tag = ToolChoiceTag.none;
    return made;
  }

  static required(): ToolChoice {
    const made = new ToolChoice();
    made.tag = ToolChoiceTag.required;
    return made;
  }
}

@final
export class GenerationInput {
  tools: Text | null = null;
  logprobs: Some<u32> | null = null;
  parallel_tool_calls: Some<bool> | null = null;
  seed: GenerationSeed | null = null;
  stop: Array<Text> | null = null;
  thinking: ThinkingInput | null = null;
  template_arguments: Text | null = null;
  response_format: ResponseFormat | null = null;
  tool_choice: ToolChoice | null = null;
  session: Text | null = null;
  max_tokens: Some<u32> | null = null;
  prompt: GenerationPrompt = new GenerationPrompt();
  sampling: Array<Text> | null = null;
  continue_final_message: Some<bool> | null = null;
}

@final
export class FilesystemTimestampInput {
  filename: Text = EMPTY_TEXT;
}

@final
export class AllowanceGrantInput {
  principal: Text = EMPTY_TEXT;
  cycles: u64 = 0;
}

@final
export class HttpHeader {
  _0_: Text = EMPTY_TEXT;
  _1_: Text = EMPTY_TEXT;
}

@final
export class HttpRequest {
  url: Text = EMPTY_TEXT;
  method: Text = EMPTY_TEXT;
  body: Blob = EMPTY_BLOB;
  headers: Array<HttpHeader> = [];
  certificate_version: Some<u16> | null = null;
}

@final
export class InputRecord {
  args: Array<Text> = [];
}

@final
export class PinnedPrefixInput {
  name: Text = EMPTY_TEXT;
}

@final
export class DirContentInput {
  dir: Text = EMPTY_TEXT;
  max_entries: u64 = 0;
}

@final
export class ModelFileInput {
  filename: Text = EMPTY_TEXT;
}

@final
export class PromptCacheDetailsInput {
  promptcache: Text = EMPTY_TEXT;
}

@final
export class AccessInput {
  level: u16 = 0;
}

@final
export class ApplicationInput {
  principal: Text = EMPTY_TEXT;
  note: Text = EMPTY_TEXT;
}

@final
export class CacheCleanupConfigInput {
  ttl_seconds: Some<u64> | null = null;
  period_seconds: Some<u64> | null = null;
  max_files_per_run: Some<u64> | null = null;
}

@final
export class FreeCallerInput {
  principal: Text = EMPTY_TEXT;
  free: bool = false;
}

@final
export class GenerationLimitsInput {
  least_cycles: Nat | null = null;
  message_seconds: Some<u64> | null = null;
  open: Some<u64> | null = null;
  retention_seconds: Some<u64> | null = null;
  ended_of_caller: Some<u64> | null = null;
  page_charge_factor: Some<u64> | null = null;
  bytes: Some<u64> | null = null;
  open_of_caller: Some<u64> | null = null;
}

@final
export class InstructionBudget {
  query: u64 = 0;
  update: u64 = 0;
}

@final
export class LlmModel {
  name: Text = EMPTY_TEXT;
  filename: Text = EMPTY_TEXT;
}

@final
export class LlmSettingsInput {
  max_tokens: Some<u32> | null = null;
  models: Array<LlmModel> | null = null;
  sampling: Array<Text> | null = null;
  any_name: Some<bool> | null = null;
}

export enum LogLevelTag {
  info,
  warn,
  error,
  debug,
}

@final
export class LogLevel {
  tag: LogLevelTag = LogLevelTag.info;

  static info(): LogLevel {
    const made = new LogLevel();
    made.tag = LogLevelTag.info;
    return made;
  }

  static warn(): LogLevel {
    const made = new LogLevel();
    made.tag = LogLevelTag.warn;
    return made;
  }

  static error(): LogLevel {
    const made = new LogLevel();
    made.tag = LogLevelTag.error;
    return made;
  }

  static debug(): LogLevel {
    const made = new LogLevel();
    made.tag = LogLevelTag.debug;
    return made;
  }
}

@final
export class LogLevelRecord {
  level: LogLevel = new LogLevel();
}

@final
export class MaxTokensRecord {
  max_tokens_query: u64 = 0;
  max_tokens_update: u64 = 0;
}

@final
export class ModelImagesInput {
  are_kept: bool = false;
}

@final
export class WorkPrice {
  percent: u32 = 0;
}

@final
export class TokenPrices {
  generated: u64 = 0;
  cached: u64 = 0;
  prompt: u64 = 0;
}

export enum PricesTag {
  free,
  work,
  tokens,
}

@final
export class Prices {
  tag: PricesTag = PricesTag.free;
  work: WorkPrice | null = null;
  tokens: TokenPrices | null = null;

  static free(): Prices {
    const made = new Prices();
    made.tag = PricesTag.free;
    return made;
  }

  static work(value: WorkPrice): Prices {
    const made = new Prices();
    made.tag = PricesTag.work;
    made.work = value;
    return made;
  }

  static tokens(value: TokenPrices): Prices {
    const made = new Prices();
    made.tag = PricesTag.tokens;
    made.tokens = value;
    return made;
  }
}

@final
export class Quotas {
  tokens_per_hour: u64 = 0;
  sessions: u64 = 0;
  bytes: u64 = 0;
}

@final
export class StorageLimitsInput {
  chats_ttl_seconds: Some<u64> | null = null;
  callers_bytes: Some<u64> | null = null;
}

@final
export class WarmLimitsInput {
  bytes_per_caller: Some<u64> | null = null;
  bytes: Some<u64> | null = null;
}

@final
export class TokenizeInput {
  text: Text = EMPTY_TEXT;
  add_special: Some<bool> | null = null;
  parse_special: Some<bool> | null = null;
}

@final
export class AllowanceTopUpInput {
  principal: Text | null = null;
}

@final
export class UploadBeginInput {
  sha256: Text = EMPTY_TEXT;
  filename: Text = EMPTY_TEXT;
  filesize: u64 = 0;
  chunksize: u64 = 0;
}

@final
export class UploadInput {
  upload: u64 = 0;
}

@final
export class UploadChunkInput {
  chunk: Blob = EMPTY_BLOB;
  offset: u64 = 0;
  upload: u64 = 0;
}

@final
export class UploadPromptCacheChunkInput {
  chunk: Blob = EMPTY_BLOB;
  offset: u64 = 0;
  promptcache: Text = EMPTY_TEXT;
  chunksize: u64 = 0;
}

@final
export class FileDetailsInput {
  filename: Text = EMPTY_TEXT;
}

export enum LlmRoleTag {
  user,
  assistant,
  system,
}

@final
export class LlmRole {
  tag: LlmRoleTag = LlmRoleTag.user;

  static user(): LlmRole {
    const made = new LlmRole();
    made.tag = LlmRoleTag.user;
    return made;
  }

  static assistant(): LlmRole {
    const made = new LlmRole();
    made.tag = LlmRoleTag.assistant;
    return made;
  }

  static system(): LlmRole {
    const made = new LlmRole();
    made.tag = LlmRoleTag.system;
    return made;
  }
}

@final
export class LlmMessageV0 {
  content: Text = EMPTY_TEXT;
  role: LlmRole = new LlmRole();
}

@final
export class LlmRequestV0 {
  model: Text = EMPTY_TEXT;
  messages: Array<LlmMessageV0> = [];
}

@final
export class LlmProperty {
  enum_: Array<Text> | null = null;
  name: Text = EMPTY_TEXT;
  type: Text = EMPTY_TEXT;
  description: Text | null = null;
}

@final
export class LlmParameters {
  type: Text = EMPTY_TEXT;
  properties: Array<LlmProperty> | null = null;
  required: Array<Text> | null = null;
}

@final
export class LlmToolFunction {
  name: Text = EMPTY_TEXT;
  parameters: LlmParameters | null = null;
  description: Text | null = null;
}

export enum LlmToolTag {
  function_,
}

@final
export class LlmTool {
  tag: LlmToolTag = LlmToolTag.function_;
  function_: LlmToolFunction | null = null;

  static function_(value: LlmToolFunction): LlmTool {
    const made = new LlmTool();
    made.tag = LlmToolTag.function_;
    made.function_ = value;
    return made;
  }
}

@final
export class LlmMessageTool {
  content: Text = EMPTY_TEXT;
  tool_call_id: Text = EMPTY_TEXT;
}

@final
export class LlmMessageUser {
  content: Text = EMPTY_TEXT;
}

@final
export class LlmArgument {
  value: Text = EMPTY_TEXT;
  name: Text = EMPTY_TEXT;
}

@final
export class LlmToolCallFunction {
  name: Text = EMPTY_TEXT;
  arguments: Array<LlmArgument> = [];
}

@final
export class LlmToolCall {
  id: Text = EMPTY_TEXT;
  function_: LlmToolCallFunction = new LlmToolCallFunction();
}

@final
export class LlmAnswer {
  content: Text | null = null;
  tool_calls: Array<LlmToolCall> = [];
}

@final
export class LlmMessageSystem {
  content: Text = EMPTY_TEXT;
}

export enum LlmMessageTag {
  tool,
  user,
  assistant,
  system,
}

@final
export class LlmMessage {
  tag: LlmMessageTag = LlmMessageTag.tool;
  tool: LlmMessageTool | null = null;
  user: LlmMessageUser | null = null;
  assistant: LlmAnswer | null = null;
  system: LlmMessageSystem | null = null;

  static tool(value: LlmMessageTool): LlmMessage {
    const made = new LlmMessage();
    made.tag = LlmMessageTag.tool;
    made.tool = value;
    return made;
  }

  static user(value: LlmMessageUser): LlmMessage {
    const made = new LlmMessage();
    made.tag = LlmMessageTag.user;
    made.user = value;
    return made;
  }

  static assistant(value: LlmAnswer): LlmMessage {
    const made = new LlmMessage();
    made.tag = LlmMessageTag.assistant;
    made.assistant = value;
    return made;
  }

  static system(value: LlmMessageSystem): LlmMessage {
    const made = new LlmMessage();
    made.tag = LlmMessageTag.system;
    made.system = value;
    return made;
  }
}

@final
export class LlmRequest {
  model: Text = EMPTY_TEXT;
  tools: Array<LlmTool> | null = null;
  messages: Array<LlmMessage> = [];
}

@final
export class AdminRoleAssignment {
  principal: Text = EMPTY_TEXT;
  assignedAt: u64 = 0;
  assignedBy: Text = EMPTY_TEXT;
  note: Text = EMPTY_TEXT;
  role: AdminRole = new AdminRole();
}

export enum ApiErrorTag {
  StatusCode,
  Other,
}

@final
export class ApiError {
  tag: ApiErrorTag = ApiErrorTag.StatusCode;
  StatusCode: u16 = 0;
  Other: Text = EMPTY_TEXT;

  static StatusCode(value: u16): ApiError {
    const made = new ApiError();
    made.tag = ApiErrorTag.StatusCode;
    made.StatusCode = value;
    return made;
  }

  static Other(value: Text): ApiError {
    const made = new ApiError();
    made.tag = ApiErrorTag.Other;
    made.Other = value;
    return made;
  }
}

export enum AdminRoleAssignmentResultTag {
  Ok,
  Err,
}

@final
export class AdminRoleAssignmentResult {
  tag: AdminRoleAssignmentResultTag = AdminRoleAssignmentResultTag.Ok;
  Ok: AdminRoleAssignment | null = null;
  Err: ApiError | null = null;

  static Ok(value: AdminRoleAssignment): AdminRoleAssignmentResult {
    const made = new AdminRoleAssignmentResult();
    made.tag = AdminRoleAssignmentResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): AdminRoleAssignmentResult {
    const made = new AdminRoleAssignmentResult();
    made.tag = AdminRoleAssignmentResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class CacheCleanupStatsRecord {
  files_deleted: u64 = 0;
  ttl_seconds: u64 = 0;
  period_seconds: u64 = 0;
  files_examined: u64 = 0;
  runs: u64 = 0;
  files_failed: u64 = 0;
  last_run_ns: u64 = 0;
  max_files_per_run: u64 = 0;
  is_running: bool = false;
}

export enum CacheCleanupStatsResultTag {
  Ok,
  Err,
}

@final
export class CacheCleanupStatsResult {
  tag: CacheCleanupStatsResultTag = CacheCleanupStatsResultTag.Ok;
  Ok: CacheCleanupStatsRecord | null = null;
  Err: ApiError | null = null;

  static Ok(value: CacheCleanupStatsRecord): CacheCleanupStatsResult {
    const made = new CacheCleanupStatsResult();
    made.tag = CacheCleanupStatsResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): CacheCleanupStatsResult {
    const made = new CacheCleanupStatsResult();
    made.tag = CacheCleanupStatsResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class CacheCleanupActionRecord {
  ok: bool = false;
  is_running: bool = false;
}

export enum CacheCleanupResultTag {
  Ok,
  Err,
}

@final
export class CacheCleanupResult {
  tag: CacheCleanupResultTag = CacheCleanupResultTag.Ok;
  Ok: CacheCleanupActionRecord | null = null;
  Err: ApiError | null = null;

  static Ok(value: CacheCleanupActionRecord): CacheCleanupResult {
    const made = new CacheCleanupResult();
    made.tag = CacheCleanupResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): CacheCleanupResult {
    const made = new CacheCleanupResult();
    made.tag = CacheCleanupResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class StatusCodeRecord {
  status_code: u16 = 0;
}

export enum StatusCodeRecordResultTag {
  Ok,
  Err,
}

@final
export class StatusCodeRecordResult {
  tag: StatusCodeRecordResultTag = StatusCodeRecordResultTag.Ok;
  Ok: StatusCodeRecord | null = null;
  Err: ApiError | null = null;

  static Ok(value: StatusCodeRecord): StatusCodeRecordResult {
    const made = new StatusCodeRecordResult();
    made.tag = StatusCodeRecordResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): StatusCodeRecordResult {
    const made = new StatusCodeRecordResult();
    made.tag = StatusCodeRecordResultTag.Err;
    made.Err = value;
    return made;
  }
}

export enum StopReasonTag {
  end,
  tool_calls,
  stop,
  max_tokens,
  context_full,
}

@final
export class StopReason {
  tag: StopReasonTag = StopReasonTag.end;
  stop: Text = EMPTY_TEXT;

  static end(): StopReason {
    const made = new StopReason();
    made.tag = StopReasonTag.end;
    return made;
  }

  static tool_calls(): StopReason {
    const made = new StopReason();
    made.tag = StopReasonTag.tool_calls;
    return made;
  }

  static stop(value: Text): StopReason {
    const made = new StopReason();
    made.tag = StopReasonTag.stop;
    made.stop = value;
    return made;
  }

  static max_tokens(): StopReason {
    const made = new StopReason();
    made.tag = StopReasonTag.max_tokens;
    return made;
  }

  static context_full(): StopReason {
    const made = new StopReason();
    made.tag = StopReasonTag.context_full;
    return made;
  }
}

export enum GenerationStateTag {
  reading,
  cancelled,
  done,
  generating,
  queued,
  waiting_for_seed,
  failed,
  paused,
}

@final
export class GenerationState {
  tag: GenerationStateTag = GenerationStateTag.reading;
  done: StopReason | null = null;
  failed: Text = EMPTY_TEXT;
  paused: Text = EMPTY_TEXT;

  static reading(): GenerationState {
    const made = new GenerationState();
    made.tag = GenerationStateTag.reading;
    return made;
  }

  static cancelled(): GenerationState {
    const made = new GenerationState();
    made.tag = GenerationStateTag.cancelled;
    return made;
  }

  static done(value: StopReason): GenerationState {
    const made = new GenerationState();
    made.tag = GenerationStateTag.done;
    made.done = value;
    return made;
  }

  static generating(): GenerationState {
    const made = new GenerationState();
    made.tag = GenerationStateTag.generating;
    return made;
  }

  static queued(): GenerationState {
    const made = new GenerationState();
    made.tag = GenerationStateTag.queued;
    return made;
  }

  static waiting_for_seed(): GenerationState {
    const made = new GenerationState();
    made.tag = GenerationStateTag.waiting_for_seed;
    return made;
  }

  static failed(value: Text): GenerationState {
    const made = new GenerationState();
    made.tag = GenerationStateTag.failed;
    made.failed = value;
    return made;
  }

  static paused(value: Text): GenerationState {
    const made = new GenerationState();
    made.tag = GenerationStateTag.paused;
    made.paused = value;
    return made;
  }
}

@final
export class GenerationStatus {
  id: u64 = 0;
  principal: Text = EMPTY_TEXT;
  expires: Some<u64> | null = null;
  started: u64 = 0;
  messages_left: u64 = 0;
  held: u64 = 0;
  seed: Some<u32> | null = null;
  cached_tokens: u32 = 0;
  instructions: u64 = 0;
  ended: Some<u64> | null = null;
  cycles: u64 = 0;
  state: GenerationState = new GenerationState();
  session: Text | null = null;
  events: u64 = 0;
  instructions_left: u64 = 0;
  prompt_tokens: u32 = 0;
  place: u32 = 0;
  price: u64 = 0;
  thinking_tokens: u32 = 0;
  generated_tokens: u32 = 0;
}

@final
export class DecisionOption {
  probability: f64 = 0;
  label: Text = EMPTY_TEXT;
  log_probability: f64 = 0;
}

@final
export class DecisionAnswer {
  log_coverage: f64 = 0;
  expected: Some<f64> | null = null;
  options: Array<DecisionOption> = [];
}

@final
export class Decision {
  status: GenerationStatus = new GenerationStatus();
  answers: Array<DecisionAnswer> = [];
}

export enum DecisionResultTag {
  Ok,
  Err,
}

@final
export class DecisionResult {
  tag: DecisionResultTag = DecisionResultTag.Ok;
  Ok: Decision | null = null;
  Err: ApiError | null = null;

  static Ok(value: Decision): DecisionResult {
    const made = new DecisionResult();
    made.tag = DecisionResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): DecisionResult {
    const made = new DecisionResult();
    made.tag = DecisionResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class GenerationQuote {
  cycles: u64 = 0;
  prompt_tokens: u64 = 0;
  allowance: u64 = 0;
  price: u64 = 0;
  generated_tokens: u64 = 0;
}

export enum GenerationQuoteResultTag {
  Ok,
  Err,
}

@final
export class GenerationQuoteResult {
  tag: GenerationQuoteResultTag = GenerationQuoteResultTag.Ok;
  Ok: GenerationQuote | null = null;
  Err: ApiError | null = null;

  static Ok(value: GenerationQuote): GenerationQuoteResult {
    const made = new GenerationQuoteResult();
    made.tag = GenerationQuoteResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): GenerationQuoteResult {
    const made = new GenerationQuoteResult();
    made.tag = GenerationQuoteResultTag.Err;
    made.Err = value;
    return made;
  }
}

export enum TextResultTag {
  Ok,
  Err,
}

@final
export class TextResult {
  tag: TextResultTag = TextResultTag.Ok;
  Ok: Text = EMPTY_TEXT;
  Err: ApiError | null = null;

  static Ok(value: Text): TextResult {
    const made = new TextResult();
    made.tag = TextResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): TextResult {
    const made = new TextResult();
    made.tag = TextResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class DocumentContent {
  content: Blob = EMPTY_BLOB;
  version: u64 = 0;
}

export enum DocumentContentResultTag {
  Ok,
  Err,
}

@final
export class DocumentContentResult {
  tag: DocumentContentResultTag = DocumentContentResultTag.Ok;
  Ok: DocumentContent | null = null;
  Err: ApiError | null = null;

  static Ok(value: DocumentContent): DocumentContentResult {
    const made = new DocumentContentResult();
    made.tag = DocumentContentResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): DocumentContentResult {
    const made = new DocumentContentResult();
    made.tag = DocumentContentResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class DocumentDetails {
  modified: u64 = 0;
  name: Text = EMPTY_TEXT;
  size: u64 = 0;
  version: u64 = 0;
}

export enum DocumentListResultTag {
  Ok,
  Err,
}

@final
export class DocumentListResult {
  tag: DocumentListResultTag = DocumentListResultTag.Ok;
  Ok: Array<DocumentDetails> = [];
  Err: ApiError | null = null;

  static Ok(value: Array<DocumentDetails>): DocumentListResult {
    const made = new DocumentListResult();
    made.tag = DocumentListResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): DocumentListResult {
    const made = new DocumentListResult();
    made.tag = DocumentListResultTag.Err;
    made.Err = value;
    return made;
  }
}

export enum DocumentDetailsResultTag {
  Ok,
  Err,
}

@final
export class DocumentDetailsResult {
  tag: DocumentDetailsResultTag = DocumentDetailsResultTag.Ok;
  Ok: DocumentDetails | null = null;
  Err: ApiError | null = null;

  static Ok(value: DocumentDetails): DocumentDetailsResult {
    const made = new DocumentDetailsResult();
    made.tag = DocumentDetailsResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): DocumentDetailsResult {
    const made = new DocumentDetailsResult();
    made.tag = DocumentDetailsResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class FileChunk {
  done: bool = false;
  chunk: Blob = EMPTY_BLOB;
  offset: u64 = 0;
  filesize: u64 = 0;
  chunksize: u64 = 0;
}

export enum FileChunkResultTag {
  Ok,
  Err,
}

@final
export class FileChunkResult {
  tag: FileChunkResultTag = FileChunkResultTag.Ok;
  Ok: FileChunk | null = null;
  Err: ApiError | null = null;

  static Ok(value: FileChunk): FileChunkResult {
    const made = new FileChunkResult();
    made.tag = FileChunkResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): FileChunkResult {
    const made = new FileChunkResult();
    made.tag = FileChunkResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class FileDetails {
  filename: Text = EMPTY_TEXT;
  filesize: u64 = 0;
  filesha256: Text = EMPTY_TEXT;
}

export enum FileDetailsResultTag {
  Ok,
  Err,
}

@final
export class FileDetailsResult {
  tag: FileDetailsResultTag = FileDetailsResultTag.Ok;
  Ok: FileDetails | null = null;
  Err: ApiError | null = null;

  static Ok(value: FileDetails): FileDetailsResult {
    const made = new FileDetailsResult();
    made.tag = FileDetailsResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): FileDetailsResult {
    const made = new FileDetailsResult();
    made.tag = FileDetailsResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class FilesystemFileSizeRecord {
  msg: Text = EMPTY_TEXT;
  filename: Text = EMPTY_TEXT;
  filesize: u64 = 0;
  exists: bool = false;
}

export enum FilesystemFileSizeResultTag {
  Ok,
  Err,
}

@final
export class FilesystemFileSizeResult {
  tag: FilesystemFileSizeResultTag = FilesystemFileSizeResultTag.Ok;
  Ok: FilesystemFileSizeRecord | null = null;
  Err: ApiError | null = null;

  static Ok(value: FilesystemFileSizeRecord): FilesystemFileSizeResult {
    const made = new FilesystemFileSizeResult();
    made.tag = FilesystemFileSizeResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): FilesystemFileSizeResult {
    const made = new FilesystemFileSizeResult();
    made.tag = FilesystemFileSizeResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class FilesystemRemoveRecord {
  msg: Text = EMPTY_TEXT;
  filename: Text = EMPTY_TEXT;
  exists: bool = false;
  removed: bool = false;
}

export enum FilesystemRemoveResultTag {
  Ok,
  Err,
}

@final
export class FilesystemRemoveResult {
  tag: FilesystemRemoveResultTag = FilesystemRemoveResultTag.Ok;
  Ok: FilesystemRemoveRecord | null = null;
  Err: ApiError | null = null;

  static Ok(value: FilesystemRemoveRecord): FilesystemRemoveResult {
    const made = new FilesystemRemoveResult();
    made.tag = FilesystemRemoveResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): FilesystemRemoveResult {
    const made = new FilesystemRemoveResult();
    made.tag = FilesystemRemoveResultTag.Err;
    made.Err = value;
    return made;
  }
}

export enum GenerationStatusResultTag {
  Ok,
  Err,
}

@final
export class GenerationStatusResult {
  tag: GenerationStatusResultTag = GenerationStatusResultTag.Ok;
  Ok: GenerationStatus | null = null;
  Err: ApiError | null = null;

  static Ok(value: GenerationStatus): GenerationStatusResult {
    const made = new GenerationStatusResult();
    made.tag = GenerationStatusResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): GenerationStatusResult {
    const made = new GenerationStatusResult();
    made.tag = GenerationStatusResultTag.Err;
    made.Err = value;
    return made;
  }
}

export enum GenerationListResultTag {
  Ok,
  Err,
}

@final
export class GenerationListResult {
  tag: GenerationListResultTag = GenerationListResultTag.Ok;
  Ok: Array<GenerationStatus> = [];
  Err: ApiError | null = null;

  static Ok(value: Array<GenerationStatus>): GenerationListResult {
    const made = new GenerationListResult();
    made.tag = GenerationListResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): GenerationListResult {
    const made = new GenerationListResult();
    made.tag = GenerationListResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class TokenAlternative {
  logprob: f32 = 0;
  bytes: Blob = EMPTY_BLOB;
}

@final
export class GenerationToken {
  logprob: f32 = 0;
  bytes: Blob = EMPTY_BLOB;
  alternatives: Array<TokenAlternative> = [];
}

@final
export class GenerationToolCall {
  id: Text = EMPTY_TEXT;
  call: u32 = 0;
  name: Text = EMPTY_TEXT;
}

@final
export class GenerationToolArguments {
  call: u32 = 0;
  text: Text = EMPTY_TEXT;
}

export enum EventContentTag {
  token,
  text,
  thinking,
  tool_call,
  tool_arguments,
  tool_call_end,
}

@final
export class EventContent {
  tag: EventContentTag = EventContentTag.token;
  token: GenerationToken | null = null;
  text: Text = EMPTY_TEXT;
  thinking: Text = EMPTY_TEXT;
  tool_call: GenerationToolCall | null = null;
  tool_arguments: GenerationToolArguments | null = null;
  tool_call_end: u32 = 0;

  static token(value: GenerationToken): EventContent {
    const made = new EventContent();
    made.tag = EventContentTag.token;
    made.token = value;
    return made;
  }

  static text(value: Text): EventContent {
    const made = new EventContent();
    made.tag = EventContentTag.text;
    made.text = value;
    return made;
  }

  static thinking(value: Text): EventContent {
    const made = new EventContent();
    made.tag = EventContentTag.thinking;
    made.thinking = value;
    return made;
  }

  static tool_call(value: GenerationToolCall): EventContent {
    const made = new EventContent();
    made.tag = EventContentTag.tool_call;
    made.tool_call = value;
    return made;
  }

  static tool_arguments(value: GenerationToolArguments): EventContent {
    const made = new EventContent();
    made.tag = EventContentTag.tool_arguments;
    made.tool_arguments = value;
    return made;
  }

  static tool_call_end(value: u32): EventContent {
    const made = new EventContent();
    made.tag = EventContentTag.tool_call_end;
    made.tool_call_end = value;
    return made;
  }
}

@final
export class GenerationEvent {
  content: EventContent = new EventContent();
  number: u64 = 0;
}

@final
export class GenerationPoll {
  status: GenerationStatus = new GenerationStatus();
  next: u64 = 0;
  events: Array<GenerationEvent> = [];
}

export enum GenerationPollResultTag {
  Ok,
  Err,
}

@final
export class GenerationPollResult {
  tag: GenerationPollResultTag = GenerationPollResultTag.Ok;
  Ok: GenerationPoll | null = null;
  Err: ApiError | null = null;

  static Ok(value: GenerationPoll): GenerationPollResult {
    const made = new GenerationPollResult();
    made.tag = GenerationPollResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): GenerationPollResult {
    const made = new GenerationPollResult();
    made.tag = GenerationPollResultTag.Err;
    made.Err = value;
    return made;
  }
}

export enum AdminRoleAssignmentsResultTag {
  Ok,
  Err,
}

@final
export class AdminRoleAssignmentsResult {
  tag: AdminRoleAssignmentsResultTag = AdminRoleAssignmentsResultTag.Ok;
  Ok: Array<AdminRoleAssignment> = [];
  Err: ApiError | null = null;

  static Ok(value: Array<AdminRoleAssignment>): AdminRoleAssignmentsResult {
    const made = new AdminRoleAssignmentsResult();
    made.tag = AdminRoleAssignmentsResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): AdminRoleAssignmentsResult {
    const made = new AdminRoleAssignmentsResult();
    made.tag = AdminRoleAssignmentsResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class AccessRecord {
  explanation: Text = EMPTY_TEXT;
  level: u16 = 0;
}

export enum AccessRecordResultTag {
  Ok,
  Err,
}

@final
export class AccessRecordResult {
  tag: AccessRecordResultTag = AccessRecordResultTag.Ok;
  Ok: AccessRecord | null = null;
  Err: ApiError | null = null;

  static Ok(value: AccessRecord): AccessRecordResult {
    const made = new AccessRecordResult();
    made.tag = AccessRecordResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): AccessRecordResult {
    const made = new AccessRecordResult();
    made.tag = AccessRecordResultTag.Err;
    made.Err = value;
    return made;
  }
}

export enum AllowanceResultTag {
  Ok,
  Err,
}

@final
export class AllowanceResult {
  tag: AllowanceResultTag = AllowanceResultTag.Ok;
  Ok: u64 = 0;
  Err: ApiError | null = null;

  static Ok(value: u64): AllowanceResult {
    const made = new AllowanceResult();
    made.tag = AllowanceResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): AllowanceResult {
    const made = new AllowanceResult();
    made.tag = AllowanceResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class Application {
  principal: Text = EMPTY_TEXT;
  note: Text = EMPTY_TEXT;
  since: u64 = 0;
}

export enum ApplicationsResultTag {
  Ok,
  Err,
}

@final
export class ApplicationsResult {
  tag: ApplicationsResultTag = ApplicationsResultTag.Ok;
  Ok: Array<Application> = [];
  Err: ApiError | null = null;

  static Ok(value: Array<Application>): ApplicationsResult {
    const made = new ApplicationsResult();
    made.tag = ApplicationsResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): ApplicationsResult {
    const made = new ApplicationsResult();
    made.tag = ApplicationsResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class Chat {
  chat: Text = EMPTY_TEXT;
  timestamp: Text = EMPTY_TEXT;
}

@final
export class ChatsRecord {
  chats: Array<Chat> = [];
}

export enum ChatsRecordResultTag {
  Ok,
  Err,
}

@final
export class ChatsRecordResult {
  tag: ChatsRecordResultTag = ChatsRecordResultTag.Ok;
  Ok: ChatsRecord | null = null;
  Err: ApiError | null = null;

  static Ok(value: ChatsRecord): ChatsRecordResult {
    const made = new ChatsRecordResult();
    made.tag = ChatsRecordResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): ChatsRecordResult {
    const made = new ChatsRecordResult();
    made.tag = ChatsRecordResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class FilesystemTimestampRecord {
  msg: Text = EMPTY_TEXT;
  timestamp_ns: u64 = 0;
  filename: Text = EMPTY_TEXT;
  exists: bool = false;
  age_seconds: u64 = 0;
}

export enum FilesystemTimestampResultTag {
  Ok,
  Err,
}

@final
export class FilesystemTimestampResult {
  tag: FilesystemTimestampResultTag = FilesystemTimestampResultTag.Ok;
  Ok: FilesystemTimestampRecord | null = null;
  Err: ApiError | null = null;

  static Ok(value: FilesystemTimestampRecord): FilesystemTimestampResult {
    const made = new FilesystemTimestampResult();
    made.tag = FilesystemTimestampResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): FilesystemTimestampResult {
    const made = new FilesystemTimestampResult();
    made.tag = FilesystemTimestampResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class CycleBalanceRecord {
  updated_at_ns: u64 = 0;
  cycle_balance: Nat = ZERO_NAT;
}

export enum CycleBalanceResultTag {
  Ok,
  Err,
}

@final
export class CycleBalanceResult {
  tag: CycleBalanceResultTag = CycleBalanceResultTag.Ok;
  Ok: CycleBalanceRecord | null = null;
  Err: ApiError | null = null;

  static Ok(value: CycleBalanceRecord): CycleBalanceResult {
    const made = new CycleBalanceResult();
    made.tag = CycleBalanceResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): CycleBalanceResult {
    const made = new CycleBalanceResult();
    made.tag = CycleBalanceResultTag.Err;
    made.Err = value;
    return made;
  }
}

export enum FreeCallersResultTag {
  Ok,
  Err,
}

@final
export class FreeCallersResult {
  tag: FreeCallersResultTag = FreeCallersResultTag.Ok;
  Ok: Array<Text> = [];
  Err: ApiError | null = null;

  static Ok(value: Array<Text>): FreeCallersResult {
    const made = new FreeCallersResult();
    made.tag = FreeCallersResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): FreeCallersResult {
    const made = new FreeCallersResult();
    made.tag = FreeCallersResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class GenerationLimits {
  least_cycles: Nat = ZERO_NAT;
  message_seconds: u64 = 0;
  message_instructions: u64 = 0;
  open: u64 = 0;
  retention_seconds: u64 = 0;
  ended_of_caller: u64 = 0;
  page_charge_factor: u64 = 0;
  bytes: u64 = 0;
  open_of_caller: u64 = 0;
}

@final
export class LlmSettings {
  max_tokens: u32 = 0;
  models: Array<LlmModel> = [];
  sampling: Array<Text> = [];
  any_name: bool = false;
}

export enum LogLevelResultTag {
  Ok,
  Err,
}

@final
export class LogLevelResult {
  tag: LogLevelResultTag = LogLevelResultTag.Ok;
  Ok: LogLevelRecord | null = null;
  Err: ApiError | null = null;

  static Ok(value: LogLevelRecord): LogLevelResult {
    const made = new LogLevelResult();
    made.tag = LogLevelResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): LogLevelResult {
    const made = new LogLevelResult();
    made.tag = LogLevelResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class MemoryStatusRecord {
  wasm_heap_bytes: u64 = 0;
  stable_bytes: u64 = 0;
}

export enum MemoryStatusResultTag {
  Ok,
  Err,
}

@final
export class MemoryStatusResult {
  tag: MemoryStatusResultTag = MemoryStatusResultTag.Ok;
  Ok: MemoryStatusRecord | null = null;
  Err: ApiError | null = null;

  static Ok(value: MemoryStatusRecord): MemoryStatusResult {
    const made = new MemoryStatusResult();
    made.tag = MemoryStatusResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): MemoryStatusResult {
    const made = new MemoryStatusResult();
    made.tag = MemoryStatusResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class ModelImage {
  is_only_copy: bool = false;
  used_ns: u64 = 0;
  filename: Text = EMPTY_TEXT;
  bytes_kept: u64 = 0;
  bytes: u64 = 0;
}

@final
export class ModelImages {
  are_kept: bool = false;
  bytes_used: u64 = 0;
  images: Array<ModelImage> = [];
}

@final
export class PaymentTotals {
  generations: u64 = 0;
  granted: u64 = 0;
  charged: u64 = 0;
  received: u64 = 0;
}

export enum PaymentTotalsResultTag {
  Ok,
  Err,
}

@final
export class PaymentTotalsResult {
  tag: PaymentTotalsResultTag = PaymentTotalsResultTag.Ok;
  Ok: PaymentTotals | null = null;
  Err: ApiError | null = null;

  static Ok(value: PaymentTotals): PaymentTotalsResult {
    const made = new PaymentTotalsResult();
    made.tag = PaymentTotalsResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): PaymentTotalsResult {
    const made = new PaymentTotalsResult();
    made.tag = PaymentTotalsResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class PinnedPrefix {
  evaluated: u64 = 0;
  name: Text = EMPTY_TEXT;
  tokens: u64 = 0;
  bytes: u64 = 0;
}

export enum PinnedPrefixesResultTag {
  Ok,
  Err,
}

@final
export class PinnedPrefixesResult {
  tag: PinnedPrefixesResultTag = PinnedPrefixesResultTag.Ok;
  Ok: Array<PinnedPrefix> = [];
  Err: ApiError | null = null;

  static Ok(value: Array<PinnedPrefix>): PinnedPrefixesResult {
    const made = new PinnedPrefixesResult();
    made.tag = PinnedPrefixesResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): PinnedPrefixesResult {
    const made = new PinnedPrefixesResult();
    made.tag = PinnedPrefixesResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class StorageLimits {
  chats_ttl_seconds: u64 = 0;
  callers_bytes_used: u64 = 0;
  callers_bytes: u64 = 0;
  callers_bytes_set: Some<u64> | null = null;
}

@final
export class Usage {
  tokens_this_hour: u64 = 0;
  warm_bytes: u64 = 0;
  sessions: u64 = 0;
  bytes: u64 = 0;
}

export enum UsageResultTag {
  Ok,
  Err,
}

@final
export class UsageResult {
  tag: UsageResultTag = UsageResultTag.Ok;
  Ok: Usage | null = null;
  Err: ApiError | null = null;

  static Ok(value: Usage): UsageResult {
    const made = new UsageResult();
    made.tag = UsageResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): UsageResult {
    const made = new UsageResult();
    made.tag = UsageResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class WarmLimits {
  bytes_used: u64 = 0;
  bytes_per_caller: u64 = 0;
  bytes: u64 = 0;
}

@final
export class HttpResponse {
  body: Blob = EMPTY_BLOB;
  headers: Array<HttpHeader> = [];
  status_code: u16 = 0;
}

@final
export class OutputRecord {
  n_prompt_tokens: Some<u64> | null = null;
  output: Text = EMPTY_TEXT;
  n_tokens_generated: Some<u64> | null = null;
  conversation: Text = EMPTY_TEXT;
  error: Text = EMPTY_TEXT;
  n_prompt_tokens_remaining: Some<u64> | null = null;
  n_prompt_tokens_cached: Some<u64> | null = null;
  status_code: u16 = 0;
  prompt_remaining: Text = EMPTY_TEXT;
  generated_eog: bool = false;
  n_prompt_tokens_decoded: Some<u64> | null = null;
}

export enum OutputRecordResultTag {
  Ok,
  Err,
}

@final
export class OutputRecordResult {
  tag: OutputRecordResultTag = OutputRecordResultTag.Ok;
  Ok: OutputRecord | null = null;
  Err: OutputRecord | null = null;

  static Ok(value: OutputRecord): OutputRecordResult {
    const made = new OutputRecordResult();
    made.tag = OutputRecordResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: OutputRecord): OutputRecordResult {
    const made = new OutputRecordResult();
    made.tag = OutputRecordResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class RunCost {
  seed: u32 = 0;
  n_tokens_generated: u64 = 0;
  instructions: u64 = 0;
  cycles: u64 = 0;
  n_prompt_tokens_decoded: u64 = 0;
}

@final
export class ModelInfo {
  context: u64 = 0;
  suggested_sampling: Text | null = null;
  resident_sessions: u64 = 0;
  adds_bos_token: bool = false;
  name: Text = EMPTY_TEXT;
  bos_token: Text = EMPTY_TEXT;
  parameters: u64 = 0;
  architecture: Text = EMPTY_TEXT;
  layers: u64 = 0;
  load_messages: u64 = 0;
  load_instructions: u64 = 0;
  file_type: Text = EMPTY_TEXT;
  model_heap_bytes: u64 = 0;
  filename: Text = EMPTY_TEXT;
  filesize: u64 = 0;
  chat_template_error: Text | null = null;
  instructions_per_prompt_token: u64 = 0;
  trained_context: u64 = 0;
  chat_template: Text = EMPTY_TEXT;
  instructions_per_generated_token: u64 = 0;
  eos_token: Text = EMPTY_TEXT;
  filesha256: Text = EMPTY_TEXT;
  vocabulary: u64 = 0;
  last_run: RunCost | null = null;
  heap_bytes: u64 = 0;
}

export enum ModelInfoResultTag {
  Ok,
  Err,
}

@final
export class ModelInfoResult {
  tag: ModelInfoResultTag = ModelInfoResultTag.Ok;
  Ok: ModelInfo | null = null;
  Err: ApiError | null = null;

  static Ok(value: ModelInfo): ModelInfoResult {
    const made = new ModelInfoResult();
    made.tag = ModelInfoResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): ModelInfoResult {
    const made = new ModelInfoResult();
    made.tag = ModelInfoResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class FileEntry {
  filename: Text = EMPTY_TEXT;
  filetype: Text = EMPTY_TEXT;
}

export enum DirContentResultTag {
  Ok,
  Err,
}

@final
export class DirContentResult {
  tag: DirContentResultTag = DirContentResultTag.Ok;
  Ok: Array<FileEntry> = [];
  Err: ApiError | null = null;

  static Ok(value: Array<FileEntry>): DirContentResult {
    const made = new DirContentResult();
    made.tag = DirContentResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): DirContentResult {
    const made = new DirContentResult();
    made.tag = DirContentResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class RemovedWeights {
  bytes: u64 = 0;
}

export enum RemovedWeightsResultTag {
  Ok,
  Err,
}

@final
export class RemovedWeightsResult {
  tag: RemovedWeightsResultTag = RemovedWeightsResultTag.Ok;
  Ok: RemovedWeights | null = null;
  Err: ApiError | null = null;

  static Ok(value: RemovedWeights): RemovedWeightsResult {
    const made = new RemovedWeightsResult();
    made.tag = RemovedWeightsResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): RemovedWeightsResult {
    const made = new RemovedWeightsResult();
    made.tag = RemovedWeightsResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class SessionInfo {
  evaluated: u64 = 0;
  pending: bool = false;
  seed: u32 = 0;
  tokens: u64 = 0;
  prompt_tokens: u64 = 0;
}

export enum SessionInfoResultTag {
  Ok,
  Err,
}

@final
export class SessionInfoResult {
  tag: SessionInfoResultTag = SessionInfoResultTag.Ok;
  Ok: SessionInfo | null = null;
  Err: ApiError | null = null;

  static Ok(value: SessionInfo): SessionInfoResult {
    const made = new SessionInfoResult();
    made.tag = SessionInfoResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): SessionInfoResult {
    const made = new SessionInfoResult();
    made.tag = SessionInfoResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class CacheCleanupConfigRecord {
  ttl_seconds: u64 = 0;
  period_seconds: u64 = 0;
  max_files_per_run: u64 = 0;
  is_running: bool = false;
}

export enum CacheCleanupConfigResultTag {
  Ok,
  Err,
}

@final
export class CacheCleanupConfigResult {
  tag: CacheCleanupConfigResultTag = CacheCleanupConfigResultTag.Ok;
  Ok: CacheCleanupConfigRecord | null = null;
  Err: ApiError | null = null;

  static Ok(value: CacheCleanupConfigRecord): CacheCleanupConfigResult {
    const made = new CacheCleanupConfigResult();
    made.tag = CacheCleanupConfigResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): CacheCleanupConfigResult {
    const made = new CacheCleanupConfigResult();
    made.tag = CacheCleanupConfigResultTag.Err;
    made.Err = value;
    return made;
  }
}

export enum TokensResultTag {
  Ok,
  Err,
}

@final
export class TokensResult {
  tag: TokensResultTag = TokensResultTag.Ok;
  Ok: Array<u32> = [];
  Err: ApiError | null = null;

  static Ok(value: Array<u32>): TokensResult {
    const made = new TokensResult();
    made.tag = TokensResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): TokensResult {
    const made = new TokensResult();
    made.tag = TokensResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class UploadRange {
  size: u64 = 0;
  offset: u64 = 0;
}

export enum UploadPhaseTag {
  hashing,
  done,
  receiving,
  failed,
}

@final
export class UploadPhase {
  tag: UploadPhaseTag = UploadPhaseTag.hashing;
  failed: Text = EMPTY_TEXT;

  static hashing(): UploadPhase {
    const made = new UploadPhase();
    made.tag = UploadPhaseTag.hashing;
    return made;
  }

  static done(): UploadPhase {
    const made = new UploadPhase();
    made.tag = UploadPhaseTag.done;
    return made;
  }

  static receiving(): UploadPhase {
    const made = new UploadPhase();
    made.tag = UploadPhaseTag.receiving;
    return made;
  }

  static failed(value: Text): UploadPhase {
    const made = new UploadPhase();
    made.tag = UploadPhaseTag.failed;
    made.failed = value;
    return made;
  }
}

@final
export class UploadStatus {
  sha256: Text = EMPTY_TEXT;
  missing: Array<UploadRange> = [];
  filename: Text = EMPTY_TEXT;
  filesize: u64 = 0;
  upload: u64 = 0;
  chunksize: u64 = 0;
  hashed: u64 = 0;
  phase: UploadPhase = new UploadPhase();
  received: u64 = 0;
}

export enum UploadResultTag {
  Ok,
  Err,
}

@final
export class UploadResult {
  tag: UploadResultTag = UploadResultTag.Ok;
  Ok: UploadStatus | null = null;
  Err: ApiError | null = null;

  static Ok(value: UploadStatus): UploadResult {
    const made = new UploadResult();
    made.tag = UploadResultTag.Ok;
    made.Ok = value;
    return made;
  }

  static Err(value: ApiError): UploadResult {
    const made = new UploadResult();
    made.tag = UploadResultTag.Err;
    made.Err = value;
    return made;
  }
}

@final
export class LlmResponse {
  message: LlmAnswer = new LlmAnswer();
}

function decodeAdminRole(d: Decoder, wire: i32): AdminRole {
  const value = new AdminRole();
  const field = d.variant(wire);
  if (field != NOTHING) {
    const content = d.fieldType(field);
    switch (d.fieldId(field)) {
      case 2388093977:
        value.tag = AdminRoleTag.AdminQuery;
        d.nul(content);
        d.within('AdminQuery');
        break;
      case 3051197400:
        value.tag = AdminRoleTag.AdminUpdate;
        d.nul(content);
        d.within('AdminUpdate');
        break;
      default:
        d.refuse('the variant is none of AdminQuery, AdminUpdate');
    }
  }
  d.leave();
  return value;
}

function decodeAssignAdminRoleInput(d: Decoder, wire: i32): AssignAdminRoleInput {
  const value = new AssignAdminRoleInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 302796462:
          value.principal = d.text(content);
          seen |= 1;
          d.within('principal');
          break;
        case 1225398258:
          value.note = d.text(content);
          seen |= 2;
          d.within('note');
          break;
        case 1269754742:
          value.role = decodeAdminRole(d, content);
          seen |= 4;
          d.within('role');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field principal is missing');
      if ((seen & 2) == 0) d.refuse('the field note is missing');
      if ((seen & 4) == 0) d.refuse('the field role is missing');
    }
  }
  d.leave();
  return value;
}

function decodeCopyPromptCacheInput(d: Decoder, wire: i32): CopyPromptCacheInput {
  const value = new CopyPromptCacheInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 25979:
          value.to = d.text(content);
          seen |= 1;
          d.within('to');
          break;
        case 1136829802:
          value.from = d.text(content);
          seen |= 2;
          d.within('from');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field to is missing');
      if ((seen & 2) == 0) d.refuse('the field from is missing');
    }
  }
  d.leave();
  return value;
}

function decodeOptText(d: Decoder, wire: i32): Text | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = d.text(content);
  if (d.recover(mark, content)) return null;
  return value;
}

function decodeDecisionRange(d: Decoder, wire: i32): DecisionRange {
  const value = new DecisionRange();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 280906521:
          value.greatest = d.int32(content);
          seen |= 1;
          d.within('greatest');
          break;
        case 1918055017:
          value.least = d.int32(content);
          seen |= 2;
          d.within('least');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field greatest is missing');
      if ((seen & 2) == 0) d.refuse('the field least is missing');
    }
  }
  d.leave();
  return value;
}

function decodeVecText(d: Decoder, wire: i32): Array<Text> {
  const values = new Array<Text>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(d.text(element));
  return values;
}

function decodeDecisionKind(d: Decoder, wire: i32): DecisionKind {
  const value = new DecisionKind();
  const field = d.variant(wire);
  if (field != NOTHING) {
    const content = d.fieldType(field);
    switch (d.fieldId(field)) {
      case 2027516754:
        value.tag = DecisionKindTag.score;
        value.score = decodeDecisionRange(d, content);
        d.within('score');
        break;
      case 3232743265:
        value.tag = DecisionKindTag.choice;
        value.choice = decodeVecText(d, content);
        d.within('choice');
        break;
      case 3572711321:
        value.tag = DecisionKindTag.yes_no;
        d.nul(content);
        d.within('yes_no');
        break;
      default:
        d.refuse('the variant is none of score, choice, yes_no');
    }
  }
  d.leave();
  return value;
}

function decodeDecisionQuestion(d: Decoder, wire: i32): DecisionQuestion {
  const value = new DecisionQuestion();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1191829844:
          value.kind = decodeDecisionKind(d, content);
          seen |= 1;
          d.within('kind');
          break;
        case 1291439277:
          value.text = d.text(content);
          seen |= 2;
          d.within('text');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field kind is missing');
      if ((seen & 2) == 0) d.refuse('the field text is missing');
    }
  }
  d.leave();
  return value;
}

function decodeVecDecisionQuestion(d: Decoder, wire: i32): Array<DecisionQuestion> {
  const values = new Array<DecisionQuestion>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(decodeDecisionQuestion(d, element));
  return values;
}

function decodeToolCall(d: Decoder, wire: i32): ToolCall {
  const value = new ToolCall();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 23515:
          value.id = d.text(content);
          seen |= 1;
          d.within('id');
          break;
        case 1224700491:
          value.name = d.text(content);
          seen |= 2;
          d.within('name');
          break;
        case 4002889558:
          value.arguments = d.text(content);
          seen |= 4;
          d.within('arguments');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field id is missing');
      if ((seen & 2) == 0) d.refuse('the field name is missing');
      if ((seen & 4) == 0) d.refuse('the field arguments is missing');
    }
  }
  d.leave();
  return value;
}

function decodeVecToolCall(d: Decoder, wire: i32): Array<ToolCall> {
  const values = new Array<ToolCall>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(decodeToolCall(d, element));
  return values;
}

function decodeOptVecToolCall(d: Decoder, wire: i32): Array<ToolCall> | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = decodeVecToolCall(d, content);
  if (d.recover(mark, content)) return null;
  return value;
}

function decodeChatMessage(d: Decoder, wire: i32): ChatMessage {
  const value = new ChatMessage();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 427265337:
          value.content = d.text(content);
          seen |= 1;
          d.within('content');
          break;
        case 760948398:
          value.tool_calls = decodeOptVecToolCall(d, content);
          d.within('tool_calls');
          break;
        case 1224700491:
          value.name = decodeOptText(d, content);
          d.within('name');
          break;
        case 1269754742:
          value.role = d.text(content);
          seen |= 2;
          d.within('role');
          break;
        case 1871982494:
          value.reasoning = decodeOptText(d, content);
          d.within('reasoning');
          break;
        case 2540035317:
          value.tool_call_id = decodeOptText(d, content);
          d.within('tool_call_id');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field content is missing');
      if ((seen & 2) == 0) d.refuse('the field role is missing');
    }
  }
  d.leave();
  return value;
}

function decodeVecChatMessage(d: Decoder, wire: i32): Array<ChatMessage> {
  const values = new Array<ChatMessage>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(decodeChatMessage(d, element));
  return values;
}

function decodeGenerationPrompt(d: Decoder, wire: i32): GenerationPrompt {
  const value = new GenerationPrompt();
  const field = d.variant(wire);
  if (field != NOTHING) {
    const content = d.fieldType(field);
    switch (d.fieldId(field)) {
      case 889051340:
        value.tag = GenerationPromptTag.messages;
        value.messages = decodeVecChatMessage(d, content);
        d.within('messages');
        break;
      case 1291439277:
        value.tag = GenerationPromptTag.text;
        value.text = d.text(content);
        d.within('text');
        break;
      default:
        d.refuse('the variant is none of messages, text');
    }
  }
  d.leave();
  return value;
}

function decodeDecisionInput(d: Decoder, wire: i32): DecisionInput {
  const value = new DecisionInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 2027417553:
          value.template_arguments = decodeOptText(d, content);
          d.within('template_arguments');
          break;
        case 3017221773:
          value.questions = decodeVecDecisionQuestion(d, content);
          seen |= 1;
          d.within('questions');
          break;
        case 3042464164:
          value.prompt = decodeGenerationPrompt(d, content);
          seen |= 2;
          d.within('prompt');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field questions is missing');
      if ((seen & 2) == 0) d.refuse('the field prompt is missing');
    }
  }
  d.leave();
  return value;
}

function decodeGenerationIdInput(d: Decoder, wire: i32): GenerationIdInput {
  const value = new GenerationIdInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 23515:
          value.id = d.nat64(content);
          seen |= 1;
          d.within('id');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field id is missing');
    }
  }
  d.leave();
  return value;
}

function decodeVecNat32(d: Decoder, wire: i32): Array<u32> {
  const values = new Array<u32>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(d.nat32(element));
  return values;
}

function decodeDetokenizeInput(d: Decoder, wire: i32): DetokenizeInput {
  const value = new DetokenizeInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 2447841114:
          value.tokens = decodeVecNat32(d, content);
          seen |= 1;
          d.within('tokens');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field tokens is missing');
    }
  }
  d.leave();
  return value;
}

function decodeDocumentInput(d: Decoder, wire: i32): DocumentInput {
  const value = new DocumentInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1224700491:
          value.name = d.text(content);
          seen |= 1;
          d.within('name');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field name is missing');
    }
  }
  d.leave();
  return value;
}

function decodeOptNat64(d: Decoder, wire: i32): Some<u64> | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = d.nat64(content);
  if (d.recover(mark, content)) return null;
  return new Some<u64>(value);
}

function decodeDocumentPutInput(d: Decoder, wire: i32): DocumentPutInput {
  const value = new DocumentPutInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 404153791:
          value.replaces = decodeOptNat64(d, content);
          d.within('replaces');
          break;
        case 427265337:
          value.content = d.blob(content);
          seen |= 1;
          d.within('content');
          break;
        case 1224700491:
          value.name = d.text(content);
          seen |= 2;
          d.within('name');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field content is missing');
      if ((seen & 2) == 0) d.refuse('the field name is missing');
    }
  }
  d.leave();
  return value;
}

function decodeDownloadPromptCacheChunkInput(d: Decoder, wire: i32): DownloadPromptCacheChunkInput {
  const value = new DownloadPromptCacheChunkInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1614780307:
          value.offset = d.nat64(content);
          seen |= 1;
          d.within('offset');
          break;
        case 2810041886:
          value.promptcache = d.text(content);
          seen |= 2;
          d.within('promptcache');
          break;
        case 3030294958:
          value.chunksize = d.nat64(content);
          seen |= 4;
          d.within('chunksize');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field offset is missing');
      if ((seen & 2) == 0) d.refuse('the field promptcache is missing');
      if ((seen & 4) == 0) d.refuse('the field chunksize is missing');
    }
  }
  d.leave();
  return value;
}

function decodeFileDownloadChunkInput(d: Decoder, wire: i32): FileDownloadChunkInput {
  const value = new FileDownloadChunkInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1614780307:
          value.offset = d.nat64(content);
          seen |= 1;
          d.within('offset');
          break;
        case 2003447495:
          value.filename = d.text(content);
          seen |= 2;
          d.within('filename');
          break;
        case 3030294958:
          value.chunksize = d.nat64(content);
          seen |= 4;
          d.within('chunksize');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field offset is missing');
      if ((seen & 2) == 0) d.refuse('the field filename is missing');
      if ((seen & 4) == 0) d.refuse('the field chunksize is missing');
    }
  }
  d.leave();
  return value;
}

function decodeFileUploadChunkInput(d: Decoder, wire: i32): FileUploadChunkInput {
  const value = new FileUploadChunkInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1170392685:
          value.chunk = d.blob(content);
          seen |= 1;
          d.within('chunk');
          break;
        case 1614780307:
          value.offset = d.nat64(content);
          seen |= 2;
          d.within('offset');
          break;
        case 2003447495:
          value.filename = d.text(content);
          seen |= 4;
          d.within('filename');
          break;
        case 3030294958:
          value.chunksize = d.nat64(content);
          seen |= 8;
          d.within('chunksize');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field chunk is missing');
      if ((seen & 2) == 0) d.refuse('the field offset is missing');
      if ((seen & 4) == 0) d.refuse('the field filename is missing');
      if ((seen & 8) == 0) d.refuse('the field chunksize is missing');
    }
  }
  d.leave();
  return value;
}

function decodeFilesystemFileSizeInput(d: Decoder, wire: i32): FilesystemFileSizeInput {
  const value = new FilesystemFileSizeInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 2003447495:
          value.filename = d.text(content);
          seen |= 1;
          d.within('filename');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field filename is missing');
    }
  }
  d.leave();
  return value;
}

function decodeFilesystemRemoveInput(d: Decoder, wire: i32): FilesystemRemoveInput {
  const value = new FilesystemRemoveInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 2003447495:
          value.filename = d.text(content);
          seen |= 1;
          d.within('filename');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field filename is missing');
    }
  }
  d.leave();
  return value;
}

function decodeGenerationListInput(d: Decoder, wire: i32): GenerationListInput {
  const value = new GenerationListInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 2143137725:
          value.everybody = d.bool(content);
          seen |= 1;
          d.within('everybody');
          break;
        case 2586989695:
          value.before = decodeOptNat64(d, content);
          d.within('before');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field everybody is missing');
    }
  }
  d.leave();
  return value;
}

function decodeGenerationPollInput(d: Decoder, wire: i32): GenerationPollInput {
  const value = new GenerationPollInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 23515:
          value.id = d.nat64(content);
          seen |= 1;
          d.within('id');
          break;
        case 1136829802:
          value.from = d.nat64(content);
          seen |= 2;
          d.within('from');
          break;
        case 3180857451:
          value.bytes = decodeOptNat64(d, content);
          d.within('bytes');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field id is missing');
      if ((seen & 2) == 0) d.refuse('the field from is missing');
    }
  }
  d.leave();
  return value;
}

function decodeOptNat32(d: Decoder, wire: i32): Some<u32> | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = d.nat32(content);
  if (d.recover(mark, content)) return null;
  return new Some<u32>(value);
}

function decodeOptBool(d: Decoder, wire: i32): Some<bool> | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = d.bool(content);
  if (d.recover(mark, content)) return null;
  return new Some<bool>(value);
}

function decodeGenerationSeed(d: Decoder, wire: i32): GenerationSeed {
  const value = new GenerationSeed();
  const field = d.variant(wire);
  if (field != NOTHING) {
    const content = d.fieldType(field);
    switch (d.fieldId(field)) {
      case 2530944452:
        value.tag = GenerationSeedTag.beacon;
        d.nul(content);
        d.within('beacon');
        break;
      case 2709161673:
        value.tag = GenerationSeedTag.number;
        value.number = d.nat32(content);
        d.within('number');
        break;
      default:
        d.refuse('the variant is none of beacon, number');
    }
  }
  d.leave();
  return value;
}

function decodeOptGenerationSeed(d: Decoder, wire: i32): GenerationSeed | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = decodeGenerationSeed(d, content);
  if (d.recover(mark, content)) return null;
  return value;
}

function decodeOptVecText(d: Decoder, wire: i32): Array<Text> | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = decodeVecText(d, content);
  if (d.recover(mark, content)) return null;
  return value;
}

function decodeThinkingInput(d: Decoder, wire: i32): ThinkingInput {
  const value = new ThinkingInput();
  if (d.record(wire)) {
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1621818924:
          value.effort = decodeOptText(d, content);
          d.within('effort');
          break;
        case 2117141633:
          value.enabled = decodeOptBool(d, content);
          d.within('enabled');
          break;
        case 2637265621:
          value.max_tokens = decodeOptNat32(d, content);
          d.within('max_tokens');
          break;
        default:
          d.skip(content);
      }
    }
  }
  d.leave();
  return value;
}

function decodeOptThinkingInput(d: Decoder, wire: i32): ThinkingInput | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = decodeThinkingInput(d, content);
  if (d.recover(mark, content)) return null;
  return value;
}

function decodeResponseFormat(d: Decoder, wire: i32): ResponseFormat {
  const value = new ResponseFormat();
  const field = d.variant(wire);
  if (field != NOTHING) {
    const content = d.fieldType(field);
    switch (d.fieldId(field)) {
      case 1147123475:
        value.tag = ResponseFormatTag.gbnf;
        value.gbnf = d.text(content);
        d.within('gbnf');
        break;
      case 1181237800:
        value.tag = ResponseFormatTag.json;
        d.nul(content);
        d.within('json');
        break;
      case 1291439277:
        value.tag = ResponseFormatTag.text;
        d.nul(content);
        d.within('text');
        break;
      case 1998455960:
        value.tag = ResponseFormatTag.json_schema;
        value.json_schema = d.text(content);
        d.within('json_schema');
        break;
      default:
        d.refuse('the variant is none of gbnf, json, text, json_schema');
    }
  }
  d.leave();
  return value;
}

function decodeOptResponseFormat(d: Decoder, wire: i32): ResponseFormat | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = decodeResponseFormat(d, content);
  if (d.recover(mark, content)) return null;
  return value;
}

function decodeToolChoice(d: Decoder, wire: i32): ToolChoice {
  const value = new ToolChoice();
  const field = d.variant(wire);
  if (field != NOTHING) {
    const content = d.fieldType(field);
    switch (d.fieldId(field)) {
      case 340962072:
        value.tag = ToolChoiceTag.function_;
        value.function_ = d.text(content);
        d.within('function');
        break;
      case 1081532271:
        value.tag = ToolChoiceTag.auto;
        d.nul(content);
        d.within('auto');
        break;
      case 1225396920:
        value.tag = ToolChoiceTag.none;
        d.nul(content);
        d.within('none');
        break;
      case 2992804191:
        value.tag = ToolChoiceTag.required;
        d.nul(content);
        d.within('required');
        break;
      default:
        d.refuse('the variant is none of function, auto, none, required');
    }
  }
  d.leave();
  return value;
}

function decodeOptToolChoice(d: Decoder, wire: i32): ToolChoice | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = decodeToolChoice(d, content);
  if (d.recover(mark, content)) return null;
  return value;
}

function decodeGenerationInput(d: Decoder, wire: i32): GenerationInput {
  const value = new GenerationInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 338596379:
          value.tools = decodeOptText(d, content);
          d.within('tools');
          break;
        case 543729722:
          value.logprobs = decodeOptNat32(d, content);
          d.within('logprobs');
          break;
        case 877183078:
          value.parallel_tool_calls = decodeOptBool(d, content);
          d.within('parallel_tool_calls');
          break;
        case 1280345457:
          value.seed = decodeOptGenerationSeed(d, content);
          d.within('seed');
          break;
        case 1281093634:
          value.stop = decodeOptVecText(d, content);
          d.within('stop');
          break;
        case 1747617840:
          value.thinking = decodeOptThinkingInput(d, content);
          d.within('thinking');
          break;
        case 2027417553:
          value.template_arguments = decodeOptText(d, content);
          d.within('template_arguments');
          break;
        case 2138453109:
          value.response_format = decodeOptResponseFormat(d, content);
          d.within('response_format');
          break;
        case 2351829160:
          value.tool_choice = decodeOptToolChoice(d, content);
          d.within('tool_choice');
          break;
        case 2476218198:
          value.session = decodeOptText(d, content);
          d.within('session');
          break;
        case 2637265621:
          value.max_tokens = decodeOptNat32(d, content);
          d.within('max_tokens');
          break;
        case 3042464164:
          value.prompt = decodeGenerationPrompt(d, content);
          seen |= 1;
          d.within('prompt');
          break;
        case 3435505639:
          value.sampling = decodeOptVecText(d, content);
          d.within('sampling');
          break;
        case 3938544550:
          value.continue_final_message = decodeOptBool(d, content);
          d.within('continue_final_message');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field prompt is missing');
    }
  }
  d.leave();
  return value;
}

function decodeFilesystemTimestampInput(d: Decoder, wire: i32): FilesystemTimestampInput {
  const value = new FilesystemTimestampInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 2003447495:
          value.filename = d.text(content);
          seen |= 1;
          d.within('filename');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field filename is missing');
    }
  }
  d.leave();
  return value;
}

function decodeAllowanceGrantInput(d: Decoder, wire: i32): AllowanceGrantInput {
  const value = new AllowanceGrantInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 302796462:
          value.principal = d.text(content);
          seen |= 1;
          d.within('principal');
          break;
        case 2190693645:
          value.cycles = d.nat64(content);
          seen |= 2;
          d.within('cycles');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field principal is missing');
      if ((seen & 2) == 0) d.refuse('the field cycles is missing');
    }
  }
  d.leave();
  return value;
}

function decodeHttpHeader(d: Decoder, wire: i32): HttpHeader {
  const value = new HttpHeader();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 0:
          value._0_ = d.text(content);
          seen |= 1;
          d.within('_0_');
          break;
        case 1:
          value._1_ = d.text(content);
          seen |= 2;
          d.within('_1_');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field _0_ is missing');
      if ((seen & 2) == 0) d.refuse('the field _1_ is missing');
    }
  }
  d.leave();
  return value;
}

function decodeVecHttpHeader(d: Decoder, wire: i32): Array<HttpHeader> {
  const values = new Array<HttpHeader>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(decodeHttpHeader(d, element));
  return values;
}

function decodeOptNat16(d: Decoder, wire: i32): Some<u16> | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = d.nat16(content);
  if (d.recover(mark, content)) return null;
  return new Some<u16>(value);
}

function decodeHttpRequest(d: Decoder, wire: i32): HttpRequest {
  const value = new HttpRequest();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 5843823:
          value.url = d.text(content);
          seen |= 1;
          d.within('url');
          break;
        case 156956385:
          value.method = d.text(content);
          seen |= 2;
          d.within('method');
          break;
        case 1092319906:
          value.body = d.blob(content);
          seen |= 4;
          d.within('body');
          break;
        case 1661489734:
          value.headers = decodeVecHttpHeader(d, content);
          seen |= 8;
          d.within('headers');
          break;
        case 1661892784:
          value.certificate_version = decodeOptNat16(d, content);
          d.within('certificate_version');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field url is missing');
      if ((seen & 2) == 0) d.refuse('the field method is missing');
      if ((seen & 4) == 0) d.refuse('the field body is missing');
      if ((seen & 8) == 0) d.refuse('the field headers is missing');
    }
  }
  d.leave();
  return value;
}

function decodeInputRecord(d: Decoder, wire: i32): InputRecord {
  const value = new InputRecord();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1081380189:
          value.args = decodeVecText(d, content);
          seen |= 1;
          d.within('args');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field args is missing');
    }
  }
  d.leave();
  return value;
}

function decodePinnedPrefixInput(d: Decoder, wire: i32): PinnedPrefixInput {
  const value = new PinnedPrefixInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1224700491:
          value.name = d.text(content);
          seen |= 1;
          d.within('name');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field name is missing');
    }
  }
  d.leave();
  return value;
}

function decodeDirContentInput(d: Decoder, wire: i32): DirContentInput {
  const value = new DirContentInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 4996429:
          value.dir = d.text(content);
          seen |= 1;
          d.within('dir');
          break;
        case 1328272757:
          value.max_entries = d.nat64(content);
          seen |= 2;
          d.within('max_entries');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field dir is missing');
      if ((seen & 2) == 0) d.refuse('the field max_entries is missing');
    }
  }
  d.leave();
  return value;
}

function decodeModelFileInput(d: Decoder, wire: i32): ModelFileInput {
  const value = new ModelFileInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 2003447495:
          value.filename = d.text(content);
          seen |= 1;
          d.within('filename');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field filename is missing');
    }
  }
  d.leave();
  return value;
}

function decodePromptCacheDetailsInput(d: Decoder, wire: i32): PromptCacheDetailsInput {
  const value = new PromptCacheDetailsInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 2810041886:
          value.promptcache = d.text(content);
          seen |= 1;
          d.within('promptcache');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field promptcache is missing');
    }
  }
  d.leave();
  return value;
}

function decodeAccessInput(d: Decoder, wire: i32): AccessInput {
  const value = new AccessInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1919096196:
          value.level = d.nat16(content);
          seen |= 1;
          d.within('level');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field level is missing');
    }
  }
  d.leave();
  return value;
}

function decodeApplicationInput(d: Decoder, wire: i32): ApplicationInput {
  const value = new ApplicationInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 302796462:
          value.principal = d.text(content);
          seen |= 1;
          d.within('principal');
          break;
        case 1225398258:
          value.note = d.text(content);
          seen |= 2;
          d.within('note');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field principal is missing');
      if ((seen & 2) == 0) d.refuse('the field note is missing');
    }
  }
  d.leave();
  return value;
}

function decodeCacheCleanupConfigInput(d: Decoder, wire: i32): CacheCleanupConfigInput {
  const value = new CacheCleanupConfigInput();
  if (d.record(wire)) {
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 413484780:
          value.ttl_seconds = decodeOptNat64(d, content);
          d.within('ttl_seconds');
          break;
        case 773577217:
          value.period_seconds = decodeOptNat64(d, content);
          d.within('period_seconds');
          break;
        case 3207302278:
          value.max_files_per_run = decodeOptNat64(d, content);
          d.within('max_files_per_run');
          break;
        default:
          d.skip(content);
      }
    }
  }
  d.leave();
  return value;
}

function decodeFreeCallerInput(d: Decoder, wire: i32): FreeCallerInput {
  const value = new FreeCallerInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 302796462:
          value.principal = d.text(content);
          seen |= 1;
          d.within('principal');
          break;
        case 1136827564:
          value.free = d.bool(content);
          seen |= 2;
          d.within('free');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field principal is missing');
      if ((seen & 2) == 0) d.refuse('the field free is missing');
    }
  }
  d.leave();
  return value;
}

function decodeOptNat(d: Decoder, wire: i32): Nat | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = d.nat(content);
  if (d.recover(mark, content)) return null;
  return value;
}

function decodeGenerationLimitsInput(d: Decoder, wire: i32): GenerationLimitsInput {
  const value = new GenerationLimitsInput();
  if (d.record(wire)) {
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 252855139:
          value.least_cycles = decodeOptNat(d, content);
          d.within('least_cycles');
          break;
        case 465364167:
          value.message_seconds = decodeOptNat64(d, content);
          d.within('message_seconds');
          break;
        case 1236534218:
          value.open = decodeOptNat64(d, content);
          d.within('open');
          break;
        case 1844626654:
          value.retention_seconds = decodeOptNat64(d, content);
          d.within('retention_seconds');
          break;
        case 3055609646:
          value.ended_of_caller = decodeOptNat64(d, content);
          d.within('ended_of_caller');
          break;
        case 3141901642:
          value.page_charge_factor = decodeOptNat64(d, content);
          d.within('page_charge_factor');
          break;
        case 3180857451:
          value.bytes = decodeOptNat64(d, content);
          d.within('bytes');
          break;
        case 4282271230:
          value.open_of_caller = decodeOptNat64(d, content);
          d.within('open_of_caller');
          break;
        default:
          d.skip(content);
      }
    }
  }
  d.leave();
  return value;
}

function decodeInstructionBudget(d: Decoder, wire: i32): InstructionBudget {
  const value = new InstructionBudget();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1575652104:
          value.query = d.nat64(content);
          seen |= 1;
          d.within('query');
          break;
        case 2265286153:
          value.update = d.nat64(content);
          seen |= 2;
          d.within('update');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field query is missing');
      if ((seen & 2) == 0) d.refuse('the field update is missing');
    }
  }
  d.leave();
  return value;
}

function decodeLlmModel(d: Decoder, wire: i32): LlmModel {
  const value = new LlmModel();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1224700491:
          value.name = d.text(content);
          seen |= 1;
          d.within('name');
          break;
        case 2003447495:
          value.filename = d.text(content);
          seen |= 2;
          d.within('filename');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field name is missing');
      if ((seen & 2) == 0) d.refuse('the field filename is missing');
    }
  }
  d.leave();
  return value;
}

function decodeVecLlmModel(d: Decoder, wire: i32): Array<LlmModel> {
  const values = new Array<LlmModel>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(decodeLlmModel(d, element));
  return values;
}

function decodeOptVecLlmModel(d: Decoder, wire: i32): Array<LlmModel> | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = decodeVecLlmModel(d, content);
  if (d.recover(mark, content)) return null;
  return value;
}

function decodeLlmSettingsInput(d: Decoder, wire: i32): LlmSettingsInput {
  const value = new LlmSettingsInput();
  if (d.record(wire)) {
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 2637265621:
          value.max_tokens = decodeOptNat32(d, content);
          d.within('max_tokens');
          break;
        case 3234271402:
          value.models = decodeOptVecLlmModel(d, content);
          d.within('models');
          break;
        case 3435505639:
          value.sampling = decodeOptVecText(d, content);
          d.within('sampling');
          break;
        case 3885333438:
          value.any_name = decodeOptBool(d, content);
          d.within('any_name');
          break;
        default:
          d.skip(content);
      }
    }
  }
  d.leave();
  return value;
}

function decodeLogLevel(d: Decoder, wire: i32): LogLevel {
  const value = new LogLevel();
  const field = d.variant(wire);
  if (field != NOTHING) {
    const content = d.fieldType(field);
    switch (d.fieldId(field)) {
      case 1169897582:
        value.tag = LogLevelTag.info;
        d.nul(content);
        d.within('info');
        break;
      case 1324507718:
        value.tag = LogLevelTag.warn;
        d.nul(content);
        d.within('warn');
        break;
      case 1932118984:
        value.tag = LogLevelTag.error;
        d.nul(content);
        d.within('error');
        break;
      case 3609154131:
        value.tag = LogLevelTag.debug;
        d.nul(content);
        d.within('debug');
        break;
      default:
        d.refuse('the variant is none of info, warn, error, debug');
    }
  }
  d.leave();
  return value;
}

function decodeLogLevelRecord(d: Decoder, wire: i32): LogLevelRecord {
  const value = new LogLevelRecord();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1919096196:
          value.level = decodeLogLevel(d, content);
          seen |= 1;
          d.within('level');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field level is missing');
    }
  }
  d.leave();
  return value;
}

function decodeMaxTokensRecord(d: Decoder, wire: i32): MaxTokensRecord {
  const value = new MaxTokensRecord();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1169595102:
          value.max_tokens_query = d.nat64(content);
          seen |= 1;
          d.within('max_tokens_query');
          break;
        case 1908887923:
          value.max_tokens_update = d.nat64(content);
          seen |= 2;
          d.within('max_tokens_update');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field max_tokens_query is missing');
      if ((seen & 2) == 0) d.refuse('the field max_tokens_update is missing');
    }
  }
  d.leave();
  return value;
}

function decodeModelImagesInput(d: Decoder, wire: i32): ModelImagesInput {
  const value = new ModelImagesInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 2362410793:
          value.are_kept = d.bool(content);
          seen |= 1;
          d.within('are_kept');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field are_kept is missing');
    }
  }
  d.leave();
  return value;
}

function decodeWorkPrice(d: Decoder, wire: i32): WorkPrice {
  const value = new WorkPrice();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 2027596485:
          value.percent = d.nat32(content);
          seen |= 1;
          d.within('percent');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field percent is missing');
    }
  }
  d.leave();
  return value;
}

function decodeTokenPrices(d: Decoder, wire: i32): TokenPrices {
  const value = new TokenPrices();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 2490429327:
          value.generated = d.nat64(content);
          seen |= 1;
          d.within('generated');
          break;
        case 2968674274:
          value.cached = d.nat64(content);
          seen |= 2;
          d.within('cached');
          break;
        case 3042464164:
          value.prompt = d.nat64(content);
          seen |= 4;
          d.within('prompt');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field generated is missing');
      if ((seen & 2) == 0) d.refuse('the field cached is missing');
      if ((seen & 4) == 0) d.refuse('the field prompt is missing');
    }
  }
  d.leave();
  return value;
}

function decodePrices(d: Decoder, wire: i32): Prices {
  const value = new Prices();
  const field = d.variant(wire);
  if (field != NOTHING) {
    const content = d.fieldType(field);
    switch (d.fieldId(field)) {
      case 1136827564:
        value.tag = PricesTag.free;
        d.nul(content);
        d.within('free');
        break;
      case 1325203921:
        value.tag = PricesTag.work;
        value.work = decodeWorkPrice(d, content);
        d.within('work');
        break;
      case 2447841114:
        value.tag = PricesTag.tokens;
        value.tokens = decodeTokenPrices(d, content);
        d.within('tokens');
        break;
      default:
        d.refuse('the variant is none of free, work, tokens');
    }
  }
  d.leave();
  return value;
}

function decodeQuotas(d: Decoder, wire: i32): Quotas {
  const value = new Quotas();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 111082443:
          value.tokens_per_hour = d.nat64(content);
          seen |= 1;
          d.within('tokens_per_hour');
          break;
        case 2440844381:
          value.sessions = d.nat64(content);
          seen |= 2;
          d.within('sessions');
          break;
        case 3180857451:
          value.bytes = d.nat64(content);
          seen |= 4;
          d.within('bytes');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field tokens_per_hour is missing');
      if ((seen & 2) == 0) d.refuse('the field sessions is missing');
      if ((seen & 4) == 0) d.refuse('the field bytes is missing');
    }
  }
  d.leave();
  return value;
}

function decodeStorageLimitsInput(d: Decoder, wire: i32): StorageLimitsInput {
  const value = new StorageLimitsInput();
  if (d.record(wire)) {
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 233017352:
          value.chats_ttl_seconds = decodeOptNat64(d, content);
          d.within('chats_ttl_seconds');
          break;
        case 2039597876:
          value.callers_bytes = decodeOptNat64(d, content);
          d.within('callers_bytes');
          break;
        default:
          d.skip(content);
      }
    }
  }
  d.leave();
  return value;
}

function decodeWarmLimitsInput(d: Decoder, wire: i32): WarmLimitsInput {
  const value = new WarmLimitsInput();
  if (d.record(wire)) {
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 3121261953:
          value.bytes_per_caller = decodeOptNat64(d, content);
          d.within('bytes_per_caller');
          break;
        case 3180857451:
          value.bytes = decodeOptNat64(d, content);
          d.within('bytes');
          break;
        default:
          d.skip(content);
      }
    }
  }
  d.leave();
  return value;
}

function decodeTokenizeInput(d: Decoder, wire: i32): TokenizeInput {
  const value = new TokenizeInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1291439277:
          value.text = d.text(content);
          seen |= 1;
          d.within('text');
          break;
        case 1891127003:
          value.add_special = decodeOptBool(d, content);
          d.within('add_special');
          break;
        case 2223722221:
          value.parse_special = decodeOptBool(d, content);
          d.within('parse_special');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field text is missing');
    }
  }
  d.leave();
  return value;
}

function decodeAllowanceTopUpInput(d: Decoder, wire: i32): AllowanceTopUpInput {
  const value = new AllowanceTopUpInput();
  if (d.record(wire)) {
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 302796462:
          value.principal = decodeOptText(d, content);
          d.within('principal');
          break;
        default:
          d.skip(content);
      }
    }
  }
  d.leave();
  return value;
}

function decodeUploadBeginInput(d: Decoder, wire: i32): UploadBeginInput {
  const value = new UploadBeginInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 486188135:
          value.sha256 = d.text(content);
          seen |= 1;
          d.within('sha256');
          break;
        case 2003447495:
          value.filename = d.text(content);
          seen |= 2;
          d.within('filename');
          break;
        case 2059296061:
          value.filesize = d.nat64(content);
          seen |= 4;
          d.within('filesize');
          break;
        case 3030294958:
          value.chunksize = d.nat64(content);
          seen |= 8;
          d.within('chunksize');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field sha256 is missing');
      if ((seen & 2) == 0) d.refuse('the field filename is missing');
      if ((seen & 4) == 0) d.refuse('the field filesize is missing');
      if ((seen & 8) == 0) d.refuse('the field chunksize is missing');
    }
  }
  d.leave();
  return value;
}

function decodeUploadInput(d: Decoder, wire: i32): UploadInput {
  const value = new UploadInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 2354694657:
          value.upload = d.nat64(content);
          seen |= 1;
          d.within('upload');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field upload is missing');
    }
  }
  d.leave();
  return value;
}

function decodeUploadChunkInput(d: Decoder, wire: i32): UploadChunkInput {
  const value = new UploadChunkInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1170392685:
          value.chunk = d.blob(content);
          seen |= 1;
          d.within('chunk');
          break;
        case 1614780307:
          value.offset = d.nat64(content);
          seen |= 2;
          d.within('offset');
          break;
        case 2354694657:
          value.upload = d.nat64(content);
          seen |= 4;
          d.within('upload');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field chunk is missing');
      if ((seen & 2) == 0) d.refuse('the field offset is missing');
      if ((seen & 4) == 0) d.refuse('the field upload is missing');
    }
  }
  d.leave();
  return value;
}

function decodeUploadPromptCacheChunkInput(d: Decoder, wire: i32): UploadPromptCacheChunkInput {
  const value = new UploadPromptCacheChunkInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1170392685:
          value.chunk = d.blob(content);
          seen |= 1;
          d.within('chunk');
          break;
        case 1614780307:
          value.offset = d.nat64(content);
          seen |= 2;
          d.within('offset');
          break;
        case 2810041886:
          value.promptcache = d.text(content);
          seen |= 4;
          d.within('promptcache');
          break;
        case 3030294958:
          value.chunksize = d.nat64(content);
          seen |= 8;
          d.within('chunksize');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field chunk is missing');
      if ((seen & 2) == 0) d.refuse('the field offset is missing');
      if ((seen & 4) == 0) d.refuse('the field promptcache is missing');
      if ((seen & 8) == 0) d.refuse('the field chunksize is missing');
    }
  }
  d.leave();
  return value;
}

function decodeFileDetailsInput(d: Decoder, wire: i32): FileDetailsInput {
  const value = new FileDetailsInput();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 2003447495:
          value.filename = d.text(content);
          seen |= 1;
          d.within('filename');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field filename is missing');
    }
  }
  d.leave();
  return value;
}

function decodeLlmRole(d: Decoder, wire: i32): LlmRole {
  const value = new LlmRole();
  const field = d.variant(wire);
  if (field != NOTHING) {
    const content = d.fieldType(field);
    switch (d.fieldId(field)) {
      case 1303220811:
        value.tag = LlmRoleTag.user;
        d.nul(content);
        d.within('user');
        break;
      case 3435837918:
        value.tag = LlmRoleTag.assistant;
        d.nul(content);
        d.within('assistant');
        break;
      case 4074936047:
        value.tag = LlmRoleTag.system;
        d.nul(content);
        d.within('system');
        break;
      default:
        d.refuse('the variant is none of user, assistant, system');
    }
  }
  d.leave();
  return value;
}

function decodeLlmMessageV0(d: Decoder, wire: i32): LlmMessageV0 {
  const value = new LlmMessageV0();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 427265337:
          value.content = d.text(content);
          seen |= 1;
          d.within('content');
          break;
        case 1269754742:
          value.role = decodeLlmRole(d, content);
          seen |= 2;
          d.within('role');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field content is missing');
      if ((seen & 2) == 0) d.refuse('the field role is missing');
    }
  }
  d.leave();
  return value;
}

function decodeVecLlmMessageV0(d: Decoder, wire: i32): Array<LlmMessageV0> {
  const values = new Array<LlmMessageV0>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(decodeLlmMessageV0(d, element));
  return values;
}

function decodeLlmRequestV0(d: Decoder, wire: i32): LlmRequestV0 {
  const value = new LlmRequestV0();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 207102889:
          value.model = d.text(content);
          seen |= 1;
          d.within('model');
          break;
        case 889051340:
          value.messages = decodeVecLlmMessageV0(d, content);
          seen |= 2;
          d.within('messages');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field model is missing');
      if ((seen & 2) == 0) d.refuse('the field messages is missing');
    }
  }
  d.leave();
  return value;
}

function decodeLlmProperty(d: Decoder, wire: i32): LlmProperty {
  const value = new LlmProperty();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1125542657:
          value.enum_ = decodeOptVecText(d, content);
          d.within('enum');
          break;
        case 1224700491:
          value.name = d.text(content);
          seen |= 1;
          d.within('name');
          break;
        case 1292432058:
          value.type = d.text(content);
          seen |= 2;
          d.within('type');
          break;
        case 1595738364:
          value.description = decodeOptText(d, content);
          d.within('description');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field name is missing');
      if ((seen & 2) == 0) d.refuse('the field type is missing');
    }
  }
  d.leave();
  return value;
}

function decodeVecLlmProperty(d: Decoder, wire: i32): Array<LlmProperty> {
  const values = new Array<LlmProperty>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(decodeLlmProperty(d, element));
  return values;
}

function decodeOptVecLlmProperty(d: Decoder, wire: i32): Array<LlmProperty> | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = decodeVecLlmProperty(d, content);
  if (d.recover(mark, content)) return null;
  return value;
}

function decodeLlmParameters(d: Decoder, wire: i32): LlmParameters {
  const value = new LlmParameters();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1292432058:
          value.type = d.text(content);
          seen |= 1;
          d.within('type');
          break;
        case 1628371955:
          value.properties = decodeOptVecLlmProperty(d, content);
          d.within('properties');
          break;
        case 2992804191:
          value.required = decodeOptVecText(d, content);
          d.within('required');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field type is missing');
    }
  }
  d.leave();
  return value;
}

function decodeOptLlmParameters(d: Decoder, wire: i32): LlmParameters | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = decodeLlmParameters(d, content);
  if (d.recover(mark, content)) return null;
  return value;
}

function decodeLlmToolFunction(d: Decoder, wire: i32): LlmToolFunction {
  const value = new LlmToolFunction();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1224700491:
          value.name = d.text(content);
          seen |= 1;
          d.within('name');
          break;
        case 1367260842:
          value.parameters = decodeOptLlmParameters(d, content);
          d.within('parameters');
          break;
        case 1595738364:
          value.description = decodeOptText(d, content);
          d.within('description');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field name is missing');
    }
  }
  d.leave();
  return value;
}

function decodeLlmTool(d: Decoder, wire: i32): LlmTool {
  const value = new LlmTool();
  const field = d.variant(wire);
  if (field != NOTHING) {
    const content = d.fieldType(field);
    switch (d.fieldId(field)) {
      case 340962072:
        value.tag = LlmToolTag.function_;
        value.function_ = decodeLlmToolFunction(d, content);
        d.within('function');
        break;
      default:
        d.refuse('the variant is none of function');
    }
  }
  d.leave();
  return value;
}

function decodeVecLlmTool(d: Decoder, wire: i32): Array<LlmTool> {
  const values = new Array<LlmTool>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(decodeLlmTool(d, element));
  return values;
}

function decodeOptVecLlmTool(d: Decoder, wire: i32): Array<LlmTool> | null {
  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = decodeVecLlmTool(d, content);
  if (d.recover(mark, content)) return null;
  return value;
}

function decodeLlmMessageTool(d: Decoder, wire: i32): LlmMessageTool {
  const value = new LlmMessageTool();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 427265337:
          value.content = d.text(content);
          seen |= 1;
          d.within('content');
          break;
        case 2540035317:
          value.tool_call_id = d.text(content);
          seen |= 2;
          d.within('tool_call_id');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field content is missing');
      if ((seen & 2) == 0) d.refuse('the field tool_call_id is missing');
    }
  }
  d.leave();
  return value;
}

function decodeLlmMessageUser(d: Decoder, wire: i32): LlmMessageUser {
  const value = new LlmMessageUser();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 427265337:
          value.content = d.text(content);
          seen |= 1;
          d.within('content');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field content is missing');
    }
  }
  d.leave();
  return value;
}

function decodeLlmArgument(d: Decoder, wire: i32): LlmArgument {
  const value = new LlmArgument();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 834174833:
          value.value = d.text(content);
          seen |= 1;
          d.within('value');
          break;
        case 1224700491:
          value.name = d.text(content);
          seen |= 2;
          d.within('name');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field value is missing');
      if ((seen & 2) == 0) d.refuse('the field name is missing');
    }
  }
  d.leave();
  return value;
}

function decodeVecLlmArgument(d: Decoder, wire: i32): Array<LlmArgument> {
  const values = new Array<LlmArgument>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(decodeLlmArgument(d, element));
  return values;
}

function decodeLlmToolCallFunction(d: Decoder, wire: i32): LlmToolCallFunction {
  const value = new LlmToolCallFunction();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 1224700491:
          value.name = d.text(content);
          seen |= 1;
          d.within('name');
          break;
        case 4002889558:
          value.arguments = decodeVecLlmArgument(d, content);
          seen |= 2;
          d.within('arguments');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field name is missing');
      if ((seen & 2) == 0) d.refuse('the field arguments is missing');
    }
  }
  d.leave();
  return value;
}

function decodeLlmToolCall(d: Decoder, wire: i32): LlmToolCall {
  const value = new LlmToolCall();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 23515:
          value.id = d.text(content);
          seen |= 1;
          d.within('id');
          break;
        case 340962072:
          value.function_ = decodeLlmToolCallFunction(d, content);
          seen |= 2;
          d.within('function');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field id is missing');
      if ((seen & 2) == 0) d.refuse('the field function is missing');
    }
  }
  d.leave();
  return value;
}

function decodeVecLlmToolCall(d: Decoder, wire: i32): Array<LlmToolCall> {
  const values = new Array<LlmToolCall>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(decodeLlmToolCall(d, element));
  return values;
}

function decodeLlmAnswer(d: Decoder, wire: i32): LlmAnswer {
  const value = new LlmAnswer();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 427265337:
          value.content = decodeOptText(d, content);
          d.within('content');
          break;
        case 760948398:
          value.tool_calls = decodeVecLlmToolCall(d, content);
          seen |= 1;
          d.within('tool_calls');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field tool_calls is missing');
    }
  }
  d.leave();
  return value;
}

function decodeLlmMessageSystem(d: Decoder, wire: i32): LlmMessageSystem {
  const value = new LlmMessageSystem();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 427265337:
          value.content = d.text(content);
          seen |= 1;
          d.within('content');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field content is missing');
    }
  }
  d.leave();
  return value;
}

function decodeLlmMessage(d: Decoder, wire: i32): LlmMessage {
  const value = new LlmMessage();
  const field = d.variant(wire);
  if (field != NOTHING) {
    const content = d.fieldType(field);
    switch (d.fieldId(field)) {
      case 1291934552:
        value.tag = LlmMessageTag.tool;
        value.tool = decodeLlmMessageTool(d, content);
        d.within('tool');
        break;
      case 1303220811:
        value.tag = LlmMessageTag.user;
        value.user = decodeLlmMessageUser(d, content);
        d.within('user');
        break;
      case 3435837918:
        value.tag = LlmMessageTag.assistant;
        value.assistant = decodeLlmAnswer(d, content);
        d.within('assistant');
        break;
      case 4074936047:
        value.tag = LlmMessageTag.system;
        value.system = decodeLlmMessageSystem(d, content);
        d.within('system');
        break;
      default:
        d.refuse('the variant is none of tool, user, assistant, system');
    }
  }
  d.leave();
  return value;
}

function decodeVecLlmMessage(d: Decoder, wire: i32): Array<LlmMessage> {
  const values = new Array<LlmMessage>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(decodeLlmMessage(d, element));
  return values;
}

function decodeLlmRequest(d: Decoder, wire: i32): LlmRequest {
  const value = new LlmRequest();
  if (d.record(wire)) {
    let seen: u64 = 0;
    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
        case 207102889:
          value.model = d.text(content);
          seen |= 1;
          d.within('model');
          break;
        case 338596379:
          value.tools = decodeOptVecLlmTool(d, content);
          d.within('tools');
          break;
        case 889051340:
          value.messages = decodeVecLlmMessage(d, content);
          seen |= 2;
          d.within('messages');
          break;
        default:
          d.skip(content);
      }
    }
    if (!d.failed) {
      if ((seen & 1) == 0) d.refuse('the field model is missing');
      if ((seen & 2) == 0) d.refuse('the field messages is missing');
    }
  }
  d.leave();
  return value;
}

function encodeAdminRole(e: Encoder, value: AdminRole): void {
  e.leb(value.tag);
}

function encodeAdminRoleAssignment(e: Encoder, value: AdminRoleAssignment): void {
  e.text(value.principal);
  e.nat64(value.assignedAt);
  e.text(value.assignedBy);
  e.text(value.note);
  encodeAdminRole(e, value.role);
}

function encodeApiError(e: Encoder, value: ApiError): void {
  e.leb(value.tag);
  switch (value.tag) {
    case ApiErrorTag.StatusCode:
      e.nat16(value.StatusCode);
      break;
    case ApiErrorTag.Other:
      e.text(value.Other);
      break;
    default:
  }
}

function encodeAdminRoleAssignmentResult(e: Encoder, value: AdminRoleAssignmentResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case AdminRoleAssignmentResultTag.Ok:
      encodeAdminRoleAssignment(e, value.Ok!);
      break;
    case AdminRoleAssignmentResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeCacheCleanupStatsRecord(e: Encoder, value: CacheCleanupStatsRecord): void {
  e.nat64(value.files_deleted);
  e.nat64(value.ttl_seconds);
  e.nat64(value.period_seconds);
  e.nat64(value.files_examined);
  e.nat64(value.runs);
  e.nat64(value.files_failed);
  e.nat64(value.last_run_ns);
  e.nat64(value.max_files_per_run);
  e.bool(value.is_running);
}

function encodeCacheCleanupStatsResult(e: Encoder, value: CacheCleanupStatsResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case CacheCleanupStatsResultTag.Ok:
      encodeCacheCleanupStatsRecord(e, value.Ok!);
      break;
    case CacheCleanupStatsResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeCacheCleanupActionRecord(e: Encoder, value: CacheCleanupActionRecord): void {
  e.bool(value.ok);
  e.bool(value.is_running);
}

function encodeCacheCleanupResult(e: Encoder, value: CacheCleanupResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case CacheCleanupResultTag.Ok:
      encodeCacheCleanupActionRecord(e, value.Ok!);
      break;
    case CacheCleanupResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeStatusCodeRecord(e: Encoder, value: StatusCodeRecord): void {
  e.nat16(value.status_code);
}

function encodeStatusCodeRecordResult(e: Encoder, value: StatusCodeRecordResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case StatusCodeRecordResultTag.Ok:
      encodeStatusCodeRecord(e, value.Ok!);
      break;
    case StatusCodeRecordResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeOptNat64(e: Encoder, value: Some<u64> | null): void {
  e.bool(value !== null);
  if (value !== null) e.nat64(value.value);
}

function encodeOptNat32(e: Encoder, value: Some<u32> | null): void {
  e.bool(value !== null);
  if (value !== null) e.nat32(value.value);
}

function encodeStopReason(e: Encoder, value: StopReason): void {
  e.leb(value.tag);
  switch (value.tag) {
    case StopReasonTag.stop:
      e.text(value.stop);
      break;
    default:
  }
}

function encodeGenerationState(e: Encoder, value: GenerationState): void {
  e.leb(value.tag);
  switch (value.tag) {
    case GenerationStateTag.done:
      encodeStopReason(e, value.done!);
      break;
    case GenerationStateTag.failed:
      e.text(value.failed);
      break;
    case GenerationStateTag.paused:
      e.text(value.paused);
      break;
    default:
  }
}

function encodeOptText(e: Encoder, value: Text | null): void {
  e.bool(value !== null);
  if (value !== null) e.text(value);
}

function encodeGenerationStatus(e: Encoder, value: GenerationStatus): void {
  e.nat64(value.id);
  e.text(value.principal);
  encodeOptNat64(e, value.expires);
  e.nat64(value.started);
  e.nat64(value.messages_left);
  e.nat64(value.held);
  encodeOptNat32(e, value.seed);
  e.nat32(value.cached_tokens);
  e.nat64(value.instructions);
  encodeOptNat64(e, value.ended);
  e.nat64(value.cycles);
  encodeGenerationState(e, value.state);
  encodeOptText(e, value.session);
  e.nat64(value.events);
  e.nat64(value.instructions_left);
  e.nat32(value.prompt_tokens);
  e.nat32(value.place);
  e.nat64(value.price);
  e.nat32(value.thinking_tokens);
  e.nat32(value.generated_tokens);
}

function encodeOptFloat64(e: Encoder, value: Some<f64> | null): void {
  e.bool(value !== null);
  if (value !== null) e.float64(value.value);
}

function encodeDecisionOption(e: Encoder, value: DecisionOption): void {
  e.float64(value.probability);
  e.text(value.label);
  e.float64(value.log_probability);
}

function encodeVecDecisionOption(e: Encoder, value: Array<DecisionOption>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) encodeDecisionOption(e, value[i]);
}

function encodeDecisionAnswer(e: Encoder, value: DecisionAnswer): void {
  e.float64(value.log_coverage);
  encodeOptFloat64(e, value.expected);
  encodeVecDecisionOption(e, value.options);
}

function encodeVecDecisionAnswer(e: Encoder, value: Array<DecisionAnswer>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) encodeDecisionAnswer(e, value[i]);
}

function encodeDecision(e: Encoder, value: Decision): void {
  encodeGenerationStatus(e, value.status);
  encodeVecDecisionAnswer(e, value.answers);
}

function encodeDecisionResult(e: Encoder, value: DecisionResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case DecisionResultTag.Ok:
      encodeDecision(e, value.Ok!);
      break;
    case DecisionResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeGenerationQuote(e: Encoder, value: GenerationQuote): void {
  e.nat64(value.cycles);
  e.nat64(value.prompt_tokens);
  e.nat64(value.allowance);
  e.nat64(value.price);
  e.nat64(value.generated_tokens);
}

function encodeGenerationQuoteResult(e: Encoder, value: GenerationQuoteResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case GenerationQuoteResultTag.Ok:
      encodeGenerationQuote(e, value.Ok!);
      break;
    case GenerationQuoteResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeTextResult(e: Encoder, value: TextResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case TextResultTag.Ok:
      e.text(value.Ok);
      break;
    case TextResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeDocumentContent(e: Encoder, value: DocumentContent): void {
  e.blob(value.content);
  e.nat64(value.version);
}

function encodeDocumentContentResult(e: Encoder, value: DocumentContentResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case DocumentContentResultTag.Ok:
      encodeDocumentContent(e, value.Ok!);
      break;
    case DocumentContentResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeDocumentDetails(e: Encoder, value: DocumentDetails): void {
  e.nat64(value.modified);
  e.text(value.name);
  e.nat64(value.size);
  e.nat64(value.version);
}

function encodeVecDocumentDetails(e: Encoder, value: Array<DocumentDetails>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) encodeDocumentDetails(e, value[i]);
}

function encodeDocumentListResult(e: Encoder, value: DocumentListResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case DocumentListResultTag.Ok:
      encodeVecDocumentDetails(e, value.Ok);
      break;
    case DocumentListResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeDocumentDetailsResult(e: Encoder, value: DocumentDetailsResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case DocumentDetailsResultTag.Ok:
      encodeDocumentDetails(e, value.Ok!);
      break;
    case DocumentDetailsResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeFileChunk(e: Encoder, value: FileChunk): void {
  e.bool(value.done);
  e.blob(value.chunk);
  e.nat64(value.offset);
  e.nat64(value.filesize);
  e.nat64(value.chunksize);
}

function encodeFileChunkResult(e: Encoder, value: FileChunkResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case FileChunkResultTag.Ok:
      encodeFileChunk(e, value.Ok!);
      break;
    case FileChunkResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeFileDetails(e: Encoder, value: FileDetails): void {
  e.text(value.filename);
  e.nat64(value.filesize);
  e.text(value.filesha256);
}

function encodeFileDetailsResult(e: Encoder, value: FileDetailsResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case FileDetailsResultTag.Ok:
      encodeFileDetails(e, value.Ok!);
      break;
    case FileDetailsResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeFilesystemFileSizeRecord(e: Encoder, value: FilesystemFileSizeRecord): void {
  e.text(value.msg);
  e.text(value.filename);
  e.nat64(value.filesize);
  e.bool(value.exists);
}

function encodeFilesystemFileSizeResult(e: Encoder, value: FilesystemFileSizeResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case FilesystemFileSizeResultTag.Ok:
      encodeFilesystemFileSizeRecord(e, value.Ok!);
      break;
    case FilesystemFileSizeResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeFilesystemRemoveRecord(e: Encoder, value: FilesystemRemoveRecord): void {
  e.text(value.msg);
  e.text(value.filename);
  e.bool(value.exists);
  e.bool(value.removed);
}

function encodeFilesystemRemoveResult(e: Encoder, value: FilesystemRemoveResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case FilesystemRemoveResultTag.Ok:
      encodeFilesystemRemoveRecord(e, value.Ok!);
      break;
    case FilesystemRemoveResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeGenerationStatusResult(e: Encoder, value: GenerationStatusResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case GenerationStatusResultTag.Ok:
      encodeGenerationStatus(e, value.Ok!);
      break;
    case GenerationStatusResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeVecGenerationStatus(e: Encoder, value: Array<GenerationStatus>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) encodeGenerationStatus(e, value[i]);
}

function encodeGenerationListResult(e: Encoder, value: GenerationListResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case GenerationListResultTag.Ok:
      encodeVecGenerationStatus(e, value.Ok);
      break;
    case GenerationListResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeTokenAlternative(e: Encoder, value: TokenAlternative): void {
  e.float32(value.logprob);
  e.blob(value.bytes);
}

function encodeVecTokenAlternative(e: Encoder, value: Array<TokenAlternative>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) encodeTokenAlternative(e, value[i]);
}

function encodeGenerationToken(e: Encoder, value: GenerationToken): void {
  e.float32(value.logprob);
  e.blob(value.bytes);
  encodeVecTokenAlternative(e, value.alternatives);
}

function encodeGenerationToolCall(e: Encoder, value: GenerationToolCall): void {
  e.text(value.id);
  e.nat32(value.call);
  e.text(value.name);
}

function encodeGenerationToolArguments(e: Encoder, value: GenerationToolArguments): void {
  e.nat32(value.call);
  e.text(value.text);
}

function encodeEventContent(e: Encoder, value: EventContent): void {
  e.leb(value.tag);
  switch (value.tag) {
    case EventContentTag.token:
      encodeGenerationToken(e, value.token!);
      break;
    case EventContentTag.text:
      e.text(value.text);
      break;
    case EventContentTag.thinking:
      e.text(value.thinking);
      break;
    case EventContentTag.tool_call:
      encodeGenerationToolCall(e, value.tool_call!);
      break;
    case EventContentTag.tool_arguments:
      encodeGenerationToolArguments(e, value.tool_arguments!);
      break;
    case EventContentTag.tool_call_end:
      e.nat32(value.tool_call_end);
      break;
    default:
  }
}

function encodeGenerationEvent(e: Encoder, value: GenerationEvent): void {
  encodeEventContent(e, value.content);
  e.nat64(value.number);
}

function encodeVecGenerationEvent(e: Encoder, value: Array<GenerationEvent>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) encodeGenerationEvent(e, value[i]);
}

function encodeGenerationPoll(e: Encoder, value: GenerationPoll): void {
  encodeGenerationStatus(e, value.status);
  e.nat64(value.next);
  encodeVecGenerationEvent(e, value.events);
}

function encodeGenerationPollResult(e: Encoder, value: GenerationPollResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case GenerationPollResultTag.Ok:
      encodeGenerationPoll(e, value.Ok!);
      break;
    case GenerationPollResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeVecAdminRoleAssignment(e: Encoder, value: Array<AdminRoleAssignment>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) encodeAdminRoleAssignment(e, value[i]);
}

function encodeAdminRoleAssignmentsResult(e: Encoder, value: AdminRoleAssignmentsResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case AdminRoleAssignmentsResultTag.Ok:
      encodeVecAdminRoleAssignment(e, value.Ok);
      break;
    case AdminRoleAssignmentsResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeAccessRecord(e: Encoder, value: AccessRecord): void {
  e.text(value.explanation);
  e.nat16(value.level);
}

function encodeAccessRecordResult(e: Encoder, value: AccessRecordResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case AccessRecordResultTag.Ok:
      encodeAccessRecord(e, value.Ok!);
      break;
    case AccessRecordResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeAllowanceResult(e: Encoder, value: AllowanceResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case AllowanceResultTag.Ok:
      e.nat64(value.Ok);
      break;
    case AllowanceResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeApplication(e: Encoder, value: Application): void {
  e.text(value.principal);
  e.text(value.note);
  e.nat64(value.since);
}

function encodeVecApplication(e: Encoder, value: Array<Application>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) encodeApplication(e, value[i]);
}

function encodeApplicationsResult(e: Encoder, value: ApplicationsResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case ApplicationsResultTag.Ok:
      encodeVecApplication(e, value.Ok);
      break;
    case ApplicationsResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeChat(e: Encoder, value: Chat): void {
  e.text(value.chat);
  e.text(value.timestamp);
}

function encodeVecChat(e: Encoder, value: Array<Chat>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) encodeChat(e, value[i]);
}

function encodeChatsRecord(e: Encoder, value: ChatsRecord): void {
  encodeVecChat(e, value.chats);
}

function encodeChatsRecordResult(e: Encoder, value: ChatsRecordResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case ChatsRecordResultTag.Ok:
      encodeChatsRecord(e, value.Ok!);
      break;
    case ChatsRecordResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeFilesystemTimestampRecord(e: Encoder, value: FilesystemTimestampRecord): void {
  e.text(value.msg);
  e.nat64(value.timestamp_ns);
  e.text(value.filename);
  e.bool(value.exists);
  e.nat64(value.age_seconds);
}

function encodeFilesystemTimestampResult(e: Encoder, value: FilesystemTimestampResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case FilesystemTimestampResultTag.Ok:
      encodeFilesystemTimestampRecord(e, value.Ok!);
      break;
    case FilesystemTimestampResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeCycleBalanceRecord(e: Encoder, value: CycleBalanceRecord): void {
  e.nat64(value.updated_at_ns);
  e.nat(value.cycle_balance);
}

function encodeCycleBalanceResult(e: Encoder, value: CycleBalanceResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case CycleBalanceResultTag.Ok:
      encodeCycleBalanceRecord(e, value.Ok!);
      break;
    case CycleBalanceResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeVecText(e: Encoder, value: Array<Text>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) e.text(value[i]);
}

function encodeFreeCallersResult(e: Encoder, value: FreeCallersResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case FreeCallersResultTag.Ok:
      encodeVecText(e, value.Ok);
      break;
    case FreeCallersResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeGenerationLimits(e: Encoder, value: GenerationLimits): void {
  e.nat(value.least_cycles);
  e.nat64(value.message_seconds);
  e.nat64(value.message_instructions);
  e.nat64(value.open);
  e.nat64(value.retention_seconds);
  e.nat64(value.ended_of_caller);
  e.nat64(value.page_charge_factor);
  e.nat64(value.bytes);
  e.nat64(value.open_of_caller);
}

function encodeInstructionBudget(e: Encoder, value: InstructionBudget): void {
  e.nat64(value.query);
  e.nat64(value.update);
}

function encodeLlmModel(e: Encoder, value: LlmModel): void {
  e.text(value.name);
  e.text(value.filename);
}

function encodeVecLlmModel(e: Encoder, value: Array<LlmModel>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) encodeLlmModel(e, value[i]);
}

function encodeLlmSettings(e: Encoder, value: LlmSettings): void {
  e.nat32(value.max_tokens);
  encodeVecLlmModel(e, value.models);
  encodeVecText(e, value.sampling);
  e.bool(value.any_name);
}

function encodeLogLevel(e: Encoder, value: LogLevel): void {
  e.leb(value.tag);
}

function encodeLogLevelRecord(e: Encoder, value: LogLevelRecord): void {
  encodeLogLevel(e, value.level);
}

function encodeLogLevelResult(e: Encoder, value: LogLevelResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case LogLevelResultTag.Ok:
      encodeLogLevelRecord(e, value.Ok!);
      break;
    case LogLevelResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeMaxTokensRecord(e: Encoder, value: MaxTokensRecord): void {
  e.nat64(value.max_tokens_query);
  e.nat64(value.max_tokens_update);
}

function encodeMemoryStatusRecord(e: Encoder, value: MemoryStatusRecord): void {
  e.nat64(value.wasm_heap_bytes);
  e.nat64(value.stable_bytes);
}

function encodeMemoryStatusResult(e: Encoder, value: MemoryStatusResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case MemoryStatusResultTag.Ok:
      encodeMemoryStatusRecord(e, value.Ok!);
      break;
    case MemoryStatusResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeModelImage(e: Encoder, value: ModelImage): void {
  e.bool(value.is_only_copy);
  e.nat64(value.used_ns);
  e.text(value.filename);
  e.nat64(value.bytes_kept);
  e.nat64(value.bytes);
}

function encodeVecModelImage(e: Encoder, value: Array<ModelImage>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) encodeModelImage(e, value[i]);
}

function encodeModelImages(e: Encoder, value: ModelImages): void {
  e.bool(value.are_kept);
  e.nat64(value.bytes_used);
  encodeVecModelImage(e, value.images);
}

function encodePaymentTotals(e: Encoder, value: PaymentTotals): void {
  e.nat64(value.generations);
  e.nat64(value.granted);
  e.nat64(value.charged);
  e.nat64(value.received);
}

function encodePaymentTotalsResult(e: Encoder, value: PaymentTotalsResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case PaymentTotalsResultTag.Ok:
      encodePaymentTotals(e, value.Ok!);
      break;
    case PaymentTotalsResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodePinnedPrefix(e: Encoder, value: PinnedPrefix): void {
  e.nat64(value.evaluated);
  e.text(value.name);
  e.nat64(value.tokens);
  e.nat64(value.bytes);
}

function encodeVecPinnedPrefix(e: Encoder, value: Array<PinnedPrefix>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) encodePinnedPrefix(e, value[i]);
}

function encodePinnedPrefixesResult(e: Encoder, value: PinnedPrefixesResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case PinnedPrefixesResultTag.Ok:
      encodeVecPinnedPrefix(e, value.Ok);
      break;
    case PinnedPrefixesResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeWorkPrice(e: Encoder, value: WorkPrice): void {
  e.nat32(value.percent);
}

function encodeTokenPrices(e: Encoder, value: TokenPrices): void {
  e.nat64(value.generated);
  e.nat64(value.cached);
  e.nat64(value.prompt);
}

function encodePrices(e: Encoder, value: Prices): void {
  e.leb(value.tag);
  switch (value.tag) {
    case PricesTag.work:
      encodeWorkPrice(e, value.work!);
      break;
    case PricesTag.tokens:
      encodeTokenPrices(e, value.tokens!);
      break;
    default:
  }
}

function encodeQuotas(e: Encoder, value: Quotas): void {
  e.nat64(value.tokens_per_hour);
  e.nat64(value.sessions);
  e.nat64(value.bytes);
}

function encodeStorageLimits(e: Encoder, value: StorageLimits): void {
  e.nat64(value.chats_ttl_seconds);
  e.nat64(value.callers_bytes_used);
  e.nat64(value.callers_bytes);
  encodeOptNat64(e, value.callers_bytes_set);
}

function encodeUsage(e: Encoder, value: Usage): void {
  e.nat64(value.tokens_this_hour);
  e.nat64(value.warm_bytes);
  e.nat64(value.sessions);
  e.nat64(value.bytes);
}

function encodeUsageResult(e: Encoder, value: UsageResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case UsageResultTag.Ok:
      encodeUsage(e, value.Ok!);
      break;
    case UsageResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeWarmLimits(e: Encoder, value: WarmLimits): void {
  e.nat64(value.bytes_used);
  e.nat64(value.bytes_per_caller);
  e.nat64(value.bytes);
}

function encodeHttpHeader(e: Encoder, value: HttpHeader): void {
  e.text(value._0_);
  e.text(value._1_);
}

function encodeVecHttpHeader(e: Encoder, value: Array<HttpHeader>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) encodeHttpHeader(e, value[i]);
}

function encodeHttpResponse(e: Encoder, value: HttpResponse): void {
  e.blob(value.body);
  encodeVecHttpHeader(e, value.headers);
  e.nat16(value.status_code);
}

function encodeOutputRecord(e: Encoder, value: OutputRecord): void {
  encodeOptNat64(e, value.n_prompt_tokens);
  e.text(value.output);
  encodeOptNat64(e, value.n_tokens_generated);
  e.text(value.conversation);
  e.text(value.error);
  encodeOptNat64(e, value.n_prompt_tokens_remaining);
  encodeOptNat64(e, value.n_prompt_tokens_cached);
  e.nat16(value.status_code);
  e.text(value.prompt_remaining);
  e.bool(value.generated_eog);
  encodeOptNat64(e, value.n_prompt_tokens_decoded);
}

function encodeOutputRecordResult(e: Encoder, value: OutputRecordResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case OutputRecordResultTag.Ok:
      encodeOutputRecord(e, value.Ok!);
      break;
    case OutputRecordResultTag.Err:
      encodeOutputRecord(e, value.Err!);
      break;
    default:
  }
}

function encodeRunCost(e: Encoder, value: RunCost): void {
  e.nat32(value.seed);
  e.nat64(value.n_tokens_generated);
  e.nat64(value.instructions);
  e.nat64(value.cycles);
  e.nat64(value.n_prompt_tokens_decoded);
}

function encodeOptRunCost(e: Encoder, value: RunCost | null): void {
  e.bool(value !== null);
  if (value !== null) encodeRunCost(e, value);
}

function encodeModelInfo(e: Encoder, value: ModelInfo): void {
  e.nat64(value.context);
  encodeOptText(e, value.suggested_sampling);
  e.nat64(value.resident_sessions);
  e.bool(value.adds_bos_token);
  e.text(value.name);
  e.text(value.bos_token);
  e.nat64(value.parameters);
  e.text(value.architecture);
  e.nat64(value.layers);
  e.nat64(value.load_messages);
  e.nat64(value.load_instructions);
  e.text(value.file_type);
  e.nat64(value.model_heap_bytes);
  e.text(value.filename);
  e.nat64(value.filesize);
  encodeOptText(e, value.chat_template_error);
  e.nat64(value.instructions_per_prompt_token);
  e.nat64(value.trained_context);
  e.text(value.chat_template);
  e.nat64(value.instructions_per_generated_token);
  e.text(value.eos_token);
  e.text(value.filesha256);
  e.nat64(value.vocabulary);
  encodeOptRunCost(e, value.last_run);
  e.nat64(value.heap_bytes);
}

function encodeModelInfoResult(e: Encoder, value: ModelInfoResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case ModelInfoResultTag.Ok:
      encodeModelInfo(e, value.Ok!);
      break;
    case ModelInfoResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeFileEntry(e: Encoder, value: FileEntry): void {
  e.text(value.filename);
  e.text(value.filetype);
}

function encodeVecFileEntry(e: Encoder, value: Array<FileEntry>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) encodeFileEntry(e, value[i]);
}

function encodeDirContentResult(e: Encoder, value: DirContentResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case DirContentResultTag.Ok:
      encodeVecFileEntry(e, value.Ok);
      break;
    case DirContentResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeRemovedWeights(e: Encoder, value: RemovedWeights): void {
  e.nat64(value.bytes);
}

function encodeRemovedWeightsResult(e: Encoder, value: RemovedWeightsResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case RemovedWeightsResultTag.Ok:
      encodeRemovedWeights(e, value.Ok!);
      break;
    case RemovedWeightsResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeSessionInfo(e: Encoder, value: SessionInfo): void {
  e.nat64(value.evaluated);
  e.bool(value.pending);
  e.nat32(value.seed);
  e.nat64(value.tokens);
  e.nat64(value.prompt_tokens);
}

function encodeSessionInfoResult(e: Encoder, value: SessionInfoResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case SessionInfoResultTag.Ok:
      encodeSessionInfo(e, value.Ok!);
      break;
    case SessionInfoResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeCacheCleanupConfigRecord(e: Encoder, value: CacheCleanupConfigRecord): void {
  e.nat64(value.ttl_seconds);
  e.nat64(value.period_seconds);
  e.nat64(value.max_files_per_run);
  e.bool(value.is_running);
}

function encodeCacheCleanupConfigResult(e: Encoder, value: CacheCleanupConfigResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case CacheCleanupConfigResultTag.Ok:
      encodeCacheCleanupConfigRecord(e, value.Ok!);
      break;
    case CacheCleanupConfigResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeVecNat32(e: Encoder, value: Array<u32>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) e.nat32(value[i]);
}

function encodeTokensResult(e: Encoder, value: TokensResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case TokensResultTag.Ok:
      encodeVecNat32(e, value.Ok);
      break;
    case TokensResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeUploadRange(e: Encoder, value: UploadRange): void {
  e.nat64(value.size);
  e.nat64(value.offset);
}

function encodeVecUploadRange(e: Encoder, value: Array<UploadRange>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) encodeUploadRange(e, value[i]);
}

function encodeUploadPhase(e: Encoder, value: UploadPhase): void {
  e.leb(value.tag);
  switch (value.tag) {
    case UploadPhaseTag.failed:
      e.text(value.failed);
      break;
    default:
  }
}

function encodeUploadStatus(e: Encoder, value: UploadStatus): void {
  e.text(value.sha256);
  encodeVecUploadRange(e, value.missing);
  e.text(value.filename);
  e.nat64(value.filesize);
  e.nat64(value.upload);
  e.nat64(value.chunksize);
  e.nat64(value.hashed);
  encodeUploadPhase(e, value.phase);
  e.nat64(value.received);
}

function encodeUploadResult(e: Encoder, value: UploadResult): void {
  e.leb(value.tag);
  switch (value.tag) {
    case UploadResultTag.Ok:
      encodeUploadStatus(e, value.Ok!);
      break;
    case UploadResultTag.Err:
      encodeApiError(e, value.Err!);
      break;
    default:
  }
}

function encodeLlmArgument(e: Encoder, value: LlmArgument): void {
  e.text(value.value);
  e.text(value.name);
}

function encodeVecLlmArgument(e: Encoder, value: Array<LlmArgument>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) encodeLlmArgument(e, value[i]);
}

function encodeLlmToolCallFunction(e: Encoder, value: LlmToolCallFunction): void {
  e.text(value.name);
  encodeVecLlmArgument(e, value.arguments);
}

function encodeLlmToolCall(e: Encoder, value: LlmToolCall): void {
  e.text(value.id);
  encodeLlmToolCallFunction(e, value.function_);
}

function encodeVecLlmToolCall(e: Encoder, value: Array<LlmToolCall>): void {
  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) encodeLlmToolCall(e, value[i]);
}

function encodeLlmAnswer(e: Encoder, value: LlmAnswer): void {
  encodeOptText(e, value.content);
  encodeVecLlmToolCall(e, value.tool_calls);
}

function encodeLlmResponse(e: Encoder, value: LlmResponse): void {
  encodeLlmAnswer(e, value.message);
}

const HEADER_0: usize = memory.data<u8>([68, 73, 68, 76, 4, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 3, 108, 5, 174, 157, 177, 144, 1, 113, 225, 225, 148, 180, 2, 120, 197, 227, 148, 180, 2, 113, 242, 175, 168, 200, 4, 113, 246, 214, 187, 221, 4, 2, 107, 2, 153, 216, 221, 242, 8, 127, 216, 167, 246, 174, 11, 127, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_1: usize = memory.data<u8>([68, 73, 68, 76, 3, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 2, 108, 9, 209, 217, 153, 99, 120, 236, 141, 149, 197, 1, 120, 129, 180, 239, 240, 2, 120, 171, 234, 176, 212, 4, 120, 200, 245, 205, 221, 4, 120, 197, 139, 159, 242, 6, 120, 130, 156, 130, 139, 9, 120, 134, 153, 174, 249, 11, 120, 234, 186, 252, 176, 12, 126, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_2: usize = memory.data<u8>([68, 73, 68, 76, 3, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 2, 108, 2, 156, 194, 1, 126, 234, 186, 252, 176, 12, 126, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_3: usize = memory.data<u8>([68, 73, 68, 76, 3, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 2, 108, 1, 154, 161, 178, 249, 12, 122, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_4: usize = memory.data<u8>([68, 73, 68, 76, 14, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 13, 108, 2, 178, 206, 239, 47, 2, 181, 162, 183, 151, 4, 8, 108, 20, 219, 183, 1, 120, 174, 157, 177, 144, 1, 113, 180, 191, 169, 171, 2, 3, 193, 210, 236, 168, 3, 120, 154, 207, 135, 187, 3, 120, 181, 229, 172, 168, 4, 120, 241, 138, 194, 226, 4, 4, 215, 210, 185, 196, 6, 121, 165, 173, 254, 233, 6, 120, 250, 145, 233, 131, 7, 3, 141, 170, 205, 148, 8, 120, 145, 236, 173, 160, 8, 5, 214, 174, 224, 156, 9, 7, 153, 158, 169, 179, 9, 120, 161, 174, 145, 209, 10, 120, 213, 167, 204, 131, 12, 121, 199, 233, 183, 164, 12, 121, 137, 157, 173, 196, 12, 120, 201, 141, 168, 188, 13, 121, 202, 178, 155, 173, 14, 121, 110, 120, 110, 121, 107, 8, 204, 246, 135, 23, 127, 145, 141, 210, 145, 2, 127, 130, 225, 183, 147, 4, 6, 178, 255, 142, 243, 4, 127, 179, 163, 197, 250, 12, 127, 217, 219, 150, 141, 14, 127, 189, 139, 251, 191, 14, 113, 174, 129, 145, 252, 14, 113, 107, 5, 219, 135, 180, 2, 127, 174, 205, 236, 234, 2, 127, 130, 224, 239, 226, 4, 113, 213, 245, 197, 233, 9, 127, 159, 154, 182, 208, 14, 127, 110, 113, 109, 9, 108, 3, 195, 136, 164, 82, 114, 248, 220, 192, 129, 4, 10, 222, 230, 248, 255, 13, 11, 110, 114, 109, 12, 108, 3, 181, 205, 215, 94, 114, 244, 155, 188, 253, 6, 113, 186, 190, 130, 173, 12, 114, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_5: usize = memory.data<u8>([68, 73, 68, 76, 3, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 2, 108, 5, 141, 170, 205, 148, 8, 120, 213, 167, 204, 131, 12, 120, 216, 187, 178, 132, 12, 120, 137, 157, 173, 196, 12, 120, 202, 178, 155, 173, 14, 120, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_6: usize = memory.data<u8>([68, 73, 68, 76, 2, 107, 2, 188, 138, 1, 113, 197, 254, 210, 1, 1, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_7: usize = memory.data<u8>([68, 73, 68, 76, 4, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 3, 108, 2, 185, 154, 222, 203, 1, 2, 152, 206, 199, 231, 7, 120, 109, 123, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_8: usize = memory.data<u8>([68, 73, 68, 76, 4, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 3, 109, 2, 108, 4, 201, 182, 159, 182, 1, 120, 203, 228, 253, 199, 4, 113, 193, 193, 206, 226, 4, 120, 152, 206, 199, 231, 7, 120, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_9: usize = memory.data<u8>([68, 73, 68, 76, 3, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 2, 108, 4, 201, 182, 159, 182, 1, 120, 203, 228, 253, 199, 4, 113, 193, 193, 206, 226, 4, 120, 152, 206, 199, 231, 7, 120, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_10: usize = memory.data<u8>([68, 73, 68, 76, 4, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 3, 108, 5, 130, 225, 183, 147, 4, 126, 237, 140, 139, 174, 4, 2, 147, 175, 254, 129, 6, 120, 189, 186, 249, 213, 7, 120, 174, 195, 250, 164, 11, 120, 109, 123, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_11: usize = memory.data<u8>([68, 73, 68, 76, 3, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 2, 108, 3, 199, 221, 168, 187, 7, 113, 189, 186, 249, 213, 7, 120, 227, 239, 169, 199, 12, 113, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_12: usize = memory.data<u8>([68, 73, 68, 76, 3, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 2, 108, 4, 193, 180, 204, 2, 113, 199, 221, 168, 187, 7, 113, 189, 186, 249, 213, 7, 120, 220, 187, 128, 255, 11, 126, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_13: usize = memory.data<u8>([68, 73, 68, 76, 3, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 2, 108, 4, 193, 180, 204, 2, 113, 199, 221, 168, 187, 7, 113, 220, 187, 128, 255, 11, 126, 160, 191, 128, 152, 15, 126, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_14: usize = memory.data<u8>([68, 73, 68, 76, 8, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 7, 108, 20, 219, 183, 1, 120, 174, 157, 177, 144, 1, 113, 180, 191, 169, 171, 2, 2, 193, 210, 236, 168, 3, 120, 154, 207, 135, 187, 3, 120, 181, 229, 172, 168, 4, 120, 241, 138, 194, 226, 4, 3, 215, 210, 185, 196, 6, 121, 165, 173, 254, 233, 6, 120, 250, 145, 233, 131, 7, 2, 141, 170, 205, 148, 8, 120, 145, 236, 173, 160, 8, 4, 214, 174, 224, 156, 9, 6, 153, 158, 169, 179, 9, 120, 161, 174, 145, 209, 10, 120, 213, 167, 204, 131, 12, 121, 199, 233, 183, 164, 12, 121, 137, 157, 173, 196, 12, 120, 201, 141, 168, 188, 13, 121, 202, 178, 155, 173, 14, 121, 110, 120, 110, 121, 107, 8, 204, 246, 135, 23, 127, 145, 141, 210, 145, 2, 127, 130, 225, 183, 147, 4, 5, 178, 255, 142, 243, 4, 127, 179, 163, 197, 250, 12, 127, 217, 219, 150, 141, 14, 127, 189, 139, 251, 191, 14, 113, 174, 129, 145, 252, 14, 113, 107, 5, 219, 135, 180, 2, 127, 174, 205, 236, 234, 2, 127, 130, 224, 239, 226, 4, 113, 213, 245, 197, 233, 9, 127, 159, 154, 182, 208, 14, 127, 110, 113, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_15: usize = memory.data<u8>([68, 73, 68, 76, 9, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 8, 109, 2, 108, 20, 219, 183, 1, 120, 174, 157, 177, 144, 1, 113, 180, 191, 169, 171, 2, 3, 193, 210, 236, 168, 3, 120, 154, 207, 135, 187, 3, 120, 181, 229, 172, 168, 4, 120, 241, 138, 194, 226, 4, 4, 215, 210, 185, 196, 6, 121, 165, 173, 254, 233, 6, 120, 250, 145, 233, 131, 7, 3, 141, 170, 205, 148, 8, 120, 145, 236, 173, 160, 8, 5, 214, 174, 224, 156, 9, 7, 153, 158, 169, 179, 9, 120, 161, 174, 145, 209, 10, 120, 213, 167, 204, 131, 12, 121, 199, 233, 183, 164, 12, 121, 137, 157, 173, 196, 12, 120, 201, 141, 168, 188, 13, 121, 202, 178, 155, 173, 14, 121, 110, 120, 110, 121, 107, 8, 204, 246, 135, 23, 127, 145, 141, 210, 145, 2, 127, 130, 225, 183, 147, 4, 6, 178, 255, 142, 243, 4, 127, 179, 163, 197, 250, 12, 127, 217, 219, 150, 141, 14, 127, 189, 139, 251, 191, 14, 113, 174, 129, 145, 252, 14, 113, 107, 5, 219, 135, 180, 2, 127, 174, 205, 236, 234, 2, 127, 130, 224, 239, 226, 4, 113, 213, 245, 197, 233, 9, 127, 159, 154, 182, 208, 14, 127, 110, 113, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_16: usize = memory.data<u8>([68, 73, 68, 76, 18, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 17, 108, 3, 178, 206, 239, 47, 2, 243, 137, 138, 200, 4, 120, 153, 158, 169, 179, 9, 8, 108, 20, 219, 183, 1, 120, 174, 157, 177, 144, 1, 113, 180, 191, 169, 171, 2, 3, 193, 210, 236, 168, 3, 120, 154, 207, 135, 187, 3, 120, 181, 229, 172, 168, 4, 120, 241, 138, 194, 226, 4, 4, 215, 210, 185, 196, 6, 121, 165, 173, 254, 233, 6, 120, 250, 145, 233, 131, 7, 3, 141, 170, 205, 148, 8, 120, 145, 236, 173, 160, 8, 5, 214, 174, 224, 156, 9, 7, 153, 158, 169, 179, 9, 120, 161, 174, 145, 209, 10, 120, 213, 167, 204, 131, 12, 121, 199, 233, 183, 164, 12, 121, 137, 157, 173, 196, 12, 120, 201, 141, 168, 188, 13, 121, 202, 178, 155, 173, 14, 121, 110, 120, 110, 121, 107, 8, 204, 246, 135, 23, 127, 145, 141, 210, 145, 2, 127, 130, 225, 183, 147, 4, 6, 178, 255, 142, 243, 4, 127, 179, 163, 197, 250, 12, 127, 217, 219, 150, 141, 14, 127, 189, 139, 251, 191, 14, 113, 174, 129, 145, 252, 14, 113, 107, 5, 219, 135, 180, 2, 127, 174, 205, 236, 234, 2, 127, 130, 224, 239, 226, 4, 113, 213, 245, 197, 233, 9, 127, 159, 154, 182, 208, 14, 127, 110, 113, 109, 9, 108, 2, 185, 154, 222, 203, 1, 10, 201, 141, 234, 139, 10, 120, 107, 6, 249, 133, 174, 161, 1, 11, 173, 153, 231, 231, 4, 113, 176, 144, 170, 193, 6, 113, 165, 244, 158, 235, 8, 15, 239, 232, 190, 248, 9, 16, 129, 243, 225, 141, 14, 121, 108, 3, 153, 220, 190, 170, 8, 115, 235, 144, 224, 236, 11, 12, 230, 231, 147, 143, 13, 13, 109, 123, 109, 14, 108, 2, 153, 220, 190, 170, 8, 115, 235, 144, 224, 236, 11, 12, 108, 3, 219, 183, 1, 113, 158, 177, 232, 141, 4, 121, 203, 228, 253, 199, 4, 113, 108, 2, 158, 177, 232, 141, 4, 121, 173, 153, 231, 231, 4, 113, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_17: usize = memory.data<u8>([68, 73, 68, 76, 5, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 4, 109, 2, 108, 5, 174, 157, 177, 144, 1, 113, 225, 225, 148, 180, 2, 120, 197, 227, 148, 180, 2, 113, 242, 175, 168, 200, 4, 113, 246, 214, 187, 221, 4, 3, 107, 2, 153, 216, 221, 242, 8, 127, 216, 167, 246, 174, 11, 127, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_18: usize = memory.data<u8>([68, 73, 68, 76, 3, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 2, 108, 2, 217, 178, 181, 202, 4, 113, 132, 171, 140, 147, 7, 122, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_19: usize = memory.data<u8>([68, 73, 68, 76, 2, 107, 2, 188, 138, 1, 120, 197, 254, 210, 1, 1, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_20: usize = memory.data<u8>([68, 73, 68, 76, 4, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 3, 109, 2, 108, 3, 174, 157, 177, 144, 1, 113, 242, 175, 168, 200, 4, 113, 186, 215, 191, 230, 7, 120, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_21: usize = memory.data<u8>([68, 73, 68, 76, 5, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 4, 108, 1, 155, 189, 206, 173, 4, 2, 109, 3, 108, 2, 216, 189, 253, 141, 4, 113, 214, 169, 187, 174, 10, 113, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_22: usize = memory.data<u8>([68, 73, 68, 76, 3, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 2, 108, 5, 193, 180, 204, 2, 113, 206, 150, 167, 239, 1, 120, 199, 221, 168, 187, 7, 113, 220, 187, 128, 255, 11, 126, 191, 183, 133, 254, 15, 120, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_23: usize = memory.data<u8>([68, 73, 68, 76, 3, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 2, 108, 2, 141, 198, 233, 249, 5, 120, 195, 146, 247, 198, 9, 125, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_24: usize = memory.data<u8>([68, 73, 68, 76, 3, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 2, 109, 113, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_25: usize = memory.data<u8>([68, 73, 68, 76, 1, 108, 9, 227, 134, 201, 120, 125, 199, 201, 243, 221, 1, 120, 221, 198, 238, 175, 3, 120, 202, 135, 208, 205, 4, 120, 222, 137, 203, 239, 6, 120, 174, 206, 131, 177, 11, 120, 202, 186, 150, 218, 11, 120, 235, 144, 224, 236, 11, 120, 254, 139, 249, 249, 15, 120, 1, 0]);
const HEADER_26: usize = memory.data<u8>([68, 73, 68, 76, 1, 108, 2, 136, 150, 170, 239, 5, 120, 137, 140, 150, 184, 8, 120, 1, 0]);
const HEADER_27: usize = memory.data<u8>([68, 73, 68, 76, 4, 108, 4, 213, 245, 197, 233, 9, 121, 170, 161, 156, 134, 12, 1, 231, 207, 150, 230, 12, 3, 190, 247, 213, 188, 14, 126, 109, 2, 108, 2, 203, 228, 253, 199, 4, 113, 199, 221, 168, 187, 7, 113, 109, 113, 1, 0]);
const HEADER_28: usize = memory.data<u8>([68, 73, 68, 76, 4, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 3, 108, 1, 132, 171, 140, 147, 7, 2, 107, 4, 238, 240, 236, 173, 4, 127, 198, 196, 201, 247, 4, 127, 200, 151, 167, 153, 7, 127, 211, 164, 253, 184, 13, 127, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_29: usize = memory.data<u8>([68, 73, 68, 76, 1, 108, 2, 222, 181, 218, 173, 4, 120, 243, 162, 157, 142, 7, 120, 1, 0]);
const HEADER_30: usize = memory.data<u8>([68, 73, 68, 76, 3, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 2, 108, 2, 211, 172, 157, 205, 1, 120, 167, 137, 159, 233, 12, 120, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_31: usize = memory.data<u8>([68, 73, 68, 76, 3, 108, 3, 169, 142, 190, 230, 8, 126, 209, 131, 229, 249, 9, 120, 184, 161, 201, 244, 15, 1, 109, 2, 108, 5, 211, 149, 243, 147, 2, 126, 199, 208, 208, 177, 6, 120, 199, 221, 168, 187, 7, 113, 178, 147, 202, 196, 9, 120, 235, 144, 224, 236, 11, 120, 1, 0]);
const HEADER_32: usize = memory.data<u8>([68, 73, 68, 76, 3, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 2, 108, 4, 219, 137, 147, 199, 4, 120, 251, 137, 248, 149, 7, 120, 240, 150, 198, 251, 12, 120, 161, 138, 245, 151, 14, 120, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_33: usize = memory.data<u8>([68, 73, 68, 76, 4, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 3, 109, 2, 108, 4, 235, 219, 143, 168, 2, 120, 203, 228, 253, 199, 4, 113, 218, 174, 156, 143, 9, 120, 235, 144, 224, 236, 11, 120, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_34: usize = memory.data<u8>([68, 73, 68, 76, 3, 107, 3, 172, 185, 138, 158, 4, 127, 209, 131, 244, 247, 4, 1, 218, 174, 156, 143, 9, 2, 108, 1, 197, 213, 234, 198, 7, 121, 108, 3, 143, 223, 195, 163, 9, 120, 226, 191, 201, 135, 11, 120, 164, 163, 225, 170, 11, 120, 1, 0]);
const HEADER_35: usize = memory.data<u8>([68, 73, 68, 76, 1, 108, 3, 203, 247, 251, 52, 120, 221, 168, 241, 139, 9, 120, 235, 144, 224, 236, 11, 120, 1, 0]);
const HEADER_36: usize = memory.data<u8>([68, 73, 68, 76, 2, 108, 4, 136, 160, 142, 111, 120, 232, 140, 239, 178, 7, 120, 180, 150, 199, 204, 7, 120, 215, 171, 177, 238, 9, 1, 110, 120, 1, 0]);
const HEADER_37: usize = memory.data<u8>([68, 73, 68, 76, 3, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 2, 108, 4, 128, 179, 240, 139, 1, 120, 177, 231, 192, 181, 3, 120, 221, 168, 241, 139, 9, 120, 235, 144, 224, 236, 11, 120, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_38: usize = memory.data<u8>([68, 73, 68, 76, 1, 108, 3, 209, 131, 229, 249, 9, 120, 129, 219, 170, 208, 11, 120, 235, 144, 224, 236, 11, 120, 1, 0]);
const HEADER_39: usize = memory.data<u8>([68, 73, 68, 76, 4, 108, 3, 162, 245, 237, 136, 4, 1, 198, 164, 161, 152, 6, 2, 154, 161, 178, 249, 12, 122, 109, 123, 109, 3, 108, 2, 0, 113, 1, 113, 1, 0]);
const HEADER_40: usize = memory.data<u8>([68, 73, 68, 76, 3, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 1, 108, 11, 132, 210, 142, 23, 2, 129, 158, 132, 100, 113, 219, 146, 234, 143, 5, 2, 131, 143, 229, 128, 6, 113, 200, 151, 167, 153, 7, 113, 187, 177, 187, 226, 8, 2, 253, 225, 154, 136, 12, 2, 154, 161, 178, 249, 12, 122, 219, 146, 162, 201, 13, 113, 205, 217, 230, 179, 14, 126, 251, 163, 219, 227, 14, 2, 110, 120, 1, 0]);
const HEADER_41: usize = memory.data<u8>([68, 73, 68, 76, 6, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 5, 108, 25, 239, 171, 222, 203, 1, 120, 195, 158, 239, 205, 2, 2, 172, 216, 182, 182, 3, 120, 179, 212, 199, 229, 3, 126, 203, 228, 253, 199, 4, 113, 192, 161, 131, 220, 4, 113, 170, 253, 250, 139, 5, 120, 211, 241, 234, 196, 5, 113, 130, 171, 196, 197, 5, 120, 197, 130, 155, 233, 5, 120, 158, 223, 226, 219, 6, 120, 157, 253, 208, 248, 6, 113, 238, 147, 182, 184, 7, 120, 199, 221, 168, 187, 7, 113, 189, 186, 249, 213, 7, 120, 138, 255, 196, 130, 8, 2, 218, 233, 188, 147, 8, 120, 151, 185, 221, 248, 8, 120, 193, 203, 223, 200, 9, 113, 141, 221, 223, 184, 10, 120, 195, 151, 212, 162, 12, 113, 227, 239, 169, 199, 12, 113, 166, 220, 176, 237, 12, 120, 162, 179, 200, 188, 14, 3, 216, 195, 254, 243, 14, 120, 110, 113, 110, 4, 108, 5, 241, 138, 194, 226, 4, 121, 219, 146, 234, 143, 5, 120, 165, 173, 254, 233, 6, 120, 141, 170, 205, 148, 8, 120, 251, 163, 219, 227, 14, 120, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_42: usize = memory.data<u8>([68, 73, 68, 76, 4, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 3, 109, 2, 108, 2, 199, 221, 168, 187, 7, 113, 182, 222, 206, 219, 7, 113, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_43: usize = memory.data<u8>([68, 73, 68, 76, 3, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 2, 108, 1, 235, 144, 224, 236, 11, 120, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_44: usize = memory.data<u8>([68, 73, 68, 76, 3, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 2, 108, 5, 235, 219, 143, 168, 2, 120, 215, 176, 178, 223, 2, 126, 241, 138, 194, 226, 4, 121, 218, 174, 156, 143, 9, 120, 213, 167, 204, 131, 12, 120, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_45: usize = memory.data<u8>([68, 73, 68, 76, 3, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 2, 108, 4, 236, 141, 149, 197, 1, 120, 129, 180, 239, 240, 2, 120, 134, 153, 174, 249, 11, 120, 234, 186, 252, 176, 12, 126, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_46: usize = memory.data<u8>([68, 73, 68, 76, 3, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 2, 109, 121, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_47: usize = memory.data<u8>([68, 73, 68, 76, 6, 107, 2, 188, 138, 1, 1, 197, 254, 210, 1, 5, 108, 9, 231, 200, 234, 231, 1, 113, 230, 254, 146, 156, 3, 2, 199, 221, 168, 187, 7, 113, 189, 186, 249, 213, 7, 120, 129, 148, 231, 226, 8, 120, 174, 195, 250, 164, 11, 120, 173, 175, 186, 218, 11, 120, 187, 208, 164, 143, 12, 4, 161, 138, 245, 151, 14, 120, 109, 3, 108, 2, 193, 193, 206, 226, 4, 120, 147, 175, 254, 129, 6, 120, 107, 4, 212, 227, 228, 203, 2, 127, 130, 225, 183, 147, 4, 127, 224, 147, 137, 213, 11, 127, 189, 139, 251, 191, 14, 113, 107, 2, 159, 147, 205, 230, 9, 122, 176, 173, 143, 205, 12, 113, 1, 0]);
const HEADER_48: usize = memory.data<u8>([68, 73, 68, 76, 0, 1, 113]);
const HEADER_49: usize = memory.data<u8>([68, 73, 68, 76, 8, 108, 1, 199, 235, 196, 208, 9, 1, 108, 2, 185, 154, 222, 203, 1, 2, 174, 205, 236, 234, 2, 3, 110, 113, 109, 4, 108, 2, 219, 183, 1, 113, 152, 214, 202, 162, 1, 5, 108, 2, 203, 228, 253, 199, 4, 113, 214, 254, 220, 244, 14, 6, 109, 7, 108, 2, 241, 254, 225, 141, 3, 113, 203, 228, 253, 199, 4, 113, 1, 0]);

/** The argument of `assignAdminRole`, which means nothing where {@link Decoder.end} has a problem. */
export function readAssignAdminRole(d: Decoder): AssignAdminRoleInput {
  d.require(1);
  return decodeAssignAdminRoleInput(d, d.argument());
}

export function replyAssignAdminRole(value: AdminRoleAssignmentResult): void {
  const e = new Encoder();
  e.bytes(HEADER_0, 78);
  encodeAdminRoleAssignmentResult(e, value);
  e.finish();
}


export function replyCacheCleanupNow(value: CacheCleanupStatsResult): void {
  const e = new Encoder();
  e.bytes(HEADER_1, 87);
  encodeCacheCleanupStatsResult(e, value);
  e.finish();
}


export function replyCacheCleanupStartTimer(value: CacheCleanupResult): void {
  const e = new Encoder();
  e.bytes(HEADER_2, 44);
  encodeCacheCleanupResult(e, value);
  e.finish();
}


export function replyCacheCleanupStopTimer(value: CacheCleanupResult): void {
  const e = new Encoder();
  e.bytes(HEADER_2, 44);
  encodeCacheCleanupResult(e, value);
  e.finish();
}


export function replyChatsPause(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}


export function replyChatsResume(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}


export function replyCheckAccess(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}

/** The argument of `copy_prompt_cache`, which means nothing where {@link Decoder.end} has a problem. */
export function readCopyPromptCache(d: Decoder): CopyPromptCacheInput {
  d.require(1);
  return decodeCopyPromptCacheInput(d, d.argument());
}

export function replyCopyPromptCache(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}


export function replyCycleBalanceStartTimer(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}


export function replyCycleBalanceStopTimer(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}

/** The argument of `decide`, which means nothing where {@link Decoder.end} has a problem. */
export function readDecide(d: Decoder): DecisionInput {
  d.require(1);
  return decodeDecisionInput(d, d.argument());
}

export function replyDecide(value: DecisionResult): void {
  const e = new Encoder();
  e.bytes(HEADER_4, 295);
  encodeDecisionResult(e, value);
  e.finish();
}

/** The argument of `decide_poll`, which means nothing where {@link Decoder.end} has a problem. */
export function readDecidePoll(d: Decoder): GenerationIdInput {
  d.require(1);
  return decodeGenerationIdInput(d, d.argument());
}

export function replyDecidePoll(value: DecisionResult): void {
  const e = new Encoder();
  e.bytes(HEADER_4, 295);
  encodeDecisionResult(e, value);
  e.finish();
}

/** The argument of `decide_quote`, which means nothing where {@link Decoder.end} has a problem. */
export function readDecideQuote(d: Decoder): DecisionInput {
  d.require(1);
  return decodeDecisionInput(d, d.argument());
}

export function replyDecideQuote(value: GenerationQuoteResult): void {
  const e = new Encoder();
  e.bytes(HEADER_5, 64);
  encodeGenerationQuoteResult(e, value);
  e.finish();
}

/** The argument of `detokenize`, which means nothing where {@link Decoder.end} has a problem. */
export function readDetokenize(d: Decoder): DetokenizeInput {
  d.require(1);
  return decodeDetokenizeInput(d, d.argument());
}

export function replyDetokenize(value: TextResult): void {
  const e = new Encoder();
  e.bytes(HEADER_6, 32);
  encodeTextResult(e, value);
  e.finish();
}

/** The argument of `document_get`, which means nothing where {@link Decoder.end} has a problem. */
export function readDocumentGet(d: Decoder): DocumentInput {
  d.require(1);
  return decodeDocumentInput(d, d.argument());
}

export function replyDocumentGet(value: DocumentContentResult): void {
  const e = new Encoder();
  e.bytes(HEADER_7, 48);
  encodeDocumentContentResult(e, value);
  e.finish();
}


export function replyDocumentList(value: DocumentListResult): void {
  const e = new Encoder();
  e.bytes(HEADER_8, 60);
  encodeDocumentListResult(e, value);
  e.finish();
}

/** The argument of `document_put`, which means nothing where {@link Decoder.end} has a problem. */
export function readDocumentPut(d: Decoder): DocumentPutInput {
  d.require(1);
  return decodeDocumentPutInput(d, d.argument());
}

export function replyDocumentPut(value: DocumentDetailsResult): void {
  const e = new Encoder();
  e.bytes(HEADER_9, 58);
  encodeDocumentDetailsResult(e, value);
  e.finish();
}

/** The argument of `document_remove`, which means nothing where {@link Decoder.end} has a problem. */
export function readDocumentRemove(d: Decoder): DocumentInput {
  d.require(1);
  return decodeDocumentInput(d, d.argument());
}

export function replyDocumentRemove(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}

/** The argument of `download_kv_cache_chunk`, which means nothing where {@link Decoder.end} has a problem. */
export function readDownloadKvCacheChunk(d: Decoder): DownloadPromptCacheChunkInput {
  d.require(1);
  return decodeDownloadPromptCacheChunkInput(d, d.argument());
}

export function replyDownloadKvCacheChunk(value: FileChunkResult): void {
  const e = new Encoder();
  e.bytes(HEADER_10, 66);
  encodeFileChunkResult(e, value);
  e.finish();
}

/** The argument of `download_prompt_cache_chunk`, which means nothing where {@link Decoder.end} has a problem. */
export function readDownloadPromptCacheChunk(d: Decoder): DownloadPromptCacheChunkInput {
  d.require(1);
  return decodeDownloadPromptCacheChunkInput(d, d.argument());
}

export function replyDownloadPromptCacheChunk(value: FileChunkResult): void {
  const e = new Encoder();
  e.bytes(HEADER_10, 66);
  encodeFileChunkResult(e, value);
  e.finish();
}

/** The argument of `file_download_chunk`, which means nothing where {@link Decoder.end} has a problem. */
export function readFileDownloadChunk(d: Decoder): FileDownloadChunkInput {
  d.require(1);
  return decodeFileDownloadChunkInput(d, d.argument());
}

export function replyFileDownloadChunk(value: FileChunkResult): void {
  const e = new Encoder();
  e.bytes(HEADER_10, 66);
  encodeFileChunkResult(e, value);
  e.finish();
}

/** The argument of `file_upload_chunk`, which means nothing where {@link Decoder.end} has a problem. */
export function readFileUploadChunk(d: Decoder): FileUploadChunkInput {
  d.require(1);
  return decodeFileUploadChunkInput(d, d.argument());
}

export function replyFileUploadChunk(value: FileDetailsResult): void {
  const e = new Encoder();
  e.bytes(HEADER_11, 52);
  encodeFileDetailsResult(e, value);
  e.finish();
}

/** The argument of `filesystem_file_size`, which means nothing where {@link Decoder.end} has a problem. */
export function readFilesystemFileSize(d: Decoder): FilesystemFileSizeInput {
  d.require(1);
  return decodeFilesystemFileSizeInput(d, d.argument());
}

export function replyFilesystemFileSize(value: FilesystemFileSizeResult): void {
  const e = new Encoder();
  e.bytes(HEADER_12, 57);
  encodeFilesystemFileSizeResult(e, value);
  e.finish();
}

/** The argument of `filesystem_remove`, which means nothing where {@link Decoder.end} has a problem. */
export function readFilesystemRemove(d: Decoder): FilesystemRemoveInput {
  d.require(1);
  return decodeFilesystemRemoveInput(d, d.argument());
}

export function replyFilesystemRemove(value: FilesystemRemoveResult): void {
  const e = new Encoder();
  e.bytes(HEADER_13, 57);
  encodeFilesystemRemoveResult(e, value);
  e.finish();
}

/** The argument of `generation_cancel`, which means nothing where {@link Decoder.end} has a problem. */
export function readGenerationCancel(d: Decoder): GenerationIdInput {
  d.require(1);
  return decodeGenerationIdInput(d, d.argument());
}

export function replyGenerationCancel(value: GenerationStatusResult): void {
  const e = new Encoder();
  e.bytes(HEADER_14, 238);
  encodeGenerationStatusResult(e, value);
  e.finish();
}

/** The argument of `generation_forget`, which means nothing where {@link Decoder.end} has a problem. */
export function readGenerationForget(d: Decoder): GenerationIdInput {
  d.require(1);
  return decodeGenerationIdInput(d, d.argument());
}

export function replyGenerationForget(value: GenerationStatusResult): void {
  const e = new Encoder();
  e.bytes(HEADER_14, 238);
  encodeGenerationStatusResult(e, value);
  e.finish();
}

/** The argument of `generation_list`, which means nothing where {@link Decoder.end} has a problem. */
export function readGenerationList(d: Decoder): GenerationListInput {
  d.require(1);
  return decodeGenerationListInput(d, d.argument());
}

export function replyGenerationList(value: GenerationListResult): void {
  const e = new Encoder();
  e.bytes(HEADER_15, 240);
  encodeGenerationListResult(e, value);
  e.finish();
}

/** The argument of `generation_poll`, which means nothing where {@link Decoder.end} has a problem. */
export function readGenerationPoll(d: Decoder): GenerationPollInput {
  d.require(1);
  return decodeGenerationPollInput(d, d.argument());
}

export function replyGenerationPoll(value: GenerationPollResult): void {
  const e = new Encoder();
  e.bytes(HEADER_16, 381);
  encodeGenerationPollResult(e, value);
  e.finish();
}

/** The argument of `generation_quote`, which means nothing where {@link Decoder.end} has a problem. */
export function readGenerationQuote(d: Decoder): GenerationInput {
  d.require(1);
  return decodeGenerationInput(d, d.argument());
}

export function replyGenerationQuote(value: GenerationQuoteResult): void {
  const e = new Encoder();
  e.bytes(HEADER_5, 64);
  encodeGenerationQuoteResult(e, value);
  e.finish();
}

/** The argument of `generation_start`, which means nothing where {@link Decoder.end} has a problem. */
export function readGenerationStart(d: Decoder): GenerationInput {
  d.require(1);
  return decodeGenerationInput(d, d.argument());
}

export function replyGenerationStart(value: GenerationStatusResult): void {
  const e = new Encoder();
  e.bytes(HEADER_14, 238);
  encodeGenerationStatusResult(e, value);
  e.finish();
}

/** The argument of `generation_stop_thinking`, which means nothing where {@link Decoder.end} has a problem. */
export function readGenerationStopThinking(d: Decoder): GenerationIdInput {
  d.require(1);
  return decodeGenerationIdInput(d, d.argument());
}

export function replyGenerationStopThinking(value: GenerationStatusResult): void {
  const e = new Encoder();
  e.bytes(HEADER_14, 238);
  encodeGenerationStatusResult(e, value);
  e.finish();
}


export function replyGetAdminRoles(value: AdminRoleAssignmentsResult): void {
  const e = new Encoder();
  e.bytes(HEADER_17, 80);
  encodeAdminRoleAssignmentsResult(e, value);
  e.finish();
}


export function replyGetAccess(value: AccessRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_18, 46);
  encodeAccessRecordResult(e, value);
  e.finish();
}


export function replyGetAllowance(value: AllowanceResult): void {
  const e = new Encoder();
  e.bytes(HEADER_19, 32);
  encodeAllowanceResult(e, value);
  e.finish();
}

/** The argument of `get_allowance_of`, which means nothing where {@link Decoder.end} has a problem. */
export function readGetAllowanceOf(d: Decoder): Text {
  d.require(1);
  return d.text(d.argument());
}

export function replyGetAllowanceOf(value: AllowanceResult): void {
  const e = new Encoder();
  e.bytes(HEADER_19, 32);
  encodeAllowanceResult(e, value);
  e.finish();
}


export function replyGetApplications(value: ApplicationsResult): void {
  const e = new Encoder();
  e.bytes(HEADER_20, 54);
  encodeApplicationsResult(e, value);
  e.finish();
}


export function replyGetCacheCleanupStats(value: CacheCleanupStatsResult): void {
  const e = new Encoder();
  e.bytes(HEADER_1, 87);
  encodeCacheCleanupStatsResult(e, value);
  e.finish();
}


export function replyGetChats(value: ChatsRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_21, 56);
  encodeChatsRecordResult(e, value);
  e.finish();
}

/** The argument of `get_creation_timestamp_ns`, which means nothing where {@link Decoder.end} has a problem. */
export function readGetCreationTimestampNs(d: Decoder): FilesystemTimestampInput {
  d.require(1);
  return decodeFilesystemTimestampInput(d, d.argument());
}

export function replyGetCreationTimestampNs(value: FilesystemTimestampResult): void {
  const e = new Encoder();
  e.bytes(HEADER_22, 63);
  encodeFilesystemTimestampResult(e, value);
  e.finish();
}


export function replyGetCycleBalance(value: CycleBalanceResult): void {
  const e = new Encoder();
  e.bytes(HEADER_23, 46);
  encodeCycleBalanceResult(e, value);
  e.finish();
}


export function replyGetFreeCallers(value: FreeCallersResult): void {
  const e = new Encoder();
  e.bytes(HEADER_24, 34);
  encodeFreeCallersResult(e, value);
  e.finish();
}


export function replyGetGenerationLimits(value: GenerationLimits): void {
  const e = new Encoder();
  e.bytes(HEADER_25, 62);
  encodeGenerationLimits(e, value);
  e.finish();
}


export function replyGetInstructionBudget(value: InstructionBudget): void {
  const e = new Encoder();
  e.bytes(HEADER_26, 21);
  encodeInstructionBudget(e, value);
  e.finish();
}


export function replyGetLlmSettings(value: LlmSettings): void {
  const e = new Encoder();
  e.bytes(HEADER_27, 51);
  encodeLlmSettings(e, value);
  e.finish();
}


export function replyGetLogLevel(value: LogLevelResult): void {
  const e = new Encoder();
  e.bytes(HEADER_28, 66);
  encodeLogLevelResult(e, value);
  e.finish();
}


export function replyGetMaxTokens(value: MaxTokensRecord): void {
  const e = new Encoder();
  e.bytes(HEADER_29, 21);
  encodeMaxTokensRecord(e, value);
  e.finish();
}


export function replyGetMemoryStatus(value: MemoryStatusResult): void {
  const e = new Encoder();
  e.bytes(HEADER_30, 46);
  encodeMemoryStatusResult(e, value);
  e.finish();
}


export function replyGetModelImages(value: ModelImages): void {
  const e = new Encoder();
  e.bytes(HEADER_31, 61);
  encodeModelImages(e, value);
  e.finish();
}


export function replyGetPaymentTotals(value: PaymentTotalsResult): void {
  const e = new Encoder();
  e.bytes(HEADER_32, 58);
  encodePaymentTotalsResult(e, value);
  e.finish();
}


export function replyGetPinnedPrefixes(value: PinnedPrefixesResult): void {
  const e = new Encoder();
  e.bytes(HEADER_33, 60);
  encodePinnedPrefixesResult(e, value);
  e.finish();
}


export function replyGetPrices(value: Prices): void {
  const e = new Encoder();
  e.bytes(HEADER_34, 55);
  encodePrices(e, value);
  e.finish();
}


export function replyGetQuotas(value: Quotas): void {
  const e = new Encoder();
  e.bytes(HEADER_35, 26);
  encodeQuotas(e, value);
  e.finish();
}


export function replyGetStorageLimits(value: StorageLimits): void {
  const e = new Encoder();
  e.bytes(HEADER_36, 34);
  encodeStorageLimits(e, value);
  e.finish();
}


export function replyGetUsage(value: UsageResult): void {
  const e = new Encoder();
  e.bytes(HEADER_37, 58);
  encodeUsageResult(e, value);
  e.finish();
}


export function replyGetWarmLimits(value: WarmLimits): void {
  const e = new Encoder();
  e.bytes(HEADER_38, 27);
  encodeWarmLimits(e, value);
  e.finish();
}

/** The argument of `grant_allowance`, which means nothing where {@link Decoder.end} has a problem. */
export function readGrantAllowance(d: Decoder): AllowanceGrantInput {
  d.require(1);
  return decodeAllowanceGrantInput(d, d.argument());
}

export function replyGrantAllowance(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}


export function replyHealth(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}

/** The argument of `http_request`, which means nothing where {@link Decoder.end} has a problem. */
export function readHttpRequest(d: Decoder): HttpRequest {
  d.require(1);
  return decodeHttpRequest(d, d.argument());
}

export function replyHttpRequest(value: HttpResponse): void {
  const e = new Encoder();
  e.bytes(HEADER_39, 37);
  encodeHttpResponse(e, value);
  e.finish();
}

/** The argument of `load_model`, which means nothing where {@link Decoder.end} has a problem. */
export function readLoadModel(d: Decoder): InputRecord {
  d.require(1);
  return decodeInputRecord(d, d.argument());
}

export function replyLoadModel(value: OutputRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_40, 86);
  encodeOutputRecordResult(e, value);
  e.finish();
}


export function replyLogPause(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}


export function replyLogResume(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}


export function replyModelInfo(value: ModelInfoResult): void {
  const e = new Encoder();
  e.bytes(HEADER_41, 220);
  encodeModelInfoResult(e, value);
  e.finish();
}

/** The argument of `new_chat`, which means nothing where {@link Decoder.end} has a problem. */
export function readNewChat(d: Decoder): InputRecord {
  d.require(1);
  return decodeInputRecord(d, d.argument());
}

export function replyNewChat(value: OutputRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_40, 86);
  encodeOutputRecordResult(e, value);
  e.finish();
}

/** The argument of `pin_prefix`, which means nothing where {@link Decoder.end} has a problem. */
export function readPinPrefix(d: Decoder): InputRecord {
  d.require(1);
  return decodeInputRecord(d, d.argument());
}

export function replyPinPrefix(value: OutputRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_40, 86);
  encodeOutputRecordResult(e, value);
  e.finish();
}

/** The argument of `pinned_prefix_text`, which means nothing where {@link Decoder.end} has a problem. */
export function readPinnedPrefixText(d: Decoder): PinnedPrefixInput {
  d.require(1);
  return decodePinnedPrefixInput(d, d.argument());
}

export function replyPinnedPrefixText(value: TextResult): void {
  const e = new Encoder();
  e.bytes(HEADER_6, 32);
  encodeTextResult(e, value);
  e.finish();
}


export function replyReady(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}

/** The argument of `recursive_dir_content_query`, which means nothing where {@link Decoder.end} has a problem. */
export function readRecursiveDirContentQuery(d: Decoder): DirContentInput {
  d.require(1);
  return decodeDirContentInput(d, d.argument());
}

export function replyRecursiveDirContentQuery(value: DirContentResult): void {
  const e = new Encoder();
  e.bytes(HEADER_42, 48);
  encodeDirContentResult(e, value);
  e.finish();
}

/** The argument of `recursive_dir_content_update`, which means nothing where {@link Decoder.end} has a problem. */
export function readRecursiveDirContentUpdate(d: Decoder): DirContentInput {
  d.require(1);
  return decodeDirContentInput(d, d.argument());
}

export function replyRecursiveDirContentUpdate(value: DirContentResult): void {
  const e = new Encoder();
  e.bytes(HEADER_42, 48);
  encodeDirContentResult(e, value);
  e.finish();
}

/** The argument of `remove_application`, which means nothing where {@link Decoder.end} has a problem. */
export function readRemoveApplication(d: Decoder): Text {
  d.require(1);
  return d.text(d.argument());
}

export function replyRemoveApplication(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}

/** The argument of `remove_log_file`, which means nothing where {@link Decoder.end} has a problem. */
export function readRemoveLogFile(d: Decoder): InputRecord {
  d.require(1);
  return decodeInputRecord(d, d.argument());
}

export function replyRemoveLogFile(value: OutputRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_40, 86);
  encodeOutputRecordResult(e, value);
  e.finish();
}

/** The argument of `remove_model_weights`, which means nothing where {@link Decoder.end} has a problem. */
export function readRemoveModelWeights(d: Decoder): ModelFileInput {
  d.require(1);
  return decodeModelFileInput(d, d.argument());
}

export function replyRemoveModelWeights(value: RemovedWeightsResult): void {
  const e = new Encoder();
  e.bytes(HEADER_43, 40);
  encodeRemovedWeightsResult(e, value);
  e.finish();
}

/** The argument of `remove_prompt_cache`, which means nothing where {@link Decoder.end} has a problem. */
export function readRemovePromptCache(d: Decoder): InputRecord {
  d.require(1);
  return decodeInputRecord(d, d.argument());
}

export function replyRemovePromptCache(value: OutputRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_40, 86);
  encodeOutputRecordResult(e, value);
  e.finish();
}

/** The argument of `revokeAdminRole`, which means nothing where {@link Decoder.end} has a problem. */
export function readRevokeAdminRole(d: Decoder): Text {
  d.require(1);
  return d.text(d.argument());
}

export function replyRevokeAdminRole(value: TextResult): void {
  const e = new Encoder();
  e.bytes(HEADER_6, 32);
  encodeTextResult(e, value);
  e.finish();
}

/** The argument of `run_query`, which means nothing where {@link Decoder.end} has a problem. */
export function readRunQuery(d: Decoder): InputRecord {
  d.require(1);
  return decodeInputRecord(d, d.argument());
}

export function replyRunQuery(value: OutputRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_40, 86);
  encodeOutputRecordResult(e, value);
  e.finish();
}

/** The argument of `run_update`, which means nothing where {@link Decoder.end} has a problem. */
export function readRunUpdate(d: Decoder): InputRecord {
  d.require(1);
  return decodeInputRecord(d, d.argument());
}

export function replyRunUpdate(value: OutputRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_40, 86);
  encodeOutputRecordResult(e, value);
  e.finish();
}

/** The argument of `session_info`, which means nothing where {@link Decoder.end} has a problem. */
export function readSessionInfo(d: Decoder): PromptCacheDetailsInput {
  d.require(1);
  return decodePromptCacheDetailsInput(d, d.argument());
}

export function replySessionInfo(value: SessionInfoResult): void {
  const e = new Encoder();
  e.bytes(HEADER_44, 64);
  encodeSessionInfoResult(e, value);
  e.finish();
}

/** The argument of `set_access`, which means nothing where {@link Decoder.end} has a problem. */
export function readSetAccess(d: Decoder): AccessInput {
  d.require(1);
  return decodeAccessInput(d, d.argument());
}

export function replySetAccess(value: AccessRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_18, 46);
  encodeAccessRecordResult(e, value);
  e.finish();
}

/** The argument of `set_application`, which means nothing where {@link Decoder.end} has a problem. */
export function readSetApplication(d: Decoder): ApplicationInput {
  d.require(1);
  return decodeApplicationInput(d, d.argument());
}

export function replySetApplication(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}

/** The argument of `set_cache_cleanup_config`, which means nothing where {@link Decoder.end} has a problem. */
export function readSetCacheCleanupConfig(d: Decoder): CacheCleanupConfigInput {
  d.require(1);
  return decodeCacheCleanupConfigInput(d, d.argument());
}

export function replySetCacheCleanupConfig(value: CacheCleanupConfigResult): void {
  const e = new Encoder();
  e.bytes(HEADER_45, 58);
  encodeCacheCleanupConfigResult(e, value);
  e.finish();
}

/** The argument of `set_free_caller`, which means nothing where {@link Decoder.end} has a problem. */
export function readSetFreeCaller(d: Decoder): FreeCallerInput {
  d.require(1);
  return decodeFreeCallerInput(d, d.argument());
}

export function replySetFreeCaller(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}

/** The argument of `set_generation_limits`, which means nothing where {@link Decoder.end} has a problem. */
export function readSetGenerationLimits(d: Decoder): GenerationLimitsInput {
  d.require(1);
  return decodeGenerationLimitsInput(d, d.argument());
}

export function replySetGenerationLimits(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}

/** The argument of `set_instruction_budget`, which means nothing where {@link Decoder.end} has a problem. */
export function readSetInstructionBudget(d: Decoder): InstructionBudget {
  d.require(1);
  return decodeInstructionBudget(d, d.argument());
}

export function replySetInstructionBudget(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}

/** The argument of `set_llm_settings`, which means nothing where {@link Decoder.end} has a problem. */
export function readSetLlmSettings(d: Decoder): LlmSettingsInput {
  d.require(1);
  return decodeLlmSettingsInput(d, d.argument());
}

export function replySetLlmSettings(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}

/** The argument of `set_log_level`, which means nothing where {@link Decoder.end} has a problem. */
export function readSetLogLevel(d: Decoder): LogLevelRecord {
  d.require(1);
  return decodeLogLevelRecord(d, d.argument());
}

export function replySetLogLevel(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}

/** The argument of `set_max_tokens`, which means nothing where {@link Decoder.end} has a problem. */
export function readSetMaxTokens(d: Decoder): MaxTokensRecord {
  d.require(1);
  return decodeMaxTokensRecord(d, d.argument());
}

export function replySetMaxTokens(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}

/** The argument of `set_model_images`, which means nothing where {@link Decoder.end} has a problem. */
export function readSetModelImages(d: Decoder): ModelImagesInput {
  d.require(1);
  return decodeModelImagesInput(d, d.argument());
}

export function replySetModelImages(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}

/** The argument of `set_prices`, which means nothing where {@link Decoder.end} has a problem. */
export function readSetPrices(d: Decoder): Prices {
  d.require(1);
  return decodePrices(d, d.argument());
}

export function replySetPrices(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}

/** The argument of `set_quotas`, which means nothing where {@link Decoder.end} has a problem. */
export function readSetQuotas(d: Decoder): Quotas {
  d.require(1);
  return decodeQuotas(d, d.argument());
}

export function replySetQuotas(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}

/** The argument of `set_storage_limits`, which means nothing where {@link Decoder.end} has a problem. */
export function readSetStorageLimits(d: Decoder): StorageLimitsInput {
  d.require(1);
  return decodeStorageLimitsInput(d, d.argument());
}

export function replySetStorageLimits(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}

/** The argument of `set_warm_limits`, which means nothing where {@link Decoder.end} has a problem. */
export function readSetWarmLimits(d: Decoder): WarmLimitsInput {
  d.require(1);
  return decodeWarmLimitsInput(d, d.argument());
}

export function replySetWarmLimits(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}

/** The argument of `tokenize`, which means nothing where {@link Decoder.end} has a problem. */
export function readTokenize(d: Decoder): TokenizeInput {
  d.require(1);
  return decodeTokenizeInput(d, d.argument());
}

export function replyTokenize(value: TokensResult): void {
  const e = new Encoder();
  e.bytes(HEADER_46, 34);
  encodeTokensResult(e, value);
  e.finish();
}

/** The argument of `top_up_allowance`, which means nothing where {@link Decoder.end} has a problem. */
export function readTopUpAllowance(d: Decoder): AllowanceTopUpInput {
  d.require(1);
  return decodeAllowanceTopUpInput(d, d.argument());
}

export function replyTopUpAllowance(value: AllowanceResult): void {
  const e = new Encoder();
  e.bytes(HEADER_19, 32);
  encodeAllowanceResult(e, value);
  e.finish();
}

/** The argument of `unpin_prefix`, which means nothing where {@link Decoder.end} has a problem. */
export function readUnpinPrefix(d: Decoder): InputRecord {
  d.require(1);
  return decodeInputRecord(d, d.argument());
}

export function replyUnpinPrefix(value: OutputRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_40, 86);
  encodeOutputRecordResult(e, value);
  e.finish();
}

/** The argument of `upload_begin`, which means nothing where {@link Decoder.end} has a problem. */
export function readUploadBegin(d: Decoder): UploadBeginInput {
  d.require(1);
  return decodeUploadBeginInput(d, d.argument());
}

export function replyUploadBegin(value: UploadResult): void {
  const e = new Encoder();
  e.bytes(HEADER_47, 130);
  encodeUploadResult(e, value);
  e.finish();
}

/** The argument of `upload_cancel`, which means nothing where {@link Decoder.end} has a problem. */
export function readUploadCancel(d: Decoder): UploadInput {
  d.require(1);
  return decodeUploadInput(d, d.argument());
}

export function replyUploadCancel(value: UploadResult): void {
  const e = new Encoder();
  e.bytes(HEADER_47, 130);
  encodeUploadResult(e, value);
  e.finish();
}

/** The argument of `upload_chunk`, which means nothing where {@link Decoder.end} has a problem. */
export function readUploadChunk(d: Decoder): UploadChunkInput {
  d.require(1);
  return decodeUploadChunkInput(d, d.argument());
}

export function replyUploadChunk(value: UploadResult): void {
  const e = new Encoder();
  e.bytes(HEADER_47, 130);
  encodeUploadResult(e, value);
  e.finish();
}

/** The argument of `upload_kv_cache_chunk`, which means nothing where {@link Decoder.end} has a problem. */
export function readUploadKvCacheChunk(d: Decoder): UploadPromptCacheChunkInput {
  d.require(1);
  return decodeUploadPromptCacheChunkInput(d, d.argument());
}

export function replyUploadKvCacheChunk(value: StatusCodeRecordResult): void {
  const e = new Encoder();
  e.bytes(HEADER_3, 40);
  encodeStatusCodeRecordResult(e, value);
  e.finish();
}

/** The argument of `upload_prompt_cache_chunk`, which means nothing where {@link Decoder.end} has a problem. */
export function readUploadPromptCacheChunk(d: Decoder): UploadPromptCacheChunkInput {
  d.require(1);
  return decodeUploadPromptCacheChunkInput(d, d.argument());
}

export function replyUploadPromptCacheChunk(value: FileDetailsResult): void {
  const e = new Encoder();
  e.bytes(HEADER_11, 52);
  encodeFileDetailsResult(e, value);
  e.finish();
}

/** The argument of `upload_status`, which means nothing where {@link Decoder.end} has a problem. */
export function readUploadStatus(d: Decoder): UploadInput {
  d.require(1);
  return decodeUploadInput(d, d.argument());
}

export function replyUploadStatus(value: UploadResult): void {
  const e = new Encoder();
  e.bytes(HEADER_47, 130);
  encodeUploadResult(e, value);
  e.finish();
}

/** The argument of `uploaded_file_details`, which means nothing where {@link Decoder.end} has a problem. */
export function readUploadedFileDetails(d: Decoder): FileDetailsInput {
  d.require(1);
  return decodeFileDetailsInput(d, d.argument());
}

export function replyUploadedFileDetails(value: FileDetailsResult): void {
  const e = new Encoder();
  e.bytes(HEADER_11, 52);
  encodeFileDetailsResult(e, value);
  e.finish();
}

/** The argument of `uploaded_prompt_cache_details`, which means nothing where {@link Decoder.end} has a problem. */
export function readUploadedPromptCacheDetails(d: Decoder): PromptCacheDetailsInput {
  d.require(1);
  return decodePromptCacheDetailsInput(d, d.argument());
}

export function replyUploadedPromptCacheDetails(value: FileDetailsResult): void {
  const e = new Encoder();
  e.bytes(HEADER_11, 52);
  encodeFileDetailsResult(e, value);
  e.finish();
}

/** The argument of `v0_chat`, which means nothing where {@link Decoder.end} has a problem. */
export function readV0Chat(d: Decoder): LlmRequestV0 {
  d.require(1);
  return decodeLlmRequestV0(d, d.argument());
}

export function replyV0Chat(value: Text): void {
  const e = new Encoder();
  e.bytes(HEADER_48, 7);
  e.text(value);
  e.finish();
}

/** The argument of `v1_chat`, which means nothing where {@link Decoder.end} has a problem. */
export function readV1Chat(d: Decoder): LlmRequest {
  d.require(1);
  return decodeLlmRequest(d, d.argument());
}

export function replyV1Chat(value: LlmResponse): void {
  const e = new Encoder();
  e.bytes(HEADER_49, 75);
  encodeLlmResponse(e, value);
  e.finish();
}


export function replyWhoami(value: Text): void {
  const e = new Encoder();
  e.bytes(HEADER_48, 7);
  e.text(value);
  e.finish();
}
