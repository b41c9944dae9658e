/** A number for a model as it is loaded: what keys and values depend on, beside the tokens and the program. */
import { mixed } from '../../llm/cache/stored-block';
import { Override } from '../../llm/gguf/overrides';
import { CacheTypes, RopeOverrides } from '../../llm/model/load-options';
import { putOverrides } from '../flags/model-overrides';
import { FieldWriter } from '../../storage/values';

/** Of a file by its SHA-256, 32 bytes at `hash`, and of the options. Its path and the context do not matter. */
export function identityOf(hash: usize, rope: RopeOverrides, cacheTypes: CacheTypes, overrides: Override[]): u64 {
  const value = new FieldWriter(0);
  value.putBytes(hash, 32);
  value.put<u8>(u8(cacheTypes.areKeysBytes));
  value.put<u8>(u8(cacheTypes.areValuesBytes));
  value.put<f64>(rope.base);
  value.put<f64>(rope.factor);
  value.put<u8>(rope.scaling);
  value.put<f64>(rope.context);
  value.put<f64>(rope.yarn);
  value.put<f64>(rope.attention);
  value.put<f64>(rope.fast);
  value.put<f64>(rope.slow);
  putOverrides(value, overrides);
  let identity: u64 = 0;
  for (let i: u32 = 0; i < value.size; ++i) identity = mixed(identity, <u64>load<u8>(value.ptr + i));
  return identity;
}
