// Settings of the page: its looks, the user's identity, canisters, and all conversations as a file.
import { useSignal } from '@preact/signals';
import { texts } from '../texts.js';
import { dialog, useApp } from './app-state.js';
import { CanisterList } from './canister-list.js';
import { Dialog } from './dialog.js';
import { go } from './route.js';
import { saveFile } from './save-file.js';
import { Principal, SignIn } from './sign-in.js';
import { type Theme, theme } from './theme.js';

function Appearance() {
  return (
    <fieldset class="choices">
      <legend>{texts.appearance}</legend>
      {(Object.entries(texts.themes) as [Theme, string][]).map(([value, said]) => (
        <label key={value}>
          <input type="radio" name="theme" checked={theme.value === value} onChange={() => (theme.value = value)} />
          {said}
        </label>
      ))}
    </fieldset>
  );
}

function Identity() {
  const { chat, standing } = useApp();
  const stand = standing.stand.value;
  const place = chat.place.value;
  if (!place || stand.is === 'nowhere' || stand.is === 'connecting') return null;
  return (
    <section>
      <h3>{texts.identity}</h3>
      <p class="hint">{texts.identities[stand.choice]}</p>
      {stand.principal && <Principal text={stand.principal} />}
      <SignIn network={place.network} choice={stand.choice} />
    </section>
  );
}

/** Whether the canister keeps conversations, too. */
function KeptThere() {
  const { keeping, places, chat, standing } = useApp();
  const said = useSignal('');
  const stand = standing.stand.value;
  const place = chat.place.value;
  const failure = keeping.failure.value;
  if (!place || (stand.is !== 'ready' && stand.is !== 'without-model') || stand.choice === 'nobody') return null;
  const removeThere = async () => {
    if (!confirm(texts.removeThereSure)) return;
    said.value = await keeping.removeThere().then(
      () => texts.removedThere,
      (error) => texts.notKept(String(error instanceof Error ? error.message : error)),
    );
  };
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          checked={keeping.isOn.value}
          onChange={(event) => void keeping.set(event.currentTarget.checked)}
        />
        {texts.keepThere(places.nameOf(place.network, place.id))}
      </label>
      <p class="hint">
        {texts.keepThereHint} {stand.choice === 'key' && texts.keepThereKey}
      </p>
      {keeping.isOn.value && failure && <p role="alert">{texts.notKept(failure.message)}</p>}
      {keeping.tooLong.value > 0 && <p role="status">{texts.tooLongToKeep(keeping.tooLong.value)}</p>}
      <div class="buttons">
        <button type="button" class="danger" onClick={() => void removeThere()}>
          {texts.removeThere}
        </button>
      </div>
      {said.value && <p role="status">{said.value}</p>}
    </>
  );
}

function Data() {
  const { library } = useApp();
  const said = useSignal('');
  const save = async () => {
    const blob = new Blob([await library.export()], { type: 'application/json' });
    saveFile(blob, `conversations-${new Date().toISOString().slice(0, 10)}.json`);
  };
  const read = async (input: HTMLInputElement) => {
    const [file] = input.files ?? [];
    if (!file) return;
    try {
      said.value = texts.imported(await library.import(await file.text()));
    } catch (error) {
      said.value = texts.notImported(error instanceof Error ? error.message : String(error));
    }
    input.value = '';
  };
  const removeAll = async () => {
    if (!confirm(texts.removeAllSure)) return;
    await library.removeAll();
    go(undefined, true);
  };
  return (
    <section>
      <h3>{texts.data}</h3>
      <p class="hint">{texts.dataHint}</p>
      <div class="buttons">
        <button type="button" onClick={() => void save()}>
          {texts.exportAll}
        </button>
        <label class="button">
          {texts.importAll}
          <input
            type="file"
            class="unseen"
            accept="application/json,.json"
            onChange={(event) => void read(event.currentTarget)}
          />
        </label>
        <button type="button" class="danger" onClick={() => void removeAll()}>
          {texts.removeAll}
        </button>
      </div>
      <p role="status">{said.value}</p>
      <KeptThere />
    </section>
  );
}

export function SettingsDialog() {
  return (
    <Dialog title={texts.settings} onClose={() => (dialog.value = undefined)}>
      <Appearance />
      <Identity />
      <CanisterList />
      <Data />
    </Dialog>
  );
}
