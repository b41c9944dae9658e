// Signing in with Internet Identity, in a chunk of its own: a window opens, and returns a delegation.
import { AuthClient } from '@icp-sdk/auth/client';
import type { Identity } from '@icp-sdk/core/agent';

const DAY = 86_400_000_000_000n;

/**
 * A new client each time, because another tab may have signed in or out. The delegation expires after a week. An idle
 * page stays signed in, because answers go on.
 */
const client = (identityProvider = '') => new AuthClient({ identityProvider, idleOptions: { disableIdle: true } });

/** Undefined if nobody is signed in, or the delegation has expired. */
export async function signedIn(): Promise<Identity | undefined> {
  const kept = client();
  return kept.isAuthenticated() ? kept.getIdentity() : undefined;
}

/**
 * Must be called while a click is handled, because otherwise the browser does not open the window. Default: the main
 * network's identity provider.
 */
export function signIn(provider?: string): Promise<Identity> {
  return client(provider).signIn({ maxTimeToLive: 7n * DAY });
}

export function signOut(): Promise<void> {
  return client().signOut();
}
