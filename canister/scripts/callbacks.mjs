// Where the callbacks of inter-canister calls are in the function table: an asc transform that puts them there.
//
// A call names what goes on when it has ended by an index into the table (interface specification, "Inter-canister
// calls"), and the answer may come after an upgrade, to a program whose table is another. So these indices are the same
// in every version; what the compiler itself puts into the table begins behind them.
import { Transform } from 'assemblyscript/transform';

/** Exported functions of assembly/ic/callbacks.ts by their index, which never changes: new ones come at the end. */
export const callbacks = new Map([
  [1, 'call_replied'],
  [2, 'call_rejected'],
  [3, 'call_undone'],
]);

/** Where the compiler's own entries begin: above all callbacks that there will be. */
const OWN = 16;

/** The table is exported so that no optimization takes it for one that only this module looks into. */
export const callbackFlags = ['--tableBase', String(OWN), '--exportTable'];

export class Callbacks extends Transform {
  afterCompile(module) {
    for (const [index, name] of callbacks) {
      const { value } = this.binaryen.getExportInfo(module.getExport(name));
      module.addActiveElementSegment('0', `callback ${name}`, [value], module.i32.const(index));
    }
  }
}
