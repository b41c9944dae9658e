import { Span } from '../../memory/span';
import { GrammarSource } from '../grammar/grammar-source';
import { SamplingParameters } from '../sampling/parameters';

/** The request of a generation: how tokens are chosen, which constraint the text has to fit, and where it stops. */
@final
export class Request {
  /** A grammar in GBNF, or a JSON schema, for the generated text; null: any text. */
  constraint: Span | null = null;
  isSchema: bool = false;
  /** Makes the grammar instead of `constraint`, as llm/chat-format's ChatConstraint; null: none. */
  constraintSource: GrammarSource | null = null;
  /** The constraint's name in its problems; empty: they name it themselves. */
  constraintName: string = 'grammar';
  /** Texts at which it stops. */
  readonly stops: Span[] = [];
  /** Texts that interrupt repetitions (for DRY); null: llama.cpp's defaults. */
  breakers: Span[] | null = null;
  /** Whether the logits of every token are read: then they are made even if they decide nothing. */
  wantsLogits: bool = false;
  /** Whether the tokens that end a generation are forbidden. */
  neverEnds: bool = false;

  constructor(
    /** Must not change while the generation exists. */
    readonly sampling: SamplingParameters,
  ) {}
}
