/** Chat templates: reading and rendering them. */
import { Program } from '../llm/template/program';
import { Rendering } from '../llm/template/rendering';
import { say } from './host';

export { give, said_length, said_ptr, take, taken } from './host';

let program: Program | null = null;
let rendering: Rendering | null = null;

/** Says what is wrong with a template. */
export function template_compile(text: usize, bytes: u32): void {
  template_dispose();
  const read = new Program(text, bytes);
  say(read.error);
  if (read.error.length == 0) program = read;
}

/** Renders with a JSON object of variables; says what is wrong. */
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
  made.run();
  say(made.hasFailed ? `${made.error} (line ${made.line})` : '');
  rendering = made;
}

export function template_bytes(): usize {
  return rendering!.output.bytes;
}

export function template_length(): u32 {
  return rendering!.output.length;
}

export function template_runs(): usize {
  return rendering!.output.runs;
}

export function template_run_count(): u32 {
  return rendering!.output.runCount;
}

export function template_steps(): f64 {
  return <f64>rendering!.stepsTaken;
}

export function template_close(): void {
  const made = rendering;
  if (made != null) made.dispose();
  rendering = null;
  __collect();
}

export function template_dispose(): void {
  template_close();
  const read = program;
  if (read != null) read.dispose();
  program = null;
  __collect();
}
