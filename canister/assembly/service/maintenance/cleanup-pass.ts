/**
 * One run of the cleanup: a part of the table of files, beginning where the last run ended. It needs no memory,
 * whatever the number and length of names, and takes about 1,000 instructions per entry.
 *
 * A caller's folder, `.canister_cache/PRINCIPAL`, has the sessions in `sessions`, the saved chats in `db_chats` and the
 * documents in `documents`, which are kept as long as saved chats.
 * Those that were not used for their time to live are removed, and folders that become empty with them.
 */
import { now } from '../../ic/clock';
import { instructions } from '../../ic/performance';
import { Scan } from '../../storage/scan';
import { CHATS, DOCUMENTS, OWN_FILES, SESSIONS } from '../access/session-path';

const SECOND: u64 = 1_000_000_000;

const SESSIONS_NAME: ArrayBuffer = String.UTF8.encode(SESSIONS);
const CHATS_NAME: ArrayBuffer = String.UTF8.encode(CHATS);
const DOCUMENTS_NAME: ArrayBuffer = String.UTF8.encode(DOCUMENTS);

/** Where the next run begins; at the start after an upgrade. */
let reached: u32 = 0;


@final
export class CleanupPass {
  /** Sessions visited, and removed. */
  examined: u64 = 0;
  deleted: u64 = 0;
  /** Saved chats removed, and documents. */
  chats: u64 = 0;
  documents: u64 = 0;
  private readonly time: u64 = now();

  constructor(
    /** Seconds. */
    private readonly sessionsTtl: u64,
    private readonly chatsTtl: u64,
    /** The most sessions to visit. */
    private readonly files: u64,
    /** The number of executed instructions at which the run ends. */
    private readonly limit: u64,
  ) {}

  private get isFull(): bool {
    return this.examined >= this.files || instructions() > this.limit;
  }

  private isStale(modified: u64, seconds: u64): bool {
    return this.time >= modified && this.time - modified >= seconds * SECOND;
  }

  run(): void {
    const scan = Scan.below(OWN_FILES, reached);
    if (scan === null) return;
    while (!this.isFull && scan.next()) this.look(scan);
    reached = scan.position;
  }

  private look(scan: Scan): void {
    if (!scan.isBelow) return;
    if (scan.isDirectory) {
      if (scan.isEmpty) scan.remove();
      return;
    }
    if (scan.isIn(SESSIONS_NAME)) {
      ++this.examined;
      if (!this.isStale(scan.modified, this.sessionsTtl)) return;
      ++this.deleted;
      scan.remove();
    } else if (scan.isIn(CHATS_NAME) && this.isStale(scan.modified, this.chatsTtl)) {
      ++this.chats;
      scan.remove();
    } else if (scan.isIn(DOCUMENTS_NAME) && this.isStale(scan.modified, this.chatsTtl)) {
      ++this.documents;
      scan.remove();
    }
  }
}
