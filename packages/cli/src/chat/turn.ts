import { formatCycles } from '../amounts.js';
import type { Output } from '../output.js';
import type { Talk, Turn, TurnSummary } from './talk.js';

/** The costs of an answer, for people. */
export function statsLine(summary: TurnSummary, cycles?: bigint): string {
  const { generatedTokens, promptTokens, cachedTokens, calls, seconds } = summary;
  const rate = seconds > 0 ? ` (${(generatedTokens / seconds).toFixed(1)}/s)` : '';
  const cached = cachedTokens > 0 ? `, ${cachedTokens} of them evaluated before` : '';
  const spent = cycles === undefined ? '' : `, ${formatCycles(cycles)} cycles`;
  return `${generatedTokens} tokens in ${seconds.toFixed(1)} s${rate}, prompt ${promptTokens}${cached}, ${calls} ${calls === 1 ? 'call' : 'calls'}${spent}`;
}

async function print(turn: Turn, output: Output): Promise<TurnSummary> {
  for (;;) {
    const next = await turn.next();
    if (next.done) {
      output.line();
      return next.value;
    }
    output.write(next.value);
  }
}

/** Sends a text to the model and prints the answer as it comes; before that, what is left of an answer that was lost. */
export async function takeTurn(chat: Talk, output: Output, text: string, signal: AbortSignal): Promise<TurnSummary> {
  await catchUp(chat, output, signal);
  return print(chat.send(text, { signal }), output);
}

/** Prints the last answer once more, and to its end, if the connection was lost while it was read. */
export async function catchUp(chat: Talk, output: Output, signal: AbortSignal): Promise<void> {
  const rest = chat.catchUp?.({ signal });
  if (rest === undefined) return;
  output.note(output.errorColors.dim('The last answer, which went on meanwhile:'));
  await print(rest, output);
}
