// `npm run release -- VERSION [--dry-run]`: makes a release, in a clean clone of HEAD in a temporary folder:
//   1. a commit: the version in every package.json and the lock file, and "Unreleased" of CHANGELOG.md becomes that version
//   2. builds it there, and compares the wasm with the one that is built here
//   3. a second commit, which the tag vVERSION is on: the hash and the first commit in canister/releases.json
//   4. npm publish --dry-run of every package
// Then it brings the commits and the tag here; with --dry-run it does not, and nothing here has changed. It pushes and
// publishes nothing: when the tag is pushed, .github/workflows/release.yml publishes it, with its provenance.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIn, command, git, inClone, sha256Of, TABLE, WASM } from './clean-clone.mjs';
import { ready, root } from './ready.mjs';
import { isLater, isVersion, released, withVersion } from './release-texts.mjs';

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const writeJson = (path, value) => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);

function checkStart(version, isDry) {
  if (!isVersion(version)) throw new Error(`"${version ?? ''}" is no version: write it like 0.2.0 or 1.0.0-rc.1`);
  const present = readJson(join(root, 'package.json')).version;
  const isFirst = readJson(join(root, TABLE)).length === 0;
  if (!isLater(version, present) && !(isFirst && version === present)) {
    throw new Error(`${version} does not come behind ${present}, the version that is here`);
  }
  if (git(root, 'tag', '--list', `v${version}`) !== '') throw new Error(`there is a tag v${version} already`);
  const changed = git(root, 'status', '--porcelain');
  if (isDry) {
    if (changed !== '') console.error(`What is not committed is left out:\n${changed}`);
    return;
  }
  if (changed !== '') throw new Error(`the working folder is not clean:\n${changed}`);
  if (git(root, 'branch', '--show-current') === '') throw new Error('HEAD is on no branch');
}

function bumpAll(clone, version) {
  const { workspaces } = readJson(join(clone, 'package.json'));
  const manifests = ['', ...workspaces].map((folder) => join(clone, folder, 'package.json'));
  const names = new Set(manifests.map((path) => readJson(path).name));
  for (const path of manifests) writeJson(path, withVersion(readJson(path), version, names));
  const path = join(clone, 'package-lock.json');
  const lock = { ...readJson(path), version };
  for (const folder of ['', ...workspaces]) lock.packages[folder] = withVersion(lock.packages[folder], version, names);
  writeJson(path, lock);
}

function commit(clone, message) {
  // Whoever makes the release signs for it: a clone does not have the names that are set here only.
  const who = ['user.name', 'user.email'].flatMap((key) => ['-c', `${key}=${git(root, 'config', key)}`]);
  git(clone, ...who, 'commit', '--quiet', '--all', '--message', message);
  return git(clone, 'rev-parse', 'HEAD');
}

function makeIn(clone, version, date) {
  const changelog = join(clone, 'CHANGELOG.md');
  writeFileSync(changelog, released(readFileSync(changelog, 'utf8'), version, date));
  bumpAll(clone, version);
  const sha256 = buildIn(clone);
  // The manual page has the version in it.
  command(clone, 'npm', ['run', '--silent', 'generate', '-w', 'packages/cli']);
  const built = commit(clone, `Release ${version}`);

  const own = sha256Of(join(root, WASM));
  if (own !== sha256) throw new Error(`the wasm is not reproducible: ${sha256} in the clone, ${own} here`);
  const table = join(clone, TABLE);
  writeJson(table, [...readJson(table), { version, commit: built, date, sha256 }]);
  commit(clone, `releases: the program of ${version}`);
  command(clone, 'npm', ['publish', '--workspaces', '--access', 'public', '--dry-run']);
  return { sha256, built };
}

/** The release's changes, as they would be: files, the changelog's and the table's lines. */
function show(clone, head) {
  console.log(git(clone, 'log', '--oneline', '--stat', '--reverse', `${head}..HEAD`));
}

async function release(version, isDry) {
  checkStart(version, isDry);
  const head = git(root, 'rev-parse', 'HEAD');
  const date = new Date().toISOString().slice(0, 10);
  await ready();
  inClone(head, (clone) => {
    const { sha256, built } = makeIn(clone, version, date);
    show(clone, head);
    console.log(`\n${sha256}  llama.wasm of ${version}, built of ${built}`);
    if (isDry) {
      console.log('Nothing was changed (--dry-run).');
      return;
    }
    git(root, 'fetch', '--quiet', clone, 'HEAD');
    git(root, 'merge', '--quiet', '--ff-only', 'FETCH_HEAD');
    git(root, 'tag', '--annotate', `v${version}`, '--message', `llama-canister ${version}\n\nllama.wasm ${sha256}`);
    console.log(`Look at it, then: git push --follow-tags`);
  });
}

const { values, positionals } = parseArgs({ options: { 'dry-run': { type: 'boolean' } }, allowPositionals: true });
try {
  await release(positionals[0], values['dry-run'] === true);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
