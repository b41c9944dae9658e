// The canister's log, of which the network keeps some kilobytes, and its level.
import { canisterLogs, type LogLevelName } from '@llama-canister/client';
import { texts } from '../texts.js';
import { type Administered, mayChange, mayControl } from './administered.js';
import { Outcome, Part, Shown } from './parts.js';
import { useLoaded, useWork } from './work.js';

const own = texts.administration;
const EVERY_MS = 10_000;
const LEVELS: readonly LogLevelName[] = ['error', 'warn', 'info', 'debug'];

export function Logs({ at }: { at: Administered }) {
  const { admin } = at.llama;
  const work = useWork();
  const level = useLoaded(() => admin.logLevel());
  const { value, failure } = useLoaded(() => canisterLogs(at.agent, at.id), EVERY_MS);
  const isDenied = failure.value?.kind === 'rejected' && !mayControl(at);
  const set = (name: LogLevelName) =>
    work.run(async () => {
      await admin.setLogLevel(name);
      await level.again();
      return own.saved;
    });
  return (
    <Part title={own.logs} hint={own.logsHint}>
      {level.value.value && (
        <label class="field">
          <span>{own.logLevel}</span>
          <select
            value={level.value.value}
            disabled={!mayChange(at) || work.isBusy.value}
            onChange={(event) => void set(event.currentTarget.value as LogLevelName)}
          >
            {LEVELS.map((name) => (
              <option key={name} value={name}>
                {own.logLevels[name]}
              </option>
            ))}
          </select>
        </label>
      )}
      <Outcome work={work} />
      {isDenied && <p class="note">{own.logsDenied}</p>}
      <Shown value={isDenied ? [] : value.value} failure={isDenied ? undefined : failure.value}>
        {(lines) =>
          isDenied ? null : lines.length === 0 ? (
            <p class="hint">{own.noLogs}</p>
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled has to be reached by keyboard.
            <pre class="log" tabIndex={0} dir="ltr">
              {[...lines].reverse().map(({ time, text }) => `${time.toISOString().slice(0, 19)}  ${text}\n`)}
            </pre>
          )
        }
      </Shown>
    </Part>
  );
}
