import type { Chat, GenerationSummary } from '@llama-canister/client';
import { formatCycles } from '../amounts.js';
import type { Output } from '../output.js';

/** The costs of an answer, for people. */
export function statsLine(summary: GenerationSummary, cycles?: bigint): string {
  const { generatedTokens, promptTokens, cachedTokens, calls, seconds } = summary;
  const rate = seconds > 0 ? ` (${(generatedTokens / seconds).toFixed(1)}/s)` : '';
  const cached = cachedTokens > 0 ? `, ${cachedTokens} of them known` : '';
  const spent = cycles === undefined ? '' : `, ${formatCycles(cycles)} cycles`;
  return `${generatedTokens} tokens in ${seconds.toFixed(1)} s${rate}, prompt ${promptTokens}${cached}, ${calls} calls${spent}`;
}

/** Sends a text to the model and prints the answer as it comes. */
export async function takeTurn(
  chat: Chat,
  output: Output,
  text: string,
  signal: AbortSignal,
): Promise<GenerationSummary> {
  const pieces = chat.send(text, { signal });
  for (;;) {
    const next = await pieces.next();
    if (next.done) {
      output.line();
      return next.value;
    }
    output.write(next.value);
  }
}
