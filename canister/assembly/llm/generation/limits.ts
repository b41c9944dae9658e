/** Limits of a generation's work in one message, besides instructions. */
@final
export class Limits {
  /** Most tokens to report; negative: no limit. */
  predict: i32 = -1;
  /** Most tokens to evaluate for the first time ever; 0: no limit. */
  tokens: u64 = 0;
  /** Most tokens to evaluate, including those of a history that was evaluated before. */
  allowance: u64 = u64.MAX_VALUE;
  /** Bytes of text that end the message. */
  text: u32 = u32.MAX_VALUE;
}
