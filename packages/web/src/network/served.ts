// What the page's server tells it.
import { placesOfAddress } from './address.js';
import { type Places, PlacesError, readPlaces } from './places.js';

/** Relative to the page. */
const FILE = './llama-canister.json';

interface Told {
  places: Places;
  /** The canister that serves the file, as the gateway's header says: a custom domain does not name it. */
  canister: string | undefined;
}

async function toldByServer(base: URL, fetcher: typeof fetch): Promise<Told | undefined> {
  const response = await fetcher(new URL(FILE, base), { headers: { accept: 'application/json' } });
  // Servers without such a file may answer with the page itself.
  if (!response.ok || !/\bjson\b/.test(response.headers.get('content-type') ?? '')) return undefined;
  try {
    const canister = response.headers.get('x-ic-canister-id') ?? undefined;
    return { places: readPlaces(await response.json()), canister };
  } catch (error) {
    if (error instanceof PlacesError) throw error;
    throw new PlacesError(`llama-canister.json: ${error instanceof Error ? error.message : error}`);
  }
}

/**
 * The places in `llama-canister.json` beside the page, or, if it lists none, those in the page's address or the
 * gateway's header.
 * Errors: PlacesError; if no server answers, there are just no places.
 */
export async function servedPlaces(base: URL, cookies: string, fetcher: typeof fetch = fetch): Promise<Places> {
  const told = await toldByServer(base, fetcher).catch((error) => {
    if (error instanceof PlacesError) throw error;
    return undefined;
  });
  if (told !== undefined && told.places.canisters.length > 0) return told.places;
  return placesOfAddress(base, cookies, told?.canister) ?? told?.places ?? { networks: [], canisters: [] };
}
