/** How a request chooses its tokens: the chain of its samplers, with its constraints. */
import { Problem, Result } from '../../problem';
import { SamplerChain } from '../sampling/chain';
import { DRY_MULTIPLIER } from '../sampling/dry';
import { Tokenizer } from '../tokenizer/tokenizer';
import { breakersOf } from './breakers';
import { Constraints } from './constraint';
import { Request } from './request';

/** Makes the chain; the caller disposes of it. */
export function chainOf(request: Request, tokenizer: Tokenizer, constraints: Constraints): Result<SamplerChain> {
  const biased = biasTokens(request, tokenizer);
  if (biased !== null) return Result.fail<SamplerChain>(biased);
  const chain = new SamplerChain(request.sampling);
  chain.wantsLogits = request.wantsLogits;
  let problem = constrain(chain, request, constraints);
  if (problem === null) problem = separate(chain, request, tokenizer);
  if (problem === null) return Result.ok<SamplerChain>(chain);
  chain.dispose();
  return Result.fail<SamplerChain>(problem);
}

/** Forbids the tokens that end a generation, and checks the ids of the request's biases. */
function biasTokens(request: Request, tokenizer: Tokenizer): Problem | null {
  const bias = request.sampling.bias;
  if (bias.greatest >= tokenizer.size) {
    return new Problem(`--logit-bias: ${bias.greatest} is not a token of the model, which has ${tokenizer.size}`);
  }
  if (!request.neverEnds) return null;
  const ends = tokenizer.special.endOfGeneration;
  for (let i = 0; i < ends.length; ++i) bias.add(ends[i], -Infinity);
  return null;
}

/** Holds the chain to the grammar or the schema. */
function constrain(chain: SamplerChain, request: Request, constraints: Constraints): Problem | null {
  const text = request.constraint;
  const source = request.constraintSource;
  if (text === null && source === null) return null;
  const compiled = source !== null ? constraints.compileSource(source) : constraints.compile(text!, request.isSchema);
  const problem = compiled.problem;
  if (problem !== null) return request.constraintName.length > 0 ? problem.of(request.constraintName) : problem;
  chain.mask = compiled.value;
  return null;
}

/** Gives the chain its sequence breakers, if it looks for repetitions. */
function separate(chain: SamplerChain, request: Request, tokenizer: Tokenizer): Problem | null {
  const texts = request.breakers;
  if (request.sampling.real(DRY_MULTIPLIER) == 0 || (texts !== null && texts.length == 0)) return null;
  const made = breakersOf(texts, tokenizer);
  chain.breakers = made.value;
  return made.problem;
}
