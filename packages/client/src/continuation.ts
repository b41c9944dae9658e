import type { RunReply } from './replies.js';

// Text of an answer across calls.
//
//   conversation  |---- text before this call ----|-- evaluated in this call --|
//   output                                        |-- evaluated in this call --|-- pending --|
//
// The last token sampled in a call is `pending`: it is in the output, and only the next call evaluates it, adds it to
// the conversation and reports it first in its own output. An end-of-generation token is never pending. So evaluated
// text can be shown at once, and pending text is shown once it is evaluated or the answer ends with it.

/** What one reply adds to an answer. */
export interface Addition {
  /** Text that the call evaluated, without the bytes of an unfinished character at its end. */
  evaluated: string;
  /** Text of the token that the next call will evaluate. */
  pending: string;
}

/**
 * A text without the replacement characters at its end, which stand for a character whose other bytes have not come
 * yet.
 */
export function withoutPartialCharacter(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0xfffd) end--;
  return text.slice(0, end);
}

/** How many characters of the output are at the end of the conversation: all lengths that fit, ascending. */
export function fittingLengths({ output, conversation }: RunReply): number[] {
  const evaluated = withoutPartialCharacter(conversation);
  // An output can begin inside a character that is whole in the conversation.
  let start = 0;
  while (output.charCodeAt(start) === 0xfffd) start++;
  const lengths: number[] = [];
  for (let end = start + 1; end <= output.length; end++) {
    if (evaluated.endsWith(output.slice(start, end))) lengths.push(end);
  }
  return lengths;
}

/**
 * Splits a reply's output into its evaluated and its pending part.
 *
 * `before` is the text before this call's tokens (the last conversation and the rest of the prompt), and makes the
 * result exact. Without it, as in the first reply to a prompt, the split is found by comparison; undefined means that
 * several splits fit, as in a text that repeats itself.
 */
export function split(reply: RunReply, before: string | undefined): Addition | undefined {
  const { output, conversation, eog } = reply;
  if (before !== undefined && conversation.startsWith(before)) {
    const added = conversation.slice(before.length);
    const evaluated = withoutPartialCharacter(added);
    if (eog) return { evaluated: added, pending: '' };
    if (output.startsWith(added)) return { evaluated, pending: output.slice(added.length) };
    const lengths = fittingLengths(reply);
    return { evaluated, pending: output.slice(lengths.at(-1) ?? evaluated.length) };
  }
  if (eog) return { evaluated: output, pending: '' };
  // If nothing was evaluated, the whole output is pending.
  const lengths = reply.tokens?.generated === 0 ? [] : fittingLengths(reply);
  if (lengths.length > 1) return undefined;
  const [length = 0] = lengths;
  return { evaluated: withoutPartialCharacter(output.slice(0, length)), pending: output.slice(length) };
}
