// The canisters that the page can use, and where they are: from /llama-canister.json, and from what the browser keeps.

/** A network with canisters. */
export interface NetworkPlace {
  /** The main network's name is `ic`. */
  name: string;
  /** The address of its API: absolute, or relative to the page. */
  url: string;
  /** Its root key in DER as hexadecimal digits; missing for the main network, whose key is built in. */
  rootKey?: string;
  /** Whether keys that the page makes itself are enough; otherwise users sign in with Internet Identity. */
  local: boolean;
  /** Where people sign in; default is Internet Identity. */
  identityProvider?: string;
}

export interface CanisterPlace {
  name: string;
  id: string;
  /** The name of its network. */
  network: string;
}

export interface Places {
  networks: NetworkPlace[];
  canisters: CanisterPlace[];
}

export const MAIN_NETWORK: NetworkPlace = { name: 'ic', url: 'https://icp-api.io', local: false };

/** Ten bytes and their checksum; the network checks whether the canister exists. */
const CANISTER_ID = /^([a-z2-7]{5}-){4}[a-z2-7]{3}$/;

export function isCanisterId(text: string): boolean {
  return CANISTER_ID.test(text);
}

/** What is wrong with a list of places, so that somebody can correct it. */
export class PlacesError extends Error {
  override readonly name = 'PlacesError';
}

type Fields = Record<string, unknown>;

function fields(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new PlacesError(`${where}: no object`);
  return value as Fields;
}

function list(value: unknown, where: string): unknown[] {
  if (!Array.isArray(value)) throw new PlacesError(`${where}: no list`);
  return value;
}

function text(value: unknown, where: string): string {
  if (typeof value !== 'string' || value === '') throw new PlacesError(`${where}: no text`);
  return value;
}

/** Browsers show whose window it is that people sign in with, and nobody else may have its answer. */
const SAFE = /^(https:\/\/|http:\/\/(127\.0\.0\.1|([\w-]+\.)*localhost)(:\d+)?(\/|$))/;

function networkPlace(value: unknown, where: string): NetworkPlace {
  const { name, url, rootKey, local = false, identityProvider } = fields(value, where);
  if (rootKey !== undefined && !/^[0-9a-f]{266}$/i.test(text(rootKey, `${where}.rootKey`))) {
    throw new PlacesError(`${where}.rootKey: a root key has 133 bytes, 266 hexadecimal digits`);
  }
  if (typeof local !== 'boolean') throw new PlacesError(`${where}.local: neither true nor false`);
  const place: NetworkPlace = { name: text(name, `${where}.name`), url: text(url, `${where}.url`), local };
  if (rootKey !== undefined) place.rootKey = rootKey as string;
  if (identityProvider !== undefined) {
    place.identityProvider = text(identityProvider, `${where}.identityProvider`);
    if (!SAFE.test(place.identityProvider)) throw new PlacesError(`${where}.identityProvider: no address of HTTPS`);
  }
  return place;
}

function canisterPlace(value: unknown, where: string): CanisterPlace {
  const { id, name = id, network = MAIN_NETWORK.name } = fields(value, where);
  const place = {
    id: text(id, `${where}.id`),
    name: text(name, `${where}.name`),
    network: text(network, `${where}.network`),
  };
  if (!isCanisterId(place.id)) throw new PlacesError(`${where}.id: "${place.id}" is no canister id`);
  return place;
}

/**
 * The content of /llama-canister.json; README.md describes it.
 * Errors: PlacesError with the path of the wrong field.
 */
export function readPlaces(json: unknown): Places {
  const { version, networks = [], canisters } = fields(json, 'llama-canister.json');
  if (version !== 1) throw new PlacesError(`version: ${JSON.stringify(version)}, this page reads version 1`);
  const places: Places = {
    networks: list(networks, 'networks').map((each, i) => networkPlace(each, `networks[${i}]`)),
    canisters: list(canisters, 'canisters').map((each, i) => canisterPlace(each, `canisters[${i}]`)),
  };
  const known = new Set([MAIN_NETWORK.name, ...places.networks.map(({ name }) => name)]);
  for (const [i, { network }] of places.canisters.entries()) {
    if (!known.has(network)) throw new PlacesError(`canisters[${i}].network: there is no network "${network}"`);
  }
  return places;
}

/**
 * Networks and canisters of both. The first counts if two networks have the same name, or two canisters the same id and
 * network.
 */
export function joinPlaces(one: Places, other: Places): Places {
  const networks = [...one.networks];
  for (const each of other.networks) if (!networks.some(({ name }) => name === each.name)) networks.push(each);
  const canisters = [...one.canisters];
  for (const each of other.canisters) {
    if (!canisters.some(({ id, network }) => id === each.id && network === each.network)) canisters.push(each);
  }
  return { networks, canisters };
}

export function networkOf(places: Places, name: string): NetworkPlace | undefined {
  return places.networks.find((each) => each.name === name) ?? (name === MAIN_NETWORK.name ? MAIN_NETWORK : undefined);
}
