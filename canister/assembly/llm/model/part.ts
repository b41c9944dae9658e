/** A tensor of the file, or some of its rows, with its place in the heap. */
import { TensorInfo } from '../gguf/tensors';
import { Format } from '../quant/format';
import { Image } from '../quant/image';
import { Vector } from './weights';

/** Rows of a tensor that become an image, or elements that become a vector. */
export class Part {
  constructor(
    readonly tensor: TensorInfo,
    readonly format: Format,
    /** First row of the tensor, or first element. */
    readonly first: u64,
    readonly image: Image | null,
    readonly vector: Vector | null,
  ) {}

  rows(): usize {
    const image = this.image;
    return image == null ? 1 : image.rows;
  }

  /** Number of weights; a tensor of several parts (fused projections, experts) has more. */
  elements(): u64 {
    const image = this.image;
    return image == null ? <u64>this.vector!.length : <u64>image.rows * <u64>image.inputs;
  }

  /** Bytes of one row in the file; for a vector, of all of it. */
  rowBytes(): u64 {
    const image = this.image;
    return image == null ? <u64>this.format.rowBytes(this.vector!.length) : this.tensor.rowBytes;
  }

  /** Bytes in the file. */
  fileBytes(): u64 {
    return <u64>this.rows() * this.rowBytes();
  }

  /** Offset of its first byte in the file. */
  offset(): u64 {
    const image = this.image;
    const before = image == null ? <u64>this.format.rowBytes(<usize>this.first) : this.first * this.tensor.rowBytes;
    return this.tensor.offset + before;
  }

  /** Bytes in the heap, a multiple of 64. */
  heapBytes(): u64 {
    const image = this.image;
    const bytes = image == null ? (<u64>this.vector!.length) << 2 : image.bytes();
    return (bytes + 63) & ~63;
  }

  /** Where it is in the heap, once it is placed. */
  get address(): usize {
    const image = this.image;
    return image == null ? this.vector!.address : image.data;
  }

  /** Clears what follows it up to its `heapBytes`. */
  clearRest(): void {
    const image = this.image;
    const bytes = image == null ? this.vector!.length << 2 : <usize>image.bytes();
    memory.fill(this.address + bytes, 0, <usize>this.heapBytes() - bytes);
  }

  place(address: usize): void {
    const image = this.image;
    if (image == null) this.vector!.address = address;
    else image.place(address);
  }
}
