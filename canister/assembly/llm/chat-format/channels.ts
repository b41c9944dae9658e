import { Tokenizer } from '../tokenizer/tokenizer';
import { Literal, NOTHING } from './literal';
import { Pending } from './pending';

/** Whom a part of an answer is for. */
export const enum Recipient {
  /** It is the answer. */
  Reader,
  /** It is thinking. */
  Model,
  /** It is a call; `name` says of what. */
  Tool,
  /** The head says nothing that is understood. */
  Unknown,
}

/**
 * Answers in parts, each with a head that says what it is:
 *
 *     [start] head message body [partEnd]
 *
 *     gpt-oss       <|start|>assistant<|channel|>analysis<|message|>...<|end|>
 *                   <|start|>assistant<|channel|>commentary to=functions.f <|constrain|>json<|message|>{...}<|call|>
 *     functionary   >>>all\n...     >>>f\n{...}
 */
@final
export class Channels {
  /** Begins a part, and so ends the one before. */
  start: Literal = NOTHING;
  otherStart: Literal = NOTHING;
  /** Says in the head of a call what its arguments are. */
  constraint: Literal = NOTHING;
  /** Ends a head. */
  message: Literal = NOTHING;
  /** Ends a part, beside what begins the next and what ends a generation; may be empty. */
  partEnd: Literal = NOTHING;
  /** The head of a part is a name in a line of its own and nothing else. */
  hasBareNames: bool = false;
  /** The name of the function, of the head that was read last. */
  name: string = '';

  bind(tokenizer: Tokenizer): void {
    this.start.bind(tokenizer);
    this.message.bind(tokenizer);
    this.constraint.bind(tokenizer);
    this.partEnd.bind(tokenizer);
    this.otherStart.bind(tokenizer);
  }

  /** Where the head ends that a text begins with, and `behind` it its part; NO or MORE. */
  endOfHead(text: Pending): i32 {
    if (!this.hasBareNames) return text.find(this.message, 0);
    for (let at = text.skipSpace(0); at < text.length; ++at) {
      if (text.byte(at) != 0x0a) continue;
      text.behind = at + 1;
      return at;
    }
    return text.atEnd;
  }

  /** Whether a text that no part follows is a head all the same, or nothing. */
  isHead(text: string): bool {
    const head = this.hasBareNames ? '' : text;
    return text.trim().length == 0 || this.recipientOf(head) != Recipient.Unknown || this.start.text == text.trim();
  }

  /** Whom a part with a head is for. */
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

/** What stands behind a mark, up to a blank or another mark. */
function wordBehind(head: string, mark: string): string {
  const at = head.indexOf(mark);
  if (at < 0) return '';
  let end = at + mark.length;
  while (end < head.length && head.charCodeAt(end) > 0x20 && head.charCodeAt(end) != 0x3c) ++end;
  return head.substring(at + mark.length, end);
}
