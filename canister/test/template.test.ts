import { beforeAll, describe, expect, it } from 'vitest';
import { huggingFace } from './reference/template.js';
import { TemplatePart } from './template-part.js';

let part: TemplatePart;
beforeAll(async () => {
  part = await TemplatePart.load();
});

const call = { type: 'function', id: 'c1', function: { name: 'find', arguments: { q: 'a "b"', n: [1, 2.5, null] } } };
const variables = {
  messages: [
    { role: 'system', content: ' Be brief.\n' },
    { role: 'user', content: 'Hi 🦙 é' },
    { role: 'assistant', content: null, tool_calls: [call] },
    { role: 'tool', content: [{ type: 'text', text: 'found' }], name: 'find' },
  ],
  add_generation_prompt: true,
  enable_thinking: false,
  s: 'hello World_foo bar',
  spaced: '\u00a0 a  b\t\n',
  empty: '',
  list: [3, 1, 2],
  words: ['b', 'A', 'c'],
  d: { a: 1, b: { c: [1, { d: 'x' }] }, z: null },
  n: null,
  x: 5,
  f: 2.5,
  t: true,
};

/** Templates that @huggingface/jinja renders, by what they are about. */
const cases: Record<string, string[]> = {
  'white space': [
    'a\n  {% if t %}\n  b\n  {% endif %}\nc\n',
    '  {%- if t -%}  b  {%- endif -%}  c',
    'x {# note #}\n y {#- note -#} z',
    '{{ x }}\n{{ x }}\n',
    '{{- x -}}  \n a',
    'a {{- " b " -}} c',
    ' {% for i in list %}\n{{ i }}\n {% endfor %}\n.',
    '{%- generation -%} a {%- endgeneration %} b {% generation %}\nc{% endgeneration %}d',
    '\t{% set y = 1 %}\n\t{{ y }}',
    'text without anything',
    '',
    '\n',
    'a\u00a0{%- if t %}b{% endif -%}\u3000c',
  ],
  statements: [
    '{% if x > 9 %}a{% elif x > 4 %}b{% else %}c{% endif %}{% if n %}a{% elif empty %}b{% else %}c{% endif %}',
    '{% for m in messages %}{{ loop.index }}/{{ loop.length }} {{ loop.index0 }} {{ loop.revindex }} {{ loop.revindex0 }} {{ loop.first }} {{ loop.last }} {{ m.role }};{% endfor %}',
    '{% for i in list %}{{ loop.previtem }}<{{ i }}>{{ loop.nextitem }} {% endfor %}',
    '{% for i in [] %}a{% else %}none{% endfor %}{% for i in list if i > 1 %}{{ loop.index }}:{{ i }} {% else %}none{% endfor %}',
    '{% for i in list %}{% if i == 1 %}{% continue %}{% endif %}{{ i }}{% endfor %}{% for i in list %}{% if i == 1 %}{% break %}{% endif %}{{ i }}{% endfor %}',
    '{% for i in list %}a{{ i }}{% if i == 1 %}{% continue %}{% endif %}b{% else %}e{% endfor %}{% for i in list %}{% break %}{% else %}e{% endfor %}',
    '{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}{% for k in d %}{{ k }}{% endfor %}',
    '{% for i in list %}{% for j in list %}{{ i * j }} {{ loop.index }},{% endfor %}{{ loop.index }}|{% endfor %}',
    '{% set y = 1 %}{% for i in list %}{% set y = y + i %}{{ y }} {% endfor %}{{ y }}',
    '{% set ns = namespace(y=1, z="a") %}{% for i in list %}{% set ns.y = ns.y + i %}{% endfor %}{{ ns.y }}{{ ns.z }}{{ ns.q is defined }}',
    '{% set a, b = list[0], "x" %}{{ a }}{{ b }}{% set c %}block {{ x }}{% endset %}[{{ c }}]',
    '{% macro m(a, b=2, c=a ~ "!") %}<{{ a }}{{ b }}{{ c }}>{% endmacro %}{{ m(1) }}{{ m(1, 3) }}{{ m(b=4, a="z") }}{{ m("p", c="q") | upper }}',
    '{% macro m(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, 3, k=4) }}{{ m(*list, **{"k": 1}) }}',
    '{% macro m(k) %}[{{ caller(k) }}|{{ caller(k=2) }}]{% endmacro %}{% call(k) m(1) %}{{ k }}{{ x }}{% endcall %}',
    '{% macro a() %}{{ y }}{% endmacro %}{% for y in list %}{{ a() }}{% endfor %}',
    '{% macro count(i) %}{{ i }}{% if i > 0 %}{{ count(i - 1) }}{% endif %}{% endmacro %}{{ count(5) }}',
    '{% filter upper %}abc {{ s }}{% endfilter %}{% filter indent(2) %}a\nb{% endfilter %}',
  ],
  expressions: [
    '{{ 1 + 2 * 3 - 4 / 2 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ 2 ** 3 ** 2 }} {{ 1.5 + 1.5 }} {{ 7 / 2 }} {{ -x }} {{ - 3 }} {{ 2**-1 }}',
    '{{ 1 < 2 }} {{ 2 <= 2 }} {{ 3 > 4 }} {{ 1 == 1.0 }} {{ "1" == 1 }} {{ n == u }} {{ "" == 0 }} {{ t == 1 }} {{ "a" != "b" }} {{ [1] == [1] }} {{ list == list }} {{ [] == "" }}',
    '{{ "ell" in s }} {{ "x" not in s }} {{ 3 in list }} {{ "3" in list }} {{ "a" in d }} {{ "q" in d }} {{ "a" in u }}',
    '{{ t and x }} {{ n or "d" }} {{ not t }} {{ not n and x }} {{ empty or n or 0 or "z" }} {{ x and empty }}',
    '{{ "a" if t else "b" }} {{ "a" if n }} {{ 1 if n else 2 if empty else 3 }}',
    '{{ "a" ~ 1 ~ t ~ 2.0 }} {{ "a" + 1 }} {{ 1 + 2 ~ 3 }} {{ "a" "b" \'c\' }} {{ list + [4] }} {{ "x" ~ list ~ d }}',
    '{{ list[0] }} {{ list[-1] }} {{ list[9] }} {{ d["a"] }} {{ d.b.c[1].d }} {{ d.q.r.s }} {{ s[0] }} {{ s[-1] }} {{ messages[0]["role"] }} {{ n.x }}',
    '{{ list[1:] }} {{ list[:-1] }} {{ list[::-1] }} {{ list[::2] }} {{ s[2:5] }} {{ s[::-1] }} {{ s[-3:] }} {{ s[5:2] }} {{ s[8:2:-2] }} {{ list[-9:9] }} {{ messages[1].content[3:6] }}',
    '{{ [1, "a", none, true, [2.5], {"k": n}] }} {{ {"a": 1, "b": {"c": "d"}} }} {{ [] }} {{ {} }} {{ u }}{{ n }}|',
    "{{ 'tab\\t nl\\n q\\' \\\\ \\x41 \\u00e9 \\ud83e\\udd99' }}",
    '{{ 9007199254740991 }} {{ 0.1 }} {{ 100.0 }} {{ 0.1 + 0.2 }} {{ 1 / 3 }} {{ 10 ** 15 }} {{ 0.000001 }} {{ 1 / 1000000000 }}',
    '{{ s.length }} {{ messages[1].content | length }} {{ list.length }} {{ d | length }}',
    '{{ (1, 2) | list | length }} {{ range(3) }} {{ range(1, 4) }} {{ range(9, 1, -3) }} {{ range(0) }}',
  ],
  filters: [
    '{{ s | upper }} {{ s | lower }} {{ s | title }} {{ s | capitalize }} {{ "straße ΑΣ İ ǆ" | upper }} {{ "ÀÉ ΑΣ ΑΣΒ" | lower }} {{ "éa" | capitalize }}',
    '[{{ spaced | trim }}] {{ "a\nb\n\nc" | indent }} {{ "a\nb" | indent(2, true) }} {{ "a\n\nb" | indent(width=1, blank=true) }}',
    '{{ list | sort }} {{ words | sort }} {{ words | sort(case_sensitive=true) }} {{ list | sort(reverse=true) }} {{ list | reverse }} {{ list | first }} {{ list | last }}',
    '{{ list | join }} {{ list | join("-") }} {{ [1, none, t, 2.0, "a"] | join(",") }} {{ "abc" | join("|") }}',
    '{{ [1, 1, "a", "a"] | unique }} {{ d | items }} {{ d | dictsort }} {{ {"B": 1, "a": 0} | dictsort }} {{ {"B": 1, "a": 0} | dictsort(by="value") }} {{ {"B": 1, "a": 0} | dictsort(true, reverse=true) }}',
    '{{ messages | map(attribute="role") | join(",") }} {{ messages | map(attribute="name", default="-") | list }} {{ messages | map(attribute="content.0.text") | list }}',
    '{{ messages | selectattr("role", "equalto", "user") | list | length }} {{ messages | rejectattr("role", "eq", "user") | map(attribute="role") | list }} {{ messages | selectattr("tool_calls") | list | length }} {{ messages | selectattr("name", "defined") | list | length }} {{ messages | rejectattr("name") | list | length }}',
    '{{ u | default("d") }} {{ n | default("d") }} {{ n | default("d", true) }} {{ empty | default("e", boolean=true) }} {{ x | default(1) }}',
    '{{ "12abc" | int }} {{ "x" | int }} {{ "x" | int(7) }} {{ "3.7" | int }} {{ "3.50" | float }} {{ 3.9 | int }} {{ t | int }} {{ -3 | abs }} {{ 3 | float }} {{ 5 | string }} {{ t | string }} {{ list | string }} {{ f | string }}',
    '{{ s | replace("o", "0") }} {{ s | replace("o", "0", 1) }} {{ s | replace("", "-") }} {{ s | safe }} {{ "abc" | replace("b", "") }}',
    '{{ d | tojson }} {{ d | tojson(indent=2) }} {{ "é\\u0007\\u007f\\"" | tojson }} {{ "é🦙" | tojson(ensure_ascii=true) }} {{ d | tojson(separators=(",", ":")) }} {{ {"b": 1, "a": [{}]} | tojson(sort_keys=true, indent=1) }} {{ [] | tojson(indent=4) }} {{ u | tojson }} {{ 1.0 | tojson }}',
    '{{ messages[2].tool_calls[0].function.arguments | tojson }}',
  ],
  tests: [
    '{{ x is defined }} {{ u is defined }} {{ u is undefined }} {{ n is none }} {{ x is not none }} {{ s is string }} {{ x is number }} {{ f is integer }} {{ d is mapping }} {{ list is iterable }} {{ d is iterable }} {{ s is iterable }} {{ list is sequence }} {{ t is boolean }} {{ t is true }} {{ t is false }} {{ 3 is odd }} {{ 4 is even }} {{ "a" is lower }} {{ "A" is upper }} {{ raise_exception is callable }} {{ x is not string }}',
    '{{ 4 * 4 }} {{ not x is defined }} {{ x is defined and n is none }} {{ x is number is boolean }}',
  ],
  methods: [
    '{{ s.upper() }} {{ s.title() }} {{ s.split() }} {{ s.split("o") }} {{ s.split(" ", 1) }} {{ "a,,b".split(",") }} {{ " a  b c ".split() }} {{ " a  b c ".split(none, 1) }} {{ "".split() }} {{ "".split("x") }}',
    '[{{ spaced.strip() }}] [{{ spaced.lstrip() }}] [{{ spaced.rstrip() }}] [{{ "\n a\n".strip("\n") }}]',
    '{{ s.startswith("hell") }} {{ s.endswith(("x", "bar")) }} {{ s.replace("l", "L", 1) }} {{ s.replace("l", "L", count=2) }} {{ s.capitalize() }}',
    '{{ d.get("a") }} {{ d.get("q") }} {{ d.get("q", "z") }} {{ d.keys() }} {{ d.values() }} {{ d.items() }}',
    '{{ s.split("W")[0].strip().upper().split("L")[-1] }}',
  ],
};

