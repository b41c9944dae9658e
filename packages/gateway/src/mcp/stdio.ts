// The protocol over standard input and output: a message is a line.
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Backend } from '../backend.js';
import { McpServer, type Sent } from './protocol.js';

/** A longer line is refused, because no real question is that long. */
const MAX_LINE = 8 * 2 ** 20;

export interface StdioOptions {
  backend: Backend;
  version: string;
  input: Readable;
  output: Writable;
  signal: AbortSignal;
}

/** Answers until the input ends or the signal fires. */
export async function serveStdio({ backend, version, input, output, signal }: StdioOptions): Promise<void> {
  const server = new McpServer(backend, version);
  const gone = new AbortController();
  const both = AbortSignal.any([signal, gone.signal]);
  const send = (sent: Sent) => void output.write(`${JSON.stringify(sent)}\n`);
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  signal.addEventListener('abort', () => lines.close(), { once: true });
  const running = new Set<Promise<void>>();
  try {
    for await (const line of lines) {
      if (line.trim() === '') continue;
      const message = parse(line);
      const work = (
        message === undefined ? Promise.resolve(McpServer.unreadable()) : server.answer(message, send, '', both)
      )
        .then((answer) => answer && send(answer))
        .finally(() => running.delete(work));
      running.add(work);
    }
  } finally {
    // The client that asked has gone.
    gone.abort();
    await Promise.allSettled(running);
  }
}

function parse(line: string): unknown {
  if (line.length > MAX_LINE) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
