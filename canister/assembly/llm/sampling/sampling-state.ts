/**
 * The state that a sampler carries from one token to the next: two numbers, and their meaning. It is kept with the
 * sequence, so that an answer continues in the same way however it is split into calls; a new answer begins without it.
 */
@final
export class SamplingState {
  /** The sampler that it belongs to; 0: none. */
  kind: u8 = 0;
  /** The sampler's target and rate. With other settings the state starts anew. */
  target: f32 = 0;
  rate: f32 = 0;
  first: f32 = 0;
  second: f32 = 0;

  clear(): void {
    this.kind = 0;
  }

  /**
   * Makes sure that the state belongs to a sampler with these settings: it keeps its numbers, or starts with the given
   * ones.
   */
  claim(kind: u8, target: f32, rate: f32, first: f32, second: f32): void {
    if (this.kind == kind && this.target == target && this.rate == rate) return;
    this.kind = kind;
    this.target = target;
    this.rate = rate;
    this.first = first;
    this.second = second;
  }

  copy(other: SamplingState): void {
    this.kind = other.kind;
    this.target = other.target;
    this.rate = other.rate;
    this.first = other.first;
    this.second = other.second;
  }
}
