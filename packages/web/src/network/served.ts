// What the page is told by whoever serves it.
import { placesOfAddress } from './address.js';
import { type Places, PlacesError, readPlaces } from './places.js';

/** Beside the page. */
const FILE = './llama-canister.json';

interface Told {
  places: Places;
  /** The canister that the file is from, as the gateway says in front of it: hosts of one's own do not name it. */
  canister: string | undefined;
}

async function toldByServer(base: URL, fetcher: typeof fetch): Promise<Told | undefined> {
  const response = await fetcher(new URL(FILE, base), { headers: { accept: 'application/json' } });
  // Servers that have no such file may answer with the page itself.
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
 * Where the page's canisters are: as `llama-canister.json` beside it says, or, where that names none, as its address or the
 * gateway does; none where nobody says anything. Errors: PlacesError; none where nobody answers.
 */
export async function servedPlaces(base: URL, cookies: string, fetcher: typeof fetch = fetch): Promise<Places> {
  const told = await toldByServer(base, fetcher).catch((error) => {
    if (error instanceof PlacesError) throw error;
    return undefined;
  });
  if (told !== undefined && told.places.canisters.length > 0) return told.places;
  return placesOfAddress(base, cookies, told?.canister) ?? told?.places ?? { networks: [], canisters: [] };
}
