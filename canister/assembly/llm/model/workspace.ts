/** Buffers of the forward pass, sized once at load and reused for every token. */
import { Code, Problem } from '../../problem';
import { allocate, release } from '../../memory/heap';
import { BATCH, TOKEN_STRIDE } from '../kernels/layout';
import { Activations } from '../quant/multiply';
import { Buffers, floats, Room } from './buffers';
import { Description } from './description';

export class Workspace {
  /** The input vectors of matrices. */
  activations: Activations = new Activations(0, 0, 0, 0, 0, 0);
  /**
   * f32[embedding] of the first token, the next token's are TOKEN_STRIDE further: the result of a block, and with
   * parallel blocks that of the first one.
   */
  out: usize = 0;
  attended: usize = 0;
  /** Cosines and sines: [ropeDims / 2][2]; separate ones for local layers if the model has them. */
  rope: usize = 0;
  localRope: usize = 0;
  /** Scratch of Embedding.read. */
  row: usize = 0;
  /** [vocabulary rounded up to 4] */
  logits: usize = 0;
  /** f64[ropeDims / 2]: angle per position. */
  frequencies: usize = 0;
  localFrequencies: usize = 0;
  /** Bytes of heap, once taken. */
  bytes: u64 = 0;
  /** Bytes of the arena that each token ever touches. */
  readonly tokenBytes: usize;

  /** Positions that `rope` is computed for, by token of the batch. */
  private readonly ropePositions: StaticArray<i32> = new StaticArray<i32>(BATCH);
  private arena: usize = 0;
  private shared: usize = 0;

  constructor(
    private readonly description: Description,
    /** Buffers of the model's kinds of blocks. */
    private readonly blocks: Buffers[],
    private readonly vocabulary: usize,
    /** Bytes of scratch to read an embedding. */
    private readonly rowScratch: usize,
  ) {
    this.tokenBytes = this.layToken(0);
  }

  /** Lays out a token's buffers from an address on; returns their bytes. */
  private layToken(address: usize): usize {
    const d = this.description;
    const room = new Room(address);
    let widest = d.embedding;
    for (let i = 0; i < this.blocks.length; ++i) widest = max(widest, this.blocks[i].widest());
    this.activations = room.takeActivations(widest);
    this.out = room.take(floats(d.embedding));
    this.attended = d.parallel ? room.take(floats(d.embedding)) : this.out;
    this.rope = room.take(d.ropeDims * 4);
    this.localRope = d.window > 0 ? room.take(d.ropeDims * 4) : this.rope;
    for (let i = 0; i < this.blocks.length; ++i) this.blocks[i].take(room);
    return room.at - address;
  }

  /** Lays out the buffers that tokens use in turn. */
  private layShared(address: usize, context: usize): usize {
    const d = this.description;
    const room = new Room(address);
    this.frequencies = room.take(d.ropeDims * 4);
    this.localFrequencies = d.window > 0 ? room.take(d.ropeDims * 4) : this.frequencies;
    this.row = room.take(this.rowScratch);
    for (let i = 0; i < this.blocks.length; ++i) {
      const block = this.blocks[i];
      block.takeShared(room.take(block.sharedBytes(context)));
    }
    this.logits = room.take(floats(this.vocabulary));
    return room.at - address;
  }

  /** Bytes of heap that `reserve` would take for a context. Call it before `reserve`. */
  bytesFor(context: usize): u64 {
    return <u64>TOKEN_STRIDE * BATCH + ((<u64>this.layShared(0, context) + 0xffff) & ~0xffff);
  }

  /** Takes the buffers. Null, or the problem. */
  reserve(context: usize): Problem | null {
    if (this.tokenBytes > TOKEN_STRIDE) {
      return new Problem(
        `the model is too wide: a token needs ${this.tokenBytes} bytes of buffers, at most ${TOKEN_STRIDE} are supported`,
      );
    }
    this.bytes = this.bytesFor(context);
    this.arena = allocate(TOKEN_STRIDE * <usize>BATCH);
    this.shared = this.arena == 0 ? 0 : allocate(this.layShared(0, context));
    if (this.shared == 0) {
      this.dispose();
      return new Problem('no memory is left for the working buffers', Code.HEAP_FULL);
    }
    this.ropePositions.fill(-1);
    this.layToken(this.arena);
    this.layShared(this.shared, context);
    return null;
  }

  /** Position that token t's cosines and sines are computed for; -1: none. */
  ropePosition(t: i32): i32 {
    return this.ropePositions[t];
  }

  setRopePosition(t: i32, position: i32): void {
    this.ropePositions[t] = position;
  }

  dispose(): void {
    release(this.arena);
    release(this.shared);
    this.arena = 0;
    this.shared = 0;
  }
}
