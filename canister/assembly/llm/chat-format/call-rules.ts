import { ArgumentRules } from './argument-rules';
import { ARGUMENTS, CallForm, Calls, FUNCTION, ID, IdPlace } from './call-form';
import { FormatRules } from './format-rules';
import { keywordsRule } from './keyword-rules';
import { Literal } from './literal';
import { Parameter } from './tools';

/** Writes a call of each tool, from byte `from` of the calls' beginning on, as alternatives of a rule. */
export function writeCalls(to: FormatRules, form: CallForm, tools: ArgumentRules[], from: i32): u32 {
  const writer = to.writer;
  const rule = writer.newRule();
  for (let i = 0; i < tools.length; ++i) {
    const base = writer.base;
    to.literalFrom(form.start, from);
    if (form.kind == Calls.Object) writeObject(to, form, tools[i]);
    else writeNamed(to, form, tools[i]);
    to.literal(form.end);
    writer.give(rule, base);
  }
  return rule;
}

function writeObject(to: FormatRules, form: CallForm, tool: ArgumentRules): void {
  const pattern = form.pattern;
  let from = 0;
  for (let i = 0; i < pattern.length; ++i) {
    const unit = pattern.charCodeAt(i);
    if (unit != FUNCTION && unit != ARGUMENTS && unit != ID) continue;
    to.text(pattern.substring(from, i));
    from = i + 1;
    if (unit == FUNCTION) to.text(tool.tool.name);
    else if (unit == ARGUMENTS) to.writer.rule(tool.whole);
    else to.id();
  }
  to.text(pattern.substring(from));
}

function writeNamed(to: FormatRules, form: CallForm, tool: ArgumentRules): void {
  if (form.idPlace == IdPlace.BeforeName) {
    to.id();
    to.literal(form.first);
  }
  to.text(tool.tool.name);
  to.literal(form.idPlace == IdPlace.BeforeName ? form.second : form.first);
  if (form.idPlace == IdPlace.BehindName) {
    to.id();
    to.literal(form.second);
  }
  if (form.kind == Calls.Keyword) {
    to.writer.rule(keywordsRule(to, form, tool));
    return;
  }
  if (form.kind != Calls.Tagged) {
    to.writer.rule(tool.whole);
    return;
  }
  const list = tool.tool.list;
  for (let i = 0; i < list.length; ++i) {
    const argument = argumentRule(to, form, list[i], tool.values[i]);
    to.writer.repeated(argument, i64(list[i].isRequired), 1);
  }
}

/** The rule of one argument with its marks. */
function argumentRule(to: FormatRules, form: CallForm, parameter: Parameter, value: u32): u32 {
  const writer = to.writer;
  const isText = parameter.isText;
  const written = form.valueEnd.text.trim();
  const end = written.includes('\x03')
    ? new Literal(written.replaceAll('\x03', parameter.name))
    : form.valueEnd.trimmed;
  // A text extends to the mark after it, whatever it contains.
  let behind = to.nothing();
  if (isText && parameter.values.length == 0) behind = to.until(end, spaceBehind(to, form.valueEnd), false, []);
  const base = writer.base;
  to.literal(form.argument);
  to.text(parameter.name);
  to.literal(form.middle, parameter.name, wordOf(form, parameter));
  if (isText && parameter.values.length == 0) {
    writer.rule(behind);
    return to.made(base);
  }
  if (isText) writer.rule(valuesRule(to, parameter.values));
  else writer.rule(value);
  to.literal(form.valueEnd, parameter.name);
  return to.made(base);
}

/** The rule of the white space at the end of a literal. */
function spaceBehind(to: FormatRules, literal: Literal): u32 {
  const base = to.writer.base;
  to.text(literal.text.substring(literal.text.trimEnd().length));
  return to.made(base);
}

/** The word for a value's type, if the form has one. */
function wordOf(form: CallForm, parameter: Parameter): string {
  if (parameter.isText) return form.textWord;
  const isTyped = form.textWord == 'string' && parameter.type.length > 0;
  return isTyped && parameter.type != 'integer' ? parameter.type : form.otherWord;
}

function valuesRule(to: FormatRules, values: string[]): u32 {
  const writer = to.writer;
  const rule = writer.newRule();
  for (let i = 0; i < values.length; ++i) {
    const base = writer.base;
    to.text(values[i]);
    writer.give(rule, base);
  }
  return rule;
}
