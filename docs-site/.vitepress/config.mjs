// The site: pages in groups. Every page of docs/ has to be in one of them; build.mjs has copied them to pages/.
import { readdirSync } from 'node:fs';
import { defineConfig } from 'vitepress';
import { groups } from './groups.mjs';

const listed = new Set(groups.flatMap(({ items }) => items.map(([, link]) => link)));
const missing = readdirSync(new URL('../pages/docs', import.meta.url))
  .filter((name) => name.endsWith('.md'))
  .filter((name) => !listed.has(`/docs/${name.replace(/\.md$/, '')}`));
if (missing.length > 0) throw new Error(`docs-site/.vitepress/groups.mjs has not: ${missing.join(', ')}`);

/** As GitHub makes them of headings, so that links lead to the same places in the files and on the site. */
const slugify = (heading) =>
  heading
    .toLowerCase()
    .trim()
    .replace(/[^\p{L}\p{N}\-_ ]/gu, '')
    .replaceAll(' ', '-');

export default defineConfig({
  title: 'llama-canister',
  description: 'A language model as a smart contract: a GGUF model inside an Internet Computer canister',
  srcDir: 'pages',
  outDir: 'dist',
  cacheDir: '.vitepress/cache',
  cleanUrls: true,
  markdown: { anchor: { slugify } },
  ignoreDeadLinks: [/^https?:\/\/(localhost|127\.0\.0\.1)/],
  themeConfig: {
    search: { provider: 'local' },
    sidebar: groups.map(({ text, items }) => ({
      text,
      items: items.map(([title, link]) => ({ text: title, link })),
    })),
    outline: 'deep',
  },
});
