/** The parts of a model's weights, as they are in the heap. */
import { Image } from '../quant/image';

/** f32[length] in the heap. */
export class Vector {
  address: usize = 0;

  constructor(readonly length: usize) {}
}

/** y = W x + bias. */
export class Linear {
  constructor(
    readonly image: Image,
    /** f32[rows], or null. */
    readonly bias: Vector | null,
  ) {}
}

/** Weights of a norm. */
export class Norm {
  constructor(
    readonly weight: Vector,
    /** For layer norms, or null. */
    readonly bias: Vector | null,
  ) {}
}
