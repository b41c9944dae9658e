import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { huggingFace } from './reference/template.js';
import { conversations } from './template-conversations.js';
import { TemplatePart } from './template-part.js';

const numRuns = process.env.LLAMA_CANISTER_TEST === 'full' ? 20_000 : 250;

let part: TemplatePart;
beforeAll(async () => {
  part = await TemplatePart.load();
});

const variables = {
  messages: (conversations['tool calls and text'] as { messages: unknown[] }).messages,
  s: 'Ab c',
  w: '  x\ny ',
  o: 'é🦙ß',
  e: '',
  i: 7,
  z: 0,
  f: 1.5,
  t: true,
  n: null,
  l: [2, 'b', 1.5, null, true, ['q', 1], { k: 'v', items: 2 }],
  k: ['b', 'C', 'a', 'é'],
  r: [3, -1, 2],
  d: { role: 'x', a: 1, B: [1, { y: 'z' }], items: 'i' },
};

/** Pieces of a template, joined. */
const seq = (...pieces: (string | fc.Arbitrary<string>)[]) =>
  fc
    .tuple(...pieces.map((piece) => (typeof piece === 'string' ? fc.constant(piece) : piece)))
    .map((all) => all.join(''));
const pick = fc.constantFrom;
const filtered = (value: string | fc.Arbitrary<string>, ...filter: (string | fc.Arbitrary<string>)[]) =>
  seq('(', value, ...filter, ')');

const { block } = fc.letrec<
  Record<'value' | 'text' | 'number' | 'list' | 'dictionary' | 'truth' | 'statement' | 'block', string>
