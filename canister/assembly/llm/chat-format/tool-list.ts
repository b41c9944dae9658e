/** Tools in the form of OpenAI's interface, a JSON array. */
import { Span } from '../../memory/span';
import { Problem } from '../../problem';
import { ARRAY, JsonDocument, NOWHERE, NULL, OBJECT, ROOT, STRING, isAscii } from '../../json/document';
import { JsonParser } from '../../json/parser';
import { jsonOf, pointsText } from '../../json/text';
import { ToolSet, memberOf } from './tools';

/** Bytes of a list. */
const MOST: u32 = 256 << 10;

/**
 * Adds the tools of a list to those of a conversation; returns the problem, or null.
 *
 *     [{"type": "function", "function": {"name": ..., "description": ..., "parameters": SCHEMA, "strict": ...}}]
 *
 * `strict` changes nothing: every call is held to its schema.
 */
export function readTools(list: Span, into: ToolSet): Problem | null {
  if (list.size > MOST) return new Problem(`they have ${list.size} bytes; at most ${MOST} are accepted`);
  const document = new JsonDocument();
  let problem = new JsonParser(document, list.ptr, list.size).parse();
  if (problem === null && document.kind(ROOT) != ARRAY) problem = new Problem('they are JSON, but no array');
  let number = 0;
  for (let at = problem === null ? document.first(ROOT) : NOWHERE; at != NOWHERE; at = document.next(at)) {
    ++number;
    problem = addTool(document, at, number, into);
    if (problem !== null) break;
  }
  document.dispose();
  return problem;
}

function addTool(document: JsonDocument, tool: u32, number: i32, into: ToolSet): Problem | null {
  const where = `tool ${number}`;
  if (document.kind(tool) != OBJECT) return new Problem('it is no object').of(where);
  const type = memberOf(document, tool, 'type');
  if (type != NOWHERE) {
    const isFunction = document.kind(type) == STRING && isAscii(document.text(type), document.length(type), 'function');
    if (!isFunction) return new Problem('its type is not "function"').of(where);
  }
  const described = memberOf(document, tool, 'function');
  if (described == NOWHERE || document.kind(described) != OBJECT) {
    return new Problem('it has no object "function"').of(where);
  }
  const name = memberOf(document, described, 'name');
  if (name == NOWHERE || document.kind(name) != STRING) return new Problem('its function has no name').of(where);
  const description = memberOf(document, described, 'description');
  const isSaid = description != NOWHERE && document.kind(description) != NULL;
  if (isSaid && document.kind(description) != STRING) {
    return new Problem('the description of its function is no text').of(where);
  }
  const parameters = memberOf(document, described, 'parameters');
  const hasNone = parameters == NOWHERE || document.kind(parameters) == NULL;
  return into.add(
    pointsText(document.text(name), document.length(name)),
    isSaid ? pointsText(document.text(description), document.length(description)) : '',
    hasNone ? '' : jsonOf(document, parameters),
  );
}
