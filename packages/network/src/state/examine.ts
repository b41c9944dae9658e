/**
 * Checks the files of a state folder beside its values: modules, chunks, snapshots and pages are compared with the
 * hashes and checksums in the values. Pages from before checksums existed get theirs here.
 */
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describePage, pageBytes, type Space } from '../execution/page-list.js';
import { readSlot } from '../execution/slot-file.js';
import type { Damage } from '../storage/damage.js';
import type { Examiner } from '../storage/disk-store.js';
import type { InstalledModule } from './canister.js';
import type { KeptCanister } from './kept-canisters.js';
import { groupPages, pagesOfGroup } from './page-table.js';
import { blobsOf, type Snapshot } from './snapshots.js';

/** Describes a key's value in words. */
function describe(key: string): string {
  const [kind, name, space, group] = key.split('/');
  switch (kind) {
    case 'canister':
      return `canister ${name}: its settings, cycles and status`;
    case 'module':
      return `canister ${name}: what is known of its module`;
    case 'pages': {
      const first = Number(group) * groupPages;
      const memory = space === '0' ? 'heap' : 'stable memory';
      return `canister ${name}: where pages ${first} to ${first + groupPages - 1} of its ${memory} lie`;
    }
    case 'log':
      return `canister ${name}: record ${space} of its log`;
    case 'snapshot':
      return `canister ${name}: snapshot ${space}`;
    case 'ingress':
      return `the answer to the call ${name}`;
    case 'context':
    case 'call':
      return `a call between canisters that was under way (${key})`;
    case 'keys':
      return "the network's keys (with new ones, clients have to fetch the root key again)";
    case 'controller':
      return "the key of the network's controller (with a new one, canisters of this one are no longer its own)";
    case 'time':
      return "the network's clock";
    case 'next-id':
      return 'which canister ids have been given';
    case 'consumed-by-deleted':
      return 'what deleted canisters had paid';
    default:
      return key;
  }
}

export const stateExaminer: Examiner = {
  describe,
  examine: (values, folder) => new Examination(values, folder).damage,
};

class Examination {
  readonly damage: Damage[] = [];
  private readonly values: Map<string, unknown>;
  private readonly folder: string;
  /** By name: the fault of a blob; undefined if it has none. */
  private readonly blobs = new Map<string, string | undefined>();

  constructor(values: Map<string, unknown>, folder: string) {
    this.values = values;
    this.folder = folder;
    for (const [key, value] of values) {
      if (key.startsWith('canister/')) this.canister(key.slice('canister/'.length), value as KeptCanister);
    }
  }

  private keys(prefix: string): string[] {
    return [...this.values.keys()].filter((key) => key.startsWith(prefix));
  }

  private canister(name: string, kept: KeptCanister): void {
    this.snapshots(name);
    this.chunks(name, kept);
    if (!this.module(name, kept)) this.empty(name, kept);
    else this.pages(name);
  }

  /** The fault of a file that is named by its SHA-256. */
  private faultOf(blob: string): string | undefined {
    if (!this.blobs.has(blob)) {
      const path = join(this.folder, 'blobs', blob);
      const fault = !existsSync(path)
        ? 'is missing'
        : createHash('sha256').update(readFileSync(path)).digest('hex') === blob
          ? undefined
          : 'does not have the SHA-256 that is its name';
      this.blobs.set(blob, fault && `blobs/${blob} ${fault}`);
    }
    return this.blobs.get(blob);
  }

  /** Whether the canister's module is there, or it has none. */
  private module(name: string, { memory }: KeptCanister): boolean {
    const module = this.values.get(`module/${name}`) as InstalledModule | undefined;
    const bytes = memory.heap + memory.stable;
    const loss = `the canister is left without code, and without its ${bytes} bytes of memory`;
    if (module === undefined) {
      if (bytes === 0) return true;
      this.damage.push({
        what: `canister ${name}: it has memory, but what is known of its module is missing`,
        repair: loss,
      });
      return false;
    }
    const fault = this.faultOf(module.blob);
    if (fault === undefined) return true;
    const instead = 'or put the module with this SHA-256 there, and nothing is lost';
    this.damage.push({ what: `canister ${name}: its module: ${fault}`, repair: `${loss}; ${instead}` });
    return false;
  }

  /** Leaves a canister without code. */
  private empty(name: string, kept: KeptCanister): void {
    for (const key of [`module/${name}`, ...this.keys(`pages/${name}/`)]) this.values.delete(key);
    this.values.set(`canister/${name}`, {
      ...kept,
      memory: { heap: 0, stable: 0 },
      globals: [],
      globalTimer: 0n,
      chunks: this.goodChunks(kept),
    } satisfies KeptCanister);
  }

  private goodChunks({ chunks }: KeptCanister): string[] {
    return chunks.filter((hash) => this.faultOf(hash) === undefined);
  }

  private chunks(name: string, kept: KeptCanister): void {
    const chunks = this.goodChunks(kept);
    for (const hash of kept.chunks) {
      const fault = this.faultOf(hash);
      if (fault === undefined) continue;
      this.damage.push({ what: `canister ${name}: a chunk of a module: ${fault}`, repair: 'the chunk is lost' });
    }
    if (chunks.length < kept.chunks.length) this.values.set(`canister/${name}`, { ...kept, chunks });
  }

  private snapshots(name: string): void {
    for (const key of this.keys(`snapshot/${name}/`)) {
      const faults = blobsOf(this.values.get(key) as Snapshot).map((blob) => this.faultOf(blob));
      const fault = faults.find((each) => each !== undefined);
      if (fault === undefined) continue;
      this.damage.push({ what: `${describe(key)}: ${fault}`, repair: 'the snapshot is lost' });
      this.values.delete(key);
    }
  }

  private pages(name: string): void {
    const path = join(this.folder, 'pages', name);
    const groups = this.keys(`pages/${name}/`);
    if (groups.length === 0) return;
    const file = existsSync(path) ? openSync(path, 'r') : undefined;
    try {
      for (const key of groups) this.group(name, key, file);
    } finally {
      if (file !== undefined) closeSync(file);
    }
  }

  private group(name: string, key: string, file: number | undefined): void {
    const kept = Uint32Array.from(this.values.get(key) as Uint32Array);
    const checked = kept.length === 2 * groupPages;
    const group = new Uint32Array(2 * groupPages);
    group.set(kept);
    const content = new Uint8Array(pageBytes);
    for (const { space, page, slot, checksum } of pagesOfGroup(key.slice(`pages/${name}/`.length), group)) {
      const i = page % groupPages;
      if (file === undefined || !readSlot(file, slot, content)) {
        this.page(name, space, page, slot, 'is missing', 'the page holds zeros');
        group[i] = group[groupPages + i] = 0;
        continue;
      }
      const found = crc32(content);
      if (checked && found !== checksum) {
        const repair =
          'the page is taken as it is found: the canister may fail or answer wrongly until it is installed anew';
        this.page(name, space, page, slot, 'does not match its checksum', repair);
      }
      group[groupPages + i] = found;
    }
    this.values.set(key, group);
  }

  private page(name: string, space: Space, page: number, slot: number, fault: string, repair: string): void {
    const where = `pages/${name}, ${pageBytes} bytes at ${slot * pageBytes}`;
    this.damage.push({ what: `canister ${name}: ${describePage(space, page)} ${fault} (${where})`, repair });
  }
}
