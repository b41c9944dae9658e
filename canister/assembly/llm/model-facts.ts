/** The facts about a loaded model that the service needs. */
import { Span } from '../memory/span';
import { Result } from '../problem';
import { ByteSource } from './bytes';
import { fileType } from './gguf/file-type';
import { GgufFile } from './gguf/file';
import { suggestedFlags } from './gguf/suggested-flags';
import { Model } from './model/model';
import { chatTemplateText, tokenText } from './shown-text';
import { NONE } from './tokenizer/special-tokens';
import { Tokenizer } from './tokenizer/tokenizer';


@final
export class ModelFacts {
  /** "llama", "qwen2" ... */
  readonly architecture: string;
  /** From the file; may be empty. */
  readonly name: string;
  readonly layers: i32;
  readonly parameters: u64;
  /** Tokens. */
  readonly vocabulary: i32;
  readonly trainedContext: u32;
  /** Bytes of heap for weights and working buffers, without sequences. */
  readonly heapBytes: u64;
  private readonly file: GgufFile;
  private readonly source: ByteSource;
  private readonly tokenizer: Tokenizer;

  constructor(model: Model, file: GgufFile, source: ByteSource, tokenizer: Tokenizer) {
    const d = model.description;
    this.architecture = d.architecture;
    this.name = d.name;
    this.layers = d.layers;
    this.parameters = model.weights.parameters;
    this.vocabulary = <i32>model.vocabulary;
    this.trainedContext = d.trainedContext;
    this.heapBytes = model.weights.bytes + model.workspace.bytes;
    this.file = file;
    this.source = source;
    this.tokenizer = tokenizer;
  }

  /** The type of most weights, in llama.cpp's words. */
  get fileType(): string {
    return fileType(this.file);
  }

  /** The sampling that the file suggests, as flags; empty if it suggests none. */
  get suggestedSampling(): string {
    return suggestedFlags(this.file.metadata);
  }

  /** UTF-8 of the tokens that begin and end a text; empty if there are none. */
  get bosText(): ArrayBuffer {
    return tokenText(this.tokenizer.special.bos, this.tokenizer.vocabulary);
  }

  get eosText(): ArrayBuffer {
    return tokenText(this.tokenizer.special.eos, this.tokenizer.vocabulary);
  }

  /** The chat template as valid UTF-8, valid until the next call; empty if there is none. */
  chatTemplate(): Result<Span> {
    return chatTemplateText(this.file, this.source);
  }

  /** Whether prompts begin with a BOS token. */
  get addsBos(): bool {
    return this.tokenizer.special.addBos && this.tokenizer.special.bos != NONE;
  }
}
