/** `load_model --override-kv`: a key has the effect that it would have in the file, and none is ignored in silence. */
import { beforeAll, describe, expect, it } from 'vitest';
import { randomModel } from '../../test/gguf/random-model.js';
import { gguf, type Value } from '../../test/gguf/writer.js';
import { Llama } from './llama.js';
import { TINY } from './tiny-model.js';

/** A model whose file has this key, too. */
function model(keys: Record<string, Value> = {}, shape = TINY): Uint8Array {
  const { metadata, tensors } = randomModel(shape);
  return gguf({ ...metadata, ...keys }, tensors);
}

/** An override, with the key and value of a file that says the same. */
const cases: [override: string, key: string, value: Value][] = [
  ['llama.rope.freq_base=float:500', 'llama.rope.freq_base', { type: 'f32', value: 500 }],
  ['llama.rope.scaling.factor=float:8e0', 'llama.rope.scaling.factor', { type: 'f32', value: 8 }],
  [
    'llama.attention.layer_norm_rms_epsilon=float:.25',
    'llama.attention.layer_norm_rms_epsilon',
    { type: 'f32', value: 0.25 },
  ],
  ['llama.context_length=int:96', 'llama.context_length', { type: 'u32', value: 96 }],
  ['llama.attention.head_count_kv=int:2', 'llama.attention.head_count_kv', { type: 'u32', value: 2 }],
  ['tokenizer.ggml.add_bos_token=bool:true', 'tokenizer.ggml.add_bos_token', { type: 'bool', value: true }],
  ['tokenizer.ggml.add_bos_token=bool:false', 'tokenizer.ggml.add_bos_token', { type: 'bool', value: false }],
  ['tokenizer.ggml.bos_token_id=int:7', 'tokenizer.ggml.bos_token_id', { type: 'u32', value: 7 }],
  ['tokenizer.ggml.eos_token_id=int:+9', 'tokenizer.ggml.eos_token_id', { type: 'u32', value: 9 }],
  ['tokenizer.ggml.pre=str:gpt-2', 'tokenizer.ggml.pre', { type: 'string', value: 'gpt-2' }],
  ['general.name=str:Ünlü: a=b', 'general.name', { type: 'string', value: 'Ünlü: a=b' }],
  ['general.name=str:', 'general.name', { type: 'string', value: '' }],
  ['"general.name=str:one, ""two"""', 'general.name', { type: 'string', value: 'one, "two"' }],
  ['general.name=str:a "b" c', 'general.name', { type: 'string', value: 'a "b" c' }],
  [`general.name=str:${'x'.repeat(127)}`, 'general.name', { type: 'string', value: 'x'.repeat(127) }],
  ['tokenizer.chat_template=str:{{ x }}', 'tokenizer.chat_template', { type: 'string', value: '{{ x }}' }],
  ['general.file_type=int:7', 'general.file_type', { type: 'u32', value: 7 }],
];

const prompt = 'the quick brown fox, 12345 times, jumps over the lazy dog';
const args = ['-n', '24', '--temp', '0', '--ignore-eos', '--special', '-p', prompt];

let llama: Llama;
beforeAll(async () => {
  llama = await Llama.install();
  llama.upload('plain', model());
});

const overriding = (...overrides: string[]) => overrides.flatMap((text) => ['--override-kv', text]);
const load = (name: string, ...overrides: string[]) =>
  llama.ok('load_model', ['--model', name, ...overriding(...overrides)]);
const refusal = (name: string, ...overrides: string[]) =>
  llama.error('load_model', ['--model', name, ...overriding(...overrides)]);

/** Everything that depends on the metadata: an answer, and the description of the model. */
function seen() {
  const { filename, filesize, filesha256, load_instructions, last_run, ...info } = (
    llama.call('model_info') as { Ok: Record<string, unknown> }
  ).Ok;
  const { instructions_per_prompt_token, instructions_per_generated_token, ...said } = info;
  return { ...said, heap_bytes: 0n, output: llama.run(args).output };
}

