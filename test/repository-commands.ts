/** Commands of documents that are no user's: who runs them, or why nobody does. */

/** Run by test/repository-commands.full.test.ts in the repository's folder, or in another one. */
export const ranHere: readonly { line: string; folder?: string; there?: string }[] = [
  { line: 'npm run demo' },
  { line: 'npm run demo -- --web', there: 'http://' },
  { line: 'npm run generate -w canister' },
  { line: 'npm run generate -w packages/client' },
  { line: 'npm run generate -w packages/cli' },
  { line: 'node canister/scripts/unicode.mjs' },
  { line: 'npm run size -w canister' },
  { line: 'npm run build -w packages/web' },
  { line: 'npm run size -w packages/web' },
  { line: 'npm run dev -w packages/web', there: 'Local:' },
  { line: 'npm run bench -- --saved' },
  { line: 'npm run conformance' },
  { line: 'npm run conformance -- --json' },
  { line: 'node packages/network/bench/memory.mjs' },
  { line: 'node packages/network/bench/speed.mjs' },
  { line: 'sha256sum -c build/SHA256SUMS', folder: 'canister' },
  { line: 'npm run lint' },
];

/** Run by other files, which have that text. */
export const ranElsewhere: readonly { command: RegExp; by: string; text: string }[] = [
  { command: /^(\w+=\S+ )*npx vitest( run |$)/, by: 'vitest.config.ts', text: 'include' },
  { command: /^npm (test|ci|run (test:full|build))( |$)/, by: '.ci/run', text: 'npm test' },
  { command: /^npm run docs$/, by: 'test/docs-site.full.test.ts', text: 'docs-site/build.mjs' },
  { command: /^npm run (reproduce|release -- \S+ --dry-run)$/, by: 'test/release.full.test.ts', text: 'release.mjs' },
  { command: /^npm publish --dry-run$/, by: 'scripts/release.mjs', text: "'publish'" },
  {
    command: /^(\w+=\S+ )?icp network start( -d)?$/,
    by: 'test/icp/launcher.test.ts',
    text: 'ICP_CLI_NETWORK_LAUNCHER_PATH',
  },
  { command: /^icp (identity new|deploy|canister)\b/, by: 'test/icp/launcher.test.ts', text: "icp('deploy')" },
  { command: /^icp (cycles|token|identity account-id)\b/, by: 'test/icp/connected.test.ts', text: 'cycles mint' },
  { command: /^icp identity export$/, by: 'test/icp/init.test.ts', text: 'identity export' },
  { command: /^export LLAMA_CANISTER_IC=local$/, by: 'test/cli/scenarios.ts', text: "LLAMA_CANISTER_IC: 'local'" },
];

/** Run by nobody. */
export const ranByNobody: readonly { command: RegExp; why: string }[] = [
  {
    command: /^git push --follow-tags$|^npm run release( -- [\d.]+)?$/,
    why: 'they publish; with --dry-run they are run',
  },
  { command: /^npm run reproduce -- v0\.2\.0$/, why: 'a release that is still to come' },
  { command: /^npm run format\b/, why: 'it writes; npm run lint is the same without' },
  { command: /^node docs-site\/build\.mjs --dev$/, why: 'the same as npm run docs, in a server' },
  {
    command: /^npm run bench( -- .*)?$/,
    why: 'they measure for long; test/bench.full.test.ts has all cases, test/documents.test.ts the flags',
  },
  {
    command: /^npm run conformance -- --(save|wide|dir DIR)/,
    why: 'they write, or need what is not in a clone; test/conformance.full.test.ts compares the same',
  },
  {
    command: /^node (scripts\/references|canister\/scripts\/golden-canister)\.mjs/,
    why: 'they record what is compared with: an older canister, or llama.cpp',
  },
  {
    command: /^(apt-get install|cd|(\/usr\/bin\/)?python3 \w+\.py)\b/,
    why: 'the training takes days; test/cli has what came of it',
  },
  {
    command: /^(dfx|python -m scripts\.)/,
    why: 'they are of llama_cpp_canister and dfx; the table says what takes their place',
  },
];
