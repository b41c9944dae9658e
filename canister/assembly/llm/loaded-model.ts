import { ByteSource } from './bytes';
import { Sequences } from './cache/sequences';
import { Evaluation } from './evaluation';
import { ChatTemplate } from './generation/chat-tokens';
import { Constraints } from './generation/constraint';
import { GgufFile } from './gguf/file';
import { Model } from './model/model';
import { ModelFacts } from './model-facts';
import { Tokenizer } from './tokenizer/tokenizer';

/** A loaded model and everything that depends on it. */
@final
export class LoadedModel {
  readonly evaluation: Evaluation;
  readonly constraints: Constraints;
  readonly facts: ModelFacts;
  readonly template: ChatTemplate;

  constructor(
    readonly model: Model,
    readonly tokenizer: Tokenizer,
    file: GgufFile,
    source: ByteSource,
    readonly sequences: Sequences,
  ) {
    this.evaluation = new Evaluation(model, sequences);
    this.constraints = new Constraints(tokenizer);
    this.template = new ChatTemplate(file, source, tokenizer);
    this.facts = new ModelFacts(model, file, source, tokenizer);
  }
}
