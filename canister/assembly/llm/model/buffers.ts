/** The layout of consecutive buffers, and the interface of whatever needs buffers in the workspace. */
import { Activations } from '../quant/multiply';

/** Bytes of f32[rows], with room for the last group of four. */
export function floats(rows: usize): usize {
  return ((rows + 3) & ~3) << 2;
}

/** Assigns consecutive addresses. */
export class Room {
  constructor(public at: usize) {}

  take(bytes: usize): usize {
    const address = this.at;
    this.at += (bytes + 63) & ~63;
    return address;
  }

  takeActivations(inputs: usize): Activations {
    const padded = (inputs + 127) & ~127;
    return new Activations(
      this.take(padded * 4),
      this.take(padded * 2),
      this.take(padded / 16),
      this.take(padded / 4 + 128),
      this.take(padded / 8 + 64),
      this.take(padded / 32 + 16),
    );
  }
}

/** Buffers of a kind of block, which all layers of the kind share. */
export abstract class Buffers {
  /** Inputs of the widest matrix to be multiplied with the workspace's activations. */
  abstract widest(): usize;

  /** Takes the buffers of one token. The other tokens of a batch have the same ones, each TOKEN_STRIDE further. */
  abstract take(room: Room): void;

  /** Bytes of buffers that all tokens use in turn, for a context of `context` tokens. */
  sharedBytes(context: usize): usize {
    return 0;
  }

  takeShared(address: usize): void {}
}