describe('an override', () => {
  it.each(cases)('%s has the effect of a file with that value', (override, key, value) => {
    llama.upload('says-so', model({ [key]: value }));
    load('says-so');
    const expected = seen();
    load('plain', override);
    expect(seen()).toEqual(expected);
  });

  it('changes the answer, and ends with the next load', () => {
    load('plain');
    const plain = seen();
    for (const override of ['llama.rope.freq_base=float:500', 'llama.attention.layer_norm_rms_epsilon=float:.25']) {
      load('plain', override);
      expect(seen().output).not.toBe(plain.output);
    }
    for (const override of ['tokenizer.ggml.bos_token_id=int:7', 'tokenizer.ggml.eos_token_id=int:9']) {
      load('plain', override);
      expect(seen()).not.toEqual(plain);
    }
    load('plain');
    expect(seen()).toEqual(plain);
  });

  it('can be combined with others, in one text or in several, also after upgrades', () => {
    const overrides = [
      'llama.rope.freq_base=float:500',
      'tokenizer.ggml.add_bos_token=bool:true',
      'general.name=str:é',
    ];
    load('plain', ...overrides);
    const expected = seen();
    expect(expected).toMatchObject({ name: 'é', adds_bos_token: true });
    llama.ok('load_model', ['--model', 'plain']);
    expect(seen()).not.toEqual(expected);
    load('plain', overrides.join(','));
    expect(seen()).toEqual(expected);
    for (let i = 0; i < 2; i++) {
      llama.upgrade();
      llama.timers();
      expect(seen()).toEqual(expected);
    }
  });

  it('survives an upgrade with the most and the longest overrides that are accepted', () => {
    const long = ['general.name', 'tokenizer.chat_template'].map((key) => `${key}=str:${'y'.repeat(127)}`);
    const tokens = ['eos', 'bos', 'unknown', 'padding', 'eot', 'eom'].map((n) => `tokenizer.ggml.${n}_token_id=int:5`);
    load('plain', ...long, ...tokens, 'llama.rope.freq_base=float:500', 'llama.rope.scaling.type=str:none');
    const expected = seen();
    llama.upgrade();
    llama.timers();
    expect(seen()).toEqual(expected);
  });

  it('is in the log of the load', () => {
    load('plain', 'general.name=str:x,llama.rope.freq_base=float:9');
    expect(llama.spent.logs.join('\n')).toMatch(/load_model: .*, overridden: general.name, llama.rope.freq_base$/m);
  });
});

describe('an invalid override is an error that names it, and the earlier model stays:', () => {
  const malformed: [text: string, reason: RegExp][] = [
    ['', /^--override-kv "": "" is not KEY=TYPE:VALUE/],
    ['general.name', /"general.name" is not KEY=TYPE:VALUE/],
    ['general.name=x', /is not KEY=TYPE:VALUE/],
    ['=str:x', /"=str:x" is not KEY=TYPE:VALUE/],
    ['general.name=str:x,', /"" is not KEY=TYPE:VALUE/],
    ['general.name=text:x', /"general.name": there is no type "text"; int, float, bool and str are accepted/],
    ['general.name=STR:x', /there is no type "STR"/],
    [`general.name=str:${'x'.repeat(128)}`, /"general.name": a str has at most 127 bytes/],
    [`general.name=str:${'é'.repeat(64)}`, /a str has at most 127 bytes/],
    [`general.name=str:${'x'.repeat(50_000)}`, /an override has more than 261 bytes/],
    [`${'k'.repeat(128)}=int:1`, /a key has at most 127 bytes/],
    ['"general.name=str:x', /a quotation mark is not closed/],
    ['general.name=str:x,general.name=str:y', /the key "general.name" is overridden twice/],
    ['llama.context_length=int:', /"llama.context_length": "" is no whole number/],
    ['llama.context_length=int:1.5', /"1.5" is no whole number/],
    ['llama.context_length=int:64k', /"64k" is no whole number/],
    ['llama.context_length=int:99999999999999999999', /is no whole number/],
    ['llama.rope.freq_base=float:fast', /"llama.rope.freq_base": "fast" is no number/],
    ['llama.rope.freq_base=float:nan', /"nan" is no number/],
    ['tokenizer.ggml.add_bos_token=bool:1', /"tokenizer.ggml.add_bos_token": "1" is not true and not false/],
    [Array.from({ length: 65 }, (_, i) => `k${i}=int:1`).join(','), /at most 64 keys are overridden/],
  ];
  const wrong: [text: string, reason: string][] = [
    [
      'llama.context_length=str:64',
      'metadata key "llama.context_length" is overridden with a value of type str, not an integer',
    ],
    [
      'llama.context_length=float:64',
      'metadata key "llama.context_length" is overridden with a value of type float, not an integer',
    ],
    [
      'llama.rope.freq_base=int:500',
      'metadata key "llama.rope.freq_base" is overridden with a value of type int, not a floating-point number',
    ],
    ['general.name=bool:true', 'metadata key "general.name" is overridden with a value of type bool, not a string'],
    [
      'tokenizer.ggml.add_bos_token=int:1',
      'metadata key "tokenizer.ggml.add_bos_token" is overridden with a value of type int, not a bool',
    ],
    [
      'tokenizer.ggml.eos_token_id=str:9',
      'metadata key "tokenizer.ggml.eos_token_id" is overridden with a value of type str, not an integer',
    ],
    ['tokenizer.ggml.eos_token_id=int:400', 'metadata key "tokenizer.ggml.eos_token_id" is 400; 0 to 399 is accepted'],
    ['tokenizer.ggml.eos_token_id=int:-1', 'metadata key "tokenizer.ggml.eos_token_id" is -1; 0 to 399 is accepted'],
    ['tokenizer.ggml.tokens=int:1', 'metadata key "tokenizer.ggml.tokens" cannot be overridden: it is a list'],
    [
      'tokenizer.ggml.model=str:t5',
      'the tokenizer "t5" is not supported; "llama" (SentencePiece), "gpt2", "gemma4", "whitespace" (BPE) and "bert" (WordPiece) are',
    ],
    ['tokenizer.ggml.pre=str:nobodys', 'the pre-tokenizer "nobodys" is not supported'],
    [
      'llama.attention.causal=bool:false',
      'metadata key "llama.attention.causal" is false, which is not supported: every token would see those that follow it',
    ],
    [
      'general.alignment=int:64',
      'metadata key "general.alignment" cannot be overridden: it says how the file is laid out',
    ],
    ...[
      ['llama.attention.scale', 'float:2'],
      ['llama.attention.layer_norm_epsilon', 'float:2'],
      ['llama.rope.freq_bas', 'float:2'],
      ['qwen2.context_length', 'int:64'],
      ['tokenizer.ggml.add_space_prefix', 'bool:true'],
      ['tokenizer.ggml.cls_token_id', 'int:3'],
      ['LLAMA.context_length', 'int:64'],
    ].map(([key, value]): [string, string] => [
      `${key}=${value}`,
      `metadata key "${key}" cannot be overridden: it is not read for this model of the architecture "llama"`,
    ]),
  ];

  it.each([
    ...malformed.map(([text, reason]) => [text.slice(0, 60), text, reason] as const),
    ...wrong.map(([text, reason]) => [text, text, `--model plain: ${reason}`] as const),
  ])('%s', (_, text, reason) => {
    load('plain', 'general.name=str:before');
    const before = seen();
    const error = refusal('plain', text);
    if (typeof reason === 'string') expect(error).toBe(reason);
    else expect(error).toMatch(reason);
    // A valid override beside it has no effect either.
    expect(refusal('plain', 'llama.attention.key_length=int:16,tokenizer.ggml.eot_token_id=int:3', text)).toMatch(
      reason,
    );
    expect(seen()).toEqual(before);
  });

  it('two overrides of one key', () => {
    expect(refusal('plain', 'general.name=str:x', 'general.name=str:x')).toMatch(/is overridden twice/);
  });

  it('and an upgrade restores none of them', () => {
    load('plain', 'general.name=str:before');
    const before = seen();
    refusal('plain', 'llama.rope.freq_base=float:7', 'tokenizer.ggml.cls_token_id=int:3');
    llama.upgrade();
    llama.timers();
    expect(seen()).toEqual(before);
  });
});

