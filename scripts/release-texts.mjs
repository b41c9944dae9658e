// What a release writes into versions, manifests and the changelog.

const VERSION = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?$/;

export const isVersion = (text) => VERSION.test(text ?? '');

/** Whether a version comes behind another one; 1.0.0-rc.1 comes before 1.0.0 (semver.org, "Precedence"). */
export function isLater(version, other) {
  const [a, b] = [version, other].map((text) => VERSION.exec(text));
  for (const part of [1, 2, 3]) if (a[part] !== b[part]) return Number(a[part]) > Number(b[part]);
  if (a[4] === undefined || b[4] === undefined) return a[4] === undefined && b[4] !== undefined;
  return a[4].localeCompare(b[4], 'en', { numeric: true }) > 0;
}

/** A manifest, of a package or of the lock file, with this version of it and of those of our packages that it depends on. */
export function withVersion(manifest, version, names) {
  const result = { ...manifest, version };
  for (const kind of ['dependencies', 'devDependencies']) {
    if (!manifest[kind]) continue;
    const ours = ([name, wanted]) => [name, names.has(name) ? version : wanted];
    result[kind] = Object.fromEntries(Object.entries(manifest[kind]).map(ours));
  }
  return result;
}

const HEADING = '## Unreleased';

/** The changelog, with what is under "Unreleased" as the section of a version. */
export function released(changelog, version, date) {
  const [before, behind] = changelog.split(`${HEADING}\n`);
  if (behind === undefined) throw new Error(`CHANGELOG.md has no section "${HEADING}"`);
  if (behind.split(/^## /m)[0].trim() === '') throw new Error(`CHANGELOG.md says nothing under "${HEADING}"`);
  const start = before.replace(/ ?Nothing has been released yet\./, '');
  return `${start}${HEADING}\n\n## ${version} - ${date}\n${behind}`;
}
