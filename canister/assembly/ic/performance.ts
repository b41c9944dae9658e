import { performance_counter } from './ic0';

/** Instructions that this message has executed so far, page charges included. */
export function instructions(): u64 {
  return performance_counter(0);
}
