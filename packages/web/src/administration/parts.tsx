// Pieces of which the sections of the administration are made.
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { Failure } from '../chat/failure.js';
import { texts } from '../texts.js';
import { FailureNote } from '../ui/failure.js';
import { parseQuantity, quantity, type Unit } from './quantities.js';
import { useWork, type Work } from './work.js';

/** The outcome of the last action. */
export function Outcome({ work }: { work: Work }) {
  const failure = work.failure.value;
  if (!failure) return <p role="status">{work.said.value}</p>;
  // What is wrong with something that was typed needs no further explanation.
  if (failure.kind === 'unknown') return <p role="alert">{failure.message}</p>;
  return <FailureNote failure={failure} />;
}

/** Shows what was loaded, or why it could not be; shows nothing meanwhile. */
export function Shown<T>({
  value,
  failure,
  children,
}: {
  value: T | undefined;
  failure: Failure | undefined;
  children: (value: T) => ComponentChildren;
}) {
  return (
    <>
      {failure && <FailureNote failure={failure} />}
      {value === undefined ? !failure && <p class="hint">{texts.administration.loading}</p> : children(value)}
    </>
  );
}

/** An item of a list, with the actions for it. */
export function Row({
  name,
  about,
  children,
}: {
  name: ComponentChildren;
  about?: string;
  children?: ComponentChildren;
}) {
  return (
    <li>
      <span>
        <strong>{name}</strong>
        {about && <small>{about}</small>}
      </span>
      <span class="buttons">{children}</span>
    </li>
  );
}

export function Part({
  title,
  hint,
  children,
}: {
  title: string;
  hint?: string | undefined;
  children?: ComponentChildren;
}) {
  return (
    <section class="part">
      <h2>{title}</h2>
      {hint && <p class="hint">{hint}</p>}
      {children}
    </section>
  );
}

/** Quantities by name; undefined for a field that was left empty. */
type Quantities = Record<string, bigint | undefined>;

export interface QuantityField {
  name: string;
  label: string;
  unit: Unit;
}

/** A form of quantities. `save` gets all of them; an empty field is undefined, if empty means the default. */
export function QuantityForm<V extends { [name: string]: unknown }>({
  fields,
  values,
  save,
  isDisabled,
  hasDefaults = false,
}: {
  fields: readonly QuantityField[];
  values: V;
  save: (quantities: { [K in keyof V]: bigint | undefined }) => Promise<unknown>;
  isDisabled: boolean;
  hasDefaults?: boolean;
}) {
  const form = useRef<HTMLFormElement>(null);
  const work = useWork();
  const submit = async () => {
    const data = new FormData(form.current!);
    const found: Quantities = {};
    for (const { name, label, unit } of fields) {
      const text = String(data.get(name) ?? '').trim();
      const value = text === '' && hasDefaults ? undefined : parseQuantity(text, unit);
      if (value === undefined && !(text === '' && hasDefaults))
        throw new Error(texts.administration.noQuantity(label, text));
      found[name] = value;
    }
    await save(found as { [K in keyof V]: bigint | undefined });
    return texts.administration.saved;
  };
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        void work.run(submit);
      }}
    >
      <fieldset disabled={isDisabled || work.isBusy.value}>
        <div class="fields">
          {fields.map(({ name, label, unit }) => (
            <label class="field" key={name}>
              <span>{label}</span>
              <input
                name={name}
                autoComplete="off"
                spellcheck={false}
                placeholder={hasDefaults ? texts.byDefault : undefined}
                defaultValue={typeof values[name] === 'bigint' ? quantity(values[name], unit) : ''}
              />
            </label>
          ))}
        </div>
        {!isDisabled && (
          <div class="buttons">
            <button type="submit" class="primary">
              {texts.save}
            </button>
          </div>
        )}
      </fieldset>
      <Outcome work={work} />
    </form>
  );
}
