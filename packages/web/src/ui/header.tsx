import { MAIN_NETWORK } from '../network/places.js';
import { texts } from '../texts.js';
import { isListHidden, isListOpen, useApp } from './app-state.js';
import { Icon, IconButton } from './icons.js';
import { go, route } from './route.js';

/** The title of the conversation, and the canister that it is with. */
export function Header() {
  const { chat, places, standing } = useApp();
  const place = chat.place.value;
  const { canisters } = places.all.value;
  const stand = standing.stand.value;
  const isAdministration = route.value.at === 'administration';
  const key = (network: string, id: string) => `${network} ${id}`;
  const nameOfNetwork = (network: string) => (network === MAIN_NETWORK.name ? texts.mainNetwork : network);
  // A canister without a name is called after its model.
  const model = stand.is === 'ready' ? stand.model.name || stand.model.architecture : '';
  const name = place && places.nameOf(place.network, place.id);
  const isKnown = canisters.some(({ id, network }) => id === place?.id && network === place.network);
  return (
    <header class="head">
      <IconButton
        name="menu"
        class="open-list"
        label={texts.openMenu}
        onClick={() => {
          isListOpen.value = true;
          isListHidden.value = false;
        }}
      />
      <h1 dir="auto" class={isAdministration ? 'whole' : ''}>
        {isAdministration ? texts.administration.title : (chat.current.value?.title ?? texts.newChat)}
      </h1>
      {place && (
        <label class="canister">
          <span class={`dot is-${stand.is}`} aria-hidden="true" />
          <span class="canister-name">
            {name === place.id && model ? model : name}
            <span> · {nameOfNetwork(place.network)}</span>
          </span>
          <select
            aria-label={texts.canister}
            value={key(place.network, place.id)}
            onChange={(event) => {
              const [network = '', id = ''] = event.currentTarget.value.split(' ');
              void chat.talkTo(network, id);
            }}
          >
            {!isKnown && <option value={key(place.network, place.id)}>{place.id}</option>}
            {canisters.map(({ id, name, network }) => (
              <option key={key(network, id)} value={key(network, id)}>
                {name} · {nameOfNetwork(network)}
              </option>
            ))}
          </select>
          <Icon name="down" />
        </label>
      )}
      {!isAdministration && (
        <IconButton name="add" class="narrow" label={texts.newChat} onClick={() => go(undefined)} />
      )}
    </header>
  );
}
