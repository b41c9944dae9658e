import { ARGUMENTS, CallForm, Calls, FUNCTION, ID, IdPlace } from './call-form';
import { commonEnd, commonStart, generalized, objectAround, objectEnd } from './differences';
import { Literal } from './literal';
import {
  ANSWER,
  FIRST_ID,
  FIRST_KEY,
  FIRST_NAME,
  FIRST_VALUE,
  Probe,
  QUESTION,
  SECOND_ID,
  SECOND_KEY,
  SECOND_NAME,
  SECOND_VALUE,
} from './probe';

/** Longest text between two parts of a call. */
const MAX_LITERAL: i32 = 200;

/** The place of a call in a rendered text, and its parts. */
@final
class Found {
  kind: Calls = Calls.None;
  /** The places of its first part (the object, the name or the id) and after its last part. */
  begin: i32 = 0;
  end: i32 = 0;
  idPlace: IdPlace = IdPlace.Nowhere;
  first: string = '';
  second: string = '';
  argument: string = '';
  middle: string = '';
  valueEnd: string = '';
  textWord: string = '';
  otherWord: string = '';
}

/**
 * Derives how calls are written: it renders a conversation with two calls, whose names and values occur in no template,
 * and takes the text between them as the form.
 */
@final
export class CallDerivation {
  private readonly answerStart: string;
  private readonly stop: string;

  /**
   * @param answer        the template's output after the question for a plain answer
   * @param thinkingEnd   the mark that ends thinking; may be empty
   * @param wrappers      marks around an answer that are no part of calls
   */
  constructor(
    private readonly probe: Probe,
    answer: string,
    private readonly eos: string,
    private readonly thinkingEnd: string,
    private readonly wrappers: string[],
  ) {
    const at = answer.indexOf(ANSWER);
    this.answerStart = at < 0 ? '' : answer.substring(0, at);
    this.stop = at < 0 ? '' : unwrapped(answer.substring(at + ANSWER.length).trim(), wrappers);
  }

  /** The form; null if the template shows none. */
  run(): CallForm | null {
    for (let count = 2; count > 0; --count) {
      for (let way = 0; way < 4; ++way) {
        const text = this.probe.calls(count, (way & 1) != 0, (way & 2) != 0);
        if (text.length == 0) continue;
        const form = this.derive(text, count == 1);
        if (form !== null) return form;
      }
    }
    return null;
  }

  private derive(text: string, isSingle: bool): CallForm | null {
    const first = this.find(text, 0, FIRST_NAME, FIRST_ID);
    if (first === null) return null;
    let second: Found | null = null;
    if (!isSingle) second = this.find(text, first.end, SECOND_NAME, SECOND_ID);
    if (!isSingle && (second === null || second.kind != first.kind || second.begin < first.end)) return null;
    const form = new CallForm();
    form.kind = first.kind;
    form.isSingle = isSingle;
    const before = this.withoutBeginning(text.substring(0, first.begin));
    const last = second === null ? first : second;
    const after = this.withoutEnd(text.substring(last.end));
    let start = before;
    let end = after;
    if (second !== null) {
      const between = text.substring(first.end, second.begin);
      end = commonStart(between, after);
      const rest = between.substring(end.length);
      start = commonEnd(before, rest);
      form.section = new Literal(before.substring(0, before.length - start.length));
      form.separator = new Literal(rest.substring(0, rest.length - start.length));
      form.sectionEnd = new Literal(after.substring(end.length));
      first.first = generalized(first.first, second.first, '\x01', '\x02');
      first.second = generalized(first.second, second.second, '\x01', '\x02');
    }
    form.start = new Literal(start);
    form.end = new Literal(end);
    form.idPlace = first.idPlace;
    form.first = new Literal(first.first);
    form.second = new Literal(first.second);
    form.argument = new Literal(first.argument);
    form.middle = new Literal(first.middle);
    form.valueEnd = new Literal(first.valueEnd);
    form.textWord = first.textWord;
    form.otherWord = first.otherWord;
    if (form.kind == Calls.Object && !readMembers(form, text.substring(first.begin, first.end))) return null;
    return this.isSound(form) ? form : null;
  }

