import { Tokenizer } from '../tokenizer/tokenizer';
import { Literal, NOTHING } from './literal';

/** How a model marks what it thinks before it answers. */
@final
export class Thinking {
  /** Both are empty if it does not think, or not in a way that is known. */
  start: Literal = NOTHING;
  end: Literal = NOTHING;
  /** What ends thoughts, with the white space around it that the template has. */
  closing: string = '';

  get isKnown(): bool {
    return !this.end.isEmpty;
  }

  /** Whether an answer goes on within thinking that a prompt, of which this is the end, has begun. */
  isOpenAfter(prompt: string): bool {
    const start = this.start.text.trim();
    if (start.length == 0) return false;
    const at = prompt.lastIndexOf(start);
    return at >= 0 && prompt.substring(at + start.length).trim().length == 0;
  }

  bind(tokenizer: Tokenizer): void {
    this.start.bind(tokenizer);
    this.end.bind(tokenizer);
  }
}

/**
 * Marks that models think between. What a template is found to write goes before; this is for templates that leave
 * thinking out of what they write, and only speak of it or begin it.
 */
const PAIRS: StaticArray<string> = [
  '<think>',
  '</think>',
  '[THINK]',
  '[/THINK]',
  '<seed:think>',
  '</seed:think>',
  '<|START_THINKING|>',
  '<|END_THINKING|>',
  '<mm:think>',
  '</mm:think>',
  '◁think▷',
  '◁/think▷',
  '<|inner_prefix|>',
  '<|inner_suffix|>',
  '<|channel>thought',
  '<channel|>',
  '<|open|>think<|sep|>',
  '<|close|>think<|sep|>',
  '<|think|>',
  '<|end|><|begin|>assistant',
  '<thought>',
  '</thought>',
  '<reasoning>',
  '</reasoning>',
  '<thinking>',
  '</thinking>',
  '<unused94>',
  '<unused95>',
  'Here are my reasoning steps:',
  '[BEGIN FINAL RESPONSE]',
];

/** The mark that ends what another begins; empty if that is none that is known. */
export function endOfThinking(start: string): string {
  for (let i = 0; i < PAIRS.length; i += 2) if (start.endsWith(PAIRS[i])) return PAIRS[i + 1];
  return '';
}

/** The known mark that a text ends with; empty if there is none. */
export function knownStartAtEnd(text: string): string {
  for (let i = 0; i < PAIRS.length; i += 2) if (text.endsWith(PAIRS[i])) return PAIRS[i];
  return '';
}

/** The first known mark of which a text has the end, and the beginning as well. */
export function knownStartIn(text: string): string {
  for (let i = 0; i < PAIRS.length; i += 2) {
    if (text.includes(PAIRS[i]) && text.includes(PAIRS[i + 1])) return PAIRS[i];
  }
  return '';
}
