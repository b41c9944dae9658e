// `npm run size -w canister`: what each part of llama.wasm weighs, by the folders of assembly/. `-- --files` goes down to
// files, and `-- --functions` to the largest functions. The module is compiled again, with the names of its functions,
// and without the page, which is counted as it would be put in.
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Callbacks, callbackFlags } from './callbacks.mjs';
import { readInterface } from './candid/interface.mjs';
import { canisterModule } from './canister-module.mjs';
import { compile } from './compile.mjs';
import { siteBytes } from './site/embed.mjs';

const canister = dirname(dirname(fileURLToPath(import.meta.url)));
const CUSTOM = 0;
const IMPORTS = 2;
const CODE = 10;
const DATA = 11;

class Reader {
  at = 0;
  constructor(bytes) {
    this.bytes = bytes;
  }

  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  take(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  text() {
    return new TextDecoder().decode(this.take(this.number()));
  }

  get isAtEnd() {
    return this.at === this.bytes.length;
  }
}

/** [id, contents] of each section. */
function* sections(module) {
  const reader = new Reader(module);
  reader.take(8);
  while (!reader.isAtEnd) yield [reader.take(1)[0], reader.take(reader.number())];
}

/** Names of functions by number, of the custom section `name`. */
function functionNames(contents) {
  const names = new Map();
  const reader = new Reader(contents);
  if (reader.text() !== 'name') return names;
  while (!reader.isAtEnd) {
    const kind = reader.take(1)[0];
    const part = new Reader(reader.take(reader.number()));
    if (kind !== 1) continue;
    for (let count = part.number(); count > 0; count--) names.set(part.number(), part.text());
  }
  return names;
}

/** What is in a module: [name, bytes] of its functions, and bytes of its data and of all else. */
export function weigh(module) {
  let [imported, data, names, bodies] = [0, 0, new Map(), []];
  for (const [id, contents] of sections(module)) {
    const reader = new Reader(contents);
    if (id === IMPORTS) imported = WebAssembly.Module.imports(new WebAssembly.Module(module)).length;
    else if (id === DATA) data = contents.length;
    else if (id === CODE) bodies = Array.from({ length: reader.number() }, () => reader.take(reader.number()).length);
    else if (id === CUSTOM) names = new Map([...names, ...functionNames(contents)]);
  }
  const functions = bodies.map((bytes, i) => [names.get(imported + i) ?? '(without a name)', bytes]);
  return { functions, data };
}

/** The file of assembly/ that a function is from, without its ending; the runtime's are together. */
function fileOf(name) {
  const [, path] = /^(?:assembly\/)([^#(<:~]+)\//.exec(name) ?? [];
  return path ?? (/^~lib|^export:|^~/.test(name) ? '(runtime)' : '(others)');
}

function folderOf(file) {
  const parts = file.split('/');
  return parts.length === 1 ? file : parts.slice(0, parts[0] === 'llm' && parts.length > 2 ? 2 : 1).join('/');
}

function table(pairs, total, most = Infinity) {
  const sums = new Map();
  for (const [name, bytes] of pairs) sums.set(name, (sums.get(name) ?? 0) + bytes);
  const rows = [...sums].sort(([, a], [, b]) => b - a).slice(0, most);
  for (const [name, bytes] of rows) {
    console.log(`${String(bytes).padStart(9)}  ${((100 * bytes) / total).toFixed(1).padStart(5)} %  ${name}`);
  }
}

const out = 'build/named.wasm';
const site = siteBytes().length;
await compile({
  entry: 'assembly/index.ts',
  out,
  abort: 'assembly/ic/trap/abort',
  transforms: [canisterModule(await readInterface(join(canister, 'llama.did'))), Callbacks],
  flags: ['--debug', ...callbackFlags],
});
const { functions, data } = weigh(readFileSync(join(canister, out)));
rmSync(join(canister, out));
const code = functions.reduce((sum, [, bytes]) => sum + bytes, 0);
const all = code + data + site;
if (process.argv.includes('--functions')) table(functions, all, 60);
else {
  const part = process.argv.includes('--files') ? fileOf : (name) => folderOf(fileOf(name));
  table([...functions.map(([name, bytes]) => [part(name), bytes]), ['(data)', data], ['(chat page)', site]], all);
}
console.log(`${String(all).padStart(9)}  code and data`);
