import { Code, Problem } from '../../problem';
import { GrammarSource } from '../grammar/grammar-source';
import { dropEndless } from '../grammar/productive';
import { NOWHERE, Rules } from '../grammar/rules';
import { JsonDocument, OBJECT, ROOT } from '../../json/document';
import { JsonParser } from '../../json/parser';
import { Tokenizer } from '../tokenizer/tokenizer';
import { findWords } from './keywords';
import { SchemaRules } from './schema-rules';

/** Bytes of a schema. */
const MAX_SCHEMA_BYTES: u32 = 128 << 10;

/** A JSON schema as the source of a grammar. */
@final
export class JsonSchema extends GrammarSource {
  /** @param text `bytes` bytes of UTF-8 */
  constructor(
    private readonly text: usize,
    private readonly bytes: u32,
  ) {
    super();
  }

  write(rules: Rules, tokenizer: Tokenizer): Problem | null {
    if (this.bytes > MAX_SCHEMA_BYTES) {
      return new Problem(`the schema has ${this.bytes} bytes; at most ${MAX_SCHEMA_BYTES} are accepted`);
    }
    const document = new JsonDocument();
    let problem = new JsonParser(document, this.text, this.bytes).parse();
    if (problem === null && !findWords(document)) problem = noMemory();
    if (problem === null) problem = convert(document, rules);
    document.dispose();
    return problem;
  }
}

/** Writes the rules of a schema. Null, or the problem. */
function convert(document: JsonDocument, rules: Rules): Problem | null {
  const schema = new SchemaRules(document, rules);
  // As llama.cpp documents it, {} alone is any object; within a schema it is any value, as JSON Schema has it.
  const isEmpty = document.kind(ROOT) == OBJECT && document.length(ROOT) == 0;
  const root = schema.problem !== null ? 0 : isEmpty ? schema.anyObject : schema.ruleOf(ROOT);
  let problem = schema.problem;
  if (problem === null && !dropEndless(rules)) problem = noMemory();
  if (problem === null && rules.firstAlternative(root) == NOWHERE) {
    problem = schema.reason;
    if (problem === null) {
      problem = new Problem('#: no value is finite that the schema allows: it asks for itself in itself');
    }
  }
  rules.root = root;
  schema.dispose();
  return problem;
}

function noMemory(): Problem {
  return new Problem('no memory is left for the schema', Code.HEAP_FULL);
}
