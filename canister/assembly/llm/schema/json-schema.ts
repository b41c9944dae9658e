import { GrammarSource } from '../grammar/grammar-source';
import { dropEndless } from '../grammar/productive';
import { NOWHERE, Rules } from '../grammar/rules';
import { JsonDocument, OBJECT, ROOT } from '../json/document';
import { JsonParser } from '../json/parser';
import { Tokenizer } from '../tokenizer/tokenizer';
import { findWords } from './keywords';
import { SchemaRules } from './schema-rules';

/** Bytes of a schema. */
const MAX_SCHEMA_BYTES: u32 = 128 << 10;

/** A JSON schema as what a grammar is made of. */
@final
export class JsonSchema extends GrammarSource {
  /** @param text `bytes` bytes of UTF-8 */
  constructor(
    private readonly text: usize,
    private readonly bytes: u32,
  ) {
    super();
  }

  write(rules: Rules, tokenizer: Tokenizer): string {
    if (this.bytes > MAX_SCHEMA_BYTES) {
      return `the schema has ${this.bytes} bytes; at most ${MAX_SCHEMA_BYTES} are accepted`;
    }
    const document = new JsonDocument();
    const parser = new JsonParser(document, this.text, this.bytes);
    parser.parse();
    let error = parser.error;
    if (error.length == 0 && !findWords(document)) error = NO_MEMORY;
    if (error.length == 0) error = convert(document, rules);
    document.dispose();
    return error;
  }
}

function convert(document: JsonDocument, rules: Rules): string {
  const schema = new SchemaRules(document, rules);
  // As llama.cpp documents it, {} alone is any object; within a schema it is any value, as JSON Schema has it.
  const isEmpty = document.kind(ROOT) == OBJECT && document.length(ROOT) == 0;
  const root = schema.error.length > 0 ? 0 : isEmpty ? schema.anyObject : schema.ruleOf(ROOT);
  let error = schema.error;
  if (error.length == 0 && !dropEndless(rules)) error = NO_MEMORY;
  if (error.length == 0 && rules.firstAlternative(root) == NOWHERE) {
    error =
      schema.reason.length > 0
        ? schema.reason
        : '#: no value is finite that the schema allows: it asks for itself in itself';
  }
  rules.root = root;
  schema.dispose();
  return error;
}

const NO_MEMORY: string = 'no memory is left for the schema';
