import { quoted } from '../../json/quoted';
import { Problem } from '../../problem';
import { Rules } from '../grammar/rules';
import { JsonSchema } from '../schema/json-schema';
import { Tokenizer } from '../tokenizer/tokenizer';
import { Calls } from './call-form';
import { Tool } from './tools';

/** The rules that a tool's arguments follow. */
@final
export class ArgumentRules {
  /** Rule of the whole object; not used if the form writes arguments one by one. */
  whole: u32 = 0;
  /** Rule of each parameter, in order; 0 for a text that is written unquoted between marks. */
  readonly values: u32[] = [];
  /** Null, or the problem. */
  problem: Problem | null = null;

  constructor(
    readonly tool: Tool,
    kind: Calls,
    rules: Rules,
    tokenizer: Tokenizer,
  ) {
    if (kind == Calls.Tagged || kind == Calls.Keyword) this.readEach(kind == Calls.Tagged, rules, tokenizer);
    else this.whole = this.read(tool.parameters, rules, tokenizer);
  }

  private readEach(isBare: bool, rules: Rules, tokenizer: Tokenizer): void {
    const tool = this.tool;
    if (!tool.isPlain) this.problem = new Problem(NOT_PLAIN);
    for (let i = 0; i < tool.list.length && this.problem === null; ++i) {
      const parameter = tool.list[i];
      // A reference into the schema of the whole, which is stored under a name without meaning.
      const place = parameter.name.replaceAll('%', '%25').replaceAll('~', '~0').replaceAll('/', '~1');
      const schema = `{"$ref":${quoted(`#/x-tool/properties/${place}`)},"x-tool":${tool.parameters}}`;
      this.values.push(isBare && parameter.isText ? 0 : this.read(schema, rules, tokenizer));
    }
  }

  private read(schema: string, rules: Rules, tokenizer: Tokenizer): u32 {
    if (this.problem !== null) return 0;
    const text = String.UTF8.encode(schema);
    this.problem = new JsonSchema(changetype<usize>(text), text.byteLength).write(rules, tokenizer);
    return rules.root;
  }
}

const NOT_PLAIN: string =
  'this model writes arguments one by one, so its parameters have to be "properties" of an object, without "$ref", ' +
  '"allOf", "anyOf" or "oneOf" around them';
