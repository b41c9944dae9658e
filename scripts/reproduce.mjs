// `npm run reproduce [-- COMMIT]`: builds llama.wasm of a commit or tag (default: HEAD) in a clean clone in a temporary
// folder, with nothing but npm packages, and compares its SHA-256 with the table of releases or, where the commit is of no
// release, with what is built here. Exit code 1 where they differ. scripts/reproduce-in-docker.sh does it in a container.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIn, git, inClone, sha256Of, TABLE, WASM } from './clean-clone.mjs';
import { root } from './ready.mjs';

/** The expected hash of a commit, and who says so; undefined where nobody does. */
function expected(commit) {
  const table = JSON.parse(readFileSync(join(root, TABLE), 'utf8'));
  // A tag is on the commit behind the one that was built, because the table has that one's name.
  const built = table.find((release) => [commit, git(root, 'rev-parse', `${commit}^`)].includes(release.commit));
  if (built) return { sha256: built.sha256, by: `release ${built.version}` };
  const isHere = commit === git(root, 'rev-parse', 'HEAD') && existsSync(join(root, WASM));
  return isHere ? { sha256: sha256Of(join(root, WASM)), by: 'the build in this folder' } : undefined;
}

function reproduce(what = 'HEAD') {
  const commit = git(root, 'rev-parse', '--verify', `${what}^{commit}`);
  const sha256 = inClone(commit, buildIn);
  console.log(`${sha256}  llama.wasm of ${commit}`);
  const wanted = expected(commit);
  if (!wanted) console.log('There is nothing to compare it with.');
  else if (wanted.sha256 === sha256) console.log(`The same as ${wanted.by}.`);
  else {
    console.log(`Another than ${wanted.by}, which is ${wanted.sha256}.`);
    process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) reproduce(process.argv[2]);
