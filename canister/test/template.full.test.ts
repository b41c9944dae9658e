// Every template that llama.cpp keeps and every one of the tokenizers' packages, with every conversation.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { llamaCppTemplates } from './llama-cpp-templates.js';
import { oracles, tokenizerConfig } from './oracles/oracle.js';
import { huggingFace } from './reference/template.js';
import { conversations } from './template-conversations.js';
import { TemplatePart } from './template-part.js';

/**
 * llama.cpp's results where @huggingface/jinja cannot render (scripts/template-references.mjs): the beginning of the
 * text's SHA-256, by template and conversation.
 */
const references = JSON.parse(
  readFileSync(join(import.meta.dirname, 'data', 'template-references.json'), 'utf8'),
) as Record<string, Record<string, string>>;

/**
 * Templates, by name, in which llama.cpp is not followed either. The engine agrees with @huggingface/jinja wherever
 * that has an answer, even if it cannot render the rest: an undefined value cannot be iterated (Hermes, Command-R+),
 * and lists and dictionaries have its form when they become texts. llama.cpp leaves out dictionaries that become texts
 * (MiniCPM5), and finds nothing in none (Bielik), where the engine does as Python.
 */
const differs =
  /^(NousResearch-Hermes|CohereForAI-c4ai-command-r-plus|openbmb-MiniCPM5|meetkai-functionary|Bielik)|^ByteDance.* parts$/;

const time = Date.UTC(2026, 0, 2, 3, 4, 5);
let part: TemplatePart;
beforeAll(async () => {
  part = await TemplatePart.load();
  process.env.TZ = 'UTC';
  vi.useFakeTimers({ now: time, toFake: ['Date'] });
});
afterAll(() => {
  vi.useRealTimers();
});

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

const templates: [string, string][] = [
  ...llamaCppTemplates(),
  ...Object.keys(oracles).flatMap((name): [string, string][] => {
    const template = (tokenizerConfig(name) as { chat_template?: unknown }).chat_template;
    return typeof template === 'string' ? [[name, template]] : [];
  }),
];

it('finds the templates', () => {
  expect(templates.length).toBeGreaterThan(70);
  expect(Object.keys(conversations).length).toBeGreaterThan(20);
});

describe.each(templates)('%s', (name, template) => {
  it('can be read', () => {
    expect(part.compile(template)).toBe('');
  });

  it.each(Object.entries(conversations))('%s', (conversation, given) => {
    const { text, error } = part.run(template, given, { time: time / 1000 });
    const expected = huggingFace(template, given);
    if (expected !== undefined) {
      expect(text, error).toBe(expected);
      return;
    }
    const reference = references[name]?.[conversation];
    if (reference === undefined || differs.test(`${name} ${conversation}`)) return;
    expect(text === undefined ? error : digest(text)).toBe(reference);
  });
});
