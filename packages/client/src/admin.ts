import * as v from 'valibot';
import type { CallOptions, LlamaCanister, OkOf, Service } from './canister.js';
import { check, names } from './checks/checked.js';
import { bigint, canisterShape, flag, number, oneOf } from './checks/shapes.js';
import type {
  AdminRoleAssignment,
  Application,
  CacheCleanupConfigRecord,
  GenerationLimits,
  LlmSettings,
  LogLevel,
  ModelImages,
  PaymentTotals,
  Quotas,
  StorageLimits,
  WarmLimits,
  Prices as WirePrices,
} from './generated/llama.did.js';

/**
 * What callers pay for answers, in cycles: nothing; a price per 1000 tokens that are evaluated, that were evaluated
 * before, and that are generated; or a percentage of what the canister pays for its instructions.
 */
export type Prices =
  | { kind: 'free' }
  | { kind: 'tokens'; prompt: bigint; cached: bigint; generated: bigint }
  | { kind: 'work'; percent: number };

/** Who may call: controllers only, or everybody but the anonymous caller. */
export type Access = 'controllers' | 'everybody';

/** AdminQuery may read what belongs to others; AdminUpdate may also change it. */
export type Role = 'AdminQuery' | 'AdminUpdate';

/** The level of the canister's log: messages of this level and of more important ones. */
export type LogLevelName = 'error' | 'warn' | 'info' | 'debug';

/** A record's fields, each optional; a missing one means its default. */
export type Settings<T> = { [K in keyof T]?: T[K] | undefined };

const LEVELS: readonly Access[] = ['controllers', 'everybody'];

function opt<T>(value: T | undefined): [] | [T] {
  return value === undefined ? [] : [value];
}

const pricesShape = v.union(
  [
    v.strictObject({ kind: v.literal('free') }),
    v.strictObject({ kind: v.literal('work'), percent: number }),
    v.strictObject({ kind: v.literal('tokens'), prompt: bigint, cached: bigint, generated: bigint }),
  ],
  "{ kind: 'free' }, { kind: 'work', percent } or { kind: 'tokens', prompt, cached, generated } with bigints",
);

function wirePrices(prices: Prices): WirePrices {
  check('setPrices: prices', pricesShape, prices);
  if (prices.kind === 'free') return { free: null };
  if (prices.kind === 'work') return { work: { percent: prices.percent } };
  const { prompt, cached, generated } = prices;
  return { tokens: { prompt, cached, generated } };
}

function pricesOf(prices: WirePrices): Prices {
  if ('free' in prices) return { kind: 'free' };
  return 'work' in prices ? { kind: 'work', ...prices.work } : { kind: 'tokens', ...prices.tokens };
}

const limitNames = names(
  ...['retention_seconds', 'bytes', 'open', 'open_of_caller', 'ended_of_caller', 'page_charge_factor'],
  ...['message_seconds', 'least_cycles'],
);

/**
 * The methods for administrators and controllers. Names and units are those of `llama.did`; an Err is a LlamaError of
 * kind `refused`.
 */
export class Admin {
  readonly #canister: LlamaCanister;

  constructor(canister: LlamaCanister) {
    check('Admin: canister', canisterShape, canister);
    this.#canister = canister;
  }