describe('all single values of a file', () => {
  const experts = { count: 4, used: 2, feedForward: 64 };
  const shapes: [string, Partial<typeof TINY>][] = [
    ['llama', {}],
    ['gemma2', { window: 64 }],
    ['gemma3', { window: 64 }],
    ['gpt2', { keyValueHeads: 4 }],
    ['olmo2', { tied: false }],
    ['qwen2moe', { tied: false, experts: { ...experts, shared: 64 } }],
    ['qwen3moe', { experts }],
    ['lfm2', { convolutions: { taps: 3, attends: [1] } }],
  ];
  const typeNames = { string: 'str', bool: 'bool', f32: 'float' } as Record<string, string>;

  it.each(shapes)('of %s can be overridden, with values of their type', (architecture, part) => {
    const shape = { ...TINY, ...part, architecture } as typeof TINY;
    const values = Object.entries(randomModel(shape).metadata).flatMap(([key, value]) =>
      'value' in value ? [{ key, type: typeNames[value.type] ?? 'int', value: value.value }] : [],
    );
    expect(values.length).toBeGreaterThan(10);
    llama.upload('any', model({}, shape));
    load('any');
    const expected = seen();
    load('any', ...values.map(({ key, type, value }) => `${key}=${type}:${value}`));
    expect(seen()).toEqual(expected);
    for (const { key, type } of values) {
      const other = type === 'bool' ? 'int:1' : 'bool:true';
      expect(refusal('any', `${key}=${other}`)).toContain(
        `metadata key "${key}" is overridden with a value of type ${other.split(':')[0]}, not a`,
      );
    }
    expect(seen()).toEqual(expected);
  });

  it('except one that is not read: a stablelm’s tensors say whether it is parallel', () => {
    llama.upload('any', model({}, { ...TINY, tied: false, architecture: 'stablelm' }));
    expect(refusal('any', 'stablelm.use_parallel_residual=bool:false')).toBe(
      '--model any: metadata key "stablelm.use_parallel_residual" cannot be overridden: it is not read for this model of the architecture "stablelm"',
    );
  });
});
