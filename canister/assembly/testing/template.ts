/** Chat templates: reading and rendering them. */
import { ChatPrompt } from '../llm/template/chat';
import { Continues } from '../llm/template/continues';
import { Output } from '../llm/template/output';
import { Program } from '../llm/template/program';
import { Rendering } from '../llm/template/rendering';
import { sayProblem } from './host';

/** <s> and </s> */
const bosText: usize = memory.data<u8>([0x3c, 0x73, 0x3e]);
const eosText: usize = memory.data<u8>([0x3c, 0x2f, 0x73, 0x3e]);

let program: Program | null = null;
let rendering: Rendering | null = null;
let prompt: ChatPrompt | null = null;
let output: Output = new Output();

/** Says the problem of a template. */
export function template_compile(text: usize, bytes: u32): void {
  template_dispose();
  const read = Program.of(text, bytes);
  if (sayProblem(read.problem)) program = read.value;
}

/** Renders with a JSON object of variables; says the problem. */
export function template_render(
  json: usize,
  bytes: u32,
  time: f64,
  bos: usize,
  bosBytes: u32,
  eos: usize,
  eosBytes: u32,
): void {
  template_close();
  const made = new Rendering(program!);
  made.time = <i64>time;
  made.setToken('bos_token', bos, bosBytes);
  made.setToken('eos_token', eos, eosBytes);
  made.setVariables(json, bytes);
  sayProblem(made.run());
  rendering = made;
  output = made.output;
}

/**
 * Makes a prompt of a JSON object with messages, which ends within the last one if that is continued; says the problem.
 */
export function template_prompt(json: usize, bytes: u32, continues: Continues): void {
  template_close();
  const made = new ChatPrompt(program!, json, bytes);
  made.setTokens(bosText, 3, eosText, 4);
  made.continues = continues;
  const isMade = sayProblem(made.make());
  prompt = made;
  if (isMade) output = made.output;
}

export function template_bytes(): usize {
  return output.bytes;
}

export function template_length(): u32 {
  return output.length;
}

export function template_runs(): usize {
  return output.runs;
}

export function template_run_count(): u32 {
  return output.runCount;
}

export function template_close(): void {
  const made = rendering;
  if (made != null) made.dispose();
  rendering = null;
  const asked = prompt;
  if (asked != null) asked.dispose();
  prompt = null;
  __collect();
}

export function template_dispose(): void {
  template_close();
  const read = program;
  if (read != null) read.dispose();
  program = null;
  __collect();
}
