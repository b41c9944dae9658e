// What is said of an answer that somebody leaves, by Ctrl-C or because the network is lost.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, LlamaError } from '@llama-canister/client';
import type { Output } from '../output.js';

/** Milliseconds to wait for the canister after Ctrl-C: silently, and then with a note. */
const LAST_WORD_MS = 900;
const LONGEST_MS = 60_000;
/** In the place of an answer's number: the newest one. */
export const LAST = 'last';

/** Milliseconds that taking leave may take. */
export const LEAVE_MS = LONGEST_MS + 2 * LAST_WORD_MS;

/** Adds to an error the command that reads on, if there is an answer to read. */
export async function readOnLater(error: unknown, answer: Answer, kept: boolean): Promise<unknown> {
  if (!(error instanceof LlamaError)) return error;
  const isLost = error.kind === 'transport';
  if (!isLost && !(error.kind === 'aborted' && kept)) return error;
  // The answer may not have begun yet, or not at all.
  const known = await Promise.race([
    answer.id.then(
      (id) => ({ id }),
      () => ({ id: undefined }),
    ),
    sleep(0),
  ]);
  if (known && known.id === undefined) return error;
  const { kind, code, message, value } = error;
  if (!known) {
    const next = `It may have been started nevertheless. Read it: \`llama-canister ask --attach ${LAST}\``;
    return new LlamaError(kind, code, message, { value, next, cause: error });
  }
  const next = `The canister goes on with it. Read the rest: \`llama-canister ask --attach ${known.id} --from ${answer.position}\``;
  return new LlamaError(kind, code, message, { value, next, cause: error });
}

/**
 * After Ctrl-C: waits until the canister has said that the answer is cancelled or, where it is kept, which number it has.
 * The call that begins it is sent already, and cannot be taken back.
 */
export async function takeLeave(answer: Answer, kept: boolean, output: Output): Promise<void> {
  const said = (kept ? answer.id : answer.closed()).then(
    () => true,
    () => true,
  );
  if (await Promise.race([said, sleep(LAST_WORD_MS, false, { ref: false })])) return;
  const what = kept ? 'which number the answer has' : 'that the answer is cancelled';
  const leave = kept ? '' : ', and the answer may continue';
  output.note(
    `Waiting for the canister to say ${what}. Ctrl-C again leaves at once${leave}. ` +
      `To read it: \`llama-canister ask --attach ${LAST}\``,
  );
  await Promise.race([said, sleep(LONGEST_MS, false, { ref: false })]);
}
