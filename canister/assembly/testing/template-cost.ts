/** Methods of the canister of costs.ts that render a chat template (canister/test/template-cost.test.ts). */
import { msg_arg_data_copy, msg_arg_data_size, msg_reply, msg_reply_data_append, performance_counter } from '../ic/ic0';
import { allocate, release } from '../memory/heap';
import { ChatPrompt } from '../llm/template/chat';
import { Program } from '../llm/template/program';
import { Rendering } from '../llm/template/rendering';

/**
 * Argument: bytes of the template (u32), the template, variables as JSON. Reply, as text: instructions to read the
 * template, to render it, steps, bytes of the text, the problem.
 */
export function canister_update_render(): void {
  const size = msg_arg_data_size();
  const argument = allocate(size);
  msg_arg_data_copy(argument, 0, size);
  const length = load<u32>(argument);
  const begun = performance_counter(0);
  const program = Program.of(argument + 4, length).value!;
  const read = performance_counter(0);
  const rendering = new Rendering(program);
  rendering.setVariables(argument + 4 + length, <u32>(size - 4 - length));
  const problem = rendering.run();
  const done = performance_counter(0);
  const numbers = `${read - begun} ${done - read} ${rendering.stepsTaken} ${rendering.output.length}`;
  const reply = String.UTF8.encode(`${numbers} ${problem === null ? '' : problem.text}`);
  msg_reply_data_append(changetype<usize>(reply), reply.byteLength);
  msg_reply();
  rendering.dispose();
  program.dispose();
  release(argument);
  __collect();
}

/** As `render`, but makes the prompt of a chat with its repairs. Reply: instructions, bytes, the problem. */
export function canister_update_prompt(): void {
  const size = msg_arg_data_size();
  const argument = allocate(size);
  msg_arg_data_copy(argument, 0, size);
  const length = load<u32>(argument);
  const program = Program.of(argument + 4, length).value!;
  const begun = performance_counter(0);
  const prompt = new ChatPrompt(program, argument + 4 + length, <u32>(size - 4 - length));
  const problem = prompt.make();
  const bytes = problem === null ? prompt.output.length : 0;
  const why = problem === null ? '' : problem.text;
  const reply = String.UTF8.encode(`${performance_counter(0) - begun} ${bytes} ${why}`);
  msg_reply_data_append(changetype<usize>(reply), reply.byteLength);
  msg_reply();
  prompt.dispose();
  program.dispose();
  release(argument);
  __collect();
}
