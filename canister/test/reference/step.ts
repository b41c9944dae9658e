/**
 * The next-token distribution after some tokens, in the form of llama.cpp's references: probabilities are e^(logit -
 * lse).
 */
export interface Step {
  argmax: number;
  lse: number;
  /** Tokens and their logits, the most likely first. */
  top5: [number, number][];
}

/** How much more likely the best token is than the second, as a difference of logits. */
export const lead = ({ top5 }: Step) => top5[0]![1] - top5[1]![1];
