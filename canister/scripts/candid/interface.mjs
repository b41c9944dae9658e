// A .did file as data: its methods and their types, with a name for every record and variant.
//
//   type  { kind: 'nat64' | 'text' | ... }              a primitive, named as in the .did
//         { kind: 'blob' }
//         { kind: 'opt' | 'vec', content: type }
//         { kind: 'record' | 'variant', name, fields: [{ label, id, type }] }     fields sorted by id
//
// Recursive types are cyclic objects. Parsing is @icp-sdk/bindgen's, types are walked with @icp-sdk/core's visitor.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { generate } from '@icp-sdk/bindgen/core';
import { IDL, idlLabelToId } from '@icp-sdk/core/candid';

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

/** `file_upload_chunk` -> `FileUploadChunk`, `_0_` -> `0`. */
export function pascalCase(label) {
  return label
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** Makes the types of this module from IDL objects, one object for each, so that equal types stay one. */
class Types extends IDL.Visitor {
  #types = new Map();
  #names;

  /** @param {Map<IDL.Type, string>} names the types that the .did gives a name */
  constructor(names) {
    super();
    this.#names = names;
  }

  /** @param {string} context a name for the type if it has none of its own */
  of(type, context) {
    return this.#types.get(type) ?? type.accept(this, { context, aliases: [type] });
  }

  /** Registers a type before its content is visited, which may contain it. */
  #register(type, aliases, model) {
    for (const alias of [type, ...aliases]) this.#types.set(alias, model);
    return model;
  }

  #fields(name, fields) {
    return fields
      .map(([label, type]) => ({ label, id: idlLabelToId(label), type: this.of(type, name + pascalCase(label)) }))
      .sort((a, b) => a.id - b.id);
  }

  #name(aliases, context) {
    return aliases.map((alias) => this.#names.get(alias)).find((name) => name !== undefined) ?? context;
  }

  visitPrimitive(type, { aliases }) {
    return this.#register(type, aliases, { kind: type.name });
  }

  visitRec(type, content, { context, aliases }) {
    return content.accept(this, { context, aliases: [...aliases, type, content] });
  }

  visitOpt(type, content, { context, aliases }) {
    const model = this.#register(type, aliases, { kind: 'opt', content: undefined });
    model.content = this.of(content, this.#name([type, ...aliases], context));
    return model;
  }

  visitVec(type, content, { context, aliases }) {
    if (content.name === 'nat8') {
      return this.#register(type, aliases, { kind: 'blob' });
    }
    const model = this.#register(type, aliases, { kind: 'vec', content: undefined });
    model.content = this.of(content, this.#name([type, ...aliases], context));
    return model;
  }

  visitRecord(type, fields, { context, aliases }) {
    const name = this.#name([type, ...aliases], context);
    const model = this.#register(type, aliases, { kind: 'record', name, fields: [] });
    model.fields = this.#fields(name, fields);
    return model;
  }

  visitVariant(type, fields, { context, aliases }) {
    const name = this.#name([type, ...aliases], context);
    const model = this.#register(type, aliases, { kind: 'variant', name, fields: [] });
    model.fields = this.#fields(name, fields);
    return model;
  }

  visitConstruct(type) {
    throw new Error(`${type.display()}: functions and services as values are not supported by the generator yet`);
  }
}

/** What the parser makes of a .did file is kept here: it takes a second, and nearly every test of the canister reads one. */
const kept = join(root, 'node_modules', '.cache', 'llama-canister', 'candid');

/** Changes with anything that the parser's output depends on. */
function digest(file) {
  const hash = createHash('sha256').update(basename(file));
  for (const source of [file, fileURLToPath(import.meta.url), join(root, 'package-lock.json')])
    hash.update('\n').update(readFileSync(source));
  return hash.digest('hex').slice(0, 32);
}

/**
 * The types and the service of a .did file as objects of @icp-sdk/core's IDL.
 * @param {string} file   one that imports no other
 */
export async function importDeclarations(file) {
  const folder = join(kept, digest(file));
  const declarations = join(folder, `${basename(file, '.did')}.did.js`);
  if (!existsSync(declarations)) {
    mkdirSync(kept, { recursive: true });
    const draft = mkdtempSync(join(kept, 'draft-'));
    await generate({
      didFile: file,
      outDir: draft,
      output: { actor: { disabled: true }, declarations: { flat: true, rootExports: true } },
    });
    try {
      renameSync(draft, folder);
    } catch (error) {
      // Another process may have been first.
      if (!existsSync(declarations)) throw error;
      rmSync(draft, { recursive: true });
    }
  }
  const { idlService, idlInitArgs, idlFactory, init, ...types } = await import(pathToFileURL(declarations).href);
  return { service: idlService, types };
}

/**
 * Reads a .did file.
 * @param {string} file
 * @returns {Promise<{ text: string, methods: { name: string, mode: 'update' | 'query' | 'composite_query',
 *   parameters: object[], results: object[] }[] }>}
 */
export async function readInterface(file) {
  const { service, types: named } = await importDeclarations(file);
  const types = new Types(new Map(Object.entries(named).map(([name, type]) => [type, name])));
  const methods = service._fields.map(([name, func]) => {
    const pascal = pascalCase(name);
    return {
      name,
      mode: ['composite_query', 'query'].find((mode) => func.annotations.includes(mode)) ?? 'update',
      parameters: func.argTypes.map((type, i) => types.of(type, `${pascal}Argument${i}`)),
      results: func.retTypes.map((type, i) => types.of(type, `${pascal}Result${i}`)),
    };
  });
  return { text: readFileSync(file, 'utf8'), methods };
}
