/**
 * The floors of every house, from the ground up: a floor imports only from itself and from lower ones. A name is a
 * folder, with everything in it that has no name here, or a file without its ending.
 */
export interface House {
  /** The house's folder. */
  folder: string;
  /** The ending of its files; default: `ts`. */
  ending?: 'ts' | 'mjs';
  floors: string[][];
  /** Lower files that a file must not import all the same: [file, imported file]. */
  apart?: [string, string][];
  /** Our packages that it may import. */
  packages?: string[];
  /** A file that the build makes outside of the folder, and the one file that imports it. */
  built?: { file: string; by: string };
  doors?: Door[];
}

/** A room behind a door is imported through the door only. */
interface Door {
  into: string;
  /** The folder outside of the door. */
  from: string;
  /** The files that are imported from there: the door itself, and the plain types that it takes and returns. */
  by: string[];
  /** Names that files outside do not import. */
  not: RegExp;
}

export const houses: House[] = [
  {
    folder: 'canister/assembly',
    floors: [
      // Files for everybody.
      ['problem', 'prices', 'utf8'],
      ['memory'],
      ['json'],
      // The Internet Computer, and files in stable memory.
      ['ic'],
      ['storage'],
      // The engine, which knows neither the Internet Computer nor files.
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
      // The canister's service, on top of the engine.
      ['service/replies'],
      ['service/settings'],
      ['service/limits'],
      ['service/access'],
      ['service/quotas', 'service/flags', 'service/payment'],
      ['service/logs', 'service/engine'],
      ['service/warm', 'service/images'],
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
          // What the engine takes: budgets, bytes, and the settings of a model.
          'llm/budget',
          'llm/bytes',
          'llm/gguf/overrides',
          'llm/model/load-options',
          // The owner of a sequence has a handle, a record to store, and a listener that hears when the sequence goes.
          'llm/cache/sequence',
          'llm/cache/sequence-state',
          'llm/cache/owner',
          // Where blocks of keys and values are stored outside of the heap, and how the key of a block is computed.
          'llm/cache/block-store',
          'llm/cache/kept-blocks',
          'llm/cache/stored-block',
          // Where a model's weights are kept outside of the heap, and what is said there about them.
          'llm/model/weight-store',
          'llm/model/packed-image',
          // The settings and results of a generation. Flags are made of the settings.
          'llm/sampling/settings',
          'llm/sampling/parameters',
          'llm/sampling/order',
          'llm/generation/request',
          'llm/generation/prepared-request',
          'llm/generation/limits',
          'llm/generation/generation',
          'llm/generation/stop',
          // The request for an answer, and the events of an answer.
          'llm/generation/answer-request',
          'llm/generation/prepared-answer',
          'llm/generation/answer',
          'llm/generation/probabilities',
          // The sum of logarithms of probabilities.
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
      ['polling', 'generated', 'gguf', 'pem', 'sha256', 'connect'],
      ['replies', 'certified', 'deliveries', 'wrong-argument'],
      ['canister', 'management', 'model-card', 'jinja', 'messages'],
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
      // Requests and answers: the same for all interfaces.
      ['asking', 'answering'],
      ['faces/desk', 'faces/shapes'],
      ['guards', 'faces/answer', 'faces/pages'],
      ['faces/revived'],
      ['faces/streams'],
      // One folder for each interface; they do not import each other.
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
