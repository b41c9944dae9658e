/** Finds a model's tensors in a file by name, checks them, and lists what has to be loaded into the heap. */
import { Problem } from '../../problem';
import { GgufFile } from '../gguf/file';
import { TensorInfo } from '../gguf/tensors';
import { tensorTypeName } from '../gguf/tensor-types';
import { Format } from '../quant/format';
import { formatOf } from '../quant/formats';
import { F32, Image } from '../quant/image';
import { BIAS_OPTIONAL, BIAS_REQUIRED } from './description';
import { Part } from './part';
import { Linear, Norm, Vector } from './weights';

/**
 * Most matrices and vectors, counting each expert's: each is an object, and none is collected before a message ends.
 */
const MAX_PARTS: usize = 12288;

export class TensorFinder {
  /** The first missing or wrong tensor, or null. */
  problem: Problem | null = null;
  readonly parts: Part[] = [];
  /** Names of the requested tensors. */
  private readonly used: Set<string> = new Set();

  constructor(private readonly file: GgufFile) {}

  fail(reason: string): void {
    if (this.problem === null) this.problem = new Problem(reason);
  }

  has(name: string): bool {
    return this.file.tensors.find(name) != null;
  }

  /** An unrequested tensor means that the file does not match its architecture. */
  checkUnused(architecture: string): void {
    const tensors = this.file.tensors;
    if (this.used.size == tensors.count) return;
    for (let i = 0; i < tensors.count; ++i) {
      const name = tensors.at(i).name;
      if (!this.used.has(name)) this.fail(`tensor "${name}" has no place in the architecture "${architecture}"`);
    }
  }

  /** Parameters of all tensors of the file. */
  parameters(): u64 {
    let parameters: u64 = 0;
    for (let i = 0; i < this.file.tensors.count; ++i) parameters += this.file.tensors.at(i).elements;
    return parameters;
  }

  /**
   * Finds a tensor of a shape; null, with the reason in `problem`, if it is missing, has another shape, or has a type
   * that cannot be read.
   */
  tensor(name: string, rank: u32, ne0: usize, ne1: usize = 1, ne2: usize = 1): TensorInfo | null {
    const tensor = this.file.tensors.find(name);
    if (tensor == null) {
      this.fail(`tensor "${name}" is missing`);
      return null;
    }
    this.used.add(name);
    if (tensor.ne0 != ne0 || tensor.ne1 != ne1 || tensor.ne2 != ne2 || tensor.ne3 != 1) {
      let shape = ne0.toString();
      if (rank > 1) shape += 'x' + ne1.toString();
      if (rank > 2) shape += 'x' + ne2.toString();
      this.fail(`tensor "${name}" is ${tensor.describe()}; the model needs ${shape}`);
      return null;
    }
    if (formatOf(tensor.type) == null) {
      this.fail(`tensor "${name}" is of type ${tensorTypeName(tensor.type)}, which is not supported`);
      return null;
    }
    return tensor;
  }

  /** Rows first .. first + rows - 1 of a matrix that has `total` rows. */
  matrix(name: string, rows: usize, inputs: usize, first: usize = 0, total: usize = rows): Image {
    const tensor = this.tensor(name, 2, inputs, total);
    return tensor == null ? new Image(0, 0, 0, 0, 0) : this.rowsOf(tensor, rows, inputs, first);
  }

  /** Matrices of the same shape, one after another in a tensor of three dimensions. */
  matrices(name: string, count: usize, rows: usize, inputs: usize, images: Image[]): void {
    const tensor = this.tensor(name, 3, inputs, rows, count);
    if (tensor == null) return;
    if (<usize>this.parts.length + count > MAX_PARTS) {
      return this.fail(`the model has more than ${MAX_PARTS} matrices, which are not supported`);
    }
    for (let i: usize = 0; i < count; ++i) images.push(this.rowsOf(tensor, rows, inputs, i * rows));
  }

  private rowsOf(tensor: TensorInfo, rows: usize, inputs: usize, first: usize): Image {
    const format = formatOf(tensor.type)!;
    const image = format.image(rows, inputs);
    this.parts.push(new Part(tensor, format, first, image, null));
    return image;
  }

  /** Elements first .. first + length - 1 of a vector that has `total`. */
  vector(name: string, length: usize, first: usize = 0, total: usize = length): Vector {
    return this.vectorOf(this.tensor(name, 1, total), length, first);
  }

  /** All elements of a small matrix, one row after another. */
  table(name: string, inputs: usize, rows: usize): Vector {
    return this.vectorOf(this.tensor(name, 2, inputs, rows), inputs * rows, 0);
  }

  private vectorOf(tensor: TensorInfo | null, length: usize, first: usize): Vector {
    const vector = new Vector(length);
    if (tensor == null) return vector;
    const format: Format = formatOf(tensor.type)!;
    if (format.kind != F32) {
      this.fail(`tensor "${tensor.name}" is of type ${tensorTypeName(tensor.type)}, not of a plain one`);
    }
    this.parts.push(new Part(tensor, format, first, null, vector));
    return vector;
  }

  /** NAME.weight and, depending on `biases` (BIAS_...), NAME.bias; of `total` rows those from `first` on. */
  linear(name: string, rows: usize, inputs: usize, biases: i32, first: usize = 0, total: usize = rows): Linear {
    const image = this.matrix(name + '.weight', rows, inputs, first, total);
    return new Linear(image, this.bias(name, rows, biases, first, total));
  }

  /** NAME.bias, or null if there is none. */
  bias(name: string, length: usize, biases: i32, first: usize = 0, total: usize = length): Vector | null {
    const has = biases == BIAS_REQUIRED || (biases == BIAS_OPTIONAL && this.has(name + '.bias'));
    return has ? this.vector(name + '.bias', length, first, total) : null;
  }

  /** NAME.weight and, for layer norms, NAME.bias. */
  norm(name: string, length: usize, biases: i32): Norm {
    return new Norm(this.vector(name + '.weight', length), this.bias(name, length, biases));
  }
}
