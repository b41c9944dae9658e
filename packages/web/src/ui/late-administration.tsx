// Loads the administration's chunk when a user opens it.
import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { type Failure, failureOf } from '../chat/failure.js';
import { texts } from '../texts.js';
import { useApp } from './app-state.js';
import { FailureNote } from './failure.js';
import type { Section } from './route.js';

type Administration = ComponentType<{ section: Section }>;

export function LateAdministration({ section }: { section: Section }) {
  const { administration } = useApp();
  const loaded = useSignal<{ View: Administration } | undefined>(undefined);
  const failure = useSignal<Failure | undefined>(undefined);
  const load = () => {
    failure.value = undefined;
    administration().then(
      (View) => (loaded.value = { View }),
      (error) => (failure.value = failureOf(error)),
    );
  };
  useEffect(load, []);
  if (loaded.value) {
    const { View } = loaded.value;
    return <View section={section} />;
  }
  return (
    <div class="administration">
      <div class="column">
        {failure.value ? (
          <FailureNote failure={failure.value}>
            <button type="button" onClick={load}>
              {texts.tryAgain}
            </button>
          </FailureNote>
        ) : (
          <p class="hint">{texts.administration.loading}</p>
        )}
      </div>
    </div>
  );
}
