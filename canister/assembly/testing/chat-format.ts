/** How models write thoughts and calls: derives formats from templates, and splits answers by them. */
import { ChatConstraint } from '../llm/chat-format/chat-constraint';
import { ChatFormat } from '../llm/chat-format/chat-format';
import { detectFormat } from '../llm/chat-format/detection';
import { toolInstructions } from '../llm/chat-format/instructions';
import { formatJson } from '../llm/chat-format/report';
import { Splitter } from '../llm/chat-format/splitter';
import { ThinkingLimit, endOfThinking } from '../llm/chat-format/thinking-limit';
import { ToolSet } from '../llm/chat-format/tools';
import { Continues } from '../llm/template/continues';
import { GbnfText } from '../llm/grammar/gbnf-text';
import { GrammarSource } from '../llm/grammar/grammar-source';
import { JsonSchema } from '../llm/schema/json-schema';
import { Program } from '../llm/template/program';
import { Problem } from '../problem';
import { grammar_close, open, tokenizer } from './grammar';
import { heard, say, sayProblem } from './host';

let format: ChatFormat = new ChatFormat();
let tools: ToolSet | null = null;
let splitter: Splitter | null = null;
let continues: Continues = Continues.Nothing;
let limit: ThinkingLimit = new ThinkingLimit(-1);

/** Derives the format of a template; says it as JSON, or the problem. */
export function format_detect(text: usize, bytes: u32): void {
  const read = Program.of(text, bytes);
  const program = read.value;
  sayProblem(read.problem);
  if (program === null) return;
  format = detectFormat(program, text, bytes, '<s>', '</s>');
  program.dispose();
  if (tokenizer.size > 0) format.bind(tokenizer);
  say(formatJson(format));
  __collect();
}

/** Forgets the tools; then any tool may be called. */
export function format_forget_tools(): void {
  tools = null;
}

/** Adds a tool, or makes an empty set if the name is empty; says the problem. */
export function format_add_tool(name: usize, nameBytes: u32, schema: usize, bytes: u32): void {
  let set = tools;
  if (set === null) set = new ToolSet();
  tools = set;
  let problem: Problem | null = null;
  if (nameBytes > 0) problem = set.add(heard(name, nameBytes), '', heard(schema, bytes));
  say(problem === null ? '' : problem.text);
}

/** Says what the model has to be told about the tools. */
export function format_instructions(): void {
  const set = tools;
  say(set === null ? '' : toolInstructions(format.calls, set));
}

/**
 * Opens the grammar of answers with calls; says the problem.
 *
 * @param response a JSON schema if it begins with a brace, else GBNF, for other answers; empty: none
 */
export function format_constrain(
  choice: i32,
  isParallel: bool,
  name: usize,
  nameBytes: u32,
  prompt: usize,
  promptBytes: u32,
  response: usize,
  bytes: u32,
): void {
  grammar_close();
  let held: GrammarSource | null = null;
  if (bytes > 0 && load<u8>(response) == 0x7b) held = new JsonSchema(response, bytes);
  else if (bytes > 0) held = new GbnfText(response, bytes);
  const set = tools;
  const given = set === null ? new ToolSet() : set;
  const constraint = new ChatConstraint(format, given, choice, heard(prompt, promptBytes), held);
  constraint.isParallel = isParallel;
  constraint.continues = continues;
  constraint.name = heard(name, nameBytes);
  if (constraint.isNeeded) open(constraint, 0);
  else say('nothing is asked for');
}

/** Sets the part of the last message that answers continue from now on. */
export function format_continue(what: Continues): void {
  continues = what;
}

/** Begins to split an answer to a prompt that ends like this. */
export function format_split(prompt: usize, bytes: u32, seed: f64, streams: bool): void {
  format_close();
  splitter = new Splitter(format, tools, heard(prompt, bytes), <u64>seed, streams, continues);
}

export function format_feed(text: usize, bytes: u32, isControl: bool): void {
  limit.count(splitter!);
  splitter!.feed(text, bytes, isControl);
}

/** Limits the thoughts of the answer that is being split. */
export function format_limit(most: f64, isAsked: bool): void {
  limit = new ThinkingLimit(<i64>most);
  limit.isAsked = isAsked;
}

/** Whether the tokens that end thoughts are due; says their text. */
export function format_is_due(): bool {
  say(endOfThinking(format, tokenizer).join(' '));
  return limit.isDue(splitter!);
}

/** Says the template's variables for thinking. */
export function format_variables(on: i32, effort: usize, effortBytes: u32, budget: f64): void {
  say(format.controls.variables(on, heard(effort, effortBytes), <i64>budget));
}

export function format_finish(): void {
  splitter!.finish();
}

export function format_is_thinking(): bool {
  return splitter!.isThinking;
}

export function format_events(): u32 {
  return splitter!.events.count;
}

export function format_event_kind(index: u32): u32 {
  return splitter!.events.kind(index);
}

export function format_event_call(index: u32): u32 {
  return splitter!.events.call(index);
}

export function format_event_bytes(index: u32): usize {
  return splitter!.events.bytes(index);
}

export function format_event_length(index: u32): u32 {
  return splitter!.events.length(index);
}

export function format_clear(): void {
  splitter!.events.clear();
}

export function format_close(): void {
  const made = splitter;
  if (made !== null) made.dispose();
  splitter = null;
  __collect();
}
