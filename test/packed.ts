/** The workspaces as `npm publish` would send them. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './cli/model.js';

interface Manifest {
  name: string;
  version: string;
  license: string;
  keywords?: string[];
  repository?: { type: string; url: string; directory: string };
  engines?: { node: string };
  bin?: Record<string, string>;
  exports?: Record<string, string | { types: string; default: string }>;
  dependencies?: Record<string, string>;
}

export interface Packed {
  folder: string;
  manifest: Manifest;
  /** Paths of the files in the tarball. */
  files: string[];
  /** Bytes of the tarball. */
  size: number;
  filename: string;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
}

export const workspaces = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { workspaces: string[] })
  .workspaces;

/** Packs every workspace into a folder; without one, it only lists what would be packed. Nothing is built. */
export function packAll(into?: string): Packed[] {
  const where = into === undefined ? ['--dry-run'] : ['--pack-destination', into];
  const args = ['pack', '--json', '--ignore-scripts', '--workspaces', ...where];
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} ended with ${status}:\n${stderr}`);
  const tarballs = JSON.parse(stdout) as { name: string; size: number; filename: string; files: { path: string }[] }[];
  return workspaces.map((folder) => {
    const manifest = manifestOf(folder);
    const { size, filename, files } = tarballs.find(({ name }) => name === manifest.name)!;
    return { folder, manifest, size, filename, files: files.map(({ path }) => path) };
  });
}
