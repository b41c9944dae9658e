import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

/** What nothing in the page has a use for, although the client's and the agent's classes do: by the end of a file's name. */
const UNUSED: Readonly<Record<string, string>> = {
  // Canisters without generations, 20 KiB with their templates: such a canister is answered as one that is not supported.
  '/run-update/answer.js': `
    import { LlamaError } from '@llama-canister/client';
    export function runUpdateAnswer() {
      throw new LlamaError('refused', 'NO_GENERATIONS', 'this canister has no generations');
    }`,
  '/answers/decision.js': 'export const decide = undefined; export const decisionInput = undefined;',
  // Certificates of calls are kept by nobody here; that they are right is looked at all the same.
  '/certified.js': 'export class CertifiedCalls { isQuery() { return true; } }',
  // Arguments of another shape, which TypeScript has found.
  '/wrong-argument.js': 'export const wrongArgument = () => {}; export const wrongArgumentOf = () => {};',
  '/options-shape.js':
    'export const modelOptions = {}; export const checkMessages = () => {}; export const checkPrompt = () => {};',
  // Keys that the page does not make.
  '/identity/ed25519.js': 'export class Ed25519KeyIdentity {} export class Ed25519PublicKey {}',
  // Nobody is signed out for having been away.
  '/idle-manager.js': 'export const IdleManager = undefined;',
  // The same sums with a table that is computed: 2 KiB.
  '/utils/getCrc.js': `
    const table = Uint32Array.from({ length: 256 }, (_, byte) => {
      for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
      return byte;
    });
    export function getCrc32(bytes) {
      let crc = -1;
      for (const byte of bytes) crc = table[(crc ^ byte) & 255] ^ (crc >>> 8);
      return (crc ^ -1) >>> 0;
    }`,
};

/** The shapes that arguments are checked against: TypeScript has done so for the page, and the canister does. */
const CHECKS = /(?:^|\/)checked\.js$/;

const NO_CHECKS = `
  /* @__NO_SIDE_EFFECTS__ */ export const check = () => {};
  /* @__NO_SIDE_EFFECTS__ */ export const names = () => {};
  /* @__NO_SIDE_EFFECTS__ */ export const record = () => () => ({ entries: {} });`;

/** Leaves out of the client what the page has no use for, and what the agent brings anyway. */
export function leanClient(): Plugin {
  const prefix = '\0lean ';
  return {
    name: 'lean-client',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (importer === undefined || importer.startsWith(prefix)) return undefined;
      const unused = Object.keys(UNUSED).find((name) => source.endsWith(name));
      if (unused) return prefix + unused;
      const isOfClient = /[\\/]packages[\\/]client[\\/]/.test(importer);
      const resolved = () => this.resolve(source, importer, { ...options, skipSelf: true });
      if (isOfClient && (source === 'valibot' || CHECKS.test(source))) return prefix + (await resolved())?.id;
      if (isOfClient && source === '@noble/hashes/sha2.js') {
        const agent = await this.resolve('@icp-sdk/core/agent', importer);
        return this.resolve('@noble/hashes/sha2', agent?.id);
      }
      return undefined;
    },
    async load(id) {
      if (!id.startsWith(prefix)) return undefined;
      const name = id.slice(prefix.length);
      if (UNUSED[name] !== undefined) return UNUSED[name];
      if (CHECKS.test(name)) return `export { badArgument, shown } from ${JSON.stringify(name)};${NO_CHECKS}`;
      const all = Object.keys(await import(pathToFileURL(name).href));
      return `/* @__NO_SIDE_EFFECTS__ */ const nothing = () => {}; export { ${all.map((each) => `nothing as ${each}`).join()} };`;
    },
  };
}

/** Chunks are asked for as they are: their styles are in the page, and nothing is asked for ahead. */
export function plainImports(): Plugin {
  const helper = '\0vite/preload-helper.js';
  return {
    name: 'plain-imports',
    enforce: 'pre',
    load: (id) => (id === helper ? 'export const __vitePreload = (load) => load();' : undefined),
  };
}

/** Parts of libraries that nothing reaches and no bundler can know to be so: where, what, and what stands in its place. */
const CUTS: [file: RegExp, what: RegExp, instead: string][] = [
  // Beside its lexer: a parser, a renderer, and an instance with options.
  [
    /\bmarked\.esm\.js$/,
    /var (\w+)=new \w+;function \w+\(\w,\w\)\{return \1\.parse.*export\{.*\b(\w+) as Lexer,.*\};/s,
    'export{$2 as Lexer};',
  ],
  // What is asked of a wallet, and not of who signs people in.
  [
    /\bsigner[\\/]lib[\\/]esm[\\/]signer\.js$/,
    /getSupportedStandards\(\) \{.*?\n {4}\}\n(?= {4}\/\*\*\n {5}\* Requests a delegation)|callCanister\(params\) \{.*?\n {4}\}\n(?= {4}\/\*\*\n {5}\* Sends a JSON-RPC)/gs,
    '',
  ],
  // Keys of a subnet's nodes are known for as long as the page is open, and not for longer.
  [/\bcreateExpirableStore\.js$/, /if \(typeof globalThis\.indexedDB.*?\n {4}\}\n/s, ''],
  // Maps to the group of BLS12-381 that the Internet Computer's keys are in: signatures are in the other one.
  [
    /\bbls12-381\.js$/,
    /const isogenyMapG2 = isogenyMap\(Fp2, \[.*?\n\]\.map\(.*?;\n/s,
    'const isogenyMapG2 = undefined;\n',
  ],
];

/** Cuts them, and fails where a library has changed so that there is nothing to be cut. */
export function cuts(): Plugin {
  return {
    name: 'cuts',
    transform(code, id) {
      const cut = CUTS.find(([file]) => file.test(id));
      if (!cut) return undefined;
      const rest = code.replace(cut[1], cut[2]);
      return rest === code ? this.error(`${id}: there is nothing to be cut any more`) : { code: rest, map: null };
    },
  };
}
