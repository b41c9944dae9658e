import { fromOrderedBits, orderedBits } from '../ordered-bits';

/**
 * A candidate as one number: its logit's ordered bits above the complement of its id. A greater number is a better
 * candidate, and of equal logits the lower id is the better one.
 */
export function keyOf(id: u32, logit: f32): u64 {
  return ((<u64>orderedBits(logit)) << 32) | ~id;
}

export function idOf(key: u64): u32 {
  return ~(<u32>key);
}

export function logitOf(key: u64): f32 {
  return fromOrderedBits(<u32>(key >> 32));
}
