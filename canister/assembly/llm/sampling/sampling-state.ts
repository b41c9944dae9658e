/**
 * What a sampler carries from one token to the next: two numbers, and what they mean. It is kept with the sequence, so that
 * an answer goes on in the same way whatever calls it is split into; a new answer begins without it.
 */
@final
export class SamplingState {
  /** Which sampler it is of; 0: of none. */
  kind: u8 = 0;
  /** The sampler's settings: what it aims at, and how fast it learns. Other ones begin anew. */
  target: f32 = 0;
  rate: f32 = 0;
  first: f32 = 0;
  second: f32 = 0;

  clear(): void {
    this.kind = 0;
  }

  /** Makes sure that it is of a sampler with these settings; the numbers are those of before, or what they begin with. */
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
