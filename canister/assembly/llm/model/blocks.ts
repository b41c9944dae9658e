/** All kinds of blocks. Of each list a layer has the first one that says so; the last one says it of every layer. */
import { AttentionKind } from './attention-block';
import { BlockKind } from './block';
import { ConvolutionKind } from './convolution-block';
import { Description } from './description';
import { ExpertKind } from './expert-block';
import { FeedForwardKind } from './feed-forward-block';

/** What may be the first block of a layer, where positions meet. */
export function attentionKinds(d: Description): BlockKind[] {
  return [new ConvolutionKind(d), new AttentionKind(d)];
}

/** What may be the second one, where each position is by itself. */
export function feedForwardKinds(d: Description): BlockKind[] {
  return [new ExpertKind(d), new FeedForwardKind(d)];
}
