// What the page is told by whoever serves it.
import { placesOfAddress } from './address.js';
import { type Places, PlacesError, readPlaces } from './places.js';

/** Beside the page. */
const FILE = './llama-canister.json';

async function placesOfServer(base: URL, fetcher: typeof fetch): Promise<Places | undefined> {
  const response = await fetcher(new URL(FILE, base), { headers: { accept: 'application/json' } });
  // Servers that have no such file may answer with the page itself.
  if (!response.ok || !/\bjson\b/.test(response.headers.get('content-type') ?? '')) return undefined;
  try {
    return readPlaces(await response.json());
  } catch (error) {
    if (error instanceof PlacesError) throw error;
    throw new PlacesError(`llama-canister.json: ${error instanceof Error ? error.message : error}`);
  }
}

/**
 * Where the page's canisters are: as `llama-canister.json` beside it says, or as its address does; none where neither says
 * anything. Errors: PlacesError; none where nobody answers.
 */
export async function servedPlaces(base: URL, cookies: string, fetcher: typeof fetch = fetch): Promise<Places> {
  const ofServer = await placesOfServer(base, fetcher).catch((error) => {
    if (error instanceof PlacesError) throw error;
    return undefined;
  });
  return ofServer ?? placesOfAddress(base, cookies) ?? { networks: [], canisters: [] };
}
