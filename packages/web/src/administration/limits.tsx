// What callers and the canister itself may use, and the tasks that run by themselves.
import { texts } from '../texts.js';
import { type Administered, mayChange } from './administered.js';
import { Outcome, Part, type QuantityField, QuantityForm, Shown } from './parts.js';
import type { Unit } from './quantities.js';
import { useLoaded, useWork } from './work.js';

const own = texts.administration;

const fieldsOf = <K extends string>(labels: Readonly<Record<K, string>>, units: Readonly<Partial<Record<K, Unit>>>) =>
  (Object.keys(labels) as K[]).map(
    (name): QuantityField => ({ name, label: labels[name], unit: units[name] ?? 'count' }),
  );

const fields = {
  quotas: fieldsOf(own.quotas, { bytes: 'bytes' }),
  storage: fieldsOf(own.storage, { callers_bytes: 'bytes', chats_ttl_seconds: 'seconds' }),
  warm: fieldsOf(own.warm, { bytes: 'bytes', bytes_per_caller: 'bytes' }),
  generations: fieldsOf(own.generations, {
    ...{ retention_seconds: 'seconds', bytes: 'bytes', message_seconds: 'seconds', least_cycles: 'cycles' },
  }),
  budgets: fieldsOf(own.budgets, {}),
  cleanup: fieldsOf(own.cleanup, { period_seconds: 'seconds', ttl_seconds: 'seconds' }),
};

/** A form for one set of limits, with the values that are in force. */
function Limits<V extends { [name: string]: unknown }>({
  title,
  hint,
  of,
  load,
  save,
  at,
  hasDefaults = true,
}: {
  title: string;
  hint: string;
  of: readonly QuantityField[];
  load: () => Promise<V>;
  save: (quantities: { [K in keyof V]: bigint | undefined }) => Promise<unknown>;
  at: Administered;
  hasDefaults?: boolean;
}) {
  const { value, failure } = useLoaded(load);
  return (
    <Part title={title} hint={hint}>
      <Shown value={value.value} failure={failure.value}>
        {(values) => <QuantityForm fields={of} isDisabled={!mayChange(at)} {...{ values, save, hasDefaults }} />}
      </Shown>
    </Part>
  );
}

/** Starts and stops the cleanup. */
function Cleanup({ at }: { at: Administered }) {
  const { admin, canister } = at.llama;
  const work = useWork();
  const { value, failure, again } = useLoaded(() => canister.ok('get_cache_cleanup_stats', []));
  const act = (method: 'cache_cleanup_start_timer' | 'cache_cleanup_stop_timer' | 'cache_cleanup_now') =>
    work.run(async () => {
      await canister.ok(method, []);
      await again();
      return own.saved;
    });
  return (
    <Part title={own.cleanupTitle} hint={own.cleanupHint}>
      <Shown value={value.value} failure={failure.value}>
        {(stats) => (
          <>
            <p>{own.cleanupSaid(stats.is_running, Number(stats.runs), Number(stats.files_deleted))}</p>
            {mayChange(at) && (
              <div class="buttons">
                <button
                  type="button"
                  disabled={work.isBusy.value}
                  onClick={() => void act(stats.is_running ? 'cache_cleanup_stop_timer' : 'cache_cleanup_start_timer')}
                >
                  {stats.is_running ? own.stopCleanup : own.startCleanup}
                </button>
                <button type="button" disabled={work.isBusy.value} onClick={() => void act('cache_cleanup_now')}>
                  {own.cleanNow}
                </button>
              </div>
            )}
            <Outcome work={work} />
            <QuantityForm
              fields={fields.cleanup}
              values={{ ...stats }}
              isDisabled={!mayChange(at)}
              save={({ period_seconds, ttl_seconds, max_files_per_run }) =>
                admin.setCleanup({ period_seconds, ttl_seconds, max_files_per_run })
              }
            />
          </>
        )}
      </Shown>
    </Part>
  );
}

export function LimitsView({ at }: { at: Administered }) {
  const { admin, canister } = at.llama;
  return (
    <>
      <Limits
        {...{ at, title: own.quotasTitle, hint: own.quotasHint, of: fields.quotas, hasDefaults: false }}
        load={async () => ({ ...(await admin.quotas()) })}
        save={({ sessions, bytes, tokens_per_hour }) =>
          admin.setQuotas({ sessions: sessions!, bytes: bytes!, tokens_per_hour: tokens_per_hour! })
        }
      />
      <Limits
        {...{ at, title: own.generationsTitle, hint: own.emptyIsDefault, of: fields.generations }}
        load={async () => ({ ...(await admin.generationLimits()) })}
        save={({ message_instructions: _, ...limits }) => admin.setGenerationLimits(limits)}
      />
      <Limits
        {...{ at, title: own.storageTitle, hint: own.emptyIsDefault, of: fields.storage }}
        load={async () => {
          const { callers_bytes_set, chats_ttl_seconds } = await admin.storageLimits();
          return { callers_bytes: callers_bytes_set[0], chats_ttl_seconds };
        }}
        save={(limits) => admin.setStorageLimits(limits)}
      />
      <Limits
        {...{ at, title: own.warmTitle, hint: own.warmHint, of: fields.warm }}
        load={async () => ({ ...(await admin.warmLimits()) })}
        save={({ bytes, bytes_per_caller }) => admin.setWarmLimits({ bytes, bytes_per_caller })}
      />
      <Limits
        {...{ at, title: own.budgetsTitle, hint: own.budgetsHint, of: fields.budgets, hasDefaults: false }}
        load={async () => {
          const [budget, tokens] = await Promise.all([
            canister.call('get_instruction_budget', []),
            canister.call('get_max_tokens', []),
          ]);
          return { ...budget, ...tokens };
        }}
        save={async ({ update, query, max_tokens_update, max_tokens_query }) => {
          await admin.setInstructionBudget(update!, query!);
          const input = { max_tokens_update: max_tokens_update!, max_tokens_query: max_tokens_query! };
          await canister.ok('set_max_tokens', [input]);
        }}
      />
      <Cleanup at={at} />
    </>
  );
}
