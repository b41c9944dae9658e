/**
 * A prompt that ends within its last message, for an answer that continues it: a mark after the message's text is
 * rendered with it, and the prompt ends before that mark. So the template decides how the message begins, and its
 * trimming happens at the mark. transformers does the same for `continue_final_message`.
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

/** The messages, with a mark after the continued part of the last one. */
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

/** Offset of the mark in the rendered text; negative if it is missing. */
export function endIn(rendering: Rendering): i32 {
  const output: Output = rendering.output;
  const whole = plainText(rendering.arena, output.bytes, output.length, true);
  return findLast(whole, cellOf(text(rendering, END, false)), output.length);
}
