// The files of a project: what `init` writes. The official command line (icp.yaml), dfx (dfx.json) and this one use the
// same program, a copy in the project's own folder.
import { readFileSync } from 'node:fs';
import { WASM_MEMORY_LIMIT } from '../deploy/creation.js';
import { ownHash } from '../deploy/releases.js';
import { llamaDid, llamaWasm, version } from '../packages.js';

/** The folder of the program within the project. */
const PROGRAM = 'canister';

function icpYaml(name: string, sha256: string): string {
  return `# For the official command line: icp network start -d, then icp deploy.
# The program is that of llama-canister ${version()}; llama-canister verify-wasm says of which release it is.
canisters:
  - name: ${name}
    build:
      steps:
        - type: pre-built
          path: ${PROGRAM}/llama.wasm
          sha256: ${sha256}
    settings:
      # The model is in the heap: the 3 GiB that a canister has by default are too few for large ones.
      wasm_memory_limit: ${WASM_MEMORY_LIMIT}
`;
}

function dfxJson(name: string): string {
  const canister = {
    type: 'custom',
    wasm: `${PROGRAM}/llama.wasm`,
    candid: `${PROGRAM}/llama.did`,
    build: [],
    gzip: false,
    initialization_values: { wasm_memory_limit: Number(WASM_MEMORY_LIMIT) },
  };
  return `${JSON.stringify({ version: 1, canisters: { [name]: canister } }, null, 2)}\n`;
}

/** Ids of canisters on ic are worth keeping; those of local networks, and models, are not. */
const GITIGNORE = `# Canisters of local networks. Those of the main network (.llama-canister/ic.json, .icp/data) belong to the project.
.llama-canister/*
!.llama-canister/ic.json
.icp/cache/
.dfx/

# Models are large, and come again with: llama-canister pull
*.gguf
`;

/** The commands that come next, in this order. */
export function nextCommands(name: string): string[] {
  const canister = name === 'llama' ? '' : ` ${name}`;
  const option = name === 'llama' ? '' : ` --canister ${name}`;
  return [
    'llama-canister network start',
    `llama-canister deploy${canister}`,
    `llama-canister run hf:bartowski/SmolLM2-135M-Instruct-GGUF "Who are you?"${option}`,
  ];
}

function readme(name: string): string {
  const commands = nextCommands(name)
    .map((command) => `    npx ${command}`)
    .join('\n');
  return `# ${name}

A language model in a canister of the Internet Computer, with [llama-canister](https://www.npmjs.com/package/llama-canister).
You need Node 20.19 or newer.

${commands}

The last one pulls a model, uploads and loads it, and asks. Any GGUF model will do that \`llama-canister fit\` accepts.
\`llama-canister doctor\` says what is wrong where something is; \`llama-canister --help\` lists the commands.

## On the main network
The same commands with \`--network ic\`. \`run\` says what it costs first, and spends cycles with \`--yes\` only.

## With the official command lines
\`icp network start -d\` and \`icp deploy\` deploy the same program (icp.yaml), \`dfx start --background\` and \`dfx deploy\` do so too
(dfx.json). Then give the commands of llama-canister the canister's id with \`--canister\`, and the network's address with
\`--network\`.

| file | what it is |
| --- | --- |
| ${PROGRAM}/llama.wasm | the canister's program, of llama-canister ${version()} |
| ${PROGRAM}/llama.did | its interface |
`;
}

/** Paths within the project, with slashes, and what is in them. */
export async function projectFiles(name: string): Promise<Map<string, string | Uint8Array>> {
  const wasm = llamaWasm();
  return new Map<string, string | Uint8Array>([
    ['icp.yaml', icpYaml(name, await ownHash())],
    ['dfx.json', dfxJson(name)],
    ['.gitignore', GITIGNORE],
    ['README.md', readme(name)],
    [`${PROGRAM}/llama.wasm`, wasm],
    [`${PROGRAM}/llama.did`, readFileSync(llamaDid())],
  ]);
}
