/**
 * One layer for a batch of up to 8 tokens, in two halves:
 *
 *     x += attention(norm(x))         x += feedForward(norm(x))
 *
 * or, where an architecture has them in parallel, as one: x += attention(norm(x)) + feedForward(norm(x)).
 * x is the residual stream, f32[embedding] of every token, in the sequence's own memory. What stands in the place of
 * attention and of the feed-forward block says blocks.ts.
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
  /** Of what attention adds to the residual stream. */
  postAttentionNorm: Norm | null = null;
  feedForwardNorm: Norm | null = null;
  /** Of what the feed-forward block adds. */
  postFeedForwardNorm: Norm | null = null;

  constructor(
    private readonly description: Description,
    readonly attention: Block,
    readonly feedForward: Block,
  ) {}

  /** The first half. `place`: of the layer in a cache block. */
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

  /** Both halves where they read the same residual stream. */
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

  /** x += scale * norm(out), without the norm where there is none. */
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
