// The user's identity for a canister: nobody, a key that this browser makes, or an Internet Identity.

export type IdentityChoice = 'nobody' | 'key' | 'internet-identity';

/** The identity if none was chosen: on a local network a key is enough, elsewhere the user has to choose. */
export function defaultChoice(isLocal: boolean): IdentityChoice {
  return isLocal ? 'key' : 'nobody';
}

/** The name of the setting that has the choice for a network. */
export function choiceSetting(network: string): string {
  return `identity of ${network}`;
}
