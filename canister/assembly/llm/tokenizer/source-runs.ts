/**
 * The sources of a text's bytes, as recorded by chat templates (template/texts.ts):
 *
 *     runs   [ offset << 1 | of the template: u32 ] * count     ascending, the first at 0
 *
 * Without runs nothing is data.
 */
@final
export class SourceRuns {
  private runs: usize = 0;
  private count: u32 = 0;

  set(runs: usize, count: u32): void {
    this.runs = runs;
    this.count = count;
  }

  private run(index: u32): u32 {
    return load<u32>(this.runs + ((<usize>index) << 2));
  }

  /** Whether one of the bytes from `from` to `to` is data. */
  hasData(from: u32, to: u32): bool {
    let low: u32 = 0;
    let high = this.count;
    if (high == 0) return false;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.run(middle) >> 1 <= from) low = middle;
      else high = middle;
    }
    for (let i = low; i < this.count && this.run(i) >> 1 < to; ++i) if ((this.run(i) & 1) == 0) return true;
    return false;
  }
}
