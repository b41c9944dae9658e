/** The documents whose commands are run in order, and what has to be there first. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FakeHub } from '../../packages/cli/src/models/hub.test-support.js';
import { typedIn } from '../documents.js';
import { root, tinyChat } from './model.js';
import type { Cli } from './process.js';

/** What is done before the lines that a pattern fits. */
type Before = readonly (readonly [RegExp, (cli: Cli) => unknown])[];

export interface Scenario {
  /** On one network, one after the other. */
  documents: readonly string[];
  /** Whether it takes too long for `npm test`. */
  isFull: boolean;
  /** Where there is a stand-in of the hub. */
  hub?: FakeHub;
  environment?: Readonly<Record<string, string>>;
  prepare(cli: Cli): Promise<void>;
  before?: Before;
  /** A line that is left for the end. */
  last?: string;
}

const model = (cli: Cli, name = 'model.gguf') => copyFileSync(tinyChat, join(cli.folder, name));

/** A canister that has a model. */
async function loaded(cli: Cli): Promise<void> {
  model(cli);
  await cli.json('network', 'start', '--port', '0');
  await cli.json('deploy');
  await cli.json('upload', 'model.gguf');
}

const hub = new FakeHub();

/** Jobs up to this number. */
async function jobs(cli: Cli, last: number): Promise<void> {
  for (let id = 0; id < last; ) id = Number((await cli.json('ask', 'Hi', '-n', '1', '--keep')).id);
}

/** The project no longer has a canister of this name. */
function forget(cli: Cli, name: string): void {
  for (const network of ['local', 'ic']) {
    const path = join(cli.folder, `.llama-canister/${network}.json`);
    if (!existsSync(path)) continue;
    const { canisters, ...rest } = JSON.parse(readFileSync(path, 'utf8'));
    delete canisters[name];
    writeFileSync(path, JSON.stringify({ ...rest, canisters }));
  }
}

/** What the examples of the reference, which are read one by one, take for granted. */
const reference: Before = [
  [/ network start/, (cli) => cli.run(['network', 'stop'])],
  [/ run qwen /, (cli) => cli.json('cp', 'model.gguf', 'qwen')],
  [/ cp hf:\S+ qwen$/, (cli) => cli.json('rm', 'qwen')],
  [/ show tiny-chat-q8_0$/, (cli) => cli.json('cp', 'model.gguf', 'tiny-chat-q8_0')],
  [
    / rm model\.gguf --canister llama$/,
    async (cli) => {
      // The loaded model is not removed, so another one is loaded.
      await cli.json('upload', 'model.gguf', '--as', 'another.gguf');
      await cli.json('load', 'another.gguf');
      await cli.json('upload', 'model.gguf');
    },
  ],
  [/ ask --attach 7 /, (cli) => jobs(cli, 7)],
  [
    / (first|--canister first) /,
    async (cli) => {
      for (const name of ['first', 'second', 'third']) await cli.json('deploy', name);
    },
  ],
  [/ sessions show chat$/, (cli) => cli.json('chat', 'Hi', '--session', 'chat', '-n', '1')],
  [/ files put grammar\.gbnf$/, (cli) => writeFileSync(join(cli.folder, 'grammar.gbnf'), 'root ::= "a"')],
  [/ files rm old\.gguf$/, (cli) => cli.json('files', 'put', 'model.gguf', 'old.gguf')],
  [/ restore saved --canister other$/, (cli) => cli.json('deploy', 'other')],
  [/ clone llama llama-2$/, (cli) => forget(cli, 'llama-2')],
  [
    / --identity key\.pem/,
    (cli) => copyFileSync(join(cli.folder, 'config/llama-canister/identity.pem'), join(cli.folder, 'key.pem')),
  ],
];

export const scenarios: readonly Scenario[] = [
  {
    documents: ['README.md', 'docs/decide.md', 'packages/gateway/README.md', 'examples/gateway/README.md'],
    isFull: false,
    async prepare(cli) {
      symlinkSync(join(root, 'models'), join(cli.folder, 'models'));
    },
    last: 'npx llama-canister network stop',
  },
  {
    documents: ['packages/cli/README.md'],
    isFull: true,
    async prepare(cli) {
      model(cli);
    },
    last: 'llama-canister network stop',
  },
  { documents: ['docs/payment.md'], isFull: true, prepare: loaded },
  {
    documents: ['docs/moving.md'],
    isFull: true,
    async prepare(cli) {
      await loaded(cli);
      // The file that is fetched from the canister must not be here already.
      rmSync(join(cli.folder, 'model.gguf'));
    },
  },
  {
    documents: ['docs/llm-canister.md', 'examples/motoko-agent/README.md'],
    isFull: true,
    async prepare(cli) {
      model(cli, 'my-model.gguf');
    },
    before: [[/network start/, (cli) => cli.run(['network', 'stop'])]],
  },
  {
    documents: ['packages/network/README.md'],
    isFull: true,
    prepare: async () => {},
  },
  {
    documents: ['docs/local.md'],
    isFull: true,
    async prepare(cli) {
      model(cli);
    },
  },
  {
    documents: ['docs/cost.md'],
    isFull: true,
    async prepare(cli) {
      model(cli);
    },
  },
  {
    documents: ['docs/administration.md'],
    isFull: true,
    async prepare(cli) {
      await loaded(cli);
      await cli.json('load', 'model.gguf');
    },
  },
  {
    documents: ['docs/mainnet.md'],
    isFull: true,
    environment: { LLAMA_CANISTER_IC: 'local' },
    async prepare(cli) {
      model(cli);
    },
  },
  {
    documents: ['docs/cli.md'],
    isFull: true,
    hub,
    environment: { LLAMA_CANISTER_IC: 'local' },
    async prepare(cli) {
      for (const name of ['model.gguf', 'qwen2.5-0.5b-instruct-q8_0.gguf']) model(cli, name);
      mkdirSync(join(cli.folder, 'models'));
      for (const name of ['mine.gguf', 'tiny.gguf']) model(cli, join('models', name));
      for (const name of ['.local/share/bash-completion/completions', '.zfunc', '.config/fish/completions'])
        mkdirSync(join(cli.folder, name), { recursive: true });
      for (const name of [
        'bartowski/SmolLM2-135M-Instruct-GGUF/SmolLM2-135M-Instruct-Q8_0.gguf',
        'Qwen/Qwen2.5-0.5B-Instruct-GGUF/qwen2.5-0.5b-instruct-q8_0.gguf',
      ])
        hub.files.set(name, readFileSync(tinyChat));
      hub.files.set('library/qwen2.5:0.5b', readFileSync(tinyChat));
    },
    before: reference,
  },
];

/** Lines for the shell of this machine that have to do with the command line or the network, and no other program of ours. */
const isOurs = (line: string) => /^(npx )?(llama-canister|ic-network) /.test(line);

/** The lines of a scenario, in order, each once. */
export function linesOf({ documents, last }: Scenario): string[] {
  const lines = documents.flatMap(typedIn).filter(isOurs);
  if (last === undefined) return lines;
  return [...new Set(lines.filter((line) => line !== last)), last];
}