describe('the same as @huggingface/jinja', () => {
  const rows = Object.entries(cases).flatMap(([about, templates]) => templates.map((template) => [about, template]));
  it.each(rows)('%s: %s', (_, template) => {
    const expected = huggingFace(template!, variables);
    expect(expected).toBeDefined();
    expect(part.run(template!, variables)).toMatchObject({ text: expected });
  });
});

describe('what @huggingface/jinja does not render', () => {
  it.each([
    ['{{ u | trim }}[{{ "a" + u }}][{{ "a" ~ n }}][{{ u[0] }}]', '[a][a][]'],
    ['{% for c in u %}x{% endfor %}{% for c in "aé🦙" %}<{{ c }}>{% endfor %}', '<a><é><🦙>'],
    ['{{ "a" < "b" }} {{ 1 < x < 9 }} {{ 1 < x < 3 }} {{ (1 < 2) == true }}', 'true true false true'],
    [
      '{{ "=" * 3 }} {{ [1] * 2 }} {{ 1 + t }} {{ "%s is %d%%" % ("a", 3) }} {{ "%s"|format(x) }}',
      '=== [1, 1] 2 a is 3% 5',
    ],
    ['{{ "{} {1} {0} {{}} {k}".format("a", 2, k=n) }}', 'a 2 a {} None'],
    ['{{ {1: "a", 2: "b"}[2] }} {{ {512: 1, 0: 2} | dictsort }} {{ d[1] }}', 'b [[0, 2], [512, 1]] '],
    [
      '{{ s.rsplit(" ", 1) }} {{ s.find("W") }} {{ s.rfind("o") }} {{ s.count("o") }} {{ s.partition(" ") }}',
      '["hello World_foo", "bar"] 6 14 4 ["hello", " ", "World_foo bar"]',
    ],
    [
      '{{ "-".join(words) }} {{ "ab1".isdigit() }} {{ "x-y".removeprefix("x-") }} {{ "7".zfill(3) }} {{ "a\nb".splitlines() }}',
      'b-A-c false y 007 ["a", "b"]',
    ],
    ['{{ "--a--".strip("-") }} {{ "xa".lstrip("x") }} {{ "ax" | trim("x") }}', 'a a a'],
    [
      '{% set l = [] %}{% set _ = l.append(1) %}{% do l.extend([2, 3]) %}{{ l }} {{ l.pop() }} {{ l.pop(0) }} {{ l }} {{ l.index(2) }}',
      '[1, 2, 3] 3 1 [2] 0',
    ],
    ['{% set e = {"items": 1} %}{{ e.items() }} {{ e.items }}', '[["items", 1]] 1'],
    [
      '{{ words | map("upper") | list }} {{ list | select("odd") | list }} {{ list | reject("gt", 1) | list }} {{ list | sum }} {{ list | max }} {{ list | min }}',
      '["B", "A", "C"] [3, 1] [1] 6 3 1',
    ],
    [
      '{{ x is divisibleby 5 }} {{ x is equalto(5) }} {{ x is in [5] }} {{ x is sameas x }} {{ x is gt 9 }} {{ s is eq "a" }}',
      'true true true true false false',
    ],
    ['{% for i in list %}{{ loop.cycle("a", "b") }}{% endfor %}', 'aba'],
    ['{% set a | upper | replace("B", "-") %}abc{% endset %}{{ a }}', 'A-C'],
    [
      '{{ "a &<" | e }} {{ 3.14159 | round(2) }} {{ s | wordcount }} {{ "abc" | first }}{{ "abc" | last }} {{ "ab" | list }}',
      'a &amp;&lt; 3.14 3 ac ["a", "b"]',
    ],
    ['a\n  {%+ if t %}\nb\n{% endif +%}\nc', 'a\n  b\n\nc'],
    ['{{ "\\d" }} {{ [d] | trim }}', "\\d [{'a': 1, 'b': {'c': [1, {'d': 'x'}]}, 'z': None}]"],
    [
      "{{ strftime_now('%Y-%m-%d %H:%M:%S %b %B %a %A %j %I %p %-d %%') }}",
      '2026-02-03 14:05:06 Feb February Tue Tuesday 034 02 PM 3 %',
    ],
  ])('%s', (template, expected) => {
    const time = Date.UTC(2026, 1, 3, 14, 5, 6) / 1000;
    expect(huggingFace(template, variables)).not.toBe(expected);
    expect(part.run(template, variables, { time })).toMatchObject({ text: expected });
  });

  it('formats dates in every kind of year', () => {
    for (const [time, expected] of [
      [0, '1970-01-01 001'],
      [951_782_400, '2000-02-29 060'],
      [1_735_603_200, '2024-12-31 366'],
      [4_107_542_400, '2100-03-01 060'],
      [-86_400, '1969-12-31 365'],
    ] as const) {
      expect(part.run("{{ strftime_now('%Y-%m-%d %j') }}", {}, { time })).toMatchObject({ text: expected });
    }
  });
});

