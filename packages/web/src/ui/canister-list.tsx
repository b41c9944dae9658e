import { useSignal } from '@preact/signals';
import { isCanisterId, MAIN_NETWORK } from '../network/places.js';
import { texts } from '../texts.js';
import { useApp } from './app-state.js';
import { IconButton } from './icons.js';

/** The URL that was typed; undefined if it is none. */
function networkUrl(text: string): URL | undefined {
  try {
    const url = new URL(text);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a network is on this machine, where a key of the page's own is enough. */
const isLoopback = ({ hostname }: URL) => /^(localhost|.*\.localhost|127\..*|\[::1\])$/.test(hostname);

/** The canisters that can be used; those that were added here can be removed again. */
export function CanisterList() {
  const { places, connections } = useApp();
  const wrong = useSignal('');
  const add = async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const [id, name, where] = ['id', 'name', 'url'].map((field) => String(data.get(field) ?? '').trim());
    const url = networkUrl(where!);
    if (!isCanisterId(id!)) wrong.value = texts.badCanisterId;
    else if (where !== '' && !url) wrong.value = texts.badUrl;
    else {
      wrong.value = '';
      const network = url && { name: url.host, url: url.origin, local: isLoopback(url) };
      await places.add({ id: id!, name: name || id!, network: network?.name ?? MAIN_NETWORK.name }, network);
      connections.forget();
      form.reset();
    }
  };
  return (
    <section>
      <h3>{texts.canisters}</h3>
      <ul class="places">
        {places.all.value.canisters.map((each) => (
          <li key={`${each.network} ${each.id}`}>
            <span>
              <strong>{each.name}</strong>
              <small>
                <code>{each.id}</code> · {each.network === MAIN_NETWORK.name ? texts.mainNetwork : each.network}
              </small>
            </span>
            {places.isAdded(each) && (
              <IconButton
                name="remove"
                label={`${texts.remove}: ${each.name}`}
                onClick={() => void places.remove(each)}
              />
            )}
          </li>
        ))}
      </ul>
      <details>
        <summary>{texts.addCanister}</summary>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void add(event.currentTarget);
          }}
        >
          <label class="field">
            <span>{texts.canisterId}</span>
            <input name="id" required autoComplete="off" spellcheck={false} />
          </label>
          <label class="field">
            <span>{texts.canisterName}</span>
            <input name="name" maxLength={60} autoComplete="off" />
          </label>
          <label class="field">
            <span>{texts.networkUrl}</span>
            <input name="url" placeholder={texts.networkUrlHint} autoComplete="off" spellcheck={false} />
          </label>
          {wrong.value && <p role="alert">{wrong.value}</p>}
          <div class="buttons">
            <button type="submit" class="primary">
              {texts.add}
            </button>
          </div>
        </form>
      </details>
    </section>
  );
}
