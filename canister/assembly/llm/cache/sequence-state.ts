/**
 * The state of a sequence apart from its tokens, keys and values: how far it was evaluated, how much of it is the
 * prompt, and where a generation continues. A plain record; only it and the tokens have to outlive the heap.
 */
import { SamplingState } from '../sampling/sampling-state';

/** Zeros at first, except what `begin` sets. */
@unmanaged
export class SequenceState {
  /** Final tokens. One more may be in the sequence while it is evaluated: the pending one. */
  length: i32;
  /** Most tokens that were ever evaluated; the heap may have lost their keys and values. */
  reached: i32;
  /** Tokens of the prompt: the first ones. */
  promptTokens: i32;
  /** The token that was sampled and not yet evaluated, or -1, and whether its text was already reported. */
  pending: i32;
  reported: bool;
  /** The random seed of sampling if the request gives none. */
  seed: u32;
  /** State that samplers carry from one token to the next (sampling-state.ts). */
  samplingKind: u8;
  samplingTarget: f32;
  samplingRate: f32;
  samplingFirst: f32;
  samplingSecond: f32;

  /** A state without tokens. */
  begin(): void {
    memory.fill(changetype<usize>(this), 0, offsetof<SequenceState>());
    this.pending = -1;
  }

  copy(other: SequenceState): void {
    memory.copy(changetype<usize>(this), changetype<usize>(other), offsetof<SequenceState>());
  }

  /** Whether two states are equal. */
  equals(other: SequenceState): bool {
    return memory.compare(changetype<usize>(this), changetype<usize>(other), offsetof<SequenceState>()) == 0;
  }

  /** Shortens it to the first `length` tokens, and forgets the pending one. */
  truncate(length: i32): void {
    this.length = length;
    this.reached = min(this.reached, length);
    this.promptTokens = min(this.promptTokens, length);
    this.pending = -1;
    this.reported = false;
    this.samplingKind = 0;
  }

  /** The state that samplers continue from. */
  get sampling(): SamplingState {
    const state = new SamplingState();
    state.kind = this.samplingKind;
    state.target = this.samplingTarget;
    state.rate = this.samplingRate;
    state.first = this.samplingFirst;
    state.second = this.samplingSecond;
    return state;
  }

  set sampling(state: SamplingState) {
    this.samplingKind = state.kind;
    this.samplingTarget = state.target;
    this.samplingRate = state.rate;
    this.samplingFirst = state.first;
    this.samplingSecond = state.second;
  }
}
