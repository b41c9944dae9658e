import { Tokenizer } from '../tokenizer/tokenizer';
import { Literal, NOTHING } from './literal';
import { Pending } from './pending';

/** The addressee of a part of an answer. */
export const enum Recipient {
  /** The reader: it is the answer. */
  Reader,
  /** The model: it is thinking. */
  Model,
  /** A tool: it is a call; `name` is the function. */
  Tool,
  /** The head is not understood. */
  Unknown,
}

/**
 * Answers in parts, each with a head that says its kind:
 *
 *     [start] head message body [partEnd]
 *
 *     gpt-oss       <|start|>assistant<|channel|>analysis<|message|>...<|end|>
 *                   <|start|>assistant<|channel|>commentary to=functions.f <|constrain|>json<|message|>{...}<|call|>
 *     functionary   >>>all\n...     >>>f\n{...}
 */
@final
export class Channels {
  /** Begins a part, and so ends the previous one. */
  start: Literal = NOTHING;
  otherStart: Literal = NOTHING;
  /** Precedes the type of the arguments in the head of a call. */
  constraint: Literal = NOTHING;
  /** Ends a head. */
  message: Literal = NOTHING;
  /** Ends a part, as do the next part's beginning and the end of a generation; may be empty. */
  partEnd: Literal = NOTHING;
  /** The head of a part is just a line with a name. */
  hasBareNames: bool = false;
  /** The function's name in the last head that was read. */
  name: string = '';

  bind(tokenizer: Tokenizer): void {
    this.start.bind(tokenizer);
    this.message.bind(tokenizer);
    this.constraint.bind(tokenizer);
    this.partEnd.bind(tokenizer);
    this.otherStart.bind(tokenizer);
  }

  /** Where the head at the beginning of a text ends; `behind` is set to where its part begins. NO or MORE. */
  endOfHead(text: Pending): i32 {
    if (!this.hasBareNames) return text.find(this.message, 0);
    for (let at = text.skipSpace(0); at < text.length; ++at) {
      if (text.byte(at) != 0x0a) continue;
      text.behind = at + 1;
      return at;
    }
    return text.atEnd;
  }

  /** Whether a text that no part follows is a head anyway, or empty. */
  isHead(text: string): bool {
    const head = this.hasBareNames ? '' : text;
    return text.trim().length == 0 || this.recipientOf(head) != Recipient.Unknown || this.start.text == text.trim();
  }

  /** The addressee of a part with this head. */
  recipientOf(head: string): Recipient {
    this.name = '';
    if (this.hasBareNames) {
      let name = head.trim();
      if (name.startsWith(this.start.text)) name = name.substring(this.start.text.length).trim();
      if (name == 'all') return Recipient.Reader;
      this.name = name;
      return name.length > 0 ? Recipient.Tool : Recipient.Unknown;
    }
    const to = wordBehind(head, 'to=');
    if (to == 'self') return Recipient.Model;
    if (to.length > 0 && to != 'user' && to != 'all') {
      this.name = to.startsWith('functions.') ? to.substring(10) : to;
      return Recipient.Tool;
    }
    const channel = wordBehind(head, '<|channel|>');
    if (channel == 'analysis') return Recipient.Model;
    return channel.length > 0 || to.length > 0 ? Recipient.Reader : Recipient.Unknown;
  }
}

/** The word after a mark, up to a blank or another mark. */
function wordBehind(head: string, mark: string): string {
  const at = head.indexOf(mark);
  if (at < 0) return '';
  let end = at + mark.length;
  while (end < head.length && head.charCodeAt(end) > 0x20 && head.charCodeAt(end) != 0x3c) ++end;
  return head.substring(at + mark.length, end);
}
