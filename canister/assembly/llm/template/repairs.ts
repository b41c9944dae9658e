import { copyOf } from './container-methods';
import { newDictionary, setKey, sizeOf, valueOfKey } from './dictionaries';
import { countOf, itemOf, newList, push } from './lists';
import { Machine } from './machine';
import { isWord, joined, plainText } from './texts';
import { DICT, LIST, NOTHING, STRING, Value, asData, cellOf, kindOf, valueOf } from './values';

/** Changes to a conversation's messages that make it acceptable to a template. The changed lists are new ones. */

/** A text that is the template's own word, or not. */
export function text(machine: Machine, word: string, isTemplate: bool): Value {
  const length = <u32>word.length;
  const bytes = machine.arena.take(max<u32>(1, length));
  for (let i: u32 = 0; i < length && bytes != 0; ++i) store<u8>(bytes + i, <u8>word.charCodeAt(i));
  return valueOf(STRING, plainText(machine.arena, bytes, bytes == 0 ? 0 : length, isTemplate));
}

export function member(machine: Machine, message: Value, name: string): Value {
  return kindOf(message) == DICT ? valueOfKey(cellOf(message), text(machine, name, true)) : NOTHING;
}

/** A message with another member. */
export function changed(machine: Machine, message: Value, name: string, value: Value): Value {
  const copy = copyOf(machine, cellOf(message));
  setKey(machine.arena, copy, text(machine, name, true), value);
  return asData(valueOf(DICT, copy));
}

export function hasRole(machine: Machine, message: Value, role: string): bool {
  const said = member(machine, message, 'role');
  return kindOf(said) == STRING && isWord(cellOf(said), role);
}

/** The content of a message that is a text; 0 for any other. */
export function contentOf(machine: Machine, message: Value): usize {
  const content = member(machine, message, 'content');
  return kindOf(content) == STRING ? cellOf(content) : 0;
}

/** A message with the content of two. */
function together(machine: Machine, first: Value, second: Value, between: string): Value {
  const arena = machine.arena;
  const head = joined(arena, contentOf(machine, first), cellOf(text(machine, between, false)));
  const whole = joined(arena, head, contentOf(machine, second));
  return changed(machine, first, 'content', asData(valueOf(STRING, whole)));
}

/**
 * The first system message in front of the first user message, for templates that leave it out or refuse it. So does
 * llama.cpp (common/chat.cpp, `system_message_not_supported`).
 */
export function withoutSystem(machine: Machine, list: usize): usize {
  if (countOf(list) < 2 || !hasRole(machine, itemOf(list, 0), 'system')) return list;
  const system = itemOf(list, 0);
  const user = itemOf(list, 1);
  const haveTexts = contentOf(machine, system) != 0 && contentOf(machine, user) != 0;
  if (!haveTexts || !hasRole(machine, user, 'user')) return list;
  const result = newList(machine.arena, countOf(list));
  const whole = together(machine, system, user, '\n');
  push(machine.arena, result, changed(machine, whole, 'role', text(machine, 'user', true)));
  for (let i: u32 = 2; i < countOf(list); ++i) push(machine.arena, result, itemOf(list, i));
  return result;
}

/** Messages with one role changed to another, starting at index `from`. */
export function asRole(machine: Machine, list: usize, role: string, other: string, from: u32): usize {
  const result = newList(machine.arena, countOf(list));
  for (let i: u32 = 0; i < countOf(list); ++i) {
    const message = itemOf(list, i);
    const isChanged = i >= from && hasRole(machine, message, role);
    push(machine.arena, result, isChanged ? changed(machine, message, 'role', text(machine, other, true)) : message);
  }
  return result;
}

/** Merges consecutive texts of the same role, for templates in which user and assistant must take turns. */
export function inTurns(machine: Machine, list: usize): usize {
  const result = newList(machine.arena, countOf(list));
  for (let i: u32 = 0; i < countOf(list); ++i) {
    const message = itemOf(list, i);
    const last = countOf(result);
    if (last > 0 && mayJoin(machine, itemOf(result, last - 1), message)) {
      const whole = together(machine, itemOf(result, last - 1), message, '\n\n');
      store<u32>(result, last - 1);
      push(machine.arena, result, whole);
    } else {
      push(machine.arena, result, message);
    }
  }
  return result;
}

function mayJoin(machine: Machine, first: Value, second: Value): bool {
  if (contentOf(machine, first) == 0 || contentOf(machine, second) == 0) return false;
  // A message with more than a role and a text would lose something.
  if (sizeOf(cellOf(first)) != 2 || sizeOf(cellOf(second)) != 2) return false;
  for (let i = 0; i < JOINED.length; ++i) {
    if (hasRole(machine, first, JOINED[i])) return hasRole(machine, second, JOINED[i]);
  }
  return false;
}

const JOINED: string[] = ['user', 'assistant', 'system', 'developer'];

/** Texts as lists of one part, which templates for pictures may insist on. */
export function inParts(machine: Machine, list: usize): usize {
  const arena = machine.arena;
  const result = newList(arena, countOf(list));
  for (let i: u32 = 0; i < countOf(list); ++i) {
    const message = itemOf(list, i);
    const content = contentOf(machine, message);
    if (content == 0) {
      push(arena, result, message);
      continue;
    }
    const part = newDictionary(arena);
    setKey(arena, part, text(machine, 'type', true), text(machine, 'text', true));
    setKey(arena, part, text(machine, 'text', true), asData(valueOf(STRING, content)));
    const parts = newList(arena, 1);
    push(arena, parts, asData(valueOf(DICT, part)));
    push(arena, result, changed(machine, message, 'content', asData(valueOf(LIST, parts))));
  }
  return result;
}

/** Stands in for a message's text to test whether a template shows it; no template contains such a text. */
export function markOf(machine: Machine, index: u32): Value {
  return text(machine, `message-${index}-7f3b0c5e91d44a6f`, false);
}

/** Messages with marks for their texts. */
export function withMarks(machine: Machine, list: usize): usize {
  const result = newList(machine.arena, countOf(list));
  for (let i: u32 = 0; i < countOf(list); ++i) {
    const message = itemOf(list, i);
    const isText = contentOf(machine, message) != 0;
    push(machine.arena, result, isText ? changed(machine, message, 'content', markOf(machine, i)) : message);
  }
  return result;
}
