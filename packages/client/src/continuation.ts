import type { RunReply } from './replies.js';

// Text of an answer across calls.
//
//   conversation  |---- text before this call ----|-- evaluated in this call --|
//   output                                        |-- evaluated in this call --|-- pending --|
//
// The last token sampled in a call is `pending`: it stands in the output, and only the next call evaluates it, puts it
// into the conversation and reports it first in its own output. An end-of-generation token is never pending.
// So what is evaluated can be shown, and what is pending is shown once it is evaluated or the answer ends with it.

/** What one reply adds to an answer. */
export interface Addition {
  /** Text that the call evaluated, without the bytes of an unfinished character at its end. */
  evaluated: string;
  /** Text of the token that the next call will evaluate. */
  pending: string;
}

/** A text without the replacement characters at its end, which stand for a character whose other bytes are to come. */
export function withoutPartialCharacter(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0xfffd) end--;
  return text.slice(0, end);
}

/** How many characters of the output stand at the end of the conversation: every length that fits, ascending. */
export function fittingLengths({ output, conversation }: RunReply): number[] {
  const evaluated = withoutPartialCharacter(conversation);
  // An output can begin inside a character, which the conversation has whole.
  let start = 0;
  while (output.charCodeAt(start) === 0xfffd) start++;
  const lengths: number[] = [];
  for (let end = start + 1; end <= output.length; end++) {
    if (evaluated.endsWith(output.slice(start, end))) lengths.push(end);
  }
  return lengths;
}

/**
 * Splits a reply's output into what is evaluated and what is pending.
 *
 * `before` is the text that stood in front of this call's tokens (the last conversation, with what was left of the
 * prompt), and makes the answer exact. Without it, as in the first reply to a prompt, the place is found by comparing;
 * undefined means that several places fit, as in a text that repeats itself.
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
  // Where nothing was evaluated, all of the output is pending.
  const lengths = reply.tokens?.generated === 0 ? [] : fittingLengths(reply);
  if (lengths.length > 1) return undefined;
  const [length = 0] = lengths;
  return { evaluated: withoutPartialCharacter(output.slice(0, length)), pending: output.slice(length) };
}
