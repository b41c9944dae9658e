import { expect, test } from 'vitest';
import { parseReference, referenceText } from './reference.js';

test.each([
  ['hf:owner/repo', 'hf:owner/repo'],
  ['HF:owner/repo:latest', 'hf:owner/repo'],
  ['hf:owner/repo:q4_k_m', 'hf:owner/repo:Q4_K_M'],
  ['hf.co/owner/repo:Q8_0', 'hf:owner/repo:Q8_0'],
  ['hf:owner/repo@abc123:sub/m.gguf', 'hf:owner/repo@abc123:sub/m.gguf'],
  ['https://huggingface.co/owner/repo', 'hf:owner/repo'],
  ['https://huggingface.co/owner/repo/tree/main', 'hf:owner/repo'],
  ['https://huggingface.co/owner/repo/blob/main/sub/m.gguf?download=true', 'hf:owner/repo:sub/m.gguf'],
  ['huggingface.co/owner/repo/resolve/v1/m.gguf', 'hf:owner/repo@v1:m.gguf'],
  ['ollama:qwen2.5:0.5b', 'ollama:qwen2.5:0.5b'],
  ['ollama:qwen2.5', 'ollama:qwen2.5:latest'],
  ['ollama:library/qwen2.5', 'ollama:qwen2.5:latest'],
  ['ollama:me/mine:1', 'ollama:me/mine:1'],
  ['ollama:http://127.0.0.1:5000/me/mine', 'ollama:http://127.0.0.1:5000/me/mine:latest'],
  ['https://example.com/m.gguf#top', 'https://example.com/m.gguf'],
])('%s is %s, and that is itself', (text, one) => {
  expect(referenceText(parseReference(text))).toBe(one);
  expect(referenceText(parseReference(one))).toBe(one);
});

test.each([
  'hf:owner',
  'hf:',
  'hf:../repo',
  'hf:owner/..',
  'hf:owner/repo/sub',
  'hf:owner/repo:../../x.gguf',
  'hf:owner/repo:/x.gguf',
  'hf:owner/repo:a\\b.gguf',
  'hf:owner/repo:%2e%2e/x.gguf',
  'hf:owner/repo@../x',
  'hf:owner/repo: ',
  'https://huggingface.co/owner',
  'https://huggingface.co/owner/repo/discussions/1',
  'https://name:password@example.com/m.gguf',
  'ollama:',
  'ollama:a/b/c',
  'ollama:..',
  'ollama:name:tag:more',
  'ftp://example.com/m.gguf',
  'm.gguf',
])('%s is refused', (text) => {
  expect(() => parseReference(text)).toThrow(expect.objectContaining({ code: 'USAGE', next: expect.any(String) }));
});
