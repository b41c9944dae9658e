// The answers that the canister is computing or keeps, for all callers.
import type { Generation } from '@llama-canister/client';
import { short } from '../chat/amounts.js';
import { texts } from '../texts.js';
import { type Administered, mayChange } from './administered.js';
import { Outcome, Row, Shown } from './parts.js';
import { useLoaded, useWork } from './work.js';

const own = texts.administration;
const EVERY_MS = 3_000;

function stateOf({ state, reason, end, place }: Generation): string {
  if (state === 'ended') return own.ended(end ?? '');
  const said = own.states[state] ?? state;
  if (reason) return `${said}: ${reason}`;
  return place > 0 ? `${said}, ${own.before(place)}` : said;
}

function about(job: Generation): string {
  const { usage, caller, session, started } = job;
  return [
    stateOf(job),
    own.tokensOf(usage.promptTokens, usage.generatedTokens),
    texts.cycles(short(Number(usage.cycles))),
    started.toLocaleString(),
    session,
    caller,
  ]
    .filter(Boolean)
    .join(' · ');
}

export function Jobs({ at }: { at: Administered }) {
  const { generations } = at.llama;
  const work = useWork();
  const { value, failure, again } = useLoaded(() => generations.list({ everybody: true }), EVERY_MS);
  const act = (job: Generation) =>
    work.run(async () => {
      if (job.ended) await generations.forget(job.id);
      else await generations.cancel(job.id);
      await again();
      return job.ended ? own.forgotten(String(job.id)) : own.cancelled(String(job.id));
    });
  return (
    <>
      <p class="hint">{own.jobsHint}</p>
      <Outcome work={work} />
      <Shown value={value.value} failure={failure.value}>
        {(jobs) => (
          <>
            {jobs.length === 0 && <p class="hint">{own.noJobs}</p>}
            <ul class="places">
              {jobs.map((job) => (
                <Row key={job.id} name={own.job(String(job.id))} about={about(job)}>
                  {mayChange(at) && (
                    <button
                      type="button"
                      class={job.ended ? '' : 'danger'}
                      aria-label={`${job.ended ? own.forget : own.cancel}: ${job.id}`}
                      onClick={() => void act(job)}
                    >
                      {job.ended ? own.forget : own.cancel}
                    </button>
                  )}
                </Row>
              ))}
            </ul>
          </>
        )}
      </Shown>
    </>
  );
}
