import { Problem } from '../../problem';
import { ARRAY, JsonDocument, NOWHERE, OBJECT, ROOT, STRING, isAscii } from '../json/document';
import { JsonParser } from '../json/parser';
import { quoted } from '../json/quoted';

const MAX_TOOLS: i32 = 128;
const MAX_NAME: i32 = 64;
const NO_PARAMETERS: string = '{"type":"object","properties":{}}';

/** A function that a model may call. */
@final
export class Tool {
  /** Names of its parameters that are texts, whatever they look like. */
  readonly texts: Set<string> = new Set<string>();

  constructor(
    readonly name: string,
    readonly description: string,
    /** A JSON schema. */
    readonly parameters: string,
  ) {}
}

/** The tools of a conversation. */
@final
export class ToolSet {
  readonly tools: Tool[] = [];

  get count(): i32 {
    return this.tools.length;
  }

  /**
   * Adds a tool; what is wrong with it, if anything is.
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

/** Whether a text has the characters of a name, and no others. */
function hasNameCharacters(name: string): bool {
  for (let i = 0; i < name.length; ++i) if (!isNameCharacter(name.charCodeAt(i))) return false;
  return true;
}

/** Letters, digits, "_", "-" and ".". */
export function isNameCharacter(byte: u32): bool {
  return byte - 0x30 < 10 || (byte | 0x20) - 0x61 < 26 || byte == 0x5f || byte == 0x2d || byte == 0x2e;
}

/** Notes which parameters are texts. Null, or what is wrong with the schema. */
function readParameters(tool: Tool): Problem | null {
  const text = String.UTF8.encode(tool.parameters);
  const document = new JsonDocument();
  let problem = new JsonParser(document, changetype<usize>(text), text.byteLength).parse();
  if (problem === null && document.kind(ROOT) != OBJECT) problem = new Problem('it is no object');
  if (problem === null) {
    const type = memberOf(document, ROOT, 'type');
    if (type != NOWHERE && !isWord(document, type, 'object')) problem = new Problem('its type is not "object"');
  }
  const properties = problem === null ? memberOf(document, ROOT, 'properties') : NOWHERE;
  if (properties != NOWHERE && document.kind(properties) == OBJECT) {
    for (let at = document.first(properties); at != NOWHERE; at = document.next(at)) {
      if (isText(document, at)) tool.texts.add(pointsText(document.name(at), document.nameLength(at)));
    }
  }
  document.dispose();
  return problem;
}

/** Whether a schema allows texts alone. */
function isText(document: JsonDocument, schema: u32): bool {
  if (document.kind(schema) != OBJECT) return false;
  const type = memberOf(document, schema, 'type');
  if (type != NOWHERE) return isWord(document, type, 'string');
  const values = memberOf(document, schema, 'enum');
  if (values == NOWHERE || document.kind(values) != ARRAY) return false;
  for (let at = document.first(values); at != NOWHERE; at = document.next(at)) {
    if (document.kind(at) != STRING) return false;
  }
  return document.length(values) > 0;
}

function isWord(document: JsonDocument, node: u32, word: string): bool {
  return document.kind(node) == STRING && isAscii(document.text(node), document.length(node), word);
}

function memberOf(document: JsonDocument, object: u32, name: string): u32 {
  for (let at = document.first(object); at != NOWHERE; at = document.next(at)) {
    if (isAscii(document.name(at), document.nameLength(at), name)) return at;
  }
  return NOWHERE;
}

/** The text of code points. */
export function pointsText(points: usize, length: u32): string {
  const units: i32[] = [];
  for (let i: u32 = 0; i < length; ++i) {
    const point = load<u32>(points + ((<usize>i) << 2));
    if (point > 0xffff) units.push(0xd7c0 + (point >> 10));
    units.push(point > 0xffff ? 0xdc00 + (point & 0x3ff) : point);
  }
  return String.fromCharCodes(units);
}