describe('where text comes from', () => {
  const segments = (template: string, given: object = variables) => {
    const rendered = part.run(template, given);
    if (rendered.text === undefined) throw new Error(rendered.error);
    return rendered.segments.map(({ text, fromTemplate }) => (fromTemplate ? text : `<${text}>`)).join('|');
  };

  it.each([
    ["{{ '[' + messages[1].role + ']' + messages[1].content + '[end]' }}", '[user]|<Hi 🦙 é>|[end]'],
    ['{{ bos_token }}{{ s }}{{ eos_token }}', '<s>|<hello World_foo bar>|</s>'],
    ['{{ s | upper }}{{ "x" | upper }}', '<HELLO WORLD_FOO BAR>|X'],
    ['{{ s.split("World")[0] ~ "!" }}', '<hello >|!'],
    ['{{ s | replace("World", "[MASK]") }}', '<hello >|[MASK]|<_foo bar>'],
    ['{{ words | join("-") }}', '<b>|-|<A>|-|<c>'],
    ['{% set y %}({{ s }}){% endset %}{{ y[1:-1] }}{{ y }}', '<hello World_foo bar>|(|<hello World_foo bar>|)'],
    ['{{ d | tojson }}', '<{"a": 1, "b": {"c": [1, {"d": "x"}]}, "z": null}>'],
    ['{{ {"k": s} | tojson }}', '{"k": |<"hello World_foo bar">|}'],
    ['{{ ("<" ~ s ~ ">") | title | trim | indent }}', '<|<Hello World_foo Bar>|>'],
    ['{% filter lower %}A{{ s }}B{% endfilter %}', 'a|<hello world_foo bar>|b'],
    ['{{ x }}{{ x + 1 }}{{ 1 }}{{ t }}', '<56>|1|<true>'],
    ['{% macro m(v) %}[{{ v }}]{% endmacro %}{{ m(s) }}', '[|<hello World_foo bar>|]'],
    ['{{ "%s!" % s }}{{ "{}?".format(s) }}', '<hello World_foo bar>|!|<hello World_foo bar>|?'],
    ['{{ s[::-1] }}{{ "ab"[::-1] }}', '<rab oof_dlroW olleh>|ba'],
  ])('%s', (template, expected) => {
    expect(segments(template)).toBe(expected);
  });

  it('a role counts as text of the template only if it is a known role', () => {
    const template = "{% for m in messages %}{{ '<|' + m.role + '|>' }}{% endfor %}{{ messages[0].other.role }}";
    const given = { messages: [{ role: 'user', other: { role: 'user' } }, { role: 'im_start' }] };
    expect(segments(template, given)).toBe('<|user|><||<im_start>||>|<user>');
    expect(segments('{{ tools[0].role }}', { tools: [{ role: 'user' }] })).toBe('<user>');
  });
});

