// Who the page's user is to a canister: nobody, a key that this browser has made, or an Internet Identity.

export type IdentityChoice = 'nobody' | 'key' | 'internet-identity';

/** Where nothing was chosen: on a local network the key does, elsewhere people say which of them they want. */
export function defaultChoice(isLocal: boolean): IdentityChoice {
  return isLocal ? 'key' : 'nobody';
}

/** The name of the setting with what was chosen for a network. */
export function choiceSetting(network: string): string {
  return `identity of ${network}`;
}
