/**
 * One layer for a batch of up to 8 tokens, in two halves:
 *
 *     x += attention(norm(x))         x += feedForward(norm(x))
 *
 * or, in architectures with parallel blocks, as one: x += attention(norm(x)) + feedForward(norm(x)). x is the residual
 * stream, f32[embedding] of every token, in the sequence's own memory. blocks.ts lists the kinds of blocks that may
 * replace attention and the feed-forward block.
 */
import { Sequence } from '../cache/sequence';
import { add } from '../kernels/add';
import { TOKEN_STRIDE } from '../kernels/layout';
import { scale } from '../kernels/scale';
import { Block } from './block';
import { Description } from './description';
import { applyNorm } from './norms';
import { Norm } from './weights';
import { Workspace } from './workspace';

/** Norms that an architecture lacks are null. */
@final
export class Layer {
  attentionNorm: Norm | null = null;
  /** The norm of attention's result. */
  postAttentionNorm: Norm | null = null;
  feedForwardNorm: Norm | null = null;
  /** The norm of the feed-forward block's result. */
  postFeedForwardNorm: Norm | null = null;

  constructor(
    private readonly description: Description,
    readonly attention: Block,
    readonly feedForward: Block,
  ) {}

  /** The first half. `place`: the layer's place in a cache block. */
  attentionHalf(w: Workspace, sequence: Sequence, place: usize): void {
    this.normalize(w, sequence, this.attentionNorm);
    this.attention.compute(w, sequence, place, w.out);
    this.addOut(sequence, this.postAttentionNorm, w.out);
  }

  /** The second half. */
  feedForwardHalf(w: Workspace, sequence: Sequence, place: usize): void {
    this.normalize(w, sequence, this.feedForwardNorm);
    this.feedForward.compute(w, sequence, place, w.out);
    this.addOut(sequence, this.postFeedForwardNorm, w.out);
  }

  /** Both halves, if they read the same residual stream. */
  parallelHalves(w: Workspace, sequence: Sequence, place: usize): void {
    this.normalize(w, sequence, this.attentionNorm);
    this.attention.compute(w, sequence, place, w.attended);
    this.normalize(w, sequence, this.feedForwardNorm);
    this.feedForward.compute(w, sequence, place, w.out);
    this.addOut(sequence, this.postAttentionNorm, w.attended);
    this.addOut(sequence, this.postFeedForwardNorm, w.out);
  }

  /** activations = norm(x). */
  private normalize(w: Workspace, sequence: Sequence, norm: Norm | null): void {
    const d = this.description;
    const a = w.activations;
    for (let t = 0; t < sequence.batch; ++t) {
      applyNorm(d, norm, sequence.residual(t), a.values + <usize>t * TOKEN_STRIDE);
    }
    a.begin(d.embedding, sequence.batch);
  }

  /** x += scale * norm(out), without the norm if there is none. */
  private addOut(sequence: Sequence, norm: Norm | null, out: usize): void {
    const d = this.description;
    for (let t = 0; t < sequence.batch; ++t) {
      const at = out + <usize>t * TOKEN_STRIDE;
      if (norm != null) applyNorm(d, norm, at, at);
      if (d.residualScale != 1) scale(at, d.embedding, d.residualScale);
      add(sequence.residual(t), at, d.embedding);
    }
  }
}
