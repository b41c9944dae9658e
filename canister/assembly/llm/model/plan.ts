/** Which tensor of the file goes where: found, checked and given its place before the first byte is read. */
import { GgufFile } from '../gguf/file';
import { TensorInfo } from '../gguf/tensors';
import { tensorTypeName } from '../gguf/tensor-types';
import { allocate } from '../heap';
import { Format, formatOf } from '../quant/formats';
import { F32, Image } from '../quant/image';
import { Description } from './description';
import { Layer, Linear, Vector, Weights } from './weights';

/** A tensor on its way: rows of it are repacked into an image, or its one row becomes a vector. */
export class Part {
  constructor(
    readonly tensor: TensorInfo,
    readonly format: Format,
    readonly image: Image | null,
    readonly vector: Vector | null,
  ) {}

  rows(): usize {
    const image = this.image;
    return image == null ? 1 : image.rows;
  }

  inputs(): usize {
    const image = this.image;
    return image == null ? this.vector!.length : image.inputs;
  }

  /** Bytes in the heap, a multiple of 64. */
  heapBytes(): u64 {
    const image = this.image;
    const bytes = image == null ? (<u64>this.vector!.length) << 2 : image.bytes();
    return (bytes + 63) & ~63;
  }

  place(address: usize): void {
    const image = this.image;
    if (image == null) this.vector!.address = address;
    else image.place(address);
  }
}

export class Plan {
  /** Why the file cannot be run; empty if it can. */
  error: string = '';
  readonly parts: Part[] = [];
  /** Index in `parts` of the first part of each extent: one extent per layer, one for the rest. */
  private readonly firsts: i32[] = [];
  readonly weights: Weights = new Weights();
  /** The token embeddings, which stay in the file. */
  embedding: TensorInfo | null = null;
  private usedTensors: i32 = 0;

  constructor(
    private readonly file: GgufFile,
    private readonly description: Description,
    private readonly vocabulary: usize,
  ) {
    for (let i = 0; i < description.layers && this.error.length == 0; ++i) this.layer(i);
    if (this.error.length == 0) this.rest();
    if (this.error.length == 0) this.checkUnused();
  }

  private layer(index: i32): void {
    const d = this.description;
    const prefix = `blk.${index}.`;
    this.firsts.push(this.parts.length);
    const queries = d.heads * d.keyDim;
    const keys = d.keyValueHeads * d.keyDim;
    const values = d.keyValueHeads * d.valueDim;
    const bias = d.queryKeyValueBias;
    this.weights.layers.push(
      new Layer(
        this.vector(prefix + 'attn_norm.weight', d.embedding),
        this.linear(prefix + 'attn_q', queries, d.embedding, bias),
        this.linear(prefix + 'attn_k', keys, d.embedding, bias),
        this.linear(prefix + 'attn_v', values, d.embedding, bias),
        d.queryKeyNorm ? this.vector(prefix + 'attn_q_norm.weight', d.keyDim) : null,
        d.queryKeyNorm ? this.vector(prefix + 'attn_k_norm.weight', d.keyDim) : null,
        this.linear(prefix + 'attn_output', d.embedding, d.heads * d.valueDim, false),
        d.postNorms ? this.vector(prefix + 'post_attention_norm.weight', d.embedding) : null,
        this.vector(prefix + 'ffn_norm.weight', d.embedding),
        this.linear(prefix + 'ffn_gate', d.feedForward, d.embedding, false),
        this.linear(prefix + 'ffn_up', d.feedForward, d.embedding, false),
        this.linear(prefix + 'ffn_down', d.embedding, d.feedForward, false),
        d.postNorms ? this.vector(prefix + 'post_ffw_norm.weight', d.embedding) : null,
      ),
    );
  }

  private rest(): void {
    const d = this.description;
    const weights = this.weights;
    this.firsts.push(this.parts.length);
    weights.outputNorm = this.vector('output_norm.weight', d.embedding);
    const embedding = this.tensor('token_embd.weight', d.embedding, this.vocabulary, 2);
    if (embedding == null) return;
    this.embedding = embedding;
    this.format(embedding);
    weights.tied = this.file.tensors.find('output.weight') == null;
    if (weights.tied) {
      // The same bytes a second time, as a matrix; counted as one tensor.
      --this.usedTensors;
      weights.output = new Linear(this.matrix('token_embd.weight', this.vocabulary, d.embedding), null);
    } else {
      weights.output = this.linear('output', this.vocabulary, d.embedding, false);
    }
    if (d.ropeFactors && this.file.tensors.find('rope_freqs.weight') != null) {
      weights.ropeFactors = this.vector('rope_freqs.weight', d.ropeDims >> 1);
    }
  }

