/** What a generation may do in one message beside what instructions allow. */
@final
export class Limits {
  /** Tokens that it reports at most; negative: any number. */
  predict: i32 = -1;
  /** Tokens that are evaluated for the first time, ever, at most; 0: any number. */
  tokens: u64 = 0;
  /** Tokens that are evaluated at most, also those of a history that was evaluated once. */
  allowance: u64 = u64.MAX_VALUE;
  /** Bytes of text at which there is enough of it. */
  text: u32 = u32.MAX_VALUE;
}
