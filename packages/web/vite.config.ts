import { defineConfig } from 'vite';
import { cuts, leanClient, leanInterface, plainImports } from './plugins/lean-client.js';

const NETWORK = new RegExp(
  [
    '@icp-sdk[\\\\/]core|@noble|@dfinity|\0lean ',
    '[\\\\/]client[\\\\/]dist[\\\\/](?!upload|parallel|load|file-source|sha256|source|management|gguf)',
    'src[\\\\/](network[\\\\/]connection|identity[\\\\/]browser-key)',
  ].join('|'),
);

export default defineConfig({
  root: import.meta.dirname,
  // The page is wherever it is put: at the root of a host, or below one.
  base: './',
  plugins: [leanClient(), leanInterface(), plainImports(), cuts()],
  // Whatever NODE_ENV is: what is built has no names of files in it.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    target: 'es2023',
    // Nothing inline: the page's content security policy allows none of it.
    assetsInlineLimit: 0,
    modulePreload: false,
    cssCodeSplit: false,
    reportCompressedSize: false,
    // No getter that the page or its libraries read has an effect: what is read and not used is left out.
    rolldownOptions: {
      treeshake: { propertyReadSideEffects: false },
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          // One chunk for what chats talk to the network with; the client's uploads and the like come with the administration.
          groups: [{ name: 'network', test: NETWORK }],
        },
      },
    },
  },
});
