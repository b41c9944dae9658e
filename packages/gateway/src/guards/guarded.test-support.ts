// Two gateways for the tests of what is let in: an open one, and one with keys and other names.
import { connect } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { end, type Running, running, ScriptedBackend, text } from '../scripted-backend.test-support.js';
import type { LogLine } from './guard.js';
import { newKey } from './keys.js';

export const chat = JSON.stringify({ model: 'tiny-chat', messages: [{ role: 'user', content: 'secret' }] });

/** Started before a file's tests, and ended after them. */
export function guarded() {
  const backend = new ScriptedBackend([text('Hello'), end()]);
  /** The log of the open one. */
  const lines: LogLine[] = [];
  const ada = newKey('ada');
  const bob = newKey('bob');
  const at = {} as { open: Running; locked: Running };
  beforeAll(async () => {
    at.open = await running({ backend, log: (line) => lines.push(line), maxBodyBytes: 1_000_000, pingMs: 50 });
    at.locked = await running({
      backend,
      keys: [ada.entry, { ...bob.entry, concurrent: 1, requestsPerMinute: 4 }],
      places: { hosts: ['example.org'], origins: ['https://page.example'] },
    });
  });
  afterAll(() => Promise.all([at.open.listening.close(0), at.locked.listening.close(0)]));
  return { backend, lines, ada, bob, at };
}

/** Sends a request as bytes, because clients refuse to send a wrong one; returns the whole answer. */
export function raw(to: Running, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(to.listening.port, '127.0.0.1', () => socket.write(request));
    let answer = '';
    socket.on('data', (bytes) => {
      answer += bytes;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
    setTimeout(() => socket.end(), 300).unref();
  });
}

export const get = (to: Running, path: string, headers: string): Promise<string> =>
  raw(to, `GET ${path} HTTP/1.1\r\n${headers}connection: close\r\n\r\n`);

interface Sent {
  body?: BodyInit;
  headers?: Record<string, string>;
  method?: string;
}

export const send = (
  to: Running,
  path: string,
  { body = chat, headers = {}, method = 'POST' }: Sent = {},
): Promise<Response> =>
  fetch(to.url + path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method === 'GET' || method === 'OPTIONS' ? {} : { body }),
  });
