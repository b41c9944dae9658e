/** The pages of the site in groups: [title, address]. */
export const groups = [
  {
    text: 'Guide',
    items: [
      ['What it is, and the first answer', '/'],
      ['The command line', '/packages/cli/'],
      ['The local network', '/docs/local'],
      ['Cost', '/docs/cost'],
      ['Main net', '/docs/mainnet'],
      ['Agents in Motoko and Rust', '/docs/llm-canister'],
      ['The chat page', '/docs/page'],
      ['The gateway', '/packages/gateway/'],
      ['Programs in TypeScript', '/packages/client/'],
      ['The local network in programs', '/packages/network/'],
      ['Administration', '/docs/administration'],
      ['Payment', '/docs/payment'],
      ['Moving over from llama_cpp_canister', '/docs/moving'],
    ],
  },
  {
    text: 'What the canister does',
    items: [
      ['Sessions and models', '/docs/sessions-and-models'],
      ['Generations', '/docs/generations'],
      ['Decisions by probabilities', '/docs/decide'],
      ['Chat templates', '/docs/templates'],
      ['Chat formats', '/docs/chat-formats'],
      ['Grammars', '/docs/grammars'],
    ],
  },
  {
    text: 'Reference',
    items: [
      ['Methods', '/docs/methods'],
      ['Flags', '/docs/flags'],
      ['Commands', '/docs/cli'],
      ['HTTP', '/docs/http'],
      ['Client API', '/api/client/'],
      ['Network API', '/api/network/'],
      ['Gateway API', '/api/gateway/'],
      ['Glossary', '/docs/glossary'],
    ],
  },
  {
    text: 'How it works',
    items: [
      ['Architecture', '/docs/architecture'],
      ['The way of a token', '/docs/way-of-a-token'],
      ['The engine', '/docs/engine'],
      ['Metering', '/docs/metering'],
      ['Performance', '/docs/performance'],
      ['Conformance', '/docs/conformance'],
      ['Security', '/docs/security'],
    ],
  },
  {
    text: 'Taking part',
    items: [
      ['Contributing', '/CONTRIBUTING'],
      ['Development', '/docs/development'],
      ['Changes', '/CHANGELOG'],
    ],
  },
];
