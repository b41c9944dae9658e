import { render } from 'preact';
import { networkOf } from './network/places.js';
import { servedPlaces } from './network/served.js';

async function whatAnswers(): Promise<string> {
  const places = await servedPlaces(new URL(location.href), document.cookie);
  const [canister] = places.canisters;
  const network = canister && networkOf(places, canister.network);
  if (!canister || !network) return 'No canister is known here.';
  const { connect, openLlama } = await import('./network/connection.js');
  const agent = await connect({ host: new URL(network.url, location.href) });
  const info = await openLlama(agent, canister.id).canister.modelInfo();
  return info ? `${info.name} answers.` : `${canister.name} has no model loaded.`;
}

const text = await whatAnswers().catch(String);
render(<main>{text}</main>, document.getElementById('page')!);
