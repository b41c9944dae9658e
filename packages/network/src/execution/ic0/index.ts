/**
 * The module `ic0` that canisters import. The calls are written once, in numbers that are unsigned; how they come out of
 * the canister and go back into it depends on its memory's addresses.
 */
import { systemApi } from '../../wasm/system-api.js';
import { callCalls } from './calls.js';
import { cycleCalls } from './cycles.js';
import { type Current, messageCalls } from './message.js';
import { stableCalls } from './stable.js';
import { systemCalls } from './system.js';

export type { Current } from './message.js';

type Call = (...operands: never[]) => unknown;
type Operand = number | bigint;

/** An i32 or i64 without its sign; rounded beyond 2^53, which no address reaches. */
export function unsigned(operand: Operand): number {
  return typeof operand === 'bigint' ? Number(BigInt.asUintN(64, operand)) : operand >>> 0;
}

/** Converts addresses, sizes, indices and i32 operands to numbers; passes all others through. */
function adapted(call: Call, params: string, results: string, memory64: boolean): Call {
  const numeric = [...params].map((letter) => letter === 'p' || letter === 'i');
  const widens = memory64 && results === 'p';
  if (!widens && !numeric.includes(true)) return call;
  return (...operands: Operand[]) => {
    for (let i = 0; i < operands.length; i++) if (numeric[i]) operands[i] = unsigned(operands[i]!);
    const result = call(...(operands as never[]));
    return widens ? BigInt(result as number) : result;
  };
}

export function systemApiImports(current: Current, memory64: boolean): Record<string, unknown> {
  const calls: Record<string, Call> = {
    ...messageCalls(current),
    ...systemCalls(current),
    ...stableCalls(current),
    ...cycleCalls(current),
    ...callCalls(current),
  };
  return Object.fromEntries(
    Object.entries(calls).map(([name, call]) => {
      const { params, results } = systemApi.get(name)!;
      return [name, adapted(call, params, results, memory64)];
    }),
  );
}
