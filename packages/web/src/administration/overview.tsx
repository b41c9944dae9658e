// The canister at a glance, and what this browser has recorded of it over time.
import { canisterStatus } from '@llama-canister/client';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { short } from '../chat/amounts.js';
import { texts } from '../texts.js';
import { useApp } from '../ui/app-state.js';
import { type Administered, mayControl } from './administered.js';
import { type Facts, findings } from './health.js';
import { type Sample, Throughput, withSample } from './history.js';
import { Part, Shown } from './parts.js';
import { Plot } from './plot.js';
import { bytes } from './quantities.js';
import { useLoaded } from './work.js';

const own = texts.administration;
const EVERY_MS = 10_000;
/** Reading a canister's status is an update call and costs some cycles, so it happens once a minute. */
const STATUS_MS = 60_000;

interface Seen extends Facts {
  moduleHash: string | undefined;
  controllers: readonly string[];
}

/** Asks the canister for everything that the overview shows. */
class Look {
  readonly #at: Administered;
  readonly #throughput = new Throughput();
  #status: Promise<Facts['status']> = Promise.resolve(undefined);
  #asked = Number.NEGATIVE_INFINITY;

  constructor(at: Administered) {
    this.#at = at;
  }

  #statusOf(time: number): Promise<Facts['status']> {
    if (mayControl(this.#at) && time - this.#asked >= STATUS_MS) {
      this.#asked = time;
      this.#status = canisterStatus(this.#at.agent, this.#at.id).catch(() => undefined);
    }
    return this.#status;
  }

  async look(): Promise<{ facts: Seen; sample: Sample }> {
    const { admin, canister, generations } = this.#at.llama;
    const time = Date.now();
    const [status, ready, memory, storage, limits, jobs, cleanup, noted, access] = await Promise.all([
      this.#statusOf(time),
      canister.ready(),
      admin.memory(),
      admin.storageLimits(),
      admin.generationLimits(),
      generations.list({ everybody: true }),
      canister.ok('get_cache_cleanup_stats', []),
      canister.ok('get_cycle_balance', []).catch(() => undefined),
      admin.access(),
    ]);
    const balance = status?.cycles ?? (noted && noted.updated_at_ns > 0n ? noted.cycle_balance : undefined);
    const facts: Seen = {
      ...{ status, noted: balance, notReady: ready.reason, ...memory },
      stored: { used: storage.callers_bytes_used, limit: storage.callers_bytes },
      open: { jobs: jobs.filter(({ ended }) => !ended).length, limit: limits.open },
      cleans: cleanup.is_running,
      isForEverybody: access === 'everybody',
      moduleHash: status?.moduleHash,
      controllers: status?.controllers ?? [],
    };
    const sample: Sample = {
      ...{ time, heap: Number(memory.heap), stable: Number(memory.stable) },
      ...{ cycles: balance === undefined ? undefined : Number(balance), rate: this.#throughput.look(jobs, time) },
    };
    return { facts, sample };
  }
}

function Plots({ samples }: { samples: readonly Sample[] }) {
  const pointsOf = (name: 'cycles' | 'heap' | 'stable' | 'rate') =>
    samples.flatMap((each) => (each[name] === undefined ? [] : [{ time: each.time, value: each[name] }]));
  return (
    <div class="plots">
      <Plot title={own.plots.cycles} points={pointsOf('cycles')} said={short} />
      <Plot title={own.plots.rate} points={pointsOf('rate')} said={(value) => texts.rate(value.toPrecision(2))} />
      <Plot title={own.plots.heap} points={pointsOf('heap')} said={bytes} />
      <Plot title={own.plots.stable} points={pointsOf('stable')} said={bytes} />
    </div>
  );
}

export function Overview({ at }: { at: Administered }) {
  const { store } = useApp();
  const name = `history of ${at.network} ${at.id}`;
  const samples = useSignal<readonly Sample[]>([]);
  const look = useRef<Look>(undefined);
  look.current ??= new Look(at);
  useEffect(() => {
    void store.setting<Sample[]>(name).then((kept) => {
      samples.value = [...(kept ?? []), ...samples.value];
    });
  }, [name]);
  const { value, failure } = useLoaded(async () => {
    const { facts, sample } = await look.current!.look();
    samples.value = withSample(samples.value, sample);
    await store.set(name, samples.value);
    return facts;
  }, EVERY_MS);
  return (
    <>
      <Shown value={value.value} failure={failure.value}>
        {(facts) => (
          <>
            <ul class="findings">
              {findings(facts).map(({ name, level, said }) => (
                <li key={name} class={`is-${level}`}>
                  <span class="dot" aria-hidden="true" />
                  <span>{name}</span>
                  <strong>{said}</strong>
                  <span class="unseen">{own.levels[level]}</span>
                </li>
              ))}
            </ul>
            {facts.moduleHash && (
              <dl class="facts">
                <dt>{own.moduleHash}</dt>
                <dd>
                  <code>{facts.moduleHash}</code>
                </dd>
                <dt>{own.controllers}</dt>
                <dd>
                  {facts.controllers.map((each) => (
                    <code key={each}>{each} </code>
                  ))}
                </dd>
              </dl>
            )}
          </>
        )}
      </Shown>
      <Part title={own.overTime} hint={own.overTimeHint}>
        <Plots samples={samples.value} />
      </Part>
    </>
  );
}
