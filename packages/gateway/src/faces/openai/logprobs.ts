import type { Token } from '../../answering/whole.js';
import type { TokenAlternative } from '../../backend.js';

const alternative = ({ text, logprob, bytes }: TokenAlternative) => ({ token: text, logprob, bytes: [...bytes] });

/** A token in the format of chat completions and responses. */
export const tokenLogprob = (token: Token) => ({
  ...alternative(token),
  top_logprobs: token.alternatives.map(alternative),
});

/** The tokens of a choice in the format of chat completions. */
export const chatLogprobs = (tokens: readonly Token[]) => ({ content: tokens.map(tokenLogprob), refusal: null });
