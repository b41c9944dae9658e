// All limits of a canister as one table: the name on the command line, the meaning, and how to set each.
import type { LlamaClient } from '@llama-canister/client';

type Options = { signal: AbortSignal };
type Values = Record<string, bigint>;

export interface Limit {
  /** The option, without its dashes. */
  flag: string;
  unit: 'bytes' | 'seconds' | 'cycles' | 'count' | 'instructions';
  text: string;
  /** The meaning of 0, if it is special. */
  zero?: string;
}

interface Group {
  title: string;
  limits: readonly Limit[];
  read(llama: LlamaClient, options: Options): Promise<Values>;
  /** Sets the changed values; `all` has the others' present values. */
  write(llama: LlamaClient, all: Values, changed: Values, options: Options): Promise<void>;
}

export const GROUPS: readonly Group[] = [
  {
    title: 'Of a caller (0: no limit)',
    limits: [
      { flag: 'sessions', unit: 'count', text: 'sessions of a caller', zero: 'no limit' },
      { flag: 'bytes', unit: 'bytes', text: 'files of a caller', zero: 'no limit' },
      {
        flag: 'tokens-per-hour',
        unit: 'count',
        text: 'tokens that are evaluated for a caller in an hour',
        zero: 'no limit',
      },
    ],
    read: async (llama, options) => {
      const { sessions, bytes, tokens_per_hour } = await llama.admin.quotas(options);
      return { sessions, bytes, 'tokens-per-hour': tokens_per_hour };
    },
    write: (llama, all, _, options) =>
      llama.admin.setQuotas(
        { sessions: all.sessions!, bytes: all.bytes!, tokens_per_hour: all['tokens-per-hour']! },
        options,
      ),
  },
  {
    title: 'Of all callers together',
    limits: [
      { flag: 'callers-bytes', unit: 'bytes', text: 'files of all callers' },
      { flag: 'chats-ttl', unit: 'seconds', text: 'time after which a saved chat is removed' },
    ],
    read: async (llama, options) => {
      const { callers_bytes, chats_ttl_seconds } = await llama.admin.storageLimits(options);
      return { 'callers-bytes': callers_bytes, 'chats-ttl': chats_ttl_seconds };
    },
    write: async (llama, all, changed, options) => {
      // A limit that was never set continues to follow the cycles.
      const [set] = (await llama.admin.storageLimits(options)).callers_bytes_set;
      const limits = { callers_bytes: changed['callers-bytes'] ?? set, chats_ttl_seconds: all['chats-ttl']! };
      await llama.admin.setStorageLimits(limits, options);
    },
  },
  {
    title: 'Of jobs',
    limits: [
      { flag: 'open', unit: 'count', text: 'most unfinished jobs' },
      { flag: 'open-of-caller', unit: 'count', text: 'most unfinished jobs of one caller' },
      { flag: 'ended-of-caller', unit: 'count', text: 'most ended jobs of one caller that are kept' },
      { flag: 'retention', unit: 'seconds', text: 'time that an ended job is kept' },
      { flag: 'job-bytes', unit: 'bytes', text: 'most bytes of all jobs' },
      { flag: 'message-seconds', unit: 'seconds', text: 'longest time of a message that works on jobs' },
      {
        flag: 'page-charge-factor',
        unit: 'count',
        text: 'shortest message, as a multiple of the cost of touching the model',
      },
      { flag: 'least-cycles', unit: 'cycles', text: 'jobs pause when only this many cycles are left' },
    ],
    read: async (llama, options) => {
      const limits = await llama.admin.generationLimits(options);
      return {
        open: limits.open,
        'open-of-caller': limits.open_of_caller,
        'ended-of-caller': limits.ended_of_caller,
        retention: limits.retention_seconds,
        'job-bytes': limits.bytes,
        'message-seconds': limits.message_seconds,
        'page-charge-factor': limits.page_charge_factor,
        'least-cycles': limits.least_cycles,
      };
    },
    write: (llama, all, _, options) =>
      llama.admin.setGenerationLimits(
        {
          open: all.open,
          open_of_caller: all['open-of-caller'],
          ended_of_caller: all['ended-of-caller'],
          retention_seconds: all.retention,
          bytes: all['job-bytes'],
          message_seconds: all['message-seconds'],
          page_charge_factor: all['page-charge-factor'],
          least_cycles: all['least-cycles'],
        },
        options,
      ),
  },
  {
    title: 'Of a call (0: what the network allows)',
    limits: [
      { flag: 'instructions-update', unit: 'instructions', text: 'of an update', zero: 'all' },
      { flag: 'instructions-query', unit: 'instructions', text: 'of a query', zero: 'all' },
      { flag: 'tokens-update', unit: 'count', text: 'tokens of an update', zero: 'as many as fit' },
      { flag: 'tokens-query', unit: 'count', text: 'tokens of a query', zero: 'as many as fit' },
    ],
    read: async (llama, options) => {
      const budget = await llama.canister.call('get_instruction_budget', [], options);
      const tokens = await llama.canister.call('get_max_tokens', [], options);
      return {
        'instructions-update': budget.update,
        'instructions-query': budget.query,
        'tokens-update': tokens.max_tokens_update,
        'tokens-query': tokens.max_tokens_query,
      };
    },
    write: async (llama, all, changed, options) => {
      const isOf = (what: string) => Object.keys(changed).some((flag) => flag.startsWith(what));
      if (isOf('instructions')) {
        await llama.admin.setInstructionBudget(all['instructions-update']!, all['instructions-query']!, options);
      }
      if (isOf('tokens')) {
        await llama.canister.setMaxTokens(Number(all['tokens-update']), Number(all['tokens-query']), options);
      }
    },
  },
];