  #ok<M extends keyof Service>(method: M, args: Parameters<Service[M]>, options?: CallOptions): Promise<OkOf<M>> {
    return this.#canister.ok(method, args, options);
  }

  async prices(options?: CallOptions): Promise<Prices> {
    return pricesOf(await this.#canister.call('get_prices', [], options));
  }

  async setPrices(prices: Prices, options?: CallOptions): Promise<void> {
    await this.#ok('set_prices', [wirePrices(prices)], options);
  }

  /** The principals that never pay. */
  freeCallers(options?: CallOptions): Promise<string[]> {
    return this.#ok('get_free_callers', [], options);
  }

  async setFreeCaller(principal: string, free: boolean, options?: CallOptions): Promise<void> {
    await this.#ok('set_free_caller', [{ principal, free }], options);
  }

  /** The cycles that a principal (by default the caller) may spend. */
  allowance(principal?: string, options?: CallOptions): Promise<bigint> {
    if (principal === undefined) return this.#ok('get_allowance', [], options);
    return this.#ok('get_allowance_of', [principal], options);
  }

  /** Adds to an allowance without any cycles being paid. Returns the new balance. */
  async grantAllowance(principal: string, cycles: bigint, options?: CallOptions): Promise<bigint> {
    await this.#ok('grant_allowance', [{ principal, cycles }], options);
    return this.allowance(principal, options);
  }

  paymentTotals(options?: CallOptions): Promise<PaymentTotals> {
    return this.#ok('get_payment_totals', [], options);
  }

  generationLimits(options?: CallOptions): Promise<GenerationLimits> {
    return this.#canister.call('get_generation_limits', [], options);
  }

  /** A missing field means its default. */
  async setGenerationLimits(
    limits: Settings<Omit<GenerationLimits, 'message_instructions'>>,
    options?: CallOptions,
  ): Promise<void> {
    check('setGenerationLimits: limits', limitNames, limits);
    const input = {
      retention_seconds: opt(limits.retention_seconds),
      bytes: opt(limits.bytes),
      open: opt(limits.open),
      open_of_caller: opt(limits.open_of_caller),
      ended_of_caller: opt(limits.ended_of_caller),
      page_charge_factor: opt(limits.page_charge_factor),
      message_seconds: opt(limits.message_seconds),
      least_cycles: opt(limits.least_cycles),
    };
    await this.#ok('set_generation_limits', [input], options);
  }

  llmSettings(options?: CallOptions): Promise<LlmSettings> {
    return this.#canister.call('get_llm_settings', [], options);
  }

  /** A missing field means its default. */
  async setLlmSettings(settings: Settings<LlmSettings> & { any_name?: boolean }, options?: CallOptions): Promise<void> {
    check('setLlmSettings: settings', names('models', 'any_name', 'sampling', 'max_tokens'), settings);
    const { models, any_name, sampling, max_tokens } = settings;
    const input = {
      ...{ models: opt(models), any_name: opt(any_name), sampling: opt(sampling), max_tokens: opt(max_tokens) },
    };
    await this.#ok('set_llm_settings', [input], options);
  }

  quotas(options?: CallOptions): Promise<Quotas> {
    return this.#canister.call('get_quotas', [], options);
  }

  async setQuotas(quotas: Quotas, options?: CallOptions): Promise<void> {
    await this.#ok('set_quotas', [quotas], options);
  }

  storageLimits(options?: CallOptions): Promise<StorageLimits> {
    return this.#canister.call('get_storage_limits', [], options);
  }

  /** A missing field means its default. */
  async setStorageLimits(
    limits: Settings<Pick<StorageLimits, 'callers_bytes' | 'chats_ttl_seconds'>>,
    options?: CallOptions,
  ): Promise<void> {
    check('setStorageLimits: limits', names('callers_bytes', 'chats_ttl_seconds'), limits);
    const input = { callers_bytes: opt(limits.callers_bytes), chats_ttl_seconds: opt(limits.chats_ttl_seconds) };
    await this.#ok('set_storage_limits', [input], options);
  }

  /** Bytes of keys and values that are kept of sessions, and how many may be. */
  warmLimits(options?: CallOptions): Promise<WarmLimits> {
    return this.#canister.call('get_warm_limits', [], options);
  }

  /** What is left out is the default; 0: none are kept. */
  async setWarmLimits(limits: Settings<Omit<WarmLimits, 'bytes_used'>>, options?: CallOptions): Promise<void> {
    check('setWarmLimits: limits', names('bytes', 'bytes_per_caller'), limits);
    const input = { bytes: opt(limits.bytes), bytes_per_caller: opt(limits.bytes_per_caller) };
    await this.#ok('set_warm_limits', [input], options);
  }

  /** The packed images of models in stable memory, and whether they are kept. */
  modelImages(options?: CallOptions): Promise<ModelImages> {
    return this.#canister.call('get_model_images', [], options);
  }

  /**
   * Removes the weights from the file of the loaded model, whose packed image has them: the file can no longer be downloaded.
   * Returns the bytes of stable memory that are free again.
   */
  async removeModelWeights(filename: string, options?: CallOptions): Promise<bigint> {
    const { bytes } = await this.#ok('remove_model_weights', [{ filename }], options);
    return bytes;
  }

  /** Keeps packed images from now on, or removes all that there are and keeps none. */
  async setModelImages(areKept: boolean, options?: CallOptions): Promise<void> {
    await this.#ok('set_model_images', [{ are_kept: areKept }], options);
  }

  applications(options?: CallOptions): Promise<Application[]> {
    return this.#ok('get_applications', [], options);
  }

  /** Makes a principal an application, to which no quotas apply, or changes its note. */
  async setApplication(principal: string, note = '', options?: CallOptions): Promise<void> {
    await this.#ok('set_application', [{ principal, note }], options);
  }

  async removeApplication(principal: string, options?: CallOptions): Promise<void> {
    await this.#ok('remove_application', [principal], options);
  }

  async access(options?: CallOptions): Promise<Access> {
    return LEVELS[(await this.#ok('get_access', [], options)).level]!;
  }

  async setAccess(access: Access, options?: CallOptions): Promise<void> {
    check('setAccess: access', oneOf(...LEVELS), access);
    await this.#ok('set_access', [{ level: LEVELS.indexOf(access) }], options);
  }

  roles(options?: CallOptions): Promise<AdminRoleAssignment[]> {
    return this.#ok('getAdminRoles', [], options);
  }

  /** Replaces a role that the principal has. */
  async assignRole(principal: string, role: Role, note = '', options?: CallOptions): Promise<AdminRoleAssignment> {
    check('assignRole: role', oneOf('AdminQuery', 'AdminUpdate'), role);
    const wire = role === 'AdminQuery' ? { AdminQuery: null } : { AdminUpdate: null };
    return this.#ok('assignAdminRole', [{ principal, role: wire, note }], options);
  }

  async revokeRole(principal: string, options?: CallOptions): Promise<void> {
    await this.#ok('revokeAdminRole', [principal], options);
  }

  /** The contents of a folder and of all folders below it; "." is the root. */
  async files(folder = '.', options?: CallOptions): Promise<{ name: string; isFolder: boolean }[]> {
    const input = { dir: folder, max_entries: 0n };
    const entries = await this.#ok('recursive_dir_content_query', [input], options);
    return entries.map(({ filename, filetype }) => ({
      name: filename.replace(/^\.\//, ''),
      isFolder: filetype === 'directory',
    }));
  }

  /** Removes a file or an empty folder. Returns whether it existed. */
  async removeFile(filename: string, options?: CallOptions): Promise<boolean> {
    return (await this.#ok('filesystem_remove', [{ filename }], options)).removed;
  }

  async logLevel(options?: CallOptions): Promise<LogLevelName> {
    return Object.keys((await this.#ok('get_log_level', [], options)).level)[0] as LogLevelName;
  }

  async setLogLevel(level: LogLevelName, options?: CallOptions): Promise<void> {
    check('setLogLevel: level', oneOf('error', 'warn', 'info', 'debug'), level);
    await this.#ok('set_log_level', [{ level: { [level]: null } as LogLevel }], options);
  }

  /** Whether log files are written. */
  async writeLogs(write: boolean, options?: CallOptions): Promise<void> {
    check('writeLogs: write', flag, write);
    await this.#ok(write ? 'log_resume' : 'log_pause', [], options);
  }

  /** Whether chats are saved. */
  async saveChats(save: boolean, options?: CallOptions): Promise<void> {
    check('saveChats: save', flag, save);
    await this.#ok(save ? 'chats_resume' : 'chats_pause', [], options);
  }

  /** A missing field stays as it is. */
  async setCleanup(
    config: Settings<Pick<CacheCleanupConfigRecord, 'period_seconds' | 'ttl_seconds' | 'max_files_per_run'>>,
    options?: CallOptions,
  ): Promise<CacheCleanupConfigRecord> {
    check('setCleanup: config', names('period_seconds', 'ttl_seconds', 'max_files_per_run'), config);
    const { period_seconds, ttl_seconds, max_files_per_run } = config;
    const input = {
      ...{ period_seconds: opt(period_seconds), ttl_seconds: opt(ttl_seconds) },
      max_files_per_run: opt(max_files_per_run),
    };
    return this.#ok('set_cache_cleanup_config', [input], options);
  }

  /** The most instructions of a call; 0 means the network's limit. */
  async setInstructionBudget(update: bigint, query: bigint, options?: CallOptions): Promise<void> {
    await this.#ok('set_instruction_budget', [{ update, query }], options);
  }

  /** Bytes of the heap and of stable memory. */
  async memory(options?: CallOptions): Promise<{ heap: bigint; stable: bigint }> {
    const { wasm_heap_bytes, stable_bytes } = await this.#ok('get_memory_status', [], options);
    return { heap: wasm_heap_bytes, stable: stable_bytes };
  }
}
