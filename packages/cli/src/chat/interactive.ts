import { createInterface, type Interface } from 'node:readline';
import { type Chat, type GenerationSummary, LlamaError } from '@llama-canister/client';
import type { Output } from '../output.js';
import { COMMANDS, type Entry, entryOf } from './entry.js';
import { takeTurn } from './turn.js';
import { LEAVE_PASTES, MARK_PASTES, TypedLines, withLineEnds } from './typed-lines.js';

/** A line that ends with this continues on the next line. */
const GOES_ON = '\\';

interface Terminal {
  lines: Interface;
  /** Stops reading, and restores the terminal. */
  close(): void;
}

function openLines(input: NodeJS.ReadStream, terminal: boolean, prompt: string): Terminal {
  if (!terminal) {
    const lines = createInterface({ input, terminal: false });
    return { lines, close: () => lines.close() };
  }
  const keys = new TypedLines((raw) => input.setRawMode(raw));
  input.pipe(keys);
  const lines = createInterface({ input: keys, output: process.stdout, terminal: true, prompt });
  process.stdout.write(MARK_PASTES);
  lines.once('close', () => {
    process.stdout.write(LEAVE_PASTES);
    input.unpipe(keys);
    input.pause();
  });
  return { lines, close: () => lines.close() };
}

/** Remarks about turns. */
export interface Remarks {
  /** Printed under an answer; '' for nothing. */
  under(summary: GenerationSummary): string;
  /** Explains an error to the user. */
  of(error: unknown): unknown;
  /** Called after every turn. */
  afterTurn?(): void;
}

/** A conversation on the terminal, or line by line from a pipe. Ends with the input, `/exit` or Ctrl-C. */
export async function converse(
  chat: Chat,
  output: Output,
  signal: AbortSignal,
  remarks: Remarks,
  input: NodeJS.ReadStream = process.stdin,
): Promise<void> {
  const terminal = input.isTTY === true && process.stdout.isTTY === true && !output.json;
  const { lines, close } = openLines(input, terminal, output.colors.bold('> '));
  let answer: AbortController | undefined;
  let left = false;
  /** Lines of an unfinished message. */
  let begun: string[] = [];
  // On a terminal readline handles Ctrl-C itself: it stops the answer, clears the line, or leaves if the line is empty.
  lines.on('SIGINT', () => {
    if (answer) answer.abort();
    else if (lines.line !== '' || begun.length > 0) {
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
        await say(chat, output, entry.text, AbortSignal.any([signal, answer.signal]), remarks);
        answer = undefined;
      } else {
        const told = obey(entry, chat);
        if (told !== '') output.note(told);
      }
      if (signal.aborted) break;
      if (terminal) lines.prompt();
    }
    // The input ended after a line that was to continue.
    const rest = entryOf(begun.join('\n'));
    if (rest.kind === 'say' && !left && !signal.aborted) await say(chat, output, rest.text, signal, remarks);
  } finally {
    close();
    signal.removeEventListener('abort', close);
  }
  if (left || signal.aborted) throw new LlamaError('aborted', 'ABORTED', 'interrupted');
}

/** Executes a command of this program; returns what to print. */
function obey(entry: Entry, chat: Chat): string {
  switch (entry.kind) {
    case 'new':
      chat.reset();
      return 'A new conversation.';
    case 'system':
      chat.reset(entry.text);
      return entry.text
        ? 'A new conversation, under that system message.'
        : 'A new conversation without a system message.';
    case 'help':
      return COMMANDS;
    case 'unclear':
      return `${entry.why}\n${COMMANDS}`;
    default:
      return '';
  }
}

/** One turn. Errors are printed, and the conversation goes on. */
async function say(chat: Chat, output: Output, text: string, signal: AbortSignal, remarks: Remarks): Promise<void> {
  try {
    const summary = await takeTurn(chat, output, text, signal);
    const line = remarks.under(summary);
    if (output.json) output.printJson(summary);
    if (line !== '') output.note(output.errorColors.dim(line));
  } catch (cause) {
    const error = remarks.of(cause);
    if (!(error instanceof LlamaError) || error.kind === 'aborted') throw error;
    const { kind, code, message, next } = error;
    if (output.json)
      output.printJson({ error: { kind, code, message, ...(next ? { next: output.render(next) } : {}) } });
    output.note(`${output.errorColors.red('Error:')} ${message}${next ? `\n${next}` : ''}`);
  } finally {
    remarks.afterTurn?.();
  }
}
