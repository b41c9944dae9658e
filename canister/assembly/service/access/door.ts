/**
 * What is let in, by the marks of llama.did: who calls, how much is sent, and whether a query is sent as an update. All of
 * it is known before a byte of the argument is looked at.
 *
 * canister_inspect_message asks {@link mayDo} and {@link mayAsk}: a message from outside that it does not accept costs
 * nothing. It is run by one node, and not for calls of canisters, so that every method asks again ({@link whyNotDone},
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

/** Why the message's update is not executed; null if it is. */
export function whyNotDone(method: string, audience: i32, most: u32): Problem | null {
  return whyNoEntry(method, audience, most);
}

/**
 * Why the message's query is not answered; null if it is. One that is sent as an update is executed as one, with cycles,
 * and keeps nothing of what it did, so that it cannot be counted against a quota either.
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

/** Whether a message from outside may be executed as an update, though it is a query. */
export function mayAsk(audience: i32, most: u32, certified: bool): bool {
  return mayDo(audience, most) && (mayAdminister() || (certified && isLetInToAsk()));
}
