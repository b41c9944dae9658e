// The table of releases that comes with the canister's package: which program was built of which commit.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { llamaWasm, releasesTable } from '../packages.js';

export interface Release {
  version: string;
  /** The commit that it was built of, 40 hexadecimal digits. */
  commit: string;
  /** The day, as 2026-01-31. */
  date: string;
  /** Of llama.wasm, 64 hexadecimal digits: the module hash of canisters that have it. */
  sha256: string;
}

/** All releases, the newest last. */
export function releases(): readonly Release[] {
  return JSON.parse(readFileSync(releasesTable(), 'utf8')) as Release[];
}

/** The release with this program. A later one may have the same program: the first is meant. */
export function releaseOf(sha256: string): Release | undefined {
  return releases().find((release) => release.sha256 === sha256);
}

/** SHA-256 of the program that comes along, hexadecimal. */
export function ownHash(): string {
  return createHash('sha256').update(llamaWasm()).digest('hex');
}
