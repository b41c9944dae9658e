/** Everything that is measured about one model file. */
import { closeSync, openSync, readSync } from 'node:fs';
import { type CanisterMeasurement, measureCanister } from './canister.js';
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
  positions: number[];
  wall: boolean;
}

export async function measure(name: string, path: string, { positions, wall }: Options): Promise<Measurement> {
  const canister = await measureCanister(piecesOf(path));
  const engine = await measureEngine(piecesOf(path), positions);
  const heapBytes = engine.weightBytes + engine.workspaceBytes;
  const measurement = { name, heapBytes, canister, engine };
  return wall ? { ...measurement, wall: await measureWall(path) } : measurement;
}
