// The administration of a canister. It is a late chunk, because only few users have access to it.
import { useSignal, useSignalEffect } from '@preact/signals';
import { texts } from '../texts.js';
import { useApp } from '../ui/app-state.js';
import { type Section, sectionHref, sections } from '../ui/route.js';
import { Access } from './access.js';
import { type Administered, mayChange } from './administered.js';
import { Files } from './files.js';
import { Jobs } from './jobs.js';
import { LimitsView } from './limits.js';
import { Logs } from './logs.js';
import { Models } from './models.js';
import { Overview } from './overview.js';
import { PricesView } from './prices.js';

const own = texts.administration;
const VIEWS = {
  ...{ overview: Overview, models: Models, files: Files, jobs: Jobs },
  ...{ access: Access, limits: LimitsView, prices: PricesView, logs: Logs },
} as const satisfies Record<Section, unknown>;

export function Administration({ section }: { section: Section }) {
  const { chat, connections, standing } = useApp();
  const at = useSignal<Administered | undefined>(undefined);
  useSignalEffect(() => {
    const place = chat.place.value;
    const rights = standing.rights.value;
    at.value = undefined;
    if (!place || rights === 'none') return;
    void connections.canister(place.network, place.id).then(({ llama, agent }) => {
      if (chat.place.peek() === place) at.value = { llama, agent, ...place, rights };
    });
  });
  const View = VIEWS[section];
  const shown = at.value;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled has to be reached by keyboard.
    <section class="administration" tabIndex={0} aria-label={own.title}>
      <div class="column">
        <nav aria-label={own.title} class="sections">
          {sections.map((name) => (
            <a key={name} href={sectionHref(name)} aria-current={name === section ? 'page' : undefined}>
              {own.sections[name]}
            </a>
          ))}
        </nav>
        {shown && !mayChange(shown) && <p class="note">{own.onlyLook}</p>}
        {shown ? <View key={`${shown.network} ${shown.id}`} at={shown} /> : <p class="hint">{own.notAllowed}</p>}
      </div>
    </section>
  );
}
