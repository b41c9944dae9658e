// Who may do what: the access level, roles, and applications.
import type { Access as Level, Role } from '@llama-canister/client';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { texts } from '../texts.js';
import { type Administered, mayChange, mayControl } from './administered.js';
import { Outcome, Part, Row, Shown } from './parts.js';
import { useLoaded, useWork } from './work.js';

const own = texts.administration;

function AccessLevel({ at }: { at: Administered }) {
  const work = useWork();
  const { value, failure, again } = useLoaded(() => at.llama.admin.access());
  const set = (level: Level) =>
    work.run(async () => {
      await at.llama.admin.setAccess(level);
      await again();
      return texts.administration.saved;
    });
  return (
    <Part title={own.accessLevel} hint={mayControl(at) ? undefined : own.forControllers}>
      <Shown value={value.value} failure={failure.value}>
        {(level) => (
          <fieldset class="choices" disabled={!mayControl(at) || work.isBusy.value}>
            <legend class="unseen">{own.accessLevel}</legend>
            {(['everybody', 'controllers'] as const).map((each) => (
              <label key={each}>
                <input type="radio" name="access" checked={level === each} onChange={() => void set(each)} />
                {own.levelsOfAccess[each]}
              </label>
            ))}
          </fieldset>
        )}
      </Shown>
      <Outcome work={work} />
    </Part>
  );
}

interface Named {
  principal: string;
  note: string;
  about: string;
}

/** A list of principals with notes, to which entries can be added and from which they can be removed. */
function Principals({
  title,
  hint,
  load,
  add,
  remove,
  isDisabled,
  children,
}: {
  title: string;
  hint: string;
  load: () => Promise<Named[]>;
  add: (principal: string, note: string, data: FormData) => Promise<unknown>;
  remove: (principal: string) => Promise<unknown>;
  isDisabled: boolean;
  children?: ComponentChildren;
}) {
  const form = useRef<HTMLFormElement>(null);
  const work = useWork();
  const { value, failure, again } = useLoaded(load);
  const change = (what: () => Promise<unknown>) =>
    work.run(async () => {
      await what();
      await again();
      return own.saved;
    });
  const submit = () => {
    const data = new FormData(form.current!);
    const [principal, note] = ['principal', 'note'].map((name) => String(data.get(name) ?? '').trim());
    void change(() => add(principal!, note!, data).then(() => form.current!.reset()));
  };
  return (
    <Part title={title} hint={hint}>
      <Shown value={value.value} failure={failure.value}>
        {(all) => (
          <ul class="places">
            {all.map(({ principal, note, about }) => (
              <Row
                key={principal}
                name={note || principal}
                about={[note && principal, about].filter(Boolean).join(' · ')}
              >
                {!isDisabled && (
                  <button
                    type="button"
                    class="danger"
                    aria-label={`${texts.remove}: ${principal}`}
                    onClick={() => void change(() => remove(principal))}
                  >
                    {texts.remove}
                  </button>
                )}
              </Row>
            ))}
          </ul>
        )}
      </Shown>
      {!isDisabled && (
        <form
          ref={form}
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <div class="fields">
            <label class="field">
              <span>{texts.principal}</span>
              <input name="principal" required autoComplete="off" spellcheck={false} />
            </label>
            <label class="field">
              <span>{own.note}</span>
              <input name="note" maxLength={400} autoComplete="off" />
            </label>
            {children}
          </div>
          <div class="buttons">
            <button type="submit" disabled={work.isBusy.value}>
              {texts.add}
            </button>
          </div>
        </form>
      )}
      <Outcome work={work} />
    </Part>
  );
}

function Roles({ at }: { at: Administered }) {
  const { admin } = at.llama;
  return (
    <Principals
      title={own.roles}
      hint={own.rolesHint}
      isDisabled={!mayControl(at)}
      load={async () =>
        (await admin.roles()).map(({ principal, note, role }) => {
          return { principal, note, about: own.rolesOf['AdminUpdate' in role ? 'AdminUpdate' : 'AdminQuery'] };
        })
      }
      add={(principal, note, data) => admin.assignRole(principal, data.get('role') as Role, note)}
      remove={(principal) => admin.revokeRole(principal)}
    >
      <label class="field">
        <span>{own.role}</span>
        <select name="role">
          <option value="AdminQuery">{own.rolesOf.AdminQuery}</option>
          <option value="AdminUpdate">{own.rolesOf.AdminUpdate}</option>
        </select>
      </label>
    </Principals>
  );
}

export function Access({ at }: { at: Administered }) {
  const { admin } = at.llama;
  return (
    <>
      <AccessLevel at={at} />
      {mayControl(at) ? <Roles at={at} /> : <Part title={own.roles} hint={own.rolesForControllers} />}
      <Principals
        title={own.applications}
        hint={own.applicationsHint}
        isDisabled={!mayChange(at)}
        load={async () => (await admin.applications()).map(({ principal, note }) => ({ principal, note, about: '' }))}
        add={(principal, note) => admin.setApplication(principal, note)}
        remove={(principal) => admin.removeApplication(principal)}
      />
    </>
  );
}
