/** Everything that is measured about one model file. */
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomModel } from '../test/gguf/random-model.js';
import { writeGguf } from '../test/gguf/writer.js';
import { type CanisterMeasurement, measureCanister } from './canister.js';
import type { Case, Scope } from './cases.js';
import { type EngineMeasurement, measureEngine, ROOM, SHORT_CONTEXT } from './engine-parts.js';
import { examineModel } from './model-file.js';
import { measureWall, type WallMeasurement } from './wall.js';

export interface Measurement {
  name: string;
  /** Of weights and working buffers. */
  heapBytes: number;
  canister: CanisterMeasurement;
  engine: EngineMeasurement;
  wall?: WallMeasurement;
}

/** A measurement that may lack the canister and some positions. */
export type PartialMeasurement = Omit<Measurement, 'canister'> & { canister?: CanisterMeasurement };

const PIECE = 1 << 22;

/** A file, piece by piece. */
export function* piecesOf(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  for (;;) {
    const piece = new Uint8Array(PIECE);
    const length = readSync(file, piece);
    if (length === 0) break;
    yield piece.subarray(0, length);
  }
  closeSync(file);
}

export interface Options extends Scope {
  /** Whether the speed by the clock is measured, too. */
  wall?: boolean;
}

const POSITIONS = [128, 1024, 4096, 16384];

/** Measures a GGUF file. Throws Unmeasurable, before or after the upload, if it cannot be loaded. */
export async function measureFile(
  name: string,
  path: string,
  { positions = POSITIONS, canister = true, wall = false }: Options = {},
): Promise<PartialMeasurement> {
  const trained = (await examineModel(path, SHORT_CONTEXT)) || Number.POSITIVE_INFINITY;
  const whole = canister ? { canister: await measureCanister(piecesOf(path)) } : {};
  const within = positions.filter((position) => position + ROOM <= trained);
  const engine = await measureEngine(piecesOf(path), within);
  const heapBytes = engine.weightBytes + engine.workspaceBytes;
  const measurement = { name, heapBytes, ...whole, engine };
  return wall ? { ...measurement, wall: await measureWall(path) } : measurement;
}

/** Measures a case from a file with random weights, which is removed afterwards. */
export async function measureCase({ name, shape }: Case, options: Options = {}): Promise<PartialMeasurement> {
  const folder = mkdtempSync(join(tmpdir(), 'llama-canister-bench-'));
  try {
    const path = join(folder, `${name}.gguf`);
    const { metadata, tensors } = randomModel(shape);
    writeGguf(path, metadata, tensors);
    return await measureFile(name, path, options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
