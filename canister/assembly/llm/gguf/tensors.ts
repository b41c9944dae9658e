import { Problem } from '../../problem';
import { MAX_DIMENSIONS, MAX_ELEMENTS, MAX_TENSORS, MAX_TENSOR_NAME_BYTES } from './limits';
import { HeaderReader } from './reader';
import { blockBytes, blockElements, tensorTypeName } from './tensor-types';

/** The name of an item, for errors. */
const TENSOR: string = 'tensor';

/** A tensor as the file describes it. */
export class TensorInfo {
  /** Offset in the file of the first byte; before `Tensors.place` relative to the data section. */
  offset: u64 = 0;
  /** Bytes of data. */
  bytes: u64 = 0;

  constructor(
    readonly name: string,
    /** Number of the type (tensor-types.ts). */
    readonly type: u32,
    /** Dimensions that the file gives, 1 to 4. */
    readonly rank: u32,
    /** Elements per dimension; ne0 is the length of a row, the fastest; dimensions beyond `rank` are 1. */
    readonly ne0: u64,
    readonly ne1: u64,
    readonly ne2: u64,
    readonly ne3: u64,
  ) {}

  get elements(): u64 {
    return this.ne0 * this.ne1 * this.ne2 * this.ne3;
  }

  /** Bytes of one row of `ne0` elements. */
  get rowBytes(): u64 {
    return (this.ne0 / blockElements(this.type)) * blockBytes(this.type);
  }

  /** "896x151936 Q8_0", for error texts. */
  describe(): string {
    let shape = this.ne0.toString();
    if (this.rank > 1) shape += 'x' + this.ne1.toString();
    if (this.rank > 2) shape += 'x' + this.ne2.toString();
    if (this.rank > 3) shape += 'x' + this.ne3.toString();
    return shape + ' ' + tensorTypeName(this.type);
  }
}

/** The tensors of a GGUF file, by index and by name. */
export class Tensors {
  private readonly list: TensorInfo[] = [];
  private readonly byName: Map<string, TensorInfo> = new Map();

  get count(): i32 {
    return this.list.length;
  }

  /** The tensor at `index` in the file's order, 0 <= index < count. */
  at(index: i32): TensorInfo {
    return this.list[index];
  }

  find(name: string): TensorInfo | null {
    return this.byName.has(name) ? this.byName.get(name) : null;
  }

  /** Reads `count` descriptions; a problem is left in `reader.problem`. */
  parse(reader: HeaderReader, count: u64): void {
    if (count > MAX_TENSORS - <u64>this.list.length) {
      reader.fail(`the file claims ${count} tensors; at most ${MAX_TENSORS} are accepted`);
    }
    for (let i: u64 = 0; i < count && reader.ok; ++i) {
      reader.item(i);
      const tensor = parseTensor(reader);
      if (tensor == null) break;
      if (this.byName.has(tensor.name)) reader.failAt(TENSOR, ' is there twice');
      this.byName.set(tensor.name, tensor);
      this.list.push(tensor);
    }
    reader.endItems();
  }

  /**
   * Makes the offsets of the tensors from `from` on absolute, for a file that begins at `origin` of the source, and
   * checks that each tensor is aligned and in the file. Null, or the problem.
   */
  place(from: i32, origin: u64, dataOffset: u64, alignment: u64, fileBytes: u64): Problem | null {
    for (let i = from; i < this.list.length; ++i) {
      const tensor = this.list[i];
      if (tensor.offset % alignment != 0) {
        return new Problem(
          `tensor "${tensor.name}" is misaligned: offset ${tensor.offset} is no multiple of ${alignment}`,
        );
      }
      if (
        dataOffset > fileBytes ||
        tensor.offset > fileBytes - dataOffset ||
        tensor.bytes > fileBytes - dataOffset - tensor.offset
      ) {
        return new Problem(
          `tensor "${tensor.name}" reaches past the end of the file: ${tensor.bytes} bytes at ${tensor.offset} of a data section that starts at ${dataOffset}, in a file of ${fileBytes} bytes`,
        );
      }
      tensor.offset += origin + dataOffset;
    }
    return null;
  }

  /** The problem of tensors that overlap; null if none do. */
  overlap(): Problem | null {
    const ordered = this.list.slice();
    ordered.sort((a, b) => (a.offset < b.offset ? -1 : i32(a.offset > b.offset)));
    for (let i = 1; i < ordered.length; ++i) {
      const before = ordered[i - 1];
      if (before.offset + before.bytes > ordered[i].offset) {
        return new Problem(`tensors "${before.name}" and "${ordered[i].name}" overlap`);
      }
    }
    return null;
  }
}

/** Dimensions of the tensor that is being read. */
const ne: StaticArray<u64> = [1, 1, 1, 1];

/** One description; null if it is broken, with the problem in `reader.problem`. */
function parseTensor(reader: HeaderReader): TensorInfo | null {
  const name = reader.text(MAX_TENSOR_NAME_BYTES, 'the name of tensor');
  if (reader.ok && name.length == 0) reader.failAt(TENSOR, ' has no name');
  reader.name = name;
  const rank = reader.u32(TENSOR);
  if (!reader.ok) return null;
  if (rank == 0 || rank > MAX_DIMENSIONS) {
    reader.failAt(TENSOR, ` has ${rank} dimensions; 1 to ${MAX_DIMENSIONS} are accepted`);
    return null;
  }
  ne.fill(1);
  let elements: u64 = 1;
  for (let d: u32 = 0; d < rank; ++d) {
    const length = reader.u64(TENSOR);
    if (!reader.ok) return null;
    if (length == 0 || length > MAX_ELEMENTS / elements) {
      reader.fail(`dimension ${d} of ${reader.label(TENSOR)} is ${length}`);
      return null;
    }
    elements *= length;
    ne[d] = length;
  }
  const type = reader.u32(TENSOR);
  const offset = reader.u64(TENSOR);
  if (!reader.ok) return null;
  const block = blockElements(type);
  if (block == 0) {
    reader.failAt(TENSOR, ` has unknown tensor type ${type}`);
    return null;
  }
  if (ne[0] % block != 0) {
    reader.failAt(
      TENSOR,
      ` has rows of ${ne[0]} elements, no multiple of the ${block} in a block of ${tensorTypeName(type)}`,
    );
    return null;
  }
  const tensor = new TensorInfo(name, type, rank, ne[0], ne[1], ne[2], ne[3]);
  tensor.offset = offset;
  tensor.bytes = (elements / block) * blockBytes(type);
  return tensor;
}
