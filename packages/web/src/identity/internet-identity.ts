// Signing in with Internet Identity, in a chunk of its own: a window of it opens, and answers with a delegation.
import { AuthClient } from '@icp-sdk/auth/client';
import type { Identity } from '@icp-sdk/core/agent';

const DAY = 86_400_000_000_000n;

/**
 * A new one each time, since another tab may have signed in or out. It asks again after a week; a page that is left alone
 * does not sign out by itself, since answers go on.
 */
const client = (identityProvider = '') => new AuthClient({ identityProvider, idleOptions: { disableIdle: true } });

/** Undefined where nobody is signed in, or no more. */
export async function signedIn(): Promise<Identity | undefined> {
  const kept = client();
  return kept.isAuthenticated() ? kept.getIdentity() : undefined;
}

/** Has to be called while a click is handled, so that the browser opens the window. Default: that of the main network. */
export function signIn(provider?: string): Promise<Identity> {
  return client(provider).signIn({ maxTimeToLive: 7n * DAY });
}

export function signOut(): Promise<void> {
  return client().signOut();
}
