import { Problem, Result } from '../../problem';
import { Budget } from '../budget';
import { Sequence } from '../cache/sequence';
import { Evaluation } from '../evaluation';
import { SamplerChain } from '../sampling/chain';
import { Tokenizer } from '../tokenizer/tokenizer';
import { Constraints } from './constraint';
import { Generation } from './generation';
import { Request } from './request';
import { chainOf } from './sampling';
import { StopTexts } from './stop-texts';

/** A checked and compiled request: whatever can still go wrong depends on the sequence. */
@final
export class PreparedRequest {
  private constructor(
    private readonly evaluation: Evaluation,
    private readonly tokenizer: Tokenizer,
    private readonly chain: SamplerChain,
    private readonly stops: StopTexts,
  ) {}

  static of(
    request: Request,
    evaluation: Evaluation,
    tokenizer: Tokenizer,
    constraints: Constraints,
  ): Result<PreparedRequest> {
    const made = chainOf(request, tokenizer, constraints);
    const chain = made.value;
    if (chain === null) return refused(made.problem!);
    const looked = StopTexts.of(request.stops, tokenizer);
    const stops = looked.value;
    if (stops !== null) return Result.ok<PreparedRequest>(new PreparedRequest(evaluation, tokenizer, chain, stops));
    chain.dispose();
    return refused(looked.problem!);
  }

  /** The generation after a sequence, for any number of messages, whose limits are in the budget object. */
  generation(sequence: Sequence, budget: Budget): Generation {
    return new Generation(this.evaluation, this.tokenizer, this.chain, this.stops, sequence, budget);
  }

  /** Releases its memory; its generation must not be used any more. */
  dispose(): void {
    this.chain.dispose();
  }
}

function refused(problem: Problem): Result<PreparedRequest> {
  return Result.fail<PreparedRequest>(problem);
}
