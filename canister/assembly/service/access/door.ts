/**
 * Decides by the marks of llama.did which messages are accepted: by the caller, the size of the argument, and whether a
 * query is sent as an update. All of this is known before a byte of the argument is read.
 *
 * canister_inspect_message calls {@link mayDo} and {@link mayAsk}; a message from outside that it refuses costs
 * nothing. It runs on one node only, and not for calls of canisters, so every method checks again ({@link whyNotDone},
 * {@link whyNotAsked}).
 */
import { argumentSize, isReplicated } from '../../ic/message';
import { Code, Problem } from '../../problem';
import { isAmong, isLetInToAsk, mayAdminister } from './access';

function whyNoEntry(method: string, audience: i32, most: u32): Problem | null {
  if (!isAmong(audience)) return new Problem('Access Denied', Code.FORBIDDEN);
  const size = argumentSize();
  if (size <= most) return null;
  const why = `${method}: the argument has ${size} bytes, and at most ${most} are looked at`;
  return new Problem(why, Code.UNREADABLE);
}

/** Why the message must not be executed as an update; null if it may. */
export function whyNotDone(method: string, audience: i32, most: u32): Problem | null {
  return whyNoEntry(method, audience, most);
}

/**
 * Why the message must not be answered as a query; null if it may. A query that is sent as an update costs cycles, and
 * its changes are discarded, so quotas cannot count it.
 */
export function whyNotAsked(method: string, audience: i32, most: u32, certified: bool): Problem | null {
  const refusal = whyNoEntry(method, audience, most);
  if (refusal !== null || certified || !isReplicated() || mayAdminister()) return refusal;
  const why = `${method}: it was sent as an update; send it as a query (icp canister call --query)`;
  return new Problem(why, Code.UNREADABLE);
}

/** Whether a message from outside may be executed as an update. */
export function mayDo(audience: i32, most: u32): bool {
  return argumentSize() <= most && isAmong(audience);
}

/** Whether a message from outside may execute a query as an update. */
export function mayAsk(audience: i32, most: u32, certified: bool): bool {
  return mayDo(audience, most) && (mayAdminister() || (certified && isLetInToAsk()));
}
