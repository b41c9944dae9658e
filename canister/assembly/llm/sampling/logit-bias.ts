import { Logits } from './logits';

/** Numbers that are added to the logits of certain tokens before all samplers; -infinity forbids a token. */
export class LogitBias {
  private readonly ids: i32[] = [];
  private readonly values: f32[] = [];

  get size(): u32 {
    return this.ids.length;
  }

  /** The greatest id; -1 if there is none. */
  get greatest(): i32 {
    let greatest = -1;
    for (let i = 0; i < this.ids.length; ++i) greatest = max(greatest, this.ids[i]);
    return greatest;
  }

  has(id: i32): bool {
    return this.ids.includes(id);
  }

  add(id: i32, bias: f32): void {
    this.ids.push(id);
    this.values.push(bias);
  }

  /** Edits the logits; ids outside of the vocabulary change nothing. */
  apply(logits: Logits): void {
    for (let i = 0; i < this.ids.length; ++i) {
      const id = this.ids[i];
      if (id >= 0 && <u32>id < logits.size) logits.edit(id, logits.at(id) + this.values[i]);
    }
  }
}
