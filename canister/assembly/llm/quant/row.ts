/** Single rows as f32: embeddings. They go through an image of one group, so a type needs no second reader. */
import { Format } from './format';
import { F32, groupBytes, I8X32, I8X8, Image, panelInputs } from './image';
import { repackGroup } from './repack';

/**
 * Writes one row, with bytes at `src`, to dst (f32). `image`: format.image(1, inputs), in memory that will be
 * overwritten.
 */
export function readRow(format: Format, image: Image, src: usize, dst: usize): void {
  repackGroup(format, image, 0, src, src, src, src);
  const inputs = image.inputs;
  const panel = panelInputs(image.kind);
  for (let input: usize = 0; input < inputs; input += panel) {
    readGroup(image.kind, image.at(0, input), min(panel, inputs - input), dst + (input << 2));
  }
  for (let sum: usize = 0; sum < image.sums(); ++sum) {
    const value = minimum(image.minimumKind, image.minimaAt(0, sum & ~31), sum & 31);
    const at = dst + ((sum * image.minimumBlock) << 2);
    for (let i: usize = 0; i < image.minimumBlock; ++i) store<f32>(at + (i << 2), load<f32>(at + (i << 2)) + value);
  }
}

/** Row 0 of one group of `inputs` inputs. */
function readGroup(kind: i32, group: usize, inputs: usize, dst: usize): void {
  if (kind == F32) {
    for (let i: usize = 0; i < inputs; ++i) store<f32>(dst + (i << 2), load<f32>(group + (i << 4)));
    return;
  }
  const block: usize = kind == I8X32 ? 32 : 16;
  for (let input: usize = 0; input < inputs; input += block) {
    const scale = load<f32>(group);
    group += 16;
    for (let i: usize = 0; i < block; i += 2) {
      store<f32>(dst, scale * <f32>load<i8>(group));
      store<f32>(dst, scale * <f32>load<i8>(group, 1), 4);
      group += 8;
      dst += 8;
    }
  }
}

/** The value that minimum `i` of a group's row 0 adds to each weight of its block. */
function minimum(kind: i32, group: usize, i: usize): f32 {
  if (kind == F32) return load<f32>(group + (i << 4));
  const block = group + (i >> 3) * groupBytes(I8X8, 8);
  return load<f32>(block) * <f32>load<i8>(block + 16 + (((i & 7) >> 1) << 3) + (i & 1));
}
