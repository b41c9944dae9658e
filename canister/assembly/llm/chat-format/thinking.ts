import { Tokenizer } from '../tokenizer/tokenizer';
import { Literal, NOTHING } from './literal';

/** The marks of a model's thinking before its answer. */
@final
export class Thinking {
  /** Both are empty if it does not think, or not in a known way. */
  start: Literal = NOTHING;
  end: Literal = NOTHING;
  /** The text that ends thoughts, with the template's white space around it. */
  closing: string = '';

  get isKnown(): bool {
    return !this.end.isEmpty;
  }

  /** Whether an answer continues thinking that the prompt, given by its end, has begun. */
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
 * Known marks around thoughts. Marks that a template is found to write take precedence; these are for templates that do
 * not write thinking, but only mention it or begin it.
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

/** The mark that closes another; empty if that is unknown. */
export function endOfThinking(start: string): string {
  for (let i = 0; i < PAIRS.length; i += 2) if (start.endsWith(PAIRS[i])) return PAIRS[i + 1];
  return '';
}

/** The known mark that a text ends with; empty if there is none. */
export function knownStartAtEnd(text: string): string {
  for (let i = 0; i < PAIRS.length; i += 2) if (text.endsWith(PAIRS[i])) return PAIRS[i];
  return '';
}

/** The first known pair of marks that both occur in a text; its beginning. */
export function knownStartIn(text: string): string {
  for (let i = 0; i < PAIRS.length; i += 2) {
    if (text.includes(PAIRS[i]) && text.includes(PAIRS[i + 1])) return PAIRS[i];
  }
  return '';
}