describe('errors', () => {
  it.each([
    ['{% if x %}', 'the chat template cannot be read: "endif" is missing, in line 1'],
    ['a\n{{ x', 'the chat template cannot be read: a tag is not closed, in line 2'],
    ['\n\n{% for x %}{% endfor %}', 'the chat template cannot be read: "in" is missing, in line 3'],
    ['{% endif %}', 'the chat template cannot be read: "endif" has no statement that it ends, in line 1'],
    [
      '{% include "x" %}',
      'the chat template cannot be read: there is no statement "include" in chat templates, in line 1',
    ],
    ['{{ 1 + }}', 'the chat template cannot be read: a value is missing, in line 1'],
    ['{# x', 'the chat template cannot be read: a comment is not ended, in line 1'],
    ['{{ "x }}', 'the chat template cannot be read: a string is not ended, in line 1'],
    ['{{ x ? }}', 'the chat template cannot be read: a tag has a character that means nothing there, in line 1'],
    ['{% break %}', 'the chat template cannot be read: "break" is outside of a loop, in line 1'],
    ['{% set 1 = 2 %}', 'the chat template cannot be read: only names and attributes can be set, in line 1'],
    [
      `{{ ${'('.repeat(200)}1${')'.repeat(200)} }}`,
      'the chat template cannot be read: more than 100 expressions and blocks are within one another, in line 1',
    ],
    ['x'.repeat(262_145), 'the chat template has more than 262144 bytes'],
  ])('%.40s', (template, expected) => {
    expect(part.compile(template)).toBe(expected);
  });

  it.each([
    ["a\n{{ raise_exception('Roles must alternate') }}", 'Roles must alternate (line 2 of the chat template)'],
    ['{{ x() }}', 'a number cannot be called (line 1 of the chat template)'],
    ['{{ s.nope() }}', 'a text has no "nope" to call (line 1 of the chat template)'],
    ['{{ s | nope }}', 'the filter "nope" does not go with a text (line 1 of the chat template)'],
    ['{{ s is nope }}', 'there is no test "nope" (line 1 of the chat template)'],
    [
      '{% set d.a = 1 %}',
      'only attributes of namespaces can be set, not of a dictionary (line 1 of the chat template)',
    ],
    ['{% for a, b in list %}{% endfor %}', 'a number cannot be taken apart (line 1 of the chat template)'],
    [
      '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}',
      'more than 400 calls, blocks and expressions are within one another (line 1 of the chat template)',
    ],
    [
      '{% set l = range(3000) %}{% for i in l %}{% for k in l %}{% endfor %}{% endfor %}',
      'it takes too many steps (line 1 of the chat template)',
    ],
    [
      '{% set ns = namespace(s="0123456789") %}{% for i in range(30) %}{% set ns.s = ns.s + ns.s %}{% endfor %}',
      'it takes too much memory, or its text is too long (line 1 of the chat template)',
    ],
    [
      '{% set l = [] %}{% set _ = l.append(l) %}{{ l }}',
      'more than 100 lists and dictionaries are within one another (line 1 of the chat template)',
    ],
    ['{{ 1 / 0 }}', 'a number is divided by 0 (line 1 of the chat template)'],
  ])('%s', (template, expected) => {
    expect(part.run(template, variables)).toEqual({ error: expected });
  });

  it.each([
    [
      'nothing',
      '',
      'the variables cannot be read: it is no JSON: a value is missing, at byte 0 (line 0 of the chat template)',
    ],
    ['a list', '[]', 'the variables are no JSON object (line 0 of the chat template)'],
  ])('variables that are %s', (_, json, expected) => {
    expect(part.compile('a')).toBe('');
    expect(part.render(json)).toEqual({ error: expected });
  });

  it('all memory is freed', () => {
    part.part.exports.template_dispose();
    const before = part.part.exports.taken();
    part.run(cases.statements!.join(''), variables);
    part.run('{{ x() }}', variables);
    part.run('{% if', variables);
    part.part.exports.template_dispose();
    expect(part.part.exports.taken()).toBe(before);
  });
});
