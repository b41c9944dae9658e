import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

/**
 * Modules that the page never uses, although classes of the client and the agent import them, by the end of the file's
 * name; with what replaces them.
 */
const UNUSED: Readonly<Record<string, string>> = {
  // For canisters without generations, 20 KiB with their templates: the page reports such a canister as not supported.
  '/run-update/answer.js': `
    import { LlamaError } from '@llama-canister/client';
    export function runUpdateAnswer() {
      throw new LlamaError('refused', 'NO_GENERATIONS', 'this canister has no generations');
    }`,
  '/answers/decision.js': 'export const decide = undefined; export const decisionInput = undefined;',
  // Keeps the certificates of calls, which the page does not need; they are verified all the same.
  '/certified.js': 'export class CertifiedCalls { isQuery() { return true; } }',
  // Reports arguments of a wrong shape, which TypeScript finds in the page.
  '/wrong-argument.js': 'export const wrongArgument = () => {}; export const wrongArgumentOf = () => {};',
  '/options-shape.js':
    'export const modelOptions = {}; export const checkMessages = () => {}; export const checkPrompt = () => {};',
  // Keys of a kind that the page does not make.
  '/identity/ed25519.js': 'export class Ed25519KeyIdentity {} export class Ed25519PublicKey {}',
  // Signs idle users out, which the page does not do.
  '/idle-manager.js': 'export const IdleManager = undefined;',
  // The same checksum with a table that is computed, which saves 2 KiB.
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

/**
 * The shapes that arguments are checked against: TypeScript checks the page's arguments, and the canister checks them,
 * too.
 */
const CHECKS = /(?:^|\/)checked\.js$/;

const NO_CHECKS = `
  /* @__NO_SIDE_EFFECTS__ */ export const check = () => {};
  /* @__NO_SIDE_EFFECTS__ */ export const names = () => {};
  /* @__NO_SIDE_EFFECTS__ */ export const record = () => () => ({ entries: {} });`;

/** Leaves out of the client what the page has no use for, and its own copy of what the agent already brings. */
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

/** Imports chunks without Vite's preload helper: the page has their styles already, and nothing is loaded ahead. */
export function plainImports(): Plugin {
  const helper = '\0vite/preload-helper.js';
  return {
    name: 'plain-imports',
    enforce: 'pre',
    load: (id) => (id === helper ? 'export const __vitePreload = (load) => load();' : undefined),
  };
}

/**
 * Parts of libraries that nothing reaches, although no bundler can know it: the file, the part, and what replaces it.
 */
const CUTS: [file: RegExp, what: RegExp, instead: string][] = [
  // The page uses the lexer alone, not the parser, the renderer, or an instance with options.
  [
    /\bmarked\.esm\.js$/,
    /var (\w+)=new \w+;function \w+\(\w,\w\)\{return \1\.parse.*export\{.*\b(\w+) as Lexer,.*\};/s,
    'export{$2 as Lexer};',
  ],
  // Requests to wallets, which an identity provider does not get.
  [
    /\bsigner[\\/]lib[\\/]esm[\\/]signer\.js$/,
    /getSupportedStandards\(\) \{.*?\n {4}\}\n(?= {4}\/\*\*\n {5}\* Requests a delegation)|callCanister\(params\) \{.*?\n {4}\}\n(?= {4}\/\*\*\n {5}\* Sends a JSON-RPC)/gs,
    '',
  ],
  // Uploads to a network on the same machine that do not wait for each chunk: the page waits.
  [
    /[\\/]client[\\/]dist[\\/]canister\.js$/,
    /isLoopback\(agent\.host\) \? deliveriesOf\(agent, principal\) : undefined/,
    'undefined',
  ],
  // Keys of a subnet's nodes are kept as long as the page is open, and no longer.
  [/\bcreateExpirableStore\.js$/, /if \(typeof globalThis\.indexedDB.*?\n {4}\}\n/s, ''],
  // Hashing to the group of BLS12-381 that has the Internet Computer's public keys; messages are hashed to the other
  // one.
  [
    /\bbls12-381\.js$/,
    /const isogenyMapG2 = isogenyMap\(Fp2, \[.*?\n\]\.map\(.*?;\n/s,
    'const isogenyMapG2 = undefined;\n',
  ],
  // Signing, and checking many signatures at once: the page checks short signatures, one by one.
  [
    /\babstract[\\/]bls\.js$/,
    new RegExp(
      [
        ' *// P = pk x G\n.*?(?= *// Checks if pairing)',
        ' *verifyBatch\\(signature, messages, publicKeys\\) \\{.*?(?= *hash\\(messageBytes)',
        ' *function getPublicKey\\(.*?(?= *function verifyShortSignature)',
        ' *function aggregatePublicKeys\\(.*?(?= *G1\\.Point\\.BASE)',
        ' *longSignatures,\n.*?(?= *verifyShortSignature,\n)',
        ' *aggregatePublicKeys,\n.*?(?= *G1,\n)',
      ].join('|'),
      'gs',
    ),
    '',
  ],
];

/** Makes these cuts, and fails if a library has changed so that one of them finds nothing. */
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

/** Methods of the canister that the page never calls. */
const UNCALLED =
  'copy_prompt_cache cycle_balance_start_timer cycle_balance_stop_timer decide_poll download_kv_cache_chunk ' +
  'download_prompt_cache_chunk get_chats get_creation_timestamp_ns get_pinned_prefixes get_usage http_request ' +
  'pin_prefix pinned_prefix_text recursive_dir_content_update remove_log_file unpin_prefix upload_kv_cache_chunk ' +
  'upload_prompt_cache_chunk uploaded_prompt_cache_details v0_chat v1_chat';

/**
 * Leaves them out of the canister's interface, with the types that only they have. The build fails if one of them is
 * called after all.
 */
export function leanInterface(): Plugin {
  const uncalled = UNCALLED.split(' ');
  return {
    name: 'lean-interface',
    transform(code, id) {
      if (!/[\\/]generated[\\/]llama\.did\.js$/.test(id)) return undefined;
      let rest = code;
      for (const name of uncalled) {
        const shorter = rest.replace(new RegExp(`^ *'${name}': IDL\\.Func\\([^;]*?\\),\\n(?= *'|    \\}\\))`, 'm'), '');
        if (shorter === rest) return this.error(`${id}: there is no method ${name} any more`);
        rest = shorter;
      }
      for (let before = ''; before !== rest; ) {
        before = rest;
        rest = rest.replace(/^ *const (\w+) = IDL\.[^;]*;\n/gm, (type, name) =>
          new RegExp(`\\b${name}\\b`).test(before.replace(type, '')) ? type : '',
        );
      }
      return { code: rest, map: null };
    },
    generateBundle(_, bundle) {
      const code = Object.values(bundle).map((each) => ('code' in each ? each.code : ''));
      const called = uncalled.filter((name) => code.some((each) => new RegExp(`\\b${name}\\b`).test(each)));
      if (called.length > 0) this.error(`the page calls ${called.join()}, which its interface does not have`);
    },
  };
}
