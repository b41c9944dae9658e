import { expect, test } from 'vitest';
import { TypedLines, withLineEnds } from './typed-lines.js';

/** What readline gets for these chunks of keys; Enter is CR. */
function seen(...chunks: string[]): string[] {
  const keys = new TypedLines(() => {});
  let text = '';
  keys.on('data', (bytes) => {
    text += bytes;
  });
  for (const chunk of chunks) keys.write(chunk);
  return text.split('\r').map(withLineEnds);
}

test('what is typed stays as it is, and Ctrl-J and Alt-Enter begin a line', () => {
  expect(seen('one\rtwo', '\x1b[A', '\r')).toEqual(['one', 'two\x1b[A', '']);
  expect(seen('a\nb\x1b\rc\r')).toEqual(['a\nb\nc', '']);
});

test('lines that are pasted are one message, and no key is in them', () => {
  expect(seen('x \x1b[200~a\r\nb\rc\nd\x1b[201~ y\r')).toEqual(['x a\nb\nc\nd y', '']);
  expect(seen('\x1b[200~\ta\x03\x1b[A\x04\x1b[201~\r')).toEqual(['    a[A', '']);
});

test('a mark that comes in pieces, and bytes of a character', () => {
  expect(seen('\x1b[2', '00~a\r', 'b\x1b[20', '1~\r')).toEqual(['a\nb', '']);
  const keys = new TypedLines(() => {});
  let text = '';
  keys.on('data', (bytes) => {
    text += bytes;
  });
  const bytes = Buffer.from('é🦙');
  for (const byte of bytes) keys.write(Buffer.from([byte]));
  expect(text).toBe('é🦙');
});