  private isSound(form: CallForm): bool {
    // If both names end alike, a name that precedes a call may be cut in two.
    const texts = [
      form.section.text + form.start.text,
      form.separator.text + form.start.text,
      form.sectionEnd.text,
      form.end.text,
      form.first.text,
      form.second.text,
    ];
    for (let i = 0; i < texts.length; ++i) {
      const text = texts[i];
      if (text.includes(SECOND_NAME)) return false;
      if (text.length > MAX_LITERAL || text.includes(QUESTION) || text.includes(FIRST_NAME)) return false;
    }
    // A call without a mark of its own is recognized only if it is an object.
    if (form.kind != Calls.Object && form.trigger.isBlank) return false;
    return form.kind != Calls.Tagged || (!form.middle.isBlank && !form.valueEnd.isBlank && !form.argument.isBlank);
  }

  /** The call of `name` after a place; null if it is not written in a known way. */
  private find(text: string, from: i32, name: string, id: string): Found | null {
    const value = text.indexOf(FIRST_VALUE, from);
    if (value < 0) return null;
    let at = text.lastIndexOf(name, value);
    if (at < from) at = text.indexOf(name, value);
    if (at < 0) return null;
    const found = new Found();
    const object = objectAround(text, at, value);
    if (object >= from) {
      found.kind = Calls.Object;
      found.begin = object;
      found.end = objectEnd(text, object);
      return found;
    }
    const key = text.indexOf(FIRST_KEY, at);
    if (key < 0 || key > value) return null;
    const behindName = at + name.length;
    const brace = text.lastIndexOf('{', key);
    const isJson = brace >= behindName && text.charCodeAt(key - 1) == 0x22 && objectEnd(text, brace) > value;
    found.kind = isJson ? Calls.Named : Calls.Tagged;
    found.begin = at;
    found.end = objectEnd(text, brace);
    if (!isJson && !findArguments(found, text, behindName, key, value)) return null;
    const arguments = isJson ? brace : behindName + found.first.length;
    const place = text.indexOf(id, from);
    if (place >= behindName && place < arguments) {
      found.idPlace = IdPlace.BehindName;
      found.first = text.substring(behindName, place);
      found.second = text.substring(place + id.length, arguments);
    } else if (place >= from && place < at) {
      found.idPlace = IdPlace.BeforeName;
      found.begin = place;
      found.first = text.substring(place + id.length, at);
      found.second = text.substring(behindName, arguments);
    } else {
      found.first = text.substring(behindName, arguments);
    }
    return found;
  }

  /**
   * The part of the text before calls that belongs to them: without the beginning of any answer, and without thoughts.
   */
  private withoutBeginning(text: string): string {
    let rest = text.substring(commonStart(text, this.answerStart).length);
    const end = this.thinkingEnd;
    const at = end.length == 0 ? -1 : rest.lastIndexOf(end);
    if (at >= 0) rest = rest.substring(at + end.length);
    return unwrapped(rest.trimStart(), this.wrappers);
  }

  /** The part of the text after calls that belongs to them: without the end of any answer. */
  private withoutEnd(text: string): string {
    let rest = text.substring(0, text.length - commonEnd(text, this.stop).length);
    const stop = this.stop.length == 0 ? -1 : rest.indexOf(this.stop);
    if (stop >= 0) rest = rest.substring(0, stop);
    const eos = this.eos.length == 0 ? -1 : rest.indexOf(this.eos);
    if (eos >= 0) rest = rest.substring(0, eos);
    // The end of an answer may have two parts, of which calls have the second.
    for (let i = 0; i < this.wrappers.length; ++i) {
      const wrapper = rest.indexOf(this.wrappers[i]);
      if (wrapper >= 0) rest = rest.substring(0, wrapper);
    }
    return rest.trimEnd();
  }
}

/** A text without the answer marks at its beginning. */
function unwrapped(text: string, wrappers: string[]): string {
  for (let i = 0; i < wrappers.length; ++i) {
    if (text.startsWith(wrappers[i])) return unwrapped(text.substring(wrappers[i].length).trimStart(), wrappers);
  }
  return text;
}

