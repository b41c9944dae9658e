/**
 * All kinds of blocks. A layer has the first kind of each list that applies to it; the last kind applies to every
 * layer.
 */
import { AttentionKind } from './attention-block';
import { BlockKind } from './block';
import { ConvolutionKind } from './convolution-block';
import { Description } from './description';
import { ExpertKind } from './expert-block';
import { FeedForwardKind } from './feed-forward-block';

/** The possible first blocks of a layer, which connect positions. */
export function attentionKinds(d: Description): BlockKind[] {
  return [new ConvolutionKind(d), new AttentionKind(d)];
}

/** The possible second blocks, which treat each position separately. */
export function feedForwardKinds(d: Description): BlockKind[] {
  return [new ExpertKind(d), new FeedForwardKind(d)];
}