  /** A tensor that nothing reads means that the file is not what its architecture says. */
  private checkUnused(): void {
    const tensors = this.file.tensors;
    for (let i = 0; i < tensors.count; ++i) this.weights.parameters += tensors.at(i).elements;
    if (this.usedTensors == tensors.count) return;
    const used = new Set<string>();
    for (let i = 0; i < this.parts.length; ++i) used.add(this.parts[i].tensor.name);
    used.add('token_embd.weight');
    for (let i = 0; i < tensors.count; ++i) {
      const name = tensors.at(i).name;
      if (used.has(name)) continue;
      this.fail(`tensor "${name}" has no place in the architecture "${this.description.architecture}"`);
    }
  }

  private fail(reason: string): void {
    if (this.error.length == 0) this.error = reason;
  }

  /** Finds a tensor [inputs, rows] of the file; null, with the reason in `error`, if it is missing or of another shape. */
  private tensor(name: string, inputs: usize, rows: usize, rank: u32): TensorInfo | null {
    const tensor = this.file.tensors.find(name);
    if (tensor == null) {
      this.fail(`tensor "${name}" is missing`);
      return null;
    }
    if (tensor.ne0 != inputs || tensor.ne1 != rows || tensor.ne2 != 1 || tensor.ne3 != 1) {
      const shape = rank == 1 ? inputs.toString() : `${inputs}x${rows}`;
      this.fail(`tensor "${name}" is ${tensor.describe()}; the model needs ${shape}`);
      return null;
    }
    ++this.usedTensors;
    return tensor;
  }

  private format(tensor: TensorInfo): Format | null {
    const format = formatOf(tensor.type);
    if (format == null) {
      this.fail(`tensor "${tensor.name}" is of type ${tensorTypeName(tensor.type)}, which is not supported`);
    }
    return format;
  }

  private matrix(name: string, rows: usize, inputs: usize): Image {
    const tensor = this.tensor(name, inputs, rows, 2);
    if (tensor == null) return new Image(0, 0, 0, 0, 0);
    const format = this.format(tensor);
    if (format == null) return new Image(0, 0, 0, 0, 0);
    const image = format.image(rows, inputs);
    this.parts.push(new Part(tensor, format, image, null));
    return image;
  }

  private vector(name: string, length: usize): Vector {
    const vector = new Vector(length);
    const tensor = this.tensor(name, length, 1, 1);
    if (tensor == null) return vector;
    const format = this.format(tensor);
    if (format == null) return vector;
    if (format.kind != F32) this.fail(`tensor "${name}" is of type ${tensorTypeName(tensor.type)}, not of a plain one`);
    this.parts.push(new Part(tensor, format, null, vector));
    return vector;
  }

  private linear(name: string, rows: usize, inputs: usize, biased: bool): Linear {
    const image = this.matrix(name + '.weight', rows, inputs);
    const biasName = name + '.bias';
    const hasBias = biased || this.file.tensors.find(biasName) != null;
    return new Linear(image, hasBias ? this.vector(biasName, rows) : null);
  }

  /**
   * Packs matrices whose weights fit four bits, the last layers' first, until the weights take at most `bytes` bytes of
   * heap or nothing is left to pack. Before `allocate`.
   */
  pack(bytes: u64): void {
    let held = this.heapBytes();
    for (let i = this.parts.length - 1; i >= 0 && held > bytes; --i) {
      const part = this.parts[i];
      const image = part.image;
      if (image == null || part.format.packedKind == part.format.kind) continue;
      const before = part.heapBytes();
      image.kind = part.format.packedKind;
      held -= before - part.heapBytes();
    }
  }

  /** Bytes of heap that the weights take. */
  heapBytes(): u64 {
    let bytes: u64 = 0;
    for (let i = 0; i < this.firsts.length; ++i) bytes += (this.extentBytes(i) + 0xffff) & ~0xffff;
    return bytes;
  }

  private extentBytes(extent: i32): u64 {
    const end = extent + 1 < this.firsts.length ? this.firsts[extent + 1] : this.parts.length;
    let bytes: u64 = 0;
    for (let i = this.firsts[extent]; i < end; ++i) bytes += this.parts[i].heapBytes();
    return bytes;
  }

  /** Takes the heap that the weights need. False, with nothing taken, if it is not there. */
  allocate(): bool {
    const weights = this.weights;
    for (let extent = 0; extent < this.firsts.length; ++extent) {
      const bytes = this.extentBytes(extent);
      let address: usize = bytes > u32.MAX_VALUE ? 0 : allocate(<usize>bytes);
      if (address == 0) {
        weights.dispose();
        return false;
      }
      weights.extents.push(address);
      const end = extent + 1 < this.firsts.length ? this.firsts[extent + 1] : this.parts.length;
      for (let i = this.firsts[extent]; i < end; ++i) {
        this.parts[i].place(address);
        address += <usize>this.parts[i].heapBytes();
      }
    }
    weights.bytes = this.heapBytes();
    return true;
  }
}
