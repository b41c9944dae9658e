// Settings of the page: how it looks, who one is, canisters, and all conversations as a file.
import { useSignal } from '@preact/signals';
import { texts } from '../texts.js';
import { dialog, useApp } from './app-state.js';
import { CanisterList } from './canister-list.js';
import { Dialog } from './dialog.js';
import { go } from './route.js';
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

/** Has the browser save a text as a file. */
function saveFile(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function Data() {
  const { library } = useApp();
  const said = useSignal('');
  const save = async () => {
    saveFile(await library.export(), `conversations-${new Date().toISOString().slice(0, 10)}.json`);
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
