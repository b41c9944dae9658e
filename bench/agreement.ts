/** Checks that the engine alone costs as much as in the canister, which adds next to nothing to a call. */
import type { PartialMeasurement } from './measure.js';

/** How far apart a token's instructions, and the tokens of a call, may be. */
const INSTRUCTIONS = 0.005;
const TOKENS = 1;

/** Differences between the two for calls that begin at the same position; empty if only one was measured. */
export function disagreements({ name, canister, engine }: PartialMeasurement): string[] {
  const alone = engine.positions.find(({ position }) => position === canister?.position);
  if (!canister || !alone) return [];
  const apart = Math.abs(alone.instructionsPerToken / canister.instructionsPerToken - 1);
  const tokens = Math.abs(alone.tokensPerCall - canister.tokensPerUpdate);
  if (apart <= INSTRUCTIONS && tokens <= TOKENS) return [];
  return [
    `${name}: at ${alone.position} positions a token takes ${canister.instructionsPerToken} instructions in the canister ` +
      `(${canister.tokensPerUpdate} a call), but ${alone.instructionsPerToken} in the engine alone (${alone.tokensPerCall})`,
  ];
}
