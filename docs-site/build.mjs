// Makes a site of the documents: npm run docs. The pages are the repository's own files; links to other files lead to the
// repository. A link that leads nowhere ends the build with an error.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const pages = join(here, 'pages');
const { repository } = JSON.parse(readFileSync(join(root, 'packages/client/package.json'), 'utf8'));
const source = `${repository.url.replace(/^git\+|\.git$/g, '')}/blob/main`;

/** What is of one machine, or of a test, is no page. */
const NO_PAGES = /^models\/tiny-chat\/training\/|^docs-site\//;

const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
const files = git('ls-files', '--cached', '--others', '--exclude-standard').filter((file) =>
  existsSync(join(root, file)),
);
const documents = files.filter((file) => file.endsWith('.md') && !NO_PAGES.test(file));

/** Where a document is in the site: a README is the page of its folder. */
const placeOf = (document) => document.replace(/(^|\/)README\.md$/, '$1index.md');

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: here, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** The link of a page, as the site has it. */
function linkOf(document, link, dead) {
  if (/^(https?:|mailto:|#)/.test(link)) return link;
  const [path, anchor] = link.split('#');
  const target = normalize(join(dirname(document), path)).replace(/\/$/, '');
  const readme = `${target}/README.md`;
  const page = documents.includes(target) ? target : documents.includes(readme) ? readme : undefined;
  const behind = anchor === undefined ? '' : `#${anchor}`;
  if (page !== undefined) return `/${placeOf(page)}${behind}`;
  if (!existsSync(join(root, target))) dead.push(`${document}: ${link}`);
  return `${source}/${target}${behind}`;
}

/** A document with the site's links; code is left alone. */
function converted(document, dead) {
  const parts = readFileSync(join(root, document), 'utf8').split(/(^```[\s\S]*?^```$|`[^`\n]*`)/m);
  return parts
    .map((part, i) =>
      i % 2 === 1
        ? part
        : part
            .replace(/(!?\]\()([^)\s]+)(\))/g, (whole, before, link, after) =>
              /\.(svg|png)$/.test(link) ? whole : `${before}${linkOf(document, link, dead)}${after}`,
            )
            .replace(/(<img src=")(?!https?:|\.)/g, '$1./')
            .replaceAll('{{', '&#123;&#123;'),
    )
    .join('');
}

function stage() {
  rmSync(pages, { recursive: true, force: true });
  const dead = [];
  for (const document of documents) {
    const place = join(pages, placeOf(document));
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, converted(document, dead));
  }
  for (const picture of files.filter((file) => /^docs\/.*\.(svg|png)$/.test(file))) {
    mkdirSync(dirname(join(pages, picture)), { recursive: true });
    copyFileSync(join(root, picture), join(pages, picture));
  }
  if (dead.length > 0) {
    console.error(`Links that lead nowhere:\n${dead.join('\n')}`);
    process.exit(1);
  }
}

/** The exports of a package, from its sources' docstrings. */
function api(name) {
  const folder = relative(here, join(root, 'packages', name));
  run(process.execPath, [
    'node_modules/typedoc/bin/typedoc',
    ...['--plugin', 'typedoc-plugin-markdown', '--skipErrorChecking', '--logLevel', 'Error'],
    ...['--tsconfig', `${folder}/tsconfig.json`, '--entryPoints', `${folder}/src/index.ts`],
    ...['--out', `pages/api/${name}`, '--readme', 'none', '--name', `@llama-canister/${name}`],
    ...['--entryFileName', 'index.md', '--hidePageHeader', '--disableSources', '--router', 'module'],
  ]);
}

if (!existsSync(join(here, 'node_modules/vitepress'))) {
  console.log('Installing what makes the site (npm ci in docs-site) ...');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error']);
}
stage();
for (const name of ['client', 'network', 'gateway']) api(name);
run(process.execPath, ['node_modules/vitepress/bin/vitepress.js', process.argv[2] === '--dev' ? 'dev' : 'build', '.']);
if (process.argv[2] !== '--dev') console.log('The site is in docs-site/dist.');
