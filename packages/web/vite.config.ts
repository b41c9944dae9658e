import { defineConfig } from 'vite';
import { withoutOlderCanisters } from './plugins/without-older-canisters.js';

export default defineConfig({
  root: import.meta.dirname,
  // The page is wherever it is put: at the root of a host, or below one.
  base: './',
  plugins: [withoutOlderCanisters()],
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
    rolldownOptions: { treeshake: { propertyReadSideEffects: false } },
  },
});