>((tie) => ({
  text: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    pick(
      's',
      'w',
      'o',
      'e',
      "'a'",
      "'b c'",
      "' '",
      "'\\n'",
      "'é'",
      'messages[1].content',
      'messages[0]["role"]',
      'd.role',
      'q',
    ),
    seq('(', tie('text'), pick(' + ', ' ~ '), fc.oneof(tie('text'), tie('number')), ')'),
    filtered(
      tie('text'),
      pick(
        ' | trim',
        ' | upper',
        ' | lower',
        ' | title',
        ' | capitalize',
        ' | string',
        ' | safe',
        ' | indent',
        ' | indent(2, true)',
        '|tojson',
        ' | tojson(ensure_ascii=true)',
      ),
    ),
    seq(
      tie('text'),
      pick(
        '.strip()',
        '.lstrip()',
        '.rstrip()',
        '.upper()',
        '.title()',
        '.capitalize()',
        '[1:]',
        '[:-1]',
        '[::-1]',
        '[1:3]',
        '[::2]',
        '[-3:]',
        '[0]',
        '.split()[0]',
      ),
    ),
    seq(tie('text'), '.replace(', tie('text'), ', ', tie('text'), pick(')', ', 1)', ', count=1)')),
    filtered(tie('text'), '.split(', tie('text'), pick(')', ', 1)'), pick('[0]', '[-1]', ' | join("+")')),
    filtered(tie('list'), ' | join(', tie('text'), ')'),
    seq('(', tie('text'), ' if ', tie('truth'), pick('', " else 'z'"), ')'),
    filtered(tie('value'), pick(' | tojson', ' | tojson(indent=2)', ' | tojson(separators=(",", ":"))')),
    seq("'' ~ ", tie('value')),
  ),
  number: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    pick('i', 'z', 'f', '1', '2', '10', '0.5', '-3', '12.0', 'loop.index', 'loop.revindex0', 'r[0]'),
    seq('(', tie('number'), pick(' + ', ' - ', ' * ', ' // ', ' % ', ' / '), pick('2', '3', '7', '0.25', 'i'), ')'),
    seq(pick('-', '+'), tie('number')),
    filtered(fc.oneof(tie('text'), tie('list'), tie('dictionary')), ' | length'),
    filtered(tie('number'), pick(' | int', ' | float', ' | abs', ' ** 2')),
    filtered(tie('text'), pick(' | int', ' | float', ' | int(4)')),
  ),
  list: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    pick('l', 'k', 'r', 'messages', 'd.B', '[]', 'range(3)', 'range(5, 0, -2)'),
    seq('[', tie('value'), ', ', tie('value'), ']'),
    seq('(', tie('list'), ' + ', tie('list'), ')'),
    filtered(
      tie('list'),
      pick('[1:]', '[:-1]', '[::-1]', '[::2]', '[-2:]', ' | reverse', ' | list', ' | unique', ' | reverse | list'),
    ),
    filtered(pick('k', 'r'), pick(' | sort', ' | sort(reverse=true)', ' | sort(case_sensitive=true)')),
    filtered(
      'messages',
      pick(
        ' | map(attribute="role")',
        ' | selectattr("role", "equalto", "user")',
        ' | rejectattr("tool_calls")',
        ' | selectattr("content")',
        ' | map(attribute="content", default="-")',
      ),
    ),
    filtered(tie('dictionary'), pick('.values()', '.keys()', ' | dictsort', ' | items')),
    seq(tie('text'), '.split(', pick('', 'none, 1', '"b"', '" "'), ')'),
  ),
  dictionary: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    pick('d', 'messages[0]', '{}', 'l[-1]', 'messages[2].tool_calls[0].function'),
    seq('{"a": ', tie('value'), ', ', tie('text'), ': ', tie('value'), '}'),
  ),
  truth: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    pick('t', 'true', 'false', 'loop.first', 'loop.last', 'n'),
    seq('(', tie('number'), pick(' < ', ' > ', ' <= ', ' >= '), tie('number'), ')'),
    seq('(', tie('value'), pick(' == ', ' != '), tie('value'), ')'),
    seq(
      '(',
      tie('value'),
      ' is ',
      pick('', 'not '),
      pick(
        'defined',
        'none',
        'string',
        'number',
        'mapping',
        'iterable',
        'sequence',
        'boolean',
        'true',
        'false',
        'integer',
        'lower',
        'upper',
        'undefined',
        'callable',
      ),
      ')',
    ),
    seq('(', tie('text'), pick(' in ', ' not in '), fc.oneof(tie('text'), tie('list'), tie('dictionary')), ')'),
    seq('(', tie('value'), pick(' and ', ' or '), tie('value'), ')'),
    seq('(not ', tie('value'), ')'),
    seq(tie('text'), pick('.startswith(', '.endswith('), tie('text'), ')'),
  ),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    pick('s', 'i', 'f', 't', 'n', 'u', 'l', 'd', 'loop.previtem', 'loop.nextitem', 'd.B[1]', 'l[5]', 'd.q'),
    tie('text'),
    tie('number'),
    tie('list'),
    tie('dictionary'),
    tie('truth'),
    seq(tie('dictionary'), pick('.a', '["role"]', '.get("a")', '.get("q")', '.get("q", 1)', '.role', '.name')),
    filtered(tie('list'), pick('[0]', '[-1]', '[1]', ' | first', ' | last')),
    filtered(tie('value'), ' | default(', tie('value'), pick(')', ', true)')),
    seq('(', tie('value'), ' if ', tie('truth'), ' else ', tie('value'), ')'),
  ),
  statement: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    seq('{{', pick('', '-', '- '), ' ', tie('value'), ' ', pick('', '-'), '}}'),
    pick('a', ' b ', '\n', '  \n  ', '{# c #}', '{#- c -#}', '<|im_start|>', 'é\n', '}', '{ ', '\t'),
    seq(
      '{%',
      pick(' ', '- '),
      'if ',
      tie('truth'),
      pick(' ', ' -'),
      '%}',
      tie('block'),
      pick('', '{% else %}', '{%- elif i > 3 -%}'),
      tie('block'),
      '{% endif %}',
    ),
    seq(
      '{%',
      pick(' ', '- '),
      'for v in ',
      tie('list'),
      pick('', ' if v', ' if v is string'),
      pick(' ', ' -'),
      '%}',
      tie('block'),
      pick('{{ v }}', '{{ loop.index }}', ''),
      pick('', '{% else %}none'),
      '{%',
      pick('', '-'),
      ' endfor %}',
    ),
    seq('{% for a, b in ', tie('dictionary'), '.items() %}{{ a }}=', tie('block'), '{{ b }}{% endfor %}'),
    seq(
      '{% for v in r %}',
      tie('block'),
      '{% if v == ',
      tie('number'),
      ' %}',
      pick('{% break %}', '{% continue %}'),
      '{% endif %}',
      tie('block'),
      '{% endfor %}',
    ),
    seq('{% set ', pick('s', 'x', 'l', 'i'), ' = ', tie('value'), ' %}'),
    seq('{% set x %}', tie('block'), '{% endset %}{{ x }}'),
    seq(
      '{% set ns = namespace(v=',
      tie('value'),
      ') %}{% for v in k %}{% set ns.v = ',
      tie('value'),
      ' %}{% endfor %}{{ ns.v }}',
    ),
    seq(
      '{% macro m(p, q=',
      tie('value'),
      ') %}',
      tie('block'),
      '{{ p }}{{ q }}{% endmacro %}{{ m(',
      tie('value'),
      pick('', ', q=1', ', 2'),
      ') }}',
    ),
    seq('{% macro c() %}[{{ caller() }}]{% endmacro %}{% call c() %}', tie('block'), '{% endcall %}'),
    seq('{% filter ', pick('upper', 'trim', 'indent', 'replace("a", "b")'), ' %}', tie('block'), '{% endfilter %}'),
    seq('{% generation %}', tie('block'), '{% endgeneration %}'),
  ),
  block: fc
    .array(tie('statement'), { maxLength: 4, depthIdentifier: 'block' })
    .map((statements) => statements.join('')),
}));

