/** The globals of a snapshot with their types, as the management canister tells and takes them. */
import { ErrorCode } from '../execution/errors.js';
import type { CanisterImage } from '../execution/image.js';
import type { GlobalValues } from '../execution/message.js';
import type { NetworkState } from '../state/network-state.js';
import type { GlobalValue, Snapshot } from '../state/snapshots.js';
import { decodeModule } from '../wasm/decode.js';
import { parseModule } from '../wasm/module.js';
import { ValueType } from '../wasm/opcodes.js';
import { ManagementError } from './types.js';

function refuse(message: string): never {
  throw new ManagementError(ErrorCode.invalidManagementPayload, message);
}

/** The types of a module's mutable globals, in their order. Throws WasmFormatError. */
function globalTypes(wasm: Uint8Array, { limits }: NetworkState): number[] {
  const { globals } = parseModule(decodeModule(wasm, limits.moduleBytes));
  return globals.filter(({ mutable }) => mutable).map(({ type }) => type);
}

/** An image's globals with their types; a v128 is two halves there. */
export function typedGlobals(image: CanisterImage, state: NetworkState): GlobalValue[] {
  let at = 0;
  const next = () => image.globals[at++]!;
  return globalTypes(image.wasm, state).map((type) => {
    if (type === ValueType.i32) return { i32: Number(next()) };
    if (type === ValueType.i64) return { i64: BigInt.asIntN(64, BigInt(next())) };
    if (type === ValueType.f32) return { f32: Number(next()) };
    if (type === ValueType.f64) return { f64: Number(next()) };
    const [low, high] = [BigInt.asUintN(64, BigInt(next())), BigInt.asUintN(64, BigInt(next()))];
    return { v128: (high << 64n) | low };
  });
}

export function plainGlobals(globals: readonly GlobalValue[]): GlobalValues {
  return globals.flatMap((global): GlobalValues => {
    if (!('v128' in global)) return [Object.values(global)[0] as number | bigint];
    return [BigInt.asIntN(64, global.v128), BigInt.asIntN(64, global.v128 >> 64n)];
  });
}

function validGlobalTypes(wasm: Uint8Array, state: NetworkState): number[] {
  try {
    return globalTypes(wasm, state);
  } catch (error) {
    return refuse(`The snapshot's module is not valid: ${(error as Error).message}`);
  }
}

/** Whether an uploaded snapshot's globals are those that its module has. Throws ManagementError. */
export function checkUploaded(snapshot: Snapshot, image: CanisterImage, state: NetworkState): void {
  if (snapshot.uploaded === undefined) return;
  const types = validGlobalTypes(image.wasm, state);
  const wanted = types.flatMap((type) => (type === ValueType.v128 ? [ValueType.i64, ValueType.i64] : [type]));
  const isWide = (type: number) => type === ValueType.i64;
  const fits =
    wanted.length === image.globals.length &&
    wanted.every((t, i) => isWide(t) === (typeof image.globals[i] === 'bigint'));
  if (!fits) refuse("The snapshot's globals are not those of its module");
}
