import { createInterface, type Interface } from 'node:readline';
import { LlamaError } from '@llama-canister/client';
import { keepTyped, MOST_LINES, typedBefore } from '../config/history.js';
import type { Output } from '../output.js';
import { withFiles } from './attached.js';
import { complete } from './completer.js';
import { COMMANDS, type Entry, entryOf } from './entry.js';
import type { Talk, TurnSummary } from './talk.js';
import { loadTranscript, saveTranscript } from './transcript.js';
import { takeTurn } from './turn.js';
import { LEAVE_PASTES, MARK_PASTES, TypedLines, withLineEnds } from './typed-lines.js';

/** A line that ends with this continues on the next line. */
const GOES_ON = '\\';

interface Terminal {
  lines: Interface;
  /** Stops reading, and restores the terminal. */
  close(): void;
}

function openLines(input: NodeJS.ReadStream, terminal: boolean, output: Output): Terminal {
  if (!terminal) {
    const lines = createInterface({ input, terminal: false });
    return { lines, close: () => lines.close() };
  }
  const keys = new TypedLines((raw) => input.setRawMode(raw));
  input.pipe(keys);
  const lines = createInterface({
    ...{ input: keys, output: process.stdout, terminal: true, prompt: output.colors.bold('> ') },
    ...{ completer: complete, history: typedBefore(), historySize: MOST_LINES, removeHistoryDuplicates: true },
  });
  let typed: readonly string[] | undefined;
  lines.on('history', (history: string[]) => {
    typed = history;
  });
  process.stdout.write(MARK_PASTES);
  lines.once('close', () => {
    try {
      if (typed) keepTyped(typed);
    } catch (error) {
      output.note(`The history of input is not stored: ${error instanceof Error ? error.message : error}`);
    }
    process.stdout.write(LEAVE_PASTES);
    input.unpipe(keys);
    input.pause();
  });
  return { lines, close: () => lines.close() };
}

/** Remarks about turns. */
export interface Remarks {
  /** Printed under an answer; '' for nothing. */
  under(summary: TurnSummary): string;
  /** Explains an error to the user. */
  of(error: unknown): unknown;
  /** Called after every turn. */
  afterTurn?(): void;
}

/** A conversation on the terminal, or line by line from a pipe. Ends with the input, `/exit` or Ctrl-C. */
export async function converse(
  chat: Talk,
  output: Output,
  signal: AbortSignal,
  remarks: Remarks,
  input: NodeJS.ReadStream = process.stdin,
): Promise<void> {
  const terminal = input.isTTY === true && process.stdout.isTTY === true && !output.json;
  const { lines, close } = openLines(input, terminal, output);
  let answer: AbortController | undefined;
  let left = false;
  /** Lines of an unfinished message. */
  let begun: string[] = [];
  // On a terminal readline handles Ctrl-C itself: it stops the answer, clears the line, or leaves if the line is empty. A
  // second one leaves, too, while the answer has not yet ended.
  lines.on('SIGINT', () => {
    if (answer && !answer.signal.aborted) answer.abort();
    else if (!answer && (lines.line !== '' || begun.length > 0)) {
      begun = [];
      lines.write(null, { ctrl: true, name: 'e' });
      lines.write(null, { ctrl: true, name: 'u' });
      process.stdout.write('\n');
      lines.prompt();
    } else {
      left = true;
      close();
    }
  });
  signal.addEventListener('abort', close, { once: true });
  if (terminal) {
    output.note(output.errorColors.dim(COMMANDS));
    lines.prompt();
  }
  // Lines of a pipe may be somebody else's: they reach no files of this machine.
  const messageOf = (text: string) => (terminal ? attached(text, output) : text);
  try {
    for await (const line of lines) {
      if (line.endsWith(GOES_ON)) {
        begun.push(withLineEnds(line.slice(0, -GOES_ON.length)));
        continue;
      }
      const entry = entryOf([...begun, withLineEnds(line)].join('\n'));
      begun = [];
      if (entry.kind === 'exit') break;
      if (entry.kind === 'say') {
        answer = new AbortController();
        await say(chat, output, () => messageOf(entry.text), AbortSignal.any([signal, answer.signal]), remarks);
        answer = undefined;
      } else {
        await reported(output, remarks, async () => {
          const told = obey(entry, chat, terminal);
          if (told !== '') output.note(told);
        });
      }
      if (left || signal.aborted) break;
      if (terminal) lines.prompt();
    }
    // The input ended after a line that was to continue.
    const rest = entryOf(begun.join('\n'));
    if (rest.kind === 'say' && !left && !signal.aborted) await say(chat, output, () => rest.text, signal, remarks);
  } finally {
    close();
    signal.removeEventListener('abort', close);
  }
  if (left || signal.aborted) throw new LlamaError('aborted', 'ABORTED', 'interrupted');
}

/** Executes a command of this program; returns what to print. */
function obey(entry: Entry, chat: Talk, terminal: boolean): string {
  if (!terminal && (entry.kind === 'save' || entry.kind === 'load')) return `/${entry.kind} is for terminals.`;
  switch (entry.kind) {
    case 'new':
      chat.reset();
      return 'A new conversation.';
    case 'system':
      chat.reset(entry.text);
      return entry.text
        ? 'A new conversation with that system message.'
        : 'A new conversation without a system message.';
    case 'save':
      if (chat.messages.length === 0) return 'There is nothing to save yet.';
      saveTranscript(entry.text, chat.messages);
      return `Saved ${chat.messages.length} messages in ${entry.text}.`;
    case 'load': {
      const messages = loadTranscript(entry.text);
      chat.resume({ messages, sessionText: '' });
      return `Going on with the ${messages.length} messages of ${entry.text}.`;
    }
    case 'help':
      return COMMANDS;
    case 'unclear':
      return `${entry.why}\n${COMMANDS}`;
    default:
      return '';
  }
}

/** A message with the files that it names. */
function attached(text: string, output: Output): string {
  const { text: whole, files, missing } = withFiles(text);
  for (const path of files) output.note(output.errorColors.dim(`With ${path}.`));
  for (const path of missing)
    output.note(output.errorColors.dim(`There is no file ${path}: @${path} is sent as it is.`));
  return whole;
}

/** One turn. */
async function say(
  chat: Talk,
  output: Output,
  message: () => string,
  signal: AbortSignal,
  remarks: Remarks,
): Promise<void> {
  try {
    await reported(output, remarks, async () => {
      const summary = await takeTurn(chat, output, message(), signal);
      const line = remarks.under(summary);
      if (output.json) output.printJson(summary);
      if (line !== '') output.note(output.errorColors.dim(line));
    });
  } finally {
    remarks.afterTurn?.();
  }
}

/** Does something whose errors are printed, so that the conversation goes on. */
async function reported(output: Output, remarks: Remarks, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (cause) {
    const error = remarks.of(cause);
    if (!(error instanceof LlamaError) || error.kind === 'aborted') throw error;
    const { kind, code, message, next } = error;
    if (output.json)
      output.printJson({ error: { kind, code, message, ...(next ? { next: output.render(next) } : {}) } });
    output.note(`${output.errorColors.red('Error:')} ${message}${next ? `\n${next}` : ''}`);
  }
}
