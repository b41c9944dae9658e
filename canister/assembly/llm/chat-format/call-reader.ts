import { JsonDocument, ROOT, STRING } from '../../json/document';
import { JsonParser } from '../../json/parser';
import { quoted } from '../../json/quoted';
import { pointsText } from '../../json/text';
import { CallForm, Calls, IdPlace } from './call-form';
import { scanString, scanValue } from './json-scan';
import { Literal } from './literal';
import { LooseValue, jsonOfPython } from './loose-value';
import { END, MORE, NO, Pending } from './pending';
import { Tool, ToolSet, isNameCharacter } from './tools';

/** Bytes of an argument's name, and of an id. */
const MAX_KEY: i32 = 256;

/**
 * Reads one call in a form, from text that may still be growing. Of an unfinished call, it tells the name, the id and
 * the beginning of the arguments: more text only adds to them.
 */
@final
export class CallReader {
  /** Parts of the last call that was read. The name is empty until it is certain that there is a call. */
  name: string = '';
  id: string = '';
  /** JSON of an object; only its beginning while the call is unfinished. */
  arguments: string = '';

  constructor(
    private readonly form: CallForm,
    /** The tools that may be called; null: any. */
    private readonly tools: ToolSet | null,
  ) {}

  /** The place after the call that begins at `at`; NO if there is none, MORE if more text may make one. */
  read(text: Pending, at: i32): i32 {
    this.name = this.id = this.arguments = '';
    const form = this.form;
    let from = form.otherStart.isEmpty ? NO : text.match(form.otherStart, at);
    if (from == NO) from = text.match(form.start, at);
    if (from < 0) return from;
    if (form.kind == Calls.Object) from = this.readObject(text, text.skipSpace(from));
    else from = this.readNamed(text, from);
    if (from < 0) return from;
    return form.end.isBlank ? from : text.match(form.end, from);
  }

  /** Reads the arguments of a call after its name. */
  readArguments(text: Pending, at: i32, name: string): i32 {
    this.name = this.id = this.arguments = '';
    at = text.skipSpace(at);
    if (!this.isKnown(name)) return NO;
    if (text.byte(at) == END) return text.atEnd;
    if (text.byte(at) != 0x7b && text.byte(at) != 0x22) return NO;
    this.name = name;
    return this.takeArguments(text, at, scanValue(text, at));
  }

  private isKnown(name: string): bool {
    const tools = this.tools;
    return name.length > 0 && (tools === null || tools.find(name) !== null);
  }

  private readObject(text: Pending, at: i32): i32 {
    const form = this.form;
    let name = '';
    let byte = text.byte(at);
    if (byte == END) return text.atEnd;
    if (byte != 0x7b) return NO;
    let hasArguments = false;
    for (let isFirst = true; ; isFirst = false) {
      at = text.skipSpace(at + 1);
      byte = text.byte(at);
      if (byte == END) return text.atEnd;
      if (isFirst && byte == 0x7d) return NO;
      const keyEnd = scanString(text, at);
      if (keyEnd < 0) return keyEnd;
      const key = text.slice(at + 1, keyEnd - 1);
      at = text.skipSpace(keyEnd);
      byte = text.byte(at);
      if (byte == END) return text.atEnd;
      if (byte != 0x3a) return NO;
      const value = text.skipSpace(at + 1);
      at = scanValue(text, value);
      if (form.nameKey.length == 0) {
        // Such an object has one member, named after the function.
        if (!isFirst || !this.isKnown(key)) return NO;
        this.name = key;
        hasArguments = true;
        const whole = this.takeArguments(text, value, at);
        if (whole < 0) return whole;
      } else if (key == form.nameKey || key == 'name') {
        if (at < 0) return at;
        name = text.byte(value) == 0x22 ? text.slice(value + 1, at - 1) : '';
        if (!this.isKnown(name)) return NO;
        if (hasArguments || form.idKey.length == 0 || this.id.length > 0) this.name = name;
      } else if (key == form.argumentsKey || key == 'arguments' || key == 'parameters') {
        if (hasArguments) return NO;
        const whole = this.takeArguments(text, value, at);
        if (whole < 0) return whole;
        hasArguments = true;
      } else if (at < 0) {
        return at;
      } else if (key == form.idKey) {
        this.id = text.byte(value) == 0x22 ? text.slice(value + 1, at - 1) : text.slice(value, at);
        if (this.id.length > MAX_KEY || this.id.includes('\\')) return NO;
      }
      at = text.skipSpace(at);
      byte = text.byte(at);
      if (byte == END) return text.atEnd;
      if (byte == 0x7d) break;
      if (byte != 0x2c) return NO;
    }
    if (this.name.length == 0) this.name = name;
    if (this.name.length == 0) return NO;
    if (!hasArguments) this.arguments = '{}';
    return at + 1;
  }

  /** Takes the value between two places as the arguments and returns `end`, which may be NO or MORE. */
  private takeArguments(text: Pending, value: i32, end: i32): i32 {
    const byte = text.byte(value);
    if (end == NO) return NO;
    if (byte == END) return text.atEnd;
    if (byte == 0x7b) {
      this.arguments = text.slice(value, end == MORE ? text.length : end);
      return end;
    }
    if (end == MORE) return byte == 0x22 || byte == 0x6e ? MORE : NO;
    const written = text.slice(value, end);
    this.arguments = written == 'null' ? '{}' : objectIn(written);
    return this.arguments.length > 0 ? end : NO;
  }

