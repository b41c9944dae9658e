import { describe, expect, it } from 'vitest';
import { Blocks } from './blocks.js';
import { characters, inOrder } from './characters.js';
import { highlight } from './languages.js';
import { safeLink } from './links.js';

const raw = (blocks: ReturnType<Blocks['of']>) => blocks.map(({ token }) => token.raw.trim());

describe('blocks of a growing text', () => {
  const text = '# A\n\nOne\n\n- a\n\n- b\n\n```js\nlet x;\n\nx\n```\n\n| a |\n| - |\n| b |\n\nEnd';

  it('are those of the whole text, wherever it was cut', () => {
    const whole = raw(new Blocks().of(text, true));
    const growing = new Blocks();
    for (let end = 1; end < text.length; end++) growing.of(text.slice(0, end), false);
    expect(raw(growing.of(text, true))).toEqual(whole);
    expect(whole).toHaveLength(6);
  });

  it('are not parsed again when they are settled', () => {
    const growing = new Blocks();
    const [first] = growing.of('One\n\nTwo', false);
    const again = growing.of('One\n\nTwo and more', false);
    expect(again[0]).toBe(first);
    expect(again.map(({ isSettled }) => isSettled)).toEqual([true, false]);
  });

  it('begin anew when the text is another one', () => {
    const growing = new Blocks();
    growing.of('One\n\nTwo', true);
    expect(raw(growing.of('Three', true))).toEqual(['Three']);
  });

  it.each([
    ['nesting', '>'.repeat(20_000)],
    ['brackets', '['.repeat(50_000)],
    ['emphasis', '*a '.repeat(30_000)],
    ['a link that does not end', `[a](${'('.repeat(20_000)}`],
    ['lists in lists', Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i * 2)}- x`).join('\n')],
    ['ten thousand lines', 'A line of text.\n\n'.repeat(10_000)],
  ])('are ready soon for hostile %s', (_, hostile) => {
    const began = performance.now();
    expect(new Blocks().of(hostile, true).length).toBeGreaterThan(0);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('stay, with the rest as plain text, while parsing takes too long', () => {
    let now = 0;
    const growing = new Blocks(() => {
      now += 200;
      return now;
    });
    expect(raw(growing.of('One\n\n**Two**', false))).toEqual(['One', '**Two**']);
    expect(growing.of('One\n\n**Two** *three*', false).map(({ token }) => token.type)).toEqual(['paragraph', 'text']);
    expect(growing.of('One\n\n**Two** *three*', true).map(({ token }) => token.type)).toEqual([
      'paragraph',
      'paragraph',
    ]);
  });
});

it('links lead to pages and mail addresses only', () => {
  expect(safeLink('https://example.org/a b')).toBe('https://example.org/a%20b');
  expect(safeLink('mailto:a@example.org')).toBe('mailto:a@example.org');
  for (const bad of [
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    '/x',
    'x',
  ]) {
    expect(safeLink(bad)).toBeUndefined();
  }
});

it('names of characters become characters', () => {
  expect(characters('a &amp; b &lt;i&gt; &#65;&#x1F999; &#0; &unknown; &amp;lt; & ;')).toBe(
    'a & b <i> A🦙 \ufffd &unknown; &lt; & ;',
  );
});

it('code has marks where characters would change the order in which it is read', () => {
  expect(inOrder('if (admin\u202e \u2066) { // مرحبا')).toBe('if (admin\ufffd \ufffd) { // مرحبا');
});

it('code keeps its characters when it gets colours', () => {
  const code = 'const x: string = `<script></script>`; // <b>';
  const pieces = highlight(code, 'ts')!;
  expect(pieces.map(({ text }) => text).join('')).toBe(code);
  expect(pieces.find(({ text }) => text === 'const')!.kind).toBe('kwd');
  expect(highlight(code, 'extend')).toBeUndefined();
  expect(highlight(code, '__proto__')).toBeUndefined();
});
