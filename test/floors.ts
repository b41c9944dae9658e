/**
 * The floors of every house, from the ground up: what stands on one imports only from itself and from what is below. A name
 * is a folder, with all that is in it and is not named by itself, or a file without its ending.
 */
export interface House {
  /** Where it is. */
  folder: string;
  /** What its files end with, if not with `ts`. */
  ending?: 'ts' | 'mjs';
  floors: string[][];
  /** What is below and is not to be known all the same: [who, of what]. */
  apart?: [string, string][];
  /** Packages of ours that it may import. */
  packages?: string[];
  /** What the build makes, outside the folder, and the one file that imports it. */
  built?: { file: string; by: string };
  doors?: Door[];
}

/** What is behind a door is known by what goes through it only. */
interface Door {
  into: string;
  /** Who is outside. */
  from: string;
  /** The files that are imported from there: the door itself, and plain types that it takes and gives. */
  by: string[];
  /** Ways in that those outside do not go. */
  not: RegExp;
}

export const houses: House[] = [
  {
    folder: 'canister/assembly',
    floors: [
      // What all may use.
      ['problem', 'prices', 'utf8'],
      ['memory'],
      ['json'],
      // The Internet Computer, and files in stable memory.
      ['ic'],
      ['storage'],
      // The engine, which knows neither.
      ['llm/budget', 'llm/bytes', 'llm/outcome', 'llm/ordered-bits'],
      ['llm/kernels', 'llm/gguf'],
      ['llm/quant', 'llm/tokenizer'],
      ['llm/sampling'],
      ['llm/cache'],
      ['llm/regular', 'llm/template'],
      ['llm/grammar', 'llm/model'],
      ['llm/schema', 'llm/model/architectures'],
      ['llm/fit', 'llm/chat-format'],
      ['llm/loading'],
      ['llm/survey', 'llm/examination', 'llm/evaluation', 'llm/shown-text'],
      ['llm/generation', 'llm/decision', 'llm/model-facts'],
      ['llm/loaded-model'],
      ['llm/engine'],
      // What the canister does with it.
      ['service/replies'],
      ['service/settings'],
      ['service/limits'],
      ['service/access'],
      ['service/quotas', 'service/flags', 'service/payment'],
      ['service/logs', 'service/engine'],
      ['service/warm'],
      ['service/prefixes'],
      ['service/models'],
      ['service/sessions'],
      ['service/chat'],
      ['service/runs', 'service/files', 'service/decisions', 'service/tokens'],
      ['service/generations'],
      ['service/llm-canister'],
      ['service/maintenance', 'service/reports'],
      ['service/http'],
      ['methods'],
      ['methods.generated', 'engine-entry'],
      ['index', 'testing'],
    ],
    doors: [
      {
        into: 'llm',
        from: 'service',
        by: [
          'llm/engine',
          'llm/outcome',
          // What it is given: work, bytes, and what a model is loaded with.
          'llm/budget',
          'llm/bytes',
          'llm/gguf/overrides',
          'llm/model/load-options',
          // What a sequence is to whoever keeps one: a handle, a record to be written down, and who is told that it goes.
          'llm/cache/sequence',
          'llm/cache/sequence-state',
          'llm/cache/owner',
          // Where blocks of keys and values are kept outside of the heap, and how a number of what they depend on is made.
          'llm/cache/block-store',
          'llm/cache/kept-blocks',
          'llm/cache/stored-block',
          // What is asked of a generation, and what it comes to. Flags are made of the settings.
          'llm/sampling/settings',
          'llm/sampling/parameters',
          'llm/sampling/order',
          'llm/generation/request',
          'llm/generation/prepared-request',
          'llm/generation/limits',
          'llm/generation/generation',
          'llm/generation/stop',
          // What is asked of an answer, and the events that it comes to.
          'llm/generation/answer-request',
          'llm/generation/prepared-answer',
          'llm/generation/answer',
          'llm/generation/probabilities',
          // How logarithms of probabilities are added up.
          'llm/decision/log-sum',
          'llm/template/continues',
          'llm/chat-format/chat-format',
          'llm/chat-format/chat-constraint',
          'llm/chat-format/instructions',
          'llm/chat-format/events',
          'llm/chat-format/tools',
        ],
        not: /\bengine\.loaded\b/,
      },
    ],
    built: { file: '../build/site', by: 'service/http/archive' },
    apart: [
      ['storage', 'llm'],
      ['llm', 'ic'],
      ['llm', 'storage'],
    ],
  },
  {
    folder: 'packages/network/src',
    floors: [
      ['clock'],
      ['wasm'],
      ['protocol'],
      ['storage'],
      ['execution'],
      ['state'],
      ['scheduling'],
      ['management'],
      ['system-canisters'],
      ['gateway'],
      ['http'],
      ['network-options', 'network-error'],
      ['network'],
      ['index', 'launcher', 'main'],
    ],
  },
  {
    folder: 'packages/client/src',
    floors: [
      ['errors'],
      ['checks'],
      ['retry', 'rejects', 'source', 'unopened', 'fees'],
      ['polling', 'generated', 'gguf', 'pem', 'sha256'],
      ['replies', 'certified', 'wrong-argument'],
      ['canister', 'connect', 'management', 'model-card', 'jinja', 'messages'],
      ['template-fallback', 'stop-texts', 'pace', 'continuation', 'file-source', 'cost', 'answers', 'admin'],
      ['template', 'generation', 'load', 'parallel-upload', 'upload-progress'],
      ['chat', 'loaded-format', 'upload'],
      ['run-update'],
      ['client-options'],
      ['client'],
      ['conversation'],
      ['index', 'node'],
    ],
  },
  {
    folder: 'packages/gateway/src',
    floors: [
      ['refusal'],
      ['backend'],
      ['failures'],
      ['canister', 'fleet', 'known-models', 'state'],
      // What is asked, what is answered: the same for all interfaces.
      ['asking', 'answering'],
      ['faces/desk', 'faces/shapes'],
      ['guards', 'faces/answer', 'faces/pages'],
      ['faces/revived'],
      ['faces/streams'],
      // One interface each; none knows another.
      ['faces/openai', 'faces/anthropic', 'faces/ollama', 'faces/llama-cpp', 'faces/decide', 'mcp'],
      ['app'],
      ['server'],
      ['index'],
    ],
    packages: ['@llama-canister/client'],
  },
  {
    folder: 'packages/cli/src',
    floors: [
      ['exit-codes', 'shell-word', 'packages', 'free-port', 'file-sha256', 'command-path'],
      ['hints', 'interrupt'],
      ['output'],
      ['failure'],
      ['amounts', 'config', 'candid-text', 'table'],
      ['progress', 'network-process'],
      ['context', 'upload-bars'],
      ['quiet'],
      ['one-text', 'run', 'inspect', 'deploy', 'demo', 'chat', 'serve', 'web'],
      ['models'],
      ['admin', 'smoke', 'doctor', 'manual', 'init'],
      ['commands'],
      ['program'],
      ['main'],
    ],
    packages: [
      '@llama-canister/client',
      '@llama-canister/client/node',
      '@llama-canister/gateway',
      '@llama-canister/network',
    ],
  },
  {
    folder: 'packages/web/src',
    floors: [
      ['texts'],
      ['network/places', 'conversations', 'markdown'],
      ['store'],
      ['identity'],
      ['network'],
      ['chat'],
      ['ui'],
      ['administration'],
      ['main'],
    ],
    packages: ['@llama-canister/client'],
  },
  {
    folder: 'canister/scripts',
    ending: 'mjs',
    floors: [
      [
        'sha256',
        'callbacks',
        'compile',
        'unicode',
        'candid/types',
        'candid/header',
        'candid/interface',
        'candid/marks',
        'site/hash-tree',
        'site/files',
        'site/place',
      ],
      ['site/response'],
      ['site/site'],
      ['site/archive'],
      ['site/embed'],
      ['canister-module', 'methods-reference', 'tensor-types', 'candid', 'kernels/text'],
      ['kernels/attention', 'kernels/matrix', 'kernels/packed', 'methods'],
      ['kernels'],
      ['generate'],
      ['build', 'size', 'golden-canister', 'golden-kernels'],
    ],
  },
  {
    folder: 'scripts',
    ending: 'mjs',
    floors: [
      ['ready'],
      ['each-test-file', 'slow-tests', 'oracle', 'clean-clone', 'release-texts'],
      ['reproduce', 'release'],
      ['demo', 'test', 'references', 'template-references'],
    ],
  },
];
