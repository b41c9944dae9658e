/** Flags about the answer: its length, where it stops, its constraint, and how it is shown. */
import { Problem } from '../../problem';
import { Text } from '../../ic/candid/values';
import { Asked, NO_TEXT } from './asked';
import { Flag, TextFlag, TurnFlag, WholeFlag } from './flag';

/** Reverse prompts of one call, and bytes of each: every token is compared with all of them. */
const MAX_REVERSE_PROMPTS: i32 = 64;
const MAX_REVERSE_PROMPT: u32 = 1024;

export const ANSWER_FLAGS: StaticArray<Flag> = [
  new WholeFlag('-n --predict --n-predict', (asked, value) => {
    if (value < -2) return new Problem('-2 (until the context is full), -1 (until the end) or more is accepted');
    asked.predict = value;
    return null;
  }),
  new TurnFlag('-sp --special', (asked) => {
    asked.special = true;
  }),
  new TextFlag('-r --reverse-prompt', (asked, value) => {
    if (value.size > MAX_REVERSE_PROMPT) return new Problem(`it has more than ${MAX_REVERSE_PROMPT} bytes`);
    if (asked.reversePrompts.length == MAX_REVERSE_PROMPTS)
      return new Problem(`it is one of more than ${MAX_REVERSE_PROMPTS}`);
    if (value.size > 0) asked.reversePrompts.push(value);
    return null;
  }),
  new TextFlag('--log-file', (asked, value) => {
    asked.logFile = value;
    return null;
  }),
  new TextFlag('--grammar', (asked, value) => holdTo(asked, value, false)),
  new TextFlag('--grammar-file', (asked, value) => holdToFile(asked, value, false)),
  new TextFlag('-j --json-schema', (asked, value) => holdTo(asked, value, true)),
  new TextFlag('-jf --json-schema-file', (asked, value) => holdToFile(asked, value, true)),
];

function holdTo(asked: Asked, value: Text, isSchema: bool): Problem | null {
  asked.constraint = value;
  asked.constraintFile = NO_TEXT;
  asked.isSchema = isSchema;
  return null;
}

function holdToFile(asked: Asked, value: Text, isSchema: bool): Problem | null {
  asked.constraint = NO_TEXT;
  asked.constraintFile = value;
  asked.isSchema = isSchema;
  return value.size == 0 ? new Problem('a file has a name') : null;
}