describe('random templates', () => {
  it('are rendered as by @huggingface/jinja', () => {
    let rendered = 0;
    fc.assert(
      fc.property(block, (template) => {
        const expected = huggingFace(template, variables);
        const { text } = part.run(template, variables);
        if (expected === undefined || /Infinity|NaN|function|e[+-]?\d\d/.test(expected)) return;
        rendered += 1;
        expect(text).toBe(Buffer.from(expected).toString());
      }),
      { numRuns },
    );
    expect(rendered).toBeGreaterThan(numRuns / 4);
  });

  it('that are damaged, with damaged variables, give a text or an error', () => {
    const json = JSON.stringify(variables);
    const damage = fc.array(
      fc.tuple(
        fc.nat(),
        fc.constantFrom(
          '',
          '{',
          '}',
          '%',
          '"',
          '\\',
          '|',
          '.',
          '(',
          '[',
          ' if ',
          ' for ',
          '\u0000',
          '-',
          '{{',
          '%}',
          'x',
        ),
      ),
      { maxLength: 4 },
    );
    const damaged = (text: string, changes: [number, string][]) =>
      changes.reduce((all, [at, piece]) => {
        const place = at % (all.length + 1);
        return all.slice(0, place) + piece + all.slice(place + (at % 3));
      }, text);
    fc.assert(
      fc.property(block, damage, damage, fc.boolean(), (template, first, second, isWhole) => {
        const error = part.compile(damaged(template, first));
        if (error !== '') {
          expect(error).toMatch(/^the chat template cannot be read: .+, in line \d+$/);
          return;
        }
        const rendered = part.render(isWhole ? json : damaged(json, second));
        expect(rendered.text ?? rendered.error).toBeTypeOf('string');
      }),
      { numRuns },
    );
  });

  it('of arbitrary bytes are read or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        if (part.compile(Uint8Array.from([...Buffer.from('a{{'), ...bytes, ...Buffer.from('}}')])) === '')
          part.render({});
      }),
      { numRuns },
    );
  });
});
