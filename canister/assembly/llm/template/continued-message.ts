/**
 * A prompt that ends within its last message, for an answer that goes on with it: a mark behind what the message says is
 * rendered with it, and the prompt ends in front of that. So the template says how the message begins, and what it trims is
 * trimmed at the mark. transformers does so for `continue_final_message`, too.
 */
import { Continues } from './continues';
import { countOf, itemOf, newList, push } from './lists';
import { Machine } from './machine';
import { Output } from './output';
import { Rendering } from './rendering';
import { changed, member, text } from './repairs';
import { findLast, joined, plainText } from './texts';
import { STRING, asData, cellOf, kindOf, valueOf } from './values';

/** No template writes such a text. */
const END: string = 'continued-7f3b0c5e91d44a6f';

/** The messages with the mark behind what is continued of the last one. */
export function withEnd(machine: Machine, list: usize, continues: Continues): usize {
  const count = countOf(list);
  if (count == 0) return list;
  const arena = machine.arena;
  const name = continues == Continues.Text ? 'content' : 'reasoning_content';
  const last = itemOf(list, count - 1);
  const said = member(machine, last, name);
  if (kindOf(said) != STRING) return list;
  const result = newList(arena, count);
  for (let i: u32 = 0; i + 1 < count; ++i) push(arena, result, itemOf(list, i));
  const whole = joined(arena, cellOf(said), cellOf(text(machine, END, false)));
  push(arena, result, changed(machine, last, name, asData(valueOf(STRING, whole))));
  return result;
}

/** Where the mark is in what was rendered; negative if it is not there. */
export function endIn(rendering: Rendering): i32 {
  const output: Output = rendering.output;
  const whole = plainText(rendering.arena, output.bytes, output.length, true);
  return findLast(whole, cellOf(text(rendering, END, false)), output.length);
}
