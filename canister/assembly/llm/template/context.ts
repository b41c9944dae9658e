import {
  ARRAY,
  BOOLEAN,
  JsonDocument,
  NOWHERE,
  NULL as JSON_NULL,
  NUMBER,
  OBJECT,
  ROOT,
  STRING as JSON_STRING,
} from '../../json/document';
import { JsonParser } from '../../json/parser';
import { encode } from '../../utf8';
import { addKey, newDictionary } from './dictionaries';
import { newList, push } from './lists';
import { Machine } from './machine';
import { readNumber } from './numbers';
import { isWord, plainText } from './texts';
import { DICT, FALSE, LIST, NOTHING, NULL, STRING, TRUE, Value, asData, cellOf, valueOf } from './values';

/**
 * Roles that count as the template's own text, not as data: templates make control tokens of roles, as in `'<|' +
 * message.role + '|>'`. Any other role is data like the rest of a message.
 */
const ROLES: string[] = [
  'system',
  'developer',
  'user',
  'assistant',
  'tool',
  'function',
  'ipython',
  'model',
  'observation',
];

/** Makes values of JSON, all of them data. */
@final
export class Context {
  constructor(private readonly machine: Machine) {}

  /** Reads an object of variables; a dictionary, or nothing with a problem. */
  read(json: usize, bytes: u32): Value {
    const document = new JsonDocument();
    // Numbers of the text outlive the document.
    const text = this.machine.arena.take(max<u32>(1, bytes));
    if (text == 0) return this.machine.fail('there is no memory to read the messages');
    memory.copy(text, json, bytes);
    const problem = new JsonParser(document, text, bytes).parse();
    let value = NOTHING;
    if (problem !== null) this.machine.fail(`the variables cannot be read: ${problem.text}`);
    else if (document.kind(ROOT) != OBJECT) this.machine.fail('the variables are no JSON object');
    else value = this.valueOf(document, ROOT, 0);
    document.dispose();
    return value;
  }

  /** The value of a node that so many are around. */
  private valueOf(document: JsonDocument, node: u32, depth: u32): Value {
    const arena = this.machine.arena;
    switch (document.kind(node)) {
      case JSON_NULL:
        return asData(NULL);
      case BOOLEAN:
        return asData(document.isTrue(node) ? TRUE : FALSE);
      case NUMBER:
        return asData(readNumber(arena, document.text(node), document.length(node), false));
      case JSON_STRING:
        return asData(this.text(document.text(node), document.length(node)));
      case ARRAY: {
        const list = newList(arena, document.length(node));
        for (let at = document.first(node); at != NOWHERE; at = document.next(at)) {
          push(arena, list, this.valueOf(document, at, depth + 1));
        }
        return asData(valueOf(LIST, list));
      }
      default:
        return this.object(document, node, depth);
    }
  }

  private object(document: JsonDocument, node: u32, depth: u32): Value {
    const arena = this.machine.arena;
    const dictionary = newDictionary(arena);
    const isMessage = depth == 2 && this.isMessages(document, document.parent(node));
    for (let at = document.first(node); at != NOWHERE; at = document.next(at)) {
      const key = this.text(document.name(at), document.nameLength(at));
      let value = this.valueOf(document, at, depth + 1);
      if (isMessage && document.kind(at) == JSON_STRING && isWord(cellOf(key), 'role')) value = trusted(value);
      addKey(arena, dictionary, asData(key), value);
    }
    return asData(valueOf(DICT, dictionary));
  }

  private isMessages(document: JsonDocument, node: u32): bool {
    if (node == NOWHERE || document.kind(node) != ARRAY) return false;
    return isWord(cellOf(this.text(document.name(node), document.nameLength(node))), 'messages');
  }

  /** Code points as a text; half of a pair of surrogates alone is no character. */
  private text(points: usize, length: u32): Value {
    const arena = this.machine.arena;
    let size: usize = 0;
    for (let i: u32 = 0; i < length; ++i) {
      const point = load<u32>(points + ((<usize>i) << 2));
      size += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
    let bytes: usize = 0;
    if (size > 0) bytes = arena.take(size);
    if (bytes == 0) return valueOf(STRING, plainText(arena, 0, 0, false));
    let to = bytes;
    for (let i: u32 = 0; i < length; ++i) {
      const point = load<u32>(points + ((<usize>i) << 2));
      to += encode((point & 0xfffff800) == 0xd800 ? 0xfffd : point, to);
    }
    return valueOf(STRING, plainText(arena, bytes, <u32>size, false));
  }
}

/** A role's text, as the template's own if it is one of those that are known. */
function trusted(role: Value): Value {
  for (let i = 0; i < ROLES.length; ++i) {
    if (isWord(cellOf(role), ROLES[i])) store<u32>(cellOf(role), 1, 8);
  }
  return role;
}
