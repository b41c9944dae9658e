/**
 * The places where instructions are charged: the replica's rules (dfinity/ic, embedders: `injections` in
 * instrumentation.rs).
 *
 * A basic block's whole static cost is charged when it is entered. A block starts at the function's first operator
 * (which costs 1 extra), and after every loop, if, else, end, br, br_if, br_table, return, unreachable and tail call;
 * `block` starts none. The operator that ends a block is still charged with it. The limit is checked only at re-entrant
 * places: the start of a function and of a loop body.
 */
import type { FunctionCode } from './code.js';
import { opcodeCosts, opcodeCosts64 } from './cost.js';
import { op } from './op.js';

export interface ChargePoint {
  /** Index of the operator after the charge. */
  position: number;
  cost: number;
  /** Whether the counter is tested after the charge. */
  reentrant: boolean;
}

const endsBlock = new Uint8Array(0x10000);
const { unreachable, loop, end, br, brIf, brTable, returnCall, returnCallIndirect } = op;
for (const opcode of [
  unreachable,
  loop,
  op.if,
  op.else,
  end,
  br,
  brIf,
  brTable,
  op.return,
  returnCall,
  returnCallIndirect,
])
  endsBlock[opcode] = 1;

/** The charge points of a function in the order of their positions; blocks that cost nothing and need no test are left out. */
export function chargePoints(code: FunctionCode): ChargePoint[] {
  const points: ChargePoint[] = [];
  const costs = code.memory64 ? opcodeCosts64 : opcodeCosts;
  let position = 0;
  let cost = 1;
  let reentrant = true;
  for (let i = 0; i < code.count; i++) {
    const opcode = code.opcodes[i]!;
    cost += costs[opcode]!;
    if (endsBlock[opcode] === 0) continue;
    if (reentrant || cost > 0) points.push({ position, cost, reentrant });
    position = i + 1;
    cost = 0;
    reentrant = opcode === op.loop;
  }
  return points;
}
