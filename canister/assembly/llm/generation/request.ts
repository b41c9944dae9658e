import { Span } from '../../memory/span';
import { GrammarSource } from '../grammar/grammar-source';
import { SamplingParameters } from '../sampling/parameters';

/** What is asked of a generation: how tokens are chosen, what the text has to fit, and where it stops. */
@final
export class Request {
  /** A grammar in GBNF, or a JSON schema, that the generated text has to fit; null: any text. */
  constraint: Span | null = null;
  isSchema: bool = false;
  /** What makes the grammar in the place of `constraint`, as llm/chat-format's ChatConstraint; null: nothing. */
  constraintSource: GrammarSource | null = null;
  /** What the constraint is called where something is wrong with it; empty: it says so itself. */
  constraintName: string = 'grammar';
  /** Texts at which it stops. */
  readonly stops: Span[] = [];
  /** Texts behind which a repetition counts for none; null: llama.cpp's own. */
  breakers: Span[] | null = null;
  /** Whether somebody looks at the logits of every token: then also those are made that decide nothing. */
  wantsLogits: bool = false;
  /** Whether tokens that end a generation are forbidden. */
  neverEnds: bool = false;

  constructor(
    /** Has to stay as it is while there is the generation. */
    readonly sampling: SamplingParameters,
  ) {}
}
