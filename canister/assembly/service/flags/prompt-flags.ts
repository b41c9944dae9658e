/** Flags about the prompt and its session. */
import { Problem } from '../../problem';
import { Text } from '../../ic/candid/values';
import { Asked, NO_TEXT } from './asked';
import { Flag, TextFlag, TurnFlag } from './flag';

export const PROMPT_FLAGS: StaticArray<Flag> = [
  new TextFlag('-p --prompt', (asked, value) => {
    asked.prompt = value;
    asked.promptFile = NO_TEXT;
    return null;
  }),
  new TextFlag('-f --file', (asked, value) => takeFile(asked, value, false)),
  new TextFlag('-bf --binary-file', (asked, value) => takeFile(asked, value, true)),
  new TurnFlag('-e --escape', (asked) => {
    asked.escape = true;
  }).forSampling(),
  new TurnFlag('--no-escape', (asked) => {
    asked.escape = false;
  }).forSampling(),
  new TextFlag('--prompt-cache', (asked, value) => {
    asked.promptCache = value;
    return null;
  }),
  new TurnFlag('--prompt-cache-ro', (asked) => {
    asked.readOnly = true;
  }),
];

function takeFile(asked: Asked, value: Text, isBinary: bool): Problem | null {
  asked.prompt = NO_TEXT;
  asked.promptFile = value;
  asked.isBinary = isBinary;
  return value.size == 0 ? new Problem('a file has a name') : null;
}
