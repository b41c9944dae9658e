// The text of a message from the shapes in which clients send it: a string, or parts.
import { z } from 'zod';
import { invalid } from '../refusal.js';

const part = z.looseObject({ type: z.string() });

export const contentField = z.union([z.string(), z.array(part)]).nullish();

type Content = z.infer<typeof contentField>;

const TEXTS: Readonly<Record<string, string>> = {
  text: 'text',
  input_text: 'text',
  output_text: 'text',
  refusal: 'refusal',
};

/** The text of a message. Parts other than text are refused, because the model would not see them. */
export function textOf(content: Content, at: string): string {
  if (content === undefined || content === null) return '';
  if (typeof content === 'string') return content;
  return content
    .map((each, i) => {
      const field = Object.hasOwn(TEXTS, each.type) ? TEXTS[each.type]! : undefined;
      if (field === undefined) {
        throw invalid(`${at}[${i}]`, `the model takes text only, not a part of type "${each.type.slice(0, 40)}"`);
      }
      const text = each[field];
      if (typeof text !== 'string') throw invalid(`${at}[${i}].${field}`, 'expected string');
      return text;
    })
    .join('\n');
}
