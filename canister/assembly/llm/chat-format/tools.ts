import { Problem } from '../../problem';
import { ARRAY, JsonDocument, NOWHERE, OBJECT, ROOT, STRING, isAscii } from '../../json/document';
import { JsonParser } from '../../json/parser';
import { quoted } from '../../json/quoted';
import { pointsText } from '../../json/text';

const MAX_TOOLS: i32 = 128;
const MAX_NAME: i32 = 64;
const NO_PARAMETERS: string = '{"type":"object","properties":{}}';

/** A parameter of a function. */
@final
export class Parameter {
  /** Only texts are allowed, and only these if the list is not empty. */
  isText: bool = false;
  readonly values: string[] = [];
  isRequired: bool = false;
  /** The only allowed type, if its schema names one. */
  type: string = '';

  constructor(readonly name: string) {}
}

/** A function that a model may call. */
@final
export class Tool {
  /** Its parameters, as far as its schema lists them as properties. */
  readonly list: Parameter[] = [];
  /** The schema describes nothing but these parameters. */
  isPlain: bool = true;

  constructor(
    readonly name: string,
    readonly description: string,
    /** A JSON schema. */
    readonly parameters: string,
  ) {}

  /** Whether a parameter is always a text. */
  isText(name: string): bool {
    for (let i = 0; i < this.list.length; ++i) if (this.list[i].name == name) return this.list[i].isText;
    return false;
  }
}

/** The tools of a conversation. */
@final
export class ToolSet {
  readonly tools: Tool[] = [];

  get count(): i32 {
    return this.tools.length;
  }

  /**
   * Adds a tool; returns the problem, or null.
   *
   * @param parameters JSON schema of an object; empty for a tool without parameters
   */
  add(name: string, description: string, parameters: string): Problem | null {
    const where = `tool ${quoted(name)}`;
    if (name.length == 0 || name.length > MAX_NAME || !hasNameCharacters(name)) {
      return new Problem(`a name has 1 to ${MAX_NAME} letters, digits, "_", "-" and "."`).of(where);
    }
    if (this.find(name) !== null) return new Problem('there are two of this name').of(where);
    if (this.tools.length == MAX_TOOLS) return new Problem(`there are more than ${MAX_TOOLS} tools`).of(where);
    const tool = new Tool(name, description, parameters.length > 0 ? parameters : NO_PARAMETERS);
    const problem = readParameters(tool);
    if (problem !== null) return problem.of('its parameters are no JSON schema of an object').of(where);
    this.tools.push(tool);
    return null;
  }

  find(name: string): Tool | null {
    for (let i = 0; i < this.tools.length; ++i) if (this.tools[i].name == name) return this.tools[i];
    return null;
  }

  /** The list of tools as JSON, in the form that chat templates are given. */
  get json(): string {
    const parts: string[] = [];
    for (let i = 0; i < this.tools.length; ++i) {
      const tool = this.tools[i];
      parts.push(
        `{"type":"function","function":{"name":${quoted(tool.name)},"description":${quoted(tool.description)},` +
          `"parameters":${tool.parameters}}}`,
      );
    }
    return `[${parts.join(',')}]`;
  }
}

/** Whether a text consists of the characters that names may have. */
function hasNameCharacters(name: string): bool {
  for (let i = 0; i < name.length; ++i) if (!isNameCharacter(name.charCodeAt(i))) return false;
  return true;
}

/** Letters, digits, "_", "-" and ".". */
export function isNameCharacter(byte: u32): bool {
  return byte - 0x30 < 10 || (byte | 0x20) - 0x61 < 26 || byte == 0x5f || byte == 0x2d || byte == 0x2e;
}

/** Schema keywords that may say more about parameters. */
const AROUND: StaticArray<string> = ['$ref', 'allOf', 'anyOf', 'oneOf'];

/** Reads a tool's parameters. Null, or the schema's problem. */
function readParameters(tool: Tool): Problem | null {
  const text = String.UTF8.encode(tool.parameters);
  const document = new JsonDocument();
  let problem = new JsonParser(document, changetype<usize>(text), text.byteLength).parse();
  if (problem === null && document.kind(ROOT) != OBJECT) problem = new Problem('it is no object');
  if (problem === null) {
    const type = memberOf(document, ROOT, 'type');
    if (type != NOWHERE && !isWord(document, type, 'object')) problem = new Problem('its type is not "object"');
  }
  if (problem === null) {
    for (let i = 0; i < AROUND.length; ++i) if (memberOf(document, ROOT, AROUND[i]) != NOWHERE) tool.isPlain = false;
    const properties = memberOf(document, ROOT, 'properties');
    const required = memberOf(document, ROOT, 'required');
    let at = properties != NOWHERE && document.kind(properties) == OBJECT ? document.first(properties) : NOWHERE;
    for (; at != NOWHERE; at = document.next(at)) {
      const parameter = new Parameter(pointsText(document.name(at), document.nameLength(at)));
      parameter.isRequired = lists(document, required, parameter.name);
      if (document.kind(at) == OBJECT) readParameter(document, at, parameter);
      tool.list.push(parameter);
    }
  }
  document.dispose();
  return problem;
}

/** Reads whether a schema makes a parameter a text. */
function readParameter(document: JsonDocument, schema: u32, parameter: Parameter): void {
  const type = memberOf(document, schema, 'type');
  if (type != NOWHERE && document.kind(type) == STRING) {
    parameter.type = pointsText(document.text(type), document.length(type));
    if (parameter.type != 'string') return;
  } else if (type != NOWHERE) {
    return;
  }
  const values = memberOf(document, schema, 'enum');
  const isList = values != NOWHERE && document.kind(values) == ARRAY && document.length(values) > 0;
  if (!isList) {
    parameter.isText = parameter.type == 'string';
    return;
  }
  for (let at = document.first(values); at != NOWHERE; at = document.next(at)) {
    if (document.kind(at) != STRING) return;
    parameter.values.push(pointsText(document.text(at), document.length(at)));
  }
  parameter.isText = true;
}

/** Whether a JSON list contains a text. */
function lists(document: JsonDocument, list: u32, text: string): bool {
  if (list == NOWHERE || document.kind(list) != ARRAY) return false;
  for (let at = document.first(list); at != NOWHERE; at = document.next(at)) {
    if (document.kind(at) == STRING && pointsText(document.text(at), document.length(at)) == text) return true;
  }
  return false;
}

function isWord(document: JsonDocument, node: u32, word: string): bool {
  return document.kind(node) == STRING && isAscii(document.text(node), document.length(node), word);
}

/** The member with a name; NOWHERE if there is none. */
export function memberOf(document: JsonDocument, object: u32, name: string): u32 {
  for (let at = document.first(object); at != NOWHERE; at = document.next(at)) {
    if (isAscii(document.name(at), document.nameLength(at), name)) return at;
  }
  return NOWHERE;
}
