import { CallForm } from './call-form';
import { ArgumentRules } from './argument-rules';
import { FormatRules } from './format-rules';
import { Parameter } from './tools';

/**
 * The rule of keyword arguments as in Python, `KEY=VALUE, KEY=VALUE`, in the order of the schema; optional ones may be
 * missing.
 */
export function keywordsRule(to: FormatRules, form: CallForm, tool: ArgumentRules): u32 {
  const list = tool.tool.list;
  const writer = to.writer;
  // Rules of the arguments from a parameter on: without, and with, arguments before them.
  let first = to.nothing();
  let others = first;
  for (let i = list.length - 1; i >= 0; --i) {
    const argument = argumentRule(to, form, list[i], tool.values[i]);
    let base = writer.base;
    writer.rule(argument);
    writer.rule(others);
    const begun = writer.newRule();
    writer.give(begun, base);
    base = writer.base;
    to.literal(form.valueEnd);
    writer.rule(argument);
    writer.rule(others);
    const more = writer.newRule();
    writer.give(more, base);
    if (!list[i].isRequired) {
      base = writer.base;
      writer.rule(first);
      writer.give(begun, base);
      base = writer.base;
      writer.rule(others);
      writer.give(more, base);
    }
    first = begun;
    others = more;
  }
  return first;
}

function argumentRule(to: FormatRules, form: CallForm, parameter: Parameter, value: u32): u32 {
  const writer = to.writer;
  const isMarked = parameter.isText && !form.quote.isEmpty;
  let text: u32 = 0;
  if (isMarked && parameter.values.length == 0) text = to.until(form.quote, to.nothing(), false, []);
  else if (isMarked) text = valuesRule(to, form, parameter.values);
  const base = writer.base;
  to.text(parameter.name);
  to.literal(form.middle);
  if (isMarked) {
    to.literal(form.quote);
    writer.rule(text);
  } else {
    writer.rule(value);
  }
  return to.made(base);
}

function valuesRule(to: FormatRules, form: CallForm, values: string[]): u32 {
  const writer = to.writer;
  const rule = writer.newRule();
  for (let i = 0; i < values.length; ++i) {
    const base = writer.base;
    to.text(values[i]);
    to.literal(form.quote);
    writer.give(rule, base);
  }
  return rule;
}
