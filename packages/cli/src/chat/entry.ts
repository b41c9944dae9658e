/** A line of a conversation: a text for the model, or a command of this program. */
export type Entry =
  | { kind: 'say'; text: string }
  | { kind: 'nothing' }
  | { kind: 'new' | 'exit' | 'help' }
  | { kind: 'system' | 'save' | 'load'; text: string }
  | { kind: 'unclear'; why: string };

export const COMMANDS = `/new            forget the conversation and begin a new one
/system TEXT    begin a new one with this system message
/save FILE      write the conversation to a file; /load FILE continues it
/exit           leave (or Ctrl-D); Ctrl-C stops an answer, clears the line, or leaves
@FILE in a message adds the text of a file; the tab key completes names of files and commands.
A message of several lines: end a line with \\, type Ctrl-J, or paste it. One that begins like a command: put a space in front.`;

const ALONE: Readonly<Record<string, 'new' | 'exit' | 'help'>> = {
  '/new': 'new',
  '/exit': 'exit',
  '/quit': 'exit',
  '/help': 'help',
};

/** Commands that take the rest of the line. */
const WITH_TEXT: Readonly<Record<string, 'system' | 'save' | 'load'>> = {
  '/system': 'system',
  '/save': 'save',
  '/load': 'load',
};

export const COMMAND_WORDS: readonly string[] = [...Object.keys(ALONE), ...Object.keys(WITH_TEXT)].sort();

/**
 * Classifies a line. Only a word after a slash, alone on its line or with what it takes, is a command. Everything else is
 * sent, so that a path, a comment or a text of several lines is not lost.
 */
export function entryOf(line: string): Entry {
  const text = line.trim();
  if (text === '') return { kind: 'nothing' };
  const [, word, rest = ''] = /^(\/[a-z]+)(?:[ \t]+(.*))?$/.exec(line.trimEnd()) ?? [];
  if (word === undefined) return { kind: 'say', text };
  const taking = WITH_TEXT[word];
  if (taking !== undefined && (taking === 'system' || rest.trim() !== '')) return { kind: taking, text: rest.trim() };
  const alone = ALONE[word];
  if (alone && rest === '') return { kind: alone };
  const say = 'To send it as a message, put a space in front.';
  if (taking !== undefined) return { kind: 'unclear', why: `${word} takes the name of a file. ${say}` };
  if (alone) return { kind: 'unclear', why: `${word} takes no argument. ${say}` };
  // A single unknown word may be a typing error; with more after it, it is a text.
  return rest === '' ? { kind: 'unclear', why: `There is no ${word}. ${say}` } : { kind: 'say', text };
}