/** Finds the text around two arguments that stand between marks. */
function findArguments(found: Found, text: string, behindName: i32, key: i32, value: i32): bool {
  const nextKey = text.indexOf(SECOND_KEY, value);
  const nextValue = nextKey < 0 ? -1 : text.indexOf(SECOND_VALUE, nextKey);
  if (nextValue < 0) return false;
  const before = text.substring(behindName, key);
  const between = text.substring(value + FIRST_VALUE.length, nextKey).replaceAll(FIRST_KEY, '\x03');
  const behind = text.substring(nextValue + SECOND_VALUE.length);
  const end = commonStart(between, behind.replaceAll(SECOND_KEY, '\x03'));
  const argument = commonEnd(before, between.substring(end.length));
  found.first = before.substring(0, before.length - argument.length);
  found.argument = argument;
  const middle = text.substring(key + FIRST_KEY.length, value);
  const nextMiddle = text.substring(nextKey + SECOND_KEY.length, nextValue);
  found.middle = generalized(middle, nextMiddle, '\x01', '\x02');
  const word = found.middle.indexOf('\x02');
  if (word >= 0) {
    const behind = found.middle.length - word - 1;
    found.textWord = middle.substring(word, middle.length - behind);
    found.otherWord = nextMiddle.substring(word, nextMiddle.length - behind);
  }
  found.valueEnd = end;
  const written = end.replaceAll('\x03', SECOND_KEY).length;
  found.end = nextValue + SECOND_VALUE.length + written;
  return true;
}

/** Finds the member names of the name, the arguments and the id in an object, and how the object is written. */
function readMembers(form: CallForm, object: string): bool {
  let at = 1;
  let pattern = '';
  let written = 0;
  for (;;) {
    const open = object.indexOf('"', at);
    const close = open < 0 ? -1 : object.indexOf('"', open + 1);
    const colon = close < 0 ? -1 : object.indexOf(':', close);
    if (colon < 0) break;
    const key = object.substring(open + 1, close);
    const end = memberEnd(object, colon + 1);
    const from = colon + 1 + leading(object.substring(colon + 1, end));
    const value = object.substring(from, end).trimEnd();
    let part = 0;
    if (key == FIRST_NAME) {
      pattern += `${object.substring(written, open + 1)}${String.fromCharCode(FUNCTION)}"`;
      written = close + 1;
      part = ARGUMENTS;
    } else if (value == `"${FIRST_NAME}"`) {
      form.nameKey = key;
      part = FUNCTION;
    } else if (value.includes(FIRST_VALUE)) {
      form.argumentsKey = key;
      part = ARGUMENTS;
    } else if (value == `"${FIRST_ID}"` || key == 'id' || key.endsWith('_id')) {
      form.idKey = key;
      part = ID;
    }
    if (part > 0) {
      const mark = String.fromCharCode(part);
      pattern += object.substring(written, from) + (part == ARGUMENTS ? mark : `"${mark}"`);
      written = from + value.length;
    }
    at = end + 1;
    if (at >= object.length) break;
  }
  form.pattern = pattern + object.substring(written);
  const hasKeys = form.nameKey.length > 0 && form.argumentsKey.length > 0;
  return hasKeys || form.pattern.startsWith(`{"${String.fromCharCode(FUNCTION)}"`);
}

/** Number of white-space characters at the beginning of a text. */
function leading(text: string): i32 {
  return text.length - text.trimStart().length;
}

/** The place of the comma or the brace after a member's value. */
function memberEnd(object: string, from: i32): i32 {
  let at = from;
  while (at < object.length && object.charCodeAt(at) <= 0x20) ++at;
  const unit = at < object.length ? object.charCodeAt(at) : 0;
  if (unit == 0x7b || unit == 0x5b) at = objectEnd(object, at);
  else if (unit == 0x22) {
    for (++at; at < object.length && object.charCodeAt(at) != 0x22; ++at) if (object.charCodeAt(at) == 0x5c) ++at;
    ++at;
  }
  if (at < 0) return object.length;
  while (at < object.length && object.charCodeAt(at) != 0x2c && object.charCodeAt(at) != 0x7d) ++at;
  return at;
}
