/** Token embeddings: rows are read from the file on demand, so the matrix takes no heap. */
import { ByteSource } from '../bytes';
import { TensorInfo } from '../gguf/tensors';
import { Format } from '../quant/format';
import { Image } from '../quant/image';
import { readRow } from '../quant/row';

export class Embedding {
  private readonly row: Image;

  constructor(
    private readonly source: ByteSource,
    private readonly tensor: TensorInfo,
    private readonly format: Format,
    width: usize,
  ) {
    this.row = format.image(1, width);
  }

  /** Bytes of scratch that `read` needs. */
  scratchBytes(): usize {
    return this.rowRoom() + <usize>this.row.bytes();
  }

  private rowRoom(): usize {
    return (<usize>this.tensor.rowBytes + 63) & ~63;
  }

  /** Writes the embedding of `token` to x (f32). `scratch`: scratchBytes, 64-aligned. */
  read(token: i32, x: usize, scratch: usize): void {
    const bytes = this.tensor.rowBytes;
    this.source.read(this.tensor.offset + <u64>token * bytes, scratch, <u32>bytes);
    this.row.place(scratch + this.rowRoom());
    readRow(this.format, this.row, scratch, x);
  }
}