  private readNamed(text: Pending, at: i32): i32 {
    const form = this.form;
    if (form.idPlace == IdPlace.BeforeName) {
      at = this.readId(text, at, form.first);
      if (at < 0) return at;
    }
    at = text.skipSpace(at);
    const from = at;
    while (isNameCharacter(text.byte(at))) ++at;
    if (text.byte(at) == END && !text.isFinal) return MORE;
    const name = text.slice(from, at);
    if (!this.isKnown(name)) return NO;
    at = text.match(form.idPlace == IdPlace.BeforeName ? form.second : form.first, at);
    if (at < 0) return at;
    if (form.idPlace == IdPlace.BehindName) {
      at = this.readId(text, at, form.second);
      if (at < 0) return at;
    }
    this.name = name;
    if (form.kind == Calls.Tagged) return this.readTagged(text, at);
    if (form.kind == Calls.Keyword) return this.readKeywords(text, at);
    at = text.skipSpace(at);
    if (text.byte(at) == END) return text.atEnd;
    if (text.byte(at) != 0x7b) return NO;
    return this.takeArguments(text, at, scanValue(text, at));
  }

  /** Reads an id up to a literal; returns the place after the literal. */
  private readId(text: Pending, at: i32, behind: Literal): i32 {
    at = text.skipSpace(at);
    const end = text.find(behind, at);
    if (end < 0) return end == MORE && text.length - at > MAX_KEY ? NO : end;
    if (end - at > MAX_KEY) return NO;
    this.id = text.slice(at, end).trim();
    return text.behind;
  }

  private readTagged(text: Pending, at: i32): i32 {
    const form = this.form;
    const tools = this.tools;
    let tool: Tool | null = null;
    if (tools !== null) tool = tools.find(this.name);
    const keys = new Set<string>();
    this.arguments = '{';
    for (;;) {
      const argument = text.match(form.argument, at);
      if (argument < 0) {
        const end = text.match(form.end, at);
        if (end == NO || (end == MORE && argument == MORE)) return argument;
        if (end == MORE) return MORE;
        this.arguments += '}';
        return at;
      }
      const keyEnd = text.find(form.middle, argument);
      if (keyEnd < 0) return keyEnd == MORE && text.length - argument > MAX_KEY ? NO : keyEnd;
      const key = text.slice(argument, keyEnd).trim();
      if (keyEnd - argument > MAX_KEY || key.length == 0 || keys.has(key)) return NO;
      keys.add(key);
      text.run = '';
      let from = text.match(form.middle, keyEnd);
      const kind = text.run;
      const end = text.find(form.valueEnd, from, key);
      if (end < 0) return end;
      at = text.behind;
      let to = end;
      // Line breaks that the form has around a value are not part of it.
      if (form.middle.text.endsWith('\n') && text.byte(from) == 0x0a) ++from;
      else if (form.middle.text.endsWith(' ') && text.byte(from) == 0x20) ++from;
      if (form.valueEnd.text.startsWith('\n') && to > from && text.byte(to - 1) == 0x0a) --to;
      for (let i = from; i < to; ++i) if (text.isControl(i)) return NO;
      const value = text.slice(from, to);
      const isText = (kind.length > 0 && kind == form.textWord) || (tool !== null && tool.isText(key));
      this.arguments += `${keys.size > 1 ? ', ' : ''}${quoted(key)}: ${isText ? quoted(value) : jsonOf(value)}`;
    }
    return NO;
  }

  private readKeywords(text: Pending, at: i32): i32 {
    const form = this.form;
    const keys = new Set<string>();
    const value = new LooseValue(form.quote);
    this.arguments = '{';
    for (;;) {
      const from = text.skipSpace(at);
      const end = text.match(form.end, from);
      if (end == MORE) return MORE;
      if (end >= 0) {
        this.arguments += '}';
        return from;
      }
      let next = from;
      if (keys.size > 0) {
        next = text.match(form.valueEnd, from);
        if (next < 0) return next;
        next = text.skipSpace(next);
      }
      const keyEnd = text.find(form.middle, next);
      if (keyEnd < 0) return keyEnd == MORE && text.length - next > MAX_KEY ? NO : keyEnd;
      const name = text.slice(next, keyEnd).trim();
      if (keyEnd - next > MAX_KEY || name.length == 0 || keys.has(name)) return NO;
      at = value.read(text, text.behind);
      if (at < 0) return at;
      this.arguments += `${keys.size > 0 ? ', ' : ''}${quoted(name)}: ${value.json}`;
      keys.add(name);
    }
    return NO;
  }
}

/** JSON of a value between marks: a value that is neither JSON nor a list or object of Python is a text. */
function jsonOf(value: string): string {
  const trimmed = value.trim();
  if (isJson(trimmed)) return trimmed;
  const isPython = trimmed.startsWith('[') || trimmed.startsWith('{');
  const json = isPython || PYTHON_WORDS.includes(trimmed) ? jsonOfPython(trimmed) : '';
  return json.length > 0 ? json : quoted(value);
}

const PYTHON_WORDS: StaticArray<string> = ['True', 'False', 'None'];

/** Whether a text is one value of JSON. */
function isJson(text: string): bool {
  if (text.length == 0) return false;
  const encoded = String.UTF8.encode(text);
  const document = new JsonDocument();
  const problem = new JsonParser(document, changetype<usize>(encoded), encoded.byteLength).parse();
  document.dispose();
  return problem === null;
}

/** The object in the text of a JSON string; empty if there is none. */
function objectIn(written: string): string {
  const encoded = String.UTF8.encode(written);
  const document = new JsonDocument();
  const problem = new JsonParser(document, changetype<usize>(encoded), encoded.byteLength).parse();
  const isString = problem === null && document.kind(ROOT) == STRING;
  const text = isString ? pointsText(document.text(ROOT), document.length(ROOT)).trim() : '';
  document.dispose();
  return text.startsWith('{') && isJson(text) ? text : '';
}
