/** How models write thoughts and calls: found by their templates, and answers split by that. */
import { Splitter } from '../llm/chat-format/splitter';
import { ChatFormat } from '../llm/chat-format/chat-format';
import { detectFormat } from '../llm/chat-format/detection';
import { formatJson } from '../llm/chat-format/report';
import { ToolSet } from '../llm/chat-format/tools';
import { Program } from '../llm/template/program';
import { Problem } from '../problem';
import { heard, say, sayProblem } from './host';

export { give, said_length, said_ptr, take, taken } from './host';
export {
  template_bytes,
  template_close,
  template_compile,
  template_dispose,
  template_length,
  template_prompt,
  template_render,
  template_run_count,
  template_runs,
} from './template';

let format: ChatFormat = new ChatFormat();
let tools: ToolSet | null = null;
let splitter: Splitter | null = null;

/** Finds the format of a template; says what it is, as JSON, or what is wrong. */
export function format_detect(text: usize, bytes: u32): void {
  const program = new Program(text, bytes);
  if (!sayProblem(program.problem)) return;
  format = detectFormat(program, text, bytes, '<s>', '</s>');
  program.dispose();
  say(formatJson(format));
  __collect();
}

/** Forgets the tools; then anything may be called. */
export function format_forget_tools(): void {
  tools = null;
}

/** Adds a tool, or makes a set without any if the name is empty; says what is wrong. */
export function format_add_tool(name: usize, nameBytes: u32, schema: usize, bytes: u32): void {
  let set = tools;
  if (set === null) set = new ToolSet();
  tools = set;
  let problem: Problem | null = null;
  if (nameBytes > 0) problem = set.add(heard(name, nameBytes), '', heard(schema, bytes));
  say(problem === null ? '' : problem.text);
}

/** Begins to split an answer behind a prompt with this end. */
export function format_split(prompt: usize, bytes: u32, seed: f64, streams: bool): void {
  format_close();
  splitter = new Splitter(format, tools, heard(prompt, bytes), <u64>seed, streams);
}

export function format_feed(text: usize, bytes: u32, isControl: bool): void {
  splitter!.feed(text, bytes, isControl);
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
