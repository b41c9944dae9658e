// The table of releases that comes with the canister's package: which program was built of which commit.
import { readFileSync } from 'node:fs';
import { moduleHash } from '@llama-canister/client';
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

export const table = {
  /** All releases, the newest last. */
  releases(): readonly Release[] {
    return JSON.parse(readFileSync(releasesTable(), 'utf8')) as Release[];
  },
};

/** The release with this program. A later one may have the same program: the first is meant. */
export function releaseOf(sha256: string): Release | undefined {
  return table.releases().find((release) => release.sha256 === sha256);
}

/** SHA-256 of the included program, hexadecimal. */
export function ownHash(): Promise<string> {
  return moduleHash(llamaWasm());
}
