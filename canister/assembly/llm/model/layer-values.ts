/**
 * Keys with one value for all layers or an array of one for each. Converters write arrays if a model's configuration
 * has one, even if all layers agree. The engine cannot compute layers that differ, except in being local or being
 * attention.
 */
import { Metadata } from '../gguf/metadata';
import { Description } from './description';

/**
 * A number that has to be the same for all layers. In an array of the number of key/value heads, 0 means that a layer
 * is not attention, and is not compared. Problems are left in `metadata.problem`.
 *
 * @param fallback value of a missing key; below 0 the key is required
 */
export function sameOfAll(metadata: Metadata, key: string, d: Description, fallback: i64, low: i64, high: i64): i64 {
  const entry = metadata.find(key);
  if (entry == null && fallback < 0) metadata.require(key);
  if (entry == null || !entry.isArray) return metadata.integer(key, max(low, fallback), low, high);
  const values = valuesOfLayers(metadata, key, d);
  const mayBeNone = key.endsWith('.head_count_kv');
  let value: i64 = 0;
  let isGiven = false;
  for (let i = 0; i < values.length; ++i) {
    if (values[i] == 0 && mayBeNone) continue;
    if (isGiven && values[i] != value) {
      metadata.fail(`metadata key "${key}" differs between layers, which is not supported`);
    }
    value = values[i];
    isGiven = true;
  }
  if (value < low || value > high) metadata.fail(`metadata key "${key}" is ${value}; ${low} to ${high} is accepted`);
  return max(low, value);
}

/** The number of the first layer, if the others do not matter; 0 if the key is missing. */
export function ofFirst(metadata: Metadata, key: string, d: Description, high: i64): i64 {
  const entry = metadata.find(key);
  if (entry == null || !entry.isArray) return metadata.integer(key, 0, 0, high);
  const values = valuesOfLayers(metadata, key, d);
  if (metadata.problem !== null) return 0;
  if (values[0] < 0 || values[0] > high) {
    metadata.fail(`metadata key "${key}" is ${values[0]}; 0 to ${high} is accepted`);
  }
  return values[0];
}

/** Which layers are attention, from an array of their numbers of key/value heads; null: all. */
export function attendingLayers(metadata: Metadata, key: string, d: Description): StaticArray<bool> | null {
  const entry = metadata.find(key);
  if (entry == null || !entry.isArray) return null;
  const values = valuesOfLayers(metadata, key, d);
  // After a problem there may not be a value for each layer.
  if (metadata.problem !== null) return null;
  const attending = new StaticArray<bool>(d.layers);
  let all = true;
  for (let i = 0; i < values.length; ++i) {
    attending[i] = values[i] != 0;
    all = all && values[i] != 0;
  }
  return all ? null : attending;
}

function valuesOfLayers(metadata: Metadata, key: string, d: Description): StaticArray<i64> {
  const values = metadata.integers(key);
  if (metadata.problem === null && values.length != d.layers) {
    metadata.fail(`metadata key "${key}" has ${values.length} elements for ${d.layers} layers`);
  }
  return values;
}

/**
 * Reads how far local layers look back, and which layers are local: by a period, or by an array. Without a window no
 * layer is local.
 *
 * @param pattern period if the file has none
 * @param window window if the file has none
 */
export function readWindow(metadata: Metadata, d: Description, pattern: u32, window: u32 = 0): void {
  const prefix = d.architecture + '.attention.';
  d.window = <u32>metadata.integer(prefix + 'sliding_window', window, window > 0 ? 1 : 0, i32.MAX_VALUE);
  if (d.window == 0) return;
  const key = prefix + 'sliding_window_pattern';
  const entry = metadata.find(key);
  d.windowPattern = pattern;
  if (entry == null || !entry.isArray) {
    d.windowPattern = metadata.u32(key, pattern);
    return;
  }
  const values = metadata.integers(key);
  const locals = new StaticArray<bool>(values.length);
  for (let i = 0; i < values.length; ++i) locals[i] = values[i] != 0;
  d.locals = locals;
}
