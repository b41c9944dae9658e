/** Forms that comparing a template's renderings does not show: recognized by marks in the template. */
import { CallForm, Calls } from './call-form';
import { Channels } from './channels';
import { ChatFormat } from './chat-format';
import { Literal } from './literal';

/** Marks around an answer that are no part of it. */
const WRAPPERS: StaticArray<string> = [
  '<|START_RESPONSE|>',
  '<|END_RESPONSE|>',
  '<|START_TEXT|>',
  '<|END_TEXT|>',
  '<|open|>response<|sep|>',
  '<|close|>response<|sep|>',
  '<|close|>message<|sep|>',
  '<|content|>',
];

/** Pairs of marks that templates only mention to the model. */
const TOLD: StaticArray<string> = ['<response>', '</response>', '[BEGIN FINAL RESPONSE]', '[END FINAL RESPONSE]'];

/** The marks of answers that a template writes, or mentions to the model. */
export function wrappersIn(source: string, answer: string): string[] {
  const found: string[] = [];
  for (let i = 0; i < WRAPPERS.length; ++i) if (answer.includes(WRAPPERS[i])) found.push(WRAPPERS[i]);
  for (let i = 0; i < TOLD.length; i += 2) {
    const isTold = source.includes(TOLD[i] + TOLD[i + 1]) || source.includes(`${TOLD[i]} ... ${TOLD[i + 1]}`);
    if (!isTold) continue;
    found.push(TOLD[i]);
    found.push(TOLD[i + 1]);
  }
  return found;
}

/** Sets channels if a template's answers have heads; false if they have none. */
export function setChannels(format: ChatFormat, source: string, prompt: string): bool {
  const channels = new Channels();
  if (source.includes('<|channel|>') && source.includes('<|message|>') && source.includes('<|start|>')) {
    channels.start = new Literal('<|start|>');
    channels.otherStart = new Literal('<|channel|>');
    channels.message = new Literal('<|message|>');
    channels.partEnd = new Literal('<|end|>');
    channels.constraint = new Literal('<|constrain|>');
    format.thinking.closing = '<|end|><|start|>assistant<|channel|>final<|message|>';
  } else if (prompt.endsWith('>>>')) {
    channels.start = new Literal('>>>');
    channels.hasBareNames = true;
  } else {
    return false;
  }
  format.channels = channels;
  const calls = new CallForm();
  calls.kind = Calls.Named;
  format.calls = calls;
  return true;
}

/** A form of calls by marks of the template; null if none is known. */
export function knownCalls(source: string): CallForm | null {
  // Kimi K2: some of its templates show only a call's id, which contains the name.
  if (source.includes('<|tool_calls_section_begin|>')) {
    const form = new CallForm();
    form.kind = Calls.Named;
    form.section = new Literal('<|tool_calls_section_begin|>');
    form.sectionEnd = new Literal('<|tool_calls_section_end|>');
    form.start = new Literal('<|tool_call_begin|>functions.');
    form.first = new Literal(':\x01<|tool_call_argument_begin|>');
    form.end = new Literal('<|tool_call_end|>');
    return form;
  }
  // Granite 3 is told its form in words, Phi 4 is not told.
  const isGranite = source.includes('<|tool_call|> followed by a JSON list');
  if (isGranite || (source.includes('<|tool|>') && source.includes('<|/tool|>'))) {
    const form = new CallForm();
    form.kind = Calls.Object;
    form.nameKey = 'name';
    form.argumentsKey = 'arguments';
    form.pattern = '{"name": "\x04", "arguments": \x05}';
    form.section = new Literal('<|tool_call|>[');
    form.separator = new Literal(', ');
    form.sectionEnd = new Literal(isGranite ? ']' : ']<|/tool_call|>');
    return form;
  }
  // Gemma 4 has its own way to write arguments.
  if (source.includes('<|tool_call>call:')) {
    const form = new CallForm();
    form.kind = Calls.Keyword;
    form.start = new Literal('<|tool_call>call:');
    form.first = new Literal('{');
    form.middle = new Literal(':');
    form.valueEnd = new Literal(',');
    form.end = new Literal('}<tool_call|>');
    form.quote = new Literal('<|"|>');
    return form;
  }
  // LFM2 writes Python; most of its templates omit calls and show only the tools.
  if (source.includes('<|tool_call_start|>') || source.includes('<|tool_list_start|>') || source.includes(LFM_TOOLS)) {
    const form = new CallForm();
    form.kind = Calls.Keyword;
    form.section = new Literal('<|tool_call_start|>[');
    form.sectionEnd = new Literal(']<|tool_call_end|>');
    form.separator = new Literal(', ');
    form.first = new Literal('(');
    form.middle = new Literal('=');
    form.valueEnd = new Literal(', ');
    form.end = new Literal(')');
    return form;
  }
  return null;
}

/** The beginning of the list of tools in LFM2.5 templates without marks. */
const LFM_TOOLS: string = 'List of tools: [';

/** Adds known details of a form that the template does not show. */
export function amendCalls(form: CallForm, source: string): void {
  // Llama 3 sometimes writes function calls like those of its interpreter.
  if (form.trigger.isBlank && source.includes('<|python_tag|>')) form.otherStart = new Literal('<|python_tag|>');
}

/** The form for models that have none. */
export function genericCalls(): CallForm {
  const form = new CallForm();
  form.kind = Calls.Object;
  form.isGeneric = true;
  form.nameKey = 'name';
  form.argumentsKey = 'arguments';
  form.pattern = '{"name": "\x04", "arguments": \x05}';
  form.section = new Literal('{"tool_calls": [');
  form.separator = new Literal(', ');
  form.sectionEnd = new Literal(']}');
  return form;
}
