import type { Token } from '../../answering/whole.js';
import type { TokenAlternative } from '../../backend.js';

const alternative = ({ text, logprob, bytes }: TokenAlternative) => ({ token: text, logprob, bytes: [...bytes] });

/** As chat completions and responses have it. */
export const tokenLogprob = (token: Token) => ({
  ...alternative(token),
  top_logprobs: token.alternatives.map(alternative),
});

/** As chat completions has it, beside a choice. */
export const chatLogprobs = (tokens: readonly Token[]) => ({ content: tokens.map(tokenLogprob), refusal: null });
