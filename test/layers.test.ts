import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.m?ts$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function imports(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map(([, specifier]) =>
    specifier!.startsWith('.') ? relative(root, resolve(root, dirname(file), specifier!)) : specifier!,
  );
}

function offenders(folder: string, forbidden: RegExp): string[] {
  return sources(folder).flatMap((file) =>
    imports(file)
      .filter((target) => forbidden.test(target))
      .map((target) => `${file} imports ${target}`),
  );
}

/** The layering rules of docs/development.md, checked by looking at imports. */
describe('layers', () => {
  it('the engine knows no Internet Computer', () => {
    expect(offenders('canister/assembly/llm', /assembly\/(ic|storage|service)\b|assembly\/index/)).toEqual([]);
  });
  it('ic/ knows no storage, engine or service', () => {
    expect(offenders('canister/assembly/ic', /assembly\/(llm|storage|service)\b|assembly\/index/)).toEqual([]);
  });
  it('storage/ knows no engine and no service', () => {
    expect(offenders('canister/assembly/storage', /assembly\/(llm|service)\b|assembly\/index/)).toEqual([]);
  });
  it('service/ never climbs up to index.ts', () => {
    expect(offenders('canister/assembly/service', /assembly\/index/)).toEqual([]);
  });
  it('the network knows no language model', () => {
    expect(offenders('packages/network/src', /@llama-canister|packages\/(client|cli)|canister\//)).toEqual([]);
  });
  it('the client depends on the agent, not on the network', () => {
    expect(offenders('packages/client/src', /@llama-canister\/(network|cli)\b|packages\/(network|cli)\//)).toEqual([]);
  });
});
