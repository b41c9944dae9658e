/** Everything that is measured about one model file. */
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomModel } from '../test/gguf/random-model.js';
import { writeGguf } from '../test/gguf/writer.js';
import { type CanisterMeasurement, measureCanister } from './canister.js';
import type { Case } from './cases.js';
import { type EngineMeasurement, measureEngine } from './engine-parts.js';
import { measureWall, type WallMeasurement } from './wall.js';

export interface Measurement {
  name: string;
  /** Of weights and working buffers. */
  heapBytes: number;
  canister: CanisterMeasurement;
  engine: EngineMeasurement;
  wall?: WallMeasurement;
}

const PIECE = 1 << 22;

function* piecesOf(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  for (;;) {
    const piece = new Uint8Array(PIECE);
    const length = readSync(file, piece);
    if (length === 0) break;
    yield piece.subarray(0, length);
  }
  closeSync(file);
}

export interface Options {
  /** Where to count the tokens of a call; what the model was not trained for is left out. */
  positions?: number[];
  /** Whether the speed by the clock is measured, too. */
  wall?: boolean;
}

const POSITIONS = [128, 1024, 4096, 16384];
/** Tokens that a call may generate behind a position. */
const ROOM = 512;

/** Measures a GGUF file. */
export async function measureFile(
  name: string,
  path: string,
  { positions = POSITIONS, wall = false }: Options = {},
  trained = Number.POSITIVE_INFINITY,
): Promise<Measurement> {
  const canister = await measureCanister(piecesOf(path));
  const within = positions.filter((position) => position + ROOM <= trained);
  const engine = await measureEngine(piecesOf(path), within);
  const heapBytes = engine.weightBytes + engine.workspaceBytes;
  const measurement = { name, heapBytes, canister, engine };
  return wall ? { ...measurement, wall: await measureWall(path) } : measurement;
}

/** Measures a case, from a file with random weights that is gone afterwards. */
export async function measureCase({ name, shape }: Case, options: Options = {}): Promise<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'llama-canister-bench-'));
  try {
    const path = join(folder, `${name}.gguf`);
    const { metadata, tensors } = randomModel(shape);
    writeGguf(path, metadata, tensors);
    return await measureFile(name, path, options, shape.context);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
