import { createInterface } from 'node:readline';
import { type Chat, type GenerationSummary, LlamaError } from '@llama-canister/client';
import type { Output } from '../output.js';
import { takeTurn } from './turn.js';

const HELP = `/new            forget the conversation and begin a new one
/system TEXT    begin a new one, telling the model this first
/exit           leave (or Ctrl-D); Ctrl-C stops an answer`;

/**
 * A conversation on the terminal, or line by line from a pipe. Ends with the input, `/exit` or Ctrl-C. `remark` makes the
 * line that stands under an answer.
 */
export async function converse(
  chat: Chat,
  output: Output,
  signal: AbortSignal,
  remark: (summary: GenerationSummary) => string,
  input: NodeJS.ReadStream = process.stdin,
): Promise<void> {
  const terminal = input.isTTY === true && process.stdout.isTTY === true && !output.json;
  const lines = createInterface({
    input,
    terminal,
    prompt: output.colors.bold('> '),
    ...(terminal ? { output: process.stdout } : {}),
  });
  let answer: AbortController | undefined;
  let left = false;
  // On a terminal readline takes Ctrl-C itself: it stops the answer, or leaves where there is none.
  lines.on('SIGINT', () => {
    if (answer) answer.abort();
    else {
      left = true;
      lines.close();
    }
  });
  const onAbort = () => lines.close();
  signal.addEventListener('abort', onAbort, { once: true });
  if (terminal) {
    output.note(output.errorColors.dim(HELP));
    lines.prompt();
  }
  try {
    for await (const line of lines) {
      const text = line.trim();
      if (text === '/exit' || text === '/quit') break;
      if (text.startsWith('/')) command(chat, output, text);
      else if (text !== '') {
        answer = new AbortController();
        await say(chat, output, text, AbortSignal.any([signal, answer.signal]), remark);
        answer = undefined;
      }
      if (signal.aborted) break;
      if (terminal) lines.prompt();
    }
  } finally {
    lines.close();
    signal.removeEventListener('abort', onAbort);
  }
  if (left || signal.aborted) throw new LlamaError('aborted', 'ABORTED', 'interrupted');
}

function command(chat: Chat, output: Output, text: string): void {
  const [name, ...words] = text.split(/\s+/);
  const rest = words.join(' ');
  if (name === '/new') {
    chat.reset();
    output.note('A new conversation.');
  } else if (name === '/system') {
    chat.reset(rest);
    output.note(
      rest ? 'A new conversation, under that system message.' : 'A new conversation without a system message.',
    );
  } else {
    output.note(name === '/help' ? HELP : `There is no ${name}.\n${HELP}`);
  }
}

/** One turn; what goes wrong in it is said, and the conversation goes on. */
async function say(
  chat: Chat,
  output: Output,
  text: string,
  signal: AbortSignal,
  remark: (summary: GenerationSummary) => string,
): Promise<void> {
  try {
    const summary = await takeTurn(chat, output, text, signal);
    const line = remark(summary);
    if (output.json) output.printJson(summary);
    if (line !== '') output.note(output.errorColors.dim(line));
  } catch (error) {
    if (!(error instanceof LlamaError) || error.kind === 'aborted') throw error;
    if (output.json) output.printJson({ error: { kind: error.kind, code: error.code, message: error.message } });
    output.note(`${output.errorColors.red('Error:')} ${error.message}${error.next ? `\n${error.next}` : ''}`);
  }
}
