/** What a line of a conversation is: something to say, or a command of this program. */
export type Entry =
  | { kind: 'say'; text: string }
  | { kind: 'nothing' }
  | { kind: 'new' | 'exit' | 'help' }
  | { kind: 'system'; text: string }
  | { kind: 'unclear'; why: string };

export const COMMANDS = `/new            forget the conversation and begin a new one
/system TEXT    begin a new one, telling the model this first
/exit           leave (or Ctrl-D); Ctrl-C clears what is typed, stops an answer, or leaves
A message of several lines: end a line with \\, type Ctrl-J, or paste it. One that begins like a command: put a space in front.`;

const ALONE: Readonly<Record<string, 'new' | 'exit' | 'help'>> = {
  '/new': 'new',
  '/exit': 'exit',
  '/quit': 'exit',
  '/help': 'help',
};

/**
 * Reads a line. Only what looks like a command in every way is one: a word behind a slash, alone on its line or `/system`.
 * Everything else is said as it is, so that a path, a comment or a text of several lines is not lost.
 */
export function entryOf(line: string): Entry {
  const text = line.trim();
  if (text === '') return { kind: 'nothing' };
  const [, word, rest = ''] = /^(\/[a-z]+)(?:[ \t]+(.*))?$/.exec(line.trimEnd()) ?? [];
  if (word === undefined) return { kind: 'say', text };
  if (word === '/system') return { kind: 'system', text: rest.trim() };
  const alone = ALONE[word];
  if (alone && rest === '') return { kind: alone };
  const say = 'To say it, put a space in front.';
  if (alone) return { kind: 'unclear', why: `${word} takes nothing behind it. ${say}` };
  // Of one word it may be a slip; with more behind it, it is a text.
  return rest === '' ? { kind: 'unclear', why: `There is no ${word}. ${say}` } : { kind: 'say', text };
}
