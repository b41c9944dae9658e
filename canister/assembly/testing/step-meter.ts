import { performance_counter } from '../ic/ic0';
import { Budget } from '../llm/budget';
import { allocate } from '../memory/heap';

/** Most steps that one call reports. */
const MAX_STEPS: u32 = 8192;

/** Counts down from a limit and records the instructions between each even query and the following odd one. */
export class StepMeter extends Budget {
  readonly steps: usize = allocate(MAX_STEPS * 8);
  count: u32 = 0;
  limit: u64 = 0;
  private asked: u64 = u64.MAX_VALUE;
  /** Whether steps query twice, before and after, as in evaluation. */
  inPairs: bool = true;

  remaining(): u64 {
    const spent = performance_counter(0);
    if (this.asked == u64.MAX_VALUE || !this.inPairs) {
      this.asked = spent;
    } else {
      if (this.count < MAX_STEPS) {
        store<f64>(this.steps + <usize>this.count * 8, <f64>(spent - this.asked));
        ++this.count;
      }
      this.asked = u64.MAX_VALUE;
    }
    return spent < this.limit ? this.limit - spent : 0;
  }

  begin(limit: u64, inPairs: bool): void {
    this.count = 0;
    this.limit = limit;
    this.inPairs = inPairs;
    this.asked = u64.MAX_VALUE;
  }
}
