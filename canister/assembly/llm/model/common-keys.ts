/** The metadata keys that all architectures have, read and checked. */
import { MAX_HEAD_DIM } from '../cache/tiles';
import { brief } from '../gguf/brief';
import { Metadata } from '../gguf/metadata';
import { Description, NORM_LAYER } from './description';
import { attendingLayers, ofFirst, sameOfAll } from './layer-values';
import { isPositive, readRopeScaling } from './rope-scaling';

/** Bounds of a file's claims; products of two of them fit 32 bits. llama.cpp has the same bound of layers. */
const MAX_LAYERS: i64 = 512;
const MAX_WIDTH: i64 = 65536;
const MAX_HEADS: i64 = 1024;
const MAX_TRAINED_CONTEXT: i64 = 0x7fffffff;

/**
 * Reads the keys common to all architectures, under llama.cpp's names and with its defaults (llama-model.cpp,
 * load_hparams). Problems are left in `metadata.problem`.
 *
 * @param norm NORM_RMS or NORM_LAYER: which epsilon the file has
 * @param isRouted feed-forward blocks are experts
 */
export function describeCommon(
  metadata: Metadata,
  architecture: string,
  norm: i32 = 0,
  isRouted: bool = false,
): Description {
  const d = new Description();
  d.architecture = architecture;
  d.name = brief(metadata.text('general.name', ''));
  d.norm = norm;
  const prefix = architecture + '.';
  d.layers = <i32>required(metadata, prefix + 'block_count', MAX_LAYERS);
  d.embedding = <usize>required(metadata, prefix + 'embedding_length', MAX_WIDTH);
  d.trainedContext = <u32>required(metadata, prefix + 'context_length', MAX_TRAINED_CONTEXT);
  // With experts it is only a default, so layers may differ in it.
  const width = prefix + 'feed_forward_length';
  d.feedForward = <usize>(
    (isRouted ? ofFirst(metadata, width, d, MAX_WIDTH) : sameOfAll(metadata, width, d, 0, 0, MAX_WIDTH))
  );
  d.heads = <usize>sameOfAll(metadata, prefix + 'attention.head_count', d, -1, 1, MAX_HEADS);
  const epsilon = prefix + `attention.layer_norm_${norm == NORM_LAYER ? '' : 'rms_'}epsilon`;
  metadata.require(epsilon);
  d.epsilon = metadata.f32(epsilon, 1e-5);
  if (metadata.problem !== null) return d;
  d.attending = attendingLayers(metadata, prefix + 'attention.head_count_kv', d);
  d.keyValueHeads = <usize>sameOfAll(metadata, prefix + 'attention.head_count_kv', d, d.heads, 1, MAX_HEADS);
  const dim = max<i64>(1, d.embedding / d.heads);
  d.keyDim = <usize>metadata.integer(prefix + 'attention.key_length', dim, 1, MAX_HEAD_DIM);
  d.valueDim = <usize>metadata.integer(prefix + 'attention.value_length', dim, 1, MAX_HEAD_DIM);
  d.ropeDims = <usize>metadata.integer(prefix + 'rope.dimension_count', d.keyDim, 0, MAX_HEAD_DIM);
  d.ropeBase = <f64>metadata.f32(prefix + 'rope.freq_base', 10000);
  d.ropeScaling = readRopeScaling(metadata, prefix, d.trainedContext);
  check(metadata, d);
  return d;
}

function required(metadata: Metadata, key: string, most: i64): i64 {
  metadata.require(key);
  return metadata.integer(key, 1, 1, most);
}

function check(metadata: Metadata, d: Description): void {
  if (d.keyDim > MAX_HEAD_DIM || d.valueDim > MAX_HEAD_DIM) {
    metadata.fail(`heads of ${max(d.keyDim, d.valueDim)} dimensions are not supported, at most ${MAX_HEAD_DIM} are`);
  }
  if (d.heads % d.keyValueHeads != 0) {
    metadata.fail(`${d.heads} heads cannot share ${d.keyValueHeads} key/value heads`);
  }
  if (d.ropeDims > d.keyDim || (d.ropeDims & 1) != 0) {
    metadata.fail(`rope over ${d.ropeDims} of ${d.keyDim} dimensions is not possible`);
  }
  if (!isPositive(d.ropeBase)) metadata.fail('the rope base is not a positive number');
  if (!(d.epsilon >= 0) || !(d.epsilon < 1)) metadata.fail(`a norm epsilon of ${d.epsilon} is not sensible`);
}

/** An architecture's own factor: `fallback` if the file has none; 0 and NaN are problems. */
export function scaleOf(metadata: Metadata, key: string, fallback: f32): f32 {
  const value = metadata.f32(key, fallback);
  if (value == fallback) return value;
  if (!isPositive(<f64>value)) metadata.fail(`metadata key "${key}" is ${value}, not a positive number`);
  return value;
}

/** A factor for which 0 means the fallback, too. */
export function scaleUnlessZero(metadata: Metadata, key: string, fallback: f32): f32 {
  const value = scaleOf(metadata, key, 0);
  return value == 0 ? fallback : value;
}
