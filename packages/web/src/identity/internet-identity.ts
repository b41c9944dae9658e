// Signing in with Internet Identity, in a chunk of its own: a window of it opens, and answers with a delegation.
import { AuthClient } from '@icp-sdk/auth/client';
import type { Identity } from '@icp-sdk/core/agent';

const DAY = 86_400_000_000_000n;

/** It asks again after a week; a page that is left alone does not sign out by itself, since answers go on. */
const client = new AuthClient({ idleOptions: { disableIdle: true } });

/** Undefined where nobody is signed in, or no more. */
export async function signedIn(): Promise<Identity | undefined> {
  return client.isAuthenticated() ? client.getIdentity() : undefined;
}

/** Has to be called while a click is handled, so that the browser opens the window. */
export function signIn(): Promise<Identity> {
  return client.signIn({ maxTimeToLive: 7n * DAY });
}

export function signOut(): Promise<void> {
  return client.signOut();
}
